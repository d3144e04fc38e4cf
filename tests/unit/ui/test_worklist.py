"""A round through the work list by keys alone: what came of each item, and what is due next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from receptionist.model.worklist import AttemptOutcome, Disposition, WorkKind
from receptionist.reasons import Reason
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from tests.unit.ui.worklist import box, chosen, clock, desk, item, several, standing, stored

__all__ = ["desk", "standing"]

LEA = "+4917139200177"
BERLIN = "Europe/Berlin"


def test_an_item_is_settled_with_three_keys(desk: Desk) -> None:
    made = item(desk)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_1)
    assert box(desk).result.hasFocus()
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: not desk.reception.desk.work.items)
    assert not box(desk).isVisible()
    assert stored(desk, made.id).disposition is Disposition.DONE


def test_nothing_leaves_the_list_without_a_choice(desk: Desk) -> None:
    item(desk)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_Delete)
    assert "Otto Beispiel" in box(desk).accessibleName()
    assert [one.text() for one in box(desk).choices] == [
        *("OK", "Noted", "Calls again", "We call", "Follow-up"),
        *("Nobody there", "Message", "Spoken to"),
    ]
    assert not box(desk).save_button.isVisible()
    desk.key(Qt.Key.Key_Escape)
    assert not box(desk).isVisible()
    assert desk.window.panels.journal.has_keyboard
    assert len(desk.reception.desk.work.items) == 1


def test_we_call_back_needs_a_time_and_stays_on_the_list_until_then(desk: Desk) -> None:
    made = item(desk)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_4)
    desk.type("Mailbox besprochen")
    desk.key(Qt.Key.Key_Return)
    assert box(desk).until.hasFocus()
    desk.key(Qt.Key.Key_Return)
    assert "Say when it is taken up again" in box(desk).words
    desk.type("irgendwann")
    desk.key(Qt.Key.Key_Return)
    assert "Not understood: irgendwann" in box(desk).words
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type("morgen 10")
    assert "tomorrow 10:00" in box(desk).words
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: not box(desk).isVisible())
    (open_item,) = desk.reception.desk.work.items
    assert open_item.id == made.id
    assert open_item.disposition is Disposition.CALL_BACK
    assert open_item.due == datetime(2026, 11, 24, 10, tzinfo=ZoneInfo(BERLIN))
    row = desk.window.panels.journal.entries[1]
    assert row.time == "tomorrow 10:00"
    assert "to be called back · Mailbox besprochen" in row.detail
    assert desk.window.panels.bottom.open_words == "1 open"


def test_who_calls_again_leaves_the_list_unless_a_time_is_said(desk: Desk) -> None:
    item(desk)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_3)
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: not desk.reception.desk.work.items)


def test_what_was_settled_is_looked_up_and_opened_again(desk: Desk) -> None:
    made = item(desk)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_2)
    desk.type("weiß Bescheid")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: not desk.reception.desk.work.items)
    settled = desk.window.panels.settled
    desk.key(Qt.Key.Key_J, CTRL | SHIFT)
    desk.until(settled.isVisible)
    assert settled.entries[0].title.startswith("Settled since 9 Nov")
    assert (
        "Otto Beispiel · missed · Noted · Erika Muster · weiß Bescheid" in settled.entries[1].detail
    )
    assert settled.has_keyboard
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.reception.desk.work.items)
    assert desk.reception.desk.work.items[0].id == made.id
    desk.until(desk.window.panels.journal.isVisible)


def test_nothing_open_says_so(desk: Desk) -> None:
    desk.key(Qt.Key.Key_U, CTRL)
    assert desk.window.panels.bottom.words == "Nothing is open on the work list."
    assert QApplication.focusWidget() is not box(desk)


def test_a_digit_beyond_the_choices_asks(desk: Desk) -> None:
    item(desk, WorkKind.PROMISED)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_5)
    assert len(box(desk).choices) == 4 + 3
    assert box(desk).choices[0].hasFocus()


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


@pytest.fixture
def slow_hands(dressed: QApplication) -> Iterator[None]:
    """Whatever is pressed twice is pressed at once, however busy the machine is."""
    before = dressed.doubleClickInterval()
    dressed.setDoubleClickInterval(60_000)
    yield
    dressed.setDoubleClickInterval(before)


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
    assert (
        f"Max Beispiel: We call, due again {clock(desk, hours=2)}."
        in desk.window.panels.bottom.words
    )
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
    assert journal.tries == f"{clock(desk)} no answer: nur die Mailbox · Erika Muster"


def test_whoever_was_spoken_to_stays_and_says_so(desk: Desk) -> None:
    (made,) = several(desk, "Eva Muster")
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_8)
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.reception.desk.work.get(made.id).attempts)
    desk.until(lambda: f"{clock(desk)} reached" in desk.window.panels.journal.entries[1].detail)
    assert chosen(desk) is not None
    assert desk.window.panels.bottom.words == "Eva Muster: reached, stays on the list."


def test_a_message_by_hand_may_be_left_for_any_kind(desk: Desk) -> None:
    made = item(desk, WorkKind.NOTE, number="", name="", text="Ruft an", id=uuid4())
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_7)
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.reception.desk.work.get(made.id).attempts)
    assert desk.reception.desk.work.get(made.id).due == made.due


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


def test_what_left_by_itself_is_looked_up_with_why(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = item(desk)
    gone = replace(
        made,
        disposition=Disposition.VOID,
        result=Reason.OVERLAP_GONE,
        disposed=desk.reception.clock.now(),
        done=desk.reception.clock.now(),
    )
    settled, work = desk.window.panels.settled, desk.reception.desk.work
    monkeypatch.setattr(work, "closed", lambda _since, then, *_more: then((gone,)))
    desk.key(Qt.Key.Key_J, CTRL | SHIFT)
    desk.until(settled.isVisible)
    row = settled.entries[1].detail
    assert "missed · Void · The owner is not busy at this time any more." in row
