"""Calls whose voices look for their ways by ICE (RFC 8445): a real softphone is the other side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist.events import PhoneCommandFailed, PhoneEnded, PhoneIncoming
from receptionist.model.call import Cause
from receptionist.phone import wire
from tests.contract.phone.engine_process import EngineProcess
from tests.contract.phone.speaking import Opened, SpeakingOffice
from tests.contract.phone.world import DIALLED, trunk
from tests.doubles.addresses import own_address
from tests.doubles.sip.baresip import Baresip, Way
from tests.doubles.sip.raw import RawPhone
from tests.doubles.stun import StunServer

FOUND = "ice: audio: connectivity check is complete"


@pytest.fixture
def here() -> str:
    """Our address: on loopback ICE has nothing to look for."""
    address = own_address()
    if not address:
        pytest.skip("there is no other network than loopback")
    return address


@pytest.fixture
def peer(tmp_path: Path, here: str) -> Iterator[Baresip]:
    with Baresip(tmp_path / "peer", way=Way(host=here, ice=True)) as peer:
        yield peer


@pytest.fixture
def office(opened: Opened, here: str) -> SpeakingOffice:
    return opened(bind=here, ice=True)


def test_both_hear_each_other_when_we_call(office: SpeakingOffice, peer: Baresip) -> None:
    call_id = office.calls(office.desk.takes(trunk(peer.address)), peer)
    office.until_both_hear(peer)
    office.both_hear(peer, call_id)
    assert peer.said(FOUND)


def test_both_hear_each_other_when_we_are_called(
    office: SpeakingOffice, peer: Baresip, here: str
) -> None:
    line = office.desk.takes(trunk(peer.address))
    peer.dial(f"sip:{DIALLED}@{here}:{office.sip_port}")
    call_id = office.desk.wait(PhoneIncoming, line_id=line.id).call_id
    office.desk.phone.answer(call_id)
    office.until_both_hear(peer)
    office.both_hear(peer, call_id)
    assert peer.said(FOUND)


# ---- while a STUN server takes its time


class Gathering:
    """A worker that has begun to call somebody, and waits for a STUN server that is silent."""

    def __init__(self, worker: EngineProcess, stun: StunServer) -> None:
        self.worker = worker
        self.line = trunk("sip.example.org")
        way = wire.MediaWay(asks=True)
        with stun.is_asked():
            worker.tell(wire.Register(line=self.line, secret=None, way=way))
        stun.silent = True
        self.call_id = worker.dials(self.line, "+493023125100")


@pytest.fixture
def stun() -> Iterator[StunServer]:
    with StunServer("192.0.2.7", 40_404) as server:
        yield server


@pytest.fixture
def gathering(tmp_path: Path, raw: RawPhone, stun: StunServer) -> Iterator[Gathering]:
    settings = {"edge": raw.place, "media": "127.0.0.1", "ice": True, "stun": stun.place}
    with EngineProcess(tmp_path, **settings) as worker:
        yield Gathering(worker, stun)


def test_a_call_is_not_over_while_its_ways_are_looked_for(gathering: Gathering) -> None:
    """Nor a turn of the worker's loop later: it has answered us, and once more."""
    worker = gathering.worker
    for nobody in (uuid4(), uuid4()):
        worker.tell(wire.HangUp(call_id=nobody))
        worker.wait(PhoneCommandFailed, call_id=nobody)
    assert not worker.all(PhoneEnded)


def test_who_hangs_up_while_ways_are_looked_for_calls_nobody(
    gathering: Gathering, stun: StunServer, raw: RawPhone
) -> None:
    worker = gathering.worker
    worker.tell(wire.HangUp(call_id=gathering.call_id))
    assert worker.wait(PhoneEnded, call_id=gathering.call_id).cause is Cause.WE_HUNG_UP
    stun.silent = False
    worker.dials(gathering.line, "+493023125101")
    assert raw.wait("INVITE").start.startswith("INVITE sip:+493023125101@")
