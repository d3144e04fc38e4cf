"""A client changed by hand, in short."""

from __future__ import annotations

from uuid import UUID

from receptionist.model.client import Client, OwnerCalendar
from receptionist.model.office import Directory
from receptionist.ports import Store
from tests.contract.store.sample import NOW, TEN, WHO, changes, event, minutes


def calendars_of(directory: Directory, client_id: UUID) -> tuple[OwnerCalendar, ...]:
    return tuple(one for one in directory.calendars if one.client_id == client_id)


def saved(
    store: Store,
    old: Client | None,
    new: Client,
    calendars: tuple[OwnerCalendar, ...] | None = None,
    known: tuple[OwnerCalendar, ...] | None = None,
) -> Directory:
    """A client saved, with the calendars he has unless others are named."""
    there = calendars_of(store.directory(), new.id)
    return store.editing.save_client(
        old,
        new,
        there if known is None else known,
        there if calendars is None else calendars,
        WHO,
        NOW,
    )


def read(store: Store, calendar: OwnerCalendar, href: str) -> None:
    """A calendar as it is after a refresh at an address."""
    store.set_calendar_href(calendar.id, href, NOW)
    store.apply_changes(calendar.id, changes(event(TEN, TEN + minutes(5))), NOW)
    assert store.sync_state(calendar.id).token == "t1"
