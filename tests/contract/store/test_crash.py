"""`kill -9` at any moment: what was reported is there, what was half written is not."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from itertools import count
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, Engine, event, func, select

from receptionist.model.appointment import AppointmentState
from receptionist.model.office import Directory
from receptionist.ports import Store
from receptionist.store import open_store, tables
from receptionist.store.migrations import m0001_foundation
from tests.contract.store.conftest import Opens
from tests.contract.store.sample import (
    HORIZON,
    NOW,
    TEN,
    WHO,
    appointment,
    call,
    ended,
    minutes,
    office,
)

ROUNDS = 6
_fork = multiprocessing.get_context("fork")


def _work(where: Path | str, directory: Directory, first: int, pipe: Pipe) -> None:
    """Call, book, settle, and say so after each; until the end comes."""
    store = open_store(where)
    for n in count(first):
        _once(store, directory, n, pipe)


def _once(store: Store, directory: Directory, n: int, pipe: Pipe) -> None:
    one = ended(call(directory), directory.receptionist.id)
    store.record_call(one)
    pipe.send((one.id, "call"))
    booked = appointment(directory, start=TEN + n * minutes(30), call_id=one.id)
    store.bookings.book_all((booked,), WHO, NOW)
    pipe.send((booked.id, "booked"))
    store.claim(WHO, NOW, NOW + minutes(2))
    store.settle(replace(booked, state=AppointmentState.DELAYED), WHO, NOW, dirty=True)
    pipe.send((booked.id, "delayed"))


def _die_at(
    where: Path | str, directory: Directory, first: int, statement: int, pipe: Pipe
) -> None:
    """The same once, but the process kills itself before its n-th statement or commit."""
    store = open_store(where)
    left = count(statement, -1)

    def step(*_: object) -> None:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    _once(store, directory, first, pipe)
    pipe.send((WHO, "done"))


def _killed(
    work: Callable[..., None], *values: object, reports: int, then_s: float
) -> list[tuple[UUID, str]]:
    """What the child reported until it was killed, `then_s` after so many reports."""
    ours, theirs = _fork.Pipe(duplex=False)
    child = _fork.Process(target=work, args=(*values, theirs))
    child.start()
    theirs.close()
    reported = []
    with ours:
        for _ in range(reports):
            assert ours.poll(60), "the child no longer reports anything"
            reported.append(ours.recv())
        time.sleep(then_s)
        assert child.is_alive(), f"the child ended by itself with {child.exitcode}"
        child.kill()
        child.join()
        return reported + _drained(ours)


def _drained(ours: Pipe) -> list[tuple[UUID, str]]:
    reported = []
    with suppress(EOFError, OSError):
        while True:
            reported.append(ours.recv())
    return reported


def test_killed_while_it_works(where: Path | str, opens: Opens, sql: Connection) -> None:
    store = opens()
    directory = store.save_directory(office(), WHO, NOW)
    store.close()
    chance = random.Random(20270301)
    reported: list[tuple[UUID, str]] = []
    for _ in range(ROUNDS):
        taken = sql.execute(select(func.count()).select_from(tables.appointment)).scalar_one()
        reports, then_s = chance.randint(3, 7), chance.uniform(0, 0.004)
        reported += _killed(_work, where, directory, taken, reports=reports, then_s=then_s)
        _look(sql, reported)
    assert {what for _, what in reported} == {"call", "booked", "delayed"}
    reopened = opens()
    calls = {one.id for one in reopened.calls(NOW, limit=100_000)}
    booked = {one.id: one.state for one in reopened.appointments(directory.clients[0].id, HORIZON)}
    for key, what in reported:
        assert key in (calls if what == "call" else booked)
        if what == "delayed":
            assert booked[key] is AppointmentState.DELAYED
    if isinstance(where, Path):
        with closing(sqlite3.connect(where)) as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_killed_before_every_statement(
    where: Path | str, directory: Directory, store: Store, sql: Connection
) -> None:
    store.close()
    seen: set[str] = set()
    for statement in count():
        taken = sql.execute(select(func.count()).select_from(tables.appointment)).scalar_one()
        ours, theirs = _fork.Pipe(duplex=False)
        child = _fork.Process(target=_die_at, args=(where, directory, taken, statement, theirs))
        child.start()
        theirs.close()
        with ours:
            reported = _drained(ours)
        child.join()
        _look(sql, reported)
        seen |= {what for _, what in reported}
        if child.exitcode == 0:
            break
        assert child.exitcode == -signal.SIGKILL
    assert seen == {"call", "booked", "delayed", "done"}
    assert statement > len(seen) * 3


def _look(sql: Connection, reported: list[tuple[UUID, str]]) -> None:
    """Every appointment with its entry in the log, every call with all its segments, or neither."""
    log, appointments = tables.change_log.c, tables.appointment.c
    new = select(log.row).where(log.table == "appointment", log.column == "")
    rows = set(sql.execute(select(appointments.id)).scalars())
    assert set(sql.execute(new).scalars()) == rows
    told = select(log.row).where(log.table == "appointment", log.column == "state")
    delayed = select(appointments.id).where(appointments.state == AppointmentState.DELAYED)
    assert set(sql.execute(told).scalars()) == set(sql.execute(delayed).scalars())
    segments = tables.call_segment.c
    counted = select(func.count()).select_from(tables.call_segment).group_by(segments.call_id)
    assert set(sql.execute(counted).scalars()) <= {3}
    calls = set(sql.execute(select(tables.call.c.id)).scalars())
    assert set(sql.execute(select(segments.call_id)).scalars()) == calls
    assert {key for key, what in reported if what == "call"} <= calls
    assert {key for key, what in reported if what == "booked"} <= rows


def _open(where: Path, pipe: Pipe) -> None:
    pipe.send((WHO, "opening"))
    open_store(where)
    threading.Event().wait()


def _open_by_half(where: Path, pipe: Pipe) -> None:
    def stay() -> None:
        pipe.send((WHO, "half of the tables are there"))
        threading.Event().wait()

    m0001_foundation._appointments = stay
    open_store(where)


def test_killed_while_a_database_is_made(tmp_path: Path) -> None:
    chance = random.Random(7)
    for number in range(ROUNDS):
        where = tmp_path / f"{number}" / "receptionist.db"
        work = _open if number else _open_by_half
        _killed(work, where, reports=1, then_s=chance.uniform(0, 0.08))
        store = open_store(where)
        assert store.directory().office.name == ""
        assert store.outbox() == ()
        store.close()
