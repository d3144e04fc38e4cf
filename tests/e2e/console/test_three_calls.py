"""Three calls at once: nothing takes the keyboard, and every letter ends at the call it is for."""

from __future__ import annotations

import threading
from collections.abc import Callable

from tests.doubles.sip.baresip import Baresip
from tests.doubles.sip.sipp import Sipp
from tests.e2e.console.console import Console
from tests.e2e.console.office import DENTIST, HEATING, LAWYERS, greeting

OTTO, LEA, MAX = "+492214710134", "", "+493023125177"
STORY = "Wasser tropft unter der Spüle, Haupthahn ist zu. Lindenstr. 12, zweiter Stock links"

Caller = Callable[[str], Baresip]


def test_typing_goes_on_while_two_more_calls_ring(
    console: Console, caller: Caller, scenario: Callable[..., Sipp]
) -> None:
    """The first caller insists on being held once, resumed once and hung up on: nothing else.

    The second one withholds her number and tells it.
    """
    screen, lea, max_ = console.screen, caller("anonymous"), caller(MAX)
    otto = scenario("hold", OTTO, HEATING)
    screen.until(greeting("Muster Heizung"), "GreetingPanel")
    console.press("F2")
    otto.wait_for("ACK sip:")
    console.write("Otto Beispiel", "Name")
    console.press("Tab", "Tab")
    typing = threading.Thread(target=console.write, args=(STORY,))
    typing.start()
    lea.dial(console.number(LAWYERS))
    lea.wait("CALL_RINGING")
    max_.dial(console.number(DENTIST))
    max_.wait("CALL_RINGING")
    typing.join()
    screen.until(greeting("Kanzlei Beispiel").strip("„“"), "CallsPanel")
    screen.until(greeting("Praxis Mustermann").strip("„“"), "CallsPanel")
    assert screen.field("Notiz") == STORY
    assert screen.focus() == "Notiz"
    assert console.has_keyboard()
    assert screen.texts("GreetingPanel")[-1] == greeting("Muster Heizung")

    console.press("F2")
    lea.wait("CALL_ESTABLISHED")
    otto.wait_for("a=sendonly")
    assert not max_.saw("CALL_ESTABLISHED")
    screen.until("Otto Beispiel, +49 221 4710134, gehalten", "CallCard")
    console.write("Lea Muster", "Name")
    console.press("Tab")
    console.write("0171 39200177", "Telefon")
    console.press("Tab")
    console.write("Frist am Freitag", "Notiz")
    assert screen.texts("GreetingPanel")[-1] == greeting("Kanzlei Beispiel")

    console.press("F3")
    screen.until(greeting("Praxis Mustermann"), "GreetingPanel")
    console.press("F2")
    max_.wait("CALL_ESTABLISHED")
    console.write("Max Mustermann", "Name")
    max_.hang_up()
    screen.until("Die Gegenseite hat aufgelegt", "GreetingPanel")
    console.press("Tab", "Tab")
    console.write("Krone locker", "Notiz")
    console.press("F3")
    screen.until(greeting("Muster Heizung"), "GreetingPanel")
    console.press("F5")
    otto.wait_for("a=sendrecv")
    console.press("ctrl+n")
    console.write(" sen.", "Name")
    console.press("F9")
    otto.finish()
    assert not lea.saw("CALL_CLOSED")

    calls = console.calls()
    assert {
        number: (call["client"], call["name"], call["note"]) for number, call in calls.items()
    } == {
        OTTO: ("heizung", "Otto Beispiel sen.", STORY),
        LEA: ("kanzlei", "Lea Muster", "Frist am Freitag"),
        MAX: ("praxis", "Max Mustermann", "Krone locker"),
    }
    assert calls[LEA]["number"] == "0171 39200177"
    assert [calls[number]["state"] for number in (OTTO, LEA, MAX)] == ["ended", "held", "ended"]
    states = [segment["state"] for segment in calls[OTTO]["segments"]]
    assert states == ["ringing", "active", "held", "active", "ended"]
