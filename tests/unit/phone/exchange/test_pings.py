"""Servers that are pinged, that say nothing, and that answer no pings at all."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from receptionist.events import LineState
from receptionist.model.secret import Secret
from receptionist.phone.exchange import registration
from receptionist.phone.exchange import registrations as module
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.pings import Pings
from receptionist.phone.exchange.registration import Registration, Standing
from receptionist.phone.sip.message import Message
from receptionist.reasons import Reason
from tests.doubles.sip.registrar import PASSWORD
from tests.unit.phone.exchange.at_registrar import a_line, office, registrar, run


@pytest.fixture
def quick_pings(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(*parts: Any) -> Pings:
        return Pings(*parts, every_s=0.1, patience_s=0.3)

    monkeypatch.setattr(module, "Pings", made)


@pytest.mark.usefixtures("quick_pings")
def test_silence_is_noticed_and_mended() -> None:
    async def test() -> None:
        async with registrar() as there, office() as ours:
            ours.lines.register(a_line(there), Secret(PASSWORD))
            await ours.until(LineState.READY)
            await there.until(lambda: len(there.asked) > 4)
            there.manners.silent = True
            down = await ours.until(LineState.UNREACHABLE)
            assert down.reason is Reason.LINE_UNREACHABLE
            there.bindings.clear()
            there.manners.silent = False
            await ours.until(LineState.READY, since=ours.told.index(down))
            assert there.bindings

    run(test)


@pytest.mark.usefixtures("quick_pings")
def test_who_never_answers_pings_is_not_judged_by_them() -> None:
    async def test() -> None:
        async with registrar(answers_options=False) as there, office() as ours:
            ours.lines.register(a_line(there), Secret(PASSWORD))
            await ours.until(LineState.READY)
            await there.until(lambda: sum(a.method == "OPTIONS" for a in there.asked) > 2)
            assert ours.told[-1].state is LineState.READY

    run(test)


@pytest.mark.usefixtures("quick_pings")
@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_who_answers_no_pings_is_asked_by_one_line_for_all(
    transport: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registration, "_WATCHING_S", 0.1)
    monkeypatch.setattr(registration, "_WATCHED_S", 0.5)

    async def test() -> None:
        async with registrar(transport, answers_options=False) as there, office() as ours:
            for _ in range(3):
                ours.lines.register(a_line(there, transport=transport), Secret(PASSWORD))
            await there.until(lambda: len(there.registers()) > 3 * 2 + 4)
            named = Counter(asked.get("call-id") for asked in there.registers())
            assert sorted(named.values())[:2] == [2, 2], "the others once, with the digest"
            there.manners.silent = True
            await ours.until_all(LineState.UNREACHABLE)
            there.manners.silent = False
            await ours.until_all(LineState.READY)

    run(test)


@pytest.mark.usefixtures("quick_pings")
def test_another_line_takes_over_and_none_where_pings_are_answered_after_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registration, "_WATCHING_S", 0.1)

    async def test() -> None:
        async with registrar(answers_options=False) as there, office() as ours:
            first, second = a_line(there), a_line(there)
            ours.lines.register(first, Secret(PASSWORD))
            await there.until(lambda: len(there.registers()) > 5)
            ours.lines.register(second, Secret(PASSWORD))
            await ours.until_all(LineState.READY)
            ours.lines.unregister(first.id)
            ours.hurry()
            known = len(there.registers())
            await there.until(lambda: len(there.registers()) > known + 5)
            there.manners.answers_options = True
            await there.until(lambda: not ours.lines._deaf)

    run(test)


def test_who_watches_a_server_and_comes_to_another_says_so() -> None:
    """Both are ready, but one for somebody who answers no more."""

    async def test() -> None:
        async with office() as ours:
            one, two = Hop("udp", "192.0.2.1", 5060), Hop("udp", "192.0.2.2", 5060)
            watching, other = (
                Registration(
                    a_line("phone.example"),
                    None,
                    transports=ours.transports,
                    asking=ours.lines._asking,
                    resolver=ours.lines._resolver,
                    changed=ours.lines._changed,
                )
                for _ in range(2)
            )
            for line in (watching, other):
                ours.lines._lines[line.line.id] = line
                line.hop = one
                line.stand(Standing(LineState.READY, status=200))
            ours.lines._learnt(one, False)
            assert (watching.watches, other.watches) == (one, None)
            watching.hop = two
            watching._judge(Message("SIP/2.0 200 OK", []))
            assert watching.standing.state is LineState.READY
            assert other.standing.state is LineState.UNREACHABLE
            assert watching.watches is None

    run(test)


@pytest.mark.usefixtures("quick_pings")
def test_a_trunk_is_ready_at_once_and_pinged() -> None:
    async def test() -> None:
        async with registrar() as there, office() as ours:
            ours.lines.register(a_line(there, register=False), None)
            await ours.until(LineState.READY)
            await there.until(lambda: len(there.asked) > 2)
            assert not there.registers()
            there.manners.silent = True
            down = await ours.until(LineState.UNREACHABLE)
            there.manners.silent = False
            await ours.until(LineState.READY, since=ours.told.index(down))

    run(test)
