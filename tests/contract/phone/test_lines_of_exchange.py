"""The lines of the exchange at a real registrar: many at once, and all that happens to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from receptionist.events import LineChanged, LineState
from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.phone.exchange import registration, registrations
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.pings import Pings
from receptionist.phone.exchange.registrations import Registrations
from receptionist.phone.exchange.transports import Transports, new_loop
from receptionist.phone.sip.message import Message
from receptionist.reasons import Reason
from tests.doubles.sip.kamailio import PASSWORD, USER, Kamailio

CEILING_S = 40.0
MANY = 40
USERS = tuple(f"line{number}" for number in range(MANY))
SHORT_S = 8
NOBODY = "127.0.0.1:9"


class Lines:
    """What the exchange does for its lines, on a loop of its own, and what was told of each."""

    def __init__(self) -> None:
        self.told: list[LineChanged] = []
        self._news = asyncio.Event()
        self.transports = Transports(self._heard, lambda hop, reason: self.all.lost(hop, reason))
        self.all = Registrations(self.transports, self._tell)

    def _heard(self, message: Message, source: Hop) -> None:
        assert self.all.heard(message), "nobody asks us anything here"

    def _tell(self, event: LineChanged) -> None:
        self.told.append(event)
        self._news.set()

    @property
    def states(self) -> dict[UUID, LineChanged]:
        return {event.line_id: event for event in self.told}

    async def until(self, true: Callable[[], object]) -> None:
        async with asyncio.timeout(CEILING_S):
            while not true():
                self._news.clear()
                await self._news.wait()

    async def until_all(self, state: LineState) -> None:
        await self.until(lambda: {event.state for event in self.states.values()} == {state})


@asynccontextmanager
async def lines() -> AsyncIterator[Lines]:
    made = Lines()
    await made.transports.open("127.0.0.1")
    try:
        yield made
    finally:
        await made.all.leave()
        await made.transports.close()


def line_of(kamailio: Kamailio, user: str = USER) -> Line:
    return Line(id=uuid4(), key=user, name=user, registrar=kamailio.address, user=user)


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    loop = new_loop()
    try:
        loop.run_until_complete(asyncio.wait_for(test(), 3 * CEILING_S))
    finally:
        loop.close()


async def elsewhere(ask: Callable[[], object]) -> Any:
    """Ask the registrar itself, while our loop goes on."""
    return await asyncio.get_running_loop().run_in_executor(None, ask)


async def until(ask: Callable[[], object]) -> None:
    """Until the registrar itself says so."""
    async with asyncio.timeout(CEILING_S):
        while not await elsewhere(ask):
            await asyncio.sleep(0.1)


def test_forty_lines_are_registered_and_taken_back(
    tmp_path: Path, free_udp_port: Callable[[], int]
) -> None:
    async def test(kamailio: Kamailio) -> None:
        async with lines() as ours:
            for user in USERS:
                ours.all.register(line_of(kamailio, user), Secret(PASSWORD))
            await ours.until_all(LineState.READY)
            assert await elsewhere(kamailio.registered) == MANY
            (contact,) = await elsewhere(lambda: kamailio.contacts(USERS[-1]))
            last = list(ours.states)[-1]
            place = f"127.0.0.1:{ours.transports.port}"
            assert contact == f"sip:{USERS[-1]}@{place};line={last.hex}"
        await until(lambda: not kamailio.registered())

    with Kamailio(tmp_path, free_udp_port(), NOBODY, more_users=USERS) as kamailio:
        run(lambda: test(kamailio))


def test_a_registrar_that_is_gone_is_noticed_and_one_that_forgot_us_told_again(
    tmp_path: Path, free_udp_port: Callable[[], int]
) -> None:
    async def test(kamailio: Kamailio) -> None:
        async with lines() as ours:
            ours.all.register(line_of(kamailio), Secret(PASSWORD))
            await ours.until_all(LineState.READY)
            await until(lambda: kamailio.saw("OPTIONS"))
            await elsewhere(kamailio.stop)
            await ours.until_all(LineState.UNREACHABLE)
            assert ours.told[-1].reason is Reason.LINE_UNREACHABLE
            await elsewhere(kamailio.start)
            await ours.until_all(LineState.READY)
            assert await elsewhere(kamailio.contacts)

    with Kamailio(tmp_path, free_udp_port(), NOBODY) as kamailio:
        run(lambda: test(kamailio))


def test_a_registrar_that_answers_no_options_is_missed_all_the_same(
    tmp_path: Path, free_udp_port: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of its lines registers often, and speaks for all of them."""
    monkeypatch.setattr(registrations, "Pings", partial(Pings, every_s=0.2, patience_s=0.5))
    monkeypatch.setattr(registration, "_WATCHING_S", 0.5)
    monkeypatch.setattr(registration, "_WATCHED_S", 2.0)

    async def test(kamailio: Kamailio) -> None:
        async with lines() as ours:
            for user in USERS[:3]:
                ours.all.register(line_of(kamailio, user), Secret(PASSWORD))
            await ours.until_all(LineState.READY)
            await until(lambda: max(map(registers(kamailio), USERS[:3])) > 6)
            assert sorted(map(registers(kamailio), USERS[:3]))[:2] == [2, 2]
            await elsewhere(kamailio.stop)
            await ours.until_all(LineState.UNREACHABLE)
            await elsewhere(kamailio.start)
            await ours.until_all(LineState.READY)
            assert await elsewhere(kamailio.registered) == 3

    with Kamailio(tmp_path, free_udp_port(), NOBODY, more_users=USERS, deaf=True) as kamailio:
        run(lambda: test(kamailio))


def registers(kamailio: Kamailio) -> Callable[[str], int]:
    """How often a user has registered there."""
    return lambda user: kamailio.saw(f"REGISTER of {user} ")


def test_a_registrar_that_restarted_quickly_learns_of_us_with_the_next_register(
    tmp_path: Path, free_udp_port: Callable[[], int]
) -> None:
    async def test(kamailio: Kamailio) -> None:
        async with lines() as ours:
            ours.all.register(line_of(kamailio), Secret(PASSWORD))
            await ours.until_all(LineState.READY)
            await elsewhere(kamailio.stop)
            await elsewhere(kamailio.start)
            await until(kamailio.contacts)

    with Kamailio(tmp_path, free_udp_port(), NOBODY, SHORT_S) as kamailio:
        run(lambda: test(kamailio))


@pytest.mark.parametrize("password", ["falsch", ""])
def test_a_wrong_password_is_refused(
    tmp_path: Path, free_udp_port: Callable[[], int], password: str
) -> None:
    async def test(kamailio: Kamailio) -> None:
        async with lines() as ours:
            ours.all.register(line_of(kamailio), Secret(password))
            await ours.until_all(LineState.REFUSED)
            assert ours.told[-1].reason is Reason.LINE_REFUSED
            assert await elsewhere(kamailio.registered) == 0

    with Kamailio(tmp_path, free_udp_port(), NOBODY) as kamailio:
        run(lambda: test(kamailio))


def test_a_registration_is_never_asked_for_longer_than_a_minute(
    tmp_path: Path, free_udp_port: Callable[[], int]
) -> None:
    async def test(kamailio: Kamailio) -> None:
        async with lines() as ours:
            ours.all.register(line_of(kamailio), Secret(PASSWORD))
            await ours.until_all(LineState.READY)
            assert 0 < await elsewhere(kamailio.expires_s) <= 60

    with Kamailio(tmp_path, free_udp_port(), NOBODY) as kamailio:
        run(lambda: test(kamailio))
