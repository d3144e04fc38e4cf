"""States in which a time is kept, and an appointment is moved, changed and called off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from receptionist import events
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.call import CallState
from tests.doubles.desk import HEATING, Reception

if TYPE_CHECKING:
    from tests.e2e.screens.story import Day

PHYSIO = "+493023125505"
ALT = Qt.KeyboardModifier.AltModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def lead(day: Day) -> Iterator[tuple[str, QWidget]]:
    """The whole life of an appointment, by keys."""
    _calm_down(day)
    yield from _way_and_hold(day)
    yield from _life(day)
    yield from _staff(day)


def _calm_down(day: Day) -> None:
    """The calendar that was away is there again, and has what waited for it."""
    reception = day.reception
    heating = reception.client("haustechnik")
    day._pass(1000)
    reception.desk.calendars.refresh(heating.id, insist=True)
    day._until(lambda: reception.good(heating))
    day._until(lambda: not _waiting(reception))


def _waiting(reception: Reception) -> tuple[Appointment, ...]:
    told: list[tuple[Appointment, ...]] = []
    reception.clock.move(5)
    reception.desk.outbox.kick()
    reception.desk.booking.waiting(told.append)
    reception.spin(lambda: told)
    return told[0]


def _way_and_hold(day: Day) -> Iterator[tuple[str, QWidget]]:
    reception, window = day.reception, day.window
    call = reception.rings(HEATING, "+4917139200123", "")
    day._key(Qt.Key.Key_F2)
    day._until(lambda: reception.call(call).state is CallState.ACTIVE)
    day._type("Otto Muster")
    day._key(Qt.Key.Key_3, ALT)
    day.settle()
    yield day._shot("address-needed")
    day._key(Qt.Key.Key_F8)
    day._type("Lindenstr. 12, 50674 Köln")
    day._until(lambda: window.panels.slots.buttons[0].isVisible())
    yield day._shot("way-to-the-caller")
    day._key(Qt.Key.Key_G, CTRL)
    day._type("mi bald")
    day.settle()
    day.settle()
    yield day._shot("when-not-understood")
    day._key(Qt.Key.Key_A, CTRL)
    day._type("mi nachmittag 3x")
    day._key(Qt.Key.Key_Return)
    day.settle()
    yield day._shot("when-and-series")
    day._key(Qt.Key.Key_1, CTRL)
    reception.seen(events.AppointmentHeld)
    day._pass(48)
    yield day._shot("held")
    day._key(Qt.Key.Key_F8)
    day._until(lambda: _series(day) == [AppointmentState.CONFIRMED] * 3)
    yield day._shot("series-booked")


def _series(day: Day) -> list[AppointmentState]:
    """How far each of a series is."""
    wish = day.window._board.planner.wish
    return [one.state for one in wish.outcomes.values()] if wish else []


def _life(day: Day) -> Iterator[tuple[str, QWidget]]:
    reception = day.reception
    day._key(Qt.Key.Key_O, CTRL)
    day.settle()
    yield day._shot("appointment")
    day._key(Qt.Key.Key_F8, SHIFT)
    day.settle()
    yield day._shot("moving")
    day._key(Qt.Key.Key_2, CTRL)
    day.settle()
    yield day._shot("moving-chosen")
    day._key(Qt.Key.Key_F8)
    day.settle()
    yield day._shot("moved")
    day._key(Qt.Key.Key_F7, SHIFT)
    yield day._shot("texts")
    day._key(Qt.Key.Key_Escape)
    day._key(Qt.Key.Key_F8, CTRL)
    yield day._shot("cancel-asked")
    day._key(Qt.Key.Key_F8, CTRL)
    reception.seen(events.AppointmentCancelled)
    day.settle()
    yield day._shot("cancelled")
    day._until(lambda: not _waiting(reception))
    reception.desk.calendars.refresh(reception.client("haustechnik").id, insist=True)
    day.settle()
    day._key(Qt.Key.Key_F8, CTRL)
    day.settle()
    yield day._shot("brought-back")
    yield from _owners_news(day)
    day._key(Qt.Key.Key_Escape)
    day._key(Qt.Key.Key_F9)
    day._until(lambda: not any(one.answered for one in reception.desk.switchboard.calls))
    day._key(Qt.Key.Key_Escape)


def _owners_news(day: Day) -> Iterator[tuple[str, QWidget]]:
    """The owner moves on his phone what is open here."""
    reception, handling = day.reception, day.window._board.handling
    opened = handling.opened
    assert opened is not None
    day._until(lambda: opened.appointment.state is AppointmentState.CONFIRMED)
    one = opened.appointment
    text = reception.server.get(one.href)
    assert text is not None
    zone = ZoneInfo(one.zone)
    later = timedelta(hours=2)
    for old in (one.start, one.end):
        for form in (old.astimezone(UTC), old.astimezone(zone)):
            text = text.replace(f"{form:%Y%m%dT%H%M%S}", f"{form + later:%Y%m%dT%H%M%S}")
    reception.server.put(one.href, text)
    reception.desk.calendars.refresh(one.client_id, insist=True)
    reception.seen(events.OwnerChanged)
    day.settle()
    yield day._shot("owner-moved")
    day.window.panels.notice.close_button.click()


def _staff(day: Day) -> Iterator[tuple[str, QWidget]]:
    reception = day.reception
    call = reception.rings(PHYSIO, "+493023125188", "")
    day._key(Qt.Key.Key_F2)
    day._until(lambda: reception.call(call).state is CallState.ACTIVE)
    day.settle()
    yield day._shot("staff-first-free")
    day._key(Qt.Key.Key_B, CTRL)
    day.settle()
    yield day._shot("staff-chosen")
    day._key(Qt.Key.Key_F9)
    day._until(lambda: reception.call(call).ended)
    day._key(Qt.Key.Key_Escape)
