"""How the voice of lines goes: whose address changes is told, and STUN answers that are none."""

from __future__ import annotations

import asyncio
import struct
from uuid import UUID

from receptionist.phone.exchange.stun import question, seen_from, seen_in
from receptionist.phone.exchange.ways import Ways
from receptionist.phone.wire import EngineSettings, MediaWay
from tests.doubles.stun import StunServer

ONE, TWO = UUID(int=1), UUID(int=2)
COMPANY, TUNNEL = "192.0.2.10", "198.51.100.20"


class Lines:
    """Two lines and the addresses that lead to their providers."""

    def __init__(self) -> None:
        self.addresses = {ONE: COMPANY, TWO: TUNNEL}
        self.told: list[tuple[UUID, MediaWay]] = []
        self.answers = {COMPANY: "203.0.113.1"}
        self.old: dict[str, str] = {}
        self.asked: list[str] = []

    def local(self, line_id: UUID) -> str:
        return self.addresses.get(line_id, "")

    def tell(self, line_id: UUID, way: MediaWay) -> None:
        self.told.append((line_id, way))

    async def ask(self, local: str, server: str, *, old: bool = False) -> str:
        self.asked.append(server)
        return (self.old if old else self.answers).get(local, "")

    def ways(self, **settings: object) -> Ways:
        chosen = EngineSettings(**settings)  # type: ignore[arg-type]
        return Ways(chosen, self.local, self.tell, self.ask)


async def _watched(ways: Ways) -> None:
    """Let it ask once about everything."""
    watching = asyncio.create_task(ways.watch())
    for _ in range(20):
        await asyncio.sleep(0)
    watching.cancel()


def test_each_line_has_the_address_its_provider_is_reached_from() -> None:
    async def test() -> None:
        lines = Lines()
        ways = lines.ways()
        for line_id in (ONE, TWO, ONE):
            ways.look(line_id)
        assert lines.told == [(ONE, MediaWay(address=COMPANY)), (TWO, MediaWay(address=TUNNEL))]
        lines.addresses[ONE] = TUNNEL
        ways.look(ONE)
        assert lines.told[2:] == [(ONE, MediaWay(address=TUNNEL))]
        await ways.watch()
        assert lines.asked == [], "no server is set"

    asyncio.run(test())


def test_a_line_that_has_gone_and_come_back_is_told_again() -> None:
    async def test() -> None:
        lines = Lines()
        ways = lines.ways()
        ways.look(ONE)
        del lines.addresses[ONE]
        ways.look(ONE)
        assert len(lines.told) == 1
        lines.addresses[ONE] = COMPANY
        ways.look(ONE)
        assert len(lines.told) == 2

    asyncio.run(test())


def test_the_stun_server_says_what_is_seen_outside() -> None:
    async def test() -> None:
        lines = Lines()
        ways = lines.ways(stun="stun.example:3478")
        ways.look(ONE)
        ways.look(TWO)
        await _watched(ways)
        seen = MediaWay(address=COMPANY, seen="203.0.113.1")
        assert lines.told[2:] == [(ONE, seen)], "nothing is known of the tunnel"
        lines.old[COMPANY] = "203.0.113.1"
        await _watched(ways)
        asks = MediaWay(address=COMPANY, seen="203.0.113.1", asks=True)
        assert lines.told[3:] == [(ONE, asks)]
        lines.answers.clear()
        lines.old.clear()
        await _watched(ways)
        assert lines.told[4:] == [(ONE, seen)], "nobody waits for a server that is silent"

    asyncio.run(test())


def test_with_ice_the_server_is_asked_for_each_call_while_it_answers() -> None:
    async def test() -> None:
        lines = Lines()
        ways = lines.ways(stun="stun.example:3478", ice=True)
        ways.look(ONE)
        await _watched(ways)
        asks, silent = MediaWay(address=COMPANY, asks=True), MediaWay(address=COMPANY)
        assert lines.told == [(ONE, silent), (ONE, asks)]
        lines.answers.clear()
        await _watched(ways)
        assert lines.told[2:] == [(ONE, silent)]

    asyncio.run(test())


def test_both_questions_are_understood() -> None:
    async def test() -> None:
        with StunServer("203.0.113.9", 40_000) as server:
            for old in (False, True):
                assert await seen_from("127.0.0.1", server.place, old=old) == "203.0.113.9"
        assert await seen_from("127.0.0.1", "no port") == ""

    asyncio.run(test())


def test_what_is_no_answer_says_nothing() -> None:
    asked = question(b"0123456789ab")
    value = struct.pack("!HHBBH4s", 0x0020, 8, 0, 1, 0x1111 ^ 0x2112, b"\xea\x12\xd5\x47")
    answer = struct.pack("!HH", 0x0101, len(value)) + asked[4:20] + value
    assert seen_in(answer, asked) == "203.0.113.5"
    assert seen_in(answer, question(b"another one!")) == ""
    assert seen_in(b"", asked) == ""
    assert seen_in(answer[:25], asked) == ""
    assert seen_in(b"\x01\x11" + answer[2:], asked) == "", "an error"
    assert seen_in(answer[:24] + b"\x00\x02" + answer[26:], asked) == "", "IPv6"
    endless = struct.pack("!HH", 0x0101, 4) + asked[4:20] + struct.pack("!HH", 0x8022, 0)
    assert seen_in(endless, asked) == ""
