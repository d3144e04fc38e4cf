"""TLS to a provider: who is believed, who is not, and what people are told then."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from receptionist.events import LineChanged, LineState
from receptionist.i18n import choose
from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.phone.exchange.registrations import Registrations
from receptionist.phone.exchange.resolve import Resolver
from receptionist.phone.exchange.transports import Transports, new_loop
from receptionist.phone.exchange.trust import client_context
from receptionist.reasons import Reason, sentence
from tests.doubles.sip.certificates import Authority, server_context
from tests.doubles.sip.registrar import PASSWORD, USER, Registrar

NAME = "sip.phone.example"
CEILING_S = 60.0


class Office:
    """One line over TLS, and what the desk is told of it."""

    def __init__(self, trust: Callable[[], ssl.SSLContext], port: int) -> None:
        self.told: asyncio.Queue[LineChanged] = asyncio.Queue()
        self.transports = Transports(
            lambda message, source: self.lines.heard(message) and None,
            lambda hop, reason: self.lines.lost(hop, reason),
            trust,
        )
        found = Resolver(lambda name: [], lambda name: ["127.0.0.1"])
        self.lines = Registrations(self.transports, self.told.put_nowait, found)
        self.line = Line(
            id=uuid4(),
            key="main",
            name="Main",
            registrar=f"{NAME}:{port}",
            user=USER,
            transport="tls",
        )

    async def outcome(self) -> LineChanged:
        """What comes of connecting."""
        while True:
            event = await asyncio.wait_for(self.told.get(), CEILING_S)
            if event.state is not LineState.CONNECTING:
                return event


@asynccontextmanager
async def registered(
    trust: Callable[[], ssl.SSLContext], shown: ssl.SSLContext, **more: Any
) -> AsyncIterator[tuple[Office, Registrar]]:
    registrar = Registrar()
    await registrar.open_stream(shown)
    office = Office(trust, registrar.port)
    await office.transports.open("127.0.0.1")
    office.lines.register(office.line, Secret(PASSWORD))
    try:
        yield office, registrar
    finally:
        await office.lines.leave()
        await office.transports.close()
        registrar.close()


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    loop = new_loop()
    try:
        loop.run_until_complete(asyncio.wait_for(test(), 3 * CEILING_S))
    finally:
        loop.close()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"), "good")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("stranger"), "other")


def refused(authority: Authority, shown: ssl.SSLContext, revocations: Path | None = None) -> Reason:
    """Why nothing was sent to a server that shows this."""
    reasons = []

    async def test() -> None:
        trust = partial(client_context, str(authority.file), str(revocations or ""))
        async with registered(trust, shown) as (office, registrar):
            event = await office.outcome()
            assert event.state is LineState.UNREACHABLE
            assert registrar.asked == [], "nothing is said to whom we do not believe"
            reasons.append(event.reason)

    run(test)
    assert sentence(reasons[0])
    return reasons[0]


def test_the_right_certificate_is_believed(authority: Authority) -> None:
    file, _ = authority.server(NAME)

    async def test() -> None:
        trust = partial(client_context, str(authority.file))
        async with registered(trust, server_context(file)) as (office, registrar):
            event = await office.outcome()
            assert (event.state, event.status) == (LineState.READY, 200)
            (contact,) = registrar.bindings
            host, port = registrar.writers[0].get_extra_info("peername")
            assert contact == f"sip:{USER}@{host}:{port};line={office.line.id.hex};transport=tls"
            assert registrar.writers[0].get_extra_info("ssl_object").version() == "TLSv1.3"
            assert len(registrar.writers) == 1

    run(test)


def test_a_connection_that_broke_is_made_and_judged_again(authority: Authority) -> None:
    file, _ = authority.server(NAME)

    async def test() -> None:
        trust = partial(client_context, str(authority.file))
        async with registered(trust, server_context(file)) as (office, registrar):
            await office.outcome()
            registrar.bindings.clear()
            registrar.writers[0].close()
            await registrar.until(lambda: registrar.bindings)
            assert len(registrar.writers) == 2

    run(test)


def test_a_certificate_for_another_name(authority: Authority) -> None:
    file, _ = authority.server("sip.other.example")
    assert refused(authority, server_context(file)) is Reason.LINE_WRONG_NAME


def test_a_certificate_of_another_authority(authority: Authority, stranger: Authority) -> None:
    file, _ = stranger.server(NAME)
    assert refused(authority, server_context(file)) is Reason.LINE_CERTIFICATE_UNKNOWN


def test_a_certificate_that_vouches_for_itself(authority: Authority) -> None:
    file, _ = authority.server(NAME, self_signed=True)
    assert refused(authority, server_context(file)) is Reason.LINE_CERTIFICATE_UNKNOWN


@pytest.mark.parametrize("days", [(-20, -10), (10, 20)])
def test_a_certificate_out_of_its_time(authority: Authority, days: tuple[int, int]) -> None:
    file, _ = authority.server(NAME, days=days)
    assert refused(authority, server_context(file)) is Reason.LINE_CERTIFICATE_EXPIRED


def test_a_certificate_that_was_taken_back(authority: Authority) -> None:
    file, serial = authority.server(NAME)
    listed = authority.revocations(serial)
    assert refused(authority, server_context(file), listed) is Reason.LINE_CERTIFICATE_REVOKED


def test_a_certificate_that_is_not_on_the_list(authority: Authority) -> None:
    file, serial = authority.server(NAME)

    async def test() -> None:
        listed = authority.revocations(serial + 1)
        trust = partial(client_context, str(authority.file), str(listed))
        async with registered(trust, server_context(file)) as (office, _):
            assert (await office.outcome()).state is LineState.READY

    run(test)


def test_no_list_of_this_authority_is_said(authority: Authority, stranger: Authority) -> None:
    file, _ = authority.server(NAME)
    listed = stranger.revocations()
    assert refused(authority, server_context(file), listed) is Reason.LINE_NOT_ENCRYPTED


def test_a_list_that_cannot_be_read_is_no_reason_to_trust(
    authority: Authority, tmp_path: Path
) -> None:
    file, _ = authority.server(NAME)
    missing = tmp_path / "missing.pem"
    assert refused(authority, server_context(file), missing) is Reason.LINE_NOT_ENCRYPTED
    missing.write_text("no list", "utf-8")
    assert refused(authority, server_context(file), missing) is Reason.LINE_NOT_ENCRYPTED


def test_an_older_protocol_is_not_good_enough(authority: Authority) -> None:
    file, _ = authority.server(NAME)
    old = server_context(file, ssl.TLSVersion.TLSv1_2)
    assert refused(authority, old) is Reason.LINE_NOT_ENCRYPTED


def test_the_system_decides_where_nothing_is_set(authority: Authority) -> None:
    context = client_context()
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.minimum_version is ssl.TLSVersion.TLSv1_3
    file, _ = authority.server(NAME)

    async def test() -> None:
        async with registered(client_context, server_context(file)) as (office, _):
            assert (await office.outcome()).reason is Reason.LINE_CERTIFICATE_UNKNOWN

    run(test)


def test_every_reason_has_words_in_german() -> None:
    choose("de")
    try:
        for reason in Reason:
            if reason.value.startswith("line-"):
                assert "Anbieter" in sentence(reason) or "Leitung" in sentence(reason), reason
    finally:
        choose("en")
