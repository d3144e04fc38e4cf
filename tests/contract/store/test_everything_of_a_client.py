"""All that can be known of a client: read as it was written, as sets that nobody overwrites."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest

from receptionist.errors import BadInput, StaleRow
from receptionist.model.busy import SyncState
from receptionist.model.client import (
    BookableHours,
    CalendarAccount,
    Cancellation,
    Client,
    HoursException,
    OwnerCalendar,
    OwnerRule,
    OwnerWord,
    Staff,
    TravelZone,
)
from receptionist.model.editing import Dependents, Part
from receptionist.model.office import Directory
from receptionist.model.service import Service, ServiceKind
from receptionist.ports import Store
from tests.contract.store.by_hand import calendars_of, read, saved
from tests.contract.store.conftest import Opens
from tests.contract.store.sample import (
    BREAK,
    NOW,
    TEN,
    WHO,
    appointment,
    client,
    firm,
    minutes,
)

ANOTHER: dict[str, Any] = {
    "horizon_days": 90,
    "daily_limit": 2,
    "holidays": "AT",
    "exceptions": (HoursException(first=date(2027, 3, 5), last=date(2027, 3, 6)),),
    "bookable_only": False,
    "words": (OwnerWord(word="weg", rule=OwnerRule.AWAY),),
    "staff": (Staff(id=uuid4(), key="neu", name="Neu"),),
    "travel_min": 1,
    "travel_zones": (TravelZone(postcode="8", minutes=9),),
    "address": "",
    "title": "",
    "alarm_min": -1,
    "cancellation": Cancellation.DELETE,
    "tells_callers": False,
    "shown_as": "",
    "ring_tone": "none",
    "hold_music": "",
    "rules": (BREAK,),
    "records": False,
    "keep_days": 7,
    "services": (Service(kind=ServiceKind.MAIL, title="Päckchen"),),
}
"""Another value of each field that came with availability."""
SETS = {"hours", "exceptions", "words", "travel_zones", "rules", "services"}


@pytest.fixture
def known(store: Store, directory: Directory) -> Client:
    """The client of whom everything is known, as it is stored, with a calendar for each."""
    wanted = firm()
    account = directory.accounts[0].id
    calendars = (
        OwnerCalendar(id=uuid4(), client_id=wanted.id, account_id=account, name="Erika"),
        OwnerCalendar(
            id=uuid4(),
            client_id=wanted.id,
            account_id=account,
            name="Max",
            staff_id=wanted.staff[1].id,
        ),
        OwnerCalendar(
            id=uuid4(), client_id=wanted.id, account_id=account, name="Aufgaben", tasks=True
        ),
    )
    found = saved(store, None, wanted, calendars, ())
    assert found.clients[-1] == wanted
    assert calendars_of(found, wanted.id) == calendars
    return wanted


def test_it_is_there_after_a_restart(known: Client, store: Store, opens: Opens) -> None:
    again = opens().directory()
    assert again == store.directory()
    assert again.clients[-1] == known


@pytest.mark.parametrize("field", ANOTHER)
def test_each_field_is_written_over_what_was_seen(store: Store, known: Client, field: str) -> None:
    free = replace(known, hours=known.hours[:2])
    saved(store, known, free, calendars_of(store.directory(), known.id)[::2])
    changed = replace(free, **{field: ANOTHER[field]})
    assert saved(store, free, changed).clients[-1] == changed
    if field in {*SETS, "staff"}:
        nothing: dict[str, Any] = {field: ()}
        with pytest.raises(StaleRow):
            saved(store, free, replace(free, **nothing))
    assert saved(store, free, replace(free, notes="Neu")).clients[-1] == replace(
        changed, notes="Neu"
    )


@pytest.mark.parametrize("field", ANOTHER)
def test_each_field_is_imported(store: Store, known: Client, field: str) -> None:
    changed = replace(known, id=uuid4(), **{field: ANOTHER[field]})
    found = store.save_directory(
        replace(store.directory(), clients=(changed,), calendars=()), WHO, NOW
    ).clients[-1]
    if field == "staff":
        assert set(found.staff) == {*known.staff, *changed.staff}
        changed = replace(changed, staff=found.staff)
    assert found == replace(changed, id=known.id)


def test_staff_is_known_by_its_keys(store: Store, known: Client) -> None:
    """Another id of the same key is that person, with his hours and his calendar."""
    before = store.directory()
    fresh = tuple(replace(member, id=uuid4()) for member in known.staff)
    calendars = calendars_of(before, known.id)
    imported = replace(
        before,
        clients=(
            replace(
                known,
                staff=fresh,
                hours=(*known.hours[:2], replace(known.hours[2], staff_id=fresh[1].id)),
            ),
        ),
        calendars=(replace(calendars[1], id=uuid4(), staff_id=fresh[1].id),),
    )
    assert store.save_directory(imported, WHO, NOW) == before


def test_staff_taken_out_by_hand_comes_back_by_its_key(store: Store, known: Client) -> None:
    calendars = calendars_of(store.directory(), known.id)
    without = replace(known, staff=known.staff[:1], hours=known.hours[:2])
    left = saved(store, known, without, calendars[::2])
    assert left.clients[-1] == without
    assert calendars_of(left, known.id) == calendars[::2]
    again = replace(known.staff[1], id=uuid4(), name="Max B.")
    hours = BookableHours(weekday=1, start=time(8), end=time(9), staff_id=again.id)
    calendar = replace(calendars[1], id=uuid4(), staff_id=again.id)
    back = replace(without, staff=(*without.staff, again), hours=(hours,))
    found = saved(store, without, back, (*calendars[::2], calendar))
    person = replace(again, id=known.staff[1].id)
    assert found.clients[-1] == replace(
        back, staff=(*without.staff, person), hours=(replace(hours, staff_id=person.id),)
    )
    assert calendars_of(found, known.id)[2] == replace(calendars[1], staff_id=person.id)


def test_a_calendar_of_nobody_is_refused(store: Store, known: Client) -> None:
    before = store.directory()
    without = replace(known, staff=known.staff[:1], hours=known.hours[:2])
    with pytest.raises(BadInput, match="“Max” belongs to somebody who is not of the staff") as told:
        saved(store, known, without)
    assert told.value.key == "calendars"
    assert store.directory() == before


def test_hours_and_calendars_go_with_who_is_taken_out(store: Store, known: Client) -> None:
    person = known.staff[1]
    calendars = calendars_of(store.directory(), known.id)
    read(store, calendars[1], "https://calendars.example.org/max/")
    booked = appointment(
        store.directory(),
        "firma",
        calendar_id=calendars[1].id,
        staff_id=person.id,
        start=TEN + minutes(300),
    )
    store.bookings.book_all((booked,), WHO, NOW)
    found = store.editing.dependents(Part.STAFF, person.id, NOW)
    assert found == Dependents(to_come=1, waiting=1, clients=(known.name,))
    without = replace(known, staff=known.staff[:1], hours=known.hours[:2])
    handed_on = (calendars[0], replace(calendars[1], staff_id=None))
    refused = pytest.raises(BadInput, match="1 appointment is not in the owner's calendar")
    with refused:
        store.editing.remove(Part.STAFF, person.id, WHO, NOW)
    for rest in (calendars[::2], handed_on):
        with refused:
            saved(store, known, without, rest)
    store.settle(booked, WHO, NOW, dirty=False)
    left = store.editing.remove(Part.STAFF, person.id, WHO, NOW)
    assert left.clients[-1] == without
    assert calendars_of(left, known.id) == calendars[::2]
    assert store.sync_state(calendars[1].id) == SyncState()


def test_a_client_taken_out_keeps_what_is_his_alone(store: Store, known: Client) -> None:
    gone = store.editing.remove(Part.CLIENT, known.id, WHO, NOW).former[-1]
    assert gone == replace(
        known,
        dialled=(),
        kinds=(),
        hours=(),
        exceptions=(),
        words=(),
        staff=(),
        travel_zones=(),
        rules=(),
        services=(),
    )
    back = saved(store, None, replace(known, id=uuid4()), ()).clients[-1]
    assert back == known


def test_a_list_of_tasks_is_read_anew_as_a_calendar(store: Store, known: Client) -> None:
    calendars = calendars_of(store.directory(), known.id)
    read(store, calendars[0], "https://calendars.example.org/a/")
    turned = replace(calendars[0], href="", tasks=True)
    found = saved(store, known, known, (turned, *calendars[1:]))
    assert calendars_of(found, known.id)[0] == turned
    assert store.sync_state(calendars[0].id) == SyncState()


def test_a_lonely_list_of_tasks_does_not_become_the_calendar(
    store: Store, directory: Directory
) -> None:
    one = directory.clients[0]
    calendar = calendars_of(directory, one.id)[0]
    account = CalendarAccount(id=uuid4(), key="b", url="https://b.example/", user="b")
    tasks = replace(calendar, id=uuid4(), account_id=account.id, name="Aufgaben", tasks=True)
    found = store.save_directory(
        replace(directory, accounts=(account,), calendars=(tasks,)), WHO, NOW
    )
    assert calendars_of(found, one.id) == (calendar, tasks)


def test_two_clients_have_staff_of_the_same_key(store: Store, known: Client) -> None:
    other = replace(
        client("andere", "Andere", "+493023125008"),
        staff=(Staff(id=uuid4(), key="max", name="Max Muster"),),
    )
    found = saved(store, None, other)
    assert found.clients[-2:] == (known, other)
