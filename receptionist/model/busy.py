"""What the owner's calendar says: busy periods, and the state of our copy of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from receptionist.model.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """One occurrence. `uid` tells our own appointments from the owner's events.

    `blocks` says that it keeps him busy; what does not is kept for its words alone. `categories`
    are separated by commas (RFC 5545 3.8.1.2). In `ours` the owner says nothing.
    """

    period: Period
    uid: str
    summary: str = ""
    all_day: bool = False
    readable: bool = True
    blocks: bool = True
    categories: str = ""
    calendar_id: UUID | None = None
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarObject:
    """One resource of a calendar and its occurrences inside the horizon.

    Of those that do not block only such with a title or categories.
    """

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
class Capabilities:
    """What a server can do with a collection, as far as asking tells."""

    writable: bool = True
    events: bool = True
    tasks: bool = False
    sync_collection: bool = False
    ctag: bool = False
    largest: int = 0
    """The most bytes of an object (RFC 4791 5.2.5); 0 when it does not say."""
    product: str = ""
    """How the server names itself, shortened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFound:
    """A calendar collection that discovery found, and what it may hold."""

    href: str
    name: str
    writable: bool = True
    events: bool = True
    tasks: bool = False
