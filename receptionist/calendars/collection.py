"""What changed in a calendar collection since our last look, in portions. Calendar workers only.

Increments come by sync-collection (RFC 6578). Where that does not work, or its answer looks as if
the server had forgotten our token without saying so, all ETags are listed and compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from receptionist.calendars.answers import Answer, Multistatus, failure, multistatus, strong
from receptionist.calendars.bodies import (
    CTAG,
    DATA,
    ETAG,
    HERE,
    MEMBERS,
    TOKEN,
    XML,
    multiget,
    propfind,
    query,
    sync_collection,
)
from receptionist.calendars.busy import read
from receptionist.calendars.vtodo import stored_task
from receptionist.calendars.wire import Wire
from receptionist.model.busy import CalendarChanges, CalendarObject, SyncState
from receptionist.model.period import Period
from receptionist.model.task import StoredTask
from receptionist.threads import give_way

BATCH = 100
MOST_PAGES = 1_000

_NOT_ABOUT_TOKENS = (401, 408, 423, 425, 429, 500, 502, 503, 504, 507)


@dataclass(frozen=True, slots=True)
class _Listing:
    """Resources with their ETags that are new or changed, and those that are gone."""

    changed: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    token: str = ""
    ctag: str = ""


def refresh(
    wire: Wire, calendar: str, known: SyncState, horizon: Period, zone: str
) -> Iterator[CalendarChanges]:
    """What `Calendar.changes` promises.

    With a horizon that `known` does not cover everything is read again; a `known` that has ETags
    but neither token nor ctag makes all ETags be compared.
    """
    covered = known.horizon is not None and _covers(known.horizon, horizon)
    full = not covered or not (known.token or known.ctag or known.etags)
    window = known.horizon if known.horizon is not None and not full else horizon
    listing = _compared(wire, calendar, {}) if full else _since(wire, calendar, known)
    wanted, gone, done = list(listing.changed), set[str](), 0
    for first in range(0, max(len(wanted), 1), BATCH):
        batch = wanted[first : first + BATCH]
        texts = dict(_texts(wire, calendar, listing.changed, batch))
        gone.update(href for href in batch if href not in texts)
        objects = tuple(_object(href, texts[href], window, zone) for href in texts)
        done += len(batch)
        portion = CalendarChanges(
            changed=objects,
            horizon=window,
            unreadable=sum(not one.readable for one in objects),
            done=done,
            total=len(wanted),
            last=done == len(wanted),
        )
        yield _completed(portion, listing, gone, full=full) if portion.last else portion


def tasks(wire: Wire, calendar: str) -> tuple[StoredTask, ...]:
    """What `Calendar.tasks` promises, by calendar-query (RFC 4791 7.8)."""
    answer = wire.request("REPORT", calendar, query("VTODO"), MEMBERS)
    found = (
        stored_task(entry.href, strong(entry.text(ETAG)), entry.text(DATA))
        for entry in multistatus(answer).entries
        if DATA in entry.properties
    )
    return tuple(task for task in found if task is not None)


def _completed(
    portion: CalendarChanges, listing: _Listing, gone: set[str], *, full: bool
) -> CalendarChanges:
    return replace(
        portion,
        removed=() if full else (*listing.removed, *gone),
        there=frozenset(listing.changed) - gone if full else frozenset(),
        token=listing.token,
        ctag=listing.ctag,
        full=full,
    )


def _covers(known: Period, wanted: Period) -> bool:
    return known.start <= wanted.start and wanted.end <= known.end


def _object(href: str, stored: tuple[str, str], window: Period, zone: str) -> CalendarObject:
    give_way()
    etag, text = stored
    return read(href, etag, text, window, zone)


def _since(wire: Wire, calendar: str, known: SyncState) -> _Listing:
    """By token, else by ctag, else by comparing all ETags."""
    listing = _by_token(wire, calendar, known) if known.token else None
    if listing is not None:
        return listing
    if known.ctag and not known.token:
        answer = wire.request("PROPFIND", calendar, propfind(CTAG), HERE)
        ctags = [entry.text(CTAG) for entry in multistatus(answer).entries]
        if known.ctag in ctags:
            return _Listing(ctag=known.ctag)
    return _compared(wire, calendar, known.etags)


def _by_token(wire: Wire, calendar: str, known: SyncState) -> _Listing | None:
    """The increment, or None when the token is of no use any more.

    Servers say so by 403, 409 or 412, or not at all: then they list resources that did not change,
    or nothing under a new token although the ctag moved.
    """
    changed: dict[str, str] = {}
    removed: set[str] = set()
    token = known.token
    for _ in range(MOST_PAGES):
        answer = wire.send("REPORT", calendar, sync_collection(token), HERE)
        page = _page(answer)
        if page is None or (page.truncated and page.token == token):
            return None
        for entry in page.entries:
            _note(entry.href, entry.status, entry.text(ETAG), calendar, changed, removed)
        token = page.token
        if not page.truncated:
            break
    silent = any(etag and known.etags.get(href) == etag for href, etag in changed.items())
    if silent or not token:
        return None
    if not changed and not removed and token != known.token:
        return _nothing_new(wire, calendar, known, token)
    ctag = known.ctag if token == known.token else ""
    return _Listing(changed, tuple(removed), token, ctag)


def _note(
    href: str, status: int, etag: str, calendar: str, changed: dict[str, str], removed: set[str]
) -> None:
    if href.endswith("/") or href == calendar:
        return
    if status in (404, 410):
        removed.add(href)
        changed.pop(href, None)
    else:
        changed[href] = strong(etag)
        removed.discard(href)


def _nothing_new(wire: Wire, calendar: str, known: SyncState, token: str) -> _Listing | None:
    answer = wire.request("PROPFIND", calendar, propfind(CTAG), HERE)
    ctags = [entry.text(CTAG) for entry in multistatus(answer).entries]
    return _Listing(token=token, ctag=known.ctag) if known.ctag and known.ctag in ctags else None


def _page(answer: Answer) -> Multistatus | None:
    if answer.status == 207:
        return multistatus(answer)
    if answer.status in _NOT_ABOUT_TOKENS:
        raise failure(answer, "REPORT")
    return None


def _compared(wire: Wire, calendar: str, known: Mapping[str, str]) -> _Listing:
    """What differs from the ETags in `known`, with token and ctag of the same moment."""
    body = propfind(ETAG, CTAG, TOKEN)
    answer = wire.request("PROPFIND", calendar, body, MEMBERS)
    found: dict[str, str] = {}
    token = ctag = ""
    for entry in multistatus(answer).entries:
        if entry.href.rstrip("/") == calendar.rstrip("/"):
            token, ctag = entry.text(TOKEN).strip(), entry.text(CTAG).strip()
        elif not entry.href.endswith("/") and entry.status in (0, 200):
            found[entry.href] = strong(entry.text(ETAG))
    changed = {href: etag for href, etag in found.items() if not etag or known.get(href) != etag}
    return _Listing(changed, tuple(set(known) - set(found)), token, ctag)


def _texts(
    wire: Wire, calendar: str, etags: Mapping[str, str], hrefs: list[str]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """ETag and text of those resources that are still there, by multiget (RFC 4791 7.9)."""
    if not hrefs:
        return
    answer = wire.request("REPORT", calendar, multiget(hrefs), XML)
    found = {entry.href: entry for entry in multistatus(answer).entries}
    for href in hrefs:
        entry = found.get(href)
        if entry is not None and DATA in entry.properties:
            yield href, (strong(entry.text(ETAG)) or etags[href], entry.text(DATA))
        elif entry is None or entry.status not in (404, 410):
            yield from _alone(wire, href)


def _alone(wire: Wire, href: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """A resource that the multiget passed over."""
    answer = wire.send("GET", href)
    if answer.status == 200:
        yield href, (answer.etag, answer.body.decode(errors="replace"))
    elif answer.status not in (404, 410):
        raise failure(answer, "GET")
