"""What is typed belongs to the call it was typed for, and nothing of it is lost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from receptionist.model.call import CallState
from tests.doubles.desk import DENTIST, HEATING, LAWYERS, UNKNOWN
from tests.unit.ui.conftest import CTRL, Desk


def test_typed_text_is_in_the_database_within_two_seconds(desk: Desk) -> None:
    call_id = desk.talks()
    desk.type("Erika Muster")
    desk.until(lambda: _stored(desk, call_id) == "Erika Muster")


def _stored(desk: Desk, call_id: object) -> str:
    """The caller's name of a call as another reader of the database finds it."""
    from receptionist.store import open_store
    from tests.doubles.desk import MONDAY

    told: list[str] = []
    store = open_store(desk.reception.data / "receptionist.db")
    told += (call.caller_name for call in store.calls(MONDAY) if call.id == call_id)
    store.close()
    return "".join(told)


def test_switching_calls_never_mixes_texts(desk: Desk) -> None:
    first = desk.talks(HEATING)
    desk.type("Erika Muster")
    desk.note.setFocus()
    desk.type("Wasser")
    second = desk.talks(LAWYERS)
    assert desk.shown == second
    assert desk.texts == ("", "")
    desk.type("Max Beispiel")
    desk.key(Qt.Key.Key_F3)
    assert desk.shown == first
    assert desk.texts == ("Erika Muster", "Wasser")
    desk.type("!")
    desk.key(Qt.Key.Key_F3)
    assert desk.texts == ("Max Beispiel", "")
    calls = {call.id: (call.caller_name, call.note) for call in desk.reception.journal()}
    assert calls == {first: ("Erika Muster", "Wasser!"), second: ("Max Beispiel", "")}


def test_a_typed_number_belongs_to_its_call_and_the_signalled_one_is_not_typed(desk: Desk) -> None:
    first = desk.talks(HEATING)
    number = desk.window.panels.caller.number
    signalled = number.text()
    assert signalled
    desk.type("Erika")
    assert desk.reception.call(first).caller_number == ""
    number.setFocus()
    number.selectAll()
    desk.type("030 23125 199")
    second = desk.talks(LAWYERS)
    assert number.text() != "030 23125 199"
    desk.key(Qt.Key.Key_F3)
    assert number.text() == "030 23125 199"
    numbers = [desk.reception.call(call_id).caller_number for call_id in (first, second)]
    assert numbers == ["030 23125 199", ""]


def test_undo_never_brings_the_text_of_another_call(desk: Desk) -> None:
    desk.talks(HEATING)
    desk.type("Geheim")
    for _letter in "Geheim":
        desk.key(Qt.Key.Key_Backspace)
    desk.talks(LAWYERS)
    assert desk.name.hasFocus()
    desk.key(Qt.Key.Key_Z, CTRL)
    assert desk.texts == ("", "")


def test_text_stays_when_the_caller_hangs_up_first(desk: Desk) -> None:
    call_id = desk.talks()
    desk.type("Erika")
    desk.reception.phone.outside.hangs_up(call_id)
    desk.until(lambda: desk.reception.call(call_id).ended)
    assert desk.shown == call_id
    desk.type(" Muster")
    assert desk.texts[0] == "Erika Muster"
    assert desk.reception.call(call_id).caller_name == "Erika Muster"


def test_a_finished_call_is_corrected_from_the_journal(desk: Desk) -> None:
    call_id = desk.talks()
    desk.type("Erka Muster")
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)
    desk.key(Qt.Key.Key_Escape)
    assert desk.shown is None
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_Return)
    assert desk.shown == call_id
    desk.key(Qt.Key.Key_N, CTRL)
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type("Erika Muster")
    assert desk.reception.call(call_id).caller_name == "Erika Muster"
    desk.until(lambda: _stored(desk, call_id) == "Erika Muster")


def test_assigning_a_client_keeps_what_was_typed_and_the_number(desk: Desk) -> None:
    call_id = desk.talks(UNKNOWN)
    assert "Büroservice Lindenhof" in desk.window.panels.middle.greeting
    desk.type("Familie Beispiel")
    desk.key(Qt.Key.Key_M, CTRL)
    desk.type("zahnarzt")
    desk.key(Qt.Key.Key_Return)
    dentist = desk.reception.client("zahnarzt")
    desk.until(lambda: desk.reception.call(call_id).client_id == dentist.id)
    assert desk.texts == ("Familie Beispiel", "")
    assert "Zahnarztpraxis" in desk.window.panels.middle.greeting
    desk.until(lambda: desk.reception.desk.directory.find(UNKNOWN) is not None)


def test_an_unknown_number_is_assigned_after_the_call(desk: Desk) -> None:
    call_id = desk.talks(UNKNOWN)
    desk.type("Familie Beispiel")
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)
    desk.key(Qt.Key.Key_M, CTRL)
    desk.type("heizung")
    desk.key(Qt.Key.Key_Return)
    heating = desk.reception.client("haustechnik")
    desk.until(lambda: desk.reception.call(call_id).client_id == heating.id)
    assert desk.texts[0] == "Familie Beispiel"


def test_a_wrong_client_is_corrected_without_keeping_the_number(desk: Desk) -> None:
    call_id = desk.talks(DENTIST)
    desk.key(Qt.Key.Key_M, CTRL)
    desk.type("heizung")
    desk.key(Qt.Key.Key_Return)
    heating = desk.reception.client("haustechnik")
    desk.until(lambda: desk.reception.call(call_id).client_id == heating.id)
    assert desk.reception.desk.directory.find(DENTIST).key == "zahnarzt"
    assert desk.reception.call(call_id).state is CallState.ACTIVE


def test_digits_and_letters_type_in_every_state(desk: Desk) -> None:
    call_id = desk.talks()
    desk.type("0815 F2 *#")
    assert desk.texts[0] == "0815 F2 *#"
    assert desk.reception.phone.outside.saw(call_id) == ["ringing", "answered"]


def test_text_from_outside_is_shown_as_it_is(desk: Desk) -> None:
    evil = "<b>Erika</b>\r\n<img src='http://example.invalid/x'>\u202egnp"
    call_id = desk.reception.rings(HEATING, "+4917139200177", evil)
    shown = desk.window.panels.calls.findChildren(QLabel)
    texts = [label.text() for label in shown if "Erika" in label.text()]
    assert texts == ["<b>Erika</b> <img src='http://example.invalid/x'>gnp"]
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in shown)
    assert desk.reception.call(call_id).state is CallState.RINGING
