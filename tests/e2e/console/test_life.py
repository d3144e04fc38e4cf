"""The whole life of one appointment by keys, while other calls ring and somebody types."""

from __future__ import annotations

from collections.abc import Callable

from tests.doubles.sip.baresip import Baresip
from tests.e2e.console.console import Console, Owners, until
from tests.e2e.console.hands import answer, choose_kind, times
from tests.e2e.console.office import DENTIST, HEATING, LAWYERS, greeting

OTTO, LEA, MAX = "+492214710134", "+4917139200177", "+493023125177"
NOTE = "otto@example.org, 5 €, [Keller] {links} ~ 3²"
IN_CALENDAR = "Im Kalender des Inhabers seit"

Caller = Callable[[str], Baresip]


def test_booked_moved_called_off_and_brought_back(
    console: Console, caller: Caller, owners: Owners
) -> None:
    screen, otto = console.screen, caller(OTTO)
    otto.dial(console.number(HEATING))
    screen.until(greeting("Muster Heizung"), "GreetingPanel")
    answer(console, otto)
    console.write("Otto Muster", "Name")
    console.press("F7")
    console.write(NOTE, "Notiz")
    _keeps_one_time_then_another(console)
    _rings(console, caller(LEA), LAWYERS)
    console.press("F8")
    screen.until(IN_CALENDAR, "BookingPanel")
    first = _one(console)
    _moved(console, caller(MAX), owners)
    moved = _one(console)
    assert (moved["id"], moved["note"]) == (first["id"], NOTE)
    assert moved["start"] != first["start"]
    _called_off_and_brought_back(console, owners)
    console.press("Escape")
    times(console)
    assert screen.field("Notiz") == NOTE
    assert not otto.saw("CALL_CLOSED")


def _keeps_one_time_then_another(console: Console) -> None:
    screen = console.screen
    choose_kind(console, 2, "Reparatur")
    console.press("ctrl+1")
    screen.until("freigehalten bis", "BookingPanel")
    (kept,) = _summaries(console, "hold")
    console.press("ctrl+2")
    until(lambda: _summaries(console, "hold") not in ([], [kept]), "another time is kept")
    assert len(_summaries(console, "hold")) == 1
    screen.until("freigehalten bis", "BookingPanel")
    assert screen.focus() == "Notiz"


def _moved(console: Console, ringing: Baresip, owners: Owners) -> None:
    screen = console.screen
    console.press("ctrl+o")
    screen.until("Dieser Termin", "AppointmentPanel")
    console.press("shift+F8")
    screen.until("neue Zeit wählen", "AppointmentPanel")
    times(console)
    _rings(console, ringing, DENTIST)
    console.press("ctrl+3")
    before = owners.objects("heizung")
    console.press("F8")
    until(lambda: owners.objects("heizung") != before, "it is moved")
    screen.until(IN_CALENDAR, "AppointmentPanel")
    assert screen.focus() == "Notiz"
    assert len(owners.objects("heizung")) == 1


def _called_off_and_brought_back(console: Console, owners: Owners) -> None:
    screen = console.screen
    console.press("ctrl+F8")
    screen.until("absagen?", "AppointmentPanel")
    console.press("Escape")
    screen.until("Dieser Termin", "AppointmentPanel")
    assert owners.objects("heizung")
    console.press("ctrl+F8", "ctrl+F8")
    screen.until("Abgesagt.", "AppointmentPanel")
    until(lambda: not owners.objects("heizung"), "it is out of the calendar")
    console.press("ctrl+F8")
    screen.until(IN_CALENDAR, "AppointmentPanel")
    assert len(owners.objects("heizung")) == 1
    assert screen.focus() == "Notiz"


def _rings(console: Console, who: Baresip, dialled: str) -> None:
    """Somebody else calls, and nothing moves."""
    who.dial(console.number(dialled))
    who.wait("CALL_RINGING")
    console.screen.until("klingelt", "CallsPanel")
    assert console.screen.focus() == "Notiz"
    assert console.has_keyboard()


def _one(console: Console) -> dict[str, object]:
    (one,) = [one for one in console.appointments("heizung") if one["state"] == "confirmed"]
    return dict(one)


def _summaries(console: Console, state: str) -> list[object]:
    found = console.appointments("heizung")
    return [one["start"] for one in found if one["state"] == state]
