"""The wall between clients: while one works for one, nothing of another is to be seen or found.

The same caller knows both; whatever is known for the one has a word in it that the other has not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from receptionist.events import AppointmentConfirmed
from receptionist.model.callers import KnownCaller
from receptionist.model.contact import Contact, ContactNumber
from receptionist.model.knowledge import Knowledge
from receptionist.model.worklist import Disposition, WorkItem
from tests.doubles.desk import HEATING, LAWYERS
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from ui.models.journal import ENTRY
from ui.verbs.work import WorkVerbs

WORD = "Kirschbaum"
"""Stands in everything that is known for the heating firm."""
CALLER, ASKED = "+492214710177", "+493023125177"


@pytest.fixture
def known(desk: Desk) -> Desk:
    """A call, an appointment, a number that was called, an owner's event, knowledge, a contact,
    and what is known of the caller: all of it for the heating firm."""
    client = desk.reception.client("haustechnik")
    _people(desk, client.id)
    _owner_event(desk, client.id)
    call_id = desk.talks(HEATING, CALLER)
    assert isinstance(call_id, UUID)
    desk.reception.desk.journal.type(call_id, caller_name=f"{WORD} Otto", note=f"{WORD} Kessel")
    desk.until(lambda: desk.window.panels.slots.buttons[0].isVisible())
    desk.key(Qt.Key.Key_1, CTRL)
    desk.key(Qt.Key.Key_F8)
    desk.reception.seen(AppointmentConfirmed)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)
    board = desk.reception.desk.switchboard
    asked = board.dial(ASKED, client_id=client.id, name=f"{WORD} Lager")
    board.hang_up(asked)
    desk.until(lambda: desk.reception.call(asked).ended)
    desk.window.panels.calls.resting_place.setFocus()
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.shown is None)
    QGuiApplication.clipboard().clear()
    return desk


def _people(desk: Desk, client_id: UUID) -> None:
    people = desk.reception.desk.people
    values = (
        (people.notebooks, Knowledge(id=uuid4(), client_id=client_id, title=f"{WORD} Frage")),
        (
            people.notebooks,
            KnownCaller(id=uuid4(), client_id=client_id, number=CALLER, note=f"{WORD} grantig"),
        ),
        (
            people.contacts,
            Contact(
                id=uuid4(),
                client_id=client_id,
                key="",
                name=f"{WORD} Anna",
                numbers=(ContactNumber(number=ASKED),),
            ),
        ),
    )
    for part, value in values:
        done: list[Any] = []
        part.save(None, value, done.append, done.append)  # type: ignore[attr-defined]
        desk.until(lambda done=done: done)
        assert not isinstance(done[0], Exception), done[0]


def _owner_event(desk: Desk, client_id: UUID) -> None:
    reception = desk.reception
    href = next(
        one.href
        for one in reception.desk.directory.calendars
        if one.client_id == client_id and not one.tasks
    )
    start = reception.clock.now()
    reception.server.put(
        f"{href}feier.ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//owner//EN\r\nBEGIN:VEVENT\r\n"
        f"UID:feier\r\nSUMMARY:{WORD} Feier\r\nDTSTAMP:{start:%Y%m%dT%H%M%SZ}\r\n"
        f"DTSTART:{start:%Y%m%d}T130000Z\r\nDTEND:{start:%Y%m%d}T140000Z\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
    )


def texts(desk: Desk) -> Iterator[str]:
    """All that can be read for whom one works; the calls of all stand at the left, and while nobody
    is spoken to the lists of the whole office."""
    window, panels = desk.window, desk.window.panels
    spoken = window._board.spoken_for is not None
    elsewhere = (panels.calls,) if spoken else (panels.calls, panels._lists, panels.notice)
    for one in window.findChildren(QWidget):
        if one.isVisible() and not any(one is it or it.isAncestorOf(one) for it in elsewhere):
            yield from _read(one)
    if panels.week.grid.isVisible():
        yield repr(panels.week.grid.shape)
    yield QGuiApplication.clipboard().text()


def _read(one: QWidget) -> Iterator[str]:
    yield one.toolTip()
    yield one.accessibleDescription()
    if isinstance(one, QLabel | QAbstractButton):
        yield one.text()
    if isinstance(one, QLineEdit):
        yield f"{one.text()} {one.placeholderText()}"
    if isinstance(one, QPlainTextEdit):
        yield one.toPlainText()
    if isinstance(one, QAbstractItemView) and one.model() is not None:
        for row in range(one.model().rowCount()):
            yield repr(one.model().index(row, 0).data(ENTRY))


def seen(desk: Desk) -> list[str]:
    """Where the word can be read."""
    desk.until(lambda: not desk.window._board.finder.waiting)
    return [one for one in texts(desk) if WORD.casefold() in one.casefold()]


def looks_everywhere(desk: Desk) -> Iterator[tuple[str, list[str]]]:
    """Open what can be opened, search where one can search; what was read each time.

    What is typed to search is no word of the other client's.
    """
    yield "the call", seen(desk)
    for name, key, modifier in (
        ("history", Qt.Key.Key_H, CTRL),
        ("redial", Qt.Key.Key_D, CTRL | SHIFT),
        ("knowledge", Qt.Key.Key_F, CTRL),
        ("appointment", Qt.Key.Key_O, CTRL),
        ("confirmation", Qt.Key.Key_C, CTRL | SHIFT),
        ("the day", Qt.Key.Key_W, CTRL | SHIFT),
    ):
        desk.key(key, modifier)
        yield name, seen(desk)
        desk.key(Qt.Key.Key_Escape)
    for name, key in (("search", Qt.Key.Key_K), ("search for a number", Qt.Key.Key_K)):
        desk.key(key, CTRL)
        desk.key(Qt.Key.Key_A, CTRL)
        desk.type("4710177" if "number" in name else "kirsch")
        yield name, [one for one in seen(desk) if one.strip().casefold() != "kirsch"]
        desk.window.panels.top.search.clear()
    desk.key(Qt.Key.Key_F6)
    desk.type("kirschb")
    yield "whom to ask", [one for one in seen(desk) if "kirschbaum" in one.casefold()]
    desk.window.panels.top.search.clear()


def rows(desk: Desk) -> list[str]:
    """What the list at the left says."""
    return [entry.spoken for entry in desk.window.panels.journal.entries]


def missed(desk: Desk, dialled: str) -> WorkItem:
    """Somebody gives up, and stands on the work list."""
    before = set(desk.reception.desk.work.items)
    desk.reception.phone.outside.hangs_up(desk.reception.rings(dialled, ASKED, f"{WORD} Eva"))
    desk.until(lambda: set(desk.reception.desk.work.items) - before)
    (item,) = set(desk.reception.desk.work.items) - before
    desk.until(lambda: desk.window._board.journal.row_of(item.id) >= 0)
    return item


def test_the_lists_step_back_while_somebody_is_spoken_to(known: Desk) -> None:
    """What rings is not spoken to yet; the counts below say all of it meanwhile."""
    missed(known, HEATING)
    whole = rows(known)
    assert sum(WORD in row for row in whole) == 3
    call_id = known.reception.rings(LAWYERS, CALLER)
    known.until(lambda: known.shown == call_id)
    assert rows(known) == whole
    known.key(Qt.Key.Key_F2)
    known.until(lambda: len(rows(known)) == 1)
    assert rows(known) == ["and 3 of other clients, seen after the call"]
    assert known.window.panels.bottom.open_words.startswith("1 ")
    known.key(Qt.Key.Key_F9)
    known.until(lambda: known.reception.call(call_id).ended)
    known.until(
        lambda: [row for row in rows(known) if WORD in row] == [row for row in whole if WORD in row]
    )


def test_what_is_typed_about_an_item_stands_aside_and_comes_back(known: Desk) -> None:
    item = missed(known, HEATING)
    box = known.window.panels.journal.box
    known.window.panels.journal.ask_about(item)
    known.key(Qt.Key.Key_1)
    known.type(f"{WORD} erreicht")
    call_id = known.talks(LAWYERS, CALLER)
    known.until(box.isHidden)
    known.key(Qt.Key.Key_F9)
    known.until(lambda: known.reception.call(call_id).ended)  # type: ignore[arg-type]
    known.until(lambda: not box.isHidden())
    assert (box.about, box.result.text()) == (item.id, f"{WORD} erreicht")


def test_what_is_lost_of_another_client_is_said_after_the_call(known: Desk) -> None:
    """Another workstation settles what is typed about while that stands aside."""
    item = missed(known, HEATING)
    journal, notice = known.window.panels.journal, known.window.panels.notice
    journal.ask_about(item)
    known.key(Qt.Key.Key_1)
    known.type(f"{WORD} erreicht")
    call_id = known.talks(LAWYERS, CALLER)
    known.until(journal.box.isHidden)
    known.reception.desk.work.dispose(item.id, Disposition.NOTED)
    known.until(lambda: journal.box.about is None)
    assert notice.words == ""
    known.key(Qt.Key.Key_F9)
    known.until(lambda: known.reception.call(call_id).ended)  # type: ignore[arg-type]
    known.until(lambda: f"Not kept: “{WORD} erreicht”" in notice.words)


def test_what_became_of_an_item_is_not_said_to_another_client(
    known: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store answers once somebody else is on the line."""
    held: list[Any] = []
    work, item = known.reception.desk.work, missed(known, HEATING)
    dispose = work.dispose
    monkeypatch.setattr(work, "dispose", lambda *told: held.append(told))
    known.window.panels.journal.ask_about(item)
    known.key(Qt.Key.Key_1)
    known.key(Qt.Key.Key_Return)
    known.talks(LAWYERS, CALLER)
    known.until(known.window.panels.journal.box.isHidden)
    (*said, then, failed) = held[0]
    done: list[Any] = []
    dispose(*said, lambda one: done.append(then(one)), failed)
    known.until(lambda: done)
    assert seen(known) == []


def test_the_key_that_settles_asks_about_nothing_of_another_client(known: Desk) -> None:
    """Without a row that is chosen it asks about what is due first."""
    missed(known, HEATING)
    known.talks(LAWYERS, CALLER)
    known.until(lambda: len(rows(known)) == 1)
    verbs = next(one for one in known.window._verbs if isinstance(one, WorkVerbs))
    assert verbs.item is None


def test_what_is_to_be_said_of_another_client_waits(known: Desk) -> None:
    notice, client = known.window.panels.notice, known.reception.client("haustechnik")
    notice.tell(f"{WORD} sagt ab", client.id)
    notice.tell("Für alle")
    call_id = known.talks(LAWYERS, CALLER)
    known.until(lambda: notice.words == "Für alle")
    notice.tell(f"{WORD} kommt doch", client.id)
    notice.clear()
    assert notice.words == ""
    known.key(Qt.Key.Key_F9)
    known.until(lambda: known.reception.call(call_id).ended)  # type: ignore[arg-type]
    known.until(lambda: notice.words == f"{WORD} sagt ab\n{WORD} kommt doch")


def test_what_waits_is_not_lost_to_what_is_said_meanwhile(known: Desk) -> None:
    """Only so many are seen at once; what is put away makes room for the older ones."""
    notice, client = known.window.panels.notice, known.reception.client("haustechnik")
    waiting = [f"{WORD} sagt ab, {number}" for number in range(3)]
    others = [f"Für alle, {number}" for number in range(5)]
    for sentence in waiting:
        notice.tell(sentence, client.id)
    call_id = known.talks(LAWYERS, CALLER)
    known.until(lambda: notice.words == "")
    for sentence in others:
        notice.tell(sentence)
    assert notice.words.splitlines() == others[1:]
    notice.clear()
    assert notice.words == others[0]
    notice.clear()
    known.key(Qt.Key.Key_F9)
    known.until(lambda: known.reception.call(call_id).ended)  # type: ignore[arg-type]
    known.until(lambda: notice.words.splitlines() == waiting)


def test_for_the_client_himself_all_of_it_is_found(known: Desk) -> None:
    """Else the tests below would say nothing."""
    known.talks(HEATING, CALLER)
    known.until(lambda: known.window._board.history.known)
    found = {name for name, words in looks_everywhere(known) if words}
    assert found >= {"the call", "history", "redial", "knowledge", "appointment", "confirmation"}
    assert found >= {"search", "search for a number", "whom to ask"}


def test_nothing_of_one_client_is_seen_while_one_works_for_another(known: Desk) -> None:
    known.talks(LAWYERS, CALLER)
    known.until(lambda: "First call" in known.window._board.history.words)
    assert [(name, words) for name, words in looks_everywhere(known) if words] == []


def test_nor_when_it_was_the_wrong_client_at_first(known: Desk) -> None:
    call_id = known.talks(HEATING, CALLER)
    assert isinstance(call_id, UUID)
    known.until(lambda: known.window._board.history.known)
    known.key(Qt.Key.Key_O, CTRL)
    assert seen(known)
    lawyer = known.reception.client("kanzlei")
    known.reception.desk.switchboard.assign(call_id, lawyer.id, keep_number=False)
    known.until(lambda: "First call" in known.window._board.history.words)
    assert [(name, words) for name, words in looks_everywhere(known) if words] == []


def test_nor_on_the_sheet_of_a_client_that_is_looked_up(known: Desk) -> None:
    known.window.panels.top.search.client.emit(known.reception.client("kanzlei"))
    known.until(lambda: known.window.panels.middle.sheet.isVisible())
    assert seen(known) == []
    known.key(Qt.Key.Key_D, CTRL | SHIFT)
    assert seen(known) == []


def test_going_from_call_to_call_takes_everything_along(known: Desk) -> None:
    """What was open for the one is not there for the other, and is there again with the one."""
    first = known.talks(HEATING, CALLER)
    known.until(lambda: known.window._board.history.known)
    known.key(Qt.Key.Key_O, CTRL)
    second = known.reception.rings(LAWYERS, CALLER)
    for opens in ((Qt.Key.Key_H, CTRL), (Qt.Key.Key_F, CTRL), (Qt.Key.Key_D, CTRL | SHIFT)):
        known.window._board.stage.show(first)  # type: ignore[arg-type]
        known.window._board.follow()
        known.window._changed()
        known.until(lambda: known.window._board.history.known)
        known.key(*opens)
        assert seen(known)
        known.window.panels.calls.wanted.emit(second)
        known.until(lambda: known.shown == second)
        known.until(lambda: "First call" in known.window._board.history.words)
        assert seen(known) == [], opens


@pytest.mark.soak
def test_the_undo_of_a_field_brings_nothing_back(known: Desk) -> None:
    """What was typed in the field at the top while one worked for another."""
    first = known.talks(HEATING, CALLER)
    known.key(Qt.Key.Key_K, CTRL)
    known.type(WORD)
    second = known.reception.rings(LAWYERS, CALLER)
    known.window.panels.calls.wanted.emit(second)
    known.until(lambda: known.shown == second)
    assert first != second
    for field in known.window.findChildren(QLineEdit):
        if field.isVisible():
            field.undo()
    assert seen(known) == []
