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
from tests.e2e.console.hands import answer, hang_up, times
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
    answer(console, otto)
    _walk(console.screen, "talking")
    reached = _round_trip(console)
    missing = [one for one in console.screen.reachable() if one.name not in reached]
    assert not missing, f"Tab never comes to {[one.name for one in missing]}"
    hang_up(console, otto)


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
    screen = console.screen
    console.press("ctrl+n")
    screen.wait(lambda: screen.focus() == "Name")
    way = [_keyboard(screen)]
    for _step in range(MOST_STEPS):
        console.press("Tab")
        screen.wait(lambda: _keyboard(screen) not in ([], way[-1]))
        way.append(_keyboard(screen))
        if way[-1] == way[0]:
            return {name for stop in way for _, name in stop}
    raise AssertionError(f"Tab never comes round: {way}")


def _keyboard(screen: Screen) -> list[tuple[int, str]]:
    """Which of all that can have the keyboard has it, and its name."""
    can = enumerate(screen.reachable())
    return [(place, one.name) for place, one in can if one.focused]


def test_what_changes_by_itself_is_said(
    spoken: Spoken, console: Console, caller: Callable[[str], Baresip]
) -> None:
    otto = caller(OTTO)
    otto.dial(console.number(HEATING))
    spoken.wait("Anruf für Muster Heizung")
    answer(console, otto)
    console.write("Otto Beispiel", "Name")
    times(console)
    console.press("ctrl+1", "F8")
    spoken.wait("Im Kalender des Inhabers seit")
    otto.hang_up()
