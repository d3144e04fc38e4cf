"""A week in minutes and words, as the grid paints it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from receptionist.i18n import _
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.busy import Busy
from receptionist.model.client import Client
from receptionist.model.period import Period
from receptionist.model.week import Day, Week
from ui.models.moments import clock_words, compact_day, numbered_day
from ui.models.weekwords import appointment_words, busy_title, busy_words, place_words
from ui.models.words import one_line
from ui.widgets.weekpaint import Moment
from ui.widgets.weekshape import DAY_MIN, Banner, Column, Piece, Start, WeekShape

_WORKDAYS = 5
_AROUND = 60
"""Minutes before and after the bookable hours in which the owner's events are shown."""
_USUAL = (8 * 60, 18 * 60)


class WeekPlan:
    """Puts what was read of a week into columns and minutes of its zone's wall clock."""

    def __init__(
        self, week: Week, client: Client, newest: Sequence[Appointment], office_zone: str
    ) -> None:
        self._week, self._client, self._office_zone = week, client, office_zone
        self._zone = ZoneInfo(week.zone)
        self._appointments = _brought_up_to_date(week, newest)
        self._days = [day for day in week.days if self._is_shown(day)]
        self._columns = {day.date: number for number, day in enumerate(self._days)}

    def shape(self, chosen: Period | None, chosen_words: str, today: date) -> WeekShape:
        """Everything to be painted."""
        first, last = self._hours()
        return WeekShape(
            columns=tuple(self._column(day, today) for day in self._days),
            pieces=tuple(self._pieces()),
            banners=tuple(self._banners()),
            starts=tuple(one for slot in self._week.free if (one := self._start(slot))),
            chosen=self._start(chosen) if chosen else None,
            chosen_words=chosen_words,
            first=first,
            last=last,
        )

    def moment(self, now: datetime) -> Moment | None:
        """Where the line of the present time is; None in another week."""
        local = now.astimezone(self._zone)
        column = self._columns.get(local.date())
        if column is None:
            return None
        return Moment(column, _minutes(local), clock_words(now, self._week.zone))

    def period_of(self, start: Start) -> Period | None:
        """The free slot of a start."""
        return next((slot for slot in self._week.free if slot.start == start.at), None)

    def instant(self, column: int, minute: int) -> datetime:
        """The instant of a place in the grid."""
        midnight = datetime.combine(self._days[column].date, time(), self._zone)
        return (midnight + timedelta(minutes=minute)).astimezone(UTC)

    def _is_shown(self, day: Day) -> bool:
        things = [one.period for one in self._week.busy]
        things += [one.period for one in self._appointments]
        return (
            day.date.weekday() < _WORKDAYS
            or bool(day.hours)
            or any(period.overlaps(day.period) for period in things)
        )

    def _column(self, day: Day, today: date) -> Column:
        return Column(
            heading=compact_day(day.date),
            short=numbered_day(day.date),
            open=tuple(span[1:] for hours in day.hours for span in self._split(hours)),
            closed="" if day.hours else _("no times"),
            today=day.date == today,
        )

    def _hours(self) -> tuple[int, int]:
        """The first and last minute that is shown, in whole hours."""
        spans = [span for day in self._days for hours in day.hours for span in self._split(hours)]
        first = min((start for _c, start, _e in spans), default=_USUAL[0])
        last = max((end for _c, _s, end in spans), default=_USUAL[1])
        before, after = first - _AROUND, last + _AROUND
        for start, end in self._minutes_of(one.period for one in self._week.busy if _timed(one)):
            if end > before and start < after:
                first, last = min(first, max(start, before)), max(last, min(end, after))
        for start, end in self._minutes_of(one.period for one in self._appointments):
            first, last = min(first, start), max(last, end)
        return max(first // 60 * 60, 0), min(-(-last // 60) * 60, DAY_MIN)

    def _minutes_of(self, periods: Iterable[Period]) -> list[tuple[int, int]]:
        return [span[1:] for period in periods for span in self._split(period)]

    def _pieces(self) -> Iterable[Piece]:
        for event in self._week.busy:
            if _timed(event):
                spoken = busy_words(event, self._week, blocks=True)
                for column, start, end in self._split(event.period):
                    yield Piece(
                        column=column,
                        start=start,
                        end=end,
                        lines=(busy_title(event),),
                        spoken=spoken,
                    )
        for one in self._appointments:
            words, tone, icon = place_words(one)
            rest = [one_line(one.caller_name, 60), words]
            if tone != "good":
                rest.reverse()
            lines = (clock_words(one.start, self._week.zone), *rest)
            for column, start, end in self._split(one.period):
                yield Piece(
                    column=column,
                    start=start,
                    end=end,
                    lines=lines,
                    spoken=appointment_words(one, self._week, self._office_zone),
                    tone=tone,
                    icon=icon,
                )

    def _banners(self) -> Iterable[Banner]:
        for event in self._week.busy:
            touched = [
                number for number, day in enumerate(self._days) if day.period.overlaps(event.period)
            ]
            if touched and not _timed(event):
                blocks = self._client.all_day_blocks
                yield Banner(
                    first=touched[0],
                    last=touched[-1],
                    text=busy_title(event),
                    spoken=busy_words(event, self._week, blocks=blocks),
                    blocks=blocks,
                )

    def _start(self, slot: Period) -> Start | None:
        spans = self._split(slot)
        if not spans:
            return None
        column, start, end = spans[0]
        return Start(at=slot.start, column=column, start=start, end=end)

    def _split(self, period: Period) -> list[tuple[int, int, int]]:
        """Column, first and last minute of a period on each day that is shown."""
        spans = []
        for day in self._days:
            if not period.overlaps(day.period):
                continue
            start = max(period.start, day.period.start).astimezone(self._zone)
            end = min(period.end, day.period.end).astimezone(self._zone)
            ends = DAY_MIN if end.date() > day.date else _minutes(end)
            column = self._columns[day.date]
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
    kept = (one for one in shown if one.state is not AppointmentState.WITHDRAWN)
    return sorted(kept, key=lambda one: (one.start, one.created))


def _timed(busy: Busy) -> bool:
    return not busy.all_day


def _minutes(local: datetime) -> int:
    return local.hour * 60 + local.minute
