"""Series against dateutil and recurring-ical-events; where they differ from the RFC, it decides.

Starts come from dateutil on the wall clock. Ends are computed here by RFC 5545 3.8.5.3: a DTEND
means the same exact length for every occurrence, a DURATION the same nominal one. An occurrence at
a local time that does not exist is to be ignored by 3.3.10; programs show it an hour later, and an
owner who is perhaps busy is busy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from dateutil import rrule
from hypothesis import example, given, settings
from hypothesis import strategies as st

from receptionist.calendars.busy import read
from receptionist.model.period import Period

HORIZON = Period(datetime(2027, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC))
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]
FREQUENCIES = {"DAILY": rrule.DAILY, "WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY,
               "YEARLY": rrule.YEARLY}  # fmt: skip
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
NEAR = [  # both changes of the clock, a leap day, the end of a long month
    date(2027, 3, 20),
    date(2027, 3, 28),
    date(2027, 10, 25),
    date(2027, 10, 31),
    date(2027, 11, 7),
    date(2028, 2, 29),
    date(2027, 1, 31),
    date(2028, 4, 1),
]


@dataclass(frozen=True)
class Series:
    """A series as its owner makes one; `days` and `hours` are its length, `ends` says how told."""

    zone: str
    start: datetime
    frequency: str
    interval: int
    count: int
    until: bool
    by_day: tuple[str, ...]
    days: int
    hours: int
    ends: bool
    left_out: frozenset[int]
    moved: frozenset[int]
    cancelled: frozenset[int]
    added: bool

    @property
    def starts(self) -> list[datetime]:
        """By dateutil, on the wall clock, with nothing left out."""
        days = [getattr(rrule, name) for name in self.by_day] or None
        return list(
            rrule.rrule(
                FREQUENCIES[self.frequency],
                dtstart=self.start,
                interval=self.interval,
                count=self.count,
                byweekday=days,
            )
        )

    @property
    def text(self) -> str:
        starts = self.starts
        rule = f"FREQ={self.frequency};INTERVAL={self.interval}"
        if self.by_day:
            rule += f";BYDAY={','.join(self.by_day)}"
        last = instant(starts[-1], self.zone)
        rule += f";UNTIL={last:%Y%m%dT%H%M%SZ}" if self.until else f";COUNT={self.count}"
        end = self.start + timedelta(days=self.days, hours=self.hours)
        lines = [
            self.at("DTSTART", self.start),
            self.at("DTEND", end) if self.ends else f"DURATION:P{self.days}DT{self.hours}H",
            f"RRULE:{rule}",
            *(self.at("EXDATE", starts[one]) for one in self.left_out if one < len(starts)),
        ]
        if self.added:
            lines.append(self.at("RDATE", self.start + timedelta(days=3, minutes=7)))
        events = [lines]
        for one in self.exceptions(self.moved):
            late = starts[one] + timedelta(hours=26)
            events.append([
                self.at("RECURRENCE-ID", starts[one]),
                self.at("DTSTART", late),
                "DURATION:PT2H",
            ])  # fmt: skip
        for one in self.exceptions(self.cancelled - self.moved):
            events.append([
                self.at("RECURRENCE-ID", starts[one]),
                self.at("DTSTART", starts[one]),
                "DURATION:PT1H",
                "STATUS:CANCELLED",
            ])  # fmt: skip
        return calendar(events)

    def exceptions(self, numbers: frozenset[int]) -> list[int]:
        """Those of these occurrences that are there."""
        return [one for one in sorted(numbers - self.left_out) if one < len(self.starts)]

    def at(self, name: str, value: datetime) -> str:
        return f"{name};TZID={self.zone}:{value:%Y%m%dT%H%M%S}"

    def expected(self) -> list[Period]:
        """By the words of the RFC."""
        starts = self.starts
        changed = {*self.exceptions(self.moved), *self.exceptions(self.cancelled)}
        plain = [
            one
            for number, one in enumerate(starts)
            if number not in changed and number not in self.left_out
        ]
        if self.added:
            plain.append(self.start + timedelta(days=3, minutes=7))
        found = {self.period(one) for one in plain}
        for number in self.exceptions(self.moved):
            begin = instant(starts[number] + timedelta(hours=26), self.zone)
            found.add(Period(begin, begin + timedelta(hours=2)))
        return sorted(one for one in found if one.overlaps(HORIZON) and one.start < one.end)

    def period(self, local: datetime) -> Period:
        begin = instant(local, self.zone)
        if self.ends:
            end = self.start + timedelta(days=self.days, hours=self.hours)
            exact = instant(end, self.zone) - instant(self.start, self.zone)
            return Period(begin, begin + exact)
        nominal = (local + timedelta(days=self.days)).replace(tzinfo=ZoneInfo(self.zone))
        return Period(begin, nominal.astimezone(UTC) + timedelta(hours=self.hours))


def instant(local: datetime, zone: str) -> datetime:
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def calendar(events: list[list[str]]) -> str:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"]
    parts = (["BEGIN:VEVENT", "UID:u", "SUMMARY:s", *lines, "END:VEVENT"] for lines in events)
    return "\r\n".join([*head, *(line for part in parts for line in part), "END:VCALENDAR", ""])


@st.composite
def series(draw: st.DrawFn) -> Series:
    day = draw(st.sampled_from(NEAR)) + timedelta(days=draw(st.integers(-2, 2)))
    at = time(draw(st.integers(0, 23)), draw(st.sampled_from([0, 15, 30])))
    frequency = draw(st.sampled_from(sorted(FREQUENCIES)))
    by_day: tuple[str, ...] = ()
    if frequency == "WEEKLY":
        more = draw(st.sets(st.sampled_from(DAYS), max_size=3))
        by_day = tuple(one for one in DAYS if one in more | {DAYS[day.weekday()]})
    few = st.frozensets(st.integers(0, 6), max_size=2)
    return Series(
        zone=draw(st.sampled_from(ZONES)),
        start=datetime.combine(day, at),
        frequency=frequency,
        interval=draw(st.integers(1, 3)),
        count=draw(st.integers(1, 12)),
        until=draw(st.booleans()),
        by_day=by_day,
        days=draw(st.integers(0, 2)),
        hours=draw(st.integers(1, 30)),
        ends=draw(st.booleans()),
        left_out=draw(few),
        moved=draw(few),
        cancelled=draw(few),
        added=draw(st.booleans()),
    )


def found(text: str) -> list[Period]:
    seen = read("https://calendar.example/a.ics", '"1"', text, HORIZON, "Europe/Berlin")
    assert seen.readable
    return [one.period for one in seen.busy]


def sensible(one: Series) -> bool:
    """Whether it is told without a contradiction: its own start and end exist, in this order."""
    zone = ZoneInfo(one.zone)
    end = one.start + timedelta(days=one.days, hours=one.hours)
    times = [one.start, end, *(start + timedelta(hours=26) for start in one.starts)]
    there = all(
        local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local
        for local in times
    )
    return there and instant(one.start, one.zone) < instant(end, one.zone)


BERLIN = Series("Europe/Berlin", datetime(2027, 3, 26, 22), "DAILY", 1, 4, False, (), 0, 8, False,
                frozenset(), frozenset(), frozenset(), False)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(series().filter(sensible))
@example(BERLIN)
def test_every_occurrence_is_where_the_rfc_has_it(one: Series) -> None:
    assert found(one.text) == one.expected()


@settings(max_examples=100, deadline=None)
@given(series().filter(sensible))
def test_starts_are_those_of_recurring_ical_events(one: Series) -> None:
    expanded = recurring_ical_events.of(icalendar.Calendar.from_ical(one.text)).between(
        HORIZON.start, HORIZON.end
    )
    theirs = sorted(
        event["DTSTART"].dt.astimezone(UTC)
        for event in expanded
        if str(event.get("STATUS", "")) != "CANCELLED"
    )
    ours = [period.start for period in found(one.text)]
    inside = [start for start in ours if HORIZON.start <= start]
    assert inside == [start for start in theirs if HORIZON.start <= start]


@settings(max_examples=60, deadline=None)
@given(
    day=st.sampled_from(NEAR),
    days=st.integers(1, 3),
    count=st.integers(1, 10),
    frequency=st.sampled_from(sorted(FREQUENCIES)),
)
@example(day=date(2028, 2, 29), days=1, count=2, frequency="YEARLY")
def test_whole_days_last_from_midnight_to_midnight_of_the_owner(
    day: date, days: int, count: int, frequency: str
) -> None:
    lines = [
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DURATION:P{days}D",
        f"RRULE:FREQ={frequency};COUNT={count}",
    ]
    midnight = datetime.combine(day, time())
    starts = rrule.rrule(FREQUENCIES[frequency], dtstart=midnight, count=count)
    expected = [
        Period(instant(one, "Europe/Berlin"), instant(one + timedelta(days=days), "Europe/Berlin"))
        for one in starts
        if one < datetime(2029, 1, 1, 1)
    ]
    assert found(calendar([lines])) == [one for one in expected if one.overlaps(HORIZON)]


def test_an_occurrence_at_an_hour_that_is_left_out_keeps_the_owner_busy() -> None:
    lines = [
        "DTSTART;TZID=Europe/Berlin:20270327T023000",
        "DURATION:PT1H",
        "RRULE:FREQ=DAILY;COUNT=3",
    ]
    assert [f"{one.start:%d %H:%M}" for one in found(calendar([lines]))] == [
        "27 01:30",
        "28 01:30",
        "29 00:30",
    ]


def test_this_and_all_that_follow_moved() -> None:
    series = [
        "DTSTART;TZID=Europe/Berlin:20270601T100000",
        "DTEND;TZID=Europe/Berlin:20270601T110000",
        "RRULE:FREQ=DAILY;COUNT=4",
    ]
    later = [
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20270603T100000",
        "DTSTART;TZID=Europe/Berlin:20270603T150000",
        "DTEND;TZID=Europe/Berlin:20270603T173000",
    ]
    assert [
        f"{one.start:%d %H:%M}-{one.end:%H:%M}" for one in found(calendar([series, later]))
    ] == [
        "01 08:00-09:00",
        "02 08:00-09:00",
        "03 13:00-15:30",
        "04 13:00-15:30",
    ]
