"""What a server's answer means: its properties, and which of our errors it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isnan
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.etree import ElementTree

from receptionist.calendars.bodies import DAV
from receptionist.errors import (
    CalendarError,
    CalendarForbidden,
    CalendarFull,
    CalendarGone,
    CalendarRefused,
    CalendarUnreachable,
    ObjectRejected,
    PreconditionFailed,
)
from receptionist.reasons import Reason
from receptionist.threads import give_way

BUSY = (408, 423, 425, 429, 503)
LONGEST_WAIT_S = 86_400.0

_KINDS: dict[int, type[CalendarError]] = {
    401: CalendarRefused,
    404: CalendarGone,
    405: CalendarGone,
    410: CalendarGone,
    412: PreconditionFailed,
    400: ObjectRejected,
    409: ObjectRejected,
    413: ObjectRejected,
    415: ObjectRejected,
    422: ObjectRejected,
    507: CalendarFull,
    301: CalendarGone,
    308: CalendarGone,
}
_OUR_OBJECT = re.compile(
    "valid-calendar|supported-calendar|max-|min-|no-uid-conflict|valid-resource|unique-scheduling"
)
_MOUTHFUL = 32_768
"""Bytes of XML at a time: the parser lets no other thread work meanwhile, the window's neither."""
_DTD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.I)


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. `url` is where it came from in the end; header names are in lower case."""

    status: int
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def etag(self) -> str:
        """The ETag as `If-Match` wants it, or ""."""
        return strong(self.headers.get("etag", ""))

    @property
    def html(self) -> bool:
        """Whether a page for people came instead of an answer for a program.

        Servers in PHP call even an empty answer HTML.
        """
        return bool(self.body) and "html" in self.headers.get("content-type", "").lower()


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource of a multistatus: absolute URL, own status (0 if none), properties found."""

    href: str
    status: int
    properties: Mapping[str, ElementTree.Element]

    def text(self, name: str) -> str:
        """The text of a property, or ""."""
        found = self.properties.get(name)
        return (found.text or "") if found is not None else ""

    def hrefs(self, name: str, origin: str) -> tuple[str, ...]:
        """The URLs in a property."""
        found = self.properties.get(name)
        texts = (one.text or "" for one in found.iter(f"{DAV}href")) if found is not None else ()
        return tuple(absolute(origin, text) for text in texts if text.strip())


@dataclass(frozen=True, slots=True)
class Multistatus:
    """A 207 (RFC 4918 13), with the token of RFC 6578; `truncated` means: ask again with it."""

    entries: tuple[Entry, ...]
    token: str = ""
    truncated: bool = False


def strong(etag: str) -> str:
    """An ETag without the weakness a compressing proxy put on it; `If-Match` is always strong."""
    return etag.strip().removeprefix("W/")


def absolute(origin: str, href: str) -> str:
    """`href` as an absolute URL on the host of `origin`, always spelled in the same way.

    Only its path counts: behind a proxy servers name themselves by hosts nobody can reach.
    """
    path = urlsplit(urljoin(origin, href.strip())).path
    spelled = "/".join(quote(unquote(part), safe="@:!$&'()*+,;=~") for part in path.split("/"))
    parts = urlsplit(origin)
    return f"{parts.scheme}://{parts.netloc}{spelled or '/'}"


def failure(answer: Answer, what: str = "") -> CalendarError:
    """The error that an answer outside 2xx stands for; `what` tells the log what was asked."""
    conditions = preconditions(answer)
    detail = f"{what} {answer.status} {' '.join(conditions)}".strip()
    if answer.status in BUSY or answer.status >= 500:
        if answer.status == 507:
            return CalendarFull(detail)
        reason = Reason.SERVER_BUSY if answer.status in BUSY else Reason.SERVER_UNREACHABLE
        return CalendarUnreachable(detail, reason=reason, retry_after_s=_retry_after(answer))
    if answer.status in (403, 409) or "no-uid-conflict" in conditions:
        return _by_precondition(answer.status, conditions, detail)
    kind = _KINDS.get(answer.status)
    return kind(detail) if kind else confused(detail)


def confused(detail: str) -> CalendarError:
    """The error for an answer that no calendar server gives."""
    return CalendarUnreachable(detail, reason=Reason.SERVER_CONFUSED)


def _by_precondition(status: int, conditions: tuple[str, ...], detail: str) -> CalendarError:
    if any("quota" in name for name in conditions):
        return CalendarFull(detail)
    ours = any(_OUR_OBJECT.match(name) for name in conditions)
    return ObjectRejected(detail) if ours or status == 409 else CalendarForbidden(detail)


def preconditions(answer: Answer) -> tuple[str, ...]:
    """The local names in a `DAV:error` body (RFC 4918 16)."""
    try:
        root = _tree(answer.body)
    except ValueError:
        return ()
    if root.tag != f"{DAV}error":
        return ()
    return tuple(child.tag.rpartition("}")[2] for child in root)


def _retry_after(answer: Answer) -> float | None:
    """Seconds from `Retry-After` in either of its forms (RFC 9110 10.2.3)."""
    text = answer.headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        try:
            until = parsedate_to_datetime(text)
        except (ValueError, OverflowError):
            return None
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        seconds = (until - datetime.now(UTC)).total_seconds()
    return None if isnan(seconds) else min(max(seconds, 0.0), LONGEST_WAIT_S)


def multistatus(answer: Answer) -> Multistatus:
    """The 207 in `answer`; anything else is `CalendarUnreachable` with `SERVER_CONFUSED`.

    `CalendarGone` when it says that the very resource that was asked is not there: some servers
    (Xandikos) answer so instead of 404, and an absent calendar must not pass for an empty one.
    """
    if answer.status != 207:
        raise confused(f"{answer.status} instead of 207")
    try:
        root = _tree(answer.body)
    except ValueError as error:
        raise confused(f"207 that is not XML: {error}") from error
    if root.tag != f"{DAV}multistatus":
        raise confused(f"207 with {root.tag}")
    entries = tuple(_entry(answer.url, response) for response in root.iter(f"{DAV}response"))
    here = absolute(answer.url, answer.url).rstrip("/")
    own = {one.status for one in entries if one.href.rstrip("/") == here}
    if own & {404, 410}:
        raise CalendarGone("207 with 404 about itself")
    cut = 507 in own
    return Multistatus(entries, (root.findtext(f"{DAV}sync-token") or "").strip(), cut)


def _entry(origin: str, response: ElementTree.Element) -> Entry:
    give_way()
    properties: dict[str, ElementTree.Element] = {}
    for found in response.findall(f"{DAV}propstat"):
        if _status(found.findtext(f"{DAV}status")) in (0, 200):
            prop = found.find(f"{DAV}prop")
            properties.update({child.tag: child for child in (() if prop is None else prop)})
    href = absolute(origin, response.findtext(f"{DAV}href") or "")
    return Entry(href, _status(response.findtext(f"{DAV}status")), properties)


def _status(line: str | None) -> int:
    match = re.search(r"\b(\d{3})\b", line or "")
    return int(match[1]) if match else 0


def _tree(body: bytes) -> ElementTree.Element:
    if _DTD.search(body[:1000]):
        raise ValueError("a document type declaration")
    parser = ElementTree.XMLParser()
    try:
        for first in range(0, len(body), _MOUTHFUL):
            give_way()
            parser.feed(body[first : first + _MOUTHFUL])
        return parser.close()
    except (ElementTree.ParseError, LookupError) as error:
        raise ValueError(str(error)) from error
