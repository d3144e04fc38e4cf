"""The only way out to a calendar server: one logged-in HTTP session with its limits.

`caldav` brings the session and the log-in; it is imported with the first account, because it takes
a third of a second.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from receptionist.calendars.answers import Answer, confused, failure
from receptionist.errors import CalendarGone, CalendarRefused, CalendarUnreachable
from receptionist.model.client import CalendarAccount
from receptionist.model.secret import Secret
from receptionist.reasons import Reason

REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
_MAY_BE_REDIRECTED = ("GET", "PROPFIND", "REPORT")
_AGENT = "Receptionist"
_LOADING = threading.Lock()
_CAUSES: tuple[tuple[type[Exception], Reason], ...] = (
    (socket.gaierror, Reason.SERVER_NOT_FOUND),
    (ConnectionRefusedError, Reason.NOTHING_LISTENS),
    (ssl.SSLError, Reason.NOT_ENCRYPTED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds to connect, of silence, and for a whole answer; bytes of the largest answer."""

    connect_s: float = 10.0
    silence_s: float = 30.0
    whole_s: float = 120.0
    size: int = 64_000_000


class Wire:
    """One account's session. Calendar workers only; raises `CalendarError` and nothing else."""

    def __init__(self, account: CalendarAccount, secret: Secret, limits: Limits) -> None:
        self.start = _checked(account.url)
        self._limits = limits
        self._client = _client(self.start, account.user, secret)
        self._negotiated = False

    def send(
        self, method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer, whatever its status. Redirects are followed on this host, never for writes.

        Credentials go to the account's own host alone.
        """
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._once(method, url, body, headers or {})
            if answer.status not in REDIRECTS or method not in _MAY_BE_REDIRECTED:
                return answer
            url = _followed(url, answer)
        raise confused(f"{method}: more than {MOST_REDIRECTS} redirects")

    def request(
        self, method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer if it is 2xx; every other one is raised as what it means."""
        answer = self.send(method, url, body, headers)
        if not 200 <= answer.status < 300:
            raise failure(answer, method)
        return answer

    def close(self) -> None:
        """End the connections."""
        self._client.session.close()

    def _once(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        self._guard(url)
        answer = self._exchange(method, url, body, headers)
        if answer.status == 401 and self._negotiate(answer):
            answer = self._exchange(method, url, body, headers)
        return answer

    def _guard(self, url: str) -> None:
        asked, ours = urlsplit(url), urlsplit(self.start)
        if asked.hostname != ours.hostname or asked.scheme not in ("https", ours.scheme):
            raise CalendarGone(f"{asked.hostname} is not the host of the account")

    def _negotiate(self, answer: Answer) -> bool:
        """Change to the digest log-in where the server takes no other (RFC 7616)."""
        offered = self._client.extract_auth_types(answer.headers.get("www-authenticate", ""))
        if self._negotiated or "digest" not in offered or "basic" in offered:
            return False
        self._negotiated = True
        self._client.auth_type = "digest"
        self._client.build_auth_object()
        return True

    def _exchange(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        deadline = time.monotonic() + self._limits.whole_s
        try:
            response = self._client.session.request(
                method,
                url,
                data=body or None,
                headers={"User-Agent": _AGENT, **headers},
                auth=self._client.auth,
                timeout=(self._limits.connect_s, self._limits.silence_s),
                allow_redirects=False,
                stream=True,
            )
            with response:
                content = self._content(response, deadline)
        except CalendarUnreachable:
            raise
        except Exception as error:  # caldav, niquests and urllib3 each have a family of their own
            detail = f"{method}: {type(error).__name__}"
            raise CalendarUnreachable(detail, reason=_why(error)) from error
        found = {str(name).lower(): str(value) for name, value in response.headers.items()}
        return Answer(int(response.status_code), url, found, content)

    def _content(self, response: Any, deadline: float) -> bytes:
        parts, size = [], 0
        for part in response.iter_content(-1):
            parts.append(part)
            size += len(part)
            if size > self._limits.size:
                raise confused(f"an answer of more than {self._limits.size} bytes")
            if time.monotonic() > deadline:
                raise CalendarUnreachable("the answer does not end")
        return b"".join(parts)


def _why(error: BaseException) -> Reason:
    """What stands behind an exception of the libraries."""
    behind: BaseException | None = error
    while behind is not None:
        for kind, reason in _CAUSES:
            if isinstance(behind, kind):
                return reason
        behind = behind.__cause__ or behind.__context__
    return Reason.SERVER_UNREACHABLE


def _client(url: str, user: str, secret: Secret) -> Any:
    """A `caldav` client; `auth_type` because some servers answer strangers with an empty list.

    One at a time: several threads that import the library at once get parts of its modules.
    """
    with _LOADING:
        from caldav.davclient import DAVClient  # heavy

        client = DAVClient(
            url,
            username=user,
            password=secret.reveal(),
            auth_type="basic",
            enable_rfc6764=False,
        )
        client.session = type(client.session)(disable_http3=True)  # offices filter UDP, silently
    if _loopback(url):
        client.session.trust_env = False  # no proxy stands between us and ourselves
    return client


def _checked(url: str) -> str:
    """The account's address without user and password in it; `CalendarRefused` if it is unsafe."""
    parts = urlsplit(url.strip() if "://" in url else f"https://{url.strip()}")
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CalendarRefused("not an address", reason=Reason.SERVER_CONFUSED)
    cleaned = f"{parts.scheme}://{host}{parts.path or '/'}"
    if parts.scheme == "http" and not _loopback(cleaned):
        raise CalendarRefused("plain http", reason=Reason.PLAIN_HTTP)
    return cleaned


def _loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _followed(url: str, answer: Answer) -> str:
    """Where a redirect leads, if that is the same server or its encrypted self."""
    target = urljoin(url, answer.headers.get("location", ""))
    old, new = urlsplit(url), urlsplit(target)
    same = (old.scheme, old.netloc) == (new.scheme, new.netloc)
    encrypted = old.scheme == "http" and new.scheme == "https" and new.port in (None, 443)
    if not same and not (encrypted and old.hostname == new.hostname):
        raise confused(f"a redirect to {new.hostname}")
    return target
