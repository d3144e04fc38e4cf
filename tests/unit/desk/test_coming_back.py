"""A desk that comes back finds everything as it was, and takes nothing in twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from receptionist.errors import StoreError
from receptionist.events import (
    JOURNALLED,
    CallEnded,
    CallFailed,
    ConferenceChanged,
    PhoneAnswered,
    PhoneAttended,
    PhoneEnded,
    PhoneEvent,
    PhoneLive,
    PhoneMessage,
    PhoneRecorded,
    PhoneRefused,
    PhoneResumed,
    PhoneTransferFailed,
    PhoneTransferred,
    WorkAdded,
    WorkDone,
)
from receptionist.model.call import Call, CallState, Cause
from receptionist.model.dialled import Called
from receptionist.model.unattended import StepKind
from receptionist.model.voice import VoiceKind
from receptionist.model.worklist import Disposition
from receptionist.ports import Store
from receptionist.reasons import Reason
from receptionist.store.sqlstore import SqlStore
from tests.unit.desk.conftest import LAWYER_NUMBER, PAINTER_NUMBER, Bench
from tests.unit.desk.practice import ask
from tests.unit.desk.test_adopting import come_back, crash, incoming, live
from tests.unit.desk.test_transfers import OWNER, asking, connected, state, talking
from tests.unit.desk.test_voices import _kept as _kept
from tests.unit.desk.test_voices import records

Told = list[tuple[datetime, PhoneEvent]]


def dialled(bench: Bench, call_id: UUID, at: datetime, **now: Any) -> PhoneLive:
    """A call of ours as the exchange tells of it."""
    line = bench.directory.lines[0].id
    kind: dict[str, Any] = {"line_id": line, "incoming": False, "target": OWNER}
    return PhoneLive(call_id=call_id, at=at, answered_at=at, **kind, **now)


# ---- as it was


@pytest.mark.parametrize("known", [True, False], ids=["journal", "nobody-wrote-it"])
def test_a_conference_goes_on_and_can_be_left(bench: Bench, known: bool) -> None:
    """Also when the window died before the journal had heard of whom was asked."""
    caller = talking(bench)
    owner = asking(bench, caller) if known else uuid4()
    at = crash(bench)
    come_back(
        bench,
        dialled(bench, owner, at, beside=caller, joined=caller),
        live(bench, caller, at, answered_at=at, joined=owner),
        missed=[],
    )
    assert bench.desk.conference.members == (caller, owner)
    assert [one.joined for one in bench.seen(ConferenceChanged)] == [True]
    assert (state(bench, caller), state(bench, owner)) == (CallState.ACTIVE, CallState.ACTIVE)
    assert bench.desk.switchboard.call(owner).client_id == bench.painter.id
    bench.phone.join(caller, owner)  # as the worker has it
    bench.desk.conference.part(caller)
    bench.pump.until(lambda: state(bench, owner) is CallState.HELD)
    assert state(bench, caller) is CallState.ACTIVE
    assert bench.desk.conference.members is None


@pytest.mark.parametrize("goes", ["caller", "owner"])
def test_one_of_a_conference_goes_after_the_start(bench: Bench, goes: str) -> None:
    caller = talking(bench)
    owner = asking(bench, caller)
    at = crash(bench)
    living = (
        live(bench, caller, at, answered_at=at, joined=owner),
        dialled(bench, owner, at, beside=caller, joined=caller),
    )
    come_back(bench, *living, missed=[])
    bench.phone.join(caller, owner)
    gone, left = (caller, owner) if goes == "caller" else (owner, caller)
    bench.desk.switchboard.hang_up(gone)
    connected(bench, gone)
    assert bench.desk.conference.members is None
    assert state(bench, left) is CallState.ACTIVE
    talking(bench, LAWYER_NUMBER)
    bench.pump.until(lambda: state(bench, left) is CallState.HELD)


def test_a_consultation_goes_on_and_the_two_are_connected(bench: Bench) -> None:
    caller = talking(bench)
    owner = asking(bench, caller)
    at = crash(bench)
    living = (
        live(bench, caller, at, answered_at=at, held=True),
        dialled(bench, owner, at, beside=caller),
    )
    come_back(bench, *living, missed=[])
    assert bench.desk.conference.members is None
    bench.desk.transfers.connect(owner)
    bench.phone.outside.takes_the_transfer(caller)
    calls = connected(bench, caller, owner)
    assert [call.connected_to for call in calls] == [OWNER, "+492214710134"]


@pytest.mark.parametrize("worked", [True, False])
def test_a_connection_that_was_being_made_comes_to_its_end(bench: Bench, worked: bool) -> None:
    caller = talking(bench)
    owner = asking(bench, caller)
    bench.desk.transfers.connect(owner)
    at = crash(bench)
    later = at + timedelta(seconds=5)
    if worked:
        ends: list[PhoneEvent] = [
            PhoneTransferred(call_id=caller),
            PhoneEnded(call_id=caller, cause=Cause.TRANSFERRED),
            PhoneEnded(call_id=owner, cause=Cause.TRANSFERRED),
        ]
        come_back(bench, missed=[(later, one) for one in ends])
        assert journal(bench)[caller]["connected_to"] == OWNER
        return
    failed = PhoneTransferFailed(call_id=caller, status=603, reason="")
    living = (
        live(bench, caller, at, answered_at=at, held=True),
        dialled(bench, owner, at, beside=caller),
    )
    come_back(bench, *living, missed=[(later, failed)])
    assert "+49 221 4710177" in bench.seen(CallFailed)[-1].message
    assert bench.desk.transfers.consultation(caller)


def test_who_is_parked_stays_parked_and_is_recalled(bench: Bench) -> None:
    caller = talking(bench)
    bench.desk.parking.park(caller, "wartet auf Max Beispiel")
    bench.pump.until(lambda: bench.desk.parking.parked)
    at = crash(bench)
    come_back(bench, live(bench, caller, at, answered_at=at, held=True), missed=[])
    (parked,) = bench.desk.parking.parked
    assert (parked.parked, parked.parked_for) == (1, "wartet auf Max Beispiel")
    assert bench.desk.parking.recall(1) == caller
    bench.pump.until(lambda: state(bench, caller) is CallState.ACTIVE)
    bench.pump.until(lambda: not bench.desk.parking.parked)


def test_a_recording_that_ended_with_the_window_is_whole_in_the_next(bench: Bench) -> None:
    call_id, file = records(bench)
    at = crash(bench)
    recorded = PhoneRecorded(call_id=call_id, path=str(file), seconds=42)
    come_back(bench, live(bench, call_id, at, answered_at=at), missed=[(at, recorded)])
    (voice,) = ask(bench, lambda store: store.voices.of_call(call_id))
    assert (voice.kind, voice.seconds) == (VoiceKind.RECORDING, 42)
    assert not bench.desk.recordings.recording(call_id)


# ---- nothing twice


def journal(bench: Bench) -> dict[UUID, dict[str, Any]]:
    """All that the journal, the list of call-backs and the voices say."""

    def read(store: Store) -> dict[UUID, dict[str, Any]]:
        owed = store.work.open()
        return {
            call.id: {
                "lasted": [(one.state, one.seconds) for one in call.segments],
                "cause": call.cause,
                "connected_to": call.connected_to,
                "owed": [one.reason for one in owed if one.call_id == call.id],
                "voices": [one.seconds for one in store.voices.of_call(call.id)],
            }
            for call in store.calls(datetime.fromtimestamp(0, UTC))
        }

    return ask(bench, read)


ANSWERED, MISSED, LEFT, SENT = (UUID(int=number) for number in range(1, 5))
STEP = timedelta(seconds=3)


def afternoon(bench: Bench) -> Told:
    """Everything that a desk can miss, three seconds after each other."""
    start = bench.clock.now()
    refused = PhoneRefused(
        line_id=bench.directory.lines[0].id,
        called=Called(to=f"sip:{PAINTER_NUMBER}@office.example"),
        caller_uri="sip:+493023125088@office.example",
        caller_name="",
        reason=Reason.CALL_LIMIT,
        at=start,
    )
    events: list[PhoneEvent] = [
        *(incoming(bench, one, start) for one in (ANSWERED, MISSED, LEFT, SENT)),
        PhoneAnswered(call_id=ANSWERED),
        PhoneEnded(call_id=MISSED, cause=Cause.MISSED),
        PhoneTransferFailed(call_id=ANSWERED, status=486, reason=""),
        PhoneAttended(call_id=LEFT, step=StepKind.VOICEMAIL),
        PhoneTransferred(call_id=ANSWERED, target=OWNER),
        PhoneEnded(call_id=ANSWERED, cause=Cause.TRANSFERRED),
        PhoneMessage(call_id=LEFT, path=f"/v/{LEFT}.voice", seconds=9),
        PhoneEnded(call_id=LEFT, cause=Cause.CALLER_HUNG_UP),
        PhoneAttended(call_id=SENT, step=StepKind.FORWARD),
        PhoneTransferred(call_id=SENT, target=OWNER),
        PhoneEnded(call_id=SENT, cause=Cause.CALLER_HUNG_UP),
        refused,
    ]
    assert {type(one) for one in events} == set(JOURNALLED) - {PhoneRecorded}
    return [(start + number * STEP, event) for number, event in enumerate(events)]


def hears(bench: Bench, told: Told) -> None:
    """This desk takes it in as it happens."""
    for at, event in told:
        bench.clock.move((at - bench.clock.now()).total_seconds())
        bench.phone.tell(event)
        taken: list[bool] = []
        bench.pump.post(taken.append, True)
        bench.pump.until(lambda taken=taken: taken)  # type: ignore[misc]


RING, TALK, OVER = CallState.RINGING, CallState.ACTIVE, CallState.ENDED
NOTHING: dict[str, Any] = {"connected_to": "", "owed": [], "voices": []}
WANTED = {
    ANSWERED: {
        "lasted": [(RING, 12.0), (TALK, 15.0), (OVER, None)],
        "cause": Cause.TRANSFERRED,
        **NOTHING,
        "connected_to": OWNER,
    },
    MISSED: {
        "lasted": [(RING, 15.0), (OVER, None)],
        "cause": Cause.MISSED,
        **NOTHING,
        "owed": [Reason.MISSED],
    },
    LEFT: {
        "lasted": [(RING, 33.0), (OVER, None)],
        "cause": Cause.MISSED,
        **NOTHING,
        "owed": [Reason.MESSAGE_LEFT],
        "voices": [9],
    },
    SENT: {
        "lasted": [(RING, 42.0), (OVER, None)],
        "cause": Cause.TRANSFERRED,
        **NOTHING,
        "connected_to": OWNER,
    },
}


@pytest.mark.parametrize("died", [0, 5, 9, 11, 14, 16])
def test_whenever_a_desk_dies_the_next_makes_one_whole_journal(bench: Bench, died: int) -> None:
    """It had written so much, and could say nothing of it: the next is told everything."""
    told = afternoon(bench)
    hears(bench, told[:died])
    crash(bench)
    come_back(bench, missed=told)
    found = journal(bench)
    (refused,) = [one for call_id, one in found.items() if call_id not in WANTED]
    assert {call_id: found[call_id] for call_id in WANTED} == WANTED
    assert (refused["cause"], refused["owed"]) == (Cause.REFUSED, [Reason.CALL_LIMIT])
    assert [one.message for one in bench.seen(CallFailed) if one.call_id] == [], "nothing is asked"
    if died == len(told):
        assert bench.seen(WorkAdded) == []
        assert bench.seen(CallEnded) == []


def test_a_call_back_that_was_made_is_not_owed_again(bench: Bench) -> None:
    told = afternoon(bench)
    hears(bench, told)
    bench.wait_for(WorkAdded, 3)
    owed = {one.item.id for one in bench.seen(WorkAdded)}
    for one in owed:
        bench.desk.work.dispose(one, Disposition.DONE)
    bench.wait_for(WorkDone, len(owed))
    crash(bench)
    come_back(bench, missed=told)
    assert [one["owed"] for one in journal(bench).values()] == [[]] * 5


# ---- what is acknowledged


def counted(bench: Bench) -> None:
    """The phone counts what it has told, as the real one does."""
    told: list[PhoneEvent] = []
    tell = bench.phone.tell

    def count(event: PhoneEvent) -> None:
        if isinstance(event, JOURNALLED):
            told.append(event)
        tell(event)

    bench.phone.tell = count  # type: ignore[method-assign]
    bench.phone.service.told = lambda: len(told)


def test_what_is_written_is_acknowledged(bench: Bench) -> None:
    counted(bench)
    call_id = bench.rings()
    bench.pump.until(lambda: bench.phone.service.journalled == 1)
    assert list(journal(bench)) == [call_id]
    bench.phone.outside.hangs_up(call_id)
    bench.pump.until(lambda: bench.phone.service.journalled == 2)
    assert journal(bench)[call_id]["owed"] == [Reason.MISSED]


@pytest.mark.usefixtures("errors_expected")
def test_what_cannot_be_written_is_acknowledged_when_it_can(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted(bench)
    record, full = SqlStore.record_call, [True]

    def no_room(store: SqlStore, call: Call) -> None:
        if full:
            raise StoreError("the disk is full")
        record(store, call)

    monkeypatch.setattr(SqlStore, "record_call", no_room)
    call_id = bench.rings()
    for _ in range(30):
        bench.pump.advance(1)
        assert journal(bench) == {}
    assert bench.phone.service.journalled == 0
    full.clear()
    for _ in range(60):
        bench.pump.advance(1)
        written = list(journal(bench)) == [call_id]
        assert written or not bench.phone.service.journalled
    assert bench.phone.service.journalled == 1


def test_what_no_desk_heard_is_acknowledged_after_it_was_written(bench: Bench) -> None:
    at, call_id = crash(bench), uuid4()
    bench.start(PhoneResumed(missed=((at, incoming(bench, call_id, at)),)))
    bench.phone.service.told = lambda: 1
    bench.pump.until(lambda: bench.phone.service.journalled == 1)
    assert list(journal(bench)) == [call_id]
