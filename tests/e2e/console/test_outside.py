"""Outside of the window: a second start, links to call, ringing behind other windows, the tray."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from receptionist import bootstrap
from tests.doubles.desktop import Desktop
from tests.doubles.notification_server import NotificationServer
from tests.doubles.screen import Screen
from tests.doubles.sip.baresip import Baresip
from tests.doubles.tray_host import TrayHost
from tests.e2e.console.console import CEILING_S, ROOT, Console, until
from tests.e2e.console.hands import answer
from tests.e2e.console.office import HEATING, LAWYERS, greeting

OTTO, LEA = "+492214710134", "+4917139200177"
SEARCH = "Suchen oder Nummer anrufen"

Caller = Callable[[str], Baresip]


class Letter:
    """Another program, in which somebody writes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def wait_for(self, text: str) -> None:
        """Wait until this stands in its field."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.rstrip("\n") == text:
                return
        raise AssertionError(f"never: {text}")


@contextmanager
def letter(desktop: Desktop) -> Iterator[Letter]:
    """Somebody goes to another window, which has the keyboard now."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.doubles.other_window"],
        env={**desktop.environment, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        letter = Letter(process)
        letter.wait_for("ready")
        yield letter
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def told(desktop: Desktop) -> Iterator[NotificationServer]:
    """Who shows notifications on this desktop."""
    with NotificationServer(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as server:
        yield server


@pytest.fixture
def tray(desktop: Desktop) -> Iterator[TrayHost]:
    """A tray on this desktop, for programs that start now."""
    with TrayHost(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as tray:
        yield tray


def test_a_second_start_brings_the_window_back_and_ends(console: Console, desktop: Desktop) -> None:
    with letter(desktop):
        desktop.minimise(console.window)
        until(lambda: not desktop.windows(console.process), "it is minimised")
        again = console.start_again()
        assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
        until(console.has_keyboard, "it is in front again")
    assert len(desktop.windows(console.process)) == 1


def test_a_link_is_taken_over_and_who_types_goes_on(console: Console, caller: Caller) -> None:
    screen, otto = console.screen, caller(OTTO)
    otto.dial(console.number(HEATING))
    screen.until(greeting("Muster Heizung"), "GreetingPanel")
    answer(console, otto)
    console.press("Tab", "Tab")
    console.write("Rückruf an ", "Notiz")
    again = console.start_again("tel:+49-89-99998-440")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    screen.wait(lambda: screen.field(SEARCH) == "+498999998440")
    console.write("die Werkstatt")
    screen.wait(lambda: screen.field("Notiz") == "Rückruf an die Werkstatt")
    assert screen.focus() == "Notiz"
    assert screen.field(SEARCH) == "+498999998440"
    assert list(console.calls()) == [OTTO]
    refused = console.start_again("tel:*21*+498999998440%23")
    assert refused.returncode == 0
    screen.until("umleiten", "NoticeBar")
    console.write(" heute", "Notiz")
    assert screen.field("Notiz") == "Rückruf an die Werkstatt heute"


def test_ringing_behind_another_window_is_told_and_takes_no_keyboard(
    console: Console, caller: Caller, desktop: Desktop, told: NotificationServer
) -> None:
    otto, lea = caller(OTTO), caller(LEA)
    with letter(desktop) as elsewhere:
        desktop.minimise(console.window)
        before = desktop.active()
        desktop.write("Sehr geehrte ")
        otto.dial(console.number(HEATING))
        told.wait_for_a_question(1)
        lea.dial(console.number(LAWYERS))
        told.wait_for_a_question(2)
        desktop.write("Damen")
        elsewhere.wait_for("Sehr geehrte Damen")
        assert desktop.active() == before
        first, second = told.texts()
        assert first[0] == "Anruf für Muster Heizung"
        assert "+49 221 4710134" in first[1]
        assert second[0] == "Anruf für Kanzlei Beispiel"
        otto.hang_up()
        until(lambda: told.count() == 1, "the first is withdrawn")
        assert desktop.active() == before
        told.click()
        until(console.has_keyboard, "the click brings the window to the front")
    answer(console, lea)
    assert len(told.seen) == 2


def test_a_server_that_hangs_does_not_hold_up_an_answer(
    console: Console, caller: Caller, desktop: Desktop, told: NotificationServer
) -> None:
    told.hung = True
    otto = caller(OTTO)
    with letter(desktop):
        otto.dial(console.number(HEATING))
        told.wait_for_a_question(1)
        assert console.start_again().returncode == 0
        until(console.has_keyboard, "it is in front")
    answer(console, otto)
    console.write("Otto Beispiel", "Name")


def test_closed_to_the_tray_it_goes_on_ringing(
    closed_console: Console,
    caller: Caller,
    desktop: Desktop,
    tray: TrayHost,
    told: NotificationServer,
) -> None:
    console = closed_console
    console.start("close_to_tray = true\n")
    tray.wait_for_an_icon()
    until(lambda: "Bereit" in tray.words(), "the tray says ready")
    looks = [tray.pictures()]
    tray.choose("Kurze Pause")
    until(lambda: "pause" in tray.words().lower(), "the tray says break")
    looks.append(tray.pictures())
    tray.choose("Bereit")
    until(lambda: "Bereit" in tray.words(), "ready again")
    console.press("alt+F4")
    until(lambda: not desktop.windows(console.process), "the window is closed")
    otto = caller(OTTO)
    otto.dial(console.number(HEATING))
    told.wait_for_a_question(1)
    until(lambda: "Muster Heizung" in tray.words(), "the tray says who rings")
    looks.append(tray.pictures())
    assert looks[0] != looks[1] != looks[2] != looks[0]
    tray.click()
    until(console.has_keyboard, "a click on the icon brings the window back")
    answer(console, otto)
    tray.choose("Beenden")
    console.screen.until("Ein Anruf ist noch offen", "LeavingBar")
    until(console.has_keyboard, "the window that asks can be typed into")
    console.press("F9")
    otto.wait("CALL_CLOSED")
    until(lambda: not console.screen.texts("LeavingBar"), "the window knows that it is over")
    tray.choose("Beenden")
    assert console.wait_for_end() == 0


def test_started_with_the_session_it_waits_in_the_tray(
    closed_console: Console, desktop: Desktop, tray: TrayHost
) -> None:
    process = closed_console.begin("", "--hidden")
    tray.wait_for_an_icon()
    until(lambda: "Bereit" in tray.words(), "the desk is open")
    assert desktop.windows(process.pid) == []
    tray.choose("Fenster zeigen")
    until(lambda: desktop.active() in desktop.windows(process.pid), "the window comes up")
    tray.choose("Beenden")
    assert process.wait(CEILING_S) == 0


def test_without_a_tray_it_waits_minimised(closed_console: Console, desktop: Desktop) -> None:
    process = closed_console.begin("", "--hidden")
    until(lambda: bootstrap.holder(closed_console.data), "the directory is its own")
    again = closed_console.start_again()
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    until(lambda: desktop.active() in desktop.windows(process.pid), "the window comes up")
    process.terminate()
    assert process.wait(CEILING_S) == 0


def test_serve_has_no_window_and_a_second_start_says_so(
    closed_console: Console, desktop: Desktop
) -> None:
    console = closed_console
    with console.serving():
        again = console.begin()
        screen = Screen(desktop.environment["DBUS_SESSION_BUS_ADDRESS"], again.pid)
        screen.until("wird von „serve“")
        screen.close()
        again.terminate()
        assert again.wait(CEILING_S) == 1


def test_two_starts_at_once_are_one_window(closed_console: Console, desktop: Desktop) -> None:
    both = [closed_console.begin() for _ in range(2)]
    until(lambda: any(one.poll() is not None for one in both), "one of them ends")
    ended = [one for one in both if one.poll() is not None]
    assert [one.returncode for one in ended] == [0]
    (stays,) = (one for one in both if one not in ended)
    until(lambda: len(desktop.windows(stays.pid)) == 1, "the other one shows its window")
    stays.terminate()
    assert stays.wait(CEILING_S) == 0
