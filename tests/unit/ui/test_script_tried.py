"""A script is tried out while it is written: at any time, over any number, with any answers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from receptionist.errors import BadInput
from tests.unit.ui.conftest import Desk
from tests.unit.ui.script import SMALL, Editor, save
from ui.dialogs.script.preview import Preview
from ui.widgets.inputs import Choice


@pytest.fixture
def editor(desk: Desk) -> Editor:
    """The editor of a client who has a script."""
    save(desk.reception, desk.reception.client("haustechnik"))
    return Editor(desk)


def _preview(editor: Editor) -> Preview:
    return editor.writing.preview


def test_what_the_receptionist_will_see_stands_beside_it(editor: Editor) -> None:
    preview = _preview(editor)
    assert preview.greeting.text() == "“Muster Heizung & Sanitär, hello.”"
    assert preview.warnings.text() == "Never name prices."
    assert [row[-10:] for row in preview.reasons.words] == ["Burst pipe", "   Message"]
    assert preview.say.text() == "I will see to it."
    assert preview.instruct.text() == "Stay calm."
    assert list(preview.answers.fields) == ["water"]
    assert "Still to be asked: Is water running?" in preview.leads.words
    editor.go("Never name prices")
    editor.desk.type(" at all")
    editor.rest()
    assert _preview(editor).warnings.text() == "Never name prices at all."


def test_what_can_still_be_read_stays_when_the_text_is_broken(editor: Editor) -> None:
    editor.go('title = "Burst pipe')
    editor.desk.type('"')
    editor.rest()
    assert _preview(editor).greeting.text() == "“Muster Heizung & Sanitär, hello.”"
    assert _preview(editor).old.words == "As it was before the fault."
    editor.desk.key(Qt.Key.Key_Backspace)
    editor.rest()
    assert not _preview(editor).old.words


@pytest.mark.soak
def test_a_missing_contact_is_a_fault_and_the_rest_is_seen(editor: Editor) -> None:
    editor.writing.put(SMALL.replace('do = "urgent"', 'do = "connect"\ncontact = "boss"'))
    assert "There is no contact “boss”" in editor.faults[0]
    assert not _preview(editor).old.words
    assert _preview(editor).reasons.words


def test_another_time_has_another_greeting(editor: Editor) -> None:
    editor.press(3)
    editor.desk.type("Sat 19:30")
    preview = _preview(editor)
    assert preview.greeting.text() == "“Muster Heizung & Sanitär, we are closed.”"
    editor.desk.type(" or xyz")
    assert "Write a day and a time" in preview.circumstances._when.fault
    for _letter in range(7):
        editor.desk.key(Qt.Key.Key_Backspace)
    assert preview.circumstances._when.fault == ""


def test_answers_are_typed_and_branches_are_seen(editor: Editor) -> None:
    preview = _preview(editor)
    editor.press(3)
    while not preview.reasons.hasFocus():
        editor.desk.key(Qt.Key.Key_Tab)
    editor.desk.key(Qt.Key.Key_Return)
    water = QApplication.focusWidget()
    assert isinstance(water, Choice)
    editor.desk.key(Qt.Key.Key_Down)
    editor.desk.until(lambda: "tap" in preview.answers.fields)
    assert water.hasFocus(), "what is still asked stays"
    assert preview.leads.words == (
        "It leads to: call the urgent chain until somebody answers: Burst pipe"
    )
    editor.desk.key(Qt.Key.Key_Tab)
    editor.desk.type("I think so")
    assert preview.trial.answers == {"water": "Yes", "tap": "I think so"}
    water.setFocus()
    editor.desk.key(Qt.Key.Key_Down)
    editor.desk.until(lambda: "tap" not in preview.answers.fields)
    assert preview.leads.words == "It leads to: write a note for the owner"


@pytest.mark.soak
def test_the_call_reason_at_the_caret_is_shown(editor: Editor) -> None:
    editor.go('title = "Message')
    assert _preview(editor).trial.reason == "message"
    editor.go("Is the main tap")
    assert _preview(editor).trial.reason == "burst"


@pytest.mark.soak
def test_each_language_and_number_can_be_tried(editor: Editor) -> None:
    german = SMALL.replace("[greeting.when]", '[greeting.when]\ncaller = "de"')
    editor.writing.put(german.replace('hours = "18:00-07:00"', ""))
    preview = _preview(editor)
    assert "hello" in preview.greeting.text()
    preview.circumstances.language.setCurrentIndex(1)
    assert "we are closed" in preview.greeting.text()
    (number,) = editor.client.dialled[:1]
    editor.writing.put(SMALL.replace('hours = "18:00-07:00"', f'number = "{number}"'))
    preview.circumstances.language.setCurrentIndex(0)
    assert "hello" in preview.greeting.text()
    preview.circumstances.over.setCurrentIndex(1)
    assert "we are closed" in preview.greeting.text()


MOMENTS = {
    "19:30": "2026-11-23 19:30",
    "Sat 19:30": "2026-11-28 19:30",
    "Saturday": "2026-11-28 12:00",
    "Montag 8 Uhr": "2026-11-23 08:00",
    "24.12. 7:15": "2026-12-24 07:15",
    "25.10.2026 2:30": "2026-10-25 02:30",
    "29.3.2026 02:30": "2026-03-29 03:00",
    "morgen": "2026-11-24 12:00",
}


def test_a_moment_is_typed_as_people_say_it(editor: Editor) -> None:
    trial, now = _preview(editor).trial, datetime(2026, 11, 23, 8, 42, tzinfo=UTC)
    assert trial.moment(" ", now) is None
    for typed, local in MOMENTS.items():
        found = trial.moment(typed, now)
        assert found is not None
        assert found.astimezone(trial._zone).strftime("%Y-%m-%d %H:%M") == local, typed
    with pytest.raises(BadInput):
        trial.moment("when the cows come home", now)
    with pytest.raises(BadInput):
        trial.moment("?", now)
