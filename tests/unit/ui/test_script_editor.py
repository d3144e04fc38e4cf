"""A script is written with what is wrong beside it; what is broken is not kept."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from receptionist.model.call import CallState
from receptionist.scriptfile.outline import BlockKind
from tests.doubles.desk import DENTIST
from tests.unit.ui.conftest import CTRL, Desk
from tests.unit.ui.script import SMALL, Editor, save
from ui.dialogs.office.scriptcard import ScriptCard
from ui.dialogs.script.dialog import ScriptDialog


@pytest.fixture
def editor(desk: Desk) -> Editor:
    """The editor of a client who has a script."""
    save(desk.reception, desk.reception.client("haustechnik"))
    return Editor(desk)


def test_what_counts_is_opened_with_a_key(editor: Editor) -> None:
    assert editor.text == SMALL
    assert editor.writing.text.hasFocus()
    assert "Version 1 counts since 23 Nov 2026" in editor.dialog.state.words
    assert editor.faults == []


def test_a_broken_script_is_refused_with_its_place_and_the_last_good_one_stays(
    editor: Editor,
) -> None:
    desk = editor.desk
    editor.go('title = "Burst pipe')
    desk.type("{")
    editor.rest()
    (fault,) = editor.faults
    assert fault.startswith("Line 17, call reason “Burst pipe{”, title: Placeholders are not")
    desk.key(Qt.Key.Key_S, CTRL)
    assert not editor.dialog.why.isVisible()
    assert "Not saved" in editor.said
    assert "last good version" in editor.said
    assert (editor.writing.text.hasFocus(), editor.writing.text.line) == (True, 17)
    assert editor.counting == SMALL
    desk.key(Qt.Key.Key_Escape)
    assert editor.dialog.unsaved.stay_button.hasFocus()
    editor.dialog.unsaved.save_button.click()
    assert editor.dialog.isVisible()
    assert editor.counting == SMALL


def test_enter_on_a_fault_leads_to_its_line(editor: Editor) -> None:
    editor.writing.put(SMALL.replace('do = "urgent"', 'do = "shout"').replace("hours", "hour"))
    editor.press(4)
    assert editor.writing.faults.rows.hasFocus()
    editor.desk.key(Qt.Key.Key_Down)
    editor.desk.key(Qt.Key.Key_Return)
    assert editor.writing.text.hasFocus()
    assert editor.writing.text.line == 34
    assert editor.writing.faults.lines == [10, 34]


def test_saving_asks_why_and_it_counts_at_once(editor: Editor) -> None:
    desk = editor.desk
    editor.go("Never name prices")
    desk.type(" at all")
    editor.save("Mrs Sample asked for it")
    assert "at all" in editor.counting
    assert "version 2 counts" in editor.said
    assert not editor.dialog.dirty
    desk.until(lambda: len(editor.dialog.versions.versions) == 2)
    newest = editor.dialog.versions.versions[0]
    assert newest.why == "Mrs Sample asked for it"
    desk.key(Qt.Key.Key_Escape)
    assert not editor.dialog.isVisible()


def test_a_draft_is_kept_and_does_not_count(editor: Editor) -> None:
    desk = editor.desk
    editor.go("Never name prices")
    desk.type(" at all")
    desk.key(Qt.Key.Key_S, CTRL)
    desk.type("to be asked")
    editor.dialog.why.keep.click()
    desk.until(lambda: "draft" in editor.said)
    assert editor.counting == SMALL
    assert "at all" in editor.text


def test_who_has_not_seen_the_newest_writes_over_nothing(editor: Editor) -> None:
    desk = editor.desk
    editor.go("Never name prices")
    desk.type(" at all")
    other = SMALL.replace("hello", "good day")
    save(desk.reception, editor.client, other)
    desk.key(Qt.Key.Key_S, CTRL)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: "somebody else" in editor.said)
    assert editor.counting == other
    assert "at all" in editor.text
    editor.press(5)
    desk.key(Qt.Key.Key_Escape)
    editor.save()
    assert "at all" in editor.counting


@pytest.mark.soak
def test_what_is_untouched_follows_what_counts(editor: Editor) -> None:
    other = SMALL.replace("hello", "good day")
    save(editor.desk.reception, editor.client, other)
    assert editor.text == other
    editor.desk.until(lambda: "Version 2 counts" in editor.dialog.state.words)


def test_what_was_typed_stays_when_a_call_is_answered(editor: Editor) -> None:
    desk = editor.desk
    editor.go("Never name prices")
    desk.type(" at all")
    call_id = desk.reception.rings(DENTIST)
    desk.until(lambda: "Zahnarztpraxis" in editor.dialog.ringing.words)
    assert editor.writing.text.hasFocus()
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.ACTIVE)
    desk.until(lambda: QApplication.activeWindow() is desk.window)
    assert not editor.dialog.isVisible()
    desk.type("Erika Muster")
    assert desk.texts[0] == "Erika Muster"
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)
    desk.key(Qt.Key.Key_Escape)
    unfinished = desk.window.panels.middle.unfinished
    desk.until(lambda: unfinished.isVisible())
    assert "Script of Muster Heizung" in unfinished.words
    unfinished._button.click()
    desk.until(lambda: QApplication.activeWindow() is editor.dialog)
    assert "at all" in editor.text
    desk.window.close()
    assert desk.window.isVisible(), "the desk does not close over it"
    assert editor.dialog.unsaved.isVisible()
    editor.dialog.unsaved.discard_button.click()
    assert not editor.dialog.isVisible()
    assert editor.counting == SMALL


def test_panes_are_reached_by_keys(editor: Editor) -> None:
    writing = editor.writing
    panes = (writing.outline, writing.text, writing.preview.circumstances.when)
    for number, pane in enumerate(panes, start=1):
        editor.press(number)
        assert pane.hasFocus()
    editor.press(1)
    for _step in range(3):
        editor.desk.key(Qt.Key.Key_Down)
    editor.desk.key(Qt.Key.Key_Return)
    assert writing.text.hasFocus()
    assert writing.text.line == 15


def test_pieces_come_in_by_menu_and_key(editor: Editor) -> None:
    desk = editor.desk
    editor.go("Stay calm")
    desk.key(Qt.Key.Key_N, CTRL)
    desk.until(lambda: editor.writing.menu.isVisible())
    QTest.keyClick(editor.writing.menu, Qt.Key.Key_4)
    assert editor.writing.text.textCursor().selectedText()
    desk.type("Which floor?")
    editor.rest()
    assert 'label = "Which floor?"' in editor.text
    assert editor.faults == []
    assert any("Which floor?" in row for row in editor.writing.outline.words)
    desk.key(Qt.Key.Key_Z, CTRL)
    desk.key(Qt.Key.Key_Z, CTRL)
    editor.rest()
    assert editor.text == SMALL


@pytest.mark.soak
def test_what_may_be_written_here_is_said(editor: Editor) -> None:
    editor.go('hours = "18')
    assert "over midnight" in editor.writing.help.text()
    editor.go('say = "I will')
    assert "{caller}" in editor.writing.help.text()


def test_what_is_added_to_the_client_meanwhile_may_be_named(editor: Editor) -> None:
    reception, client = editor.desk.reception, editor.client
    editor.writing.put(SMALL.replace('do = "urgent"', 'do = "book"\nkind = "visit"'))
    assert "There is no appointment kind “visit”" in editor.faults[0]
    kind = replace(client.kinds[0], id=uuid4(), key="visit", name="Visit")
    mine = tuple(c for c in reception.desk.directory.calendars if c.client_id == client.id)
    saved: list[object] = []
    more = replace(client, kinds=(*client.kinds, kind))
    reception.desk.editing.save_client(client, more, mine, saved.append, saved.append)
    reception.spin(lambda: saved)
    editor.save()
    assert 'kind = "visit"' in editor.counting


def test_the_key_says_that_there_is_nothing_to_save(editor: Editor) -> None:
    editor.desk.key(Qt.Key.Key_S, CTRL)
    assert editor.said == "Nothing was changed since it was saved."
    assert not editor.dialog.why.isVisible()


def test_what_is_deleted_hears_nothing_any_more(editor: Editor) -> None:
    desk, window = editor.desk.reception.desk, editor.desk.window
    listeners = desk._ground.listeners._listeners
    before = list(listeners)
    card = ScriptCard(desk, editor.client, is_new=False)
    dialog = ScriptDialog(desk, editor.client, editor.desk.reception.clock, window)
    assert len(listeners) == len(before) + 2
    for widget in (card, dialog):
        widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert listeners == before


def test_the_menu_keeps_no_menus_of_earlier_fillings(editor: Editor) -> None:
    menu = editor.writing.menu
    for _time in range(5):
        menu.fill(BlockKind.REASON, ("say", "instruct"))
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(menu.findChildren(QMenu)) == 2
