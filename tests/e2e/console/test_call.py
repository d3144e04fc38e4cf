"""One call after the other: for whom, what to say, the appointment, and who does not get in."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.doubles.sip.baresip import Baresip
from tests.doubles.sip.sipp import Sipp
from tests.e2e.console.console import Console, Owners
from tests.e2e.console.hands import answer, choose_kind, hang_up, times
from tests.e2e.console.office import HEATING, LAWYERS, UNKNOWN, greeting

OTTO, LEA = "+492214710134", "+4917139200177"
MOST_KEYS = 5

Caller = Callable[[str], Baresip]


def test_a_call_becomes_an_appointment(console: Console, caller: Caller, owners: Owners) -> None:
    screen, otto = console.screen, caller(OTTO)
    otto.dial(console.number(HEATING))
    screen.until(greeting("Muster Heizung"), "GreetingPanel")
    otto.wait("CALL_RINGING")
    assert not otto.saw("CALL_ESTABLISHED")
    shown = " ".join(screen.texts("Middle"))
    assert "Kanzlei Beispiel" not in shown
    assert "Büro am Park" not in shown
    answer(console, otto)
    console.write("Jörg Müßig", "Name")
    times(console)
    console.pressed.clear()
    choose_kind(console, 2, "Reparatur")
    console.press("ctrl+1", "F8")
    keys = list(console.pressed)
    screen.until("Im Kalender des Inhabers seit", "BookingPanel")
    assert not otto.saw("CALL_CLOSED")
    assert len(keys) <= MOST_KEYS
    (written,) = owners.objects("heizung").values()
    assert "SUMMARY:Reparatur: Jörg Müßig" in written
    hang_up(console, otto)
    (one,) = console.appointments("heizung")
    assert (one["state"], one["name"], one["phone"]) == ("confirmed", "Jörg Müßig", OTTO)
    assert list(owners.objects("heizung")) == [one["uid"]]
    call = console.calls()[OTTO]
    assert (call["client"], call["name"], call["answered"]) == ("heizung", "Jörg Müßig", True)
    assert call["cause"] == "we-hung-up"
    assert one["call_id"] == call["id"]


def test_each_client_has_his_own_greeting(console: Console, caller: Caller) -> None:
    screen, otto = console.screen, caller(OTTO)
    left, top, width, height = screen.area("BottomBar")
    assert (left, left + width) == (0, 1366)
    assert 0 < top < top + height <= 768
    for number, name in ((LAWYERS, "Kanzlei Beispiel"), (HEATING, "Muster Heizung")):
        otto.dial(console.number(number))
        screen.until(greeting(name), "GreetingPanel")
        otto.hang_up()
        screen.until("Bereit für den nächsten Anruf")
    backs = console.call_backs()
    assert backs[OTTO]["reason"] == "missed"


def test_an_unknown_number_is_assigned_while_talking(console: Console, caller: Caller) -> None:
    screen, otto = console.screen, caller(OTTO)
    otto.dial(console.number(UNKNOWN))
    screen.until("„Büro am Park, Sie sprechen mit Erika Muster.“", "GreetingPanel")
    answer(console, otto)
    console.write("Otto Beispiel", "Name")
    console.press("Tab", "Tab")
    console.write("Rohrbruch im Keller", "Notiz")
    console.press("ctrl+m")
    console.write("kanz")
    console.press("Return")
    screen.until(greeting("Kanzlei Beispiel"), "GreetingPanel")
    assert screen.field("Name") == "Otto Beispiel"
    assert screen.field("Notiz") == "Rohrbruch im Keller"
    hang_up(console, otto)
    console.press("Escape")
    _next_call_is_for_the_lawyers(console, caller)
    call = console.calls()[OTTO]
    assert (call["client"], call["name"]) == ("kanzlei", "Otto Beispiel")
    assert call["note"] == "Rohrbruch im Keller"


def test_an_unknown_number_is_assigned_when_the_caller_is_gone(
    console: Console, caller: Caller
) -> None:
    screen, otto = console.screen, caller(OTTO)
    otto.dial(console.number(UNKNOWN))
    screen.until("„Büro am Park,", "GreetingPanel")
    answer(console, otto)
    console.write("Otto Bei", "Name")
    otto.hang_up()
    screen.until("Die Gegenseite hat aufgelegt", "GreetingPanel")
    console.write("spiel", "Name")
    assert screen.field("Name") == "Otto Beispiel"
    console.press("ctrl+m")
    console.write("beispiel")
    console.press("Return")
    screen.until("Kanzlei Beispiel", "ClientPanel")
    console.write(" jun.", "Name")
    console.press("Escape")
    _next_call_is_for_the_lawyers(console, caller)
    call = console.calls()[OTTO]
    assert (call["client"], call["name"]) == ("kanzlei", "Otto Beispiel jun.")


def _next_call_is_for_the_lawyers(console: Console, caller: Caller) -> None:
    console.screen.until("Bereit für den nächsten Anruf")
    lea = caller(LEA)
    lea.dial(console.number(UNKNOWN))
    console.screen.until(greeting("Kanzlei Beispiel"), "GreetingPanel")
    lea.hang_up()
    lea.wait("CALL_CLOSED")


def test_a_stranger_is_refused_and_nothing_moves(
    console: Console, caller: Caller, scenario: Callable[..., Sipp]
) -> None:
    """The trunk is 127.0.0.1; whoever calls from 127.0.0.2 gets a 403 and rings nowhere."""
    screen = console.screen
    before = _timeless(screen.texts())
    scenario("stranger", "+494066969333", HEATING, source="127.0.0.2").finish()
    assert _timeless(screen.texts()) == before
    assert console.calls() == {}
    caller(OTTO).dial(console.number(HEATING))
    screen.until(greeting("Muster Heizung"), "GreetingPanel")


def _timeless(texts: list[str]) -> list[str]:
    """Texts without the times in them, which change by themselves."""
    return [re.sub(r"\d+:\d\d(:\d\d)?", "", text) for text in texts]
