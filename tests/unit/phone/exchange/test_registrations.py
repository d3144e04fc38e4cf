"""Lines at a registrar: digest of every kind, expiry, NAT, silence, refusals, changed addresses."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from receptionist.errors import PhoneError
from receptionist.events import LineState
from receptionist.model.office import Srtp
from receptionist.model.secret import Secret
from receptionist.phone.exchange import registrations as module
from receptionist.phone.exchange.resolve import Resolver
from receptionist.reasons import Reason
from tests.doubles.sip.registrar import PASSWORD
from tests.unit.phone.exchange.at_registrar import a_line, office, place, registrar, run


@pytest.mark.parametrize("status", [401, 407])
@pytest.mark.parametrize("qop", ["", "auth", "auth,auth-int", "auth-int"])
@pytest.mark.parametrize(
    "algorithms",
    [("MD5",), ("SHA-256",), ("MD5-sess",), ("SHA-256-sess",), ("SHA-256", "MD5"), ("X", "MD5")],
)
def test_every_kind_of_digest(algorithms: tuple[str, ...], qop: str, status: int) -> None:
    async def test() -> None:
        async with (
            registrar(algorithms=algorithms, qop=qop, status=status) as there,
            office() as ours,
        ):
            line = a_line(there)
            ours.lines.register(line, Secret(PASSWORD))
            assert (await ours.until(LineState.READY)).status == 200
            assert list(there.bindings) == [place(line, f"127.0.0.1:{ours.transports.port}")]
            assert len(there.registers()) == 2, "once without and once with the digest"
            assert [e.state for e in ours.told] == [LineState.CONNECTING, LineState.READY]
        assert there.bindings == {}, "the registrar sees us go"

    run(test)


def test_a_wrong_password_is_tried_once_and_refused() -> None:
    async def test() -> None:
        async with registrar() as there, office() as ours:
            ours.lines.register(a_line(there), Secret("falsch"))
            refused = await ours.until(LineState.REFUSED)
            assert (refused.reason, refused.status) == (Reason.LINE_REFUSED, 401)
            assert len(there.registers()) == 2

    run(test)


def test_without_a_password_nothing_is_answered() -> None:
    async def test() -> None:
        async with registrar() as there, office() as ours:
            ours.lines.register(a_line(there), None)
            assert (await ours.until(LineState.REFUSED)).status == 401
            assert len(there.registers()) == 1

    run(test)


@pytest.mark.parametrize("says_stale", [True, False])
def test_a_nonce_that_is_too_old_is_replaced(says_stale: bool) -> None:
    async def test() -> None:
        async with registrar(stale_after=1, says_stale=says_stale) as there, office() as ours:
            ours.lines.register(a_line(there), Secret(PASSWORD))
            await ours.until(LineState.READY)
            there.bindings.clear()
            ours.hurry()
            await there.until(lambda: there.bindings)
            assert len(there.registers()) == 4
            assert [e.state for e in ours.told] == [LineState.CONNECTING, LineState.READY]

    run(test)


def test_too_brief_is_obeyed() -> None:
    async def test() -> None:
        async with registrar(least_s=600) as there, office() as ours:
            ours.lines.register(a_line(there), Secret(PASSWORD))
            await ours.until(LineState.READY)
            assert next(asked.get("expires") for asked in there.registers()) == "60"
            assert list(there.bindings.values()) == [600]

    run(test)


def test_it_is_refreshed_before_it_ends() -> None:
    async def test() -> None:
        async with registrar(most_s=6) as there, office() as ours:
            ours.lines.register(a_line(there), Secret(PASSWORD))
            await ours.until(LineState.READY)
            began = time.monotonic()
            await there.until(lambda: len(there.registers()) == 3)
            assert time.monotonic() - began > 1
            assert there.registers()[-1].get("authorization"), "with the nonce that it knows"

    run(test)


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_the_contact_is_where_the_registrar_sees_us(transport: str) -> None:
    async def test() -> None:
        async with registrar(transport) as there, office() as ours:
            there.manners.seen_as = ("192.0.2.77", 6123)
            line = a_line(there, transport=transport)
            ours.lines.register(line, Secret(PASSWORD))
            await ours.until(LineState.READY)
            suffix = ";transport=tcp" if transport == "tcp" else ""
            assert list(there.bindings) == [place(line, "192.0.2.77:6123") + suffix]
            assert len(there.registers()) == 2
            there.manners.seen_as = ("192.0.2.78", 6124)
            ours.hurry()
            moved = place(line, "192.0.2.78:6124") + suffix
            await there.until(lambda: list(there.bindings) == [moved])

    run(test)


def test_refusals_of_another_kind_are_tried_again() -> None:
    async def test() -> None:
        async with registrar(refuses=503) as there, office() as ours:
            ours.lines.register(a_line(there), Secret(PASSWORD))
            down = await ours.until(LineState.UNREACHABLE)
            assert (down.reason, down.status) == (Reason.LINE_UNREACHABLE, 503)
            there.manners.refuses = 0
            await ours.until(LineState.READY)

    run(test)


def test_a_connection_that_broke_is_made_again_at_once() -> None:
    async def test() -> None:
        async with registrar("tcp") as there, office() as ours:
            line = a_line(there, transport="tcp")
            ours.lines.register(line, Secret(PASSWORD))
            await ours.until(LineState.READY)
            there.bindings.clear()
            there.writers[-1].close()
            await there.until(lambda: there.bindings)
            assert len(there.writers) == 2

    run(test)


def test_nobody_listens() -> None:
    async def test() -> None:
        async with registrar("tcp") as there:
            line = a_line(there, transport="tcp")
        async with office() as ours:
            ours.lines.register(line, Secret(PASSWORD))
            assert (await ours.until(LineState.UNREACHABLE)).reason is Reason.LINE_UNREACHABLE

    run(test)


def test_another_address_of_ours_is_noticed_and_registered() -> None:
    async def test() -> None:
        async with registrar() as there, office() as ours:
            line = a_line(there)
            address = ["127.0.0.1"]
            ours.transports.address_towards = lambda host: address[0]  # type: ignore[method-assign]
            ours.lines.register(line, Secret(PASSWORD))
            await ours.until(LineState.READY)
            there.bindings.clear()
            seen = len(ours.told)
            address[0] = "127.0.0.2"
            await ours.until(LineState.READY, since=seen)
            assert ours.told[seen].state is LineState.CONNECTING
            assert there.bindings
            address[0], seen = "", len(ours.told)
            await ours.until(LineState.UNREACHABLE, since=seen)
            address[0] = "127.0.0.1"
            await ours.until(LineState.READY, since=seen)

    run(test)


def test_after_sleep_every_line_is_registered_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        async with registrar() as there, office() as ours:
            ours.lines.register(a_line(there), Secret(PASSWORD))
            await ours.until(LineState.READY)
            many, seen = len(there.registers()), len(ours.told)
            monkeypatch.setattr(module.time, "time", lambda: time.monotonic() + 10**6)
            await ours.until(LineState.READY, since=seen)
            assert len(there.registers()) > many

    run(test)


def test_a_line_that_moves_leaves_its_old_registrar_first() -> None:
    async def test() -> None:
        async with registrar() as one, registrar() as two, office() as ours:
            line = a_line(one)
            ours.lines.register(line, Secret(PASSWORD))
            await ours.until(LineState.READY)
            ours.lines.register(replace(line, registrar=f"127.0.0.1:{two.port}"), Secret(PASSWORD))
            await two.until(lambda: two.bindings)
            assert one.bindings == {}

    run(test)


def test_a_line_that_is_told_again_stays_as_it_is() -> None:
    async def test() -> None:
        async with registrar() as there, office() as ours:
            line = a_line(there)
            ours.lines.register(line, Secret(PASSWORD))
            await ours.until(LineState.READY)
            many, seen = len(there.registers()), len(ours.told)
            ours.lines.register(replace(line), Secret(PASSWORD))
            assert [e.state for e in ours.told[seen:]] == [LineState.READY]
            ours.hurry()
            await there.until(lambda: len(there.registers()) > many)
            assert len(there.registers()) == many + 1
            assert all(asked.get("expires") == "60" for asked in there.registers())

    run(test)


def test_a_line_that_is_told_again_while_its_registrar_refuses_tries_at_once() -> None:
    async def test() -> None:
        async with registrar(refuses=403) as there, office() as ours:
            line = a_line(there)
            ours.lines.register(line, Secret(PASSWORD))
            await ours.until(LineState.REFUSED)
            there.manners.refuses = 0
            ours.lines.register(line, Secret(PASSWORD))
            await ours.until(LineState.READY)

    run(test)


def test_another_password_is_tried() -> None:
    async def test() -> None:
        async with registrar() as there, office() as ours:
            line = a_line(there)
            ours.lines.register(line, Secret("falsch"))
            await ours.until(LineState.REFUSED)
            ours.lines.register(line, Secret(PASSWORD))
            await ours.until(LineState.READY)

    run(test)


def test_a_line_that_changes_takes_calls_meanwhile() -> None:
    async def test() -> None:
        resolver = Resolver(lambda name: [], lambda name: ["127.0.0.1"])
        async with registrar() as there, office(resolver) as ours:
            line = a_line(f"phone.example:{there.port}")
            ours.lines.register(line, Secret(PASSWORD))
            await ours.until(LineState.READY)
            for name in ("Neu", "Neuer"):
                ours.lines.register(replace(line, name=name), Secret(PASSWORD))
                assert ours.lines.line_for("sip:x@y", "127.0.0.1") == line.id
            await ours.until(LineState.READY, since=len(ours.told))
            assert ours.lines.line_for("sip:x@y", "127.0.0.1") == line.id
            assert ours.lines.line_for("sip:x@y", "127.0.0.2") is None

    run(test)


def test_a_line_that_is_taken_away_is_unregistered() -> None:
    async def test() -> None:
        async with registrar() as there, office() as ours:
            line = a_line(there)
            ours.lines.register(line, Secret(PASSWORD))
            await ours.until(LineState.READY)
            ours.lines.unregister(line.id)
            assert ours.told[-1].state is LineState.STOPPED
            await there.until(lambda: not there.bindings)
            with pytest.raises(PhoneError):
                ours.lines.unregister(line.id)

    run(test)


@pytest.mark.parametrize("more", [{"transport": "sctp"}, {"registrar": "a b"}, {"user": "a@b"}])
def test_what_cannot_be_written_is_not_tried(more: dict[str, str]) -> None:
    async def test() -> None:
        async with office() as ours:
            with pytest.raises(PhoneError):
                ours.lines.register(replace(a_line("127.0.0.1"), **more), None)
            assert [e.state for e in ours.told] == [LineState.STOPPED]

    run(test)


def test_invites_are_known_by_contact_number_and_server() -> None:
    async def test() -> None:
        async with office() as ours:
            one, two = a_line("127.0.0.1:9"), a_line("127.0.0.1:9", user="other")
            secure = a_line("127.0.0.3:9", transport="tls")
            for line in (one, two, secure):
                ours.lines.register(line, None)
            lines = ours.lines
            assert lines.line_for(place(two, "192.0.2.1:5"), "127.0.0.1") == two.id
            assert lines.line_for("sip:other@192.0.2.1", "127.0.0.1") == two.id
            assert lines.line_for("sip:+4930@192.0.2.1", "127.0.0.1") == one.id
            assert lines.line_for(place(one, "192.0.2.1"), "127.0.0.2") is None
            assert lines.line_for("sip:x@y", "127.0.0.3", "udp") is None
            assert lines.line_for("sip:x@y", "127.0.0.3", "tls") == secure.id

    run(test)


def test_a_voice_encrypted_always_needs_tls_and_the_desk_is_told() -> None:
    """A line that was used as it was before is used no more."""

    async def test() -> None:
        async with registrar() as there, office() as ours:
            line = a_line(there)
            ours.lines.register(line, Secret(PASSWORD))
            await ours.until(LineState.READY)
            with pytest.raises(PhoneError):
                ours.lines.register(replace(line, srtp=Srtp.REQUIRED), Secret(PASSWORD))
            assert ours.told[-1].state is LineState.STOPPED
            assert ours.told[-1].reason is Reason.LINE_VOICE_NEEDS_TLS
            assert ours.lines.line(line.id) is None
            await there.until(lambda: not there.bindings)

    run(test)
