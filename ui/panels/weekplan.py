"""A week or a day in minutes and words, as the grid paints it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.i18n import _
from receptionist.model.agenda import Agenda
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.busy import Busy
from receptionist.model.client import Client, Staff
from receptionist.model.period import Period
from receptionist.model.slot import Slot
from receptionist.model.steering import steering
from receptionist.model.week import Day, Week
from ui.models.moments import clock_words, compact_day, long_day, numbered_day
from ui.models.signs import closed_words
from ui.models.week import Sight
from ui.models.words import one_line
from ui.panels.weekpieces import Words
from ui.widgets.weekground import Moment
from ui.widgets.weekshape import DAY_MIN, Banner, Column, Mark, Piece, Start, WeekShape

_WORKDAYS = 5
_AROUND = 60
"""Minutes before and after the bookable hours in which the owner's events are shown."""
_USUAL = (8 * 60, 18 * 60)
_GONE = (AppointmentState.WITHDRAWN, AppointmentState.CANCELLED)


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands in one column: a day, and one member of the staff where it is theirs alone."""

    day: Day
    alone: bool = False
    member: Staff | None = None

    def holds(self, staff_id: UUID | None, *, everybody: bool = False) -> bool:
        """Whether what is a member's, or (None) nobody's, stands here."""
        mine = self.member.id if self.member else None
        return not self.alone or staff_id == mine or (everybody and staff_id is None)


class WeekPlan:
    """Puts what was read of a week into columns and minutes of its zone's wall clock."""

    def __init__(
        self, week: Week, client: Client, newest: Sequence[Appointment], sight: Sight
    ) -> None:
        self._week, self._client, self._sight = week, client, sight
        self._zone = ZoneInfo(week.zone)
        self._steers = steering(client)
        self.appointments = _brought_up_to_date(week, newest)
        self._columns = self._places()
        self._words = Words(week, client, sight.office_zone, sight.call_id, len(self._columns))

    def shape(self, chosen: Slot | None, chosen_words: str, today: date) -> WeekShape:
        """Everything to be painted."""
        first, last = self._hours()
        return WeekShape(
            columns=tuple(self._column(place, today) for place in self._columns),
            pieces=(*self._events(), *self._ours()),
            marks=tuple(self._marks()),
            banners=tuple(self._banners()),
            starts=tuple(self._starts()),
            chosen=self._start(chosen) if chosen else None,
            chosen_words=chosen_words,
            first=first,
            last=last,
        )

    def moment(self, now: datetime) -> Moment | None:
        """Where the line of the present time is; None on other days."""
        local = now.astimezone(self._zone)
        today = [n for n, place in enumerate(self._columns) if place.day.date == local.date()]
        if not today:
            return None
        words = clock_words(now, self._week.zone)
        return Moment(today[0], _minutes(local), words, today[-1])

    def slot_of(self, start: Start) -> Slot | None:
        """The free slot of a start."""
        fitting = (one for one in self._week.free if one.start == start.at)
        return next((one for one in fitting if one.staff_id == start.staff_id), None)

    def appointment_of(self, piece: Piece) -> Appointment | None:
        """The appointment of a piece."""
        return next((one for one in self.appointments if one.id == piece.id), None)

    def instant(self, column: int, minute: int) -> datetime:
        """The instant of a place in the grid."""
        midnight = datetime.combine(self.day_of(column), time(), self._zone)
        return (midnight + timedelta(minutes=minute)).astimezone(UTC)

    def day_of(self, column: int) -> date:
        """The day of a column."""
        return self._columns[min(column, len(self._columns) - 1)].day.date

    def member(self, column: int) -> Staff | None:
        """Of whom of the staff alone a column is."""
        return self._columns[column].member

    # ---- columns

    def _places(self) -> list[_Place]:
        day = next((one for one in self._week.days if one.date == self._sight.day), None)
        if day is None:
            return [_Place(one) for one in self._week.days if self._is_shown(one)]
        if not self._client.staff:
            return [_Place(day)]
        members: list[Staff | None] = list(self._client.staff)
        if any(self._member_of(one) is None for one in self.appointments):
            members.append(None)
        return [_Place(day, True, member) for member in members]

    def _member_of(self, one: Appointment) -> UUID | None:
        member = self._client.member(one.staff_id)
        return member.id if member else None

    def _is_shown(self, day: Day) -> bool:
        things = [one.period for one in self._week.busy]
        things += [one.period for one in self.appointments]
        return (
            day.date.weekday() < _WORKDAYS
            or bool(day.hours)
            or any(period.overlaps(day.period) for period in things)
        )

    def _column(self, place: _Place, today: date) -> Column:
        day = place.day
        heading, short = compact_day(day.date), numbered_day(day.date)
        if place.alone:
            heading = short = one_line(place.member.name, 30) if place.member else _("nobody's")
        elif self._sight.day is not None:
            heading = long_day(day.date)
        return Column(
            heading=heading,
            short=short,
            open=tuple(
                (start, end)
                for hours in self._open(place)
                for column, start, end in self._split(hours)
                if self._columns[column] is place
            ),
            closed=closed_words(self._client, day, self._week.busy),
            today=day.date == today,
        )

    def _open(self, place: _Place) -> tuple[Period, ...]:
        """The bookable hours of a column."""
        if not place.alone:
            return place.day.hours
        agenda = Agenda(client=self._client, events=self._week.busy, staff_of=self._sight.staff_of)
        return agenda.book(place.member.id if place.member else None).hours(place.day.date)

    def _hours(self) -> tuple[int, int]:
        """The first and last minute that is shown, in whole hours."""
        spans = [span for p in self._columns for h in p.day.hours for span in self._split(h)]
        first = min((start for _c, start, _e in spans), default=_USUAL[0])
        last = max((end for _c, _s, end in spans), default=_USUAL[1])
        before, after = first - _AROUND, last + _AROUND
        for start, end in self._minutes_of(one.period for one in self._week.busy if _timed(one)):
            if end > before and start < after:
                first, last = min(first, max(start, before)), max(last, min(end, after))
        for start, end in self._minutes_of(one.period for one in self.appointments):
            first, last = min(first, start), max(last, end)
        return max(first // 60 * 60, 0), min(-(-last // 60) * 60, DAY_MIN)

    def _minutes_of(self, periods: Iterable[Period]) -> list[tuple[int, int]]:
        return [span[1:] for period in periods for span in self._split(period)]

    # ---- contents

    def _events(self) -> Iterable[Piece]:
        for event in self._week.busy:
            if _timed(event) and self._blocks(event):
                for column, start, end in self._split(event.period, self._owner_of(event)):
                    yield self._words.event(event, column, start, end)

    def _ours(self) -> Iterable[Piece]:
        for one in self.appointments:
            spans = self._split(one.period, (self._member_of(one), False))
            for column, start, end in spans:
                yield self._words.appointment(one, column, start, end, loose=len(spans) == 1)

    def _marks(self) -> Iterable[Mark]:
        for event in self._week.busy:
            if _timed(event) and not self._blocks(event) and self._steers.rules(event):
                for column, start, end in self._split(event.period, self._owner_of(event)):
                    yield self._words.mark(event, column, start, end)

    def _banners(self) -> Iterable[Banner]:
        for event in self._week.busy:
            touched = [
                number
                for number, place in enumerate(self._columns)
                if place.day.period.overlaps(event.period)
                and place.holds(self._owner_of(event)[0], everybody=True)
            ]
            if touched and not _timed(event):
                yield self._words.banner(event, touched, blocks=self._blocks(event))

    def _blocks(self, event: Busy) -> bool:
        return self._steers.blocks(event, self._client.all_day_blocks)

    def _owner_of(self, event: Busy) -> tuple[UUID | None, bool]:
        """Whose column an event stands in; what is nobody's stands in everybody's."""
        calendar_id = event.calendar_id
        return (self._sight.staff_of.get(calendar_id) if calendar_id else None), True

    def _starts(self) -> Iterable[Start]:
        """The free starts; where several members are free then, one of them."""
        found: dict[tuple[int, datetime], Start] = {}
        for slot in self._week.free:
            start = self._start(slot)
            if start is not None:
                found.setdefault((start.column, start.at), start)
        return found.values()

    def _start(self, slot: Slot) -> Start | None:
        spans = self._split(slot, (slot.staff_id, True))
        if not spans:
            return None
        column, start, end = spans[0]
        return Start(at=slot.start, column=column, start=start, end=end, staff_id=slot.staff_id)

    def _split(
        self, period: Period, whose: tuple[UUID | None, bool] = (None, True)
    ) -> list[tuple[int, int, int]]:
        """Column, first and last minute of a period on each day that is shown.

        `whose` is it: a member's or nobody's, and whether nobody's is everybody's.
        """
        spans = []
        for column, place in enumerate(self._columns):
            day = place.day
            if not period.overlaps(day.period) or not place.holds(whose[0], everybody=whose[1]):
                continue
            start = max(period.start, day.period.start).astimezone(self._zone)
            end = min(period.end, day.period.end).astimezone(self._zone)
            ends = DAY_MIN if end.date() > day.date else _minutes(end)
            begins = _minutes(start)
            spans.append((column, begins, max(ends, begins + 1)))
        return spans


def _brought_up_to_date(week: Week, newest: Sequence[Appointment]) -> list[Appointment]:
    """The week's appointments with what events told of this call's since it was read."""
    told = {one.id: one for one in newest if one.client_id == week.client_id}
    shown = []
    for one in week.appointments:
        newer = told.pop(one.id, one)
        shown.append(one if newer.state is one.state else newer)
    shown += (one for one in told.values() if one.period.overlaps(week.period))
    kept = (one for one in shown if one.state not in _GONE)
    return sorted(kept, key=lambda one: (one.start, one.created))


def _timed(busy: Busy) -> bool:
    return not busy.all_day


def _minutes(local: datetime) -> int:
    return local.hour * 60 + local.minute
