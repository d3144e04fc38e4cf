"""Changing and calling off what stands in the owner's calendar already, and merging what he did.

Calendar workers. A `PreconditionFailed` says that he was writing at the same moment: begin anew.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from receptionist.desk.outcome import Outcome
from receptionist.desk.site import Site
from receptionist.errors import CalendarError, CalendarUnreachable
from receptionist.model.appointment import Appointment, AppointmentState, Stored, Told
from receptionist.model.merging import (
    Merged,
    Part,
    alike,
    at_once,
    merged,
    rebased,
    said,
    standing,
    wanted,
    with_parts,
)
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

Step = Callable[[Site, Appointment], Outcome]


def changed(site: Site, wish: Appointment) -> Outcome:
    """Move or change it; the occurrences were just read.

    Where the owner is busy at the new time everything else is changed, and the time stays.
    """
    stored = site.get(wish)
    if stored is None or is_called_off(stored):
        return gone(wish)
    base, theirs = _base(wish), _legible(stored)
    if stored.recurs:
        return _untouched(site, wish, stored, theirs)
    known = base
    for ours in site.written(wish):
        known = rebased(known, ours, theirs)
    verdict = merged(known, wanted(wish), theirs)
    target = standing(wish, verdict)
    moves = not at_once(wish, base) and Part.TIME not in verdict.by_owner
    if moves and site.owner_is_busy(target):
        return _refused(site, wish, stored, verdict)
    stored = _written(site, target, stored)
    if moves:
        site.look()
        if site.owner_is_busy(target):
            return _refused(site, wish, stored, verdict)
    now = site.confirmed(target, stored)
    if wish.reason is Reason.OVERLAP_FOUND and at_once(target, base):
        now = replace(now, reason=wish.reason)
    return Outcome(attempted=wish, appointment=now, owner=verdict.reason)


def cancelled(site: Site, wish: Appointment) -> Outcome:
    """Take it out, or mark it as cancelled; also when the owner has moved it meanwhile."""
    wish = site.placed(wish)
    stored = site.get(wish)
    outcome = Outcome(attempted=wish, appointment=_called_off(wish, stored))
    if stored is None:
        return outcome
    theirs = said(stored)
    if stored.recurs and theirs is not None:
        return _untouched(site, wish, stored, theirs)
    if theirs is not None and _owner_moved(site, wish, theirs):
        outcome = replace(outcome, owner=Reason.OWNER_MOVED)
    if not wish.marks_cancellation:
        site.withdraw(stored)
    elif not is_called_off(stored):
        as_it_stands = with_parts(wish, _legible(stored))
        site.put_over(_next_in_sequence(as_it_stands, stored), stored)
    _look_if_possible(site)
    return outcome


def gone(wish: Appointment) -> Outcome:
    """The owner has taken it out: it is not written again."""
    taken_out = replace(
        wish,
        state=AppointmentState.WITHDRAWN,
        reason=Reason.OWNER_CANCELLED,
        etag="",
        next_attempt=None,
    )
    return Outcome(attempted=wish, appointment=taken_out, owner=Reason.OWNER_CANCELLED)


def is_called_off(stored: Stored) -> bool:
    """Whether its STATUS is CANCELLED."""
    return stored.fingerprint is not None and stored.fingerprint.status == "CANCELLED"


def _refused(site: Site, wish: Appointment, stored: Stored, verdict: Merged) -> Outcome:
    """At its old time again, with all else that was wanted; travel without its time is nothing."""
    base = _base(wish)
    if wish.part_of is not None:
        no_more = cancelled(site, replace(wish, state=AppointmentState.CANCELLED))
        return replace(no_more, attempted=wish, refused=Reason.NO_TIME_TO_TRAVEL)
    back = standing(wish, verdict)
    if wish.end - wish.start != base.end - base.start:
        back = site.of_former_kind(back)
    back = replace(back, start=base.start, end=base.end)
    stored = _written(site, back, stored)
    return Outcome(
        attempted=wish,
        appointment=site.confirmed(back, stored),
        refused=Reason.OWNER_WAS_FIRST,
        owner=verdict.reason,
    )


def _untouched(site: Site, wish: Appointment, stored: Stored, theirs: Told) -> Outcome:
    """A series is the owner's: nothing of ours is written over all of it."""
    as_it_stands = site.confirmed(with_parts(wish, theirs), stored)
    kept = replace(as_it_stands, reason=Reason.MADE_A_SERIES)
    return Outcome(attempted=wish, appointment=kept, refused=Reason.MADE_A_SERIES)


def _written(site: Site, target: Appointment, stored: Stored) -> Stored:
    """What stands there once it says what is wanted; an earlier attempt may have written it."""
    if alike(wanted(target), _legible(stored)):
        return stored
    return site.put_over(_next_in_sequence(target, stored), stored)


def _next_in_sequence(target: Appointment, stored: Stored) -> Appointment:
    """With a SEQUENCE beyond the stored one where the time is another (RFC 5546 2.1.4)."""
    theirs = said(stored)
    moved = theirs is not None and not at_once(theirs, wanted(target))
    least = stored.sequence + 1 if moved or is_off(target) else stored.sequence
    return replace(target, sequence=max(target.sequence, least))


def is_off(appointment: Appointment) -> bool:
    """Whether we have called it off."""
    return appointment.state is AppointmentState.CANCELLED


def _called_off(wish: Appointment, stored: Stored | None) -> Appointment:
    sequence = max(wish.sequence, stored.sequence if stored is not None else 0)
    return replace(wish, reason=Reason.NONE, etag="", sequence=sequence, next_attempt=None)


def _owner_moved(site: Site, wish: Appointment, theirs: Told) -> bool:
    """Whether it is neither where he had confirmed it nor where we wanted to move it."""
    known = [one for one in (wish.told, *site.written(wish), wanted(wish)) if one is not None]
    return wish.told is not None and not any(at_once(theirs, one) for one in known)


def _base(wish: Appointment) -> Told:
    return wish.told or wanted(wish)


def _legible(stored: Stored) -> Told:
    theirs = said(stored)
    if theirs is None:
        raise CalendarUnreachable("it cannot be read", reason=Reason.READ_BACK_DIFFERS)
    return theirs


def _look_if_possible(site: Site) -> None:
    """The time is free for others at once; that failing, with the next refresh."""
    try:
        site.look()
    except CalendarError as error:
        log.info("a calendar could not be read again: %s", type(error).__name__)
