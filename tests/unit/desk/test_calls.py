"""What is done with calls beside answering: toggle, send on, refuse, dial again, remind, trace."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from receptionist.desk.redial import LastDialled
from receptionist.errors import BadInput, NotFound
from receptionist.events import (
    CallEnded,
    CallFailed,
    HoldReminder,
    LineChanged,
    LineState,
    PhoneHeld,
    PhoneTrace,
    TraceReady,
    WayTaken,
    WorkAdded,
)
from receptionist.model.call import CallState, Cause
from receptionist.model.office import Line
from receptionist.model.refusal import REFUSALS
from receptionist.model.route import Route, Way, Why
from tests.unit.desk.conftest import LAWYER_NUMBER, Bench
from tests.unit.desk.test_transfers import OWNER, asking, connected, state, talking

PRESS = "+493023125177"


def spoken_to(bench: Bench, call_id: UUID) -> None:
    """Wait until this call alone is spoken to."""

    def alone() -> bool:
        calls = bench.desk.switchboard.calls
        return [one.id for one in calls if one.state is CallState.ACTIVE] == [call_id]

    bench.pump.until(alone)


# ---- toggle


def test_one_key_goes_to_and_fro_between_two_callers(bench: Bench) -> None:
    first = talking(bench)
    second = talking(bench, LAWYER_NUMBER)
    spoken_to(bench, second)
    for expected in (first, second, first):
        assert bench.desk.switchboard.toggle() == expected
        spoken_to(bench, expected)


def test_a_consultation_is_toggled_with_its_caller_and_nobody_else(bench: Bench) -> None:
    caller = talking(bench)
    other = talking(bench, LAWYER_NUMBER)
    bench.desk.switchboard.resume(caller)
    spoken_to(bench, caller)
    owner = asking(bench, caller)
    bench.clock.move(5)
    bench.phone.tell(PhoneHeld(call_id=other, held=False))
    spoken_to(bench, owner)
    assert bench.desk.switchboard.toggle() == caller
    spoken_to(bench, caller)
    assert bench.desk.switchboard.toggle() == owner


def test_there_is_nobody_to_toggle_to(bench: Bench) -> None:
    talking(bench)
    with pytest.raises(BadInput, match="on hold"):
        bench.desk.switchboard.toggle()


def test_a_caller_hears_the_music_of_his_client_on_hold(bench: Bench) -> None:
    bench.desk.switchboard.focus.music_of = lambda client_id: f"{client_id}.wav"
    first = talking(bench)
    second = talking(bench, LAWYER_NUMBER)
    spoken_to(bench, second)
    bench.desk.switchboard.hold(second)
    bench.pump.until(lambda: state(bench, second) is CallState.HELD)
    assert bench.phone.outside.music == {
        first: f"{bench.painter.id}.wav",
        second: f"{bench.lawyer.id}.wav",
    }


# ---- a call that rings


def test_a_ringing_caller_is_sent_on(bench: Bench) -> None:
    call_id = bench.rings()
    bench.desk.switchboard.redirect(call_id, "0221 4710177")
    (call,) = connected(bench, call_id)
    assert (call.cause, call.connected_to) == (Cause.TRANSFERRED, OWNER)
    assert bench.seen(WorkAdded) == []


def test_a_caller_who_cannot_be_sent_on_goes_on_ringing(bench: Bench) -> None:
    call_id = bench.rings()
    bench.phone.failing.add("redirect")
    bench.desk.switchboard.redirect(call_id, OWNER)
    bench.wait_for(CallFailed)
    assert state(bench, call_id) is CallState.RINGING
    bench.phone.outside.hangs_up(call_id)
    (call,) = connected(bench, call_id)
    assert (call.cause, call.connected_to) == (Cause.MISSED, "")


def test_only_a_ringing_caller_is_sent_on(bench: Bench) -> None:
    caller = talking(bench)
    with pytest.raises(BadInput, match="rings"):
        bench.desk.switchboard.redirect(caller, OWNER)
    ringing = bench.rings(LAWYER_NUMBER)
    with pytest.raises(BadInput, match="letters"):
        bench.desk.switchboard.redirect(ringing, "Frau Muster")


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: one.key)
def test_the_caller_is_told_why_he_is_refused(bench: Bench, refusal: object) -> None:
    assert refusal in REFUSALS
    chosen = next(one for one in REFUSALS if one is refusal)
    call_id = bench.rings()
    saw = bench.phone.outside.saw(call_id)
    bench.desk.switchboard.decline(call_id, chosen.status, chosen.reason)
    (call,) = connected(bench, call_id)
    assert call.cause is Cause.DECLINED
    assert saw[-1] == f"refused {chosen.status} {chosen.reason}"


# ---- holds are not forgotten


def test_who_waits_is_brought_to_mind_again_and_again(bench: Bench) -> None:
    caller = talking(bench)
    bench.desk.switchboard.hold(caller)
    bench.pump.until(lambda: state(bench, caller) is CallState.HELD)
    bench.pump.advance(59)
    assert bench.seen(HoldReminder) == []
    bench.pump.advance(61.5)
    told = [(one.call.id, one.seconds) for one in bench.seen(HoldReminder)]
    assert told == [(caller, 60), (caller, 120)]
    assert bench.seen(HoldReminder)[0].client == bench.painter
    bench.desk.switchboard.resume(caller)
    bench.pump.until(lambda: state(bench, caller) is CallState.ACTIVE)
    bench.pump.advance(300)
    assert len(bench.seen(HoldReminder)) == 2


def test_no_reminder_where_none_is_wanted_nor_for_who_has_gone(bench: Bench) -> None:
    bench.desk.reminders.every_s = 0
    caller = talking(bench)
    bench.desk.switchboard.hold(caller)
    bench.pump.until(lambda: state(bench, caller) is CallState.HELD)
    bench.pump.advance(300)
    bench.desk.reminders.every_s = 30
    bench.desk.switchboard.resume(caller)
    bench.pump.until(lambda: state(bench, caller) is CallState.ACTIVE)
    bench.desk.switchboard.hold(caller)
    bench.pump.until(lambda: state(bench, caller) is CallState.HELD)
    bench.phone.outside.hangs_up(caller)
    connected(bench, caller)
    bench.pump.advance(300)
    assert bench.seen(HoldReminder) == []


# ---- ways


def office_with_two_lines(bench: Bench) -> tuple[Line, Line]:
    """The office has a second line, and both are ready."""
    (first,) = bench.directory.lines
    second = replace(first, id=uuid4(), key="second", name="Zweite")
    done: list[bool] = []
    office = replace(bench.directory, lines=(first, second))
    bench.desk.import_directory(office, lambda: done.append(True), bench.fail)
    bench.pump.until(lambda: done)
    for line in bench.directory.lines:
        bench.phone.register(line, None)
        bench.desk.switchboard.heard(LineChanged(line_id=line.id, state=LineState.READY))
    by_key = {line.key: line for line in bench.directory.lines}
    return by_key["main"], by_key["second"]


def with_ways(bench: Bench, *lines: Line, cents: int | None = 1) -> None:
    """Every number can be called over these lines, in this order; `cents` None: nobody knows."""

    def ways(number: str, client_id: UUID | None) -> tuple[Way, ...]:
        if cents is None:
            return tuple(Way(line_id=line.id, why=Why.UNKNOWN) for line in lines)
        return tuple(
            Way(
                line_id=line.id,
                why=Why.PRICE,
                route=Route(prefix="", line_id=line.id, cents=Decimal(cents)),
            )
            for line in lines
        )

    bench.desk.switchboard.dialling.ways_to = ways


def over(bench: Bench, call_id: UUID) -> UUID:
    return bench.phone.outside.asked[call_id].line_id


def test_the_best_way_is_shown_and_taken(bench: Bench) -> None:
    main, second = office_with_two_lines(bench)
    with_ways(bench, second, main)
    target, ways = bench.desk.switchboard.dialling.offer("030 23125-177", bench.painter.id)
    assert (target, [way.line_id for way in ways]) == (PRESS, [second.id, main.id])
    assert over(bench, bench.desk.switchboard.dial(PRESS)) == second.id
    assert over(bench, bench.desk.switchboard.dial(PRESS, line_id=main.id)) == main.id


@pytest.mark.parametrize("status", [0, 401, 403, 408, 500, 503])
def test_a_line_that_fails_gives_place_to_the_next(bench: Bench, status: int) -> None:
    main, second = office_with_two_lines(bench)
    with_ways(bench, second, main)
    call_id = bench.desk.switchboard.dial(PRESS)
    bench.phone.outside.fails(call_id, status)
    bench.wait_for(WayTaken)
    told = bench.seen(WayTaken)[-1]
    assert (told.call.id, told.call.line_id, told.failed_line_id) == (call_id, main.id, second.id)
    assert "Zweite" in told.message
    assert "Amt" in told.message
    assert over(bench, call_id) == main.id
    assert state(bench, call_id) is CallState.DIALLING
    bench.phone.outside.answers(call_id)
    bench.pump.until(lambda: state(bench, call_id) is CallState.ACTIVE)
    assert bench.seen(CallEnded) == []
    bench.desk.switchboard.hang_up(call_id)
    connected(bench, call_id)
    found: list[tuple[object, ...]] = []
    bench.desk.stop()
    bench.start()
    bench.desk.journal.today(found.append)
    bench.pump.until(lambda: found)
    assert [one.line_id for one in found[0]] == [main.id]  # type: ignore[attr-defined]


@pytest.mark.parametrize("status", [404, 480, 484, 486, 487, 600, 603])
def test_who_is_busy_or_not_there_is_not_called_again(bench: Bench, status: int) -> None:
    with_ways(bench, *office_with_two_lines(bench))
    call_id = bench.desk.switchboard.dial(PRESS)
    bench.phone.outside.fails(call_id, status)
    connected(bench, call_id)
    assert bench.seen(WayTaken) == []


def test_a_way_that_rang_was_good(bench: Bench) -> None:
    with_ways(bench, *office_with_two_lines(bench))
    call_id = bench.desk.switchboard.dial(PRESS)
    bench.phone.outside.alerts(call_id)
    bench.phone.outside.fails(call_id, 503)
    connected(bench, call_id)
    assert bench.seen(WayTaken) == []


def test_we_who_hang_up_do_not_try_the_next_way(bench: Bench) -> None:
    with_ways(bench, *office_with_two_lines(bench))
    call_id = bench.desk.switchboard.dial(PRESS)
    bench.desk.switchboard.hang_up(call_id)
    assert connected(bench, call_id)[0].cause is Cause.WE_HUNG_UP


def test_we_hang_up_while_the_line_fails(bench: Bench) -> None:
    with_ways(bench, *office_with_two_lines(bench))
    call_id = bench.desk.switchboard.dial(PRESS)
    bench.phone.outside.fails(call_id, 503)
    bench.desk.switchboard.hang_up(call_id)
    connected(bench, call_id)
    assert bench.seen(WayTaken) == []


def test_what_the_phone_cannot_dial_at_all_is_dialled_on_the_next_line(bench: Bench) -> None:
    main, second = office_with_two_lines(bench)
    with_ways(bench, second, main)
    bench.phone.unregister(second.id)
    call_id = bench.desk.switchboard.dial(PRESS)
    bench.wait_for(WayTaken)
    assert bench.seen(CallFailed) == []
    assert over(bench, call_id) == main.id
    bench.phone.outside.fails(call_id, 503)
    assert connected(bench, call_id)[0].cause is Cause.FAILED


def test_a_consultation_takes_the_line_of_the_caller_unless_a_rule_knows_better(
    bench: Bench,
) -> None:
    main, second = office_with_two_lines(bench)
    caller = talking(bench)
    his = bench.desk.switchboard.call(caller).line_id
    other = second if his == main.id else main
    with_ways(bench, other, second, main, cents=None)
    asked = bench.desk.transfers.consult(caller, OWNER)
    assert over(bench, asked) == his
    bench.desk.switchboard.hang_up(asked)
    connected(bench, asked)
    with_ways(bench, other)
    assert over(bench, bench.desk.transfers.consult(caller, OWNER)) == other.id


# ---- in whose name


def with_numbers(bench: Bench, **shown_as: str) -> None:
    """Clients show numbers of their own."""
    done: list[bool] = []
    clients = tuple(
        replace(one, shown_as=shown_as.get(one.key, "")) for one in bench.directory.clients
    )
    office = replace(bench.directory, clients=clients)
    bench.desk.import_directory(office, lambda: done.append(True), bench.fail)
    bench.pump.until(lambda: done)


def test_a_call_is_made_in_the_name_of_its_client_and_no_other(bench: Bench) -> None:
    with_numbers(bench, painter="+4930231250")
    board, asked = bench.desk.switchboard, bench.phone.outside.asked
    assert asked[board.dial(PRESS, client_id=bench.painter.id)].shown_as == "+4930231250"
    assert asked[board.dial(PRESS, client_id=bench.lawyer.id)].shown_as == ""
    assert asked[board.dial(PRESS)].shown_as == ""
    assert asked[board.dial("+4930231250", client_id=bench.painter.id)].shown_as == ""


@pytest.mark.parametrize("number", ["110", "112", "1 1 2"])
def test_help_is_called_in_our_own_name(bench: Bench, number: str) -> None:
    with_numbers(bench, painter="+4930231250")
    call_id = bench.desk.switchboard.dial(number, client_id=bench.painter.id)
    assert bench.phone.outside.asked[call_id].shown_as == ""
    assert bench.phone.outside.dialled[call_id] == number.replace(" ", "")


def test_the_owner_sees_the_office_and_is_called_beside_the_caller(bench: Bench) -> None:
    with_numbers(bench, painter="+4930231250")
    caller = talking(bench)
    asked = bench.phone.outside.asked[bench.desk.transfers.consult(caller, OWNER)]
    assert (asked.shown_as, asked.beside) == ("", caller)


# ---- redial


def last_of(bench: Bench, client_id: UUID | None) -> list[LastDialled]:
    told: list[tuple[LastDialled, ...]] = []
    bench.desk.redial.numbers(client_id, told.append)
    bench.pump.until(lambda: told)
    return list(told[0])


def call_once(bench: Bench, number: str, client_id: UUID | None, name: str = "") -> None:
    call_id = bench.desk.switchboard.dial(number, client_id=client_id, name=name)
    bench.phone.outside.fails(call_id, 486)
    connected(bench, call_id)
    bench.clock.move(60)


def test_the_last_numbers_of_a_client_are_his_own(bench: Bench) -> None:
    for number in (OWNER, PRESS, OWNER):
        call_once(bench, number, bench.painter.id, "Otto Beispiel")
    call_once(bench, "+493023125178", bench.lawyer.id)
    call_once(bench, "+493023125179", None)
    talking(bench)
    assert [one.number for one in last_of(bench, bench.painter.id)] == [OWNER, PRESS]
    assert last_of(bench, bench.painter.id)[0].name == "Otto Beispiel"
    assert [one.number for one in last_of(bench, None)] == ["+493023125179"]


def test_the_last_number_is_called_again_in_the_same_name(bench: Bench) -> None:
    call_once(bench, PRESS, bench.painter.id)
    told: list[UUID] = []
    bench.desk.redial.again(bench.painter.id, told.append, bench.fail)
    bench.pump.until(lambda: told)
    call = bench.desk.switchboard.call(told[0])
    assert (call.dialled, call.client_id) == (PRESS, bench.painter.id)


def test_there_is_no_last_number(bench: Bench) -> None:
    failed: list[Exception] = []
    bench.desk.redial.again(bench.lawyer.id, lambda call_id: None, failed.append)
    bench.pump.until(lambda: failed)
    assert isinstance(failed[0], NotFound)


# ---- traces


def test_the_messages_of_a_call_are_told(bench: Bench) -> None:
    caller = talking(bench)
    bench.desk.traces.ask(caller)
    assert bench.phone.service.traced == [caller]
    bench.phone.tell(PhoneTrace(call_id=caller, text="INVITE sip:desk@192.0.2.1 SIP/2.0"))
    bench.wait_for(TraceReady)
    told = bench.seen(TraceReady)[0]
    assert (told.call_id, told.text[:6]) == (caller, "INVITE")
    with pytest.raises(NotFound):
        bench.desk.traces.ask(uuid4())
