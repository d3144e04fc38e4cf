"""Which week or day of the shown client is looked at, and what was read of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.clock import Clock
from receptionist.events import ChangeRefused
from receptionist.i18n import _
from receptionist.model.agenda import staff_of
from receptionist.model.appointment import Appointment
from receptionist.model.client import Client, OwnerCalendar
from receptionist.model.period import Period
from receptionist.model.presence import OwnerNow, owner_now
from receptionist.model.week import WEEKS_AHEAD, Outlook, monday_of
from receptionist.reasons import sentence
from ui.models.weekwords import span_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """How one looks at a week: `day` alone or (None) all of it, during the call `call_id`.

    `staff_of` says to whom of the staff a calendar belongs; those of nobody keep everybody busy.
    """

    office_zone: str
    day: date | None = None
    call_id: UUID | None = None
    staff_of: Mapping[UUID, UUID] = field(default_factory=dict)


class ShownWeek:
    """The week beside the call, and how it is with the client's owner now. Main thread.

    Weeks go from the present one to a year ahead. `day` is the one day of it that is looked at,
    None for all of them. `reading` says whether an answer is awaited.
    """

    def __init__(
        self, clock: Clock, calendars: Callable[[], Iterable[OwnerCalendar]] = tuple
    ) -> None:
        self._clock, self._calendars = clock, calendars
        self.client: Client | None = None
        self._call_id: UUID | None = None
        self.monday = date.min
        self.day: date | None = None
        self.outlook: Outlook | None = None
        self.reading = False
        self.notice = ""
        """Why an appointment could not be moved, until one turns to something else."""
        self._moved = False

    def show(self, call_id: UUID | None, client: Client | None, chosen: Period | None) -> bool:
        """Another call or client may be shown now; whether its week is to be read anew."""
        if (call_id, client) == (self._call_id, self.client):
            return False
        if client is None or self.client is None or client.id != self.client.id:
            self.outlook = None
        if call_id != self._call_id or self.outlook is None:
            self.notice = ""
            self._moved = False
            self.client = client
            self.monday = self._present()
            self.day = self._today() if self.day is not None else None
            if chosen is not None:
                self.go_to(chosen.start)
        self._call_id, self.client = call_id, client
        self.reading = client is not None
        return client is not None

    def go_to(self, instant: datetime) -> bool:
        """Show the week of an instant, or its day; whether that is another week."""
        if self.client is None:
            return False
        zone = ZoneInfo(self.client.zone)
        if self.day is not None:
            self.day = instant.astimezone(zone).date()
        return self._go(monday_of(instant, zone))

    def look_at(self, day: date | None) -> None:
        """Show one day of the shown week, or (None) all of it."""
        self.day, self.notice = day, ""

    def refused(self, event: ChangeRefused) -> None:
        """What was wanted of an appointment cannot be."""
        self.stays(event.appointment, sentence(event.reason))

    def stays(self, appointment: Appointment, reason: str) -> None:
        """An appointment stands as it stood; say why."""
        if self.client is not None and appointment.client_id == self.client.id:
            when = span_words(appointment.period, appointment.zone)
            words = _("{when} stays as it is: {reason}")
            self.notice = words.format(when=when, reason=reason)

    def turn(self, steps: int) -> bool:
        """Show a week or day before or after, or (0) the present one; whether that is in another
        week."""
        if self.client is None:
            return False
        self.notice = ""
        if self.day is not None:
            return self._turn_day(steps)
        present = self._present()
        wanted = self.monday + timedelta(weeks=steps) if steps else present
        return self._go(min(max(wanted, present), present + timedelta(weeks=WEEKS_AHEAD)))

    def catch_up(self) -> None:
        """What is shown may be over: go on to the present week and day."""
        self.monday = max(self.monday, self._present())
        if self.day is not None:
            self.day = max(self.day, self.monday)

    @property
    def now(self) -> datetime:
        """The present time."""
        return self._clock.now()

    def shows(self, day: date | None) -> bool:
        """Whether what was read holds a day; (None) any."""
        known = () if self.outlook is None else (one.date for one in self.outlook.week.days)
        return self.outlook is not None and (day is None or day in known)

    def sight(self, office_zone: str) -> Sight:
        """How the week is looked at."""
        whose = staff_of(self.client, self._calendars()) if self.client else {}
        return Sight(office_zone=office_zone, day=self.day, call_id=self._call_id, staff_of=whose)

    @property
    def is_present(self) -> bool:
        """Whether it is the week of today, or today; there is none before it."""
        if self.client is None:
            return False
        if self.day is not None:
            return self.day <= self._today()
        return self.monday <= self._present()

    def take_in(self, outlook: Outlook) -> bool:
        """What was read. Whether the next free times lie in another week, which is shown then.

        Only when a call comes into view: who turned to a week wants to see that one.
        """
        self.outlook, self.reading = outlook, False
        first = not self._moved
        self._moved = True
        if first and outlook.slots and not outlook.week.free:
            return self.go_to(outlook.slots[0].start)
        return False

    @property
    def stale(self) -> bool:
        """Whether something that is shown as free is over or too soon by now."""
        if self.client is None or self.outlook is None:
            return False
        earliest = self._clock.now() + timedelta(minutes=self.client.minimum_notice_min)
        first = [*self.outlook.week.free[:1], *self.outlook.slots[:1]]
        return self.monday < self._present() or any(one.start < earliest for one in first)

    def owner(self) -> OwnerNow | None:
        """How it is with the owner now, as far as his calendar was read."""
        if self.client is None or self.outlook is None or not self.outlook.read:
            return None
        return owner_now(self.client, self.outlook.coming, self._clock.now())

    def _turn_day(self, steps: int) -> bool:
        today = self._today()
        wanted = self.day + timedelta(days=steps) if steps and self.day else today
        last = self._present() + timedelta(weeks=WEEKS_AHEAD + 1, days=-1)
        self.day = min(max(wanted, today), last)
        return self._go(self.day - timedelta(days=self.day.weekday()))

    def _go(self, monday: date) -> bool:
        self._moved = True
        if monday == self.monday:
            return False
        self.monday = monday
        return True

    def _today(self) -> date:
        return (
            self._clock.now()
            .astimezone(ZoneInfo(self.client.zone if self.client else "UTC"))
            .date()
        )

    def _present(self) -> date:
        today = self._today()
        return today - timedelta(days=today.weekday())
