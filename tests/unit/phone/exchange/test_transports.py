"""The sockets of the exchange: both ways, one port, flows used again, rubbish and silence borne."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest

from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.transports import Transports, new_loop
from receptionist.phone.sip.message import Message, request, response_to
from receptionist.phone.sip.via import new_branch, own_via, via
from receptionist.reasons import Reason

CEILING_S = 60.0


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    loop = new_loop()
    try:
        loop.run_until_complete(asyncio.wait_for(test(), CEILING_S * 2))
    finally:
        loop.close()


class Side:
    """One pair of sockets and what came in."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[tuple[Message, Hop]] = asyncio.Queue()
        self.lost: asyncio.Queue[tuple[Hop, Reason]] = asyncio.Queue()
        self.transports = Transports(
            lambda *it: self.heard.put_nowait(it), lambda *it: self.lost.put_nowait(it)
        )

    async def next(self) -> tuple[Message, Hop]:
        return await asyncio.wait_for(self.heard.get(), CEILING_S)

    async def next_lost(self) -> tuple[Hop, Reason]:
        return await asyncio.wait_for(self.lost.get(), CEILING_S)


@asynccontextmanager
async def side(kept_port: int = 0) -> AsyncIterator[Side]:
    made = Side()
    await made.transports.open("127.0.0.1", kept_port)
    try:
        yield made
    finally:
        await made.transports.close()


def options(transport: str, port: int, *, size: int = 0, via_port: int | None = None) -> Message:
    sent_by = port if via_port is None else via_port
    return request(
        "OPTIONS",
        "sip:desk@127.0.0.1",
        [
            ("Via", own_via(transport, "127.0.0.1", sent_by, new_branch())),
            ("From", "<sip:a@127.0.0.1>;tag=1"),
            ("To", "<sip:b@127.0.0.1>"),
            ("Call-ID", new_branch()),
            ("CSeq", "1 OPTIONS"),
        ],
        b"x" * size,
    )


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_a_request_and_its_answer_go_the_same_way(transport: str) -> None:
    async def test() -> None:
        async with side() as one, side() as two:
            hop = Hop(transport, "127.0.0.1", two.transports.port)
            asked = options(transport, one.transports.port)
            one.transports.send(asked, hop)
            message, source = await two.next()
            assert via(message.get("Via") or "").back == (source.host, source.port)
            two.transports.send(response_to(message, 200, "OK", "t"), source)
            answer, came_from = await one.next()
            assert (answer.status, came_from) == (200, hop)
            assert answer.get("To") == "<sip:b@127.0.0.1>;tag=t"

    run(test)


def test_a_flow_is_used_again_and_opened_anew_after_it_broke() -> None:
    async def test() -> None:
        async with side() as one, side() as two:
            hop = Hop("tcp", "127.0.0.1", two.transports.port)
            sources = []
            for _ in range(2):
                one.transports.send(options("tcp", 1), hop)
                sources.append((await two.next())[1])
            assert sources[0] == sources[1]
            two.transports.drop(sources[0])
            assert await one.next_lost() == (hop, Reason.LINE_UNREACHABLE)
            one.transports.send(options("tcp", 1), hop)
            assert (await two.next())[1] != sources[0]

    run(test)


def test_nobody_listens_is_told() -> None:
    async def test() -> None:
        async with side() as one:
            with socket.socket() as taken:
                taken.bind(("127.0.0.1", 0))
                hop = Hop("tcp", "127.0.0.1", taken.getsockname()[1])
                one.transports.send(options("tcp", 1), hop)
                assert await one.next_lost() == (hop, Reason.LINE_UNREACHABLE)

    run(test)


def test_the_kept_port_is_taken_if_it_is_free_and_not_insisted_on() -> None:
    async def test() -> None:
        async with side() as one:
            port = one.transports.port
            async with side(kept_port=port) as two:
                assert two.transports.port not in (0, port)
        async with side(kept_port=port) as again:
            assert again.transports.port == port

    run(test)


def test_both_transports_listen_on_one_port() -> None:
    async def test() -> None:
        async with side() as one, side() as two:
            for transport in ("udp", "tcp"):
                hop = Hop(transport, "127.0.0.1", two.transports.port)
                one.transports.send(options(transport, 1), hop)
                assert (await two.next())[1].transport == transport

    run(test)


def test_a_ping_on_a_stream_is_answered() -> None:
    async def test() -> None:
        async with side() as one:
            reader, writer = await asyncio.open_connection("127.0.0.1", one.transports.port)
            writer.write(b"\r\n\r\n")
            assert await asyncio.wait_for(reader.readexactly(2), CEILING_S) == b"\r\n"
            writer.close()

    run(test)


def test_a_stream_of_rubbish_is_closed_and_the_others_go_on() -> None:
    async def test() -> None:
        async with side() as one, side() as two:
            reader, writer = await asyncio.open_connection("127.0.0.1", one.transports.port)
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert await asyncio.wait_for(reader.read(), CEILING_S) == b""
            writer.close()
            two.transports.send(options("tcp", 1), Hop("tcp", "127.0.0.1", one.transports.port))
            assert (await one.next())[0].method == "OPTIONS"

    run(test)


def test_one_bad_message_does_not_end_a_stream() -> None:
    async def test() -> None:
        async with side() as one:
            good = options("tcp", 1).to_bytes()
            bad = good.replace(b"Call-ID: ", b"Call-ID: two words ")
            nowhere = good.replace(b":1;", b":x;", 1)
            assert len({good, bad, nowhere}) == 3
            _, writer = await asyncio.open_connection("127.0.0.1", one.transports.port)
            writer.write(bad + nowhere + good)
            assert (await one.next())[0].to_bytes().endswith(b"Content-Length: 0\r\n\r\n")
            writer.write(good)
            await one.next()
            assert one.heard.empty()
            writer.close()

    run(test)


def test_rubbish_datagrams_are_thrown_away() -> None:
    async def test() -> None:
        async with side() as one, side() as two:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
                there = ("127.0.0.1", one.transports.port)
                for data in (
                    b"",
                    b"\r\n\r\n",
                    b"\0" * 900,
                    bytes(range(256)),
                    b"x SIP/2.0\r\n" * 9,
                ):
                    other.sendto(data, there)
            two.transports.send(options("udp", 1), Hop("udp", *there))
            assert (await one.next())[0].method == "OPTIONS"
            assert one.heard.empty()

    run(test)


def test_a_peer_that_reads_nothing_is_cut_off() -> None:
    async def test() -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        with listening:
            hop = Hop("tcp", "127.0.0.1", listening.getsockname()[1])
            async with side() as one:
                for _ in range(2000):
                    one.transports.send(options("tcp", 1, size=30_000), hop)
                    await asyncio.sleep(0)
                    if not one.lost.empty():
                        break
                assert (await one.next_lost())[0] == hop

    run(test)


def test_who_connects_and_says_nothing_makes_room_for_others() -> None:
    async def test() -> None:
        async with side() as one, side() as two:
            here = ("127.0.0.1", one.transports.port)
            silent = [await asyncio.open_connection(*here) for _ in range(256)]
            two.transports.send(options("tcp", 1), Hop("tcp", *here))
            assert (await one.next())[0].method == "OPTIONS"
            assert await asyncio.wait_for(silent[0][0].read(), CEILING_S) == b""
            for _, writer in silent:
                writer.close()

    run(test)
