"""A window that stands from one test of the work list to the next, and what is put on its list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from receptionist import i18n
from receptionist.model.worklist import Disposition, WorkItem, WorkKind
from tests.doubles.desk import Reception
from tests.unit.ui.conftest import Desk, opened
from ui.models.moments import clock_words
from ui.panels.disposing import DisposeBox

OTTO = "+492214710177"


@pytest.fixture(scope="module")
def standing(dressed: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One window for all tests of a module; nobody calls there, and no other window is open."""
    before = i18n.language()
    i18n.choose("en")
    reception = Reception(tmp_path_factory.mktemp("standing"))
    with opened(reception) as window:
        window.resize(1366, 768)
        window.show()
        assert QTest.qWaitForWindowActive(window, 10_000)
        yield Desk(reception, window)
    reception.close()
    i18n.choose(before)


@pytest.fixture
def desk(standing: Desk) -> Iterator[Desk]:
    """The same window, in which nothing is open, asked or said, as at the first test."""
    yield standing
    tidy(standing)
    panels = standing.window.panels
    assert (panels.bottom.open_words, panels.notice.words) == ("Nothing open", "")
    assert not panels.journal.entries
    assert panels.journal.isVisible()
    assert box(standing).isHidden()


def tidy(desk: Desk) -> None:
    """Settle what is open, and leave what was asked; a second later, so that what left has an
    order."""
    work, panels = desk.reception.desk.work, desk.window.panels
    read: list[object] = []
    work.read(read.append)  # behind all that is being written
    desk.until(lambda: read)
    for one in work.items:
        box(desk).forget(one.id)
        work.dispose(one.id, Disposition.DONE)
    desk.until(lambda: not work.items)
    panels.show_settled(False)
    desk.until(lambda: not panels.journal.entries)
    panels.notice.clear()
    desk.window._board.remark = ""
    panels.show_remark()
    panels.calls.resting_place.setFocus()
    desk.reception.clock.move(1)


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


def clock(desk: Desk, hours: int = 0) -> str:
    """The desk's time of day, or that so many hours later: it goes on from test to test."""
    return clock_words(
        desk.reception.clock.now() + timedelta(hours=hours),
        desk.reception.desk.directory.office.zone,
    )


def chosen(desk: Desk) -> WorkItem | None:
    return desk.window.panels.journal.item
