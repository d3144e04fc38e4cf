"""Callers from outside who come to no worker, or whose worker fails them: none is forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from receptionist.events import PhoneRefused
from receptionist.phone.exchange import inward as inward_module
from receptionist.phone.exchange.dialogs import Dialog, Dialogs
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.inward import Inward
from receptionist.phone.exchange.workers import Worker
from receptionist.phone.sip.message import Message, parse, response_to
from receptionist.reasons import Reason

LINE = uuid4()
THERE = Hop("udp", "192.0.2.1", 5060)
HOUR = 3600.0


class Network:
    """Stands for the outside: one line, of which `known` says whether INVITEs are for it."""

    def __init__(self) -> None:
        self.known = True
        self.strict = False
        self.sent: list[Message] = []

    def send(self, message: Message, hop: Hop) -> None:
        assert hop == THERE
        self.sent.append(message)

    def place(self, hop: Hop) -> str:
        return "192.0.2.9:5060"

    def line_for(self, uri: str, source: Hop) -> UUID | None:
        return LINE if self.known else None

    def insists(self, line_id: UUID) -> bool:
        return self.strict

    def admits(self, host: str) -> bool:
        return True

    @property
    def statuses(self) -> list[int]:
        return [one.status for one in self.sent]


class Pool:
    """Stands for the workers: there is one, and it is given at once."""

    full = False

    def __init__(self) -> None:
        self.worker = Worker(1, None, port=40001)  # type: ignore[arg-type]
        self.settled: list[Worker] = []

    def take(self, taker: Callable[[Worker | None], None], patience_s: float) -> None:
        taker(self.worker)

    def settle(self, worker: Worker) -> None:
        self.settled.append(worker)


class Loopback:
    """Stands for the socket on loopback."""

    place = "127.0.0.1:5060"

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def send(self, data: bytes, port: int) -> None:
        self.sent.append(data)


class Bench:
    """The way in, with everything around it made up. Its clock stands still."""

    def __init__(self) -> None:
        self.now = 0.0
        self.dialogs = Dialogs(lambda: self.now)
        self.pool, self.loopback, self.network = Pool(), Loopback(), Network()
        self.told: list[PhoneRefused] = []
        outside: Any = self.network
        workers: Any = self.pool
        self.inward = Inward(self.dialogs, workers, self.loopback, outside, self.told.append)

    def call(self, name: str = "one", body: bytes = b"", **headers: str) -> None:
        message = invite(name, **headers)
        message.body = body
        self.inward.request(message, THERE)

    def answer(self, status: int) -> None:
        """The worker answers the last that it was sent."""
        answer = response_to(parse(self.loopback.sent[-1]), status, "Answer", "ours")
        answer.set("Contact", "<sip:desk@127.0.0.1:40001>")
        self.inward.answer(answer, self.pool.worker)

    @property
    def dialog(self) -> Dialog:
        return next(iter(self.dialogs))

    @property
    def reasons(self) -> list[Reason]:
        return [one.reason for one in self.told]


def invite(name: str = "one", **headers: str) -> Message:
    """An INVITE of the call of this name."""
    given = {
        "Via": f"SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK{name}",
        "From": "<sip:+491713920001@example.org>;tag=theirs",
        "To": "<sip:+493023125100@example.org>",
        "Call-ID": name,
        "CSeq": "1 INVITE",
        "Contact": "<sip:peer@192.0.2.1:5060>",
    } | headers
    return Message("INVITE sip:line@192.0.2.9 SIP/2.0", list(given.items()))


def run(test: Callable[[Bench], None]) -> None:
    """Within a loop, which timers need."""

    async def inside() -> None:
        test(Bench())

    asyncio.run(inside())


def test_who_rang_for_long_can_still_be_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    def test(bench: Bench) -> None:
        bench.call()
        bench.answer(180)
        monkeypatch.setattr(inward_module, "_KEPT_S", -1.0)
        bench.inward.sweep()
        bench.answer(200)
        assert bench.network.statuses == [100, 180, 200]
        assert bench.dialog.confirmed

    run(test)


def test_the_dialog_of_who_rings_is_never_forgotten() -> None:
    def test(bench: Bench) -> None:
        bench.call()
        bench.answer(180)
        bench.pool.worker.calls.add(uuid4())
        bench.now += HOUR
        bench.dialogs.sweep()
        assert len(bench.dialogs) == 1

    run(test)


def test_other_requests_that_nobody_answered_in_time_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def test(bench: Bench) -> None:
        bench.call()
        bench.answer(180)
        update = invite("update", **{"Call-ID": "one", "CSeq": "2 UPDATE"})
        update.start = "UPDATE sip:desk@192.0.2.9 SIP/2.0"
        update.set("To", "<sip:+493023125100@example.org>;tag=ours")
        bench.inward.request(update, THERE)
        monkeypatch.setattr(inward_module, "_KEPT_S", -1.0)
        bench.inward.sweep()
        bench.answer(200)
        assert bench.network.statuses == [100, 180]

    run(test)


def test_of_whom_a_dead_worker_told_nothing_we_tell() -> None:
    def test(bench: Bench) -> None:
        bench.call()
        bench.inward.bury(bench.dialog)
        assert bench.network.statuses == [100, 500]
        assert bench.reasons == [Reason.CALL_LOST]
        assert bench.told[0].line_id == LINE

    run(test)


def test_whom_a_dead_worker_has_told_of_is_told_once() -> None:
    def test(bench: Bench) -> None:
        bench.call()
        bench.dialogs.called(bench.pool.worker, uuid4(), incoming=True)
        bench.inward.bury(bench.dialog)
        assert bench.network.statuses == [100, 500]
        assert bench.told == []

    run(test)


def test_an_invite_that_no_worker_can_take_is_refused_and_told() -> None:
    def test(bench: Bench) -> None:
        bench.call(Diversion=", ".join("<sip:+493023125100@example.org>" for _ in range(200)))
        assert bench.network.statuses == [100, 513]
        assert bench.reasons == [Reason.MISSED]
        assert bench.pool.settled == [bench.pool.worker]
        assert bench.loopback.sent == []
        bench.call(Diversion=", ".join("<sip:+493023125100@example.org>" for _ in range(200)))
        assert bench.network.statuses == [100, 513, 513]
        assert len(bench.told) == 1

    run(test)


def test_every_stranger_is_refused_but_not_each_is_told() -> None:
    def test(bench: Bench) -> None:
        bench.network.known = False
        for number in range(50):
            bench.call(f"stranger{number}")
        assert bench.network.statuses == [403] * 50
        assert 10 <= len(bench.told) < 50
        assert set(bench.reasons) == {Reason.STRANGER}

    run(test)


PLAIN = b"v=0\r\nm=audio 4000 RTP/AVP 8\r\n"
SECURED = PLAIN.replace(b"AVP", b"SAVP")


@pytest.mark.parametrize("body", [PLAIN, PLAIN + SECURED.replace(b"4000", b"0")])
def test_a_plain_voice_is_refused_where_the_line_insists(body: bytes) -> None:
    def test(bench: Bench) -> None:
        bench.network.strict = True
        bench.call(body=body)
        assert bench.network.statuses == [100, 488]
        bench.call(body=body)
        assert bench.network.statuses == [100, 488, 488], "it had got lost"
        assert bench.reasons == [Reason.VOICE_NOT_ENCRYPTED]
        assert bench.loopback.sent == []

    run(test)


@pytest.mark.parametrize("body", [SECURED, PLAIN + SECURED, b""])
def test_an_encrypted_voice_or_none_yet_goes_to_a_worker(body: bytes) -> None:
    def test(bench: Bench) -> None:
        bench.network.strict = True
        bench.call(body=body)
        assert bench.network.statuses == [100]
        assert len(bench.loopback.sent) == 1

    run(test)


def test_a_call_that_is_handed_over_to_us_rings_as_any_other() -> None:
    def test(bench: Bench) -> None:
        bench.call()
        bench.answer(200)
        mine = "one;to-tag=ours;from-tag=theirs"
        bench.call("two", Replaces=mine, Require="replaces, 100rel")
        arrived = parse(bench.loopback.sent[-1])
        assert (arrived.get("call-id"), arrived.get("replaces")) == ("two", None)
        assert arrived.get("require") == "100rel"
        assert bench.network.statuses == [100, 200, 100]

    run(test)


@pytest.mark.parametrize(
    "replaces",
    ["one;to-tag=theirs;from-tag=ours", "three;to-tag=ours;from-tag=theirs", "one", ";;=", "one;="],
)
def test_a_call_in_the_place_of_none_of_ours_is_refused(replaces: str) -> None:
    def test(bench: Bench) -> None:
        bench.call()
        bench.answer(200)
        bench.call("two", Replaces=replaces)
        assert bench.network.statuses == [100, 200, 481]
        assert bench.told == []

    run(test)


def test_a_call_that_is_over_cannot_be_handed_over() -> None:
    def test(bench: Bench) -> None:
        bench.call()
        bench.answer(200)
        bench.dialog.over = True
        bench.call("two", Replaces="one;to-tag=ours;from-tag=theirs")
        assert bench.network.statuses[-1] == 481

    run(test)
