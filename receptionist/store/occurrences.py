"""The occurrence table: our copy of when the owners are busy, and how far it has been read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Delete, Insert, bindparam, delete, insert, select, update

from receptionist.errors import NotFound
from receptionist.i18n import _
from receptionist.model.busy import Busy, CalendarChanges, CalendarObject, SyncState
from receptionist.model.client import OwnerCalendar
from receptionist.model.period import Period
from receptionist.store import tables
from receptionist.store.failures import stale
from receptionist.store.ledger import Ledger
from receptionist.store.rows import Row, value_of
from receptionist.threads import give_way

_objects = tables.calendar_object
_occurrences = tables.occurrence
_states = tables.sync_state
_EVENTS = select(
    _occurrences.c.start,
    _occurrences.c.end,
    _occurrences.c.uid,
    _occurrences.c.summary,
    _occurrences.c.all_day,
    _occurrences.c.readable,
    _occurrences.c.blocks,
    _occurrences.c.categories,
    _occurrences.c.calendar_id,
).order_by(_occurrences.c.start, _occurrences.c.end)
"""Column by column: a window reads hundreds of them with every choice."""
_PIECE = 50
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a calendar was checked whose first reading was begun and not yet brought to its end."""


def sync_state(connection: Connection, calendar_id: UUID, *, etags: bool = True) -> SyncState:
    """How far a calendar has been read; empty when that was never begun."""
    query = select(_states).where(_states.c.calendar_id == calendar_id)
    row = connection.execute(query).mappings().first()
    if row is None:
        return SyncState()
    known: dict[str, str] = {}
    if etags:
        here = _objects.c.calendar_id == calendar_id
        objects = select(_objects.c.href, _objects.c.etag).where(here)
        known = {href: etag for href, etag in connection.execute(objects)}
    horizon = Period(row["horizon_start"], row["horizon_end"])
    checked = None if row["checked"] == _NEVER else row["checked"]
    return value_of(SyncState, row, etags=known, horizon=horizon, checked=checked)


def apply(
    connection: Connection,
    calendar_id: UUID,
    changes: CalendarChanges,
    at: datetime,
    address: str = "",
) -> None:
    """Take over a portion of what a refresh brought; with `full`, what is not there is gone.

    `StaleRow` when the calendar no longer lies at `address` or its client has another zone: that
    was changed during the refresh.
    """
    calendar = _calendar(connection, calendar_id)
    if address and address.rstrip("/") != calendar["href"].rstrip("/"):
        raise stale()
    client_id = calendar["client_id"]
    client = tables.client
    zone = connection.execute(select(client.c.zone).where(client.c.id == client_id)).scalar_one()
    if changes.zone not in ("", zone):
        raise stale()
    gone = {*changes.removed, *(thing.href for thing in changes.changed)}
    if changes.full:
        gone |= _hrefs(connection, calendar_id) - changes.there
    _drop(connection, calendar_id, gone)
    _add(connection, client_id, calendar_id, changes.changed)
    values = {
        "client_id": client_id,
        "token": changes.token,
        "ctag": changes.ctag,
        "horizon_start": changes.horizon.start,
        "horizon_end": changes.horizon.end,
        "checked": at if changes.last else _NEVER,
    }
    here = _states.c.calendar_id == calendar_id
    known = select(_states.c.calendar_id).where(here)
    if connection.execute(known).first() is None:
        connection.execute(insert(_states).values(values | {"calendar_id": calendar_id}))
    elif changes.last:
        connection.execute(update(_states).where(here).values(values))


def events(connection: Connection, client_id: UUID, period: Period) -> tuple[Busy, ...]:
    """The owner's occurrences that touch `period`, of all his calendars, by start."""
    here = _occurrences.c
    query = _EVENTS.where(
        here.client_id == client_id, here.end > period.start, here.start < period.end
    )
    return tuple(
        Busy(
            period=Period(start, end),
            uid=uid,
            summary=summary,
            all_day=all_day,
            readable=readable,
            blocks=blocks,
            categories=categories,
            calendar_id=calendar_id,
        )
        for start, end, uid, summary, all_day, readable, blocks, categories, calendar_id in (
            connection.execute(query).all()
        )
    )


def whereabouts(
    connection: Connection, calendar_id: UUID, uids: Collection[str]
) -> dict[str, dict[str, str]]:
    """Where the objects with these UIDs lie in a calendar: address to ETag, as last read."""
    found: dict[str, dict[str, str]] = {}
    columns = (_objects.c.uid, _objects.c.href, _objects.c.etag)
    here = (_objects.c.calendar_id == calendar_id) & _objects.c.uid.in_(uids)
    for uid, href, etag in connection.execute(select(*columns).where(here)):
        found.setdefault(uid, {})[href] = etag
    return found


def set_href(
    connection: Connection,
    calendar_id: UUID,
    href: str,
    at: datetime,
    sought: OwnerCalendar | None = None,
) -> None:
    """Keep the address of a calendar; at another address everything is read anew.

    `StaleRow` when it is no longer the calendar that was `sought`.
    """
    row = _calendar(connection, calendar_id)
    if sought and (row["account_id"], row["name"]) != (sought.account_id, sought.name):
        raise stale()
    if Ledger(connection, None, at).update(tables.owner_calendar, row, {"href": href}):
        forget(connection, calendar_id)


def forget(connection: Connection, calendar_id: UUID) -> None:
    """Drop our copy of a calendar; the next refresh reads all of it."""
    _drop_all(connection, calendar_id)
    connection.execute(delete(_states).where(_states.c.calendar_id == calendar_id))


def _calendar(connection: Connection, calendar_id: UUID) -> Row:
    table = tables.owner_calendar
    query = select(table).where(table.c.id == calendar_id)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(_("This calendar does not exist any more."))
    if row["removed"] is not None:
        raise stale()
    return row


def _hrefs(connection: Connection, calendar_id: UUID) -> set[str]:
    query = select(_objects.c.href).where(_objects.c.calendar_id == calendar_id)
    return set(connection.execute(query).scalars())


def _drop_all(connection: Connection, calendar_id: UUID) -> None:
    connection.execute(delete(_objects).where(_objects.c.calendar_id == calendar_id))


def _drop(connection: Connection, calendar_id: UUID, hrefs: Iterable[str]) -> None:
    gone = [{"gone": href} for href in hrefs]
    here = (_objects.c.calendar_id == calendar_id) & (_objects.c.href == bindparam("gone"))
    _in_pieces(connection, delete(_objects).where(here), gone)


def _add(
    connection: Connection, client_id: UUID, calendar_id: UUID, things: Iterable[CalendarObject]
) -> None:
    of_calendar = {"client_id": client_id, "calendar_id": calendar_id}
    objects: list[dict[str, Any]] = []
    occurrences: list[dict[str, Any]] = []
    for thing in {thing.href: thing for thing in things}.values():
        object_id = uuid4()
        objects.append(
            {
                "id": object_id,
                "href": thing.href,
                "etag": thing.etag,
                "uid": thing.uid,
                "readable": thing.readable,
                **of_calendar,
            }
        )
        occurrences += [
            {
                "object_id": object_id,
                "position": position,
                "uid": one.uid,
                "start": one.period.start,
                "end": one.period.end,
                "summary": one.summary,
                "all_day": one.all_day,
                "readable": one.readable,
                "blocks": one.blocks,
                "categories": one.categories,
                **of_calendar,
            }
            for position, one in enumerate(thing.busy)
        ]
    _in_pieces(connection, insert(_objects), objects)
    _in_pieces(connection, insert(_occurrences), occurrences)


def _in_pieces(
    connection: Connection, statement: Delete | Insert, rows: list[dict[str, Any]]
) -> None:
    """Execute for all rows, and let the window have its turn in between."""
    for first in range(0, len(rows), _PIECE):
        give_way()
        connection.execute(statement, rows[first : first + _PIECE])
