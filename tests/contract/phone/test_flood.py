"""A call goes on, and the next one comes, whatever somebody on the network sends meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from receptionist.events import (
    PhoneAnswered,
    PhoneDigit,
    PhoneEnded,
    PhoneIncoming,
    PhoneRefused,
)
from receptionist.model.call import Cause
from receptionist.reasons import Reason
from tests.contract.phone.world import DIALLED, RealWorld, in_call
from tests.doubles.processes import children
from tests.doubles.sip.flood import Flood
from tests.doubles.sip.raw import RawPhone

SECONDS = 4.0
GARBAGE_S = 2000
INVITES_S = 200
STRANGER = "127.0.0.66"


@pytest.fixture
def call(real: RealWorld) -> Iterator[UUID]:
    """A call before, during and after what is sent; no process may be another afterwards."""
    call_id = in_call(real)
    exchange = real.phone.engine_process
    assert exchange is not None
    worker = sorted(children(exchange))[0]
    yield call_id
    assert real.phone.engine_process == exchange
    assert worker in children(exchange)
    assert not real.desk.all(PhoneEnded, call_id=call_id)
    real.peer_presses(call_id, "5")
    assert real.desk.wait(PhoneDigit, call_id=call_id).digit == "5"


def test_an_ack_to_a_call_that_still_rings(real: RealWorld, call: UUID) -> None:
    """It acknowledges nothing, and the call rings on."""
    with RawPhone() as raw:
        raw.invite(real.phone.sip_port, user=DIALLED)
        raw.wait("SIP/2.0 180")
        branch = raw.wait("SIP/2.0 180").header("Via").partition("branch=z9hG4bK")[2]
        raw.request("ACK", branch=branch.partition(";")[0])
        ringing = real.desk.wait(PhoneIncoming, 2).call_id
        real.phone.answer(ringing)
        raw.confirm("200")
        real.desk.wait(PhoneAnswered, call_id=ringing)
        raw.request("BYE")
        assert real.desk.wait(PhoneEnded, call_id=ringing).cause is Cause.CALLER_HUNG_UP


def test_garbage(real: RealWorld, call: UUID) -> None:
    flood = Flood(real.phone.sip_port)
    assert flood.run(SECONDS, garbage_s=GARBAGE_S) > GARBAGE_S
    flood.close()


def test_strangers_who_call(real: RealWorld, call: UUID) -> None:
    flood = Flood(real.phone.sip_port, STRANGER)
    flood.run(SECONDS, invites_s=INVITES_S, user=DIALLED)
    flood.close()
    assert "180" not in flood.answers
    assert real.desk.wait(PhoneRefused).reason is Reason.STRANGER


def test_a_trunk_gone_mad(real: RealWorld, call: UUID) -> None:
    """More calls than anybody can take: some ring, and every other is told as one that was lost."""
    flood = Flood(real.phone.sip_port)
    sent = flood.run(SECONDS, invites_s=INVITES_S, user=DIALLED)
    flood.close()
    assert sent > INVITES_S
    assert flood.answers.get("180"), flood.answers
    assert flood.answers.get("503"), flood.answers
    assert real.desk.wait(PhoneRefused).reason is Reason.CALL_LIMIT
