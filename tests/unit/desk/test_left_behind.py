"""What a program that died had jotted down, against what the journal says by then."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from receptionist.desk import jotter as jotters
from receptionist.desk.jotter import FILE, KEPT_FOR, Jotter, read
from receptionist.desk.typed import about
from receptionist.events import WorkAdded
from receptionist.model.call import Call, Cause
from receptionist.model.worklist import WorkItem
from tests.doubles.database import open_new
from tests.doubles.pump import ManualClock
from tests.unit.desk.conftest import PAINTER_NUMBER, Bench
from tests.unit.desk.test_adopting import come_back, crash, live
from tests.unit.desk.test_jotter import jotted, newest_is_written
from tests.unit.desk.test_scripts import save, talks


def dies(bench: Bench, call_id: UUID, types: Callable[[], object]) -> datetime:
    """Everything is written; something is typed; the program dies before that is written too."""
    bench.pump.advance(3.0)
    before = crash(bench)
    types()
    bench.pump.until(lambda: newest_is_written(bench, call_id))
    return before


def owed(bench: Bench) -> list[WorkItem]:
    """What the database has on the work list."""
    found: list[tuple[WorkItem, ...]] = []
    bench.desk._ground.memory.submit(lambda store: store.work.open(), then=found.append)
    bench.pump.until(lambda: found)
    return list(found[0])


def noted(bench: Bench, call_id: UUID) -> object:
    """The note as another process reads it in the file."""
    found = read(bench.data / FILE).get(about(call_id))
    return found.texts["note"] if found is not None else None


def stored(bench: Bench, call_id: UUID) -> Call:
    """A call as the database has it."""
    found: list[tuple[Call, ...]] = []
    since = bench.clock.now() - timedelta(days=1)
    bench.desk._ground.memory.submit(lambda store: store.calls(since), then=found.append)
    bench.pump.until(lambda: found)
    return one_of(found[0], call_id)


def one_of(calls: Iterable[Call], call_id: UUID) -> Call:
    return next(call for call in calls if call.id == call_id)


def rings(bench: Bench, caller: str) -> UUID:
    call_id = bench.phone.outside.rings(PAINTER_NUMBER, caller)
    assert call_id is not None
    bench.pump.until(lambda: any(call.id == call_id for call in bench.desk.switchboard.calls))
    return call_id


# ---- who is called back


@pytest.mark.parametrize("caller", ["", "+493023125077"], ids=["anonymous", "signalled"])
def test_whose_number_was_typed_is_called_back_there(bench: Bench, caller: str) -> None:
    call_id = rings(bench, caller)
    typed = {"caller_number": "+493023125099", "caller_name": "Erika Muster"}
    dies(bench, call_id, lambda: bench.desk.journal.type(call_id, **typed))
    come_back(bench, missed=[])
    bench.pump.advance(1.5)
    bench.pump.advance(1.5)
    bench.pump.until(lambda: [one for one in owed(bench) if one.name == "Erika Muster"])
    (item,) = owed(bench)
    assert (item.number, item.call_id) == ("+493023125099", call_id)
    assert bench.desk.work.items == (item,)


# ---- what the journal says by then


@pytest.mark.usefixtures("errors_expected")
def test_what_was_typed_comes_into_a_journal_that_could_not_be_read(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_id = talks(bench)
    bench.desk.journal.type(call_id, caller_name="Erika", note="no")
    at = dies(bench, call_id, lambda: bench.desk.journal.type(call_id, caller_name="Erika Muster"))

    def broken(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as unreadable:
        unreadable.setattr("receptionist.store.sqlstore.SqlStore.close_open_calls", broken)
        come_back(bench, live(bench, call_id, at, answered_at=at), missed=[])
    bench.pump.advance(1.5)
    bench.pump.until(lambda: not jotted(bench, call_id))
    assert stored(bench, call_id).caller_name == "Erika Muster"
    assert stored(bench, call_id).note == "no"


def test_what_was_corrected_since_stays(bench: Bench) -> None:
    """The journal got it from elsewhere; what nobody touched since comes back."""
    call_id = talks(bench)
    typed = {"caller_name": "Erik", "note": "Kessel"}
    at = dies(bench, call_id, lambda: bench.desk.journal.type(call_id, **typed))
    with closing(open_new(bench.data / "receptionist.db")) as store:
        call = one_of(store.calls(at - timedelta(days=1)), call_id)
        corrected = replace(call, caller_name="Erika", client_id=bench.lawyer.id)
        who = bench.directory.receptionist.id
        store.change_call(call_id, call, corrected, who, bench.clock.now())
    come_back(bench, live(bench, call_id, at, answered_at=at), missed=[])
    (call,) = bench.desk.switchboard.calls
    found = (call.caller_name, call.client_id, call.note)
    assert found == ("Erika", bench.lawyer.id, "Kessel")
    bench.pump.advance(1.5)
    bench.pump.until(lambda: not jotted(bench, call_id))
    assert stored(bench, call_id).caller_name == "Erika"


def test_what_was_typed_while_the_store_wrote_counts(bench: Bench) -> None:
    """Whether or not the store got as far as what was handed to it."""
    save(bench)
    call_id, go_on = talks(bench), threading.Event()
    bench.desk.courses.choose(call_id, "notfall")
    bench.desk.courses.type(call_id, "wasser", "n")
    bench.desk.journal.type(call_id, note="W")
    bench.pump.advance(3.0)
    assert stored(bench, call_id).note == "W"
    bench.desk._ground.memory.submit(lambda _store: go_on.wait(60.0))
    for answer, note in (("j", "Wa"), ("ja", "Was")):
        bench.desk.courses.type(call_id, "wasser", answer)
        bench.desk.journal.type(call_id, note=note)
        bench.pump.advance(1.5)
    bench.desk.courses.type(call_id, "wasser", "ja, viel")
    bench.desk.journal.type(call_id, note="Wass")
    bench.pump.until(lambda: noted(bench, call_id) == "Wass")
    left = (bench.data / FILE).read_bytes()
    go_on.set()
    at = crash(bench)
    (bench.data / FILE).write_bytes(left)
    come_back(bench, live(bench, call_id, at, answered_at=at), missed=[])
    (call,) = bench.desk.switchboard.calls
    assert (call.note, call.answers[-1].typed) == ("Wass", "ja, viel")


@pytest.mark.parametrize("caller", ["", "+493023125077"], ids=["anonymous", "signalled"])
def test_a_call_only_the_desk_knew_is_in_the_journal_and_called_back(
    bench: Bench, caller: str
) -> None:
    """The database stood still from before it rang, and the phone died as well."""
    crash(bench)
    call_id = rings(bench, caller)
    bench.desk.switchboard.assign(call_id, bench.lawyer.id, keep_number=False)
    typed = {"caller_name": "Erika Muster", "caller_number": "+493023125099", "note": "Kessel"}
    bench.desk.journal.type(call_id, **typed)
    bench.pump.until(lambda: noted(bench, call_id) == "Kessel")
    come_back(bench, missed=[])
    bench.wait_for(WorkAdded)
    bench.pump.until(lambda: not jotted(bench, call_id))
    call = stored(bench, call_id)
    assert (call.cause, call.caller.number, call.note) == (Cause.ENGINE_DIED, caller, "Kessel")
    assert (call.client_id, call.ended) == (bench.lawyer.id, True)
    (item,) = owed(bench)
    told = (item.call_id, item.client_id, item.number, item.name)
    assert told == (call_id, bench.lawyer.id, "+493023125099", "Erika Muster")


# ---- the file


def opened(file: Path, clock: ManualClock) -> Jotter:
    one = Jotter(file, lambda function, *values: function(*values), clock)
    one.open()
    return one


@pytest.mark.usefixtures("errors_expected")
def test_what_a_full_disk_did_not_take_is_written_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, clock = tmp_path / FILE, ManualClock()
    first = opened(file, clock)
    first.jot("struck", {"text": "old"})
    first.jot("typed", {"text": "old"})
    first.close()
    tried = threading.Event()

    def put(*_: object) -> None:
        tried.set()
        raise OSError(28, "disk full")

    second = opened(file, clock)
    with monkeypatch.context() as while_full:
        while_full.setattr(jotters, "_put", put)
        second.strike("struck")
        assert tried.wait(60.0)
    second.jot("typed", {"text": "new"})
    second.close()
    assert {name: one.texts for name, one in read(file).items()} == {"typed": {"text": "new"}}


def test_half_a_character_takes_nothing_else_with_it(tmp_path: Path) -> None:
    one = opened(tmp_path / FILE, ManualClock())
    one.jot("a", {"text": "half \ud83d"})
    one.jot("b", {"text": "Söhne"})
    one.close()
    found = read(tmp_path / FILE)
    assert (found["a"].texts, found["b"].texts) == ({"text": "half \ud83d"}, {"text": "Söhne"})


def test_what_nobody_wanted_is_off_the_disk_after_the_next_run(tmp_path: Path) -> None:
    file, clock = tmp_path / FILE, ManualClock()
    first = opened(file, clock)
    first.jot("a", {"text": "confidential"})
    first.close()
    clock.move(KEPT_FOR.total_seconds() + 60.0)
    opened(file, clock).close()
    assert b"confidential" not in file.read_bytes()
