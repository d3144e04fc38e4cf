"""The keys are the same on a German and on an American keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.doubles.desktop import Desktop
from tests.doubles.sip.baresip import Baresip
from tests.e2e.console.console import Console
from tests.e2e.console.hands import answer, choose_kind, hang_up
from tests.e2e.console.office import HEATING, greeting

OTTO = "+492214710134"


@pytest.fixture(params=["de", "us"])
def keyboard(desktop: Desktop, request: pytest.FixtureRequest) -> Iterator[str]:
    """The keyboard on the desk."""
    desktop.keyboard(request.param)
    yield request.param
    desktop.keyboard("de")


def test_from_ringing_to_booked(
    keyboard: str, console: Console, caller: Callable[[str], Baresip]
) -> None:
    screen, otto = console.screen, caller(OTTO)
    otto.dial(console.number(HEATING))
    screen.until(greeting("Muster Heizung"), "GreetingPanel")
    answer(console, otto)
    console.write("Otto Zoe 1-2/3", "Name")
    assert screen.field("Name") == "Otto Zoe 1-2/3", "letters and digits type"
    choose_kind(console, 2, "Reparatur")
    console.press("ctrl+2")
    screen.until("freigehalten bis", "BookingPanel")
    console.press("F8")
    screen.until("Im Kalender des Inhabers seit", "BookingPanel")
    hang_up(console, otto)
    (one,) = console.appointments("heizung")
    assert (one["kind"], one["name"]) == ("second", "Otto Zoe 1-2/3")
