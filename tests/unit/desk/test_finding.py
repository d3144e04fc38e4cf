"""The desk looks up: what was just typed counts, and nothing crosses from client to client."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from receptionist.desk.finding import Found, History
from receptionist.events import AppointmentConfirmed
from receptionist.model.editing import Change
from tests.unit.desk.conftest import LAWYER_NUMBER, PAINTER_NUMBER, Bench

OTTO, LEA = "+492214710134", "+4917139200177"
TUESDAY = datetime(2027, 1, 12, 9, tzinfo=UTC)


def _over(bench: Bench, dialled: str = PAINTER_NUMBER, caller: str = OTTO, **typed: str) -> UUID:
    """A call that was answered, typed into, and is over."""
    call_id = bench.rings(dialled, caller)
    bench.desk.switchboard.answer(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).answered)
    bench.desk.journal.type(call_id, **typed)
    bench.clock.move(60)
    bench.phone.outside.hangs_up(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).ended)
    bench.clock.move(60)
    return call_id


def _search(bench: Bench, words: str, client_id: UUID | None = None) -> Found:
    told: list[Found] = []
    bench.desk.finding.search(words, client_id, told.append, bench.fail)
    bench.pump.until(lambda: told)
    return told[0]


def _history(bench: Bench, client_id: UUID, *numbers: str) -> History:
    told: list[History] = []
    bench.desk.finding.history(client_id, numbers, told.append, bench.fail)
    bench.pump.until(lambda: told)
    return told[0]


def _changes(bench: Bench, call_id: UUID) -> list[Change]:
    told: list[tuple[Change, ...]] = []
    bench.desk.finding.changes(call_id, told.append, bench.fail)
    bench.pump.until(lambda: told)
    return list(told[0])


def test_clients_are_found_by_name_key_initials_and_number(bench: Bench) -> None:
    find = bench.desk.finding.clients
    assert find("MALER") == (bench.painter,)
    assert find("painter") == (bench.painter,)
    assert find("kb") == (bench.lawyer,)
    assert find("030 231251") == (bench.lawyer,)
    assert find("maler kanzlei") == find("") == ()


def test_what_was_typed_a_moment_ago_is_found(bench: Bench) -> None:
    call_id = _over(bench, caller_name="Jürgen Öhler", note="Treppenhaus")
    assert [call.id for call in _search(bench, "ÖHLER treppe").calls] == [call_id]


def test_each_caller_is_found_once_by_the_newest_call(bench: Bench) -> None:
    _over(bench, caller_name="Otto Beispiel")
    newest = _over(bench, caller_name="Otto Beispiel")
    other = _over(bench, LAWYER_NUMBER, caller_name="Otto Beispiel")
    lea = _over(bench, caller=LEA, caller_name="Lea Beispiel")
    assert [call.id for call in _search(bench, "beispiel").calls] == [lea, other, newest]


def test_who_withheld_the_number_is_a_caller_each_time(bench: Bench) -> None:
    ids = [_over(bench, caller="anonymous", caller_name="Max Muster") for _ in range(2)]
    assert [call.id for call in _search(bench, "max").calls] == ids[::-1]


def test_a_client_at_hand_is_a_wall(bench: Bench) -> None:
    ours = _over(bench, caller_name="Erika Muster")
    theirs = _over(bench, LAWYER_NUMBER, LEA, caller_name="Erika Muster")
    bench.book(TUESDAY, "Erika Muster")
    bench.wait_for(AppointmentConfirmed)
    all_, painter, lawyer = (
        _search(bench, "erika", client_id)
        for client_id in (None, bench.painter.id, bench.lawyer.id)
    )
    assert ([call.id for call in all_.calls], all_.appointments) == ([theirs, ours], ())
    assert [call.id for call in painter.calls] == [ours]
    assert [one.start for one in painter.appointments] == [TUESDAY]
    assert ([call.id for call in lawyer.calls], lawyer.appointments) == ([theirs], ())


def test_history_is_of_one_client_and_knows_the_name(bench: Bench) -> None:
    first = _over(bench, caller_name="Otto Beispiel")
    typed = _over(bench, caller="anonymous", caller_number="0221 4710-134", note="Angebot")
    _over(bench, LAWYER_NUMBER, caller_name="Otto geheim")
    bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)
    told = _history(bench, bench.painter.id, "0221 4710134")
    assert [call.id for call in told.calls] == [typed, first]
    assert [one.start for one in told.appointments] == [TUESDAY]
    assert told.name == "Otto Beispiel"
    assert _history(bench, bench.painter.id, "").calls == ()


def test_the_history_of_several_numbers_is_one(bench: Bench) -> None:
    first = _over(bench)
    other = _over(bench, caller=LEA)
    newest = _over(bench)
    booked = _over(bench, LAWYER_NUMBER, caller=LEA)
    told = _history(bench, bench.painter.id, OTTO, LEA, "0221 4710134")
    assert [call.id for call in told.calls] == [newest, other, first]
    assert booked not in [call.id for call in told.calls]


def test_a_corrected_client_is_corrected_in_the_history_too(bench: Bench) -> None:
    call_id = _over(bench, caller_name="Otto Beispiel")
    bench.desk.switchboard.assign(call_id, bench.lawyer.id)
    assert _history(bench, bench.painter.id, OTTO).calls == ()
    (call,) = _history(bench, bench.lawyer.id, OTTO).calls
    assert (call.id, call.caller_name) == (call_id, "Otto Beispiel")
    assert _search(bench, "otto", bench.painter.id).calls == ()


def test_a_correction_leaves_old_and_new_who_and_when(bench: Bench) -> None:
    call_id = _over(bench, caller_name="Oto", note="Dach")
    ended = bench.desk.switchboard.call(call_id).since
    before = len(_changes(bench, call_id))
    bench.desk.journal.type(call_id, caller_name="Otto")
    corrected = bench.clock.now()
    (change,) = _changes(bench, call_id)[before:]
    assert (change.column, change.old, change.new) == ("caller_name", "Oto", "Otto")
    assert (change.who, change.at) == (bench.directory.receptionist.id, corrected)
    assert change.at > ended


def test_what_was_typed_until_the_end_was_not_typed_after_it(bench: Bench) -> None:
    call_id = bench.rings()
    bench.desk.switchboard.answer(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).answered)
    bench.desk.journal.type(call_id, note="in the last second")
    instants = iter(range(1, 1000))
    now = bench.clock.now
    bench.clock.now = lambda: now() + timedelta(microseconds=next(instants))  # type: ignore
    bench.phone.outside.hangs_up(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).ended)
    (change,) = [one for one in _changes(bench, call_id) if one.column == "note"]
    assert change.at == bench.desk.switchboard.call(call_id).since


def test_a_search_that_fails_says_so(bench: Bench) -> None:
    failed: list[Exception] = []
    bench.desk.finding.search("x", "not an id", print, failed.append)  # type: ignore[arg-type]
    bench.pump.until(lambda: failed)
    assert failed
