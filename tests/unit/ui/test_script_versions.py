"""Versions of a script are compared, restored, sent and approved; templates begin the first."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from receptionist.errors import WrongFile
from receptionist.events import ScriptChanged
from receptionist.scriptfile import parse
from tests.unit.ui.conftest import CTRL, Desk
from tests.unit.ui.office import Office
from tests.unit.ui.script import SMALL, Editor, save
from ui.dialogs.script.dialog import ScriptDialog
from ui.models.office import Group

OLDER = SMALL.replace("Never name prices", "Name no prices")


@pytest.fixture
def editor(desk: Desk) -> Editor:
    """The editor of a client with an older version, one that counts, and a draft."""
    client = desk.reception.client("haustechnik")
    save(desk.reception, client, OLDER)
    save(desk.reception, client)
    save(desk.reception, client, SMALL.replace("Stay calm", "Keep calm"), draft=True)
    editor = Editor(desk)
    desk.until(lambda: len(editor.dialog.versions.versions) == 3)
    editor.press(5)
    return editor


def _choose(editor: Editor, number: int) -> str:
    """Choose a version by its number; what is shown of it."""
    versions = editor.dialog.versions
    numbers = [one.number for one in versions.versions]
    versions.list.setCurrentRow(numbers.index(number))
    return versions.page.toPlainText()


def test_each_version_says_what_it_is(editor: Editor) -> None:
    rows = editor.dialog.versions.list.words
    assert [row.split("\n")[0] for row in rows] == [
        "Version 3 – draft",
        "Version 2 – counts",
        "Version 1 – counted before",
    ]
    assert "agreed" in rows[0]
    assert editor.dialog.versions.list.hasFocus()
    assert "How we answer for Muster Heizung" in _choose(editor, 2)


def test_a_version_is_compared_with_the_one_that_counts(editor: Editor) -> None:
    editor.dialog.versions.view.setCurrentIndex(1)
    assert "Version 3, compared with version 2" in _choose(editor, 3)
    assert "new instruction: “Keep calm.”" in _choose(editor, 3)
    assert "New warning: “Name no prices.”" in _choose(editor, 1)
    assert "Version 2, compared with version 1" in _choose(editor, 2)
    editor.dialog.versions.view.setCurrentIndex(2)
    assert _choose(editor, 1) == OLDER.strip()


def test_an_older_version_counts_again(editor: Editor) -> None:
    _choose(editor, 1)
    versions = editor.dialog.versions
    assert not versions.count.isVisible()
    versions.restore.click()
    editor.desk.until(lambda: "counts again" in editor.said)
    editor.desk.until(lambda: len(versions.versions) == 4)
    assert editor.counting == OLDER
    editor.desk.key(Qt.Key.Key_Escape)
    assert editor.text == OLDER, "and it is what is edited now"


def test_a_draft_is_brought_into_force(editor: Editor) -> None:
    _choose(editor, 3)
    versions = editor.dialog.versions
    assert not versions.restore.isVisible()
    versions.count.click()
    editor.desk.until(lambda: "It counts now" in editor.said)
    assert "Keep calm" in editor.counting


@pytest.mark.soak
def test_a_version_is_taken_into_the_editor(editor: Editor) -> None:
    _choose(editor, 1)
    editor.dialog.versions.edit.click()
    assert editor.text == OLDER
    assert editor.dialog.dirty
    editor.desk.key(Qt.Key.Key_Z, CTRL)
    assert editor.text == SMALL


def test_sent_and_approved_is_noted(editor: Editor) -> None:
    desk, versions = editor.desk, editor.dialog.versions
    _choose(editor, 2)
    versions.sent.click()
    desk.until(lambda: "sent to the client" in editor.said)
    desk.until(lambda: "sent on 23 Nov 2026" in editor.dialog.state.words)
    versions.approve.click()
    assert versions.approval.who.hasFocus()
    desk.key(Qt.Key.Key_Escape)
    assert not versions.approval.isVisible()
    assert editor.dialog.isVisible()
    versions.approve.click()
    desk.type("Erika Muster")
    desk.key(Qt.Key.Key_Return)
    desk.type("by e-mail")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: "approved by Erika Muster" in editor.dialog.state.words)
    assert not versions.approval.isVisible()
    two = next(one for one in versions.versions if one.number == 2)
    assert (two.approved_by, two.approved_how) == ("Erika Muster", "by e-mail")


def test_the_page_for_the_client_is_saved(editor: Editor, tmp_path: Path) -> None:
    versions = editor.dialog.versions
    _choose(editor, 2)
    versions.save(tmp_path / "page.html")
    assert "Never name prices." in (tmp_path / "page.html").read_text("utf-8")
    versions.save(tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    assert "page.pdf" in editor.said
    versions.save(tmp_path / "nowhere" / "page.pdf")
    assert "page.pdf" in editor.said
    assert not (tmp_path / "nowhere").exists()


def test_who_has_approved_is_asked_on_while_another_version_comes(editor: Editor) -> None:
    desk, versions = editor.desk, editor.dialog.versions
    _choose(editor, 2)
    versions.approve.click()
    desk.type("Erika Muster")
    save(desk.reception, editor.client, SMALL.replace("Stay calm", "Be calm"), draft=True)
    desk.until(lambda: len(versions.versions) == 4)
    assert versions.approval.who.hasFocus()
    assert versions.approval.who.text() == "Erika Muster"
    assert versions.chosen is not None
    assert versions.chosen.number == 2
    _choose(editor, 3)
    assert not versions.approval.isVisible()
    versions.approve.click()
    assert versions.approval.who.text() == "", "somebody else may have approved that one"


# ---- the first one


def test_a_first_script_begins_with_a_template(desk: Desk) -> None:
    editor = Editor(desk)
    templates = editor.dialog.templates
    assert templates.list.hasFocus()
    assert "No script yet" in editor.dialog.state.words
    desk.key(Qt.Key.Key_Down)
    assert "What we never forget" in templates.page.toPlainText()
    templates.languages.setCurrentIndex(2)
    templates.list.setFocus()
    desk.key(Qt.Key.Key_Return)
    assert editor.faults == []
    assert editor.writing.filling.form.focused == "text"
    script = parse(editor.text)
    assert script.language == "de"
    assert {one.text.languages for one in script.greetings} == {("de",)}
    editor.save("")
    assert editor.counting == editor.text
    desk.until(lambda: editor.dialog.versions.versions)
    assert editor.dialog.versions.versions[0].why == "The first script"


def test_a_click_looks_at_a_template_and_two_begin_with_it(desk: Desk) -> None:
    editor = Editor(desk)
    templates = editor.dialog.templates
    row = templates.list.visualItemRect(templates.list.item(1)).center()
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(templates.list.viewport(), left, pos=row)
    assert templates.isVisible()
    assert templates.list.currentRow() == 1
    assert editor.text == ""
    QTest.mouseDClick(templates.list.viewport(), left, pos=row)
    assert editor.writing.isVisible()
    assert editor.text


@pytest.mark.soak
def test_nothing_is_kept_of_a_template_that_was_only_looked_at(desk: Desk) -> None:
    editor = Editor(desk)
    desk.key(Qt.Key.Key_Escape)
    assert not editor.dialog.isVisible()
    editor.come()
    assert editor.dialog.templates.isVisible()
    editor.dialog.templates.empty.click()
    assert editor.faults == []
    desk.key(Qt.Key.Key_Escape)
    assert editor.dialog.unsaved.isVisible(), "an empty script is one, too"


# ---- ways there


def test_a_client_form_leads_to_the_script_and_says_how_it_stands(desk: Desk) -> None:
    client = desk.reception.client("haustechnik")
    office = Office(desk)
    form = office.open(Group.CLIENTS, "Heizung")
    assert "No script yet" in form.script.state.words
    save(desk.reception, client)
    desk.until(lambda: "Version 1 counts since" in form.script.state.words)
    assert "not approved" in form.script.state.words
    form.script.button.click()
    (dialog,) = desk.window.findChildren(ScriptDialog)
    desk.until(lambda: QApplication.activeWindow() is dialog)
    assert dialog.writing.text.text == SMALL


def test_a_key_without_a_client_says_what_to_do(desk: Desk) -> None:
    desk.window._board.look_up(None)
    action = next(a for a in desk.window.actions() if a.shortcut().toString() == "Ctrl+Shift+L")
    action.trigger()
    assert not desk.window.findChildren(ScriptDialog)
    assert "First show the client" in desk.window._board.remark


@pytest.mark.soak
def test_editors_of_two_clients_stand_beside_each_other(desk: Desk) -> None:
    first = Editor(desk)
    first.dialog.templates.empty.click()
    desk.window._board.look_up(None)
    second = Editor(desk, "zahnarzt")
    assert first.dialog is not second.dialog
    second.dialog.templates.empty.click()
    with pytest.raises(WrongFile):
        desk.reception.desk.scripts.check(first.client, first.text + "[[")
    assert len(desk.window._opener.unfinished) == 2
    assert not [one for one in desk.reception.events if isinstance(one, ScriptChanged)]
