"""What is known of who calls, and the record of a finished call."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from receptionist.desk.finding import History
from receptionist.events import AppointmentConfirmed
from receptionist.model.call import CallState
from tests.doubles.desk import HEATING, LAWYERS, UNKNOWN
from tests.unit.ui.conftest import CTRL, Desk
from tests.unit.ui.test_search import LEA, OTTO, over
from ui.panels.history import HistoryPanel


def history_of(desk: Desk) -> HistoryPanel:
    return desk.window.panels.caller.history


def _told(desk: Desk, words: str) -> None:
    desk.until(lambda: words in history_of(desk).words)


def test_the_line_says_how_often_when_last_and_what_about(desk: Desk) -> None:
    over(desk, HEATING, OTTO, "Otto Beispiel", "Angebot Treppenhaus")
    desk.reception.clock.move(3 * 86_400)
    over(desk, HEATING, OTTO, "Otto Beispiel", "Kessel tropft")
    over(desk, LAWYERS, OTTO, "Otto Beispiel", "geheim")
    desk.reception.clock.move(9 * 86_400)
    desk.talks(HEATING, OTTO)
    _told(desk, "2 earlier calls")
    assert history_of(desk).words == "2 earlier calls · last 26 Nov: Kessel tropft"


def test_an_appointment_stands_in_the_line_as_soon_as_it_is_confirmed(desk: Desk) -> None:
    desk.talks(HEATING, OTTO)
    _told(desk, "First call")
    desk.type("Otto Beispiel")
    desk.until(lambda: desk.window.panels.slots.buttons[0].isVisible())
    desk.key(Qt.Key.Key_1, CTRL)
    desk.key(Qt.Key.Key_F8)
    desk.reception.seen(AppointmentConfirmed)
    _told(desk, "appointment")
    assert history_of(desk).words == "appointment today, Notdienst"
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.window.shown.call.ended)
    desk.talks(HEATING, OTTO)
    _told(desk, "1 earlier call · appointment today, Notdienst · last today, talked")
    desk.key(Qt.Key.Key_H, CTRL)
    desk.key(Qt.Key.Key_Return)
    assert desk.texts[0] == "Otto Beispiel", "a row of an appointment gives its name too"


def test_no_history_says_why(desk: Desk) -> None:
    desk.talks(HEATING, "anonymous")
    _told(desk, "withheld")
    desk.talks(HEATING, LEA)
    _told(desk, "First call")
    desk.talks(UNKNOWN, LEA)
    _told(desk, "Once the client is known")


def test_a_number_typed_later_is_looked_up_too(desk: Desk) -> None:
    over(desk, HEATING, OTTO, "Otto Beispiel", "Angebot")
    desk.talks(HEATING, "anonymous")
    _told(desk, "withheld")
    desk.window.panels.caller.number.setFocus()
    desk.type("0221 4710 177")
    _told(desk, "1 earlier call · last today: Angebot")


def test_another_client_has_another_history(desk: Desk) -> None:
    over(desk, HEATING, OTTO, "Otto Beispiel", "Angebot")
    call_id = desk.talks(LAWYERS, OTTO)
    _told(desk, "First call")
    desk.reception.desk.switchboard.assign(call_id, desk.reception.client("haustechnik").id)
    _told(desk, "1 earlier call")


def test_a_known_name_is_offered_and_taken_with_enter(desk: Desk) -> None:
    over(desk, HEATING, OTTO, "Otto Beispiel")
    call_id = desk.talks(HEATING, OTTO)
    name = desk.window.panels.caller.name
    desk.until(lambda: "Otto Beispiel" in name.placeholderText())
    assert desk.texts[0] == ""
    assert desk.reception.call(call_id).caller_name == ""
    desk.key(Qt.Key.Key_Return)
    assert desk.texts[0] == "Otto Beispiel"
    assert desk.reception.call(call_id).caller_name == "Otto Beispiel"
    assert name.hasFocus()


def test_a_known_name_never_disturbs_what_is_typed(desk: Desk) -> None:
    over(desk, HEATING, OTTO, "Otto Beispiel")
    desk.talks(HEATING, OTTO)
    desk.type("Lea")
    _told(desk, "1 earlier call")
    desk.key(Qt.Key.Key_Return)
    desk.type(" Muster")
    assert desk.texts[0] == "Lea Muster"


def test_the_list_unfolds_in_place_and_a_row_gives_its_name(desk: Desk) -> None:
    over(desk, HEATING, OTTO, "Otto Beispiel", "Angebot Treppenhaus")
    over(desk, HEATING, OTTO, "Frau Beispiel", "Termin absagen")
    desk.talks(HEATING, OTTO)
    _told(desk, "2 earlier calls")
    assert not history_of(desk).unfolded
    desk.key(Qt.Key.Key_H, CTRL)
    assert history_of(desk).unfolded
    assert "Termin absagen" in history_of(desk).rows[0]
    assert "Angebot Treppenhaus" in history_of(desk).rows[1]
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Return)
    assert not history_of(desk).unfolded
    assert desk.texts[0] == "Otto Beispiel"
    assert desk.name.hasFocus()


def test_the_list_folds_with_escape_and_the_call_stays(desk: Desk) -> None:
    over(desk, HEATING, OTTO, "Otto Beispiel")
    call_id = desk.talks(HEATING, OTTO)
    desk.type("Lea")
    _told(desk, "1 earlier call")
    desk.key(Qt.Key.Key_H, CTRL)
    desk.key(Qt.Key.Key_Escape)
    assert not history_of(desk).unfolded
    assert desk.shown == call_id
    assert desk.name.hasFocus()
    desk.key(Qt.Key.Key_H, CTRL)
    desk.key(Qt.Key.Key_Return)
    assert desk.texts[0] == "Lea", "what was typed is never replaced"


def test_another_call_folds_the_list_and_shows_its_own(desk: Desk) -> None:
    over(desk, HEATING, OTTO, "Otto Beispiel")
    desk.talks(HEATING, OTTO)
    _told(desk, "1 earlier call")
    desk.key(Qt.Key.Key_H, CTRL)
    desk.talks(LAWYERS, LEA)
    assert not history_of(desk).unfolded
    _told(desk, "First call")
    assert history_of(desk).rows == []


def test_the_greeting_never_waits_for_the_history(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Callable[[History], object]] = []

    def never(_c: object, _n: str, then: Callable[[History], object], _f: object) -> None:
        asked.append(then)

    monkeypatch.setattr(desk.reception.desk.finding, "history", never)
    first = desk.reception.rings(HEATING, OTTO)
    desk.until(lambda: desk.shown == first)
    desk.until(lambda: "Muster Heizung" in desk.window.panels.middle.greeting)
    desk.until(lambda: asked)
    assert "Looking up" in history_of(desk).words
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: desk.reception.call(first).state is CallState.ACTIVE)
    desk.talks(LAWYERS, LEA)
    asked[0](History(calls=desk.reception.journal()))
    QTest.qWait(0)
    desk.window.panels.show_board()
    assert "earlier" not in history_of(desk).words.replace("Looking up earlier calls", "")


def test_the_record_of_a_finished_call_says_so_and_what_was_corrected(desk: Desk) -> None:
    call_id = over(desk, HEATING, OTTO, "Oto Beispiel", "Angebot")
    desk.reception.clock.move(600)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_Return)
    assert desk.shown == call_id
    middle = desk.window.panels.middle
    assert "This call is over. What you change" in middle.greets._caption.text()
    assert middle.corrections == ""
    desk.key(Qt.Key.Key_N, CTRL)
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type("Otto Beispiel")
    desk.until(lambda: middle.corrections)
    assert middle.corrections == "Corrected 09:53: name, before “Oto Beispiel”"
    lawyers = desk.reception.client("kanzlei")
    desk.reception.clock.move(60)
    desk.key(Qt.Key.Key_M, CTRL)
    desk.type(lawyers.name)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: "client" in middle.corrections)
    assert middle.corrections.splitlines()[0] == (
        "Corrected 09:54: client, before “Muster Heizung & Sanitär”"
    )
    assert desk.texts == ("Otto Beispiel", "Angebot")


def test_what_was_typed_during_the_call_is_no_correction(desk: Desk) -> None:
    call_id = desk.talks(HEATING, OTTO)
    desk.type("Oto")
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type("Otto")
    desk.reception.clock.move(5)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)
    desk.reception.clock.move(5)
    desk.key(Qt.Key.Key_F7)
    desk.type("Heizung kalt")
    middle = desk.window.panels.middle
    desk.until(lambda: middle.corrections)
    assert middle.corrections == "Added 09:42: note"


def test_a_sentence_the_caller_cut_short_is_continued_not_corrected(desk: Desk) -> None:
    call_id = desk.talks(HEATING, OTTO)
    desk.key(Qt.Key.Key_F7)
    desk.type("Heizung ka")
    desk.reception.clock.move(5)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)
    desk.reception.clock.move(5)
    desk.type("lt")
    middle = desk.window.panels.middle
    desk.until(lambda: middle.corrections)
    assert middle.corrections == "Added 09:42: note"


def test_a_call_back_is_made_with_enter_and_knows_the_lost_call(desk: Desk) -> None:
    over(desk, HEATING, OTTO, "", "bitte zurückrufen")
    lost = desk.reception.rings(HEATING, OTTO, "Otto Beispiel")
    desk.reception.phone.outside.hangs_up(lost)
    desk.until(lambda: desk.window._board.journal.items)
    desk.until(lambda: desk.window.panels.journal.entries[0].title == "Open: 1 · due: 1")
    desk.key(Qt.Key.Key_J, CTRL)
    journal = desk.window.panels.journal
    assert (journal.call_button.toolTip(), journal.done_button.hint) == ("⏎", "Del")
    desk.key(Qt.Key.Key_Return)
    assert desk.reception.phone.outside.dialled[desk.shown] == OTTO
    assert "Otto Beispiel" in desk.window.panels.caller.name.placeholderText()
    _told(desk, "2 earlier calls")
    desk.key(Qt.Key.Key_J, CTRL)
    desk.key(Qt.Key.Key_1)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: not desk.window._board.journal.items)


def test_a_click_on_a_call_back_shows_the_lost_call_and_does_not_call(desk: Desk) -> None:
    lost = desk.reception.rings(HEATING, OTTO)
    desk.reception.phone.outside.hangs_up(lost)
    desk.until(lambda: desk.window.panels.journal.entries[:1])
    desk.until(lambda: desk.window.panels.journal.entries[0].title == "Open: 1 · due: 1")
    view = desk.window.panels.journal._view
    place = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.until(lambda: desk.shown == lost)
    assert not desk.reception.phone.outside.dialled
    assert desk.window.panels.journal.call_button.isVisible()
