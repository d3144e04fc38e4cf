"""An appointment that is being moved in the grid, in instants and words."""

from __future__ import annotations

from datetime import timedelta

from receptionist.clock import Clock
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.period import Period
from receptionist.model.week import Week
from ui.models.moments import hours_words
from ui.models.moving import Elsewhere
from ui.models.week import Sight
from ui.panels.weekplan import WeekPlan
from ui.widgets.weekdrag import Lifted


class WeekMoves:
    """Tells what a place in the grid would mean for an appointment. Main thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._shown: tuple[Week, Client, WeekPlan, Sight] | None = None

    def show(self, week: Week, client: Client, plan: WeekPlan, sight: Sight) -> None:
        """This is in the grid now."""
        self._shown = week, client, plan, sight

    def wanted(self, lifted: Lifted) -> Elsewhere | None:
        """Where an appointment would be, and in whose book."""
        if self._shown is None:
            return None
        week, client, plan, sight = self._shown
        appointment = plan.appointment_of(lifted.piece)
        if appointment is None:
            return None
        if lifted.stretches:
            minutes = lifted.end - lifted.piece.end
            period = Period(appointment.start, appointment.end + timedelta(minutes=minutes))
        else:
            start = plan.instant(lifted.column, lifted.start)
            period = Period(start, start + (appointment.end - appointment.start))
        member = plan.member(lifted.column)
        return Elsewhere(
            week=week,
            client=client,
            appointment=appointment,
            period=period,
            staff_id=member.id if member else appointment.staff_id,
            staff_of=sight.staff_of,
        )

    def judge(self, lifted: Lifted) -> str:
        """Why an appointment cannot stand there; "" where nothing is known against it."""
        wanted = self.wanted(lifted)
        return wanted.problem(self._clock.now()) if wanted else ""

    def words(self, lifted: Lifted) -> str:
        """Where it would stand, and whether that is free."""
        when = self._when(lifted)
        if lifted.problem:
            return f"{when}: {lifted.problem}"
        if lifted.same:
            return _("{when}: where it was").format(when=when)
        return _("{when}: free").format(when=when)

    def asked(self, lifted: Lifted) -> str:
        """What was asked for."""
        return _("Being moved to {when} …").format(when=self._when(lifted))

    def _when(self, lifted: Lifted) -> str:
        wanted = self.wanted(lifted)
        if wanted is None:
            return ""
        return hours_words(wanted.period.start, wanted.period.end, wanted.week.zone)
