"""Transfers as bytes show them: words that are late or never come, and callers of two workers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from receptionist.events import (
    PhoneAnswered,
    PhoneEnded,
    PhoneTransferFailed,
    PhoneTransferred,
)
from receptionist.model.call import Cause
from receptionist.phone import wire
from tests.contract.phone.engine_process import EngineProcess, in_call
from tests.contract.phone.world import DIALLED, trunk
from tests.doubles.sip.raw import RawPhone
from tests.doubles.sip.softphone import Softphone


def test_callers_of_two_workers_are_connected(
    tmp_path: Path, free_udp_port: Callable[[], int]
) -> None:
    with (
        EngineProcess(tmp_path) as one,
        EngineProcess(tmp_path) as two,
        Softphone(free_udp_port()) as caller,
        Softphone(free_udp_port()) as owner,
    ):
        one.register(trunk("127.0.0.1"))
        caller.do(f"dial sip:{DIALLED}@127.0.0.1:{one.sip_port}")
        waits = one.answers()
        agrees = two.dials(two.register(trunk("127.0.0.1")), f"sip:owner@{owner.address}")
        two.wait(PhoneAnswered, call_id=agrees)
        two.tell(wire.DialogOf(call_id=agrees))
        replaces = two.wait(wire.Dialog, call_id=agrees).replaces
        one.tell(wire.TransferTo(call_id=waits, other_id=agrees, replaces=replaces))
        one.wait(PhoneTransferred, call_id=waits)
        one.wait(PhoneEnded, call_id=waits, cause=Cause.TRANSFERRED)
        two.wait(PhoneEnded, call_id=agrees)
        owner.wait("replaced 1 2")
        for phone in (caller, owner):
            phone.wait("heard 2")


def test_a_late_word_about_a_transfer_is_not_about_the_next(tmp_path: Path, raw: RawPhone) -> None:
    with EngineProcess(tmp_path, transfer_s=1) as engine:
        engine.register(trunk("127.0.0.1"))
        call_id = in_call(engine, raw)
        engine.tell(wire.Transfer(call_id=call_id, target="+492214710177"))
        first = raw.wait("REFER").header("CSeq").split()[0]
        engine.wait(PhoneTransferFailed, call_id=call_id, status=408)
        engine.tell(wire.Transfer(call_id=call_id, target="+492214710178"))
        second = raw.wait("REFER", count=2).header("CSeq").split()[0]
        raw.notify("486 Busy Here", first)
        raw.notify("100 Trying", second, ends=False)
        raw.notify("603 Decline", second)
        engine.wait(PhoneTransferFailed, call_id=call_id, status=603)
        assert not engine.all(PhoneTransferFailed, status=486)


@pytest.mark.usefixtures("line")
def test_who_takes_a_refer_and_hangs_up_was_transferred(
    engine: EngineProcess, raw: RawPhone
) -> None:
    """There are exchanges that never say how it went."""
    call_id = in_call(engine, raw)
    engine.tell(wire.Transfer(call_id=call_id, target="+492214710177"))
    raw.wait("REFER")
    raw.request("BYE")
    engine.wait(PhoneTransferred, call_id=call_id)
    assert engine.wait(PhoneEnded, call_id=call_id).cause is Cause.TRANSFERRED
