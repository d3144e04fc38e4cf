"""Whether a client's forwarding reaches us, and that no real caller is taken for the test."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from receptionist.errors import BadInput, NotFound
from receptionist.events import ForwardingTested, PhoneRefused, WorkAdded, WorkDone
from receptionist.model.call import CallState, Cause
from receptionist.model.dialled import Called
from receptionist.model.forwarding import ForwardingOutcome
from receptionist.model.worklist import WorkItem
from receptionist.reasons import Reason
from tests.unit.desk.conftest import LAWYER_NUMBER, PAINTER_NUMBER, Bench
from tests.unit.desk.test_transfers import connected, state, talking

OURS = "+493023125000"
PUBLIC = "+492214710001"


def with_our_number(bench: Bench) -> None:
    """The user of the line is its number, so that we know ourselves."""
    (line,) = bench.directory.lines
    done: list[bool] = []
    office = replace(bench.directory, lines=(replace(line, user=OURS),))
    bench.desk.import_directory(office, lambda: done.append(True), bench.fail)
    bench.pump.until(lambda: done)


def begin(bench: Bench, number: str = "") -> UUID:
    """A test call went out; its id."""
    before = set(bench.phone.outside.dialled)
    bench.desk.forwarding.test(bench.painter.id, number)
    (call_id,) = set(bench.phone.outside.dialled) - before
    return call_id


def outcome(bench: Bench) -> ForwardingTested:
    bench.wait_for(ForwardingTested)
    (told,) = bench.seen(ForwardingTested)
    assert bench.desk.forwarding.testing is None
    return told


def gone(bench: Bench, call_id: UUID) -> None:
    bench.pump.until(lambda: call_id not in bench.phone.calls)


def test_what_carries_our_number_is_the_test_and_rings_no_longer(bench: Bench) -> None:
    with_our_number(bench)
    test = begin(bench)
    assert bench.phone.outside.dialled[test] == PAINTER_NUMBER
    assert bench.phone.outside.asked[test].shown_as == ""
    rang = bench.rings(PAINTER_NUMBER, OURS)
    told = outcome(bench)
    assert (told.outcome, told.dialled) == (ForwardingOutcome.MATCHED, PAINTER_NUMBER)
    assert told.found_client_id == bench.painter.id
    assert "Malerbetrieb Muster" in told.message
    assert told.arrived is not None
    assert told.arrived.to.startswith(f"sip:{PAINTER_NUMBER}@")
    gone(bench, test)
    assert not bench.phone.outside.asked[test].headset, "nobody speaks into what may be a mailbox"
    assert connected(bench, rang)[0].cause is Cause.DECLINED
    assert bench.seen(WorkAdded) == []


def test_nobody_is_put_on_hold_for_a_test(bench: Bench) -> None:
    with_our_number(bench)
    caller = talking(bench, LAWYER_NUMBER)
    begin(bench)
    bench.rings(PAINTER_NUMBER, OURS)
    outcome(bench)
    assert state(bench, caller) is CallState.ACTIVE
    bench.pump.until(lambda: [one.id for one in bench.desk.switchboard.calls] == [caller])


def test_nobody_is_put_on_hold_when_a_mailbox_answers(bench: Bench) -> None:
    caller = talking(bench, LAWYER_NUMBER)
    bench.phone.outside.answers(begin(bench))
    outcome(bench)
    bench.pump.post(lambda: None)
    assert "held" not in bench.phone.outside.saw(caller)


def owed(bench: Bench) -> list[str]:
    """Who is to be called back."""
    found: list[tuple[WorkItem, ...]] = []
    bench.desk.work.read(found.append)
    bench.pump.until(lambda: found)
    return [one.number for one in found[0]]


SHOWN = "+493023125044"
"""Whose number the forwarding shows: neither ours nor the caller's."""


def test_nobody_is_called_back_for_what_went_when_we_hung_up(bench: Bench) -> None:
    test = begin(bench)
    rang = bench.rings(PAINTER_NUMBER, SHOWN)
    bench.pump.advance(2)
    gone(bench, test)
    bench.phone.outside.hangs_up(rang)
    outcome(bench)
    bench.wait_for(WorkDone)
    assert owed(bench) == []


@pytest.mark.parametrize("goes", [True, False])
def test_nobody_is_called_back_for_what_was_answered_with_our_call(
    bench: Bench, goes: bool
) -> None:
    """If it goes at once. Who rings on is a caller as any other."""
    test = begin(bench)
    rang = bench.rings(PAINTER_NUMBER, SHOWN)
    bench.phone.outside.answers(test)
    outcome(bench)
    if not goes:
        bench.pump.advance(6)
    bench.phone.outside.hangs_up(rang)
    bench.wait_for(WorkAdded)
    if goes:
        bench.wait_for(WorkDone)
    assert owed(bench) == ([] if goes else [SHOWN])


def test_it_arrives_at_another_client(bench: Bench) -> None:
    with_our_number(bench)
    begin(bench)
    bench.rings(LAWYER_NUMBER, OURS)
    told = outcome(bench)
    assert told.outcome is ForwardingOutcome.OTHER_CLIENT
    assert told.found_client_id == bench.lawyer.id
    assert "Kanzlei Beispiel" in told.message


def test_it_arrives_as_a_number_nobody_has(bench: Bench) -> None:
    with_our_number(bench)
    begin(bench)
    bench.rings("+493023125099", OURS)
    told = outcome(bench)
    assert (told.outcome, told.dialled) == (ForwardingOutcome.UNKNOWN_NUMBER, "+493023125099")
    assert "+49 30 23125099" in told.message


def test_what_arrived_is_shown_with_its_diversion(bench: Bench) -> None:
    with_our_number(bench)
    begin(bench, PUBLIC)
    called = Called(
        to=f"sip:{PAINTER_NUMBER}@sip.example", diversion=(f"sip:{PUBLIC}@sip.example",)
    )
    bench.phone.outside.rings(caller=OURS, called=called)
    told = outcome(bench)
    assert told.outcome is ForwardingOutcome.MATCHED
    assert told.arrived == called


def test_it_arrives_when_there_is_no_room(bench: Bench) -> None:
    with_our_number(bench)
    begin(bench)
    bench.phone.tell(
        PhoneRefused(
            line_id=bench.directory.lines[0].id,
            called=Called(to=f"sip:{PAINTER_NUMBER}@sip.example"),
            caller_uri=f"sip:{OURS}@sip.example",
            caller_name="",
            reason=Reason.CALL_LIMIT,
            at=bench.clock.now(),
        )
    )
    assert outcome(bench).outcome is ForwardingOutcome.MATCHED
    bench.wait_for(WorkDone)
    assert owed(bench) == []


def test_what_goes_when_we_hang_up_was_the_test(bench: Bench) -> None:
    test = begin(bench)
    rang = bench.rings(PAINTER_NUMBER, "")
    bench.pump.advance(2)
    gone(bench, test)
    assert bench.seen(ForwardingTested) == []
    bench.phone.outside.hangs_up(rang)
    assert outcome(bench).outcome is ForwardingOutcome.MATCHED


def test_a_real_caller_meanwhile_goes_on_ringing_and_it_is_tried_again(bench: Bench) -> None:
    first = begin(bench)
    caller = bench.rings(PAINTER_NUMBER)
    bench.pump.advance(2)
    gone(bench, first)
    bench.pump.advance(5)
    second = next(one for one in bench.phone.calls if one not in (first, caller))
    assert bench.phone.outside.dialled[second] == PAINTER_NUMBER
    assert state(bench, caller) is CallState.RINGING
    bench.pump.advance(20)
    assert outcome(bench).outcome is ForwardingOutcome.NEVER_ARRIVED
    assert state(bench, caller) is CallState.RINGING


def test_a_real_caller_who_gives_up_meanwhile_is_owed_a_call_and_is_no_arrival(
    bench: Bench,
) -> None:
    test = begin(bench)
    caller = bench.rings(PAINTER_NUMBER)
    bench.phone.outside.hangs_up(caller)
    bench.wait_for(WorkAdded)
    bench.pump.advance(3)
    assert test in bench.phone.calls
    rang = bench.rings(PAINTER_NUMBER, "")
    bench.pump.advance(2)
    gone(bench, test)
    bench.phone.outside.hangs_up(rang)
    assert outcome(bench).outcome is ForwardingOutcome.MATCHED


def test_real_callers_twice_are_no_arrival(bench: Bench) -> None:
    begin(bench)
    bench.rings(PAINTER_NUMBER)
    bench.pump.advance(7)
    bench.rings(LAWYER_NUMBER)
    bench.pump.advance(7)
    assert outcome(bench).outcome is ForwardingOutcome.NEVER_ARRIVED
    assert len(bench.desk.switchboard.calls) == 2


def test_a_suspect_who_is_answered_with_our_call_is_the_test(bench: Bench) -> None:
    test = begin(bench)
    bench.rings(PAINTER_NUMBER, "")
    bench.phone.outside.answers(test)
    assert outcome(bench).outcome is ForwardingOutcome.MATCHED
    gone(bench, test)


def test_a_suspect_whom_the_receptionist_refuses_is_the_test(bench: Bench) -> None:
    test = begin(bench)
    rang = bench.rings(PAINTER_NUMBER, "")
    bench.desk.switchboard.decline(rang)
    connected(bench, rang)
    bench.phone.outside.fails(test, 486)
    assert outcome(bench).outcome is ForwardingOutcome.MATCHED


def test_nothing_arrives_in_time(bench: Bench) -> None:
    test = begin(bench)
    bench.pump.advance(19.5)
    assert bench.seen(ForwardingTested) == []
    bench.pump.advance(1)
    told = outcome(bench)
    assert told.outcome is ForwardingOutcome.NEVER_ARRIVED
    assert told.arrived is None
    gone(bench, test)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (486, ForwardingOutcome.BUSY),
        (480, ForwardingOutcome.NEVER_ARRIVED),
        (603, ForwardingOutcome.REFUSED),
        (404, ForwardingOutcome.REFUSED),
        (503, ForwardingOutcome.NOT_DIALLED),
    ],
)
def test_our_call_comes_to_nothing(bench: Bench, status: int, expected: ForwardingOutcome) -> None:
    bench.phone.outside.fails(begin(bench), status)
    assert outcome(bench).outcome is expected


def test_a_mailbox_is_no_forwarding(bench: Bench) -> None:
    test = begin(bench)
    bench.phone.outside.answers(test)
    assert outcome(bench).outcome is ForwardingOutcome.ANSWERED
    gone(bench, test)


def test_without_a_phone_nothing_is_said_of_the_forwarding(bench: Bench) -> None:
    bench.phone.failing.add("dial")
    bench.desk.forwarding.test(bench.painter.id)
    assert outcome(bench).outcome is ForwardingOutcome.NOT_DIALLED


def test_one_test_at_a_time_and_of_a_client_with_a_number(bench: Bench) -> None:
    begin(bench)
    assert bench.desk.forwarding.testing == bench.painter.id
    with pytest.raises(BadInput, match="already"):
        bench.desk.forwarding.test(bench.lawyer.id)
    bench.pump.advance(21)
    outcome(bench)
    with pytest.raises(NotFound):
        bench.desk.forwarding.test(bench.directory.office.id)
    with pytest.raises(BadInput):
        bench.desk.forwarding.test(bench.painter.id, "Muster")
    begin(bench)
