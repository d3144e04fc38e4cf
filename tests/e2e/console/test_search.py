"""Who called before is found again, by real keys on a German keyboard."""

from __future__ import annotations

from collections.abc import Callable

from tests.doubles.sip.baresip import Baresip
from tests.e2e.console.console import Console, until
from tests.e2e.console.hands import answer, hang_up
from tests.e2e.console.office import HEATING, LAWYERS, greeting

OTTO, LEA = "+492214710134", "+4917139200177"
FIELD = "Suchen oder Nummer anrufen"

Caller = Callable[[str], Baresip]


def _over(console: Console, peer: Baresip, number: str, name: str, note: str) -> None:
    """A call that is answered, written down with real keys, ended and put away."""
    peer.dial(console.number(number))
    peer.wait("CALL_RINGING")
    console.screen.until("klingelt", "CallsPanel")
    answer(console, peer)
    console.write(name, "Name")
    console.press("F7")
    console.write(note, "Notiz")
    hang_up(console, peer)
    console.screen.until("Dieser Anruf ist beendet", "GreetingPanel")
    console.press("Escape")
    console.screen.until("Bereit", "Middle")


def test_a_caller_is_known_when_he_calls_again(console: Console, caller: Caller) -> None:
    screen, otto = console.screen, caller(OTTO)
    _over(console, otto, HEATING, "Jörg Müßig", "Therme tropft")
    otto.dial(console.number(HEATING))
    screen.until(greeting("Muster Heizung"), "GreetingPanel")
    answer(console, otto)
    screen.until("1 früherer Anruf · zuletzt heute: Therme tropft", "HistoryPanel")
    console.press("ctrl+h")
    screen.wait(lambda: screen.focus() == "Frühere Anrufe dieses Anrufers")
    console.press("Return")
    screen.wait(lambda: screen.field("Name") == "Jörg Müßig")
    assert screen.focus() == "Name"


def test_ctrl_k_searches_from_the_note_and_cuts_nothing(console: Console, caller: Caller) -> None:
    """On X11 Ctrl+K would cut the rest of the line in a text field."""
    screen, otto = console.screen, caller(OTTO)
    _over(console, caller(LEA), LAWYERS, "Lea Muster", "Frist am Freitag")
    otto.dial(console.number(HEATING))
    screen.until(greeting("Muster Heizung"), "GreetingPanel")
    answer(console, otto)
    console.write("Otto", "Name")
    console.press("F7")
    console.write("Therme kalt", "Notiz")
    fields = (
        ("Notiz", "Therme kalt", ()),
        ("Name", "Otto", ("ctrl+n",)),
        ("Telefon", "+49 221 4710134", ("ctrl+n", "Tab")),
    )
    for field, letters, way in fields:
        console.press(*way, "Home", "ctrl+k")
        screen.wait(lambda: screen.focus() == FIELD)
        assert screen.field(field) == letters
    console.write("Lea", FIELD)
    screen.until("Nichts gefunden für „Lea“ bei Muster Heizung", "Results")
    console.press("Escape", "Escape")
    screen.wait(lambda: screen.focus() == "Telefon")
    hang_up(console, otto)


def test_a_record_is_found_and_corrected(console: Console, caller: Caller) -> None:
    screen = console.screen
    _over(console, caller(LEA), LAWYERS, "Lea Muser", "Frist am Freitag")
    console.press("ctrl+k")
    console.write("FREITAG", FIELD)
    screen.wait(lambda: any("Lea Muser" in text for text in screen.texts("Results")))
    console.press("Return")
    screen.until("Dieser Anruf ist beendet", "GreetingPanel")
    console.press("ctrl+n", "ctrl+a")
    console.write("Lea Muster", "Name")
    screen.until("Name, vorher „Lea Muser“", "GreetingPanel")
    until(lambda: console.calls()[LEA]["name"] == "Lea Muster", "the correction is stored")
