"""States in which it is minded for which client one works: at the clipboard, and when calling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from receptionist.model.office import Identity
from tests.doubles.desk import HEATING, LAWYERS

if TYPE_CHECKING:
    from tests.e2e.screens.story import Day

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def at_the_wall(day: Day) -> Iterator[tuple[str, QWidget]]:
    """A name is copied in one call and pasted in another's; then somebody is called in the name of
    the client at hand, and once more."""
    _show_numbers(day)
    first = _talks(day, HEATING)
    day._type("Erika Muster")
    day._key(Qt.Key.Key_A, CTRL)
    day._key(Qt.Key.Key_C, CTRL)
    day._key(Qt.Key.Key_F9)
    day._until(lambda: day.reception.call(first).ended)
    second = _talks(day, LAWYERS)
    day._key(Qt.Key.Key_V, CTRL)
    yield day._shot("copied-for-another")
    day._key(Qt.Key.Key_Escape)
    day._key(Qt.Key.Key_D, CTRL)
    day._type("030 23125177")
    day._until(lambda: day.window.panels.top.search.results.offers)
    yield day._shot("in-whose-name")
    day._key(Qt.Key.Key_Return)
    before = len(day.reception.desk.switchboard.calls)
    day._until(lambda: before)
    day._key(Qt.Key.Key_F9)
    day._until(lambda: len(day.reception.desk.switchboard.calls) < before)
    day.window.panels.calls.wanted.emit(second)
    day._key(Qt.Key.Key_D, CTRL | SHIFT)
    day._until(lambda: day.window.panels.top.search.results.offers)
    yield day._shot("last-numbers-of-a-client")
    day._key(Qt.Key.Key_Escape)
    day._key(Qt.Key.Key_F9)
    day._until(lambda: day.reception.call(second).ended)
    day.window.panels.calls.resting_place.setFocus()
    day._key(Qt.Key.Key_Escape)
    QGuiApplication.clipboard().clear()


def _talks(day: Day, dialled: str) -> UUID:
    call_id = day.reception.rings(dialled, "+4917139200155", "")
    day._key(Qt.Key.Key_F2)
    day._until(lambda: day.reception.call(call_id).answered)
    return call_id


def _show_numbers(day: Day) -> None:
    """The lawyers have a number that is shown."""
    desk = day.reception.desk
    known = desk.directory.current
    lines = tuple(replace(one, identity=Identity.ASSERTED) for one in known.lines)
    clients = tuple(
        replace(one, shown_as=one.dialled[0] if one.key == "kanzlei" else "")
        for one in known.clients
    )
    desk._use(replace(known, lines=lines, clients=clients))
