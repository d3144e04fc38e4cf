"""What is known of a client's time, and of that of each member of his staff. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.model.appointment import Appointment
from receptionist.model.busy import Busy
from receptionist.model.client import AppointmentKind, Client, OwnerCalendar, OwnerRule
from receptionist.model.hours import hours_on
from receptionist.model.period import Period
from receptionist.model.steering import steering

Span = tuple[datetime, datetime]
"""A period without its name: there are thousands of them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Agenda:
    """The owner's events and our appointments that keep their time, and whose calendars are whose.

    One thread, because it remembers the books that were asked for.

    `staff_of` tells the member of the staff of a calendar; every other one is everybody's.
    """

    client: Client
    events: tuple[Busy, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    staff_of: Mapping[UUID, UUID] = field(default_factory=dict)
    _books: dict[UUID | None, Book] = field(init=False, repr=False, default_factory=dict)

    def without(self, own: UUID | None) -> Agenda:
        """The same as if an appointment and its travel were not there: it may stay or move."""
        if own is None:
            return self
        gone = [one for one in self.appointments if own in (one.id, one.part_of)]
        uids = {str(own), *(one.uid for one in gone)}
        return replace(
            self,
            events=tuple(one for one in self.events if one.uid not in uids),
            appointments=tuple(one for one in self.appointments if one not in gone),
        )

    def members(self, staff_id: UUID | None) -> tuple[UUID | None, ...]:
        """For whom may be booked: a certain member of the staff, or any; None without a staff."""
        known = tuple(one.id for one in self.client.staff)
        if not known:
            return (None,)
        return known if staff_id is None else tuple(one for one in known if one == staff_id)

    def book(self, staff_id: UUID | None) -> Book:
        """The time of one of them."""
        known = self._books.get(staff_id)
        if known is None:
            known = self._books[staff_id] = Book(self, staff_id)
        return known

    def all_busy(self, period: Period) -> list[Period]:
        """When, of `period`, nobody of those for whom may be booked has time."""
        common = [period]
        for member in self.members(None):
            spans = [Period(*span) for span in zip(*self.book(member).blocks(), strict=True)]
            touched = [span for span in spans if span.overlaps(period)]
            common = [
                Period(max(one.start, span.start), min(one.end, span.end))
                for one in common
                for span in touched
                if one.overlaps(span)
            ]
        return common

    def full_days(self, kind: AppointmentKind) -> frozenset[date]:
        """Local days on which the client wants no more of this kind."""
        of_this_kind = (one for one in self.appointments if one.kind_id == kind.id)
        return days_with(of_this_kind, kind.daily_limit, self.client.zone)


class Book:
    """The time of one member of the staff, or of a client without: what blocks and what opens it.

    `ours`, `away` and `events` are spans in no certain order, which may overlap; `full_days` are
    those with as many appointments as the client wants.
    """

    def __init__(self, agenda: Agenda, staff_id: UUID | None) -> None:
        self.client, self.staff_id = agenda.client, staff_id
        staff = {one.id for one in self.client.staff}
        others = staff - {staff_id}
        mine = [one for one in agenda.appointments if one.staff_id not in others]
        self.ours = [_span(one.blocked) for one in mine]
        self.opened: list[Busy] = []
        self.away: list[Span] = []
        self.events: list[Span] = []
        self._sort(agenda, others)
        self._blocks: tuple[list[datetime], list[datetime]] | None = None
        self.full_days = days_with(mine, self.client.daily_limit, self.client.zone)

    def hours(self, day: date) -> tuple[Period, ...]:
        """The bookable hours of a local day."""
        return hours_on(self.client, day, self.staff_id, self.opened)

    def blocks(self) -> tuple[list[datetime], list[datetime]]:
        """Starts and ends of everything that blocks, merged, by time."""
        if self._blocks is not None:
            return self._blocks
        starts: list[datetime] = []
        ends: list[datetime] = []
        for start, end in sorted(self.ours + self.away + self.events):
            if ends and start <= ends[-1]:
                if end > ends[-1]:
                    ends[-1] = end
            else:
                starts.append(start)
                ends.append(end)
        self._blocks = starts, ends
        return self._blocks

    def _sort(self, agenda: Agenda, others: set[UUID]) -> None:
        steers, whole_days = steering(self.client), self.client.all_day_blocks
        ours = {one.uid: one for one in agenda.appointments}
        not_mine = {calendar for calendar, one in agenda.staff_of.items() if one in others}
        for event in agenda.events:
            if event.uid in ours:
                if event.blocks and ours[event.uid].staff_id not in others:
                    self.events.append(_span(event.period))
                continue
            if event.calendar_id in not_mine:
                continue
            rules = steers.rules(event)
            if OwnerRule.AWAY in rules:
                self.away.append(_span(event.period))
            elif OwnerRule.BOOKABLE in rules:
                self.opened.append(event)
            elif event.blocks and (whole_days or not event.all_day):
                self.events.append(_span(event.period))


def staff_of(client: Client, calendars: Iterable[OwnerCalendar]) -> dict[UUID, UUID]:
    """Whose calendars are those of members of the staff; one of a former member is everybody's."""
    staff = {one.id for one in client.staff}
    return {one.id: one.staff_id for one in calendars if one.staff_id and one.staff_id in staff}


def days_with(appointments: Iterable[Appointment], most: int, zone: str) -> frozenset[date]:
    """Local days on which `most` appointments or more begin; travel is none. 0 is no limit."""
    if not most:
        return frozenset()
    place = ZoneInfo(zone)
    begun = (one.start.astimezone(place).date() for one in appointments if one.part_of is None)
    return frozenset(day for day, number in Counter(begun).items() if number >= most)


def _span(period: Period) -> Span:
    return period.start, period.end
