"""Calls: for whom, what to say, what was typed, and that none is lost."""

from __future__ import annotations

import pytest

from receptionist.errors import BadInput, NotFound
from receptionist.events import (
    CallChanged,
    CallEnded,
    CallFailed,
    CallIncoming,
    DirectoryChanged,
    StoreFailed,
    WorkAdded,
)
from receptionist.model.call import Call, CallState, Cause
from receptionist.model.dialled import Called
from receptionist.reasons import Reason
from tests.unit.desk.conftest import LAWYER_NUMBER, PAINTER_NUMBER, Bench


def stored(bench: Bench) -> list[Call]:
    """What the database says about the calls of today."""
    found: list[tuple[Call, ...]] = []
    bench.desk.journal.today(found.append)
    bench.pump.until(lambda: found)
    return list(found[0])


def test_a_ringing_call_says_for_whom_and_what_to_say(bench: Bench) -> None:
    bench.rings(PAINTER_NUMBER)
    event = bench.seen(CallIncoming)[-1]
    assert event.client == bench.painter
    assert event.greeting == "Malerbetrieb Muster, guten Morgen!"
    assert event.call.state is CallState.RINGING


def test_two_calls_at_once_keep_their_own_greeting(bench: Bench) -> None:
    first, second = bench.rings(PAINTER_NUMBER), bench.rings(LAWYER_NUMBER)
    greetings = {event.call.id: event.greeting for event in bench.seen(CallIncoming)}
    assert greetings == {
        first: "Malerbetrieb Muster, guten Morgen!",
        second: "Kanzlei Beispiel, guten Tag.",
    }


def test_a_forwarded_call_is_for_the_client_who_forwarded(bench: Bench) -> None:
    called = Called(
        to="sip:+4989999980@trunk.example",
        diversion=(f"sip:{PAINTER_NUMBER}@mobile.example;reason=unconditional",),
        request_uri="sip:office@192.0.2.1",
    )
    bench.phone.outside.rings(called=called)
    bench.wait_for(CallIncoming)
    assert bench.seen(CallIncoming)[0].client == bench.painter


def test_a_ringing_phone_asks_no_database(bench: Bench) -> None:
    done: list[bool] = []
    bench.desk.journal._memory.submit(lambda store: done.append(bench.server.lock.acquire()))
    bench.server.lock.acquire()
    try:
        bench.rings()
        assert bench.seen(CallIncoming)
        assert not done
    finally:
        bench.server.lock.release()
    bench.pump.until(lambda: done)


def test_answering_a_second_call_holds_the_first(bench: Bench) -> None:
    first, second = bench.rings(), bench.rings(LAWYER_NUMBER)
    bench.desk.switchboard.answer(first)
    bench.pump.until(lambda: bench.desk.switchboard.call(first).state is CallState.ACTIVE)
    bench.desk.switchboard.answer(second)
    bench.pump.until(lambda: bench.desk.switchboard.call(second).state is CallState.ACTIVE)
    assert bench.desk.switchboard.call(first).state is CallState.HELD
    assert bench.phone.outside.saw(first)[-1] == "held"


def test_a_failed_command_changes_nothing_and_says_so(bench: Bench) -> None:
    call_id = bench.rings()
    bench.phone.failing.add("answer")
    bench.desk.switchboard.answer(call_id)
    bench.wait_for(CallFailed)
    assert bench.desk.switchboard.call(call_id).state is CallState.RINGING


def test_segments_take_their_length_from_the_monotonic_clock(bench: Bench) -> None:
    call_id = bench.rings()
    bench.clock.move(7)
    bench.desk.switchboard.answer(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).answered)
    bench.clock.move(61.5)
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(CallEnded)
    call = bench.seen(CallEnded)[0].call
    assert [(s.state, s.seconds) for s in call.segments] == [
        (CallState.RINGING, 7),
        (CallState.ACTIVE, 61.5),
        (CallState.ENDED, None),
    ]
    assert call.talk_s == 61.5
    assert stored(bench)[0].segments == call.segments


def test_what_was_typed_stays_with_its_call_after_the_caller_hung_up(bench: Bench) -> None:
    first, second = bench.rings(), bench.rings(LAWYER_NUMBER)
    bench.desk.journal.type(first, caller_name="Erika Muster", note="Treppenhaus")
    bench.phone.outside.hangs_up(first)
    bench.wait_for(CallEnded)
    bench.desk.journal.type(first, note="Treppenhaus, 3. Stock")
    bench.desk.journal.type(second, note="Akteneinsicht")
    bench.pump.advance(2.0)
    bench.pump.until(lambda: {c.note for c in stored(bench)} != {""})
    notes = {call.id: (call.caller_name, call.note) for call in stored(bench)}
    assert notes == {
        first: ("Erika Muster", "Treppenhaus, 3. Stock"),
        second: ("", "Akteneinsicht"),
    }


def test_a_typed_number_is_where_the_caller_is_called_back(bench: Bench) -> None:
    call_id = bench.rings(PAINTER_NUMBER, "sip:anonymous@anonymous.invalid")
    bench.desk.switchboard.answer(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).answered)
    bench.desk.journal.type(call_id, caller_number="030 23125-177")
    assert bench.desk.switchboard.call(call_id).number == "030 23125-177"
    bench.phone.outside.kills_the_engine()
    bench.wait_for(WorkAdded)
    assert bench.seen(WorkAdded)[0].item.number == "+493023125177"
    bench.desk.stop()
    bench.start()
    assert stored(bench)[0].caller_number == "030 23125-177"
    assert stored(bench)[0].caller.anonymous


def test_typed_text_survives_a_restart(bench: Bench) -> None:
    call_id = bench.rings()
    bench.desk.journal.type(call_id, note="bitte zurückrufen")
    bench.pump.advance(2.0)
    bench.desk.stop()
    bench.start()
    assert stored(bench)[0].note == "bitte zurückrufen"


def test_a_call_left_open_by_a_crash_becomes_a_call_back(bench: Bench) -> None:
    call_id = bench.rings()
    stored(bench)
    bench.desk._ground.memory.close()
    bench.start()
    bench.wait_for(WorkAdded)
    call_back = bench.seen(WorkAdded)[0].item
    assert (call_back.call_id, call_back.number) == (call_id, "+492214710134")
    assert stored(bench)[0].cause is Cause.ENGINE_DIED


def test_an_engine_that_dies_leaves_a_call_back(bench: Bench) -> None:
    call_id = bench.rings()
    bench.desk.switchboard.answer(call_id)
    bench.phone.outside.kills_the_engine()
    bench.wait_for(WorkAdded)
    call_back = bench.seen(WorkAdded)[0].item
    assert (call_back.call_id, call_back.reason) == (call_id, Reason.CALL_LOST)
    assert bench.seen(CallEnded)[0].call.cause is Cause.ENGINE_DIED


def test_a_missed_call_becomes_a_call_back(bench: Bench) -> None:
    call_id = bench.rings()
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(WorkAdded)
    assert bench.seen(WorkAdded)[0].item.reason == Reason.MISSED
    assert stored(bench)[0].cause is Cause.MISSED


def test_who_gives_up_on_hold_is_called_back(bench: Bench) -> None:
    call_id = bench.rings()
    bench.desk.switchboard.answer(call_id)
    bench.desk.switchboard.hold(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).state is CallState.HELD)
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(WorkAdded)
    assert bench.seen(WorkAdded)[0].item.reason == Reason.GAVE_UP_ON_HOLD


def test_a_call_without_room_is_in_the_journal_and_called_back(bench: Bench) -> None:
    for _ in range(4):
        bench.rings()
    bench.clock.move(1)
    bench.phone.outside.rings(PAINTER_NUMBER, "+493023125177")
    bench.wait_for(WorkAdded)
    call_back = bench.seen(WorkAdded)[0].item
    assert (call_back.reason, call_back.number) == (Reason.CALL_LIMIT, "+493023125177")
    assert call_back.client_id == bench.painter.id
    assert stored(bench)[0].cause is Cause.REFUSED


def test_who_did_not_encrypt_his_voice_is_called_back(bench: Bench) -> None:
    line = next(iter(bench.phone.lines))
    uri = "sip:+493023125177@example.org"
    bench.phone.outside.is_refused(Reason.VOICE_NOT_ENCRYPTED, caller_uri=uri, line_id=line)
    bench.wait_for(WorkAdded)
    assert bench.seen(WorkAdded)[0].item.reason == Reason.VOICE_NOT_ENCRYPTED
    assert stored(bench)[0].cause is Cause.NOT_ENCRYPTED


def test_a_stranger_leaves_no_trace_at_the_desk(bench: Bench) -> None:
    bench.phone.outside.is_refused(Reason.STRANGER)
    bench.rings()
    assert len(stored(bench)) == 1


def test_an_unknown_dialled_number_shows_the_office_and_can_be_assigned(bench: Bench) -> None:
    call_id = bench.rings("+4989999980")
    event = bench.seen(CallIncoming)[0]
    assert (event.client, event.greeting) == (None, "Büro am Park, hallo.")
    bench.desk.journal.type(call_id, caller_name="Max Beispiel")
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(CallEnded)
    bench.events.clear()
    bench.desk.switchboard.assign(call_id, bench.painter.id)
    bench.wait_for(DirectoryChanged)
    changed = bench.seen(CallChanged)[0]
    assert changed.client is not None
    assert (changed.client.key, changed.call.caller_name) == ("painter", "Max Beispiel")
    assert changed.greeting == "Malerbetrieb Muster, guten Morgen!"
    bench.rings("+4989999980")
    assert bench.seen(CallIncoming)[-1].client == bench.painter


def test_correcting_the_client_leaves_his_number_where_it_is(bench: Bench) -> None:
    call_id = bench.rings(PAINTER_NUMBER)
    bench.desk.switchboard.assign(call_id, bench.lawyer.id)
    bench.pump.advance(2.0)
    assert stored(bench)[0].client_id == bench.lawyer.id
    assert bench.desk.directory.find(PAINTER_NUMBER) == bench.painter


@pytest.mark.parametrize("uri", ["sip:anonymous@anonymous.invalid", "", "sip:@", "<garbage"])
def test_a_caller_without_number_is_anonymous(bench: Bench, uri: str) -> None:
    line = next(iter(bench.phone.lines))
    bench.phone.outside.is_refused(Reason.CALL_LIMIT, caller_uri=uri, line_id=line)
    bench.wait_for(CallEnded)
    caller = bench.seen(CallEnded)[0].call.caller
    assert caller.anonymous
    assert caller.number == ""


def test_dialling_holds_who_is_spoken_to_and_refuses_nonsense(bench: Bench) -> None:
    call_id = bench.rings()
    bench.desk.switchboard.answer(call_id)
    bench.pump.until(lambda: bench.desk.switchboard.call(call_id).state is CallState.ACTIVE)
    with pytest.raises(BadInput):
        bench.desk.switchboard.dial("Erika")
    out = bench.desk.switchboard.dial("030 23125-177", client_id=bench.painter.id)
    bench.phone.outside.answers(out)
    bench.pump.until(lambda: bench.desk.switchboard.call(out).state is CallState.ACTIVE)
    assert bench.phone.outside.dialled[out] == "+493023125177"
    assert bench.desk.switchboard.call(call_id).state is CallState.HELD


def test_a_verb_on_a_call_that_is_gone_says_so(bench: Bench) -> None:
    call_id = bench.rings()
    with pytest.raises(BadInput):
        bench.desk.switchboard.digits(call_id, "12x")
    with pytest.raises(NotFound):
        bench.desk.switchboard.answer(bench.painter.id)


@pytest.mark.usefixtures("errors_expected")
def test_what_the_database_refuses_is_written_later(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_id = bench.rings()
    stored(bench)

    def full(*values: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr("receptionist.store.calls.change", full)
        bench.desk.journal.type(call_id, note="nicht verlieren")
        bench.pump.advance(2.0)
        bench.wait_for(StoreFailed)
    bench.pump.advance(6.0)
    bench.desk.stop()
    bench.start()
    assert stored(bench)[0].note == "nicht verlieren"
