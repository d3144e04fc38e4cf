"""What is typed beside calls is there for another process, and in its place after a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from receptionist.desk.jotter import FILE, read
from receptionist.events import AppointmentConfirmed, WorkAdded, WorkDone
from receptionist.model.secret import Secret
from receptionist.model.service import ServiceKind
from receptionist.model.worklist import Disposition
from tests.doubles.calendar import PASSWORD
from tests.doubles.desk import HEATING, Reception
from tests.unit.ui.conftest import CTRL, SHIFT, Desk, opened
from tests.unit.ui.script import SMALL, Editor, save

CALLER = "+4917139200177"
TEXT = "ruft Dienstag an, Söhne"
Field = QLineEdit | QPlainTextEdit


def disposing(desk: Desk) -> Field:
    """What came of an item of the work list."""
    reception, box = desk.reception, desk.window.panels.journal.box
    if not reception.desk.work.items:
        reception.phone.outside.hangs_up(reception.rings(HEATING))
        reception.seen(WorkAdded)
    (item,) = reception.desk.work.items
    desk.until(lambda: desk.window.panels.journal.model.row_of(item.id) >= 0)
    desk.window.panels.journal.ask_about(item)
    desk.key(Qt.Key.Key_1)
    return box.result


def new_task(desk: Desk) -> Field:
    """What a task beside calls is about."""
    client, bar = desk.reception.client("haustechnik"), desk.window.panels.errands
    bar.begin(client, (client,), ())
    bar.choices[0].click()
    return bar.text


def done_task(desk: Desk) -> Field:
    """What came of it."""
    errands, client = desk.reception.desk.errands, desk.reception.client("haustechnik")
    if not errands.all:
        errands.begin(client.id, ServiceKind.RESEARCH)
        errands.pause()
    (errand,) = errands.all
    desk.window.panels.errands.finish(errand, client)
    return desk.window.panels.errands.text


def caller(desk: Desk) -> Field:
    """What is to be minded of a caller."""
    desk.talks(HEATING, CALLER)
    desk.key(Qt.Key.Key_H, CTRL | SHIFT)
    desk.until(desk.window.panels.caller_card.isVisible)
    return desk.window.panels.caller_card.note


def message(desk: Desk) -> Field:
    """What he is to be told."""
    caller(desk)
    return desk.window.panels.caller_card.message


def appointment(desk: Desk) -> Field:
    """The texts of one that was booked."""
    client = desk.reception.client("haustechnik")
    known = bool(desk.reception.appointments(client))
    desk.talks(HEATING, CALLER)
    if known:
        desk.until(lambda: desk.window._board.history.known)
    else:
        desk.type("Erika Muster")
        desk.until(lambda: desk.window.panels.slots.buttons[3].isVisible())
        desk.key(Qt.Key.Key_1, CTRL)
        desk.key(Qt.Key.Key_F8)
        desk.reception.seen(AppointmentConfirmed)
    desk.key(Qt.Key.Key_O, CTRL)
    desk.until(desk.window.panels.appointment.isVisible)
    desk.key(Qt.Key.Key_F7, SHIFT)
    desk.until(desk.window.panels.appointment.fields.isVisible)
    return desk.window.panels.appointment.fields.field("note")


def script(desk: Desk) -> Field:
    """The text of a client's script."""
    client = desk.reception.client("haustechnik")
    if desk.reception.desk.scripts.counting(client.id) is None:
        save(desk.reception, client)
    return Editor(desk).writing.text


FORMS: dict[str, Callable[[Desk], Field]] = {
    one.__name__: one
    for one in (disposing, new_task, done_task, caller, message, appointment, script)
}


def text_of(field: Field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def jotted(desk: Desk) -> str:
    """What another process reads of forms."""
    there = read(desk.reception.data / FILE)
    return repr([one.texts for name, one in there.items() if not name.startswith("call/")])


@contextmanager
def after_a_crash(desk: Desk) -> Iterator[Desk]:
    """Another run of the program on the same data: nobody has closed the one before."""
    for before in QApplication.topLevelWidgets():
        before.hide()
    reception = Reception(desk.reception.data, empty=True)
    for line in reception.desk.directory.lines:
        reception.desk.passwords.keep(line.id, Secret(PASSWORD))
    reception.spin(lambda: reception.phone.lines)
    try:
        with opened(reception) as window:
            window.resize(1366, 768)
            window.show()
            window.activateWindow()
            assert QTest.qWaitForWindowActive(window, 10_000)
            yield Desk(reception, window)
    finally:
        reception.close()


def types(desk: Desk, form: str) -> Field:
    """Type at the end of a form's field."""
    field = FORMS[form](desk)
    field.setFocus()
    desk.until(field.hasFocus)
    desk.type(TEXT)
    return field


def rarely(*forms: str) -> list[object]:
    """The same for each form; those that are made like another one take their time elsewhere."""
    rare = ("done_task", "message", "appointment")
    return [pytest.param(one, marks=pytest.mark.soak) if one in rare else one for one in forms]


@pytest.mark.parametrize("form", rarely(*FORMS))
def test_another_process_reads_it_and_it_is_there_again(desk: Desk, form: str) -> None:
    field = types(desk, form)
    desk.until(lambda: TEXT in jotted(desk))
    typed = text_of(field)
    with after_a_crash(desk) as now:
        now.until(lambda: "not saved" in now.window.panels.notice.words)
        again = FORMS[form](now)
        now.until(lambda: text_of(again) == typed)


@pytest.mark.parametrize("form", rarely("new_task", "done_task", "caller", "appointment"))
def test_who_leaves_a_form_has_given_it_up(desk: Desk, form: str) -> None:
    types(desk, form)
    desk.until(lambda: TEXT in jotted(desk))
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: jotted(desk) == "[]")


@pytest.mark.parametrize("form", rarely("new_task", "done_task", "caller", "appointment"))
def test_what_is_kept_is_jotted_down_no_more(desk: Desk, form: str) -> None:
    types(desk, form)
    desk.until(lambda: TEXT in jotted(desk))
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: jotted(desk) == "[]")


def test_what_came_of_an_item_is_jotted_down_until_it_is_settled(desk: Desk) -> None:
    types(desk, "disposing")
    desk.until(lambda: TEXT in jotted(desk))
    desk.key(Qt.Key.Key_Return)
    desk.reception.seen(WorkDone)
    desk.until(lambda: jotted(desk) == "[]")


def test_a_script_is_jotted_down_until_it_is_as_it_was(desk: Desk) -> None:
    field = types(desk, "script")
    desk.until(lambda: TEXT in jotted(desk))
    for _letter in TEXT:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backspace)
    assert TEXT not in text_of(field)
    desk.until(lambda: jotted(desk) == "[]")


def test_what_is_typed_for_one_caller_stands_at_no_other(desk: Desk) -> None:
    types(desk, "caller")
    desk.until(lambda: TEXT in jotted(desk))
    with after_a_crash(desk) as now:
        call_id = now.talks(HEATING, "+4917139200133")
        assert isinstance(call_id, UUID)
        now.key(Qt.Key.Key_H, CTRL | SHIFT)
        now.until(now.window.panels.caller_card.isVisible)
        now.reception.turn()
        assert text_of(now.window.panels.caller_card.note) == ""


def test_an_attempt_that_was_written_is_jotted_down_no_more(desk: Desk) -> None:
    """Its text is that of the attempt, and no result."""
    disposing(desk)
    desk.window.panels.journal.box.give_back()
    (item,) = desk.reception.desk.work.items
    desk.window.panels.journal.ask_about(item)
    desk.key(Qt.Key.Key_7)
    desk.type(TEXT)
    desk.until(lambda: TEXT in jotted(desk))
    desk.key(Qt.Key.Key_Return)
    desk.type("tomorrow 8 am")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.reception.desk.work.get(item.id).attempts)
    assert desk.reception.desk.work.get(item.id).attempts[-1].text == TEXT
    desk.until(lambda: jotted(desk) == "[]")


def settle_elsewhere(desk: Desk, result: str) -> None:
    """Another workstation settles the item."""
    (item,), at = desk.reception.desk.work.items, desk.reception.clock.now()
    settled: list[object] = []
    desk.reception.desk._ground.memory.submit(
        lambda store: store.work.dispose(item.id, Disposition.DONE, None, at, result),
        then=settled.append,
    )
    desk.until(lambda: settled)


def test_what_was_typed_about_an_item_that_has_left_is_shown_once(desk: Desk) -> None:
    types(desk, "disposing")
    desk.until(lambda: TEXT in jotted(desk))
    settle_elsewhere(desk, "done already")
    with after_a_crash(desk) as now:
        notice = now.window.panels.notice
        now.until(lambda: notice.words)
        assert "left the work list" in notice.words
        assert TEXT in notice.words
        assert "stands there again" not in notice.words
        now.until(lambda: jotted(now) == "[]")


def test_what_was_typed_about_an_item_that_leaves_before_it_is_asked_about(desk: Desk) -> None:
    types(desk, "disposing")
    desk.until(lambda: TEXT in jotted(desk))
    with after_a_crash(desk) as now:
        notice, work = now.window.panels.notice, now.reception.desk.work
        now.until(lambda: "stands there again" in notice.words)
        work.dispose(work.items[0].id, Disposition.DONE, "done already")
        now.until(lambda: "left the work list" in notice.words)
        assert TEXT in notice.words
        now.until(lambda: jotted(now) == "[]")


def test_what_was_kept_before_the_end_is_not_called_lost(desk: Desk) -> None:
    types(desk, "disposing")
    desk.until(lambda: TEXT in jotted(desk))
    settle_elsewhere(desk, TEXT)
    with after_a_crash(desk) as now:
        now.until(lambda: jotted(now) == "[]")
        assert not now.window.panels.notice.words


def test_a_task_that_is_another_clients_is_jotted_down_for_him_alone(desk: Desk) -> None:
    names = [f"errand/new/{desk.reception.client(key).id}" for key in ("haustechnik", "zahnarzt")]

    def there() -> list[str]:
        return [one for one in read(desk.reception.data / FILE) if one.startswith("errand/")]

    types(desk, "new_task")
    desk.until(lambda: there() == names[:1] and TEXT in jotted(desk))
    bar = desk.window.panels.errands
    bar._other.click()
    bar.search.chosen.emit(desk.reception.client("zahnarzt").id)
    desk.until(lambda: there() == names[1:])
    assert TEXT in jotted(desk)
    assert desk.reception.client("zahnarzt").name in jotted(desk)
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: there() == [])


def test_a_script_of_before_the_crash_is_written_over_no_other(desk: Desk) -> None:
    client = desk.reception.client("haustechnik")
    save(desk.reception, client)
    editor = Editor(desk)
    editor.go("Never name prices")
    desk.type(" at all")
    desk.until(lambda: "at all" in jotted(desk))
    with after_a_crash(desk) as now:
        other = SMALL.replace("hello", "good day")
        save(now.reception, client, other)
        again = Editor(now)
        assert "at all" in again.text
        again.go("at all")
        now.type(" ever")
        now.key(Qt.Key.Key_S, CTRL)
        now.key(Qt.Key.Key_Return)
        now.until(lambda: "Saved" in again.said or "somebody else" in again.said)
        assert "somebody else" in again.said
        assert again.counting == other
