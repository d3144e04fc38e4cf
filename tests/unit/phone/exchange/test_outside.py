"""Where requests of the workers go: one transaction to one server, and TLS is never left."""

from __future__ import annotations

import asyncio
from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from receptionist.model.office import Line
from receptionist.phone.exchange.dialogs import Dialogs
from receptionist.phone.exchange.hiding import LINE_HEADER, branch_of
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.outside import Outside
from receptionist.phone.exchange.outward import Outward
from receptionist.phone.exchange.resolve import Resolver, Target
from receptionist.phone.exchange.workers import Worker
from receptionist.phone.sip.message import Message, request, response_to
from tests.unit.phone.exchange.at_registrar import a_line, run

ONE, TWO = Hop("udp", "192.0.2.1", 5060), Hop("udp", "192.0.2.2", 5060)
SECURE = Hop("tls", "192.0.2.9", 5061, "phone.example")


class Around:
    """Sockets, lines and loopback in one. `sent` is what went out."""

    def __init__(self) -> None:
        self.place = "127.0.0.1:5099"
        self.known: dict[UUID, tuple[Line, Hop | None]] = {}
        self.servers = ["192.0.2.1", "192.0.2.2"]
        self.sent: list[tuple[Message, Hop]] = []
        self.inside: list[bytes] = []
        self.worker = Worker(1, cast(Any, None), port=5098)
        self.news = asyncio.Event()

    def line(self, line_id: UUID) -> Line | None:
        return self.known[line_id][0] if line_id in self.known else None

    def server(self, line_id: UUID) -> Hop | None:
        return self.known[line_id][1] if line_id in self.known else None

    def local(self, hop: Hop) -> tuple[str, int]:
        return "192.0.2.7", 5060

    def add(self, message: Message, hop: Hop, *, sent: bool) -> None:
        """Nothing is traced."""

    def get(self, number: int) -> Worker | None:
        return self.worker if number == self.worker.number else None

    def send(self, message: Message | bytes, hop: Hop) -> None:
        if isinstance(message, bytes):
            self.inside.append(message)
            return
        self.sent.append((message, hop))
        self.news.set()

    async def next(self) -> tuple[Message, Hop]:
        async with asyncio.timeout(20):
            await self.news.wait()
        self.news.clear()
        return self.sent[-1]


def made(around: Around) -> tuple[Outward, Outside, Dialogs, Worker]:
    resolver = Resolver(
        lambda name: [Target(host, 5060, at) for at, host in enumerate(around.servers)],
        lambda name: [name],
    )
    resolver.forget()
    there: Any = around
    outside, dialogs = Outside(there, there, there, resolver), Dialogs()
    return Outward(dialogs, there, there, outside), outside, dialogs, around.worker


def asked(method: str, line: Line, branch: str = "z9hG4bKone") -> Message:
    return request(
        method,
        "sip:+4930@phone.example",
        [
            ("Via", f"SIP/2.0/UDP 127.0.0.1:5098;branch={branch}"),
            ("From", "<sip:desk@phone.example>;tag=1"),
            ("To", "<sip:+4930@phone.example>"),
            ("Call-ID", "one"),
            ("CSeq", f"1 {method}"),
            (LINE_HEADER, str(line.id)),
        ],
    )


@pytest.mark.parametrize("method", ["CANCEL", "ACK", "INVITE"])
def test_what_belongs_to_an_invite_goes_to_its_server(method: str) -> None:
    async def test() -> None:
        around = Around()
        line = a_line("phone.example")
        around.known[line.id] = (line, None)
        outward, outside, _, worker = made(around)
        outward.request(asked("INVITE", line), worker)
        invite, way = await around.next()
        assert way == ONE
        around.servers = ["192.0.2.2"]
        outside._resolver.forget()
        outward.request(asked(method, line), worker)
        other, way = await around.next()
        assert (other.method, way) == (method, ONE)
        assert branch_of(other.get("via") or "") == branch_of(invite.get("via") or "")

    run(test)


def test_the_second_invite_with_a_digest_goes_where_the_nonce_is_from() -> None:
    async def test() -> None:
        around = Around()
        line = a_line("phone.example")
        around.known[line.id] = (line, None)
        outward, outside, _, worker = made(around)
        outward.request(asked("INVITE", line), worker)
        assert (await around.next())[1] == ONE
        around.servers.reverse()
        outside._resolver.forget()
        outward.request(asked("INVITE", line, "z9hG4bKtwo"), worker)
        assert (await around.next())[1] == ONE

    run(test)


def test_the_server_that_knows_the_line_is_preferred() -> None:
    async def test() -> None:
        around = Around()
        line = a_line("phone.example")
        around.known[line.id] = (line, TWO)
        outward, _, _, worker = made(around)
        outward.request(asked("INVITE", line), worker)
        assert (await around.next())[1] == TWO

    run(test)


def test_a_server_that_the_target_has_not_is_not_asked() -> None:
    async def test() -> None:
        around = Around()
        line = a_line("phone.example")
        around.known[line.id] = (line, Hop("udp", "192.0.2.3", 5060))
        outward, _, _, worker = made(around)
        outward.request(asked("INVITE", line), worker)
        assert (await around.next())[1] == ONE

    run(test)


@pytest.mark.parametrize("removed", [True, False])
def test_a_dialog_over_tls_stays_there_without_its_line(removed: bool) -> None:
    async def test() -> None:
        around = Around()
        line = a_line("phone.example", transport="tls")
        around.known[line.id] = (line, SECURE)
        outward, _, _, worker = made(around)
        outward.request(asked("INVITE", line), worker)
        assert (await around.next())[1] == SECURE
        around.known = {} if removed else {line.id: (line, None)}
        outward.request(asked("BYE", line, "z9hG4bKtwo"), worker)
        assert (await around.next())[1] == SECURE

    run(test)


def test_nobody_knows_the_way() -> None:
    async def test() -> None:
        around = Around()
        _, outside, _, _ = made(around)
        found: list[Hop | None] = []
        outside.reach(uuid4(), "no address", found.append)
        assert found == [None]

    run(test)


@pytest.mark.parametrize("rang", [False, True])
def test_a_connection_that_never_stood_fails_the_call_at_once(rang: bool) -> None:
    """Not after the half minute that an INVITE waits for an answer (RFC 3261 16.9)."""

    async def test() -> None:
        around = Around()
        line = a_line("phone.example", transport="tls")
        around.known[line.id] = (line, SECURE)
        outward, _, dialogs, worker = made(around)
        outward.request(asked("INVITE", line), worker)
        await around.next()
        next(iter(dialogs)).rang = rang
        outward.lost(ONE)
        outward.lost(SECURE)
        outward.lost(SECURE)
        assert len(around.inside) == (0 if rang else 1)
        for answer in around.inside:
            assert answer.startswith(b"SIP/2.0 503")
            assert b"branch=z9hG4bKone" in answer

    run(test)


def test_a_second_invite_begins_anew() -> None:
    """The first was refused only for what is asked back: 422 (RFC 4028), 401."""

    async def test() -> None:
        around = Around()
        line = a_line("phone.example", transport="tls")
        around.known[line.id] = (line, SECURE)
        outward, _, dialogs, worker = made(around)
        for branch, status in (("one", 422), ("two", 401)):
            outward.request(asked("INVITE", line, f"z9hG4bK{branch}"), worker)
            assert outward.answer(response_to((await around.next())[0], status, "No", "2"))
        outward.request(asked("INVITE", line, "z9hG4bKthree"), worker)
        invite, _ = await around.next()
        outward.lost(SECURE)
        assert around.inside[-1].startswith(b"SIP/2.0 503")
        outward.request(asked("INVITE", line, "z9hG4bKfour"), worker)
        invite, _ = await around.next()
        assert outward.answer(response_to(invite, 200, "OK", "2"))
        (dialog,) = dialogs
        assert dialog.confirmed, "else it is forgotten, and a BYE of the other side with it"

    run(test)
