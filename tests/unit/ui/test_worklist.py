"""The work list by keys alone: what is due, what came of it, what was settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from receptionist.model.worklist import (
    Attempt,
    AttemptOutcome,
    Disposition,
    WorkCounts,
    WorkItem,
    WorkKind,
)
from receptionist.reasons import Reason
from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from ui.models.settled import item_of
from ui.models.workwords import attempts_words, count_words, detail_words, tone, tries_words
from ui.panels.disposing import DisposeBox

BERLIN = "Europe/Berlin"
OTTO = "+492214710177"
NOW = datetime(2026, 11, 23, 9, 42, 5, tzinfo=ZoneInfo(BERLIN))


def item(desk: Desk, kind: WorkKind = WorkKind.MISSED, **more: object) -> WorkItem:
    """Something is open for the heating engineers, and the window shows it."""
    now = desk.reception.clock.now()
    made = WorkItem(
        id=uuid4(),
        client_id=desk.reception.client("haustechnik").id,
        kind=kind,
        created=now,
        due=now,
        number=OTTO,
        name="Otto Beispiel",
    )
    made = replace(made, **more)  # type: ignore[arg-type]
    desk.reception.desk.work.add(made)
    desk.until(lambda: desk.window._board.journal.row_of(made.id) >= 0)
    return made


def box(desk: Desk) -> DisposeBox:
    return desk.window.panels.journal.box


def stored(desk: Desk, item_id: UUID) -> WorkItem:
    """An item that left, as the store has it."""
    found: list[tuple[WorkItem, ...]] = []
    since = desk.reception.clock.now() - timedelta(days=1)
    desk.reception.desk.work.closed(since, found.append)
    desk.until(lambda: found)
    return next(one for one in found[0] if one.id == item_id)


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


def test_nothing_open_says_so(desk: Desk) -> None:
    desk.key(Qt.Key.Key_U, CTRL)
    assert desk.window.panels.bottom.words == "Nothing is open on the work list."
    assert QApplication.focusWidget() is not box(desk)


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


# ---- words


@pytest.fixture
def plain() -> WorkItem:
    return WorkItem(
        id=UUID(int=1),
        client_id=None,
        kind=WorkKind.MISSED,
        created=NOW,
        due=NOW,
        number=OTTO,
        name="Otto Beispiel",
        reason=Reason.MISSED,
    )


def tried(minutes: int, outcome: AttemptOutcome, text: str = "") -> Attempt:
    return Attempt(
        id=uuid4(), at=NOW - timedelta(minutes=minutes), who=None, outcome=outcome, text=text
    )


def test_attempts_in_words(plain: WorkItem) -> None:
    assert tries_words(plain, BERLIN, NOW) == ""
    attempts = (
        tried(42, AttemptOutcome.NO_ANSWER),
        tried(12, AttemptOutcome.BUSY),
        tried(90, AttemptOutcome.MAILBOX, "bitte um Rückruf"),
    )
    one = replace(plain, attempts=attempts)
    assert tries_words(one, BERLIN, NOW) == "tried 3 times, last 09:30"
    assert attempts_words(attempts, BERLIN, NOW, lambda who: f"Erika {who}").splitlines() == [
        "09:30 busy · Erika None",
        "09:00 no answer · Erika None",
        "08:12 message left: bitte um Rückruf · Erika None",
    ]
    assert attempts_words(attempts[:1], BERLIN, NOW, lambda _who: "") == "09:00 no answer"
    reached = replace(plain, attempts=(*attempts, tried(1, AttemptOutcome.CALLED)))
    assert tries_words(reached, BERLIN, NOW) == (
        "tried 3 times, last 09:30 · 09:41 has called himself"
    )


def test_how_late_it_is_stands_there_in_words_and_not_in_colour_alone(plain: WorkItem) -> None:
    assert tone(plain, BERLIN, NOW) == "attention"
    assert detail_words(plain, BERLIN, NOW) == "Otto Beispiel · missed"
    later = NOW + timedelta(hours=3)
    assert tone(plain, BERLIN, later) == "danger"
    assert detail_words(plain, BERLIN, later) == "Otto Beispiel · missed · 3 hours overdue"
    waits = replace(plain, due=later)
    assert tone(waits, BERLIN, NOW) == "quiet"


def test_counts_in_words() -> None:
    assert count_words(WorkCounts()) == "Nothing open"
    assert count_words(WorkCounts(overdue=2, today=1, later=4)) == "7 open, 2 due"


def test_which_item_a_call_is_about(plain: WorkItem) -> None:
    call_id = uuid4()
    by_number = plain
    of_call = replace(plain, id=UUID(int=2), number="", call_id=call_id)
    attempt = replace(tried(1, AttemptOutcome.BUSY), call_id=call_id)
    by_attempt = replace(plain, id=UUID(int=3), attempts=(attempt,))
    everything = (by_number, of_call, by_attempt)
    assert item_of(call_id, OTTO, None, everything) == by_attempt
    assert item_of(call_id, OTTO, None, everything[:2]) == of_call
    assert item_of(call_id, OTTO, None, everything[:1]) == by_number
    assert item_of(call_id, OTTO, uuid4(), everything[:1]) is None
    assert item_of(call_id, "", None, everything[:1]) is None
