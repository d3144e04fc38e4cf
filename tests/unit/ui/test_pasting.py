"""The wall at the clipboard: what was copied for one client is not pasted unseen for another."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit, QWidget

from receptionist.events import AppointmentConfirmed
from tests.doubles.desk import HEATING, LAWYERS, UNKNOWN
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from tests.unit.ui.office import Office
from tests.unit.ui.script import Editor, save
from ui.models.copies import MARK, Copies
from ui.models.office import Group
from ui.widgets import clipwatch
from ui.widgets.clipwatch import ClipboardWatch

TEXT = "Otto Beispiel"


class Elsewhere:
    """Another program copies something while `copies`."""

    def __init__(self) -> None:
        self.is_active = False

    def copies(self, text: str) -> None:
        self.is_active = True
        QGuiApplication.clipboard().setText(text)
        self.is_active = False


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[Elsewhere]:
    """Without a screen nobody knows who owns the clipboard; `tests/e2e/console` asks a real one."""
    other = Elsewhere()
    monkeypatch.setattr(clipwatch, "owned", lambda _mode: not other.is_active)
    yield other
    QGuiApplication.clipboard().clear()


def copied() -> QMimeData:
    return QGuiApplication.clipboard().mimeData()


def asked(desk: Desk) -> str:
    """What is asked before something is pasted."""
    return desk.window.panels.pasting.words


def copies_his_name(desk: Desk, dialled: str = HEATING) -> None:
    """A caller's name is typed and copied; his call is over and put away."""
    call_id = desk.talks(dialled)
    assert isinstance(call_id, UUID)
    desk.name.setFocus()
    desk.type(TEXT)
    desk.key(Qt.Key.Key_A, CTRL)
    desk.key(Qt.Key.Key_C, CTRL)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)
    desk.window.panels.calls.resting_place.setFocus()
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.shown is None)


def pastes(desk: Desk, field: QWidget) -> None:
    field.setFocus()
    desk.key(Qt.Key.Key_V, CTRL)


def test_what_was_copied_for_another_client_is_not_pasted_unseen(desk: Desk) -> None:
    copies_his_name(desk)
    desk.talks(LAWYERS)
    pastes(desk, desk.name)
    assert desk.texts[0] == ""
    assert "Muster Heizung" in asked(desk)
    assert "Rechtsanwälte Beispiel" in asked(desk)
    assert desk.name.hasFocus(), "one types on where one was"


def test_the_key_pastes_it_all_the_same_and_once(desk: Desk) -> None:
    copies_his_name(desk)
    call_id = desk.talks(LAWYERS)
    assert isinstance(call_id, UUID)
    pastes(desk, desk.name)
    desk.key(Qt.Key.Key_V, CTRL | SHIFT)
    assert (desk.texts[0], asked(desk)) == (TEXT, "")
    assert desk.reception.call(call_id).caller_name == TEXT, "it counts as typed"
    desk.key(Qt.Key.Key_V, CTRL | SHIFT)
    assert desk.texts[0] == TEXT
    assert "Nothing waits" in desk.window._board.remark


def test_esc_pastes_nothing_and_leaves_the_call(desk: Desk) -> None:
    copies_his_name(desk)
    call_id = desk.talks(LAWYERS)
    pastes(desk, desk.name)
    desk.key(Qt.Key.Key_Escape)
    assert (desk.texts[0], asked(desk), desk.shown) == ("", "", call_id)
    desk.key(Qt.Key.Key_V, CTRL | SHIFT)
    assert desk.texts[0] == ""


@pytest.mark.parametrize(
    "button", ["paste_button", pytest.param("leave_button", marks=pytest.mark.soak)]
)
def test_it_goes_by_mouse_too(desk: Desk, button: str) -> None:
    copies_his_name(desk)
    desk.talks(LAWYERS)
    pastes(desk, desk.note)
    getattr(desk.window.panels.pasting, button).click()
    assert desk.texts[1] == (TEXT if button == "paste_button" else "")
    assert asked(desk) == ""


def test_every_field_of_the_window_asks(desk: Desk) -> None:
    copies_his_name(desk)
    desk.talks(LAWYERS)
    caller, panels = desk.window.panels.caller, desk.window.panels
    fields = (caller.name, caller.number, caller.note, panels.top.search.field)
    for field in (*fields, panels.slots.when.field):
        if not field.isVisible():
            continue
        text = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
        pastes(desk, field)
        now = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
        assert (now, bool(asked(desk))) == (text, True), field.accessibleName()
        desk.key(Qt.Key.Key_Escape)


@pytest.mark.soak
def test_shift_insert_is_pasting(desk: Desk) -> None:
    copies_his_name(desk)
    desk.talks(LAWYERS)
    desk.note.setFocus()
    desk.key(Qt.Key.Key_Insert, SHIFT)
    assert (desk.texts[1], bool(asked(desk))) == ("", True)


@pytest.mark.parametrize("field", ["note", pytest.param("name", marks=pytest.mark.soak)])
def test_the_menu_of_a_text_asks_as_well(desk: Desk, field: str) -> None:
    copies_his_name(desk)
    desk.talks(LAWYERS)
    choose_paste(getattr(desk, field))
    assert (desk.texts, bool(asked(desk))) == (("", ""), True)
    desk.key(Qt.Key.Key_V, CTRL | SHIFT)
    assert TEXT in desk.texts


@pytest.mark.soak
def test_the_menu_pastes_what_is_nobodys(desk: Desk, elsewhere: Elsewhere) -> None:
    elsewhere.copies("von außen")
    desk.talks(LAWYERS)
    choose_paste(desk.note)
    assert (desk.texts[1], asked(desk)) == ("von außen", "")


def choose_paste(field: QWidget) -> None:
    """Choose pasting in the menu of a text, as a mouse would open it."""
    field.setFocus()
    where = field.viewport() if isinstance(field, QPlainTextEdit) else field
    place = where.mapToGlobal(QPoint(3, 3))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(3, 3), place)
    QApplication.sendEvent(where, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (paste,) = (one for one in menu.actions() if one.objectName() == "edit-paste")
    paste.trigger()
    menu.close()


def test_the_middle_button_asks_where_it_pastes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is selected is in a clipboard of its own, on systems with X."""
    desk.talks(LAWYERS)
    desk.note.setFocus()
    watch = desk.window.findChild(ClipboardWatch)
    modes: list[QClipboard.Mode] = []

    def hindered(_edit: QWidget, mode: QClipboard.Mode) -> bool:
        modes.append(mode)
        return True

    monkeypatch.setattr(watch, "_hindered", hindered)
    assert isinstance(desk.note, QPlainTextEdit)
    QTest.mouseClick(desk.note.viewport(), Qt.MouseButton.MiddleButton)
    QTest.mouseClick(desk.name, Qt.MouseButton.MiddleButton)
    QTest.mouseClick(desk.name, Qt.MouseButton.LeftButton)
    assert modes == [QClipboard.Mode.Selection] * 2


def test_on_x_one_key_pastes_what_is_selected(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.talks(LAWYERS)
    desk.note.setFocus()
    watch = desk.window.findChild(ClipboardWatch)
    modes: list[QClipboard.Mode] = []
    monkeypatch.setattr(watch, "_hindered", lambda _edit, mode: modes.append(mode) or True)
    for modifier in (CTRL | SHIFT, SHIFT):
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Insert, modifier)
        if key.matches(QKeySequence.StandardKey.Paste):
            QApplication.sendEvent(desk.note, key)
    assert modes in (
        [QClipboard.Mode.Selection, QClipboard.Mode.Clipboard],
        [QClipboard.Mode.Clipboard],  # where no such key pastes
    )


@pytest.mark.parametrize("inside", [True, False], ids=["from-his-form", "from-outside"])
def test_what_is_dropped_out_of_another_clients_form_is_asked_about(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    desk.talks(LAWYERS)
    office = Office(desk)
    office.open(Group.CLIENTS, "Muster Heizung")
    office.go("name")
    monkeypatch.setattr(QDropEvent, "source", lambda _drop: office.dialog if inside else None)
    dragged, where = QMimeData(), QPointF(3, 3)
    dragged.setText(TEXT)
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton
    drop = QDropEvent(where, Qt.DropAction.CopyAction, dragged, buttons, keys)
    watch = desk.window.findChild(ClipboardWatch)
    stopped = watch.eventFilter(desk.window.panels.caller.number, drop)  # Qt wants a real mouse
    assert (stopped, bool(asked(desk))) == (inside, inside)


def test_for_the_same_client_nothing_is_asked_even_in_another_call(desk: Desk) -> None:
    copies_his_name(desk)
    desk.talks(HEATING)
    pastes(desk, desk.note)
    assert (desk.texts[1], asked(desk)) == (TEXT, "")


def test_what_was_copied_outside_is_nobodys(desk: Desk, elsewhere: Elsewhere) -> None:
    copies_his_name(desk)
    elsewhere.copies("von außen")
    assert not copied().hasFormat(MARK)
    desk.talks(LAWYERS)
    pastes(desk, desk.note)
    assert (desk.texts[1], asked(desk)) == ("von außen", "")


@pytest.mark.soak
def test_what_was_copied_for_nobody_is_nobodys(desk: Desk) -> None:
    copies_his_name(desk, UNKNOWN)
    assert not copied().hasFormat(MARK)
    desk.talks(LAWYERS)
    pastes(desk, desk.name)
    assert desk.texts[0] == TEXT


@pytest.mark.soak
def test_with_nobody_at_hand_nothing_is_asked(desk: Desk) -> None:
    copies_his_name(desk)
    desk.key(Qt.Key.Key_K, CTRL)
    desk.key(Qt.Key.Key_V, CTRL)
    assert desk.window.panels.top.search.field.text() == TEXT


def test_the_client_of_the_call_was_wrong(desk: Desk) -> None:
    """What was copied while the call was thought to be another client's is that client's."""
    call_id = desk.talks(HEATING)
    assert isinstance(call_id, UUID)
    desk.name.setFocus()
    desk.type(TEXT)
    desk.key(Qt.Key.Key_A, CTRL)
    desk.key(Qt.Key.Key_C, CTRL)
    lawyer = desk.reception.client("kanzlei")
    desk.reception.desk.switchboard.assign(call_id, lawyer.id)
    desk.until(lambda: desk.window._board.at_hand.id == lawyer.id)
    pastes(desk, desk.note)
    assert (desk.texts[1], bool(asked(desk))) == ("", True)


def test_the_question_goes_with_its_call(desk: Desk) -> None:
    copies_his_name(desk)
    first = desk.talks(LAWYERS)
    second = desk.reception.rings(LAWYERS, "+4917139200133")
    pastes(desk, desk.name)
    assert asked(desk)
    desk.key(Qt.Key.Key_F3)
    desk.until(lambda: desk.shown == second)
    desk.until(lambda: not asked(desk))
    desk.key(Qt.Key.Key_V, CTRL | SHIFT)
    assert desk.reception.call(first).caller_name == desk.reception.call(second).caller_name == ""  # type: ignore[arg-type]


@pytest.mark.soak
def test_agreeing_after_the_call_has_changed_pastes_nothing(desk: Desk) -> None:
    """Even before the window could show that it has."""
    copies_his_name(desk)
    desk.talks(LAWYERS)
    second = desk.reception.rings(HEATING, "+4917139200133")
    pastes(desk, desk.name)
    desk.window._board.stage.show(second)
    desk.window.panels.pasting.paste_button.click()
    assert desk.texts[0] == ""


def test_the_confirmation_belongs_to_its_client(desk: Desk) -> None:
    call_id = desk.talks(HEATING)
    assert isinstance(call_id, UUID)
    desk.type(TEXT)
    desk.until(lambda: desk.window.panels.slots.buttons[0].isVisible())
    desk.key(Qt.Key.Key_1, CTRL)
    desk.key(Qt.Key.Key_F8)
    desk.reception.seen(AppointmentConfirmed)
    desk.key(Qt.Key.Key_O, CTRL)
    desk.key(Qt.Key.Key_C, CTRL | SHIFT)
    assert TEXT in copied().text()
    assert copied().hasFormat(MARK)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)
    desk.talks(LAWYERS)
    pastes(desk, desk.note)
    assert (desk.texts[1], bool(asked(desk))) == ("", True)


def test_what_is_copied_in_the_office_window_is_the_clients_whose_form_it_is(desk: Desk) -> None:
    office = Office(desk)
    office.open(Group.CLIENTS, "Muster Heizung")
    office.go("name")
    desk.key(Qt.Key.Key_A, CTRL)
    desk.key(Qt.Key.Key_C, CTRL)
    assert copied().hasFormat(MARK)
    office.dialog.close()
    desk.window.activateWindow()
    desk.until(lambda: QApplication.activeWindow() is desk.window)
    desk.talks(LAWYERS)
    pastes(desk, desk.note)
    assert (desk.texts[1], bool(asked(desk))) == ("", True)


def test_what_is_copied_in_a_script_is_the_clients_whose_script_it_is(desk: Desk) -> None:
    save(desk.reception, desk.reception.client("haustechnik"))
    office = Office(desk)
    office.open(Group.CLIENTS, "Rechtsanwälte")
    editor = Editor(desk)
    assert office.dialog.isVisible()
    editor.writing.text.setFocus()
    desk.key(Qt.Key.Key_A, CTRL)
    desk.key(Qt.Key.Key_C, CTRL)
    assert copied().hasFormat(MARK)
    editor.dialog.close()
    office.dialog.close()
    desk.window.activateWindow()
    desk.until(lambda: QApplication.activeWindow() is desk.window)
    desk.window._board.look_up(None)
    desk.talks(LAWYERS)
    pastes(desk, desk.note)
    assert (desk.texts[1], bool(asked(desk))) == ("", True)


def test_the_mark_tells_nobody_whose_it_is(desk: Desk) -> None:
    """Neither name, key nor id stand in what other programs can read."""
    copies_his_name(desk)
    client = desk.reception.client("haustechnik")
    mark = copied().data(MARK).data()
    secret = (client.name, client.key, str(client.id), client.id.hex)
    assert not any(one.encode() in mark for one in secret)
    others = [copied().data(form).data() for form in copied().formats() if form != MARK]
    assert all(one.decode() == TEXT for one in others), "all else is what was copied"


def test_each_run_has_marks_of_its_own() -> None:
    client_id, text = uuid4(), QMimeData()
    text.setText(TEXT)
    before, now = Copies(), Copies()
    mark = before.marked(text, client_id).data(MARK)
    assert before.marked(text, client_id).data(MARK) == mark
    assert now.marked(text, client_id).data(MARK) != mark


def test_a_mark_of_an_earlier_run_is_asked_about() -> None:
    client_id, text = uuid4(), QMimeData()
    text.setText(TEXT)
    copied = Copies().marked(text, client_id)
    now = Copies()
    assert now.whose(copied) is None
    assert now.is_foreign(copied, client_id)
    assert not now.is_foreign(text, client_id)
