"""What stands on the sheet of a day or a week: words alone, for the owner's eyes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from receptionist.i18n import _
from receptionist.model.appointment import TAKING_PLACE, Appointment, AppointmentState
from receptionist.model.busy import Busy
from receptionist.model.client import Client
from receptionist.model.number import shown
from receptionist.model.period import Period
from receptionist.model.steering import steering
from receptionist.model.week import Day, Week
from ui.models.moments import clock_words, day_of_year, long_day
from ui.models.signs import closed_words
from ui.models.weekwords import busy_title
from ui.models.words import one_line

_LONGEST = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a day. What is not an appointment of ours is `quiet`."""

    time: str
    what: str
    who: str = ""
    where: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One day: its heading, and what there is to say where it has no rows."""

    heading: str
    rows: tuple[Row, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything on paper; `as_of` says of when it is."""

    client: str
    title: str
    as_of: str
    office: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a sheet is made of: a week that was read, `day` alone or all of it, at `now`.

    `checked` is when the owner's calendar was last read.
    """

    week: Week
    client: Client
    office: str
    now: datetime
    day: date | None = None
    checked: datetime | None = None

    @property
    def days(self) -> list[Day]:
        """The days that are looked at."""
        return [one for one in self.week.days if self.day in (None, one.date)]

    @property
    def first(self) -> date:
        """The first of them."""
        return self.days[0].date

    @property
    def period(self) -> Period:
        """From the first to the last of them."""
        return Period(self.days[0].period.start, self.days[-1].period.end)


def sheet(source: Source) -> Sheet:
    """The sheet of the days that are looked at."""
    zone, days = source.week.zone, source.days
    first, last = source.first, days[-1].date
    if len(days) == 1:
        title = _("Appointments on {date}").format(date=f"{long_day(first)} {first.year}")
    else:
        title = _("Appointments of week {number}, {first} – {last}").format(
            number=first.isocalendar().week, first=day_of_year(first), last=day_of_year(last)
        )
    today = source.now.astimezone(ZoneInfo(zone)).date()
    as_of = _("As of {date}, {time}").format(
        date=day_of_year(today), time=clock_words(source.now, zone)
    )
    if source.checked is not None:
        read = _("calendar read at {time}").format(time=clock_words(source.checked, zone))
        as_of = f"{as_of} ({read})"
    parts = (_part(source, day) for day in days)
    return Sheet(
        client=one_line(source.client.name),
        title=title,
        as_of=as_of,
        office=one_line(source.office),
        parts=tuple(one for one in parts if len(days) == 1 or one.rows or _is_workday(one, days)),
    )


def _is_workday(part: Part, days: list[Day]) -> bool:
    return any(long_day(day.date) == part.heading and day.date.weekday() < 5 for day in days)


def _part(source: Source, day: Day) -> Part:
    week = source.week
    rows = [*_events(source, day), *_appointments(source, day)]
    rows.sort(key=lambda one: one[0])
    closed = closed_words(source.client, day, week.busy)
    words = closed if closed and day.closed else ("" if rows else _("No appointments."))
    return Part(heading=long_day(day.date), rows=tuple(row for _at, row in rows), words=words)


def _events(source: Source, day: Day) -> Iterable[tuple[datetime, Row]]:
    steers = steering(source.client)
    for event in source.week.busy:
        blocks = steers.blocks(event, source.client.all_day_blocks)
        if event.period.overlaps(day.period) and (blocks or steers.rules(event)):
            yield (
                max(event.period.start, day.period.start),
                Row(
                    time=_event_time(event, day, source.week.zone),
                    what=busy_title(event),
                    quiet=True,
                ),
            )


def _event_time(event: Busy, day: Day, zone: str) -> str:
    period = event.period
    if period.start <= day.period.start and day.period.end <= period.end:
        return _("all day")
    start = clock_words(max(period.start, day.period.start), zone)
    end = "24:00" if period.end >= day.period.end else clock_words(period.end, zone)
    return f"{start}–{end}"


def _appointments(source: Source, day: Day) -> Iterable[tuple[datetime, Row]]:
    for one in source.week.appointments:
        if one.state in TAKING_PLACE and day.period.start <= one.start < day.period.end:
            yield one.start, _row(source, one)


def _row(source: Source, one: Appointment) -> Row:
    zone = source.week.zone
    time = f"{clock_words(one.start, zone)}–{clock_words(one.end, zone)}"
    if one.part_of is not None:
        return Row(time=time, what=one_line(one.kind_name), quiet=True)
    member = source.client.member(one.staff_id)
    what = [one_line(one.kind_name)]
    if member is not None:
        what.append(one_line(member.name))
    if one.state is not AppointmentState.CONFIRMED:
        what.append(_("(not in your calendar yet)"))
    return Row(
        time=time,
        what="\n".join(what),
        who="\n".join(filter(None, (one_line(one.caller_name), shown(one.caller_number)))),
        where="\n".join(filter(None, (one.place, _shortened(one.note.strip())))),
    )


def _shortened(note: str) -> str:
    return note if len(note) <= _LONGEST else f"{note[:_LONGEST].rstrip()} …"
