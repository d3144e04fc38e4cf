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
        return _withdrawn(site, wish)
    stored = _put(site, wish)
    site.look()
    if site.owner_is_busy(wish):
        return _withdrawn(site, wish)
    return Outcome(attempted=wish, appointment=site.confirmed(wish, stored))


def _put(site: Site, wish: Appointment) -> Stored:
    """An earlier attempt may have written it and lost the answer, also before it was changed."""
    try:
        site.put_new(wish)
    except PreconditionFailed:
        log.info("appointment %s was written by an earlier attempt", wish.id)
        stored = site.get(wish)
        if stored is not None and stored.sequence < wish.sequence and not stored.recurs:
            return site.put_over(wish, stored)
    return site.read_back(wish)


def _withdrawn(site: Site, wish: Appointment) -> Outcome:
    stored = site.get(wish)
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
