"""States in which it is known who calls, what is known is looked up, and a name is spelled out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from receptionist.model.call import CallState
from receptionist.model.callers import CallerNotice
from tests.doubles.desk import GARAGE, HEATING
from tests.unit.ui.knowing import ask, knows, some_knowledge, writes

if TYPE_CHECKING:
    from tests.e2e.screens.story import Day

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEA, OTTO, OTHER = "+4917139200141", "+4917139200142", "+493023125142"


def know_the_caller(day: Day) -> Iterator[tuple[str, QWidget]]:
    """Callers who are marked; then what is known of the client, and what is said for a name."""
    reception, panels = day.reception, day.window.panels
    _write_down(day)
    blocked = reception.rings(GARAGE, OTTO, "")
    day._until(lambda: panels.known.words)
    yield day._shot("caller-blocked")
    reception.phone.outside.hangs_up(blocked)
    day._until(lambda: reception.call(blocked).ended)
    day._key(Qt.Key.Key_Escape)
    call = reception.rings(HEATING, LEA, "")
    day._pass(4)
    day._until(lambda: panels.known.words)
    yield day._shot("caller-known")
    day._key(Qt.Key.Key_F2)
    day._until(lambda: reception.call(call).state is CallState.ACTIVE)
    day._type("Lea Beispiel-Größenberg")
    day._key(Qt.Key.Key_G, CTRL | SHIFT)
    day._until(lambda: any(one.told for one in _notices(day)))
    day._key(Qt.Key.Key_H, CTRL | SHIFT)
    yield day._shot("caller-card")
    day._key(Qt.Key.Key_Escape)
    day._key(Qt.Key.Key_N, CTRL | SHIFT)
    yield day._shot("spelling")
    day._key(Qt.Key.Key_N, CTRL)
    day._key(Qt.Key.Key_Tab)
    yield day._shot("spelling-number")
    yield from _look_up(day)
    day._key(Qt.Key.Key_F9)
    day._until(lambda: reception.call(call).ended)
    day._key(Qt.Key.Key_Escape)


def _look_up(day: Day) -> Iterator[tuple[str, QWidget]]:
    suggestions = day.window._board.suggestions
    day._key(Qt.Key.Key_F7)
    day._type("Kommt selbst vorbei, mit dem Auto, fragt nach einem Parkplatz")
    day._until(lambda: suggestions.title)
    day._key(Qt.Key.Key_Escape)
    yield day._shot("suggestion")
    day._key(Qt.Key.Key_F, CTRL)
    yield day._shot("knowledge")
    day._type("Dachdecker")
    yield day._shot("knowledge-nothing")
    day._key(Qt.Key.Key_Escape)


def _write_down(day: Day) -> None:
    reception = day.reception
    some_knowledge(reception)
    writes(
        reception,
        "haustechnik",
        "Was kostet die Anfahrt?",
        "„Die Anfahrt und die Arbeitszeit nennt Ihnen der Meister, bevor er anfängt.“\n"
        "Nie einen Preis nennen, auch keinen ungefähren.",
        words="Preis Kosten",
    )
    knows(reception, "werkstatt", OTTO, name="Otto Beispiel", blocked=True, note="Nur Werbung.")
    lea = knows(
        reception,
        "haustechnik",
        LEA,
        name="Lea Beispiel-Größenberg",
        vip=True,
        note="Hausverwaltung mit 40 Wohnungen: nie warten lassen.",
    )
    knows(reception, "haustechnik", OTHER, name="Lea Beispiel-Größenberg")
    books, now = reception.desk.people.notebooks, reception.clock.now()
    for text, days in (
        ("Die Pumpe ist bestellt, am Donnerstag ruft der Monteur Sie an.", 3),
        ("Der Schlüssel liegt beim Hausmeister.", 1),
    ):
        ask(reception, books.leave, lea, text, now + timedelta(days=days))


def _notices(day: Day) -> tuple[CallerNotice, ...]:
    client = day.reception.client("haustechnik")
    return day.reception.desk.people.notebooks.callers.notices(client.id)
