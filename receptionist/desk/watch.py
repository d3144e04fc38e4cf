"""What the owner did to our appointments in his calendar, found after each reading of it.

Confirmed ones of which his calendar lists another ETag than we remember, or nothing, are read and
merged. An ETag may change without reason: some servers rewrite objects. Nothing that waits to be
pushed is looked at, because its push merges by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote

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


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of reading a calendar: objects that could not be read, and what the owner did."""

    unreadable: int
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class _Suspect:
    """An appointment, and where its calendar lists it now: address and ETag, or nowhere."""

    appointment: Appointment
    href: str = ""
    etag: str = ""


class Watch:
    """Calendar workers."""

    def __init__(self, ground: Ground, refresh: Refresh) -> None:
        self._refresh = refresh
        self._memory = ground.memory
        self._directory = ground.directory
        self._clock = ground.clock

    def bring(self, client: Client, calendar: OwnerCalendar, step: Step) -> Seen:
        """Read a calendar, and look at what is not as we know it."""
        unreadable = self._refresh.bring(client, calendar, step)
        outcomes: list[Outcome] = []
        try:
            outcomes.extend(self._looked_at(calendar))
        except (CalendarRefused, CalendarUnreachable):
            log.info("not every appointment could be looked at, the next reading goes on")
        return Seen(unreadable, tuple(outcomes))

    def _looked_at(self, calendar: OwnerCalendar) -> Iterator[Outcome]:
        account = self._refresh.account(calendar.account_id)
        siblings = self._siblings(calendar)
        now = self._clock.now()
        for suspect in self._memory.ask(lambda store: _suspects(store, siblings, now)):
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

    def _siblings(self, calendar: OwnerCalendar) -> tuple[OwnerCalendar, ...]:
        """The calendar, and before it the client's others: what moved there is not gone."""
        others = (
            one
            for one in self._directory.calendars
            if one.client_id == calendar.client_id and one.id != calendar.id and not one.tasks
        )
        return (*others, calendar)


def _suspects(
    store: Store, calendars: tuple[OwnerCalendar, ...], now: datetime
) -> tuple[_Suspect, ...]:
    """The confirmed appointments of the last calendar that may have been changed or taken out."""
    *others, calendar = calendars
    confirmed = {
        one.uid: one
        for one in store.appointments(calendar.client_id, Period(now, now + AHEAD))
        if one.calendar_id == calendar.id
        and one.state is AppointmentState.CONFIRMED
        and one.told is not None
    }
    if not confirmed:
        return ()
    listed = store.bookings.whereabouts(calendar.id, confirmed.keys())
    missing = confirmed.keys() - listed.keys()
    for other in others if missing else ():
        missing -= store.bookings.whereabouts(other.id, missing).keys()
    found = [_Suspect(confirmed[uid]) for uid in missing]
    for uid, places in listed.items():
        appointment = confirmed[uid]
        href = _own(appointment, tuple(places))
        if (href, places[href]) != (appointment.href, appointment.etag):
            found.append(_Suspect(appointment, href, places[href]))
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
    seen = replace(appointment, href=suspect.href, etag=suspect.etag)
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
    return Outcome(attempted=appointment, appointment=stands, owner=verdict.reason)


def _was_series(appointment: Appointment) -> bool:
    return appointment.reason is Reason.MADE_A_SERIES


def _unless(condition: bool, reason: Reason) -> Reason:
    return Reason.NONE if condition else reason
