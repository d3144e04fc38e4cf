"""The owner is asked while the caller waits, and the two are connected, by keys and real peers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.doubles.sip.softphone import Softphone
from tests.e2e.console.console import Console, until
from tests.e2e.console.hands import talks
from tests.e2e.console.office import HEATING, greeting

Phones = Callable[..., Softphone]


@pytest.fixture
def softphone(free_udp_port: Callable[[], int]) -> Iterator[Phones]:
    """Gives softphones that take transfers."""
    with ExitStack() as opened:
        yield lambda **statuses: opened.enter_context(Softphone(free_udp_port(), **statuses))


def _asked(console: Console, caller: Softphone, owner: Softphone) -> None:
    """The caller is answered and held, the owner is called and answers."""
    caller.do(f"dial {console.number(HEATING)}")
    console.screen.until(greeting("Muster Heizung"), "GreetingPanel")
    console.press("F2")
    caller.wait("up 1")
    talks(console)
    console.write("Otto Beispiel", "Name")
    console.press("F6")
    console.screen.until("Rückfrage für Otto Beispiel: Nummer eingeben, dann Eingabetaste.")
    console.write(f"sip:owner@{owner.address}")
    console.press("Return")
    owner.wait("up 1")
    console.screen.until("F6 verbindet Otto Beispiel mit", "VerbBar")


def _calls(console: Console) -> dict[str, dict[str, object]]:
    calls = console.command("journal", "--json")["calls"]
    return {call["direction"]: call for call in calls}


def test_caller_and_owner_talk_and_we_are_gone(console: Console, softphone: Phones) -> None:
    caller, owner = softphone(), softphone()
    _asked(console, caller, owner)
    console.press("F6")
    for phone in (caller, owner):
        phone.wait("heard 2")
        phone.wait("gone 1")
    console.screen.until("Verbunden", "GreetingPanel")
    until(lambda: all(call["cause"] for call in _calls(console).values()), "both are over")
    calls = _calls(console)
    assert calls["incoming"]["cause"] == calls["outgoing"]["cause"] == "transferred"
    assert calls["outgoing"]["consults_for"] == calls["incoming"]["id"]
    assert calls["outgoing"]["client"] == "heizung"
    assert owner.address in str(calls["incoming"]["connected_to"])
    assert console.call_backs() == {}


def test_a_phone_that_cannot_do_it_keeps_everybody(console: Console, softphone: Phones) -> None:
    caller, owner = softphone(refer=405), softphone()
    _asked(console, caller, owner)
    console.press("F6")
    console.screen.until("wurde abgelehnt (405)", "VerbBar")
    console.press("F9")
    owner.wait("gone 1")
    console.screen.until("Sie haben aufgelegt.", "GreetingPanel")
    console.press("F5")
    console.screen.until(greeting("Muster Heizung"), "GreetingPanel")
    console.screen.until("Otto Beispiel, ")
    assert not caller.saw("gone")
    console.press("F9")
    caller.wait("gone 1")
