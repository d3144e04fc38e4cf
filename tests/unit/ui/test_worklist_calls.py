"""The work list while the telephone rings, and what leads from it elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from receptionist.model.worklist import Disposition, WorkKind
from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from tests.unit.ui.worklist import OTTO, box, item, several
from ui.models.journal import PAGE

LEA = "+4917139200177"


def test_calling_is_an_attempt_and_the_shown_call_leads_to_its_item(desk: Desk) -> None:
    earlier = desk.reception.clock.now() - timedelta(hours=3)
    item(desk, WorkKind.NOTE, due=earlier, text="Ruft an", number="")
    made = item(desk)
    journal = desk.window.panels.journal
    journal.show_item(made.id)
    journal.go()
    desk.key(Qt.Key.Key_J, CTRL)
    journal.show_item(made.id)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.reception.phone.outside.dialled)
    (call_id,) = desk.reception.phone.outside.dialled
    desk.until(lambda: desk.shown == call_id)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.desk.work.get(made.id).attempts)
    desk.until(lambda: "tried once" in journal.entries[2].detail)
    desk.key(Qt.Key.Key_U, CTRL)
    assert box(desk).about == made.id
    assert box(desk).choices[0].hasFocus()


def test_what_is_typed_about_an_item_survives_a_call(desk: Desk) -> None:
    item(desk)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_1)
    desk.type("Hat sich")
    desk.talks(LAWYERS)
    assert desk.name.hasFocus()
    assert box(desk).result.text() == "Hat sich"
    box(desk).result.setFocus()
    desk.type(" erledigt")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: not desk.reception.desk.work.items)


def test_the_key_of_the_list_leads_on_to_the_calls_of_today_and_back(desk: Desk) -> None:
    call_id = desk.talks(HEATING)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)  # type: ignore[arg-type]
    desk.key(Qt.Key.Key_Escape)
    made = item(desk)
    journal = desk.window.panels.journal
    desk.until(lambda: len(journal.entries) == 4)
    desk.key(Qt.Key.Key_J, CTRL)
    assert journal.item == made
    desk.key(Qt.Key.Key_J, CTRL)
    assert journal.item is None
    desk.key(Qt.Key.Key_J, CTRL)
    assert journal.item == made


def test_how_much_is_open_and_due_is_always_seen(desk: Desk) -> None:
    bottom = desk.window.panels.bottom
    assert bottom.open_words == "Nothing open"
    soon = desk.reception.clock.now() + timedelta(minutes=30)
    item(desk, WorkKind.PROMISED, due=soon)
    desk.until(lambda: bottom.open_words == "1 open")
    desk.reception.clock.move(31 * 60)
    desk.window.tick()
    assert bottom.open_words == "1 open, 1 due"
    assert desk.window.panels.journal.entries[0].title == "Open: 1 · due: 1"


def test_a_gap_in_the_rota_leads_to_the_client_in_the_office_window(desk: Desk) -> None:
    now = desk.reception.clock.now()
    gap = replace(
        item(desk, WorkKind.PROMISED),
        id=uuid4(),
        kind=WorkKind.GAP,
        text="Notdienst",
        number="",
        name="",
        begins=now + timedelta(hours=5),
        ends=now + timedelta(hours=9),
    )
    desk.reception.desk.work.take(gap, new=True)
    journal = desk.window.panels.journal
    desk.until(lambda: desk.window._board.journal.row_of(gap.id) >= 0)
    desk.key(Qt.Key.Key_J, CTRL)
    journal.show_item(gap.id)
    assert not journal.call_button.isVisible()
    assert journal.look_button.text() == "On-call rota"
    desk.key(Qt.Key.Key_Right)
    desk.until(lambda: desk.window._opener._office is not None)
    office = desk.window._opener._office
    assert office is not None
    assert office.editor.form is not None
    assert office.editor.form.title == "Muster Heizung & Sanitär"


def test_a_call_back_is_promised_in_a_call_and_stands_on_the_list(desk: Desk) -> None:
    desk.talks(HEATING, OTTO)
    desk.key(Qt.Key.Key_F9, CTRL)
    bar = desk.window.panels.asking
    assert bar.text.hasFocus()
    desk.key(Qt.Key.Key_Return)
    assert "Say when it is taken up again" in bar.words
    desk.type("in 2 stunden")
    desk.key(Qt.Key.Key_Return)
    assert not bar.isVisible()
    assert desk.name.hasFocus()
    desk.until(lambda: desk.reception.desk.work.items)
    (promised,) = desk.reception.desk.work.items
    assert (promised.kind, promised.number) == (WorkKind.PROMISED, OTTO)
    desk.until(lambda: "call-back promised" in desk.window.panels.journal.entries[1].detail)
    assert "On the work list" in desk.window.panels.bottom.words


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


def test_what_is_typed_stays_while_another_item_is_settled(desk: Desk) -> None:
    eva, max_ = several(desk, "Eva Muster", "Max Beispiel")
    journal = desk.window.panels.journal
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_4)
    desk.type("erst ab elf")
    desk.talks(HEATING, max_.number)
    desk.key(Qt.Key.Key_U, CTRL)
    assert box(desk).about == max_.id
    desk.key(Qt.Key.Key_1)
    desk.type("am Telefon")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: max_ not in journal.model.items)
    desk.until(box(desk).isHidden)
    journal.ask_about(eva)
    assert (box(desk).result.text(), box(desk).result.hasFocus()) == ("erst ab elf", True)
    assert "We call back" in box(desk).words
    desk.reception.desk.work.dispose(eva.id, Disposition.NOTED)
    desk.until(lambda: "Not kept: “erst ab elf”" in desk.window.panels.notice.words)


def test_after_the_call_the_key_leads_back_to_what_was_being_said(desk: Desk) -> None:
    eva, _max = several(desk, "Eva Muster", "Max Beispiel")
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_1)
    desk.type("Hat sich")
    call_id = desk.talks(LAWYERS, LEA)
    desk.until(box(desk).isHidden)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)  # type: ignore[arg-type]
    desk.until(box(desk).isVisible)
    desk.key(Qt.Key.Key_U, CTRL)
    assert (box(desk).about, box(desk).result.text()) == (eva.id, "Hat sich")
    assert box(desk).result.hasFocus()


def test_nothing_settled_says_what_would_be_there(desk: Desk) -> None:
    desk.key(Qt.Key.Key_J, CTRL | SHIFT)
    settled = desk.window.panels.settled
    desk.until(settled.isVisible)
    assert settled._empty.isVisible()
    assert "Whatever does is looked up here" in settled._empty.text()


def test_a_missed_call_stands_once_and_its_row_opens_it(desk: Desk) -> None:
    call_id = desk.reception.rings(HEATING, OTTO)
    desk.reception.phone.outside.hangs_up(call_id)
    journal = desk.window.panels.journal
    desk.until(lambda: desk.reception.desk.work.items)
    desk.until(lambda: [one.heading for one in journal.entries] == [True, False])
    assert desk.window.panels.bottom.open_words == "1 open, 1 due"
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_Right)
    desk.until(lambda: desk.shown == call_id)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_1)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: [one.title for one in journal.entries][:1] == ["Today"])
    assert [one.call is not None and one.call.id for one in journal.entries][1:] == [call_id]
