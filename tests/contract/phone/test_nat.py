"""Ways for the media through a NAT, as the offer of a worker names them."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist.phone import wire
from tests.contract.phone.engine_process import EngineProcess
from tests.contract.phone.world import trunk
from tests.doubles.sip.raw import RawPhone

COOKIE = 0x2112A442
OUTSIDE, PORT = "192.0.2.7", 40_404


class StunServer:
    """Tells everybody that he is seen as OUTSIDE (RFC 8489 14.2)."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.place = "{}:{}".format(*self._socket.getsockname())
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                data, source = self._socket.recvfrom(2048)
            except OSError:
                return
            if len(data) < 20 or struct.unpack("!HHI", data[:8])[::2] != (0x0001, COOKIE):
                continue
            (address,) = struct.unpack("!I", socket.inet_aton(OUTSIDE))
            seen = struct.pack("!BBHI", 0, 1, PORT ^ (COOKIE >> 16), address ^ COOKIE)
            said = struct.pack("!HH", 0x0020, len(seen)) + seen
            head = struct.pack("!HHI", 0x0101, len(said), COOKIE) + data[8:20]
            self._socket.sendto(head + said, source)


@pytest.fixture
def exchange() -> Iterator[RawPhone]:
    with RawPhone() as peer:
        yield peer


@pytest.fixture
def stun() -> Iterator[StunServer]:
    server = StunServer()
    yield server
    server.close()


def offer(home: Path, exchange: RawPhone, **settings: object) -> str:
    """The INVITE by which a worker calls somebody."""
    with EngineProcess(home, edge=exchange.place, media="127.0.0.1", **settings) as worker:
        line = worker.register(trunk("sip.example.org"))
        worker.tell(wire.Dial(call_id=uuid4(), line_id=line.id, target="+493023125100"))
        return exchange.wait("INVITE")


def test_without_ice_no_candidates_are_offered(tmp_path: Path, exchange: RawPhone) -> None:
    assert "a=candidate" not in offer(tmp_path, exchange)


def test_with_ice_and_stun_we_offer_where_we_are_and_where_we_are_seen(
    tmp_path: Path, exchange: RawPhone, stun: StunServer
) -> None:
    text = offer(tmp_path, exchange, ice=True, stun=stun.place)
    assert " 127.0.0.1 " in text
    assert f" {OUTSIDE} " in text
    assert "typ srflx" in text
