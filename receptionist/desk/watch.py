"""What the owner did to our appointments in his calendar, found after each reading of it.

Confirmed ones of which his calendar lists another ETag than we remember, or nothing, are read and
merged. An ETag may change without reason: some servers rewrite objects. Nothing that waits to be
pushed is looked at, because its push merges by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import unquote
from uuid import UUID

from receptionist.desk.ground import Ground
from receptionist.desk.outcome import Outcome
from receptionist.desk.refresh import AHEAD, Refresh, Step
from receptionist.desk.rewriting import gone, is_called_off
from receptionist.errors import CalendarError, CalendarRefused, CalendarUnreachable
from receptionist.model.appointment import Appointment, AppointmentState, Stored
from receptionist.model.client import Client, OwnerCalendar
from receptionist.model.merging import Part, merged, said, standing, told
from receptionist.model.period import Period
from receptionist.ports import Store
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

PATIENCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of reading a calendar: objects that could not be read, and what the owner did."""

    unreadable: int
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class _Suspect:
    """An appointment, and where the calendar lists it now: address and ETag, or nowhere."""

    appointment: Appointment
    calendar: OwnerCalendar
    href: str = ""
    etag: str = ""

    @property
    def seen(self) -> Appointment:
        """The appointment where it was seen; in a colleague's calendar it is his."""
        calendar = self.calendar
        seen = replace(self.appointment, href=self.href, etag=self.etag)
        if calendar.id == seen.calendar_id:
            return seen
        staff_id = calendar.staff_id or seen.staff_id
        return replace(seen, calendar_id=calendar.id, staff_id=staff_id)


class Watch:
    """Calendar workers."""

    def __init__(self, ground: Ground, refresh: Refresh) -> None:
        self._refresh = refresh
        self._memory = ground.memory
        self._directory = ground.directory
        self._clock = ground.clock
        self._missing: dict[UUID, dict[UUID, datetime]] = {}
        """By calendar, since when which appointments are in none that was read."""

    def bring(self, client: Client, calendar: OwnerCalendar, step: Step) -> Seen:
        """Read a calendar, and look at what is not as we know it."""
        unreadable = self._refresh.bring(client, calendar, step)
        outcomes: list[Outcome] = []
        try:
            outcomes.extend(self._looked_at(client, calendar))
        except (CalendarRefused, CalendarUnreachable):
            log.info("not every appointment could be looked at, the next reading goes on")
        return Seen(unreadable, tuple(outcomes))

    def _looked_at(self, client: Client, calendar: OwnerCalendar) -> Iterator[Outcome]:
        account = self._refresh.account(calendar.account_id)
        suspects = self._suspects(client, calendar)
        self._note_missing(calendar, suspects)
        for suspect in suspects:
            if not suspect.href and not self._is_missed(suspect):
                continue
            try:
                stored = account.get(suspect.href or suspect.appointment.href)
            except (CalendarRefused, CalendarUnreachable):
                raise
            except CalendarError as error:
                log.warning("appointment %s: %s", suspect.appointment.id, type(error).__name__)
                continue
            outcome = _outcome(suspect, stored)
            if outcome is not None:
                yield outcome

    def _suspects(self, client: Client, calendar: OwnerCalendar) -> tuple[_Suspect, ...]:
        """What is missing is looked for in the owner's other calendars, as they are now."""
        now = self._clock.now()
        others = self._directory.beside(calendar)
        found = self._memory.ask(lambda store: _suspects(store, calendar, others, now))
        near = [one for one in others if one.account_id == calendar.account_id]
        if not near or all(suspect.href for suspect in found):
            return found
        for other in near:
            self._refresh.bring_if_there(client, other)
        return self._memory.ask(lambda store: _suspects(store, calendar, others, now))

    def _note_missing(self, calendar: OwnerCalendar, suspects: tuple[_Suspect, ...]) -> None:
        now, known = self._clock.now(), self._missing.get(calendar.id, {})
        missing = (one.appointment.id for one in suspects if not one.href)
        self._missing[calendar.id] = {key: known.get(key, now) for key in missing}

    def _is_missed(self, suspect: _Suspect) -> bool:
        """Whether calendars of other accounts were read since, in which it may stand now.

        One that cannot be read does not keep the news back for ever.
        """
        since = self._missing[suspect.calendar.id][suspect.appointment.id]
        far = [
            one
            for one in self._directory.beside(suspect.calendar)
            if one.account_id != suspect.calendar.account_id
        ]

        def read(store: Store) -> bool:
            states = (store.sync_state(one.id, etags=False) for one in far)
            return all(one.checked is not None and one.checked > since for one in states)

        return self._clock.now() - since >= PATIENCE or self._memory.ask(read)


def _suspects(
    store: Store, calendar: OwnerCalendar, others: tuple[OwnerCalendar, ...], now: datetime
) -> tuple[_Suspect, ...]:
    """The confirmed appointments that were changed, taken out of the calendar or put into it."""
    confirmed = {
        one.uid: one
        for one in store.appointments(calendar.client_id, Period(now, now + AHEAD))
        if one.state is AppointmentState.CONFIRMED and one.told is not None
    }
    if not confirmed:
        return ()
    listed = store.bookings.whereabouts(calendar.id, confirmed.keys())
    elsewhere = {one.id: store.bookings.whereabouts(one.id, confirmed.keys()) for one in others}
    found = []
    for uid, appointment in confirmed.items():
        here, own = uid in listed, appointment.calendar_id == calendar.id
        if here and (own or uid not in elsewhere.get(appointment.calendar_id, ())):
            href = _own(appointment, tuple(listed[uid]))
            suspect = _Suspect(appointment, calendar, href, listed[uid][href])
            if suspect.seen != appointment:
                found.append(suspect)
        elif own and not here and not any(uid in places for places in elsewhere.values()):
            found.append(_Suspect(appointment, calendar))
    return tuple(found)


def _own(appointment: Appointment, hrefs: tuple[str, ...]) -> str:
    """Where we put it, unless there is nothing any more."""
    ours = (href for href in hrefs if unquote(href) == unquote(appointment.href))
    return next(ours, hrefs[0])


def _outcome(suspect: _Suspect, stored: Stored | None) -> Outcome | None:
    """What the owner did; None when nothing is known, or that may be a moment's disorder."""
    appointment = suspect.appointment
    if stored is None:
        return None if suspect.href else gone(appointment)
    if not suspect.href:
        return None
    if is_called_off(stored):
        return gone(appointment)
    theirs, base = said(stored), appointment.told
    if theirs is None or base is None:
        log.warning("appointment %s cannot be read in its calendar", appointment.id)
        return None
    seen = suspect.seen
    if stored.recurs:
        made = replace(seen, reason=Reason.MADE_A_SERIES)
        news = _unless(appointment.reason is Reason.MADE_A_SERIES, Reason.MADE_A_SERIES)
        return Outcome(attempted=appointment, appointment=made, owner=news)
    verdict = merged(base, base, theirs)
    moved = Part.TIME in verdict.owners
    stands = replace(
        told(standing(seen, verdict), theirs),
        reason=Reason.OWNER_MOVED if moved else _unless(_was_series(seen), seen.reason),
        sequence=max(seen.sequence, stored.sequence),
    )
    passed_on = stands.staff_id != appointment.staff_id
    news = Reason.OWNER_CHANGED if passed_on else Reason.NONE
    return Outcome(attempted=appointment, appointment=stands, owner=verdict.reason or news)


def _was_series(appointment: Appointment) -> bool:
    return appointment.reason is Reason.MADE_A_SERIES


def _unless(condition: bool, reason: Reason) -> Reason:
    return Reason.NONE if condition else reason
