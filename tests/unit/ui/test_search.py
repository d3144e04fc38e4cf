"""One field to search and to call: what it offers, what Enter does, the wall between clients."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from receptionist.desk.finding import Found
from receptionist.errors import StoreError
from receptionist.model.call import CallState, Direction
from tests.doubles.desk import DENTIST, HEATING, LAWYERS
from tests.unit.ui.conftest import ALT, CTRL, Desk
from ui.models.search import Offer
from ui.panels.search import SearchPanel

OTTO, LEA = "+492214710177", "+4917139200177"


def search_of(desk: Desk) -> SearchPanel:
    return desk.window.panels.top.search


def rows(desk: Desk) -> list[Offer]:
    return [offer for offer in search_of(desk).results.offers if not offer.heading]


def titles(desk: Desk) -> list[str]:
    return [offer.title for offer in rows(desk)]


def sought(desk: Desk, words: str) -> None:
    """Type into the field and wait for the answer."""
    desk.key(Qt.Key.Key_K, CTRL)
    desk.type(words)
    settled(desk)


def settled(desk: Desk) -> None:
    desk.until(lambda: not desk.window._board.finder.waiting)


def over(desk: Desk, dialled: str, caller: str, name: str, note: str = "") -> object:
    """A call that was answered, written down, and is over and put away."""
    call_id = desk.talks(dialled, caller)
    desk.reception.desk.journal.type(call_id, caller_name=name, note=note)
    desk.reception.clock.move(60)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)
    desk.key(Qt.Key.Key_Escape)
    return call_id


def test_ctrl_k_and_ctrl_d_go_to_the_field_from_everywhere(desk: Desk) -> None:
    desk.talks()
    caller, field = desk.window.panels.caller, search_of(desk).field
    for start in (caller.name, caller.number, caller.note, desk.window.panels.calls.resting_place):
        for key in (Qt.Key.Key_K, Qt.Key.Key_D):
            start.setFocus()
            before = (caller.name.text(), caller.number.text(), caller.note.toPlainText())
            desk.key(key, CTRL)
            assert QApplication.focusWidget() is field, (start.accessibleName(), key)
            now = (caller.name.text(), caller.number.text(), caller.note.toPlainText())
            assert now == before


def test_what_was_sought_before_is_not_chosen_from_where_a_number_is_asked_for(
    desk: Desk,
) -> None:
    over(desk, HEATING, OTTO, "Otto Beispiel")
    desk.talks(HEATING, LEA)
    sought(desk, "Otto")
    assert rows(desk)
    desk.key(Qt.Key.Key_F6)
    desk.window._board.finder.refresh()
    assert rows(desk) == []
    desk.key(Qt.Key.Key_Return)
    assert not desk.reception.phone.outside.dialled


def test_ctrl_k_takes_nothing_from_a_note_and_nothing_from_the_field_itself(desk: Desk) -> None:
    desk.talks()
    desk.note.setFocus()
    desk.type("Frist am Freitag")
    desk.key(Qt.Key.Key_Home)
    desk.key(Qt.Key.Key_K, CTRL)
    assert desk.texts[1] == "Frist am Freitag"
    desk.type("otto")
    desk.key(Qt.Key.Key_Home)
    desk.key(Qt.Key.Key_K, CTRL)
    assert search_of(desk).field.text() == "otto"


def test_a_number_is_offered_first_and_enter_calls_it(desk: Desk) -> None:
    sought(desk, "030 23125177")
    first = rows(desk)[0]
    assert (first.title, first.does) == ("Call +49 30 23125177", "Call")
    desk.key(Qt.Key.Key_Return)
    assert desk.window.shown.call.state is CallState.DIALLING
    assert desk.reception.phone.outside.dialled[desk.shown] == "+493023125177"
    assert search_of(desk).field.text() == ""
    assert not search_of(desk).results.isVisible()


def test_enter_calls_before_any_answer_came(desk: Desk) -> None:
    desk.key(Qt.Key.Key_D, CTRL)
    desk.type("030 23125177")
    desk.key(Qt.Key.Key_Return)
    assert desk.window.shown.call.state is CallState.DIALLING


def test_a_client_is_found_at_once_and_his_sheet_is_shown(desk: Desk) -> None:
    desk.key(Qt.Key.Key_K, CTRL)
    desk.type("heiz")
    assert [(one.title, one.does) for one in rows(desk)] == [
        ("Muster Heizung & Sanitär", "Show client")
    ]
    desk.key(Qt.Key.Key_Return)
    sheet = desk.window.panels.middle.sheet
    desk.until(lambda: sheet.isVisible())
    assert "Muster Heizung" in sheet.words
    assert "+49 221 4710134" in sheet.words
    assert (
        "good morning" in sheet.words.lower() or "Guten Morgen" in sheet.words or "„" in sheet.words
    )
    assert desk.window._board.at_hand.key == "haustechnik"
    desk.until(lambda: desk.window.panels.week.grid.isVisible())
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: not sheet.isVisible())
    assert desk.window._board.at_hand is None


def test_a_call_from_the_sheet_is_in_the_clients_name(desk: Desk) -> None:
    sought(desk, "heiz")
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_D, CTRL)
    desk.type("030 23125177")
    desk.key(Qt.Key.Key_Return)
    call = desk.window.shown.call
    assert (call.direction, desk.window.shown.client.key) == (Direction.OUTGOING, "haustechnik")


def test_a_call_that_rings_is_shown_over_the_sheet_and_the_sheet_comes_back(desk: Desk) -> None:
    sought(desk, "heiz")
    desk.key(Qt.Key.Key_Return)
    call_id = desk.reception.rings(LAWYERS)
    desk.until(lambda: desk.shown == call_id)
    desk.reception.phone.outside.hangs_up(call_id)
    desk.until(lambda: desk.window.panels.middle.sheet.isVisible())


def test_a_sheet_over_a_call_that_lives_is_put_away_to_it(desk: Desk) -> None:
    call_id = desk.talks(HEATING)
    sought(desk, "kanzlei")
    desk.key(Qt.Key.Key_Return)
    assert desk.shown is None
    third = desk.reception.rings(DENTIST)
    assert desk.shown is None, "nothing rings over what is looked at while one talks"
    desk.reception.phone.outside.hangs_up(third)
    desk.until(lambda: desk.reception.call(third).ended)
    desk.key(Qt.Key.Key_Escape)
    assert desk.shown == call_id


def test_callers_are_found_and_shown(desk: Desk) -> None:
    otto = over(desk, HEATING, OTTO, "Otto Beispiel", "Kessel")
    over(desk, LAWYERS, LEA, "Lea Muster")
    sought(desk, "kessel")
    (row,) = rows(desk)
    assert (row.title, row.does) == ("Otto Beispiel", "Show call")
    assert "Muster Heizung & Sanitär · today · Kessel" in row.detail
    desk.key(Qt.Key.Key_Return)
    assert desk.shown == otto
    assert desk.texts == ("Otto Beispiel", "Kessel")
    assert not desk.window.panels.caller.typing


def test_arrows_choose_and_never_leave_the_field(desk: Desk) -> None:
    first = over(desk, HEATING, OTTO, "Otto Beispiel")
    over(desk, HEATING, LEA, "Lea Beispiel")
    sought(desk, "beispiel")
    assert [one.title for one in rows(desk)][-2:] == ["Lea Beispiel", "Otto Beispiel"]
    for _turn in range(5):
        desk.key(Qt.Key.Key_Down)
    assert search_of(desk).results.current.title == "Otto Beispiel"
    assert QApplication.focusWidget() is search_of(desk).field
    desk.key(Qt.Key.Key_Return)
    assert desk.shown == first


def test_who_waits_is_called_back_from_the_list(desk: Desk) -> None:
    call_id = desk.reception.rings(HEATING, OTTO, "Otto Beispiel")
    desk.reception.phone.outside.hangs_up(call_id)
    desk.until(lambda: desk.window._board.journal.items)
    sought(desk, "otto")
    assert (rows(desk)[0].title, rows(desk)[0].does) == ("Otto Beispiel", "Call back")
    desk.key(Qt.Key.Key_Return)
    assert desk.reception.phone.outside.dialled[desk.shown] == OTTO
    assert desk.window.shown.call.caller.name == "Otto Beispiel"


def test_a_client_at_hand_is_a_wall(desk: Desk) -> None:
    over(desk, HEATING, OTTO, "Otto Beispiel")
    over(desk, LAWYERS, LEA, "Lea Beispiel")
    desk.talks(HEATING, "anonymous")
    sought(desk, "beispiel")
    assert "Otto Beispiel" in titles(desk)
    assert "Lea Beispiel" not in titles(desk)
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type("lea")
    settled(desk)
    assert titles(desk) == []
    assert "Muster Heizung" in search_of(desk).said
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type("kanzlei")
    settled(desk)
    assert len(rows(desk)) == 1, "clients are always found"


def test_what_was_found_for_another_client_goes_when_the_client_changes(desk: Desk) -> None:
    over(desk, LAWYERS, LEA, "Lea Beispiel")
    sought(desk, "lea")
    assert titles(desk) == ["Lea Beispiel"]
    call_id = desk.reception.rings(HEATING)
    desk.until(lambda: desk.shown == call_id)
    desk.until(lambda: titles(desk) == [])
    settled(desk)
    assert titles(desk) == []


def test_an_appointment_of_the_client_at_hand_leads_to_its_week(desk: Desk) -> None:
    desk.talks(HEATING, OTTO)
    desk.type("Otto Beispiel")
    desk.until(lambda: desk.window.panels.slots.buttons[0].isVisible())
    desk.key(Qt.Key.Key_1, CTRL)
    desk.key(Qt.Key.Key_F8)
    heating = desk.reception.client("haustechnik")
    desk.until(lambda: desk.reception.appointments(heating))
    week = desk.window._board.planner.week
    monday = week.monday
    desk.window._board.planner.turn_week(3)
    assert week.monday != monday
    sought(desk, "otto")
    desk.until(lambda: rows(desk)[-1].does == "Show week")
    for _turn in range(5):
        desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Return)
    assert week.monday == monday


def test_nothing_found_says_what_to_do(desk: Desk) -> None:
    sought(desk, "xylophon")
    assert "Nothing found for “xylophon”" in search_of(desk).said
    assert search_of(desk).results.isVisible()
    desk.key(Qt.Key.Key_Escape)
    assert not search_of(desk).results.isVisible()
    assert search_of(desk).field.text() == "xylophon"
    assert search_of(desk).field.hasFocus(), "the first Esc only folds the list"
    desk.key(Qt.Key.Key_Escape)
    assert not search_of(desk).field.hasFocus()


def test_esc_gives_the_keyboard_back_to_the_text_it_came_from(desk: Desk) -> None:
    desk.talks()
    desk.note.setFocus()
    desk.type("Frist am Frei")
    desk.key(Qt.Key.Key_K, CTRL)
    sought(desk, "xylophon")
    desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_Escape)
    assert search_of(desk).field.text() == ""
    desk.type("tag")
    assert desk.texts[1] == "Frist am Freitag"


def test_esc_gives_the_keyboard_to_no_other_call(desk: Desk) -> None:
    desk.talks(HEATING)
    desk.name.setFocus()
    desk.key(Qt.Key.Key_K, CTRL)
    second = desk.reception.rings(LAWYERS)
    desk.until(lambda: desk.window.panels.calls.card(second).isVisible())
    desk.key(Qt.Key.Key_F3)
    desk.until(lambda: desk.shown == second)
    desk.key(Qt.Key.Key_Escape)
    desk.type("Otto")
    assert desk.reception.call(second).caller_name == ""


def test_stale_answers_are_dropped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, Callable[[Found], object]]] = []

    def slow(words: str, client_id: object, then: Callable[[Found], object], _f: object) -> None:
        asked.append((words, then))

    monkeypatch.setattr(desk.reception.desk.finding, "search", slow)
    otto = over(desk, HEATING, OTTO, "Otto Beispiel")
    desk.key(Qt.Key.Key_K, CTRL)
    desk.type("ot")
    desk.until(lambda: len(asked) == 1)
    desk.type("x")
    desk.until(lambda: len(asked) == 2)
    asked[0][1](Found(calls=(desk.reception.call(otto),)))
    assert titles(desk) == []
    desk.until(lambda: search_of(desk).said == "Searching …")
    asked[1][1](Found())
    assert "Nothing found" in search_of(desk).said


def test_a_search_that_fails_is_said_in_place(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_w: str, _c: object, _t: object, failed: Callable[[Exception], object]) -> None:
        failed(StoreError("The database is locked."))

    monkeypatch.setattr(desk.reception.desk.finding, "search", broken)
    sought(desk, "otto")
    assert search_of(desk).said == "The database is locked."


def test_the_list_is_no_window_and_goes_with_the_keyboard(desk: Desk) -> None:
    sought(desk, "muster")
    results = search_of(desk).results
    assert results.isVisible()
    assert not results.isWindow()
    assert not any(w.isWindow() for w in results.findChildren(QWidget))
    desk.talks(HEATING)
    desk.window.panels.caller.go()
    assert not results.isVisible()


def test_a_click_takes_a_row_without_moving_the_keyboard_before(desk: Desk) -> None:
    sought(desk, "heiz")
    view = search_of(desk).results._view
    index = view.model().index(1, 0)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center()
    )
    desk.until(lambda: desk.window.panels.middle.sheet.isVisible())


def test_a_call_that_rings_leaves_the_search_alone(desk: Desk) -> None:
    desk.key(Qt.Key.Key_K, CTRL)
    desk.type("ot")
    desk.reception.rings(HEATING)
    desk.type("to")
    assert search_of(desk).field.hasFocus()
    assert search_of(desk).field.text() == "otto"


def test_alt_digits_still_choose_kinds_while_searching(desk: Desk) -> None:
    desk.talks(HEATING)
    desk.key(Qt.Key.Key_K, CTRL)
    desk.key(Qt.Key.Key_2, ALT)
    assert desk.window.panels.booking.buttons[1].isChecked()
    assert search_of(desk).field.text() == ""
