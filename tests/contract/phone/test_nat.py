"""Ways for the media through a NAT, as the offer of a worker names them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist.events import PhoneEnded
from receptionist.model.office import Line
from receptionist.phone import wire
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from tests.contract.phone.engine_process import EngineProcess
from tests.contract.phone.world import Desk, trunk
from tests.doubles.addresses import own_address
from tests.doubles.sip.raw import CEILING_S, RawPhone
from tests.doubles.stun import StunServer

OUTSIDE, PORT = "192.0.2.7", 40_404
USUAL = wire.MediaWay()


@pytest.fixture
def exchange() -> Iterator[RawPhone]:
    with RawPhone() as peer:
        yield peer


@pytest.fixture
def stun() -> Iterator[StunServer]:
    with StunServer(OUTSIDE, PORT) as server:
        yield server


def offer(home: Path, exchange: RawPhone, way: wire.MediaWay = USUAL, **settings: object) -> str:
    """The INVITE by which a worker calls somebody."""
    with EngineProcess(home, edge=exchange.place, media="127.0.0.1", **settings) as worker:
        line = trunk("sip.example.org")
        worker.tell(wire.Register(line=line, secret=None, way=way))
        worker.tell(wire.Dial(call_id=uuid4(), line_id=line.id, target="+493023125100"))
        return exchange.wait("INVITE")


def test_without_ice_no_candidates_are_offered(tmp_path: Path, exchange: RawPhone) -> None:
    text = offer(tmp_path, exchange)
    assert "a=candidate" not in text
    assert "c=IN IP4 127.0.0.1" in text


def test_with_ice_and_stun_we_offer_where_we_are_and_where_we_are_seen(
    tmp_path: Path, exchange: RawPhone, stun: StunServer
) -> None:
    text = offer(tmp_path, exchange, wire.MediaWay(asks=True), ice=True, stun=stun.place)
    assert " 127.0.0.1 " in text
    assert f" {OUTSIDE} " in text
    assert "typ srflx" in text


def test_without_ice_the_server_is_asked_for_address_and_port(
    tmp_path: Path, exchange: RawPhone, stun: StunServer
) -> None:
    text = offer(tmp_path, exchange, wire.MediaWay(asks=True), stun=stun.place)
    assert f"c=IN IP4 {OUTSIDE}" in text
    assert f"m=audio {PORT} " in text
    assert "a=candidate" not in text


def test_a_server_that_does_not_know_that_question_is_not_asked_for_each_call(
    tmp_path: Path, exchange: RawPhone
) -> None:
    with StunServer(OUTSIDE, PORT, old=False) as stun:
        text = offer(tmp_path, exchange, wire.MediaWay(seen="192.0.2.8"), stun=stun.place)
        assert not stun.asked_by_old
    assert "c=IN IP4 192.0.2.8" in text


def test_the_voice_of_a_line_has_the_address_of_its_way(tmp_path: Path) -> None:
    """Two lines of one worker, two interfaces: what is offered, and where it is sent from."""
    with RawPhone() as exchange, EngineProcess(tmp_path, edge=exchange.place) as worker:
        for count, address in enumerate(("127.0.0.1", "127.0.0.2"), 1):
            line = trunk("sip.example.org")
            way = wire.MediaWay(address=address)
            worker.tell(wire.Register(line=line, secret=None, way=way))
            exchange.invite(worker.sip_port, f"X-Receptionist-Line: {line.id}")
            worker.tell(wire.Answer(call_id=worker.rings(count)))
            assert f"c=IN IP4 {address}" in exchange.confirm()
            exchange.until_heard_from(address)


# ---- by the exchange


@pytest.fixture
def desk() -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def started(**settings: object) -> Desk:
        chosen = EngineSettings(audio=AudioMode.NULL, **settings)  # type: ignore[arg-type]
        desks.append(Desk(lambda pump: Supervisor(pump.post, chosen)))
        return desks[-1]

    yield started
    for one in desks:
        one.phone.stop()


def offered_over(desk: Desk, peer: RawPhone) -> str:
    """The INVITE of a call over a line of which `peer` is the provider."""
    line = desk.takes(trunk(peer.place))
    desk.phone.dial(uuid4(), line.id, "+493023125100")
    return peer.wait("INVITE")


def test_each_line_offers_the_address_its_provider_sees(desk: Callable[..., Desk]) -> None:
    here = own_address()
    if not here:
        pytest.skip("there is no other network than loopback")
    ours = desk()
    for host in ("127.0.0.1", here):
        with RawPhone(host) as provider:
            assert f"c=IN IP4 {host}" in offered_over(ours, provider)


@pytest.mark.parametrize("old", [True, False])
def test_a_stun_server_says_what_every_line_offers(desk: Callable[..., Desk], old: bool) -> None:
    with StunServer(OUTSIDE, PORT, old=old) as stun, RawPhone() as provider:
        ours = desk(bind="127.0.0.1", stun=stun.place)
        line = ours.takes(trunk(provider.place))
        until_offered(ours, line, provider, f"c=IN IP4 {OUTSIDE}")


def until_offered(desk: Desk, line: Line, provider: RawPhone, what: str) -> None:
    """Call until that is offered: nobody outside sees when the exchange has been told."""
    deadline = time.monotonic() + CEILING_S
    while time.monotonic() < deadline:
        call_id, before = uuid4(), len(provider.seen("INVITE"))
        desk.phone.dial(call_id, line.id, "+493023125100")
        if what in provider.wait("INVITE", count=before + 1):
            return
        provider.take("486 Busy Here")
        desk.wait(PhoneEnded, call_id=call_id)
    raise AssertionError(provider.got[-1])
