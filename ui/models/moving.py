"""Whether an appointment of ours could stand at another time, as far as the shown week tells.

Said while it is being moved, before anybody is asked; what counts is what the desk says then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from receptionist.model.agenda import Agenda
from receptionist.model.appointment import Appointment
from receptionist.model.availability import Wish, hindrance
from receptionist.model.client import AppointmentKind, Client
from receptionist.model.period import Period
from receptionist.model.steering import steering
from receptionist.model.travel import postcode_in, travel_minutes
from receptionist.model.week import Week
from receptionist.reasons import Reason, sentence
from ui.models.moments import clock_words
from ui.models.weekwords import busy_title
from ui.models.words import one_line

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """An appointment at another time, in the book of `staff_id`. `staff_of`: as of an `Agenda`."""

    week: Week
    client: Client
    appointment: Appointment
    period: Period
    staff_id: UUID | None = None
    staff_of: Mapping[UUID, UUID] = field(default_factory=dict)

    def problem(self, now: datetime) -> str:
        """What is in the way, in words; "" where nothing is known to be."""
        wish = self._wish()
        agenda = Agenda(
            client=self.client,
            events=self.week.busy,
            appointments=self.week.appointments,
            staff_of=self.staff_of,
        )
        others = agenda.without(self.appointment.id)
        reason = hindrance(others, wish, self.period.start, now=now)
        if reason is Reason.NONE:
            return ""
        wide = wish.around(self.period)
        found = self._in_the_way(others, wide) if reason in _OVERLAPS else ""
        return found or sentence(reason)

    def _wish(self) -> Wish:
        one = self.appointment
        known = next((kind for kind in self.client.kinds if kind.id == one.kind_id), None)
        kind = known or AppointmentKind(id=one.kind_id, key="", name=one.kind_name, minutes=0)
        return Wish(
            kind=kind,
            minutes=(self.period.end - self.period.start) // _MINUTE,
            staff_id=self.staff_id,
            travel_min=travel_minutes(self.client, kind, postcode_in(one.location)),
        )

    def _in_the_way(self, others: Agenda, wide: Period) -> str:
        for other in others.appointments:
            if self._same(other.staff_id) and other.blocked.overlaps(wide):
                return self._short(other.period, _name(other))
        steers = steering(self.client)
        for event in others.events:
            whose = self.staff_of.get(event.calendar_id) if event.calendar_id else None
            blocks = steers.blocks(event, self.client.all_day_blocks)
            if blocks and self._same(whose) and event.period.overlaps(wide):
                return self._short(event.period, busy_title(event))
        return ""

    def _short(self, period: Period, title: str) -> str:
        """What is in the way, where there is little room."""
        zone = self.week.zone
        if period.end - period.start >= timedelta(days=1):
            return title
        return f"{clock_words(period.start, zone)}–{clock_words(period.end, zone)} {title}"

    def _same(self, staff_id: UUID | None) -> bool:
        return staff_id is None or self.staff_id is None or staff_id == self.staff_id


def _name(one: Appointment) -> str:
    return one_line(one.kind_name if one.part_of else one.caller_name or one.kind_name)


_OVERLAPS = (Reason.SLOT_TAKEN, Reason.OWNER_WAS_FIRST, Reason.OWNER_AWAY)
