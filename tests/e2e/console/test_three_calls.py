"""Three calls at once: nothing takes the keyboard, and every letter ends at the call it is for."""

from __future__ import annotations

import threading
from collections.abc import Callable

from tests.doubles.screen import Screen
from tests.doubles.sip.baresip import Baresip
from tests.doubles.sip.sipp import Sipp
from tests.e2e.console.console import Console
from tests.e2e.console.hands import answer, talks
from tests.e2e.console.office import DENTIST, HEATING, LAWYERS, greeting

OTTO, LEA, MAX = "+492214710134", "", "+493023125177"
STORY = "Wasser tropft unter der Spüle, Haupthahn ist zu. Lindenstr. 12, zweiter Stock links"

Caller = Callable[[str], Baresip]


def test_three_calls_keep_their_texts_apart(
    console: Console, caller: Caller, scenario: Callable[..., Sipp]
) -> None:
    """The first caller insists on being held once, resumed once and hung up on: nothing else.

    The second one withholds her number and tells it, the third one hangs up while he is typed.
    """
    screen, lea, max_ = console.screen, caller("anonymous"), caller(MAX)
    otto = scenario("hold", OTTO, HEATING)
    screen.until(greeting("Muster Heizung"), "GreetingPanel")
    console.press("F2")
    otto.wait_for("ACK sip:")
    talks(console)
    _two_more_ring_while_typing(console, lea, max_)
    _second_is_answered(console, otto, lea, max_)
    _third_is_answered_and_hangs_up(console, max_)
    console.press("F3")
    screen.until(greeting("Muster Heizung"), "GreetingPanel")
    console.press("F5")
    otto.wait_for("a=sendrecv")
    console.press("ctrl+n")
    console.write(" sen.", "Name")
    console.press("F9")
    otto.finish()
    screen.until("Sie haben aufgelegt", "GreetingPanel")
    assert not lea.saw("CALL_CLOSED")
    _everything_is_where_it_belongs(console)


def _two_more_ring_while_typing(console: Console, lea: Baresip, max_: Baresip) -> None:
    screen = console.screen
    console.write("Otto Beispiel", "Name")
    console.press("Tab", "Tab")
    typing = threading.Thread(target=console.write, args=(STORY,))
    typing.start()
    lea.dial(console.number(LAWYERS))
    lea.wait("CALL_RINGING")
    max_.dial(console.number(DENTIST))
    max_.wait("CALL_RINGING")
    typing.join()
    screen.until("Kanzlei Beispiel, Name noch unbekannt, Nummer unterdrückt, klingelt")
    screen.until("Praxis Mustermann, Name noch unbekannt, +49 30 23125177, klingelt")
    screen.wait(lambda: screen.field("Notiz") == STORY)
    assert screen.focus() == "Notiz"
    assert console.has_keyboard()
    assert _said(screen) == greeting("Muster Heizung")


def _second_is_answered(console: Console, otto: Sipp, lea: Baresip, max_: Baresip) -> None:
    answer(console, lea)
    otto.wait_for("a=sendonly")
    assert not max_.saw("CALL_ESTABLISHED")
    console.screen.until("Otto Beispiel, +49 221 4710134, gehalten")
    console.write("Lea Muster", "Name")
    console.press("Tab")
    console.write("0171 39200177", "Telefon")
    console.press("Tab")
    console.write("Frist am Freitag", "Notiz")
    assert _said(console.screen) == greeting("Kanzlei Beispiel")


def _third_is_answered_and_hangs_up(console: Console, max_: Baresip) -> None:
    screen = console.screen
    console.press("F3")
    screen.until(greeting("Praxis Mustermann"), "GreetingPanel")
    answer(console, max_)
    screen.until("Lea Muster, 0171 39200177, gehalten")
    console.write("Max Mustermann", "Name")
    max_.hang_up()
    screen.until("Die Gegenseite hat aufgelegt", "GreetingPanel")
    console.press("Tab", "Tab")
    console.write("Krone locker", "Notiz")


def _everything_is_where_it_belongs(console: Console) -> None:
    calls = console.calls()
    texts = {key: (one["client"], one["name"], one["note"]) for key, one in calls.items()}
    assert texts == {
        OTTO: ("heizung", "Otto Beispiel sen.", STORY),
        LEA: ("kanzlei", "Lea Muster", "Frist am Freitag"),
        MAX: ("praxis", "Max Mustermann", "Krone locker"),
    }
    assert calls[LEA]["number"] == "0171 39200177"
    assert [calls[number]["state"] for number in (OTTO, LEA, MAX)] == ["ended", "held", "ended"]
    states = [segment["state"] for segment in calls[OTTO]["segments"]]
    assert states == ["ringing", "active", "held", "active", "ended"]


def _said(screen: Screen) -> str:
    """The sentence in the largest type."""
    return screen.texts("GreetingPanel")[-1]
