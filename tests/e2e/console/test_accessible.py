"""Everything on the screen has a name for who cannot see it, and a way for who has no mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tests.doubles.desktop import Desktop
from tests.doubles.screen import Screen, Thing
from tests.doubles.sip.baresip import Baresip
from tests.doubles.spoken import Spoken
from tests.e2e.console.console import Console
from tests.e2e.console.office import HEATING, greeting

OTTO = "+492214710134"
ACTING = {"push button", "button menu", "toggle button", "check box", "combo box", "list item"}
MOST_STEPS = 80
SMALL = {
    "F1": "KeysDialog",
    "shift+F1": "HelpDialog",
    "ctrl+comma": "SettingsDialog",
    "ctrl+l": "ConditionsDialog",
    "ctrl+e": "OfficeDialog",
}


@pytest.fixture
def spoken(desktop: Desktop) -> Iterator[Spoken]:
    """Somebody who cannot see, from before the console starts."""
    spoken = Spoken(desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
    yield spoken
    spoken.close()


def test_everything_is_named_and_reached_by_keyboard(
    console: Console, caller: Callable[[str], Baresip]
) -> None:
    _walk(console.screen, "no call")
    otto = caller(OTTO)
    otto.dial(console.number(HEATING))
    console.screen.until(greeting("Muster Heizung"), "GreetingPanel")
    _walk(console.screen, "ringing")
    console.press("F2")
    otto.wait("CALL_ESTABLISHED")
    console.screen.until("Auflegen", "VerbBar")
    _walk(console.screen, "talking")
    reached = _round_trip(console)
    missing = [one for one in console.screen.things() if one.focusable and one.name not in reached]
    assert not missing, f"Tab never comes to {[one.name for one in missing]}"
    console.press("F9")
    otto.wait("CALL_CLOSED")


def test_everything_in_the_small_windows_is_named(console: Console) -> None:
    screen = console.screen
    for keys, window in SMALL.items():
        console.press(keys)
        screen.wait(partial(screen.things, window), lambda window=window: f"{window} opens")
        _walk(screen, window)
        console.press("Escape")
        screen.wait(lambda window=window: not screen.things(window), lambda: "it closes")
        screen.wait(console.has_keyboard)


def _acting(screen: Screen) -> list[Thing]:
    return [one for one in screen.things() if one.focusable or one.role in ACTING]


def _walk(screen: Screen, when: str) -> None:
    nameless = [one.place for one in _acting(screen) if not one.name.strip()]
    assert not nameless, f"{when}: without a name: {nameless}"


def _round_trip(console: Console) -> set[str]:
    """The names of what Tab comes to, until it is back where it began."""
    console.press("ctrl+n")
    names: list[str] = []
    for _step in range(MOST_STEPS):
        names.append(console.screen.focus())
        console.press("Tab")
        if console.screen.focus() == names[0] and len(names) > 1:
            return set(names)
    raise AssertionError(f"Tab never comes round: {names}")


def test_what_changes_by_itself_is_said(
    spoken: Spoken, console: Console, caller: Callable[[str], Baresip]
) -> None:
    otto = caller(OTTO)
    otto.dial(console.number(HEATING))
    spoken.wait("Anruf für Muster Heizung")
    console.press("F2")
    otto.wait("CALL_ESTABLISHED")
    console.write("Otto Beispiel", "Name")
    console.press("ctrl+1", "F8")
    spoken.wait("Im Kalender des Inhabers seit")
    otto.hang_up()
