"""What is typed outlives whatever ends the program: from the letter on, not from the next saving.

No clock is moved here before the desk dies: nothing was written that waits for a second to go by.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from receptionist.desk import jotter as jotters
from receptionist.desk.jotter import FILE, KEPT_FOR, Jotter, Jotting, read
from receptionist.desk.typed import about
from receptionist.events import CallChanged, CallEnded
from receptionist.model.call import Call, Cause
from receptionist.ports import Store
from tests.doubles.pump import ManualClock
from tests.unit.desk.conftest import Bench
from tests.unit.desk.test_adopting import come_back, crash, journal, live
from tests.unit.desk.test_scripts import save, talks

Typing = Callable[[Bench, UUID], object]
Found = Callable[[Call], object]


def into(field: str, text: str) -> tuple[Typing, Found, object]:
    """Something is typed into a field of the call."""
    return (
        lambda bench, call_id: bench.desk.journal.type(call_id, **{field: text}),
        lambda call: getattr(call, field),
        text,
    )


def chosen(bench: Bench, call_id: UUID) -> None:
    bench.desk.courses.choose(call_id, "notfall")


def answered(bench: Bench, call_id: UUID) -> None:
    chosen(bench, call_id)
    bench.desk.courses.type(call_id, "wasser", "viellei")


def given_back(bench: Bench, call_id: UUID) -> None:
    chosen(bench, call_id)
    bench.desk.courses.type(call_id, "wasser", "j")
    bench.desk.courses.verify(call_id, "wasser")


FIELDS: dict[str, tuple[Typing, Found, object]] = {
    "name": into("caller_name", "Erika Mus"),
    "number": into("caller_number", "030 23125 0"),
    "e-mail": into("caller_email", "erika@muster."),
    "address": into("caller_address", "Musterstr"),
    "note": into("note", "Der Kessel\nlä"),
    "call reason": (chosen, lambda call: call.reason, "notfall"),
    "answer": (answered, lambda call: call.answers[-1].typed, "viellei"),
    "read-back": (given_back, lambda call: call.answers[-1].verified, True),
    "language": (
        lambda bench, call_id: bench.desk.tongues.speak(call_id, "en"),
        lambda call: call.language,
        "en",
    ),
}


def jotted(bench: Bench, call_id: UUID) -> Jotting | None:
    """What another process reads in the file."""
    return read(bench.data / FILE).get(about(call_id))


def newest_is_written(bench: Bench, call_id: UUID) -> bool:
    """Whether the file has all that was typed: some of it may be there before the rest."""
    written, newest = jotted(bench, call_id), bench.desk.jotter.newest(about(call_id))
    if written is None or newest is None:
        return False
    return bool(written.texts == json.loads(json.dumps(newest.texts)))


@pytest.mark.parametrize("field", FIELDS)
def test_each_text_of_a_call_is_there_for_the_next_desk(bench: Bench, field: str) -> None:
    types, found, text = FIELDS[field]
    save(bench)
    call_id = talks(bench)
    before = crash_with(bench, lambda: types(bench, call_id), call_id)
    come_back(bench, live(bench, call_id, before, answered_at=before), missed=[])
    (call,) = bench.desk.switchboard.calls
    assert found(call) == text
    bench.pump.advance(1.5)
    bench.pump.until(lambda: not jotted(bench, call_id))
    assert found(journal(bench)[call_id]) == text


def crash_with(bench: Bench, types: Callable[[], object], call_id: UUID) -> object:
    """Everything is written; something is typed; the program dies before that is written too."""
    bench.pump.advance(3.0)
    before = crash(bench)
    assert not jotted(bench, call_id)
    types()
    bench.pump.until(lambda: newest_is_written(bench, call_id))
    return before


def test_whose_the_call_is_comes_back_as_well(bench: Bench) -> None:
    call_id = talks(bench)
    assign = bench.desk.switchboard.assign
    before = crash_with(bench, lambda: assign(call_id, bench.lawyer.id, keep_number=False), call_id)
    come_back(bench, live(bench, call_id, before, answered_at=before), missed=[])
    (call,) = bench.desk.switchboard.calls
    assert call.client_id == bench.lawyer.id
    bench.pump.advance(0.0)
    told = bench.seen(CallChanged)[-1]
    assert told.client is not None
    assert told.client.id == bench.lawyer.id


def test_a_call_that_nobody_takes_over_has_it_in_the_journal(bench: Bench) -> None:
    call_id = talks(bench)
    crash_with(bench, lambda: bench.desk.journal.type(call_id, note="Rückruf bis fünf"), call_id)
    come_back(bench, missed=[])
    bench.pump.advance(1.5)
    bench.pump.until(lambda: not jotted(bench, call_id))
    call = journal(bench)[call_id]
    assert (call.cause, call.note) == (Cause.ENGINE_DIED, "Rückruf bis fünf")


def test_so_has_a_call_that_was_over(bench: Bench) -> None:
    """Nobody has to look at it for that."""
    call_id = talks(bench)
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(CallEnded)
    crash_with(bench, lambda: bench.desk.journal.type(call_id, note="schickt Fotos"), call_id)
    bench.clock.move(86_400.0)
    come_back(bench, missed=[])
    bench.pump.until(lambda: [one for one in bench.desk._calls._calls if one == call_id])
    bench.pump.advance(1.5)
    bench.pump.until(lambda: not jotted(bench, call_id))
    assert journal(bench)[call_id].note == "schickt Fotos"


def test_a_call_that_never_came_into_the_journal_has_it(bench: Bench) -> None:
    """The database stood still from before it rang."""
    before = crash(bench)
    call_id = bench.rings()
    bench.desk.journal.type(call_id, caller_name="Erika Muster")
    bench.pump.until(lambda: newest_is_written(bench, call_id))
    come_back(bench, live(bench, call_id, before), missed=[])
    (call,) = bench.desk.switchboard.calls
    assert call.caller_name == "Erika Muster"
    bench.pump.until(lambda: not jotted(bench, call_id))
    assert journal(bench)[call_id].caller_name == "Erika Muster"


def test_a_store_that_is_busy_keeps_nothing_waiting(bench: Bench) -> None:
    """However long a job of the store lasts, and whatever waits behind it."""
    call_id, go_on = talks(bench), threading.Event()

    def lasts(_store: Store) -> None:
        assert go_on.wait(60.0)

    bench.desk._ground.memory.submit(lasts)
    for text in ("W", "Wa", "Was", "Wass", "Wasser"):
        bench.desk.journal.type(call_id, note=text)
        bench.pump.advance(0.2)

    def there() -> bool:
        found = read(bench.data / FILE).get(about(call_id))
        return found is not None and found.texts["note"] == "Wasser"

    bench.pump.until(there)
    go_on.set()
    bench.pump.advance(1.5)
    bench.pump.until(lambda: not jotted(bench, call_id))
    assert journal(bench)[call_id].note == "Wasser"


def test_nothing_stays_behind_once_it_is_in_the_journal(bench: Bench) -> None:
    call_id = talks(bench)
    bench.desk.journal.type(call_id, note="Otto Beispiel, vertraulich")
    bench.pump.until(lambda: jotted(bench, call_id))
    bench.pump.advance(1.5)
    bench.pump.until(lambda: (bench.data / FILE).read_bytes() == b"")
    assert (bench.data / FILE).stat().st_mode & 0o077 == 0


# ---- the file


@pytest.fixture
def jotter(tmp_path: Path) -> Iterator[Jotter]:
    made = Jotter(tmp_path / FILE, lambda function, *values: function(*values), ManualClock())
    yield made
    made.close()


def kept(jotter: Jotter, tmp_path: Path) -> dict[str, object]:
    """What is in the file once everything is written."""
    jotter.close()
    return {name: one.texts for name, one in read(tmp_path / FILE).items()}


def test_the_newest_counts_and_what_is_struck_out_is_gone(jotter: Jotter, tmp_path: Path) -> None:
    for name, text in (("a", "1"), ("b", "1"), ("c", "1"), ("d", "1")):
        jotter.jot(name, {"text": text})
    before, same = jotter.newest("a"), jotter.newest("d")
    jotter.jot("a", {"text": "2"})
    jotter.strike("a", before)
    jotter.strike("b")
    jotter.strike("d", same)
    assert jotter.newest("b") is None
    assert kept(jotter, tmp_path) == {"a": {"text": "2"}, "c": {"text": "1"}}


def test_what_another_run_left_is_found_until_nobody_wants_it(tmp_path: Path) -> None:
    clock = ManualClock()

    def run(*names: str) -> dict[str, object]:
        one = Jotter(tmp_path / FILE, lambda function, *values: function(*values), clock)
        one.open()
        there = {name: found.texts for name, found in one.all.items()}
        for name in names:
            one.jot(name, {"of": name})
        one.close()
        return there

    assert run("old") == {}
    clock.move((KEPT_FOR - timedelta(hours=1)).total_seconds())
    assert run("new") == {"old": {"of": "old"}}
    clock.move(7200.0)
    assert run() == {"new": {"of": "new"}}


def test_a_line_that_broke_off_hides_no_other(jotter: Jotter, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b'\xff\x00\n[1]\n{"name": "b", "texts": {}}\n{"name": "half')
    jotter.jot("a", {"text": "Söhne & Co.\u2028\n"})
    assert kept(jotter, tmp_path) == {"a": {"text": "Söhne & Co.\u2028\n"}}


def test_a_long_text_does_not_let_the_file_grow(
    jotter: Jotter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jotters, "_LARGE", 5000)
    text = "x" * 400
    for number in range(200):
        jotter.jot("script", {"text": f"{number}{text}"})
    assert kept(jotter, tmp_path) == {"script": {"text": f"199{text}"}}
    assert (tmp_path / FILE).stat().st_size < 2 * 5000


@pytest.mark.usefixtures("errors_expected")
def test_a_disk_that_takes_nothing_hinders_nobody(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    jotter = Jotter(tmp_path / FILE, lambda function, *values: function(*values), ManualClock())
    jotter.open()
    jotter.jot("a", {"text": "1"})
    assert jotter.newest("a") is not None
    jotter.close()


def test_without_a_directory_it_is_kept_as_long_as_the_program_runs() -> None:
    jotter = Jotter(None, lambda function, *values: function(*values), ManualClock())
    jotter.open()
    name = str(uuid4())
    jotter.jot(name, {"text": "1"})
    assert jotter.newest(name) is not None
    jotter.close()
