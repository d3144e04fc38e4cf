"""What is free, once more and slowly: minute by minute, with another library for the clocks.

It shares the words of the model and nothing of how it counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from dateutil import tz

from receptionist.model.agenda import Agenda
from receptionist.model.appointment import Appointment
from receptionist.model.availability import Wish
from receptionist.model.busy import Busy
from receptionist.model.client import Client

MINUTE = timedelta(minutes=1)
_EVERYWHERE = (date(2027, 1, 1), date(2027, 3, 29), date(2027, 5, 1), date(2027, 5, 6))
HOLIDAYS = {
    "DE-BY": (*_EVERYWHERE, date(2027, 1, 6), date(2027, 3, 26), date(2026, 11, 1)),
    "DE-BE": (*_EVERYWHERE, date(2027, 3, 26), date(2028, 3, 8)),
    "AT": (*_EVERYWHERE, date(2027, 1, 6), date(2026, 10, 26), date(2026, 11, 1)),
    "": (),
}
"""Those that lie in the weeks that are tried."""


class Minutes:
    """Days of one member of a client's staff as minutes since `origin`: open ones, and taken ones.

    `origin` lies before everything; times are aware.
    """

    def __init__(self, agenda: Agenda, member: UUID | None, first: date, days: int) -> None:
        self.client, self.member = agenda.client, member
        self.agenda, self.dates = agenda, [first + timedelta(days=n) for n in range(days)]
        zone = tz.gettz(agenda.client.zone)
        assert zone is not None
        self.zone = zone
        self.origin = datetime.combine(first - timedelta(days=3), time(), UTC)
        self.size = (days + 6) * 1440
        self.opened: dict[date, bytearray] = {}
        self.taken = bytearray(self.size)
        for start, end in self._taken():
            self._fill(self.taken, start, end)

    def free(self, wish: Wish, earliest: datetime, last: date) -> Iterator[datetime]:
        """Every start of the grid at which an appointment may begin."""
        for day in self.dates:
            for start in self.starts(day):
                if self.is_free(wish, start, earliest, last):
                    yield start

    def is_free(self, wish: Wish, start: datetime, earliest: datetime, last: date) -> bool:
        local = start.astimezone(self.zone)
        day = local.date()
        if (
            start < earliest
            or day > last
            or day not in self.dates
            or tz.resolve_imaginary(local) != local
        ):
            return False
        if local.fold or self._full(wish, day):
            return False
        length = int(wish.length / MINUTE)
        first = self._at(start)
        if not all(self._open(day)[first : first + length]):
            return False
        before = wish.kind.buffer_before + wish.travel_min
        behind = wish.kind.buffer_after + wish.travel_min
        return not any(self.taken[first - before : first + length + behind])

    def starts(self, day: date) -> Iterator[datetime]:
        """The grid of a day, whatever blocks."""
        minutes, since = self._open(day), 0
        for number in range(*self._span(day)):
            since = since + 1 if minutes[number] else 0
            if since % 15 == 1:
                yield self.origin + number * MINUTE

    def _open(self, day: date) -> bytearray:
        if day not in self.opened:
            self.opened[day] = self._opened_on(day)
        return self.opened[day]

    def _opened_on(self, day: date) -> bytearray:
        minutes = bytearray(self.size)
        said = [e for e in self.client.exceptions if e.first <= day <= e.last]
        named = [(e.start, e.end) for e in said if e.start and e.end is not None]
        if not named and (said or day in HOLIDAYS[self.client.holidays]):
            return minutes
        first, last = self._span(day)
        whole = False
        for one in self.agenda.events:
            if self._is_mine(one) and _says(one, "Sprechstunde"):
                begin, end = self._at(one.period.start), self._at(one.period.end)
                if one.all_day:
                    whole = whole or (begin < last and first < end)
                else:
                    self._fill(minutes, one.period.start, one.period.end)
        minutes[:first] = bytes(first)
        minutes[last:] = bytes(self.size - last)
        if whole or not self.client.bookable_only:
            for start, end in named or self._weekly(day):
                spans = self._instant(day, start), self._instant(day, end, end == time())
                if spans[0] is not None and spans[1] is not None:
                    self._fill(minutes, spans[0], spans[1])
        return minutes

    def _weekly(self, day: date) -> list[tuple[time, time]]:
        hours = self.client.hours
        mine = [h for h in hours if h.staff_id is not None and h.staff_id == self.member]
        general = [h for h in hours if h.staff_id is None]
        return [(h.start, h.end) for h in mine or general if h.weekday == day.weekday()]

    def _full(self, wish: Wish, day: date) -> bool:
        begun = [
            one
            for one in self.agenda.appointments
            if one.part_of is None and one.start.astimezone(self.zone).date() == day
        ]
        his = [one for one in begun if self._has(one)]
        of_kind = [one for one in begun if one.kind_id == wish.kind.id]
        return 0 < self.client.daily_limit <= len(his) or 0 < wish.kind.daily_limit <= len(of_kind)

    def _taken(self) -> Iterator[tuple[datetime, datetime]]:
        for one in self.agenda.appointments:
            if self._has(one):
                yield (
                    one.start - one.buffer_before * MINUTE,
                    one.end + one.buffer_after * MINUTE,
                )
        for event in self.agenda.events:
            if self._is_mine(event) and _blocks(event, self.client):
                yield event.period.start, event.period.end

    def _has(self, appointment: Appointment) -> bool:
        return self.member is None or appointment.staff_id in (None, self.member)

    def _is_mine(self, event: Busy) -> bool:
        if event.calendar_id is None:
            return True
        return self.agenda.staff_of.get(event.calendar_id) in (None, self.member)

    def _span(self, day: date) -> tuple[int, int]:
        midnights = (
            datetime.combine(one, time(), self.zone) for one in (day, day + timedelta(days=1))
        )
        first, last = (self._at(one.astimezone(UTC)) for one in midnights)
        return first, last

    def _instant(self, day: date, clock: time, tomorrow: bool = False) -> datetime | None:
        local = datetime.combine(day + timedelta(days=tomorrow), clock, self.zone)
        exists = tz.datetime_exists(local) or clock == time()
        return local.astimezone(UTC) if exists else None

    def _fill(self, minutes: bytearray, start: datetime, end: datetime) -> None:
        first, last = (min(max(self._at(one), 0), self.size) for one in (start, end))
        if first < last:
            minutes[first:last] = b"\1" * (last - first)

    def _at(self, instant: datetime) -> int:
        return (instant - self.origin) // MINUTE


def _says(event: Busy, word: str) -> bool:
    return word in event.summary.split() and "Urlaub" not in event.summary.split()


def _blocks(event: Busy, client: Client) -> bool:
    if "Urlaub" in event.summary.split():
        return True
    if "Sprechstunde" in event.summary.split():
        return False
    return event.blocks and (client.all_day_blocks or not event.all_day)
