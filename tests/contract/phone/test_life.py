"""The life of the phone beyond its window: a real exchange with real workers, and windows that die.

What is measured is measured at the caller's: every packet he gets, and what was recorded of him.
"""

from __future__ import annotations

import io
import itertools
import os
import time
import wave
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from receptionist.events import (
    EngineChanged,
    EngineState,
    LineChanged,
    LineState,
    PhoneAnswered,
    PhoneAttended,
    PhoneEnded,
    PhoneHeld,
    PhoneIncoming,
    PhoneJoined,
    PhoneQuality,
    PhoneRecorded,
    PhoneRefused,
    PhoneResumed,
)
from receptionist.model.call import Cause
from receptionist.model.unattended import StepKind
from receptionist.phone.wire.rendezvous import find
from receptionist.phone.wire.reports import VERSION
from receptionist.reasons import Reason
from receptionist.sealing import new_keys, open_sealed
from tests.contract.phone.windows import (
    LOUD,
    Office,
    goes_on,
    in_call,
    lives,
    port_of,
)
from tests.contract.phone.world import DIALLED
from tests.doubles.sip.softphone import Softphone
from tests.doubles.sip.talker import CEILING_S, Talker, longest_gap

FRAME = 160
LOST = 100
SEALED = 20_000
"""Bytes of more than a second."""

LONG_S = 1.0
"""So long says nobody in a call nothing; the bench asks for 100 ms."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.close()


@pytest.mark.alone
def test_a_call_outlives_its_window_and_is_taken_over(office: Office) -> None:
    in_call(office)
    assert os.getsid(office.exchange()) == office.exchange(), "Ctrl+C in a terminal is not for it"
    before = len(office.caller.packets)
    office.window_dies()
    goes_on(office, 50)
    desk = office.desk()
    (live,) = desk.wait(PhoneResumed).living
    desk.wait(EngineChanged, state=EngineState.READY)
    assert live.incoming
    assert live.line_id == office.line.id
    assert live.answered_at is not None
    assert live.called is not None
    assert DIALLED in live.called.to
    goes_on(office, 25)
    heard = office.caller.packets[before:]
    pairs = list(itertools.pairwise(heard))
    assert {(after.number - before.number) % 65_536 for before, after in pairs} == {1}
    assert {after.timestamp - before.timestamp for before, after in pairs} == {FRAME}
    assert min(packet.loudness for packet in heard) > LOUD
    assert longest_gap(heard) < LONG_S
    desk.phone.hang_up(live.call_id)
    assert desk.wait(PhoneEnded).cause is Cause.WE_HUNG_UP
    office.caller.wait_for("BYE")
    quality = desk.all(PhoneQuality, call_id=live.call_id)[-1]
    assert quality.loss_permille < LOST, "what the caller says arrives as well"


def test_a_window_that_only_left_finds_its_call_again(office: Office) -> None:
    first = office.desk()
    first.takes(office.line)
    office.caller.call(DIALLED, port_of(first))
    call_id = first.wait(PhoneIncoming).call_id
    first.phone.leave()
    second = office.desk()
    (live,) = second.wait(PhoneResumed).living
    assert (live.call_id, live.answered_at) == (call_id, None)
    second.wait(EngineChanged, state=EngineState.READY)
    second.phone.answer(call_id)
    office.caller.talk()
    second.wait(PhoneAnswered, call_id=call_id)
    second.phone.hold(call_id)
    second.wait(PhoneHeld, call_id=call_id, held=True)
    goes_on(office, 5)
    office.caller.hang_up()
    assert second.wait(PhoneEnded, call_id=call_id).cause is Cause.CALLER_HUNG_UP


def test_a_conference_outlives_its_window_and_can_be_parted(
    office: Office, free_udp_port: Callable[[], int]
) -> None:
    with Softphone(free_udp_port()) as owner:
        office.caller.call(DIALLED, office.window(f"confers sip:owner@{owner.address}"))
        office.caller.talk()
        office.says("joined")
        office.window_dies()
        goes_on(office, 25)
        desk = office.desk()
        caller, asked = sorted(desk.wait(PhoneResumed).living, key=lambda one: not one.incoming)
        assert (caller.incoming, asked.incoming) == (True, False)
        assert (caller.joined, asked.joined) == (asked.call_id, caller.call_id)
        assert (caller.beside, asked.beside) == (None, caller.call_id)
        desk.wait(EngineChanged, state=EngineState.READY)
        desk.phone.part(caller.call_id, asked.call_id)
        desk.wait(PhoneJoined, call_id=caller.call_id, other_id=asked.call_id, joined=False)
        desk.phone.join(caller.call_id, asked.call_id)
        desk.wait(PhoneJoined, call_id=caller.call_id, other_id=asked.call_id, joined=True)
        desk.phone.hang_up(asked.call_id)
        assert desk.wait(PhoneEnded, call_id=asked.call_id).cause is Cause.WE_HUNG_UP
        goes_on(office, 5)
        office.caller.hang_up()
        assert desk.wait(PhoneEnded, call_id=caller.call_id).cause is Cause.CALLER_HUNG_UP


def test_what_a_window_recorded_is_whole_when_it_is_dead(office: Office) -> None:
    path, (public, private) = office.data / "recording.sealed", new_keys()
    office.caller.call(DIALLED, office.window(f"records {path} {public}"))
    office.caller.talk()
    office.says("answered")
    office.caller.until(lambda: path.exists() and path.stat().st_size > SEALED)
    office.window_dies()
    desk = office.desk()
    resumed = desk.wait(PhoneResumed)
    (live,) = resumed.living
    told = [one for _, one in resumed.missed if isinstance(one, PhoneRecorded)]
    desk.until(lambda: told or desk.all(PhoneRecorded))
    (recorded,) = told or desk.all(PhoneRecorded)
    assert (recorded.call_id, recorded.path) == (live.call_id, str(path))
    with wave.open(io.BytesIO(open_sealed(path, private))) as sound:
        assert round(sound.getnframes() / sound.getframerate()) == recorded.seconds
    goes_on(office, 5)


def heard(caller: Talker, *starts: str) -> bool:
    """Whether he got a SIP message that begins so."""
    return any(one.startswith(starts) for one in tuple(caller.saw))


def answered(office: Office, *headers: str) -> Talker:
    """Another caller with these headers, who is answered; who is told to come later does so."""
    while True:
        caller = Talker()
        caller.call(DIALLED, office.port, *headers)
        caller.until(partial(heard, caller, "SIP/2.0 180", "SIP/2.0 503"))
        if not heard(caller, "SIP/2.0 503"):
            caller.talk()
            return caller
        caller.close()


def test_a_call_that_is_handed_over_to_us_rings(office: Office) -> None:
    """Our caller's phone says to a second one: take my place there."""
    in_call(office)
    first = office.caller
    headers = (f"Replaces: {first.replaces}", "Require: replaces")
    with answered(office, *headers) as second:
        second.until(lambda: len(second.packets) > 5)
        assert not heard(first, "BYE"), "it is for him to go"
        first.hang_up()
        first.until(lambda: any("CSeq: 2 BYE" in one for one in first.saw))
        enough = len(second.packets) + 25
        second.until(lambda: len(second.packets) >= enough)
        with Talker() as third:
            third.call(DIALLED, office.port, *headers)
            third.wait_for("SIP/2.0 481")


def test_who_rings_while_nobody_is_there_is_told_to_the_next(office: Office) -> None:
    port = office.window("misses")
    office.window_dies()
    office.caller.call(DIALLED, port)
    office.caller.wait_for("SIP/2.0 180")
    office.caller.hang_up()
    office.caller.wait_for("SIP/2.0 487")
    resumed = office.desk().wait(PhoneResumed)
    assert resumed.living == ()
    (at, rang), (_, over) = resumed.missed
    assert isinstance(rang, PhoneIncoming)
    assert isinstance(over, PhoneEnded)
    assert (over.call_id, over.cause) == (rang.call_id, Cause.MISSED)
    assert at >= rang.at


def test_it_ends_some_time_after_the_last_call_and_forgets_nothing(office: Office) -> None:
    in_call(office)
    exchange = office.exchange()
    office.window_dies()
    goes_on(office, 100)
    assert lives(exchange), "not while there is a call"
    office.caller.hang_up()
    deadline = time.monotonic() + CEILING_S
    while lives(exchange):
        assert time.monotonic() < deadline, "the exchange outlives everybody"
        time.sleep(0.05)
    assert find(str(office.data)) is None
    resumed = office.desk().wait(PhoneResumed)
    assert resumed.living == ()
    over = resumed.missed[-1][1]
    assert isinstance(over, PhoneEnded)
    assert over.cause is Cause.CALLER_HUNG_UP


def test_a_desk_of_another_version_lets_it_come_to_its_end(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_call(office)
    first = office.exchange()
    office.window_dies()
    monkeypatch.setattr("receptionist.phone.wire.VERSION", VERSION + 1)
    desk = office.desk()
    desk.phone.register(office.line, None)
    desk.wait(LineChanged, line_id=office.line.id, reason=Reason.ENGINE_OLD)
    (live,) = desk.wait(PhoneResumed).living
    with Talker() as other:
        other.call(DIALLED, port_of(desk))
        other.wait_for("SIP/2.0 4")
    assert DIALLED in desk.wait(PhoneRefused).called.to
    monkeypatch.setattr("receptionist.phone.wire.VERSION", VERSION)
    desk.phone.hang_up(live.call_id)
    assert desk.wait(PhoneEnded, call_id=live.call_id).cause is Cause.WE_HUNG_UP
    desk.wait(LineChanged, line_id=office.line.id, state=LineState.READY)
    assert office.exchange() != first


def test_nobody_there_means_the_plan_for_that(office: Office) -> None:
    port = office.window("plans")
    office.window_dies()
    office.caller.call(DIALLED, port)
    office.caller.talk()
    goes_on(office, 5)
    desk = office.desk()
    resumed = desk.wait(PhoneResumed)
    (live,) = resumed.living
    assert live.step is StepKind.QUEUE
    told = [event for _, event in resumed.missed]
    assert [type(event) for event in told] == [PhoneIncoming, PhoneAttended]
