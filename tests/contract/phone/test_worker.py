"""An engine with an exchange in front of it, which is played by bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist.events import (
    LineChanged,
    PhoneAnswered,
    PhoneCommandFailed,
    PhoneEnded,
    PhoneIncoming,
    PhoneProgress,
    PhoneRefused,
)
from receptionist.model.call import Cause
from receptionist.phone import wire
from tests.contract.phone.engine_process import EngineProcess
from tests.contract.phone.world import trunk
from tests.doubles.sip.raw import RawPhone


@pytest.fixture
def exchange() -> Iterator[RawPhone]:
    with RawPhone() as peer:
        yield peer


@pytest.fixture
def worker(tmp_path: Path, exchange: RawPhone) -> Iterator[EngineProcess]:
    with EngineProcess(tmp_path, edge=exchange.place, media="127.0.0.1") as engine:
        yield engine


def of(line_id: object) -> str:
    return f"X-Receptionist-Line: {line_id}"


def test_the_header_says_of_which_line_a_call_is(worker: EngineProcess, exchange: RawPhone) -> None:
    """More lines than there can be accounts, and each takes calls."""
    lines = [worker.register(trunk("sip.example.org")) for _ in range(20)]
    for count, line in enumerate(lines, 1):
        exchange.invite(worker.sip_port, of(line.id), user="whoever")
        exchange.wait("SIP/2.0 180", count=count)
        assert worker.wait(PhoneIncoming, count).line_id == line.id
        worker.tell(wire.Decline(call_id=worker.rings(count), status=486))
        exchange.confirm("486")
        worker.wait(PhoneEnded, count)
    assert not worker.all(LineChanged)


def test_a_call_of_a_line_nobody_knows_is_refused(
    worker: EngineProcess, exchange: RawPhone
) -> None:
    worker.register(trunk("sip.example.org"))
    for header in (of(uuid4()), of("nonsense" * 5), "X-Other: 1"):
        exchange.invite(worker.sip_port, header)
        exchange.confirm("500")
    assert not worker.all(PhoneIncoming)


def test_an_unregistered_line_takes_no_call_and_keeps_its_own(
    worker: EngineProcess, exchange: RawPhone
) -> None:
    line = worker.register(trunk("sip.example.org"))
    exchange.invite(worker.sip_port, of(line.id))
    call_id = worker.rings()
    worker.tell(wire.Unregister(line_id=line.id))
    with RawPhone() as later:
        later.invite(worker.sip_port, of(line.id))
        later.confirm("403")
    worker.tell(wire.Answer(call_id=call_id))
    exchange.confirm()
    worker.wait(PhoneAnswered, call_id=call_id)
    exchange.request("BYE")
    assert worker.wait(PhoneEnded, call_id=call_id).cause is Cause.CALLER_HUNG_UP
    exchange.invite(worker.sip_port, of(line.id))
    exchange.confirm("500")


def test_nobody_else_calls_past_the_exchange(worker: EngineProcess) -> None:
    line = worker.register(trunk("127.0.0.1"))
    with RawPhone() as stranger:
        stranger.invite(worker.sip_port, of(line.id))
        stranger.confirm("403")
    assert not worker.all(PhoneIncoming)
    assert not worker.all(PhoneRefused)


def test_what_we_dial_goes_to_the_exchange_and_names_its_line(
    worker: EngineProcess, exchange: RawPhone
) -> None:
    """However long: there is no TCP to switch to."""
    line = worker.register(trunk("sip.example.org:5070", transport="tls"), secret="pass")
    diversion = f"<sip:{'1' * 900}@sip.example.org>;reason=unconditional"
    call_id = worker.dials(line, "+492214710177", diversion=diversion)
    invite = exchange.wait("INVITE")
    assert invite.start == "INVITE sip:+492214710177@sip.example.org:5070 SIP/2.0"
    assert invite.header("X-Receptionist-Line") == str(line.id)
    assert not invite.header("Route")
    exchange.take(
        "407 Proxy Authentication Required", 'Proxy-Authenticate: Digest realm="x", nonce="n"'
    )
    exchange.wait("ACK")
    again = exchange.wait("INVITE", count=2)
    assert again.header("X-Receptionist-Line") == str(line.id)
    assert 'username="desk"' in again.header("Proxy-Authorization")
    exchange.take("180 Ringing")
    worker.wait(PhoneProgress, call_id=call_id)
    exchange.take("200 OK", body=True)
    worker.wait(PhoneAnswered, call_id=call_id)
    worker.tell(wire.HangUp(call_id=call_id))
    exchange.wait("BYE")
    worker.wait(PhoneEnded, call_id=call_id)


def test_a_line_that_is_not_known_cannot_be_dialled_over(worker: EngineProcess) -> None:
    call_id = worker.dials(trunk("sip.example.org"), "+492214710177")
    assert worker.wait(PhoneCommandFailed, call_id=call_id).detail == "no such line"
    worker.wait(PhoneEnded, call_id=call_id)
