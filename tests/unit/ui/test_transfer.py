"""F6: asking the owner while the caller waits, and connecting the two, by keys alone."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from receptionist.model.call import CallState, Cause
from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import CTRL, SHIFT, Desk

OWNER = "+492214710177"
F6 = Qt.Key.Key_F6


def caller(desk: Desk, name: str = "Erika Muster") -> UUID:
    """A caller whose name was typed."""
    call_id = desk.talks(HEATING)
    assert isinstance(call_id, UUID)
    desk.type(name)
    desk.until(lambda: desk.reception.call(call_id).caller_name == name)
    return call_id


def typed(desk: Desk, number: str = "0221 4710177") -> None:
    """The number is typed where the keyboard is, and Enter."""
    desk.type(number)
    desk.key(Qt.Key.Key_Return)


def asked(desk: Desk, call_id: UUID) -> UUID:
    """The owner is called for a caller, by F6; he answers."""
    desk.key(F6)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.HELD)
    typed(desk)
    desk.until(lambda: desk.reception.phone.outside.dialled)
    (owner,) = desk.reception.phone.outside.dialled
    desk.reception.phone.outside.answers(owner)
    desk.until(lambda: desk.reception.call(owner).state is CallState.ACTIVE)
    return owner


def pair(desk: Desk) -> str:
    """Who is connected with whom."""
    return desk.window.panels.verbs.pair.words


def test_the_caller_waits_while_a_number_is_asked_for(desk: Desk) -> None:
    call_id = caller(desk)
    desk.key(F6)
    desk.until(lambda: "Erika Muster" in desk.window.panels.top.said)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.HELD)
    assert desk.window.panels.top.search.field.hasFocus()
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.panels.top.said == "")
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.ACTIVE)


def test_the_two_are_named_before_they_are_connected(desk: Desk) -> None:
    call_id = caller(desk)
    owner = asked(desk, call_id)
    assert desk.shown == owner
    desk.until(lambda: pair(desk) == "F6 connects Erika Muster with +49 221 4710177.")
    button = desk.window.panels.verbs.button("transfer")
    assert (button.text(), button.property("kind")) == ("Connect", "primary")
    assert desk.window.panels.middle.greeting == "Erika Muster, +49 171 39200177"
    assert not desk.window.panels.verbs.button("book").isVisible()
    card = desk.window.panels.calls.card(owner)
    assert "Consultation for Erika Muster" in card.accessibleName()
    desk.key(F6)
    assert desk.reception.phone.outside.referred == {call_id: owner}
    desk.until(lambda: pair(desk) == "Erika Muster is being connected with +49 221 4710177 …")
    desk.until(lambda: not button.isVisible())
    desk.reception.phone.outside.takes_the_transfer(call_id)
    desk.until(lambda: desk.reception.call(call_id).ended)
    assert desk.reception.call(call_id).cause is Cause.TRANSFERRED
    desk.until(lambda: pair(desk) == "")


def test_the_owner_declines_and_the_caller_is_there(desk: Desk) -> None:
    call_id = caller(desk)
    owner = asked(desk, call_id)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(owner).ended)
    assert desk.reception.call(call_id).state is CallState.HELD
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.ACTIVE)
    assert desk.shown == call_id


def test_why_nobody_was_connected_stands_in_the_window(desk: Desk) -> None:
    call_id = caller(desk)
    owner = asked(desk, call_id)
    desk.key(F6)
    desk.reception.phone.outside.refuses_the_transfer(call_id, 486)
    failed = desk.window.panels.verbs.failed
    desk.until(lambda: "busy" in failed.words)
    assert desk.reception.call(call_id).state is CallState.HELD
    assert desk.reception.call(owner).state is CallState.ACTIVE
    desk.until(lambda: pair(desk).startswith("F6 connects"))


def test_nobody_is_connected_before_he_answers(desk: Desk) -> None:
    caller(desk)
    desk.key(F6)
    typed(desk)
    desk.until(lambda: desk.reception.phone.outside.dialled)
    desk.until(lambda: pair(desk) == "Erika Muster waits on hold while +49 221 4710177 is called.")
    desk.key(F6)
    desk.until(lambda: "answered" in desk.window.panels.verbs.failed.words)
    assert desk.reception.phone.outside.referred == {}


def test_without_announcement(desk: Desk) -> None:
    call_id = caller(desk)
    desk.key(F6, SHIFT)
    typed(desk)
    desk.until(lambda: desk.reception.phone.outside.referred)
    assert desk.reception.phone.outside.referred == {call_id: OWNER}
    assert desk.reception.phone.outside.dialled == {}
    desk.until(lambda: pair(desk) == "Erika Muster is being connected …")
    desk.reception.phone.outside.takes_the_transfer(call_id)
    desk.until(lambda: desk.reception.call(call_id).ended)
    assert desk.reception.journal()[0].connected_to == OWNER


def test_two_callers_stay_apart(desk: Desk) -> None:
    first, second = caller(desk), desk.talks(LAWYERS)
    desk.until(lambda: desk.reception.call(first).state is CallState.HELD)
    assert desk.shown == second
    desk.key(F6)
    desk.key(F6)
    assert desk.reception.phone.outside.referred == {}
    desk.until(lambda: pair(desk) == "")


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, SHIFT])
def test_a_wrong_number_stays_to_be_mended(desk: Desk, modifier: Qt.KeyboardModifier) -> None:
    caller(desk)
    desk.key(F6, modifier)
    typed(desk, "keine")
    desk.until(lambda: "has letters in it" in desk.window.panels.top.said)
    for _letter in "keine":
        desk.key(Qt.Key.Key_Backspace)
    typed(desk)
    outside = desk.reception.phone.outside
    desk.until(lambda: outside.dialled or outside.referred)


def test_a_number_typed_later_is_an_ordinary_call(desk: Desk) -> None:
    """What was asked for is not wanted any more as soon as the keyboard goes elsewhere."""
    call_id = caller(desk)
    desk.key(F6)
    desk.key(Qt.Key.Key_N, CTRL)
    desk.key(Qt.Key.Key_D, CTRL)
    typed(desk)
    desk.until(lambda: desk.reception.phone.outside.dialled)
    (other,) = desk.reception.phone.outside.dialled
    assert desk.reception.call(other).consults_for is None
    assert desk.reception.call(call_id).state is CallState.HELD


def test_the_button_asks_as_the_key_does(desk: Desk) -> None:
    call_id = caller(desk)
    button = desk.window.panels.verbs.button("transfer")
    desk.until(button.isVisible)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.HELD)
    assert desk.window.panels.top.search.field.hasFocus()
