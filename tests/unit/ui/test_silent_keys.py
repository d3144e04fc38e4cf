"""No key of the table is silent: in every state each does something, or it is said why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPlainTextEdit, QPushButton

from receptionist import events
from receptionist.model.call import CallState
from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from ui.actions import KEYS, sequences

BY_ITSELF = (events.CalendarChanged, events.CalendarProgress)
"""What the desk tells without a key."""
ELSEWHERE = ("put_away", "read_again")
"""Esc may find nothing to leave; what calendars are asked is seen by nobody here."""


def quiet_action(desk: Desk, keys: str) -> QAction:
    """The action of a key; pressed as the shortcut would."""
    actions = desk.window.actions()
    wanted = QKeySequence.fromString(keys)
    return next(one for one in actions if one.shortcut() == wanted)


def caller(desk: Desk) -> UUID:
    """Somebody is being spoken to."""
    call_id = desk.talks(HEATING)
    assert isinstance(call_id, UUID)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.ACTIVE)
    return call_id


def nobody(desk: Desk) -> None:
    """The desk is as it was opened."""


def ringing(desk: Desk) -> None:
    desk.reception.rings(HEATING)
    desk.until(lambda: desk.window.shown)


def talking(desk: Desk) -> None:
    caller(desk)


def held(desk: Desk) -> None:
    call_id = caller(desk)
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.HELD)


def parked(desk: Desk) -> None:
    call_id = caller(desk)
    desk.key(Qt.Key.Key_F5, SHIFT)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.reception.call(call_id).parked)


def ended(desk: Desk) -> None:
    call_id = caller(desk)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)


def dialling(desk: Desk) -> None:
    desk.key(Qt.Key.Key_D, CTRL)
    desk.type("0171 39200155")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.reception.phone.outside.dialled)


def talking_while_it_rings(desk: Desk) -> None:
    caller(desk)
    desk.reception.rings(LAWYERS)


def asking(desk: Desk) -> None:
    """Somebody is being called for a caller."""
    caller(desk)
    desk.key(Qt.Key.Key_F6)
    desk.type("0171 39200155")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.reception.phone.outside.dialled)


def asked(desk: Desk) -> None:
    """He has answered."""
    asking(desk)
    (owner,) = desk.reception.phone.outside.dialled
    desk.reception.phone.outside.answers(owner)
    desk.until(lambda: desk.reception.call(owner).state is CallState.ACTIVE)


SELDOM = [pytest.param(one, marks=pytest.mark.soak) for one in (held, dialling, asking, parked)]
STATES = (nobody, ringing, talking, ended, talking_while_it_rings, asked, *SELDOM)


class Eyes:
    """Everything that can be seen, heard of, or found elsewhere after a key."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self._desk, self._asked = desk, list[str]()
        for place in ("ui.verbs.week", "ui.verbs.listening", "ui.verbs.hearing"):
            monkeypatch.setattr(f"{place}.choose_file", self._file)
        monkeypatch.setattr("ui.verbs.week.print_out", self._file)

    def _file(self, *_values: object) -> None:
        self._asked.append("file")

    @property
    def said(self) -> str:
        """Why the last key could do nothing."""
        return self._desk.window._board.remark

    def see(self) -> object:
        """A picture of it."""
        phone = self._desk.reception.phone
        grid = self._desk.window.panels.week.grid
        return (
            [*self._texts()],
            QApplication.focusWidget(),
            [one for one in QApplication.topLevelWidgets() if one.isVisible()],
            {call_id: tuple(one.saw) for call_id, one in phone.calls.items()},
            sum(not isinstance(one, BY_ITSELF) for one in self._desk.reception.events),
            list(phone.service.traced),
            (grid.at, len(grid.shape.columns)),
            QGuiApplication.clipboard().text(),
            len(self._asked),
        )

    def _texts(self) -> Iterator[str]:
        window = self._desk.window
        labels, buttons = window.findChildren(QLabel), window.findChildren(QPushButton)
        fields = window.findChildren(QLineEdit)
        shown: list[QLabel | QPushButton | QLineEdit] = [*labels, *buttons, *fields]
        for one in shown:
            if one.isVisible():
                yield one.text()
        for note in self._desk.window.findChildren(QPlainTextEdit):
            if note.isVisible():
                yield note.toPlainText()


def tidy(desk: Desk) -> None:
    """What a key opened is closed again, without the key of that."""
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QMenu) and one.isVisible():
            one.close()
    desk.window._opener.give_way()
    desk.window.panels.verbs.parking.close_down()
    desk.window.panels.verbs.consent.close_down()
    desk.window.panels.top.search.clear()
    panels = desk.window.panels
    for one in (panels.aside, panels.errands, panels.asking, panels.journal.box):
        one.close_down()
    panels.show_settled(False)
    desk.window.panels.calls.resting_place.setFocus()
    QCoreApplication.processEvents()


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_no_key_is_silent(
    desk: Desk, state: Callable[[Desk], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The state moves on as the keys do what they do; that each is heard holds all the same."""
    eyes = Eyes(desk, monkeypatch)
    state(desk)
    for row in (row for row in KEYS if row.id not in ELSEWHERE):
        for keys in sequences(row):
            tidy(desk)
            desk.window._board.remark = ""
            before = eyes.see()
            quiet_action(desk, keys).trigger()
            QCoreApplication.processEvents()
            if not eyes.said:
                desk.until(lambda before=before: eyes.said or eyes.see() != before)


def test_the_sentence_stands_in_the_status_line_until_another_key_does_something(
    desk: Desk,
) -> None:
    bottom = desk.window.panels.bottom
    usual = bottom.words
    desk.key(Qt.Key.Key_F2)
    assert bottom.words == "Nothing rings just now."
    desk.key(Qt.Key.Key_F9)
    assert bottom.words == "There is no call to hang up."
    desk.key(Qt.Key.Key_K, CTRL)
    assert bottom.words == usual


def test_esc_does_not_hang_up_and_says_so(desk: Desk) -> None:
    caller(desk)
    desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_Escape)
    assert desk.window.panels.bottom.words == "The call goes on. F9 hangs up."
