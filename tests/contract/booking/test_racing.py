"""Bookings against an owner who writes the same times into the same calendars at the same moment.

No server prevents that. So every overlap is prevented by us, or found by the next reading and put
on the list of call-backs.
"""

from __future__ import annotations

import queue
import random
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist.events import (
    AppointmentBooked,
    AppointmentChanged,
    AppointmentConfirmed,
    DeskEvent,
)
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.period import Period
from receptionist.reasons import Reason
from tests.contract.calendars.conftest import Side, text_of

from .judge import Book, Owed, judge, judge_travel, seen_by_owners
from .office import move_in, starts
from .working_desk import Hurry, WorkingDesk

WRITERS = 2
RACES = 40
SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 10))]
MARK = "owner-"
RACED = AppointmentBooked | AppointmentChanged | AppointmentConfirmed
_UTC = "%Y%m%dT%H%M%SZ"


class Owner(threading.Thread):
    """Writes over what was just booked, now and then over something else, until he has enough."""

    def __init__(self, side: Side, hrefs: list[str], seed: int) -> None:
        super().__init__(name=f"owner-{seed}", daemon=True)
        self.wanted: queue.SimpleQueue[Appointment | None] = queue.SimpleQueue()
        self.written: list[tuple[str, Period]] = []
        self._side, self._hrefs = side, hrefs
        self._chance, self._starts = random.Random(seed), starts()
        self._pause = threading.Event()

    def run(self) -> None:
        while (booked := self.wanted.get()) is not None:
            self._pause.wait(self._chance.uniform(0, 0.3))
            if self._chance.random() < 0.7:
                self._write(booked.href.rpartition("/")[0] + "/", booked.start)
            else:
                href = self._chance.choice(self._hrefs)
                self._write(href, self._chance.choice(self._starts))

    def _write(self, calendar: str, start: datetime) -> None:
        end = start + timedelta(minutes=self._chance.choice((15, 30, 90)))
        uid = f"{MARK}{uuid4()}"
        lines = (f"DTSTART:{_stamp(start)}", f"DTEND:{_stamp(end)}", "SUMMARY:Eigenes")
        self._side.owner.put(f"{calendar}{uid}.ics", text_of(*lines, uid=uid))
        self.written.append((calendar, Period(start, end)))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_owner_writes_at_the_same_moment(side: Side, tmp_path: Path, seed: int) -> None:
    directory = move_in(tmp_path, side)
    hrefs = [calendar.href for calendar in directory.calendars]
    owners = [Owner(side, hrefs, 100 * seed + number) for number in range(WRITERS)]
    raced: list[Appointment] = []

    def heard(event: DeskEvent) -> None:
        if isinstance(event, RACED) and len(raced) < RACES:
            owners[len(raced) % WRITERS].wanted.put(event.appointment)
            raced.append(event.appointment)

    working = WorkingDesk(tmp_path, directory, side.password, heard)
    working.start()
    hurry = Hurry(working, seed)
    for owner in owners:
        owner.start()
    hurry.go_on()
    working.run_until(lambda: len(raced) == RACES)
    hurry.end()
    for owner in owners:
        owner.wanted.put(None)
    working.run_until(lambda: not any(owner.is_alive() for owner in owners))
    book, call_backs = working.settle()
    seen = seen_by_owners(side, directory)
    written = [one for owner in owners for one in owner.written]
    assert len([uid for uid in seen if uid.startswith(MARK)]) == len(written) == RACES
    judge(book, {uid: said for uid, said in seen.items() if not uid.startswith(MARK)})
    owed = {(one.appointment_id, one.reason) for one in call_backs}
    judge_travel(book, directory.clients, owed)
    judge_overlaps(book, written, owed)


def judge_overlaps(book: Book, written: list[tuple[str, Period]], owed: Owed) -> None:
    """What overlaps is owed a call-back; what was refused did overlap, and is owed one too."""
    found = 0
    for one in book.values():
        over = any(_touches(one, *event) for event in written)
        whom = one.part_of or one.id
        if one.state is AppointmentState.CONFIRMED and over:
            assert (whom, Reason.OVERLAP_FOUND) in owed, one
            found += 1
        elif one.state is AppointmentState.CONFLICT and one.part_of is None:
            assert over, one
            assert (whom, Reason.OWNER_WAS_FIRST) in owed, one
    assert found, "some came too late to be prevented"
    assert found < len(book), "some were in time, or met nothing"


def _touches(one: Appointment, calendar: str, period: Period) -> bool:
    """Whether an event lies in the calendar of an appointment and over its blocked time."""
    blocked = one.blocked if one.state is AppointmentState.CONFLICT else one.period
    return one.href.startswith(calendar) and blocked.overlaps(period)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime(_UTC)
