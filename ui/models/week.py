"""Which week of the shown client is looked at, and what was read of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.clock import Clock
from receptionist.model.client import Client
from receptionist.model.period import Period
from receptionist.model.presence import OwnerNow, owner_now
from receptionist.model.week import WEEKS_AHEAD, Outlook, monday_of


class ShownWeek:
    """The week beside the call, and how it is with the client's owner now. Main thread.

    Weeks go from the present one to a year ahead. `reading` says whether an answer is awaited.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.client: Client | None = None
        self._call_id: UUID | None = None
        self.monday = date.min
        self.outlook: Outlook | None = None
        self.reading = False
        self._moved = False

    def show(self, call_id: UUID | None, client: Client | None, chosen: Period | None) -> bool:
        """Another call or client may be shown now; whether its week is to be read anew."""
        if (call_id, client) == (self._call_id, self.client):
            return False
        if client is None or self.client is None or client.id != self.client.id:
            self.outlook = None
        if call_id != self._call_id or self.outlook is None:
            self._moved = False
            self.client = client
            self.monday = self._present()
            if chosen is not None:
                self.go_to(chosen.start)
        self._call_id, self.client = call_id, client
        self.reading = client is not None
        return client is not None

    def go_to(self, instant: datetime) -> bool:
        """Show the week of an instant; whether that is another one."""
        if self.client is None:
            return False
        return self._go(monday_of(instant, ZoneInfo(self.client.zone)))

    def turn(self, weeks: int) -> bool:
        """Show a week before or after, or (0) the present one; whether that is another one."""
        if self.client is None:
            return False
        present = self._present()
        wanted = self.monday + timedelta(weeks=weeks) if weeks else present
        return self._go(min(max(wanted, present), present + timedelta(weeks=WEEKS_AHEAD)))

    def catch_up(self) -> None:
        """The week that is shown may be over: go on to the present one."""
        self.monday = max(self.monday, self._present())

    @property
    def is_present(self) -> bool:
        """Whether it is the week of today; there is none before it."""
        return self.client is not None and self.monday <= self._present()

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

    def _go(self, monday: date) -> bool:
        self._moved = True
        if monday == self.monday:
            return False
        self.monday = monday
        return True

    def _present(self) -> date:
        zone = ZoneInfo(self.client.zone if self.client else "UTC")
        return monday_of(self._clock.now(), zone)
