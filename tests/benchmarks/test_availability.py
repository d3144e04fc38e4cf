"""Free times in a calendar of 10,000 objects with 500 series, beside recurring-ical-events.

The reference is asked for the events of the same days alone; from there to what is free is left
out of its account.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar

from receptionist.calendars.busy import read
from receptionist.desk import week
from receptionist.model.agenda import Agenda
from receptionist.model.availability import Wish, free_slots, free_starts
from receptionist.model.busy import Busy, CalendarChanges
from receptionist.model.client import Client, OwnerCalendar
from receptionist.model.hours import day_period
from receptionist.model.period import Period
from receptionist.ports import Store
from receptionist.store import open_store
from tests.benchmarks.figures import Figure, Target
from tests.contract.store.sample import WHO, office
from tests.unit.model.times import MONDAY, client, kind

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

OBJECTS, SERIES = 10_000, 500
ZONE = "Europe/Berlin"
NOW = datetime(2027, 1, 11, 6, 0, tzinfo=UTC)
HORIZON = Period(NOW - timedelta(days=7), NOW + timedelta(days=730))
ROUNDS, REPEATS, EACH_TIME = 40, 10, 3
FOUR_WEEKS = timedelta(days=28)
_EVENT = """\
BEGIN:VEVENT
UID:{uid}
DTSTAMP:20250102T080000Z
SUMMARY:{summary}
DTSTART;TZID=Europe/Berlin:{start}
DTEND;TZID=Europe/Berlin:{end}
{rule}END:VEVENT
"""
_OBJECT = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Owner//Calendar 1.0//DE\n{}END:VCALENDAR\n"
_SPANS = ((clock(8), clock(12)), (clock(13), clock(18)))
_WISH = Wish(kind=kind(30, before=5, after=5))


@dataclass
class Owner:
    """A client whose calendar is in the occurrence table, and the same events as one text."""

    store: Store
    client: Client
    calendar: OwnerCalendar
    events: list[str]

    def known(self, period: Period) -> tuple[Busy, ...]:
        return self.store.bookings.owner_events(self.client.id, period)


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner]:
    store = open_store(tmp_path_factory.mktemp("free") / "receptionist.db")
    hours = client(*((day, *span) for day in range(5) for span in _SPANS)).hours
    plain = office()
    first = replace(plain.clients[0], hours=hours, minimum_notice_min=60)
    known = store.save_directory(replace(plain, clients=(first, plain.clients[1])), WHO, NOW)
    saved, calendar = known.clients[0], known.calendars[0]
    events = _events(random.Random(5))
    objects = [
        read(f"https://c.example/{number}.ics", "1", _OBJECT.format(text), HORIZON, ZONE)
        for number, text in enumerate(events)
    ]
    changes = CalendarChanges(changed=tuple(objects), horizon=HORIZON, zone=ZONE)
    store.apply_changes(calendar.id, changes, NOW)
    yield Owner(store, saved, calendar, events)
    store.close()


def test_free_times_of_a_day(owner: Owner, record: Callable[[Figure], None]) -> None:
    days = [_day(number) for number in range(1, 1 + ROUNDS)]
    known = {day: owner.known(_wide(day)) for day in days}

    def free(day: Period, events: tuple[Busy, ...]) -> int:
        return len(
            free_starts(Agenda(client=owner.client, events=events), _WISH, now=NOW, period=day)
        )

    asked = recurring_ical_events.of(Calendar.from_ical(_OBJECT.format("".join(owner.events))))
    asked.between(days[0].start, days[0].end)

    def with_the_table(day: Period) -> int:
        return free(day, owner.known(_wide(day)))

    reused = [_took(asked.between, day.start, day.end) for day in days]
    ours = [_took(free, day, known[day], times=REPEATS) for day in days]
    whole = [_took(with_the_table, day, times=REPEATS) for day in days]
    name, beside = "free times of a day, 10,000 objects", "recurring-ical-events, reused"
    record(_figure(name, ours, reused, beside, Target(p95=100)))
    record(_figure(f"{name}, with the table", whole, reused, beside))


def test_the_next_five_in_four_weeks(owner: Owner, record: Callable[[Figure], None]) -> None:
    spans = [Period(_day(n).start, _day(n).start + FOUR_WEEKS) for n in range(1, 1 + ROUNDS)]
    known = {span: owner.known(_wide(span)) for span in spans}
    text = _OBJECT.format("".join(owner.events))

    def found(span: Period, events: tuple[Busy, ...]) -> int:
        agenda = Agenda(client=owner.client, events=events)
        last = span.end.astimezone(ZoneInfo(ZONE)).date()
        return len(free_slots(agenda, _WISH, now=NOW, after=span.start, count=5, last=last))

    def each_time() -> None:
        query = recurring_ical_events.of(Calendar.from_ical(text))
        query.between(spans[0].start, spans[0].end)

    def with_the_table(span: Period) -> int:
        return found(span, owner.known(_wide(span)))

    ours = [_took(found, span, known[span], times=REPEATS) for span in spans]
    whole = [_took(with_the_table, span, times=REPEATS) for span in spans]
    reference = [_took(each_time) for _ in range(EACH_TIME)]
    name, beside = "next five in four weeks, 10,000 objects", "recurring-ical-events, each time"
    record(_figure(name, ours, reference, beside, Target(p95=1000)))
    record(_figure(f"{name}, with the table", whole, reference, beside))


def test_what_the_window_reads(owner: Owner, record: Callable[[Figure], None]) -> None:
    question = week.Question(
        client=owner.client,
        kind=_WISH.kind,
        now=NOW,
        monday=MONDAY,
        calendars=(owner.calendar,),
    )
    assert week.read(owner.store, question).slots
    ours = [_took(week.read, owner.store, question) for _ in range(ROUNDS)]
    record(_figure("week and next free times as the window reads them", ours))


def test_one_changed_series(owner: Owner, record: Callable[[Figure], None]) -> None:
    def change() -> None:
        thing = read("https://c.example/0.ics", "2", _OBJECT.format(owner.events[0]), HORIZON, ZONE)
        changes = CalendarChanges(changed=(thing,), horizon=HORIZON, zone=ZONE)
        owner.store.apply_changes(owner.calendar.id, changes, NOW)

    ours = [_took(change) for _ in range(ROUNDS)]
    record(_figure("one changed series expanded and stored", ours, target=Target(p95=5000)))


def _events(chance: random.Random) -> list[str]:
    """Series first; quarters of an hour and halves, by day, over four years."""
    start, found = NOW - timedelta(days=730), []
    for number in range(OBJECTS):
        day = start + timedelta(days=chance.randrange(1460))
        begins = day.replace(hour=chance.randrange(6, 20), minute=15 * chance.randrange(4))
        ends = begins + timedelta(minutes=chance.choice((15, 30)))
        found.append(
            _EVENT.format(
                uid=uuid4(),
                summary=f"Besprechung Nr. {number % 700}",
                start=f"{begins:%Y%m%dT%H%M%S}",
                end=f"{ends:%Y%m%dT%H%M%S}",
                rule="RRULE:FREQ=WEEKLY;COUNT=40\n" if number < SERIES else "",
            )
        )
    return found


def _day(number: int) -> Period:
    return day_period(MONDAY + timedelta(days=number), ZoneInfo(ZONE))


def _wide(period: Period) -> Period:
    return _WISH.around(Period(period.start, period.end + _WISH.length))


def _took(job: Callable[..., object], *values: object, times: int = 1) -> float:
    """Microseconds of one turn."""
    begun = time.perf_counter()
    for _ in range(times):
        job(*values)
    return (time.perf_counter() - begun) * 1e6 / times


def _figure(
    name: str,
    ours: list[float],
    reference: list[float] | None = None,
    beside: str = "",
    target: Target | None = None,
) -> Figure:
    return Figure(
        name=name,
        unit="µs",
        ours=ours,
        reference=reference or (),
        beside=beside,
        target=target or Target(),
    )
