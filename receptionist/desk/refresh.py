"""Reading the owner's calendar into our occurrence table (step B, E and F of a booking)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
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
from receptionist.model.busy import CalendarChanges, CalendarFound, SyncState
from receptionist.model.client import CalendarAccount, Client, OwnerCalendar
from receptionist.model.period import Period
from receptionist.ports import Calendar, Calendars, Store
from receptionist.reasons import Reason, sentence

log = logging.getLogger(__name__)

BEHIND = timedelta(days=7)
AHEAD = timedelta(days=730)
LEAST_AHEAD = timedelta(days=365)


Step = Callable[[CalendarChanges], object]


def _go_on(_portion: CalendarChanges) -> None:
    """Nobody wants to know how far it is."""


@dataclass(frozen=True, slots=True)
class _Login:
    """A connection, for which account as it was then, and how often that had been forgotten."""

    account: CalendarAccount
    forgotten: int
    connection: Calendar


class Refresh:
    """Opens accounts and brings occurrences up to date. Calendar workers.

    Jobs of one account run one at a time, so a connection is never used by two threads at once.
    What is remembered of an account or a calendar counts only while it is as it was.
    """

    def __init__(self, ground: Ground, calendars: Calendars, passwords: Passwords) -> None:
        self._calendars = calendars
        self._passwords = passwords
        self._memory = ground.memory
        self._directory = ground.directory
        self._clock = ground.clock
        self._open: dict[UUID, _Login] = {}
        self._forgotten: dict[UUID, int] = {}
        self._addresses: dict[OwnerCalendar, str] = {}
        self._lock = Lock()

    def account(self, account_id: UUID) -> Calendar:
        """The logged-in account; raises `CalendarRefused` while its password is not known."""
        account = self._directory.account(account_id)
        if account is None:
            raise NotFound(sentence(Reason.NO_CALENDAR))
        with self._lock:
            forgotten = self._forgotten.get(account_id, 0)
            known = self._open.get(account_id)
            if known and (known.account, known.forgotten) == (account, forgotten):
                return known.connection
            self._open.pop(account_id, None)
        if known:
            known.connection.close()
        try:
            secret = self._passwords.ask(account_id)
        except CredentialsError as error:
            raise CalendarRefused(str(error), reason=Reason.PASSWORD_MISSING) from error
        connection = self._calendars.connect(account, secret)
        with self._lock:
            self._open[account_id] = _Login(account, forgotten, connection)
        return connection

    def forget(self, account_id: UUID) -> None:
        """Log in and look for its calendars anew at the next use. Any thread."""
        with self._lock:
            self._forgotten[account_id] = self._forgotten.get(account_id, 0) + 1
            for calendar in [one for one in self._addresses if one.account_id == account_id]:
                del self._addresses[calendar]

    def address(self, calendar: OwnerCalendar) -> str:
        """The calendar's collection URL with a slash at its end.

        Discovered once where the office file has only a name.
        """
        with self._lock:
            known = self._addresses.get(calendar) or calendar.href
        return f"{known.rstrip('/')}/" if known else self._discovered(calendar)

    def _discovered(self, calendar: OwnerCalendar) -> str:
        found = self.look(replace(calendar, href=""))
        if not found.writable:
            raise CalendarForbidden("the only calendar of that name is read-only")
        at = self._clock.now()
        self._memory.ask(
            lambda store: store.set_calendar_href(calendar.id, found.href, at, calendar)
        )
        with self._lock:
            self._addresses[calendar] = found.href
        return found.href

    def _rediscovered(self, calendar: OwnerCalendar) -> str:
        """Where the calendar of this name lies now; `CalendarGone` when that is nowhere."""
        if not calendar.name:
            raise CalendarGone("a calendar without a name cannot be looked for")
        return self._discovered(calendar)

    def look(self, calendar: OwnerCalendar) -> CalendarFound:
        """The calendar as discovery finds it, a writable one first; `CalendarGone` if it does not.

        A calendar whose URL is known is found by that, else by its name.
        """
        discovered = self.account(calendar.account_id).discover()
        found = [one for one in discovered if (one.tasks if calendar.tasks else one.events)]
        known = unquote(calendar.href).rstrip("/")
        if known:
            alike = [one for one in found if unquote(one.href).rstrip("/") == known]
        else:
            alike = [one for one in found if calendar.name in ("", one.name)]
        if not alike:
            raise CalendarGone(f"none of {len(found)} calendars has this name")
        return next((one for one in alike if one.writable), alike[0])

    def bring(self, client: Client, calendar: OwnerCalendar, step: Step = _go_on) -> int:
        """Refresh the occurrence table; the number of objects that could not be read.

        Each portion is stored and then handed to `step`. Whatever `step` raises ends the reading
        there; the next one reads what is lacking. A calendar that is gone is looked for once by its
        name.
        """
        try:
            return self._bring(client, calendar, self.address(calendar), step)
        except CalendarGone as error:
            log.warning("calendar %s is gone: %s", calendar.id, error.detail)
            return self._bring(client, calendar, self._rediscovered(calendar), step)

    def bring_if_there(self, client: Client, calendar: OwnerCalendar) -> None:
        """The same, unless just this calendar cannot be read: then we know what we knew of it."""
        try:
            self.bring(client, calendar)
        except (CalendarForbidden, CalendarGone) as error:
            log.warning("calendar %s: %s", calendar.id, type(error).__name__)

    def _bring(self, client: Client, calendar: OwnerCalendar, href: str, step: Step) -> int:
        account = self.account(calendar.account_id)
        known = self._memory.ask(lambda store: store.sync_state(calendar.id))
        now = self._clock.now()
        if known.horizon is None or known.horizon.end < now + LEAST_AHEAD:
            known = SyncState()
        elif known.checked is None or known.checked.date() != now.date():
            # Once a day every ETag is compared: some servers hide deletions behind a lost token.
            known = replace(known, token="", ctag="")
        horizon = known.horizon or Period(now - BEHIND, now + AHEAD)
        unreadable = 0
        for portion in account.changes(href, known, horizon, client.zone):
            portion = replace(portion, zone=client.zone)
            self._memory.ask(partial(_apply, calendar.id, portion, now, href))
            unreadable += portion.unreadable
            step(portion)
        return unreadable


def _apply(
    calendar_id: UUID, portion: CalendarChanges, at: datetime, href: str, store: Store
) -> None:
    store.apply_changes(calendar_id, portion, at, href)
