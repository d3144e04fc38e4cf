"""What the owner's calendar says: busy periods, and the state of our copy of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from receptionist.model.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """One occurrence that blocks. `uid` tells our own appointments from the owner's events."""

    period: Period
    uid: str
    summary: str = ""
    all_day: bool = False
    readable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarObject:
    """One resource of a calendar and its blocking occurrences inside the horizon."""

    href: str
    etag: str
    uid: str
    busy: tuple[Busy, ...] = ()
    readable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncState:
    """Our copy of a calendar: token and ETags of the last refresh; `horizon` bounds expansion.

    `checked` is when it was last read to its end; with a horizon and without that it was only
    begun, and what is lacking is read the next time.
    """

    token: str = ""
    ctag: str = ""
    etags: Mapping[str, str] = field(default_factory=dict)
    horizon: Period | None = None
    checked: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChanges:
    """A portion of what a refresh brought; `done` of `total` changed objects were read with it.

    `zone` is the client's for whom it was read, "" if that is not known. Only the `last` one knows
    what is `removed`, and token and ctag of the whole. If that is `full`, what is not `there` is
    gone as well.
    """

    changed: tuple[CalendarObject, ...] = ()
    removed: tuple[str, ...] = ()
    token: str = ""
    ctag: str = ""
    full: bool = False
    there: frozenset[str] = frozenset()
    horizon: Period
    zone: str = ""
    unreadable: int = 0
    done: int = 0
    total: int = 0
    last: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFound:
    """A calendar collection that discovery found."""

    href: str
    name: str
    writable: bool = True
