"""How a console ends, well or badly, and what the next start makes of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from tests.doubles.processes import alive, children
from tests.doubles.recording_proxy import Fault
from tests.doubles.sip.baresip import Baresip
from tests.e2e.console.console import Console, Owners, until
from tests.e2e.console.hands import answer, hang_up, times
from tests.e2e.console.office import HEATING, LAWYERS, greeting

OTTO, LEA, MAX = "+492214710134", "+4917139200177", "+493023125177"

Caller = Callable[[str], Baresip]


@pytest.mark.parametrize("stored", [False, True], ids=["before-the-put", "answer-lost"])
def test_killed_between_booking_and_confirmation(
    console: Console, caller: Caller, owners: Owners, stored: bool
) -> None:
    """The server has the object or has it not: after the next start it is there once.

    The caller hears nothing of all that: he is in the next window again.
    """
    screen, otto = console.screen, caller(OTTO)
    otto.dial(console.number(LAWYERS))
    screen.until(greeting("Kanzlei Beispiel"), "GreetingPanel")
    answer(console, otto)
    console.write("Otto Beispiel", "Name")
    times(console)
    until(lambda: _written(console) == ["Otto Beispiel"], "the name is in the database")
    owners.proxy.break_next(Fault(method="PUT", way="hang", acts=stored))
    console.press("ctrl+1", "F8")
    until(lambda: owners.proxy.of("PUT"), "the booking is being pushed")
    console.kill()
    assert len(owners.objects("kanzlei")) == stored

    console.start()
    until(lambda: console.appointments("kanzlei")[0]["state"] == "confirmed", "confirmed")
    (one,) = console.appointments("kanzlei")
    assert (one["name"], list(owners.objects("kanzlei"))) == ("Otto Beispiel", [one["uid"]])
    statuses = [seen.status for seen in owners.proxy.of("PUT")]
    assert statuses == [0, 412 if stored else 201]
    console.screen.until("im Gespräch")
    assert console.screen.field("Name") == "Otto Beispiel"
    assert not otto.saw("CALL_CLOSED")
    hang_up(console, otto)
    until(lambda: console.calls()[OTTO]["state"] == "ended", "the call is over")
    assert console.calls()[OTTO]["name"] == "Otto Beispiel"
    assert OTTO not in console.call_backs()


def test_the_window_is_closed_in_a_call(console: Console, caller: Caller) -> None:
    """It asks first. Then the last words typed are there, nobody is left alone, nothing runs on."""
    screen, otto, lea, max_ = console.screen, caller(OTTO), caller(LEA), caller(MAX)
    for peer, number, name in ((otto, HEATING, "Muster Heizung"), (lea, LAWYERS, "Kanzlei")):
        peer.dial(console.number(number))
        screen.until(name, "CallCard")
        answer(console, peer)
    max_.dial(console.number(HEATING))
    max_.wait("CALL_RINGING")
    screen.until("klingelt", "CallsPanel")
    console.write("Lea", "Name")
    lea.hang_up()
    screen.until("Die Gegenseite hat aufgelegt", "GreetingPanel")
    family = [console.process, *children(console.process)]
    console.write(" Muster")
    console.press("alt+F4")
    screen.until("2 Anrufe sind noch offen", "LeavingBar")
    console.press("Tab", "Tab", "Return")
    assert console.wait_for_end() == 0
    assert not [one for one in family if alive(one)]
    otto.wait("CALL_CLOSED")
    max_.wait("CALL_CLOSED")
    calls = console.calls()
    assert {call["state"] for call in calls.values()} == {"ended"}
    assert calls[LEA]["name"] == "Lea Muster"
    assert _column(console, "PRAGMA integrity_check") == ["ok"]


def test_the_window_is_closed_and_the_call_goes_on(console: Console, caller: Caller) -> None:
    """As before a restart of the program. Until then it is as if nobody were there."""
    screen, otto = console.screen, caller(OTTO)
    otto.dial(console.number(LAWYERS))
    screen.until(greeting("Kanzlei Beispiel"), "GreetingPanel")
    console.press("F2")
    otto.wait("CALL_ESTABLISHED")
    screen.until("im Gespräch")
    console.write("Otto Beispiel", "Name")
    console.press("alt+F4")
    screen.until("kann ohne das Fenster weiterlaufen", "LeavingBar")
    console.press("Tab", "Return")
    assert console.wait_for_end() == 0
    assert _written(console) == ["Otto Beispiel"]
    assert not otto.saw("CALL_CLOSED")
    console.start()
    console.screen.until("im Gespräch")
    assert console.screen.field("Name") == "Otto Beispiel"
    assert not otto.saw("CALL_CLOSED")
    console.press("F9")
    otto.wait("CALL_CLOSED")
    until(lambda: console.calls()[OTTO]["state"] == "ended", "the call is over")
    assert OTTO not in console.call_backs()


def _written(console: Console) -> list[str]:
    return _column(console, "SELECT caller_name FROM call")


def _column(console: Console, question: str) -> list[str]:
    with closing(sqlite3.connect(console.data / "receptionist.db")) as database:
        return [row[0] for row in database.execute(question)]
