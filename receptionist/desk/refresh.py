"""Reading the owner's calendar into our occurrence table (step B, E and F of a booking)."""

from __future__ import annotations

from datetime import timedelta
from threading import Lock
from urllib.parse import unquote
from uuid import UUID

from receptionist.desk.ground import Ground
from receptionist.desk.passwords import Passwords
from receptionist.errors import (
    CalendarForbidden,
    CalendarGone,
    CalendarRefused,
    CredentialsError,
    NotFound,
)
from receptionist.model.busy import CalendarFound, SyncState
from receptionist.model.client import Client, OwnerCalendar
from receptionist.model.period import Period
from receptionist.ports import Calendar, Calendars
from receptionist.reasons import Reason, sentence

BEHIND = timedelta(days=7)
AHEAD = timedelta(days=730)
LEAST_AHEAD = timedelta(days=365)


class Refresh:
    """Opens accounts and brings occurrences up to date. Calendar workers.

    Jobs of one account run one at a time, so a connection is never used by two threads at once.
    """

    def __init__(self, ground: Ground, calendars: Calendars, passwords: Passwords) -> None:
        self._calendars = calendars
        self._passwords = passwords
        self._memory = ground.memory
        self._directory = ground.directory
        self._clock = ground.clock
        self._open: dict[UUID, Calendar] = {}
        self._addresses: dict[UUID, str] = {}
        self._lock = Lock()

    def account(self, account_id: UUID) -> Calendar:
        """The logged-in account; raises `CalendarRefused` while its password is not known."""
        with self._lock:
            connection = self._open.get(account_id)
        if connection is not None:
            return connection
        account = self._directory.account(account_id)
        if account is None:
            raise NotFound(sentence(Reason.NO_CALENDAR))
        try:
            secret = self._passwords.ask(account_id)
        except CredentialsError as error:
            raise CalendarRefused(str(error), reason=Reason.PASSWORD_MISSING) from error
        connection = self._calendars.connect(account, secret)
        with self._lock:
            self._open[account_id] = connection
        return connection

    def forget(self, account_id: UUID) -> None:
        """Log in anew at the next use. Any thread."""
        with self._lock:
            self._open.pop(account_id, None)

    def address(self, calendar: OwnerCalendar) -> str:
        """The calendar's collection URL, discovered once where the office file has only a name."""
        with self._lock:
            known = calendar.href or self._addresses.get(calendar.id)
        if known:
            return known
        found = self.look(calendar)
        if not found.writable:
            raise CalendarForbidden("the only calendar of that name is read-only")
        href = found.href
        at = self._clock.now()
        self._memory.ask(lambda store: store.set_calendar_href(calendar.id, href, at))
        with self._lock:
            self._addresses[calendar.id] = href
        return href

    def look(self, calendar: OwnerCalendar) -> CalendarFound:
        """The calendar as discovery finds it, a writable one first; `CalendarGone` if it does not.

        A calendar whose URL is known is found by that, else by its name.
        """
        found = self.account(calendar.account_id).discover()
        known = unquote(calendar.href).rstrip("/")
        if known:
            alike = [one for one in found if unquote(one.href).rstrip("/") == known]
        else:
            alike = [one for one in found if calendar.name in ("", one.name)]
        if not alike:
            raise CalendarGone(f"none of {len(found)} calendars has this name")
        return next((one for one in alike if one.writable), alike[0])

    def bring(self, client: Client, calendar: OwnerCalendar) -> int:
        """Refresh the occurrence table; the number of objects that could not be read."""
        account = self.account(calendar.account_id)
        href = self.address(calendar)
        known = self._memory.ask(lambda store: store.sync_state(calendar.id))
        now = self._clock.now()
        if known.horizon is None or known.horizon.end < now + LEAST_AHEAD:
            known = SyncState()
        horizon = known.horizon or Period(now - BEHIND, now + AHEAD)
        changes = account.changes(href, known, horizon, client.zone)
        self._memory.ask(lambda store: store.apply_changes(calendar.id, changes, now))
        return changes.unreadable
