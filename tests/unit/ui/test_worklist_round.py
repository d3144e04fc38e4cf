"""A round through the work list between calls: one item after the other, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from receptionist.model.worklist import AttemptOutcome, Disposition, WorkItem, WorkKind
from receptionist.reasons import Reason
from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from tests.unit.ui.test_worklist import OTTO, box, item, stored

LEA = "+4917139200177"


@pytest.fixture
def slow_hands(dressed: QApplication) -> Iterator[None]:
    """Whatever is pressed twice is pressed at once, however busy the machine is."""
    before = dressed.doubleClickInterval()
    dressed.setDoubleClickInterval(60_000)
    yield
    dressed.setDoubleClickInterval(before)


def several(desk: Desk, *names: str) -> list[WorkItem]:
    """Different callers, one due after the other."""
    first = desk.reception.clock.now() - timedelta(minutes=50)
    return [
        item(
            desk,
            name=name,
            number=f"+49171392001{number:02}",
            due=first + timedelta(minutes=number),
        )
        for number, name in enumerate(names)
    ]


def chosen(desk: Desk) -> WorkItem | None:
    return desk.window.panels.journal.item


def test_after_each_item_the_keyboard_is_on_the_next(desk: Desk) -> None:
    eva, max_, ute = several(desk, "Eva Muster", "Max Beispiel", "Ute Muster")
    desk.key(Qt.Key.Key_J, CTRL)
    assert chosen(desk) == eva
    desk.key(Qt.Key.Key_1)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: chosen(desk) == max_)
    assert desk.window.panels.journal.has_keyboard
    assert "Eva Muster: OK, off the list. Ctrl+Shift+J" in desk.window.panels.bottom.words
    desk.key(Qt.Key.Key_4)
    desk.key(Qt.Key.Key_Return)
    desk.type("in 2 h")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: chosen(desk) == ute)
    assert "Max Beispiel: We call, due again 11:42." in desk.window.panels.bottom.words
    desk.key(Qt.Key.Key_1)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: chosen(desk) is not None and chosen(desk).id == max_.id)  # type: ignore[union-attr]
    desk.key(Qt.Key.Key_1)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: not desk.reception.desk.work.items)
    desk.until(lambda: chosen(desk) is None)


@pytest.mark.usefixtures("slow_hands")
def test_enter_pressed_twice_calls_nobody(desk: Desk) -> None:
    _eva, max_ = several(desk, "Eva Muster", "Max Beispiel")
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_1)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: chosen(desk) == max_)
    desk.key(Qt.Key.Key_Return)
    assert not desk.reception.phone.outside.dialled


def test_who_was_tried_by_another_telephone_is_written_with_one_digit(desk: Desk) -> None:
    made, other = several(desk, "Eva Muster", "Max Beispiel")
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_6)
    assert [one.text() for one in box(desk).choices if one.isVisible()] == [
        *("Nobody there", "Message", "Spoken to"),
    ]
    desk.type("nur die Mailbox")
    desk.key(Qt.Key.Key_Return)
    desk.type("morgen 8")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: chosen(desk) == other)
    now = desk.reception.desk.work.get(made.id)
    assert [(one.outcome, one.text) for one in now.attempts] == [
        (AttemptOutcome.NO_ANSWER, "nur die Mailbox")
    ]
    assert now.disposition is Disposition.CALL_BACK
    journal = desk.window.panels.journal
    desk.until(lambda: journal.entries[2].time == "tomorrow 08:00")
    assert "tried once" in journal.entries[2].detail
    journal.show_item(made.id)
    assert journal.tries == "09:42 no answer: nur die Mailbox · Erika Muster"


def test_whoever_was_spoken_to_stays_and_says_so(desk: Desk) -> None:
    (made,) = several(desk, "Eva Muster")
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_8)
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.reception.desk.work.get(made.id).attempts)
    desk.until(lambda: "09:42 reached" in desk.window.panels.journal.entries[1].detail)
    assert chosen(desk) is not None
    assert desk.window.panels.bottom.words == "Eva Muster: reached, stays on the list."


def test_calls_of_one_caller_are_settled_at_once_and_only_his(desk: Desk) -> None:
    due = desk.reception.clock.now() - timedelta(minutes=9)
    mine = [item(desk, due=due + timedelta(minutes=one)) for one in range(3)]
    kept = [
        item(desk, WorkKind.PROMISED, name="Otto Beispiel"),
        item(desk, client_id=desk.reception.client("kanzlei").id),
        item(desk, name="Lea Muster", number=LEA),
    ]
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_1)
    assert "Otto Beispiel, 3 calls" in box(desk).words
    desk.type("Termin gemacht")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: len(desk.reception.desk.work.items) == len(kept))
    assert set(desk.reception.desk.work.items) == set(kept)
    assert {stored(desk, one.id).result for one in mine} == {"Termin gemacht"}


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


def test_an_item_that_leaves_by_itself_under_the_keyboard_says_so(desk: Desk) -> None:
    eva, max_ = several(desk, "Eva Muster", "Max Beispiel")
    desk.key(Qt.Key.Key_J, CTRL)
    desk.reception.desk.work.dispose(eva.id, Disposition.NOTED)
    words = "Eva Muster has left the work list. Ctrl+Shift+J shows why."
    desk.until(lambda: desk.window.panels.bottom.words == words)
    assert chosen(desk) is None, "nobody has looked at the next one yet"
    desk.key(Qt.Key.Key_1)
    assert box(desk).isHidden()
    assert desk.reception.desk.work.items == (max_,)


def test_what_left_by_itself_is_looked_up_with_why(desk: Desk) -> None:
    made = item(desk)
    gone = replace(
        made,
        disposition=Disposition.VOID,
        result=Reason.OVERLAP_GONE,
        disposed=desk.reception.clock.now(),
        done=desk.reception.clock.now(),
    )
    settled, work = desk.window.panels.settled, desk.reception.desk.work
    work.closed = lambda _since, then, *_more: then((gone,))  # type: ignore[method-assign]
    desk.key(Qt.Key.Key_J, CTRL | SHIFT)
    desk.until(settled.isVisible)
    row = settled.entries[1].detail
    assert "missed · Void · The owner is not busy at this time any more." in row


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


def test_a_message_by_hand_may_be_left_for_any_kind(desk: Desk) -> None:
    made = item(desk, WorkKind.NOTE, number="", name="", text="Ruft an", id=uuid4())
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_7)
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.reception.desk.work.get(made.id).attempts)
    assert desk.reception.desk.work.get(made.id).due == made.due
