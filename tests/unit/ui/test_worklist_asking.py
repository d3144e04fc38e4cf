"""What is asked about the work list and about calls: typed text stays, and no key is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from receptionist.model.worklist import Disposition, WorkKind
from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import CTRL, Desk
from tests.unit.ui.test_worklist import OTTO, box, item
from ui.models.journal import PAGE


def test_the_key_stays_with_what_is_asked_already(desk: Desk) -> None:
    other = item(desk, name="Lea Muster", number="+4917139200177")
    desk.talks(HEATING, OTTO)
    item(desk)
    journal = desk.window.panels.journal
    journal.show_item(other.id)
    journal.ask(1)
    desk.type("mündlich")
    desk.key(Qt.Key.Key_U, CTRL)
    assert (box(desk).about, box(desk).result.text()) == (other.id, "mündlich")
    assert box(desk).result.hasFocus()


def test_a_digit_beyond_the_choices_asks(desk: Desk) -> None:
    item(desk, WorkKind.PROMISED)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_5)
    assert len(box(desk).choices) == 4 + 3
    assert box(desk).choices[0].hasFocus()


def test_a_key_that_fits_no_row_says_so(desk: Desk) -> None:
    call_id = desk.talks(HEATING)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)  # type: ignore[arg-type]
    item(desk)
    words = desk.window.panels.bottom
    desk.until(lambda: len(desk.window.panels.journal.entries) == 4)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_Right)
    assert words.words == "There is nothing to open in this row."
    assert desk.window._opener._office is None
    desk.key(Qt.Key.Key_Space)
    assert words.words == "There is no message and no recording in this row."
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_1)
    assert (words.words, box(desk).isVisible()) == ("Nothing is open in this row.", False)


def test_what_is_typed_stays_when_the_same_is_asked_once_more(desk: Desk) -> None:
    desk.talks(HEATING, OTTO)
    bar = desk.window.panels.asking
    desk.key(Qt.Key.Key_F9, CTRL)
    desk.type("morgen")
    desk.key(Qt.Key.Key_F9, CTRL)
    assert (bar.text.text(), bar.text.hasFocus()) == ("morgen", True)
    desk.talks(LAWYERS)
    desk.key(Qt.Key.Key_F9, CTRL)
    assert bar.text.text() == "", "another call is another question"


def test_the_keyboard_comes_to_rest_where_its_field_is_gone(desk: Desk) -> None:
    call_id = desk.talks(HEATING, OTTO)
    desk.key(Qt.Key.Key_F9, CTRL)
    bar = desk.window.panels.asking
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)  # type: ignore[arg-type]
    desk.window._board.stage.put_away()
    desk.window.panels.show_board()
    assert not desk.name.isVisible()
    desk.window.panels.notice.tell("Its button would be next.")
    bar.text.setFocus()
    desk.key(Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert QApplication.focusWidget() is desk.window.panels.calls.resting_place


def test_the_shown_call_leads_to_its_item_however_far_down_that_is(desk: Desk) -> None:
    now, model = desk.reception.clock.now(), desk.window._board.journal
    one = item(desk, WorkKind.NOTE, due=now - timedelta(hours=3), text="Notiz", number="")
    for _number in range(PAGE):
        desk.reception.desk.work.take(replace(one, id=uuid4()), new=True)
    made = replace(one, id=uuid4(), kind=WorkKind.MISSED, due=now, number=OTTO)
    desk.reception.desk.work.add(made)
    desk.until(lambda: made in model.items)
    desk.talks(HEATING, OTTO)
    desk.key(Qt.Key.Key_U, CTRL)
    assert model.row_of(made.id) < 0
    assert box(desk).about == made.id
    desk.key(Qt.Key.Key_1)
    desk.type("mündlich")
    desk.reception.desk.work.take(replace(one, id=uuid4()), new=True)
    QApplication.processEvents()
    assert box(desk).result.text() == "mündlich"
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: made.id not in [one.id for one in model.items])
    desk.until(lambda: not box(desk).isVisible())


def test_what_is_typed_about_an_item_that_is_settled_elsewhere_is_said(desk: Desk) -> None:
    made = item(desk)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_1)
    desk.type("mündlich")
    desk.reception.desk.work.dispose(made.id, Disposition.NOTED)
    desk.until(lambda: not box(desk).isVisible())
    assert desk.window.panels.notice.words == (
        "This has left the work list meanwhile. Not kept: “mündlich”"
    )
    again = item(desk)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.window.panels.journal.show_item(again.id)
    desk.window.panels.notice.clear()
    desk.key(Qt.Key.Key_1)
    desk.type("erledigt")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: not desk.reception.desk.work.items)
    desk.until(lambda: not box(desk).isVisible())
    assert desk.window.panels.notice.words == ""
