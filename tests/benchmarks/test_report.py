"""The report of a client with 200,000 calls in a year, beside reading the same rows and no more.

It is read piece by piece: what matters is how long one keeps everybody else from the store.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert

from receptionist.desk.piecemeal import PIECE
from receptionist.model.call import CallState, Cause, Direction
from receptionist.model.office import Directory
from receptionist.model.period import Period, pieces
from receptionist.model.report import drawn_up
from receptionist.ports import Store
from receptionist.store import open_store, tables
from receptionist.store.engine import Database
from tests.benchmarks.figures import Figure, Target
from tests.contract.store.sample import NOW, WHO, office

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]

CALLS, AT_ONCE = 200_000, 5_000
YEAR = Period(NOW, NOW + timedelta(days=364))
MISSED_ONE_OF = 10
_PLAIN = """
SELECT * FROM call JOIN call_segment ON call_segment.call_id = call.id
WHERE call.client_id = ? AND call.started >= ? AND call.started < ?
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the calls."""
    where = tmp_path_factory.mktemp("report") / "receptionist.db"
    store = open_store(where)
    directory = store.save_directory(office(), WHO, NOW)
    store.close()
    database = Database(where)
    for first in range(0, CALLS, AT_ONCE):
        rows = [_call(directory, number) for number in range(first, first + AT_ONCE)]
        with database.writing() as connection:
            connection.execute(insert(tables.call), [call for call, _segments in rows])
            segments = [one for _call, segments in rows for one in segments]
            connection.execute(insert(tables.call_segment), segments)
    database.close()
    return where


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    opened = open_store(file)
    yield opened
    opened.close()


def test_a_piece_of_the_report(file: Path, store: Store, record: Callable[[Figure], None]) -> None:
    client = store.directory().clients[0]
    handled, missed, ours, reference = [], [], [], []
    for piece in pieces(YEAR, PIECE):
        began = time.perf_counter()
        handled += store.services.handled(client.id, piece)
        missed += store.services.missed(client.id, piece)
        ours.append((time.perf_counter() - began) * 1000)
        reference.append(_plainly(file, client.id, piece))
    assert (len(handled), len(missed)) == (CALLS - CALLS // MISSED_ONE_OF, CALLS // MISSED_ONE_OF)
    began = time.perf_counter()
    drawn_up(client.id, YEAR, client.zone, handled, missed)
    counted = (time.perf_counter() - began) * 1000
    one_piece = Figure(
        name="report, two days of 200,000 calls a year",
        unit="ms",
        ours=ours,
        reference=reference,
        beside="its rows alone",
        target=Target(ratio=8),
    )
    record(one_piece)
    record(Figure(name="report, 200,000 calls counted, beside the desk", unit="ms", ours=[counted]))
    assert one_piece.met


def _plainly(file: Path, client_id: UUID, piece: Period) -> float:
    with closing(sqlite3.connect(file)) as connection:
        began = time.perf_counter()
        bounds = [
            (at - datetime.fromtimestamp(0, at.tzinfo)) // timedelta(microseconds=1)
            for at in (piece.start, piece.end)
        ]
        rows = connection.execute(_PLAIN, (client_id.hex, *bounds)).fetchall()
        assert rows
        return (time.perf_counter() - began) * 1000


def _call(directory: Directory, number: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A call and its segments as rows."""
    chance = random.Random(number)
    at = NOW + YEAR.duration * (number / CALLS)
    missed = number % MISSED_ONE_OF == 0
    of = {"client_id": directory.clients[0].id, "line_id": None}
    call = {
        **of,
        "id": UUID(int=chance.getrandbits(128)),
        "receptionist_id": None if missed else directory.receptionist.id,
        "workstation_id": directory.workstation.id,
        "direction": Direction.INCOMING,
        "dialled": "+4930231250",
        "signalled_number": f"+493023125{number % 1000:03}",
        "signalled_name": "",
        "anonymous": False,
        "caller_name": f"Max Beispiel {number % 900}",
        "caller_number": "",
        "note": "Bittet um einen Anruf wegen der Heizung",
        "parked": 0,
        "reason": f"reason-{number % 7}",
        "started": at,
        "ended": at + timedelta(seconds=100),
    }
    return call, _segments(of, call["id"], at, missed=missed)


def _segments(
    of: dict[str, Any], call_id: object, at: datetime, *, missed: bool
) -> list[dict[str, Any]]:
    states = [(CallState.RINGING, 8.0, Cause.NONE)]
    states += [] if missed else [(CallState.ACTIVE, 92.0, Cause.NONE)]
    states.append((CallState.ENDED, 0.0, Cause.MISSED if missed else Cause.CALLER_HUNG_UP))
    return [
        {
            **of,
            "call_id": call_id,
            "position": position,
            "receptionist_id": None,
            "state": state,
            "start": at,
            "ended": at,
            "seconds": seconds,
            "cause": cause,
        }
        for position, (state, seconds, cause) in enumerate(states)
    ]
