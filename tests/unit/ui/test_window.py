"""Calls, journal, conditions: what the window shows is what the desk's events said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from receptionist.events import CalendarHealth, LineState
from receptionist.model.call import CallState
from receptionist.paths import resources
from receptionist.reasons import Reason
from tests.doubles.desk import HEATING, LAWYERS, Reception
from tests.unit.ui.conftest import CTRL, SHIFT, Desk, opened
from ui.models.journal import ENTRY


def test_answering_shows_what_the_phone_says_and_not_the_wish(desk: Desk) -> None:
    desk.reception.phone.failing.add("answer")
    call_id = desk.reception.rings(HEATING)
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: "try again" in desk.window.panels.verbs.failed.words)
    assert desk.reception.call(call_id).state is CallState.RINGING
    assert desk.window.panels.verbs.button("answer").isVisible()
    desk.reception.phone.failing.clear()
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.ACTIVE)
    desk.until(lambda: desk.window.panels.verbs.button("hold").isVisible())
    assert desk.window.panels.verbs.failed.words == ""


def test_hold_mute_and_hang_up_by_key(desk: Desk) -> None:
    call_id = desk.talks(HEATING)
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.HELD)
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.ACTIVE)
    desk.key(Qt.Key.Key_F4)
    desk.until(lambda: desk.reception.call(call_id).muted)
    desk.until(lambda: desk.window.panels.verbs.button("mute").text() == "Unmute")
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)


def test_the_hold_key_comes_back_to_who_alone_waits(desk: Desk) -> None:
    first = desk.talks(HEATING)
    second = desk.talks(LAWYERS)
    desk.until(lambda: desk.reception.call(first).state is CallState.HELD)
    desk.type("Max Beispiel")
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(second).ended)
    assert desk.shown == second, "what is being typed stays"
    assert desk.window.panels.calls.card(first).accessibleDescription() == "F5"
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.reception.call(first).state is CallState.ACTIVE)
    assert desk.shown == first
    assert desk.reception.call(second).caller_name == "Max Beispiel"


def test_hang_up_says_why_it_does_nothing_for_a_call_that_rings(desk: Desk) -> None:
    first = desk.talks(HEATING)
    second = desk.reception.rings(LAWYERS)
    desk.key(Qt.Key.Key_F3)
    assert desk.shown == second
    desk.key(Qt.Key.Key_F9)
    assert "F3" in desk.window.panels.verbs.failed.words
    assert desk.reception.call(first).state is CallState.ACTIVE
    desk.key(Qt.Key.Key_F3)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(first).ended)


def test_hang_up_does_not_touch_a_call_that_rings(desk: Desk) -> None:
    call_id = desk.reception.rings(HEATING)
    desk.key(Qt.Key.Key_F9)
    assert desk.reception.call(call_id).state is CallState.RINGING
    desk.key(Qt.Key.Key_F2, SHIFT)
    desk.until(lambda: desk.reception.call(call_id).ended)


def test_the_answer_key_stands_on_the_card_it_takes(desk: Desk) -> None:
    first, second = desk.reception.rings(HEATING), desk.reception.rings(LAWYERS)
    cards = desk.window.panels.calls
    assert [cards.card(c).accessibleDescription() for c in (first, second)] == ["F2", ""]
    desk.key(Qt.Key.Key_F3)
    assert [cards.card(c).accessibleDescription() for c in (first, second)] == ["", "F2"]
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: desk.reception.call(second).state is CallState.ACTIVE)
    assert desk.reception.call(first).state is CallState.RINGING
    assert "Rechtsanwälte Beispiel & Partner" in cards.card(second).accessibleName()


def test_digits_are_sent_only_from_their_pad(desk: Desk) -> None:
    call_id = desk.talks(HEATING)
    desk.key(Qt.Key.Key_T, CTRL)
    pad = next(d for d in desk.window.findChildren(QDialog) if d.isVisible())
    desk.until(lambda: pad.isActiveWindow())
    for key in (Qt.Key.Key_4, Qt.Key.Key_2, Qt.Key.Key_NumberSign):
        desk.key(key)
    assert desk.reception.phone.outside.saw(call_id)[-3:] == ["digit 4", "digit 2", "digit #"]
    desk.reception.phone.outside.hangs_up(call_id)
    desk.until(lambda: not pad.isVisible())


def test_calling_a_number(desk: Desk) -> None:
    desk.key(Qt.Key.Key_D, CTRL)
    desk.type("kein Telefon")
    desk.key(Qt.Key.Key_Return)
    refused = "“kein Telefon” has letters in it. Type the digits of the telephone number."
    desk.until(lambda: desk.window.panels.top.said == refused)
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type("030 23125177")
    desk.key(Qt.Key.Key_Return)
    assert desk.window.shown.call.state is CallState.DIALLING
    assert desk.window.panels.top.said == ""
    call_id = desk.shown
    assert desk.reception.phone.outside.dialled[call_id] == "+493023125177"


def test_missed_calls_are_called_back_from_the_journal(desk: Desk) -> None:
    call_id = desk.reception.rings(HEATING, "+4917139200177")
    desk.reception.phone.outside.hangs_up(call_id)
    desk.until(
        lambda: desk.window.panels.journal.entries and desk.window.panels.journal.entries[0].heading
    )
    desk.until(lambda: desk.window.panels.journal.entries[0].title == "Open: 1 · due: 1")
    assert desk.shown is None
    desk.key(Qt.Key.Key_J, CTRL)
    desk.window.panels.journal.call_button.click()
    desk.until(lambda: desk.shown is not None)
    assert desk.window.shown.client.key == "haustechnik"
    desk.window.panels.journal.done_button.click()
    desk.key(Qt.Key.Key_1)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: not desk.window.panels.journal.entries[0].title.startswith("Open"))


def test_the_journal_says_what_became_of_each_call(desk: Desk) -> None:
    call_id = desk.talks(HEATING)
    desk.type("Erika Muster")
    desk.reception.clock.move(130)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)
    index = desk.window.panels.journal.model.index(1, 0)
    assert index.data(ENTRY).detail == "Erika Muster · talked 02:10"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("09:42, Muster Heizung")


def test_a_refused_line_says_reason_and_cure(desk: Desk) -> None:
    line = desk.reception.desk.directory.lines[0]
    desk.reception.phone.refusing.add(line.id)
    desk.reception.phone.register(line, None)
    desk.until(
        lambda: desk.reception.desk.switchboard.line_states[line.id].state is LineState.REFUSED
    )
    assert "refused the user name or password of the line" in desk.window.panels.bottom.words
    texts = [label.text() for label in desk.window.panels.middle.findChildren(QLabel)]
    assert "No call can arrive now" in texts
    desk.key(Qt.Key.Key_L, CTRL)
    dialog = next(d for d in desk.window.findChildren(QDialog) if d.isVisible())
    assert "Line Hauptanschluss" in [label.text() for label in dialog.findChildren(QLabel)]


def test_an_empty_office_says_what_to_do(dressed: object, tmp_path: object) -> None:
    reception = Reception(tmp_path, empty=True)  # type: ignore[arg-type]
    with opened(reception) as window:
        texts = [label.text() for label in window.panels.middle.findChildren(QLabel)]
        assert "No clients yet" in texts
        assert "Set up here for whom you answer and how, or choose your office file." in texts
        assert not window.panels.middle.moving_in.isHidden()
    reception.close()


def test_an_office_file_is_brought_in_from_the_window(dressed: object, tmp_path: Path) -> None:
    reception = Reception(tmp_path, empty=True)
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("format = 1\n[office]\nnme = 'x'\n", "utf-8")
    with opened(reception) as window:
        moving_in = window.panels.middle.moving_in
        moving_in.bring(wrong)
        reception.spin(lambda: "nme" in moving_in.state.words)
        assert "3" in moving_in.state.words
        assert reception.clients == ()
        moving_in.bring(resources("templates", "demo-office.toml"))
        reception.spin(lambda: reception.clients)
        reception.spin(lambda: moving_in.isHidden())
        texts = [label.text() for label in window.panels.middle.findChildren(QLabel)]
        assert "No clients yet" not in texts
    reception.close()


def test_a_window_that_opens_late_shows_calls_that_ring_already(
    reception: Reception, desk: Desk
) -> None:
    call_id = reception.rings(HEATING)
    with opened(reception) as second:
        assert second.shown is not None
        assert second.shown.call.id == call_id
        assert "Muster Heizung" in second.panels.middle.greeting


def test_a_thousand_calendars_that_change_at_once_are_shown_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A caller's greeting must not wait for the calendars of a server that went down."""
    core = desk.reception.desk
    before = next(h for c in core.directory.clients if (h := core.calendars.health(c.id)))
    down = replace(before, health=CalendarHealth.WAITING, reason=Reason.SERVER_UNREACHABLE)
    bar = desk.window.panels.top
    shown: list[object] = []
    monkeypatch.setattr(bar, "show_conditions", lambda *values: shown.append(values))
    for _number in range(1000):
        core._ground.listeners.tell(down)
    assert shown == []
    desk.until(lambda: shown)
    assert len(shown) < 10


def test_every_widget_that_takes_the_keyboard_has_a_name(desk: Desk) -> None:
    desk.talks(HEATING)
    nameless = [
        widget
        for widget in desk.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []
