"""Who changed what of an appointment: the 3-way merge of our fields with the owner's. Pure.

The base is what the owner's calendar said when we last knew (`Told`). What differs from it there
is the owner's change, what differs from it here is ours; where both changed a part, his stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from receptionist.model.appointment import Appointment, Stored, Told
from receptionist.reasons import Reason

EMPTIED = " "
"""A text that the owner took out: not "", in whose place the usual one would be written."""
_LONGEST = timedelta(days=366)


class Part(StrEnum):
    """What is merged as one: start and end belong together."""

    TIME = "time"
    TITLE = "title"
    TEXT = "text"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Merged:
    """What should stand there, what the owner alone changed, and what both changed otherwise."""

    stands: Told
    owners: frozenset[Part] = frozenset()
    both: frozenset[Part] = frozenset()

    @property
    def by_owner(self) -> frozenset[Part]:
        """The parts in which his word counts."""
        return self.owners | self.both

    @property
    def reason(self) -> Reason:
        """The news in it for the office."""
        if self.both:
            return Reason.BOTH_CHANGED
        if Part.TIME in self.owners:
            return Reason.OWNER_MOVED
        return Reason.OWNER_CHANGED if self.owners else Reason.NONE


def wanted(appointment: Appointment) -> Told:
    """What we would have the owner's calendar say of an appointment."""
    return Told(
        start=appointment.start,
        end=appointment.end,
        summary=appointment.summary,
        text=appointment.description,
        location=appointment.place,
    )


def said(stored: Stored) -> Told | None:
    """What an object says; None when it cannot be read, or is no appointment any more."""
    found = stored.fingerprint
    if found is None or not found.start < found.end <= found.start + _LONGEST:
        return None
    return Told(
        start=found.start,
        end=found.end,
        summary=found.summary,
        text=stored.text,
        location=stored.location,
    )


def merged(base: Told, ours: Told, theirs: Told) -> Merged:
    """What comes of both sides' changes since `base`."""
    owners, both, stands = set(), set(), theirs
    for part in Part:
        if _same(part, base, theirs):
            stands = _with(stands, part, ours)
        elif _same(part, base, ours):
            owners.add(part)
        elif not _same(part, ours, theirs):
            both.add(part)
    return Merged(stands, frozenset(owners), frozenset(both))


def rebased(base: Told, written: Told | None, theirs: Told) -> Told:
    """The base, but for what of `theirs` we have written ourselves without knowing that it came."""
    for part in Part:
        if written is not None and _same(part, written, theirs):
            base = _with(base, part, theirs)
    return base


def alike(one: Told, other: Told) -> bool:
    """Whether both say the same; how a server breaks lines and spaces counts for nothing."""
    return all(_same(part, one, other) for part in Part)


def at_once(one: Told | Appointment, other: Told) -> bool:
    """Whether both are at the same time."""
    return (one.start, one.end) == (other.start, other.end)


def standing(appointment: Appointment, verdict: Merged) -> Appointment:
    """The appointment with what the owner changed; later pushes keep his words."""
    return with_parts(appointment, verdict.stands, verdict.by_owner)


def with_parts(
    appointment: Appointment, source: Told, parts: frozenset[Part] = frozenset(Part)
) -> Appointment:
    """The appointment with these parts as `source` says."""
    if Part.TIME in parts:
        appointment = replace(appointment, start=source.start, end=source.end)
    if Part.TITLE in parts:
        appointment = replace(appointment, title=source.summary)
    if Part.TEXT in parts:
        appointment = replace(appointment, text=source.text or EMPTIED)
    if Part.PLACE in parts:
        appointment = replace(appointment, location=source.location)
    return appointment


def told(appointment: Appointment, source: Told) -> Appointment:
    """The appointment with the memory of what the owner's calendar says."""
    return replace(
        appointment,
        told_start=source.start,
        told_end=source.end,
        told_summary=source.summary,
        told_text=source.text,
        told_location=source.location,
    )


def _same(part: Part, one: Told, other: Told) -> bool:
    match part:
        case Part.TIME:
            return at_once(one, other)
        case Part.TITLE:
            return _words(one.summary) == _words(other.summary)
        case Part.TEXT:
            return _words(one.text) == _words(other.text)
        case Part.PLACE:
            return _words(one.location) == _words(other.location)


def _with(one: Told, part: Part, source: Told) -> Told:
    match part:
        case Part.TIME:
            return replace(one, start=source.start, end=source.end)
        case Part.TITLE:
            return replace(one, summary=source.summary)
        case Part.TEXT:
            return replace(one, text=source.text)
        case Part.PLACE:
            return replace(one, location=source.location)


def _words(text: str) -> list[str]:
    return text.split()
