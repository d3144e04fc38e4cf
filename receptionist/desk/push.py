"""One attempt to bring what is wanted of an appointment into the owner's calendar.

No CalDAV server prevents a double booking, so every attempt reads before it writes, reads back
what it wrote, and reads once more whether the owner put something there at the same moment: steps
B to E of a booking. Every attempt may be repeated at any time, also one whose answer was lost.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from receptionist.desk import rewriting
from receptionist.desk.ground import Ground
from receptionist.desk.outcome import Outcome
from receptionist.desk.refresh import Refresh
from receptionist.desk.site import Job, Site
from receptionist.errors import CalendarUnreachable, PreconditionFailed
from receptionist.model.appointment import Appointment, AppointmentState, Stored
from receptionist.model.merging import alike, said, told, wanted
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

MOST_RACES = 3
"""How often one attempt begins anew because the owner was writing the same object."""


class Push:
    """Calendar workers; raises `CalendarError` when the attempt must be repeated."""

    def __init__(self, ground: Ground, refresh: Refresh) -> None:
        self._ground = ground
        self._refresh = refresh

    def attempt(self, job: Job) -> Outcome:
        """What came of it."""
        site, wish = Site(self._ground, self._refresh, job), job.appointment
        if wish.state is AppointmentState.CANCELLED:
            return _patiently(rewriting.cancelled, site, wish)
        site.look()
        wish = site.placed(wish)
        if wish.told is None:
            return _entered(site, wish)
        return _patiently(rewriting.changed, site, wish)


def _patiently(step: rewriting.Step, site: Site, wish: Appointment) -> Outcome:
    """Begin anew while the owner changes what was just read."""
    for _race in range(MOST_RACES):
        try:
            return step(site, wish)
        except PreconditionFailed:
            log.info("appointment %s was changed there meanwhile", wish.id)
    raise CalendarUnreachable("it is changed again and again")


def _entered(site: Site, wish: Appointment) -> Outcome:
    """An appointment that the owner's calendar has never confirmed."""
    if site.owner_is_busy(wish):
        stored = site.get(wish)
        if stored is not None and _is_edited(wish, stored):
            return _patiently(_adopted, site, wish)
        return _withdrawn(site, wish, stored)
    try:
        site.put_new(wish)
    except PreconditionFailed:
        log.info("appointment %s was written by an earlier attempt", wish.id)
        stored = site.get(wish)
        if stored is not None and _is_edited(wish, stored):
            return _patiently(_adopted, site, wish)
        if stored is not None and stored.sequence < wish.sequence and not stored.recurs:
            return _checked(site, wish, site.put_over(wish, stored))
    return _checked(site, wish, site.read_back(wish))


def _is_edited(wish: Appointment, stored: Stored) -> bool:
    """Whether the owner changed it before we knew that it came; an older one is ours."""
    theirs = said(stored)
    return (
        theirs is not None
        and stored.sequence >= wish.sequence
        and (stored.recurs or rewriting.is_called_off(stored) or not alike(wanted(wish), theirs))
    )


def _adopted(site: Site, wish: Appointment) -> Outcome:
    """As the owner has it by now: what we wrote there is where he began."""
    outcome = rewriting.changed(site, told(wish, wanted(wish)))
    outcome = replace(outcome, attempted=wish)
    found = outcome.appointment
    if found.state is not AppointmentState.CONFIRMED or found.period != wish.period:
        return outcome
    site.look()
    return _withdrawn(site, wish, site.get(found)) if site.owner_is_busy(found) else outcome


def _checked(site: Site, wish: Appointment, stored: Stored) -> Outcome:
    """Confirmed, unless the owner put something there at the same moment."""
    site.look()
    if site.owner_is_busy(wish):
        return _withdrawn(site, wish, site.get(wish))
    return Outcome(attempted=wish, appointment=site.confirmed(wish, stored))


def _withdrawn(site: Site, wish: Appointment, stored: Stored | None) -> Outcome:
    if stored is not None:
        site.withdraw(stored)
    conflict = replace(
        wish,
        state=AppointmentState.CONFLICT,
        reason=Reason.OWNER_WAS_FIRST,
        etag="",
        next_attempt=None,
    )
    return Outcome(attempted=wish, appointment=conflict)
