"""`kill -9` at any moment of bookings, moves and cancellations, on a real server.

After the next start every confirmed appointment is in the owner's calendar, once and as our book
says; everything else has come to its end, and nothing of what was called off remains.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from contextlib import suppress
from pathlib import Path

import pytest

from receptionist.events import AppointmentCancelled, AppointmentConfirmed, DeskEvent
from receptionist.model.office import Directory
from tests.contract.calendars.conftest import Side

from .judge import judge, judge_reports, judge_travel, seen_by_owners
from .office import move_in
from .working_desk import WorkingDesk, hurry

DEATHS = 8
SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 14))]
_fork = multiprocessing.get_context("fork")


def killed(
    data: Path, directory: Directory, password: str, chance: random.Random
) -> list[DeskEvent]:
    """What a desk told until it was killed."""
    ours, theirs = _fork.Pipe(duplex=False)
    seed = chance.randrange(1_000_000)
    child = _fork.Process(target=hurry, args=(data, directory, password, seed, theirs))
    child.start()
    theirs.close()
    told: list[DeskEvent] = []
    with ours:
        left = chance.randint(0, 6)
        while left >= 0:
            assert ours.poll(60), "the child no longer tells anything"
            told.append(ours.recv())
            left -= isinstance(told[-1], AppointmentConfirmed | AppointmentCancelled)
        time.sleep(chance.uniform(0, 0.2))
        assert child.is_alive(), f"the child ended by itself with {child.exitcode}"
        child.kill()
        child.join()
        with suppress(EOFError, OSError):
            while True:
                told.append(ours.recv())
    return told


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_at_any_moment(side: Side, tmp_path: Path, seed: int) -> None:
    directory, chance = move_in(tmp_path, side), random.Random(seed)
    told: list[DeskEvent] = []
    for _ in range(DEATHS):
        told += killed(tmp_path, directory, side.password, chance)
    last = WorkingDesk(tmp_path, directory, side.password, told.append)
    last.start()
    book, call_backs = last.settle()
    judge(book, seen_by_owners(side, directory))
    judge_travel(book, directory.clients)
    judge_reports(book, told)
    assert call_backs == ()
