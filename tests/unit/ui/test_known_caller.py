"""Who calls is seen at a glance, can be written down, and is never another client's caller."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from receptionist.model.callers import CallerNotice, KnownCaller
from tests.doubles.desk import HEATING, LAWYERS, Reception
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from tests.unit.ui.knowing import ask, card, knows
from tests.unit.ui.test_search import LEA, OTTO, over

CARD = (Qt.Key.Key_H, CTRL | SHIFT)
TOLD = (Qt.Key.Key_G, CTRL | SHIFT)


def leave(reception: Reception, row: KnownCaller, text: str, hours: int = 48) -> CallerNotice:
    until = reception.clock.now() + timedelta(hours=hours)
    found = ask(reception, reception.desk.people.notebooks.leave, row, text, until)
    assert isinstance(found, CallerNotice)
    return found


def said(desk: Desk) -> str:
    return desk.window.panels.known.words


def on_card(desk: Desk, call_id: object) -> str:
    label = desk.window.panels.calls.card(call_id)._known
    return "" if label.isHidden() else label.text()


def windows() -> int:
    """How many windows there are."""
    return sum(one.isVisible() for one in QApplication.topLevelWidgets())


def everything(desk: Desk) -> str:
    return "\n".join(label.text() for label in desk.window.findChildren(QLabel))


def test_it_rings_and_says_what_to_mind_and_to_tell(desk: Desk) -> None:
    row = knows(desk.reception, "haustechnik", OTTO, name="Otto Beispiel", vip=True, note="Duzen.")
    leave(desk.reception, row, "Das Ersatzteil ist da.")
    call_id = desk.reception.rings(HEATING, OTTO)
    desk.until(lambda: said(desk))
    assert said(desk).splitlines() == [
        "Otto Beispiel",
        "VIP: Duzen.",
        "To be told this caller · holds until Wed 25 Nov, 09:42",
        "Das Ersatzteil ist da.",
    ]
    assert on_card(desk, call_id) == "VIP · to be told · to be minded"
    assert "Duzen" not in on_card(desk, call_id)
    assert QApplication.focusWidget() is desk.window.panels.calls.resting_place


def test_who_is_blocked_is_silent_and_the_reason_is_said(desk: Desk) -> None:
    knows(desk.reception, "haustechnik", OTTO, blocked=True, note="Werbung.")
    call_id = desk.reception.rings(HEATING, OTTO)
    desk.until(lambda: "Blocked: Werbung." in said(desk))
    assert on_card(desk, call_id) == "blocked"
    assert desk.reception.phone.service.tones[call_id] == "none"
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: desk.reception.call(call_id).answered)


def test_a_message_is_told_with_its_key_and_may_be_taken_back(desk: Desk) -> None:
    row = knows(desk.reception, "haustechnik", OTTO, name="Otto Beispiel")
    notice = leave(desk.reception, row, "Das Ersatzteil ist da.")
    desk.reception.rings(HEATING, OTTO)
    desk.key(*TOLD)
    assert desk.window.panels.bottom.words == "Answer the call first, with F2."
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: desk.name.hasFocus())
    desk.type("Otto B.")
    desk.key(*TOLD)
    desk.until(lambda: "Told at 09:42 by Erika Muster" in said(desk))
    books = desk.reception.desk.people.notebooks.callers
    (stored,) = books.notices(notice.client_id)
    assert (stored.call_id, stored.told_by) == (
        desk.shown,
        desk.reception.desk.directory.receptionist.id,
    )
    assert desk.name.hasFocus()
    assert windows() == 1
    desk.key(*TOLD)
    assert desk.window.panels.bottom.words == "No message waits for this caller."
    desk.window.panels.known.not_told.emit(stored)
    desk.until(lambda: "To be told" in said(desk))
    desk.reception.clock.move(3 * 86_400)
    desk.window.panels.show_board()
    assert said(desk) == ""


def test_nothing_of_another_clients_caller_shows(desk: Desk) -> None:
    row = knows(desk.reception, "kanzlei", OTTO, name="Otto Geheim", vip=True, note="Scheidung")
    leave(desk.reception, row, "Urteil ist da")
    call_id = desk.talks(HEATING, OTTO)
    desk.until(lambda: "First call" in desk.window.panels.caller.history.words)
    assert said(desk) == on_card(desk, call_id) == ""
    desk.type("Otto Geheim")
    desk.key(*TOLD)
    desk.key(*CARD)
    assert desk.window.panels.caller_card.vip.isChecked() is False
    for text in ("Scheidung", "Urteil", "VIP:"):
        assert text not in everything(desk)
    lawyers = desk.talks(LAWYERS, OTTO)
    desk.until(lambda: "VIP: Scheidung" in said(desk))
    desk.reception.desk.switchboard.assign(lawyers, desk.reception.client("haustechnik").id)
    desk.until(lambda: "Scheidung" not in everything(desk))
    assert "Urteil" not in everything(desk)


def test_what_is_written_down_counts_from_the_next_ring_on(desk: Desk) -> None:
    desk.talks(HEATING, OTTO)
    desk.type("Otto Beispiel")
    desk.key(*CARD)
    panel = desk.window.panels.caller_card
    assert panel.name.text() == "Otto Beispiel"
    assert panel.note.hasFocus()
    desk.type("Immer gleich durchstellen")
    panel.vip.setChecked(True)
    desk.key(Qt.Key.Key_Tab)
    desk.type("Angebot kommt morgen")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: not panel.isVisible())
    assert desk.name.hasFocus()
    desk.until(lambda: "VIP: Immer gleich durchstellen" in said(desk))
    known = card(desk.reception, "haustechnik", OTTO)
    assert known is not None
    assert (known.name, known.vip, known.blocked) == ("Otto Beispiel", True, False)
    (notice,) = known.notices
    assert notice.text == "Angebot kommt morgen"
    assert notice.expires is not None
    assert notice.expires.isoformat() == "2026-11-30T23:00:00+00:00"
    desk.key(*CARD)
    assert windows() == 1
    panel.vip.setChecked(False)
    panel.note.setPlainText("")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: "VIP" not in said(desk))
    assert "Angebot kommt morgen" in said(desk)


def test_what_was_not_kept_waits_for_its_call(desk: Desk) -> None:
    first = desk.talks(HEATING, OTTO)
    desk.key(*CARD)
    desk.type("Nur vormittags")
    desk.talks(LAWYERS, LEA)
    panel = desk.window.panels.caller_card
    assert not panel.isVisible()
    assert desk.name.hasFocus()
    desk.key(*CARD)
    assert panel.note.toPlainText() == ""
    desk.key(Qt.Key.Key_Escape)
    desk.window.panels.calls.wanted.emit(first)
    desk.key(*CARD)
    assert panel.note.toPlainText() == "Nur vormittags"
    desk.key(Qt.Key.Key_Escape)
    desk.key(*CARD)
    assert panel.note.toPlainText() == "", "Esc leaves it as it was"
    assert card(desk.reception, "haustechnik", OTTO) is None


def test_the_same_person_is_put_together_and_parted(desk: Desk) -> None:
    knows(desk.reception, "haustechnik", LEA, name="Lea Muster", note="Nur Schriftliches.")
    over(desk, HEATING, LEA, "Lea Muster", "Wartung")
    desk.talks(HEATING, OTTO)
    assert said(desk) == ""
    desk.type("Lea Muster")
    assert said(desk) == "", "nothing moves while it is typed"
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_Tab)
    desk.until(lambda: "also known under +49 171 39200177" in said(desk))
    assert said(desk).splitlines()[0] == "Perhaps Lea Muster: the same name"
    desk.window.panels.known.merge.emit()
    desk.until(lambda: said(desk).splitlines()[:1] == ["Lea Muster · 2 numbers"])
    history = desk.window.panels.caller.history
    desk.until(lambda: "1 earlier call" in history.words)
    desk.key(*CARD)
    panel = desk.window.panels.caller_card
    known = card(desk.reception, "haustechnik", OTTO)
    assert known is not None
    panel.parted.emit(known.rows[1])
    desk.until(lambda: len(card(desk.reception, "haustechnik", OTTO).rows) == 1)
    desk.until(lambda: "First call" in history.words)


def test_two_people_of_one_name_are_not_asked_about_again(desk: Desk) -> None:
    knows(desk.reception, "haustechnik", LEA, name="Lea Muster")
    desk.talks(HEATING, OTTO)
    desk.type("Lea Muster")
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_Tab)
    desk.until(lambda: "also known under" in said(desk))
    desk.window.panels.known._twin.apart_button.click()
    desk.until(lambda: card(desk.reception, "haustechnik", OTTO) is not None)
    desk.until(lambda: "also known under" not in said(desk))
    again = desk.talks(HEATING, LEA)
    desk.until(lambda: desk.window._board.shown.call.id == again)
    known = desk.window._board.callers.known(desk.window._board.shown)
    assert (known.name, known.card.name, known.twin) == ("", "Lea Muster", None)
    knows(desk.reception, "haustechnik", "+493023125044", name="Lea Muster")
    known = desk.window._board.callers.known(desk.window._board.shown)
    assert known.twin.numbers == ("+493023125044",), "a third one may be the same person again"


def test_what_is_open_with_a_caller_is_said(desk: Desk) -> None:
    lost = desk.reception.rings(HEATING, OTTO)
    desk.reception.phone.outside.hangs_up(lost)
    desk.until(lambda: desk.window._board.journal.items)
    desk.talks(HEATING, OTTO)
    desk.until(lambda: said(desk))
    assert "Open with this caller: missed, today" in said(desk)
    desk.talks(LAWYERS, OTTO)
    assert said(desk) == ""


def test_a_name_alone_is_only_perhaps_the_same(desk: Desk) -> None:
    knows(desk.reception, "haustechnik", LEA, name="Lea Muster", blocked=True)
    call_id = desk.reception.rings(HEATING, "anonymous", "Lea Muster")
    desk.until(lambda: said(desk))
    assert said(desk).splitlines()[0] == "Perhaps Lea Muster: the same name"
    assert on_card(desk, call_id) == ""
    assert call_id not in desk.reception.phone.service.tones


def test_what_was_typed_waits_behind_what_is_looked_up(desk: Desk) -> None:
    desk.talks(HEATING, OTTO)
    desk.key(*CARD)
    desk.type("Nur vormittags")
    desk.key(Qt.Key.Key_F, CTRL)
    assert desk.window.panels.knowledge.isVisible()
    desk.key(*CARD)
    assert desk.window.panels.caller_card.note.toPlainText() == "Nur vormittags"


def test_a_card_is_about_whom_it_was_typed_though_another_number_is(desk: Desk) -> None:
    knows(desk.reception, "haustechnik", LEA, name="Lea Muster", note="Nur Schriftliches.")
    call_id = desk.talks(HEATING, OTTO)
    desk.key(*CARD)
    desk.type("Duzen")
    desk.window.panels.caller.number.setFocus()
    desk.window.panels.caller.number.selectAll()
    desk.type(LEA)
    desk.until(lambda: desk.reception.call(call_id).number == LEA)  # type: ignore[arg-type]
    desk.key(*CARD)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: card(desk.reception, "haustechnik", OTTO))
    otto, lea = (card(desk.reception, "haustechnik", number) for number in (OTTO, LEA))
    assert otto is not None
    assert lea is not None
    assert (otto.note, lea.note) == ("Duzen", "Nur Schriftliches.")


def test_an_untouched_card_follows_the_number(desk: Desk) -> None:
    knows(desk.reception, "haustechnik", LEA, name="Lea Muster", note="Nur Schriftliches.")
    desk.talks(HEATING, OTTO)
    desk.key(*CARD)
    desk.window.panels.caller.number.setFocus()
    desk.window.panels.caller.number.selectAll()
    desk.type(LEA)
    panel = desk.window.panels.caller_card
    desk.until(lambda: panel.note.toPlainText() == "Nur Schriftliches.")
    assert panel.name.text() == "Lea Muster"


def test_the_button_of_a_message_says_why_not_while_it_rings(desk: Desk) -> None:
    row = knows(desk.reception, "haustechnik", OTTO, name="Otto Beispiel")
    notice = leave(desk.reception, row, "Das Ersatzteil ist da.")
    desk.reception.rings(HEATING, OTTO)
    desk.until(lambda: said(desk))
    desk.window.panels.known.told.emit(notice)
    assert desk.window.panels.bottom.words == "Answer the call first, with F2."
