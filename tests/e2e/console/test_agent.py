"""Break and wrap-up by key, during a call and after it; the keyboard stays where it was."""

from __future__ import annotations

from collections.abc import Callable

from tests.doubles.sip.baresip import Baresip
from tests.e2e.console.console import Console
from tests.e2e.console.hands import answer, hang_up
from tests.e2e.console.office import HEATING, greeting

OTTO = "+492214710134"
READY = "Bereit für den nächsten Anruf"

Caller = Callable[[str], Baresip]


def test_a_break_waits_for_the_end_of_the_call_and_hides_no_call(
    console: Console, caller: Caller
) -> None:
    screen, otto = console.screen, caller(OTTO)
    otto.dial(console.number(HEATING))
    screen.until(greeting("Muster Heizung"), "GreetingPanel")
    answer(console, otto)
    console.write("Otto", "Name")
    console.press("F11", "2")
    screen.until("Pause nach dem Gespräch", "TopBar")
    console.write(" Beispiel", "Name")
    assert screen.field("Name") == "Otto Beispiel"
    otto.hang_up()
    screen.until("Mittag", "TopBar")
    console.write(" jun.", "Name")
    console.press("Escape")
    screen.until("Pause – Mittag")
    assert console.has_keyboard()
    otto.dial(console.number(HEATING))
    screen.until(greeting("Muster Heizung"), "GreetingPanel")
    otto.hang_up()
    screen.until("Pause – Mittag")
    console.press("F10")
    screen.until(READY)


def test_after_a_call_wrap_up_ends_by_itself(console: Console, caller: Caller) -> None:
    screen, otto = console.screen, caller(OTTO)
    otto.dial(console.number(HEATING))
    screen.until(greeting("Muster Heizung"), "GreetingPanel")
    answer(console, otto)
    console.press("F11", "Return")
    screen.until("Pause nach dem Gespräch", "TopBar")
    console.press("F11")
    screen.wait(lambda: "Pause nach dem Gespräch" not in screen.texts("TopBar"))
    hang_up(console, otto)
    console.press("Escape")
    screen.until(READY)
    console.press("F11", "Return")
    screen.until("Kurze Pause", "TopBar")
    console.press("F12")
    screen.until(READY)
