"""What fails in the middle of a call: the phone engine, the calendar server, the owner's luck."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable

from tests.doubles.processes import alive
from tests.doubles.recording_proxy import Seen
from tests.doubles.sip.baresip import Baresip
from tests.e2e.console.console import Console, Owners, until
from tests.e2e.console.hands import answer, times
from tests.e2e.console.office import HEATING, LAWYERS, greeting

OTTO, LEA = "+492214710134", "+4917139200177"

Caller = Callable[[str], Baresip]


def _talking(console: Console, caller: Caller, dialled: str, name: str) -> Baresip:
    """A call that was answered, with the caller's name typed."""
    otto = caller(OTTO)
    otto.dial(console.number(dialled))
    console.screen.until(greeting(name), "GreetingPanel")
    answer(console, otto)
    console.write("Otto Beispiel", "Name")
    times(console)
    return otto


def test_the_engine_dies_in_a_call(console: Console, caller: Caller) -> None:
    screen = console.screen
    _talking(console, caller, HEATING, "Muster Heizung")
    engine = console.engine
    os.kill(engine, signal.SIGKILL)
    told = screen.until("weil das Telefon", "GreetingPanel")
    assert "rufen Sie" in told
    assert screen.field("Name") == "Otto Beispiel"
    console.write(" jun.", "Name")
    screen.until("1 Leitung bereit", "TopBar")
    assert console.engine != engine
    assert not alive(engine)
    back = console.call_backs()[OTTO]
    assert (back["client"], back["reason"]) == ("heizung", "call-lost")
    screen.until("Offen: 1", "JournalPanel")
    console.press("Escape")
    lea = caller(LEA)
    lea.dial(console.number(LAWYERS))
    screen.until(greeting("Kanzlei Beispiel"), "GreetingPanel")
    answer(console, lea)
    calls = console.calls()
    assert calls[OTTO]["cause"] == "engine-died"
    assert calls[OTTO]["name"] == "Otto Beispiel jun."
    assert calls[LEA]["state"] == "active"


def test_the_calendar_server_dies_before_the_booking(
    console: Console, caller: Caller, owners: Owners
) -> None:
    screen = console.screen
    otto = _talking(console, caller, HEATING, "Muster Heizung")
    owners.stop()
    console.press("ctrl+1", "F8")
    told = screen.until("noch nicht im Kalender des Inhabers", "BookingPanel")
    assert "läuft kein Kalenderserver" in told
    screen.until("Kalender: ", "TopBar")
    (waiting,) = console.appointments("heizung")
    assert (waiting["state"], waiting["name"]) == ("delayed", "Otto Beispiel")
    assert waiting["reason"] == "nothing-listens"
    assert not otto.saw("CALL_CLOSED")
    owners.start()
    screen.until("Im Kalender des Inhabers seit", "BookingPanel")
    (done,) = console.appointments("heizung")
    assert (done["state"], done["uid"]) == ("confirmed", waiting["uid"])
    assert list(owners.objects("heizung")) == [waiting["uid"]]


def test_the_owner_is_faster_than_the_confirmation(
    console: Console, caller: Caller, owners: Owners
) -> None:
    """His event arrives while our PUT waits for its answer: he wins, ours is taken back."""
    screen = console.screen
    _talking(console, caller, LAWYERS, "Kanzlei Beispiel")
    owners.proxy.after(_is_our_put, lambda: _owner_takes_the_time(owners))
    console.press("ctrl+2", "F8")
    told = screen.until("Nicht gebucht.", "BookingPanel")
    assert "Inhaber" in told
    until(lambda: list(owners.objects("kanzlei")) == ["owner"], "ours is taken back")
    (lost,) = console.appointments("kanzlei")
    assert (lost["state"], lost["reason"]) == ("conflict", "owner-was-first")
    back = console.call_backs()[OTTO]
    assert (back["client"], back["appointment_id"]) == ("kanzlei", lost["id"])
    assert back["reason"] == "owner-was-first"
    console.press("ctrl+1", "F8")
    screen.until("Im Kalender des Inhabers seit", "BookingPanel")
    assert len(owners.objects("kanzlei")) == 2


def _is_our_put(seen: Seen) -> bool:
    return seen.method == "PUT" and "/kanzlei/" in seen.path


def _owner_takes_the_time(owners: Owners) -> None:
    ours = owners.proxy.of("PUT")[0].body.decode().partition("BEGIN:VEVENT")[2]
    start, end = (re.search(rf"{name}[^\r\n]*", ours) for name in ("DTSTART", "DTEND"))
    assert start is not None
    assert end is not None
    event = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Owner//EN\r\nBEGIN:VEVENT\r\nUID:owner\r\n"
        f"DTSTAMP:20261101T000000Z\r\n{start[0]}\r\n{end[0]}\r\nSUMMARY:Gericht\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    owners.writes("kanzlei", "owner", event)
