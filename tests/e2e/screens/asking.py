"""States in which the owner is asked while the caller waits, and the two are connected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from receptionist.model.call import CallState
from tests.doubles.desk import DENTIST

if TYPE_CHECKING:
    from tests.e2e.screens.story import Day


def ask_the_owner(day: Day) -> Iterator[tuple[str, QWidget]]:
    """The owner is asked while the caller waits; then the two are connected."""
    reception, outside = day.reception, day.reception.phone.outside
    caller = reception.rings(DENTIST, "+493023125177", "Max Beispiel")
    day._key(Qt.Key.Key_F2)
    day._until(lambda: reception.call(caller).state is CallState.ACTIVE)
    before = set(outside.dialled)
    day._key(Qt.Key.Key_F6)
    day._until(lambda: reception.call(caller).state is CallState.HELD)
    yield day._shot("whom-to-ask")
    day._type("0171 3920042")
    day._key(Qt.Key.Key_Return)
    day._until(lambda: set(outside.dialled) - before)
    (owner,) = set(outside.dialled) - before
    day._pass(5)
    yield day._shot("owner-is-called")
    outside.answers(owner)
    day._until(lambda: reception.call(owner).state is CallState.ACTIVE)
    day._pass(17)
    yield day._shot("ready-to-connect")
    day._key(Qt.Key.Key_F6)
    yield day._shot("connecting")
    outside.refuses_the_transfer(caller, 486)
    day._pass(1)
    yield day._shot("not-connected")
    day._key(Qt.Key.Key_F6)
    outside.takes_the_transfer(caller)
    day._until(lambda: reception.call(caller).ended)
    yield day._shot("connected")
    day._key(Qt.Key.Key_Escape)
