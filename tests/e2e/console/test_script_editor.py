"""A script is written with real keys: what is broken is refused with its place, the last good one
stays and is what is said when it rings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.doubles.desktop import Desktop
from tests.doubles.screen import Screen
from tests.doubles.sip.baresip import Baresip
from tests.e2e.console.console import Console
from tests.e2e.console.hands import answer, hang_up
from tests.e2e.console.office import HEATING

OTTO = "+492214710134"
TEXT, SAID, BUTTON = "Text des Leitfadens", "Was Sie sagen", "Beschriftung der Taste"
WHY = "Warum geändert?"
WRITTEN = """\
format = 1
language = "de"

[[greeting]]
text = "Heizung Muster am Park"

[[reason]]
key = "anliegen"
title = "Notdienst"
say = ""
instruct = ""

[[reason.prompt]]
key = "name"
label = "Name"
required = true
into = "name"

[[reason.prompt]]
key = "rueckruf"
label = "Rückrufnummer"
kind = "phone"
required = true
into = "phone"
"""


def test_a_broken_script_is_refused_and_the_last_good_one_is_said(
    desktop: Desktop, console: Console, caller: Callable[[str], Baresip]
) -> None:
    screen = console.screen
    _open(console, desktop)
    _begin_empty(console)
    console.press("ctrl+n", "1")
    screen.wait(lambda: _has_keyboard(screen, SAID))
    console.write("Heizung Muster am Park", SAID)
    console.press("ctrl+n", "3")
    screen.wait(lambda: _has_keyboard(screen, BUTTON))
    console.write("Notdienst", BUTTON)
    screen.until("Keine Fehler", "FaultList")
    screen.until("Heizung Muster am Park", "Preview")
    _save(console, "Frau Muster wünscht es kürzer")
    screen.until("Ab jetzt gilt Fassung 1", "Foot")
    assert _counting(console) == WRITTEN

    console.press("ctrl+6")
    screen.wait(lambda: _has_keyboard(screen, TEXT))
    assert screen.field(TEXT) == WRITTEN
    console.press("ctrl+Home", "Down", "Down", "Down", "Down", "End", "Left")
    console.write(" {wer", TEXT)
    assert screen.field(TEXT) == WRITTEN.replace("am Park", "am Park {wer")
    screen.until("Zeile 5, Begrüßung 1, text", "FaultList")
    screen.until("Heizung Muster am Park", "Preview")
    console.press("ctrl+s")
    screen.until("Es gilt weiter die letzte fehlerfreie Fassung", "Foot")

    otto = caller(OTTO)
    otto.dial(console.number(HEATING))
    screen.until("Es klingelt für Muster Heizung", "RingingLine")
    answer(console, otto)
    screen.until("Heizung Muster am Park", "GreetingPanel")
    hang_up(console, otto)
    console.press("Escape")
    screen.until("Leitfaden von Muster Heizung", "Middle")
    assert _counting(console) == WRITTEN
    (version,) = _versions(console)
    assert version["why"] == "Frau Muster wünscht es kürzer"


def _open(console: Console, desktop: Desktop) -> None:
    """Find the client, and open the editor of his script."""
    screen, desk = console.screen, console.window
    console.press("ctrl+k")
    console.write("Muster Heiz")
    screen.until("Muster Heizung", "Results")
    console.press("Return")
    screen.until("Muster Heizung", "ClientSheet")
    console.press("ctrl+shift+l")
    screen.until("Branche wählen", "Templates")
    screen.wait(lambda: console.has_keyboard() and desktop.active() != desk)
    screen.wait(lambda: _has_keyboard(screen, "Branchen"))


def _has_keyboard(screen: Screen, name: str) -> bool:
    """Whether what is called so has the keyboard; the chosen row of a list says so, too."""
    return any(one.focused and one.name == name for one in screen.things())


def _begin_empty(console: Console) -> None:
    """Past the languages and the page to the button."""
    screen = console.screen
    for name in ("Deutsch, dazu Englisch", "Vorschau", "Mit leerem Leitfaden beginnen"):
        console.press("Tab")
        screen.wait(partial(_has_keyboard, screen, name), lambda name=name: name)
    console.press("space")
    screen.wait(lambda: _has_keyboard(screen, "Deutsch"))


def _save(console: Console, why: str) -> None:
    console.press("ctrl+s")
    console.screen.wait(lambda: _has_keyboard(console.screen, WHY))
    console.write(why, WHY)
    console.press("Return")


def _counting(console: Console) -> str:
    """The text that counts."""
    return str(console.command("script", "show", "heizung", "--json")["text"])


def _versions(console: Console) -> list[Any]:
    return list(console.command("script", "versions", "heizung", "--json")["versions"])
