"""States of the editor of a script: templates, writing, faults, versions, the question why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from receptionist.model.client import Client
from receptionist.model.script import ScriptVersion
from receptionist.scriptfile.templates import in_languages
from ui.dialogs.script.dialog import ScriptDialog

if TYPE_CHECKING:
    from tests.e2e.screens.story import Day, Shot

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def write_scripts(day: Day) -> Iterator[Shot]:
    """From the choice of a template to a version that its client has approved."""
    client = day.reception.client("haustechnik")
    dialog = _opened(day, client)
    yield _shot(day, dialog, "script-templates")
    dialog.templates.list.setCurrentRow(5)
    dialog._take(in_languages("plumbing", ("de", "en")))
    yield _shot(day, dialog, "script-new")
    day._key(Qt.Key.Key_S, _CTRL)
    yield _shot(day, dialog, "script-why")
    dialog.why.given.emit("Vereinbart mit Frau Muster", True)
    day._until(lambda: dialog.foot.state.words and not dialog.dirty)
    yield _shot(day, dialog, "script-saved")
    yield from _filling_in(day, dialog)
    yield from _trying(day, dialog)
    yield from _broken(day, dialog)
    yield from _versions(day, dialog, client)
    dialog.reject()
    dialog.reject()
    day._take_keyboard()
    day.window._board.look_up(None)


def _opened(day: Day, client: Client) -> ScriptDialog:
    day.window._board.look_up(client)
    day._key(Qt.Key.Key_L, _CTRL | _SHIFT)
    (dialog,) = day.window.findChildren(ScriptDialog)
    room = day.window.size()
    dialog.resize(min(1440, room.width() - 24), min(880, room.height() - 48))
    dialog.activateWindow()
    day._until(lambda: QApplication.activeWindow() is dialog)
    return dialog


def _shot(day: Day, dialog: ScriptDialog, name: str) -> Shot:
    day.settle()
    return name, dialog


def _filling_in(day: Day, dialog: ScriptDialog) -> Iterator[Shot]:
    """The forms of every sort of block, what is wrong in a field, and what no form can show."""
    writing = dialog.writing
    lines = writing.text.text.split("\n")

    def go(words: str, field: str) -> None:
        writing.go(next(n for n, row in enumerate(lines, 1) if words in row))
        writing.filling.form.go(field)

    for name, words, field in (
        ("greeting", "holiday = true", "holiday"),
        ("reason", 'key = "notfall"', "instruct"),
        ("prompt", 'key = "was"', "choices"),
        ("condition", 'key = "draussen"', "when"),
        ("action", "[[reason.action]]", "do"),
    ):
        go(words, field)
        yield _shot(day, dialog, f"script-form-{name}")
    writing.filling.form.spoken.emit("en")
    yield _shot(day, dialog, "script-form-english")
    writing.filling.form.spoken.emit("de")
    go("hours =", "hours")
    hours = writing.filling.form.entries["hours"]
    hours.put("abends")
    day._key(Qt.Key.Key_Tab)
    day._until(lambda: writing.faults.faults)
    yield _shot(day, dialog, "script-form-wrong")
    writing.put(writing.text.text.replace('hours = "abends"', 'hour = "18-7"'))
    go("hours =", "")
    writing.show_form(True)
    yield _shot(day, dialog, "script-form-closed")
    dialog.discard()
    writing.show_form(False)


def _trying(day: Day, dialog: ScriptDialog) -> Iterator[Shot]:
    """On Saturday evening, with an answer that asks for more."""
    circumstances = dialog.writing.preview.circumstances
    circumstances.when.setText("Sa 19:30")
    day.settle()
    fields = dialog.writing.preview.answers.fields
    for key, field in fields.items():
        if isinstance(field.editor, QLineEdit):
            field.editor.setText("Erika Muster" if key == "name" else "030 23125")
        else:
            field.editor.setCurrentIndex(2)
    day.settle()
    dialog.writing.preview.reasons.setFocus()
    yield _shot(day, dialog, "script-tried")
    dialog.writing.preview.leads.setFocus()
    bar = dialog.writing.preview._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    yield _shot(day, dialog, "script-tried-end")
    dialog.writing.text.go(70)
    dialog.writing.offer(dialog.foot.insert)
    day.settle()
    yield "script-insert", dialog.writing.menu
    dialog.writing.menu.close()


def _broken(day: Day, dialog: ScriptDialog) -> Iterator[Shot]:
    text = dialog.writing.text.text
    broken = text.replace("{time_of_day}", "{daytime}", 1).replace('"phone"', '"fone"', 1)
    dialog.writing.put(broken)
    dialog.writing.text.go(8)
    day._key(Qt.Key.Key_S, _CTRL)
    yield _shot(day, dialog, "script-faults")
    dialog.reject()
    yield _shot(day, dialog, "script-not-saved")
    dialog._stay()
    dialog.discard()


def _versions(day: Day, dialog: ScriptDialog, client: Client) -> Iterator[Shot]:
    made: list[ScriptVersion] = []
    versions = day.reception.desk.script_versions
    first = dialog.versions.versions[0]
    versions.sent(first.id, made.append, _fail)
    day._until(lambda: made)
    by, how = "Erika Muster", "E-Mail"
    versions.approve(first.id, by, how, made.append, _fail)
    day._until(lambda: len(made) == 2)
    text = dialog.writing.text.text.replace("Keine Preise", "Niemals Preise")
    why = "Probe für die Urlaubszeit"
    versions.save(client, text, why, made.append, _fail, draft=True)
    day._until(lambda: len(made) == 3)
    day._key(Qt.Key.Key_5, _CTRL)
    yield _shot(day, dialog, "script-versions")
    dialog.versions.list.setCurrentRow(0)
    dialog.versions.view.setCurrentIndex(1)
    dialog.versions.approval.ask(anew=True)
    yield _shot(day, dialog, "script-difference")
    dialog.versions.approval.hide()


def _fail(error: Exception) -> None:
    raise error
