"""What the store answers late goes to whom it was asked for, whatever is shown by then."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from receptionist.errors import BadInput, StaleRow
from receptionist.model.worklist import WorkItem, WorkKind
from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from tests.unit.ui.knowing import card, knows
from tests.unit.ui.late import Late
from tests.unit.ui.office import Office
from tests.unit.ui.people import moved_in, overview
from tests.unit.ui.test_known_caller import CARD, leave
from tests.unit.ui.test_search import LEA, OTTO
from tests.unit.ui.worklist import box, item
from ui.dialogs.office.people.caller import CallerForm
from ui.models.office import Group

WHY = "The disk is full."


# ---- what is known of a caller


def keeps_one_and_begins_the_next(desk: Desk) -> None:
    """A note about Otto is on its way, and one about Lea is being typed for another client."""
    desk.talks(HEATING, OTTO)
    desk.key(*CARD)
    desk.type("Duzen")
    desk.key(Qt.Key.Key_Tab)
    desk.type("Angebot ist da")
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_Return)
    desk.talks(LAWYERS, LEA)
    desk.key(*CARD)
    desk.type("Nur vormittags")


def test_what_is_kept_late_leaves_the_next_card_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Late(monkeypatch, desk.reception.desk.people.notebooks, "save")
    keeps_one_and_begins_the_next(desk)
    late.go()
    desk.until(lambda: (known := card(desk.reception, "haustechnik", OTTO)) and known.notices)
    panel = desk.window.panels.caller_card
    assert panel.isVisible()
    assert panel.note.toPlainText() == "Nur vormittags"
    known = card(desk.reception, "haustechnik", OTTO)
    assert known is not None
    assert [one.text for one in known.notices] == ["Angebot ist da"], "Enter twice is once"
    assert card(desk.reception, "kanzlei", LEA) is None


def test_why_it_was_not_kept_is_not_said_on_the_next_card(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Late(monkeypatch, desk.reception.desk.people.notebooks, "save")
    keeps_one_and_begins_the_next(desk)
    late.fail(BadInput(WHY))
    panel = desk.window.panels.caller_card
    assert panel._state.words == ""
    assert desk.window.panels.notice.words == WHY


def test_it_can_be_kept_once_more_after_it_did_not_work(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.talks(HEATING, OTTO)
    desk.key(*CARD)
    desk.type("Duzen")
    late = Late(monkeypatch, desk.reception.desk.people.notebooks, "save")
    desk.key(Qt.Key.Key_Return)
    late.fail(BadInput(WHY))
    assert desk.window.panels.caller_card._state.words == WHY
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: card(desk.reception, "haustechnik", OTTO))


def test_a_message_that_was_not_noted_as_told_is_not_said_of_another_call(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(desk.reception, knows(desk.reception, "haustechnik", OTTO), "Das Ersatzteil ist da.")
    desk.talks(HEATING, OTTO)
    late = Late(monkeypatch, desk.reception.desk.people.notebooks, "told")
    desk.until(lambda: desk.window.panels.known.waiting)
    desk.key(Qt.Key.Key_G, CTRL | SHIFT)
    desk.talks(LAWYERS, LEA)
    late.fail(BadInput(WHY))
    assert desk.window._board.failure == ""
    assert desk.window.panels.notice.words == WHY


# ---- the work list


def settles_one_and_begins_the_next(desk: Desk) -> tuple[WorkItem, WorkItem]:
    """One item is on its way to the store, and another one is being settled."""
    first, second = item(desk), item(desk, name="Lea Muster", number=LEA)
    journal = desk.window.panels.journal
    journal.show_item(first.id)
    journal.ask(1)
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_Return)
    journal.show_item(second.id)
    journal.ask(1)
    desk.type("mündlich")
    return first, second


def test_what_is_settled_late_leaves_the_next_question_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Late(monkeypatch, desk.reception.desk.work, "dispose")
    _first, second = settles_one_and_begins_the_next(desk)
    assert len(late.asked) == 1, "Enter twice is once"
    late.go()
    desk.until(lambda: len(desk.reception.desk.work.items) == 1)
    assert box(desk).about == second.id
    assert box(desk).result.text() == "mündlich"
    assert box(desk).result.hasFocus()


def test_why_it_was_not_settled_is_not_said_of_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Late(monkeypatch, desk.reception.desk.work, "dispose")
    settles_one_and_begins_the_next(desk)
    late.fail(BadInput(WHY))
    assert WHY not in box(desk).words
    assert desk.window.panels.notice.words == WHY


def test_what_was_settled_does_not_take_the_keyboard_from_who_types_by_then(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Late(monkeypatch, desk.reception.desk.work, "closed")
    desk.key(Qt.Key.Key_J, CTRL | SHIFT)
    desk.talks(HEATING)
    assert desk.name.hasFocus()
    (answered,) = [values[1] for values, _more in late.asked]
    answered(())
    assert desk.name.hasFocus()
    assert not desk.window.panels.settled.isVisible()


def test_an_appointment_that_is_found_late_takes_no_calls_place(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = item(desk, WorkKind.CONFLICT, appointment_id=uuid4(), number="")
    late = Late(monkeypatch, desk.reception.desk.booking, "appointment")
    desk.window.panels.journal.looked.emit(made)
    desk.window.panels.journal.looked.emit(made)
    (_id, first), (_same, second) = (values for values, _more in late.asked)
    first(None)
    assert "not in the book any more" in desk.window.panels.bottom.words
    call_id = desk.talks(LAWYERS)
    second(None)
    assert desk.shown == call_id
    assert "not in the book any more" not in desk.window.panels.bottom.words


# ---- the office window


@pytest.fixture
def office(desk: Desk) -> Office:
    """The office window with the overview of a client who has two callers."""
    moved_in(desk.reception)
    office = Office(desk)
    office.dialog.editor.choose(overview(desk.reception))
    return office


def changes_the_next(office: Office) -> CallerForm:
    form = office.open(Group.CALLERS, "M. Beispiel")
    assert isinstance(form, CallerForm)
    form._note.setPlainText("Nur mit Termin.")
    return form


def test_what_is_deleted_late_leaves_the_form_alone_that_is_shown_by_then(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Late(monkeypatch, office.desk.reception.desk.people.notebooks, "remove")
    office.open(Group.CALLERS, "Max Beispiel")
    editor = office.dialog.editor
    editor.ask_removal()
    editor.removal.remove_button.click()
    form = changes_the_next(office)
    late.go()
    office.desk.until(lambda: office.said == "“Max Beispiel” was deleted.")
    assert office.form is form
    assert form.dirty
    assert [one for one in editor.drafts.all if one.isVisible()] == [form]
    assert not any("Max Beispiel" in row for row in office.rows())


def test_why_a_form_was_not_saved_throws_nothing_of_another_away(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Late(monkeypatch, office.desk.reception.desk.people.notebooks, "save")
    first = office.open(Group.CALLERS, "Max Beispiel")
    assert isinstance(first, CallerForm)
    first._note.setPlainText("Duzen.")
    office.desk.key(Qt.Key.Key_S, CTRL)
    form = changes_the_next(office)
    late.fail(StaleRow(WHY))
    assert office.said == f"“Max Beispiel” is not saved: {WHY}"
    assert office.dialog.editor.foot.state._cure is None, "the form that is shown is not meant"
    assert office.form is form
    assert QApplication.focusWidget() is not first._name
    assert set(office.dialog.unfinished) == {"Max Beispiel", "M. Beispiel"}
