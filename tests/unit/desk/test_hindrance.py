"""Whether a time can be booked, as the database knows it: staff, travel, holds, what was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from receptionist.desk import week
from receptionist.model.appointment import AppointmentState
from receptionist.model.client import BookableHours, Client, OwnerCalendar, Staff
from receptionist.model.office import Directory
from receptionist.model.week import Outlook
from receptionist.model.when import When
from receptionist.ports import Store
from receptionist.reasons import Reason
from receptionist.store import open_store
from tests.contract.store.sample import WHO, appointment, changes, event, office

MONDAY = date(2027, 3, 1)
NOW = datetime(2027, 3, 1, 6, 0, tzinfo=UTC)
NINE = datetime(2027, 3, 2, 8, 0, tzinfo=UTC)
"""In Berlin, on Tuesday."""
ANNA, BERND = (Staff(id=uuid4(), key=key, name=key.title()) for key in ("anna", "bernd"))


class Desk:
    """A client in a real database, and the question whether something can be booked for him."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.directory = office()

    def open(self, *others: OwnerCalendar, **more: Any) -> None:
        """The first client with nine to noon on weekdays, and `more`."""
        first, second = self.directory.clients
        hours = tuple(BookableHours(weekday=d, start=time(9), end=time(12)) for d in range(5))
        clients = (replace(first, hours=hours, minimum_notice_min=0, **more), second)
        wanted = replace(self.directory, clients=clients)
        wanted = replace(wanted, calendars=(*wanted.calendars, *others))
        self.directory: Directory = self.store.save_directory(wanted, WHO, NOW)
        for one in self.calendars:
            if not one.tasks:
                self.has(one)

    @property
    def client(self) -> Client:
        return self.directory.clients[0]

    @property
    def calendars(self) -> tuple[OwnerCalendar, ...]:
        return tuple(one for one in self.directory.calendars if one.client_id == self.client.id)

    def another(self, name: str, **more: Any) -> OwnerCalendar:
        first = self.directory.calendars[0]
        return replace(first, id=uuid4(), name=name, **more)

    def has(self, calendar: OwnerCalendar, *objects: Any) -> None:
        self.store.apply_changes(calendar.id, changes(*objects), NOW)

    def takes(self, start: datetime, **more: Any) -> UUID:
        made = appointment(self.directory, start=start, **more)
        self.store.bookings.book_all((made,), WHO, NOW)
        return made.id

    def hindered(self, start: datetime, **more: Any) -> Reason:
        asked = {"staff_id": None, "postcode": "", "now": NOW, "calendars": self.calendars} | more
        return week.hindrance(self.store, self.client, self.client.kinds[0], start, **asked)

    def outlook(self, **more: Any) -> Outlook:
        asked = {"calendars": self.calendars} | more
        question = week.Question(
            client=self.client, kind=self.client.kinds[0], now=NOW, monday=MONDAY, **asked
        )
        return week.read(self.store, question)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = open_store(tmp_path / "receptionist.db")
    yield Desk(store)
    store.close()


def test_a_calendar_that_was_never_read_hinders_everything(desk: Desk) -> None:
    desk.open()
    assert desk.hindered(NINE) is Reason.NONE
    unread = desk.another("Privat")
    found = desk.hindered(NINE, calendars=(*desk.calendars, unread))
    assert found is Reason.NEVER_READ


def test_a_list_of_tasks_need_not_be_read(desk: Desk) -> None:
    desk.open(desk.another("Aufgaben", tasks=True))
    assert desk.hindered(NINE) is Reason.NONE
    assert desk.outlook().slots


def test_any_of_several_calendars_keeps_busy(desk: Desk) -> None:
    desk.open(desk.another("Privat"))
    desk.has(desk.calendars[1], event(NINE, NINE + timedelta(minutes=30)))
    assert desk.hindered(NINE) is Reason.OWNER_WAS_FIRST
    assert desk.hindered(NINE + timedelta(minutes=30)) is Reason.NONE


def test_a_calendar_of_one_of_the_staff_keeps_only_him_busy(desk: Desk) -> None:
    desk.open(desk.another("Anna", staff_id=ANNA.id), staff=(ANNA, BERND))
    anna, bernd = desk.client.staff
    desk.has(desk.calendars[1], event(NINE, NINE + timedelta(minutes=30)))
    assert desk.hindered(NINE, staff_id=anna.id) is Reason.OWNER_WAS_FIRST
    assert desk.hindered(NINE, staff_id=bernd.id) is Reason.NONE
    assert desk.hindered(NINE) is Reason.NONE
    (first, *_rest) = desk.outlook(after=NINE).slots
    assert (first.start, first.staff_id) == (NINE, bernd.id)


def test_a_hold_hinders_others_until_it_runs_out_and_never_itself(desk: Desk) -> None:
    desk.open()
    until = NOW + timedelta(minutes=10)
    held = desk.takes(NINE, state=AppointmentState.HOLD, held_until=until)
    assert desk.hindered(NINE) is Reason.SLOT_TAKEN
    assert desk.hindered(NINE, own=held) is Reason.NONE
    assert desk.hindered(NINE, now=until) is Reason.NONE
    assert not desk.outlook(wanted=NINE).kept
    assert desk.outlook(wanted=NINE, own=held).kept
    assert desk.outlook(wanted=NINE).hindrance is Reason.SLOT_TAKEN


def test_the_way_to_a_postcode(desk: Desk) -> None:
    kinds = office().clients[0].kinds
    desk.open(kinds=(replace(kinds[0], at_caller=True), kinds[1]), travel_min=45)
    desk.has(desk.calendars[0], event(NINE - timedelta(minutes=30), NINE))
    assert desk.hindered(NINE, postcode="50667") is Reason.NO_TIME_TO_TRAVEL
    assert desk.hindered(NINE + timedelta(minutes=45)) is Reason.NONE


def test_words_of_the_owner_open_and_close(desk: Desk) -> None:
    desk.open(bookable_only=True)
    opened = event(NINE, NINE + timedelta(hours=1))
    opened = replace(opened, busy=(replace(opened.busy[0], summary="", categories="Buchbar"),))
    desk.has(desk.calendars[0], opened)
    assert desk.hindered(NINE) is Reason.NONE
    assert desk.hindered(NINE + timedelta(hours=1)) is Reason.OUTSIDE_HOURS
    found = desk.outlook()
    assert {slot.start.date() for slot in found.slots} == {NINE.date()}
    assert [one.categories for one in found.week.busy] == ["Buchbar"]


def test_limits_of_a_day_count_what_was_before_and_after(desk: Desk) -> None:
    desk.open(daily_limit=2)
    for hours in (0, 2):
        desk.takes(NINE + timedelta(hours=hours))
    between = NINE + timedelta(hours=1)
    assert desk.hindered(between) is Reason.DAY_FULL
    assert between.date() not in {slot.start.date() for slot in desk.outlook(after=between).slots}


def test_where_little_is_free_the_whole_horizon_is_read(desk: Desk) -> None:
    desk.open(horizon_days=50)
    desk.has(desk.calendars[0], event(NINE - timedelta(days=7), NINE + timedelta(days=30)))
    assert [slot.start for slot in desk.outlook(count=2).slots] == [
        NINE + timedelta(days=30),
        NINE + timedelta(days=30, minutes=30),
    ]
    far = When(first=date(2027, 4, 15))
    (slot,) = desk.outlook(count=1, when=far).slots
    assert slot.start == datetime(2027, 4, 15, 7, 0, tzinfo=UTC)


def test_a_day_says_why_it_is_closed(desk: Desk) -> None:
    desk.open(holidays="DE-BY")
    days = desk.outlook().week.days
    assert [day.closed for day in days] == [""] * 7
    easter = week.Question(
        client=desk.client, kind=None, now=NOW, monday=date(2027, 3, 22), calendars=desk.calendars
    )
    friday = week.read(desk.store, easter).week.days[4]
    assert friday.closed
    assert friday.hours == ()


def test_what_keeps_the_staff_busy_says_nothing_of_the_owner(desk: Desk) -> None:
    desk.open(desk.another("Anna", staff_id=ANNA.id), staff=(ANNA, BERND))
    desk.has(desk.calendars[1], event(NINE, NINE + timedelta(minutes=30)))
    assert desk.outlook().coming == ()
    assert len(desk.outlook().week.busy) == 1


def test_where_only_the_staff_has_calendars_all_of_them_are_asked(desk: Desk) -> None:
    desk.open(desk.another("Anna", staff_id=ANNA.id), staff=(ANNA, BERND))
    anna, bernd = desk.client.staff
    both = tuple(
        replace(one, staff_id=member.id)
        for one, member in zip(desk.calendars, (anna, bernd), strict=True)
    )
    desk.has(both[0], event(NINE, NINE + timedelta(minutes=30)))
    desk.has(both[1], event(NINE + timedelta(minutes=20), NINE + timedelta(minutes=50), "b"))
    (common,) = desk.outlook(calendars=both).coming
    assert common.period.start == NINE + timedelta(minutes=20)
    assert common.period.end == NINE + timedelta(minutes=30)
