"""Our book beside what owners see: each confirmed appointment once, and nothing else of ours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from uuid import UUID

from receptionist.calendars.vevent import fingerprint
from receptionist.events import (
    AppointmentCancelled,
    AppointmentChanged,
    AppointmentConfirmed,
    DeskEvent,
    OwnerChanged,
)
from receptionist.model.appointment import Appointment, AppointmentState, Fingerprint
from receptionist.model.busy import SyncState
from receptionist.model.client import Client
from receptionist.model.office import Directory
from receptionist.reasons import Reason
from tests.contract.booking.office import ZONE
from tests.contract.calendars.conftest import HORIZON, Side
from tests.doubles.calendar import whole

Book = Mapping[str, Appointment]
_ENDED = {
    AppointmentState.CONFIRMED,
    AppointmentState.CANCELLED,
    AppointmentState.CONFLICT,
    AppointmentState.WITHDRAWN,
    AppointmentState.HOLD,
}


def seen_by_owners(side: Side, directory: Directory) -> dict[str, Fingerprint]:
    """What stands in all calendars, by UID; none stands twice."""
    seen: dict[str, Fingerprint] = {}
    port = side.connect()
    for calendar in directory.calendars:
        for found in whole(port.changes(calendar.href, SyncState(), HORIZON, ZONE)).changed:
            assert found.uid not in seen, "an object stands there twice"
            said = fingerprint(side.owner.get(found.href))
            assert said is not None
            seen[found.uid] = said
    port.close()
    return seen


def judge(book: Book, seen: Mapping[str, Fingerprint]) -> None:
    """Every appointment has come to its end, and owners see what our book says of it."""
    for uid, one in book.items():
        assert one.state in _ENDED, one
        if one.state is AppointmentState.CONFIRMED:
            assert seen.get(uid) == one.fingerprint, one
        elif uid in seen:
            assert one.marks_cancellation, f"{one} was left behind"
            assert seen[uid].status == "CANCELLED", one
    assert not _overlapping(book.values())


Owed = Collection[tuple[UUID | None, str]]
"""Whom somebody has to call, and why."""


def judge_travel(book: Book, clients: Iterable[Client], owed: Owed = ()) -> None:
    """Who drives to a caller has the way there and back reserved, and nobody else has.

    Where the owner was there first, somebody has to call.
    """
    drives = {kind.id for client in clients for kind in client.kinds if kind.at_caller}
    ways: dict[UUID, list[Appointment]] = {}
    for one in book.values():
        if one.part_of is not None and one.state is AppointmentState.CONFIRMED:
            ways.setdefault(one.part_of, []).append(one)
    for one in book.values():
        if one.part_of is None and one.state is AppointmentState.CONFIRMED:
            found = sorted(ways.pop(one.id, []), key=lambda way: way.start)
            if len(found) < 2 and (one.id, Reason.NO_TIME_TO_TRAVEL) in owed:
                continue
            assert len(found) == (2 if one.kind_id in drives else 0), (one, found)
            if found:
                assert (found[0].end, found[1].start) == (one.blocked.start, one.blocked.end)
    assert not ways, "ways to nobody"


def judge_reports(book: Book, reports: Iterable[DeskEvent]) -> None:
    """What was told before a process was killed is so, unless something later was told of it."""
    by_id = {one.id: one for one in book.values()}
    last: dict[UUID, DeskEvent] = {}
    for event in reports:
        assert not isinstance(event, OwnerChanged), "no owner did anything"
        told = (AppointmentConfirmed, AppointmentChanged, AppointmentCancelled)
        if isinstance(event, told):
            last[event.appointment.id] = event
            assert event.appointment.id in by_id, f"{event} is lost"
    for key, event in last.items():
        one, said = by_id[key], event.appointment  # type: ignore[union-attr]
        assert one.sequence >= said.sequence, (one, said)
        if isinstance(event, AppointmentCancelled):
            assert one.state is AppointmentState.CANCELLED, one
        else:
            alive = (AppointmentState.CONFIRMED, AppointmentState.CANCELLED)
            assert one.state in alive, (one, event)


def _overlapping(book: Collection[Appointment]) -> list[tuple[Appointment, Appointment]]:
    return list(_pairs(one for one in book if one.state is AppointmentState.CONFIRMED))


def _pairs(confirmed: Iterable[Appointment]) -> Iterator[tuple[Appointment, Appointment]]:
    for one, other in combinations(confirmed, 2):
        if one.book_id == other.book_id and one.blocked.overlaps(other.blocked):
            yield one, other
