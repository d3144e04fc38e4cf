"""A script is written in forms: each field stands in its line, and the text is the only truth."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from tests.unit.ui.script import SMALL, Editor, save
from ui.__main__ import speak
from ui.dialogs.script.answerrows import Answers
from ui.dialogs.script.conditionrows import Conditions
from ui.dialogs.script.entries import Entry, OneLine, Pick, Tick, Weekdays
from ui.dialogs.script.form import FormView


class Form:
    """The form in the hands of who fills it in."""

    def __init__(self, editor: Editor) -> None:
        self.editor, self.desk = editor, editor.desk

    @property
    def view(self) -> FormView:
        return self.editor.writing.filling.form

    @property
    def names(self) -> list[str]:
        return list(self.view.fields)

    def entry(self, name: str) -> Entry:
        return self.view.entries[name]

    def line(self, name: str) -> OneLine:
        entry = self.entry(name)
        assert isinstance(entry, OneLine)
        return entry

    def at(self, words: str, name: str) -> None:
        """Go to the field that stands in the line with these words."""
        line = self.editor.text[: self.editor.text.index(words)].count("\n") + 1
        self.editor.writing.go(line)
        assert self.view.focused == name

    def changed(self, old: str, new: str, text: str = SMALL) -> bool:
        """Whether the text differs in these words alone."""
        return self.editor.text == text.replace(old, new, 1) != text


@pytest.fixture
def form(desk: Desk) -> Form:
    """The editor of a client who has a script, as it comes up."""
    save(desk.reception, desk.reception.client("haustechnik"))
    return Form(Editor(desk, text=False))


def test_what_opens_first_is_the_form_of_the_first_greeting(form: Form) -> None:
    assert form.editor.writing.middle.shows_form
    assert form.view.focused == "text"
    assert form.entry("text").value == "{client}, hello."
    assert form.view.heading.text() == "A greeting"
    assert not form.editor.dialog.dirty
    assert form.editor.text == SMALL


def test_what_is_typed_stands_in_its_line_and_is_tried_out(form: Form) -> None:
    form.desk.type(" Good day.")
    assert form.changed("{client}, hello.", "{client}, hello. Good day.")
    form.editor.rest()
    assert form.editor.faults == []
    assert "hello. Good day." in form.editor.writing.preview.greeting.text()
    form.editor.save()
    assert "hello. Good day." in form.editor.counting


def test_ctrl_z_takes_back_word_by_word_in_the_text(form: Form) -> None:
    form.desk.type(" Good day")
    form.desk.key(Qt.Key.Key_Z, CTRL)
    assert form.entry("text").value == "{client}, hello. Good"
    for _step in range(2):
        form.desk.key(Qt.Key.Key_Z, CTRL)
    assert form.editor.text == SMALL
    assert form.entry("text").value == "{client}, hello."
    assert form.view.focused == "text"


def test_arrows_in_the_outline_show_the_form_of_each_block(form: Form) -> None:
    desk, outline = form.desk, form.editor.writing.outline
    form.editor.press(1)
    shown = []
    for _step in range(7):
        desk.key(Qt.Key.Key_Down)
        shown.append((form.view.heading.text(), form.names[0]))
        assert outline.hasFocus()
    assert shown == [
        ("A greeting", "text"),
        ("Warning", "text"),
        ("Call reason", "title"),
        ("Question to the caller", "label"),
        ("Question to the caller", "label"),
        ("What is done", "do"),
        ("Call reason", "title"),
    ]
    desk.key(Qt.Key.Key_Return)
    assert form.view.focused == "title"
    desk.type("s")
    assert form.changed('"Message"', '"Messages"')


def test_every_field_of_a_question(form: Form) -> None:
    desk = form.desk
    form.at('label = "Is the main', "label")
    kind, required = form.entry("kind"), form.entry("required")
    assert isinstance(kind, Pick)
    assert isinstance(required, Tick)
    assert "choices" not in form.names
    desk.key(Qt.Key.Key_Tab)
    assert form.view.focused == "hint"
    desk.type("Is it?")
    for name in ("kind", "required", "into"):
        desk.key(Qt.Key.Key_Tab)
        assert form.view.focused == name
    required.box.click()
    kind.choice.choose("number")
    text = form.editor.text
    assert 'kind = "number"\nrequired = true\nhint = "Is it?"\nwhen' in text
    kind.choice.choose("choice")
    answers = form.entry("choices")
    assert isinstance(answers, Answers)
    assert [row.words.text() for row in answers.rows.rows] == ["Yes", "No"]
    form.editor.rest()
    assert form.editor.faults == []
    kind.choice.choose(None)
    required.box.click()
    form.at('hint = "Is it?"', "hint")
    form.entry("hint").put("")
    assert form.names == ["label", "hint", "kind", "required", "into", "when"]
    assert form.changed('tap closed?"\n', 'tap closed?"\nhint = ""\n')


def test_an_answer_that_is_renamed_keeps_what_depends_on_it(form: Form) -> None:
    form.at('choices = ["Yes"', "choices")
    answers = form.entry("choices")
    assert isinstance(answers, Answers)
    assert answers.rows.rows[0].words.hasFocus()
    form.desk.key(Qt.Key.Key_End)
    form.desk.type(", much")
    assert 'choices = ["Yes, much", "No"]' in form.editor.text
    assert form.editor.text.count('is = "Yes, much"') == 2
    answers.rows.add()
    form.desk.type("A little")
    assert 'choices = ["Yes, much", "No", "A little"]' in form.editor.text
    form.desk.key(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert '["Yes, much", "A little", "No"]' in form.editor.text
    form.editor.rest()
    assert form.editor.faults == []


def test_conditions_are_put_together_from_what_is_asked_above(form: Form) -> None:
    form.at('do = "urgent"', "do")
    conditions = form.entry("when")
    assert isinstance(conditions, Conditions)
    (row,) = conditions.rows.rows
    assert row.prompt.currentText() == "Is water running?"
    assert {key: one.isChecked() for key, one in row.buttons.items()} == {"Yes": True, "No": False}
    row.buttons["No"].click()
    assert form.changed(
        'text = "Burst pipe"\nwhen = { prompt = "water", is = "Yes" }',
        'text = "Burst pipe"\nwhen = { prompt = "water", is = ["Yes", "No"] }',
    )
    conditions.rows.add()
    assert '{ prompt = "tap", answered = true },' in form.editor.text
    conditions.rows.rows[0].goes.emit(conditions.rows.rows[0])
    assert form.changed(
        'text = "Burst pipe"\nwhen = { prompt = "water", is = "Yes" }',
        'text = "Burst pipe"\nwhen = { prompt = "tap", answered = true }',
    )
    form.editor.rest()
    assert form.editor.faults == []
    form.at('label = "Is water', "label")
    first = form.entry("when")
    assert isinstance(first, Conditions)
    assert not first.rows.add_button.isEnabled(), "nothing is asked above"


def test_when_a_greeting_is_said(form: Form) -> None:
    form.at('hours = "18:00', "hours")
    days = form.entry("days")
    assert isinstance(days, Weekdays)
    days.buttons[5].click()
    assert 'days = ["saturday"]\nhours' in form.editor.text
    hours = form.line("hours").line
    hours.selectAll()
    form.desk.type("19-6")
    assert 'hours = "19:00-06:00"' in form.editor.text
    form.desk.key(Qt.Key.Key_Tab)
    assert form.view.focused == "first"
    assert hours.text() == "19:00–06:00"
    form.desk.type("24.12.2027")
    assert "first = 2027-12-24" in form.editor.text
    form.editor.rest()
    assert form.editor.faults == []


def test_what_cannot_be_read_is_told_below_its_field_and_not_kept(form: Form) -> None:
    form.at('hours = "18:00', "hours")
    hours = form.line("hours").line
    hours.selectAll()
    form.desk.type("at night")
    field = form.view.fields["hours"]
    assert field.fault == "", "not while it is being typed"
    form.desk.key(Qt.Key.Key_Tab)
    assert "Write for example" in field.fault
    form.desk.key(Qt.Key.Key_S, CTRL)
    assert "Not saved" in form.editor.said
    assert hours.hasFocus()
    assert form.editor.counting == SMALL
    hours.selectAll()
    form.desk.type("18-7")
    form.editor.rest()
    assert field.fault == ""
    assert not form.editor.dialog.dirty


def test_words_of_the_other_language_are_added_beside(form: Form) -> None:
    form.at('title = "Burst pipe"', "title")
    form.view.tongues["de"].click()
    assert form.view.focused == "title"
    title = form.line("title").line
    assert (title.text(), title.placeholderText()) == ("", "Burst pipe")
    form.desk.type("Rohrbruch")
    assert form.changed('title = "Burst pipe"', 'title.en = "Burst pipe"\ntitle.de = "Rohrbruch"')
    form.view.tongues["en"].click()
    assert form.line("title").value == "Burst pipe"


def test_blocks_are_moved_deleted_and_added_by_keys(form: Form) -> None:
    desk = form.desk
    form.at('title = "Message"', "title")
    desk.key(Qt.Key.Key_PageUp, CTRL)
    assert form.editor.text.index('"message"') < form.editor.text.index('"burst"')
    assert form.line("title").value == "Message"
    assert form.view.focused == "title"
    desk.key(Qt.Key.Key_PageUp, CTRL)
    assert "any further" in form.editor.said
    desk.key(Qt.Key.Key_Z, CTRL)
    assert form.editor.text == SMALL
    form.at('text = "{client}, hello', "text")
    desk.key(Qt.Key.Key_PageDown, CTRL)
    assert form.editor.text.index("closed") < form.editor.text.index("hello")
    assert form.view.focused == "text"
    desk.key(Qt.Key.Key_PageUp, CTRL)
    assert form.editor.text == SMALL
    form.at('title = "Burst', "title")
    desk.key(Qt.Key.Key_Delete, CTRL | SHIFT)
    assert "Burst" not in form.editor.text
    assert "It is gone" in form.editor.said
    assert form.line("title").value == "Message"
    desk.key(Qt.Key.Key_Z, CTRL)
    assert form.editor.text == SMALL
    form.at('label = "Is water', "label")
    desk.key(Qt.Key.Key_N, CTRL)
    desk.until(lambda: form.editor.writing.menu.isVisible())
    QTest.keyClick(form.editor.writing.menu, Qt.Key.Key_4)
    assert form.view.focused == "label"
    desk.type("Which floor?")
    assert 'label = "Which floor?"' in form.editor.text


def change_blocks(desk: Desk) -> None:
    """Press every key that changes a block as a whole."""
    desk.key(Qt.Key.Key_Delete, CTRL | SHIFT)
    desk.key(Qt.Key.Key_PageUp, CTRL)
    desk.key(Qt.Key.Key_PageDown, CTRL)


def test_what_nobody_sees_is_neither_moved_nor_deleted(form: Form) -> None:
    desk, dialog = form.desk, form.editor.dialog
    form.at('title = "Burst', "title")
    desk.type("s")
    typed = form.editor.text
    form.editor.press(5)
    assert dialog.versions.isVisible()
    change_blocks(desk)
    assert form.editor.text == typed
    assert dialog.versions.isVisible()
    desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_Escape)
    assert dialog.unsaved.isVisible()
    change_blocks(desk)
    assert form.editor.text == typed
    dialog.unsaved.stay_button.click()
    change_blocks(desk)
    assert "Burst pipes" not in form.editor.text, "here it is seen"


def test_nothing_is_changed_while_it_is_being_saved(form: Form) -> None:
    desk, dialog = form.desk, form.editor.dialog
    form.at('title = "Burst', "title")
    desk.type("s")
    typed = form.editor.text
    desk.key(Qt.Key.Key_S, CTRL)
    change_blocks(desk)
    desk.key(Qt.Key.Key_N, CTRL)
    form.editor.press(1)
    assert not form.editor.writing.menu.isVisible()
    assert dialog.why.line.hasFocus()
    desk.type("asked for")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: form.editor.said.startswith("Saved"))
    assert form.editor.counting == typed


def test_what_brings_a_block_back_is_named_as_it_is_on_the_keyboard(
    form: Form, dressed: QApplication
) -> None:
    speak(dressed, "de")
    try:
        form.at('title = "Burst', "title")
        form.desk.key(Qt.Key.Key_Delete, CTRL | SHIFT)
        assert "Strg+Z" in form.editor.said
    finally:
        speak(dressed, "en")


def test_what_no_form_can_show_sends_to_the_text(form: Form) -> None:
    writing = form.editor.writing
    writing.put(SMALL.replace('do = "urgent"', 'do = "urgent"\nloud = true'))
    writing.filling.go(33)
    writing.text.look_at(33)
    assert "only its text can show" in form.view.state.words
    assert form.names == []
    form.view.to_text.click()
    assert writing.text.hasFocus()
    assert writing.text.line == 33


def test_a_script_that_cannot_be_read_opens_as_text(form: Form) -> None:
    writing = form.editor.writing
    writing.put(SMALL.replace('text = "{client}, hello."', "text = hello"))
    assert not writing.middle.shows_form
    writing.put(SMALL)
    assert writing.middle.shows_form


def test_the_choice_is_remembered(form: Form) -> None:
    desk, dialog = form.desk, form.editor.dialog
    desk.key(Qt.Key.Key_6, CTRL)
    assert not form.editor.writing.middle.shows_form
    assert form.editor.writing.text.hasFocus()
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: not dialog.isVisible())
    form.editor.come()
    assert form.editor.dialog is not dialog
    assert not form.editor.writing.middle.shows_form
    desk.key(Qt.Key.Key_6, CTRL)
    assert form.view.focused == "language"


def test_a_fault_leads_to_its_field(form: Form) -> None:
    form.editor.writing.put(SMALL.replace('kind = "choice"', 'kind = "chioce"'))
    form.editor.press(4)
    form.desk.key(Qt.Key.Key_Return)
    assert form.view.focused == "kind"
    kind = form.entry("kind")
    assert isinstance(kind, Pick)
    assert "chioce" in kind.choice.currentText()
    assert QApplication.focusWidget() is kind.choice
