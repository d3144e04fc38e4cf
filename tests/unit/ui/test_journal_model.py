"""The rows of the journal: they change in place, and few of them are there at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QApplication, QListView

from receptionist.model.call import (
    Call,
    Caller,
    CallState,
    Cause,
    Direction,
    Segment,
)
from receptionist.model.worklist import WorkItem, WorkKind
from receptionist.reasons import Reason
from tests.doubles.desk import let_go
from tests.doubles.pump import ManualClock
from ui.models.journal import PAGE, JournalModel, other_part
from ui.panels.journal import JournalPanel

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def call(minute: int, note: str = "") -> Call:
    """A call that is over."""
    start = NOON + timedelta(minutes=minute)
    return Call(
        id=UUID(int=10_000 + minute),
        direction=Direction.INCOMING,
        line_id=None,
        dialled="",
        caller=Caller(number="+492214710134"),
        note=note,
        segments=(
            Segment(state=CallState.RINGING, start=start, seconds=1.0),
            Segment(state=CallState.ENDED, start=start, cause=Cause.CALLER_HUNG_UP),
        ),
    )


def call_back(minute: int) -> WorkItem:
    """Somebody to call back."""
    return WorkItem(
        id=UUID(int=20_000 + minute),
        client_id=None,
        number="+492214710134",
        name=f"Anrufer {minute}",
        reason=Reason.MISSED,
        created=NOON + timedelta(minutes=minute),
        due=NOON + timedelta(minutes=minute),
        kind=WorkKind.MISSED,
        call_id=UUID(int=minute),
    )


@pytest.fixture
def model(qapp: QApplication) -> Iterator[JournalModel]:
    model = JournalModel("Europe/Berlin", lambda _client_id: None, ManualClock(NOON))
    yield model
    let_go(model)


def kept(model: JournalModel) -> list[object]:
    """What a view that only follows the signals would have."""
    return [model.index(row).data(0x0100) for row in range(model.rowCount())]


def test_nothing_is_shown_before_it_settles(model: JournalModel) -> None:
    model.take_calls((call(1),))
    assert model.rowCount() == 0
    model.settle()
    assert [entry.heading for entry in model.entries] == [True, False]


def test_a_new_call_is_one_new_row(model: JournalModel) -> None:
    model.take_calls([call(minute) for minute in range(5)])
    model.settle()
    told: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: told.append((first, last)))
    model.rowsRemoved.connect(lambda *_rows: pytest.fail("nothing is gone"))
    model.modelReset.connect(lambda: pytest.fail("nothing is anew"))
    model.take_calls((call(7),))
    model.settle()
    assert told == [(1, 1)]


def test_a_day_of_calls_is_there_once_somebody_scrolls_to_it(model: JournalModel) -> None:
    model.take_calls([call(minute) for minute in range(3 * PAGE)])
    model.settle()
    assert model.rowCount() == PAGE
    assert model.calls_today == 3 * PAGE
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert model.rowCount() == 3 * PAGE + 1


def test_whatever_happens_the_rows_are_as_if_made_anew(model: JournalModel) -> None:
    chance = Random(7)
    view = QListView()
    view.setModel(model)
    items: list[WorkItem] = []
    for _turn in range(120):
        match chance.randrange(4):
            case 0:
                model.take_calls((call(chance.randrange(80)),))
            case 1:
                known = call(chance.randrange(80), note=str(chance.random()))
                model.take_calls((replace(known, caller_name="Erika Muster"),))
            case 2:
                come = call_back(chance.randrange(40))
                items = sorted({*items, come}, key=lambda one: one.due)
                model.take_items(items)
            case _:
                if items:
                    items.pop(chance.randrange(len(items)))
                    model.take_items(items)
        if chance.random() < 0.6:
            model.settle()
    model.settle()
    anew = JournalModel("Europe/Berlin", lambda _client_id: None, ManualClock(NOON))
    anew.take_calls(list(model._calls.values()))
    anew.take_items(items)
    anew.settle()
    assert kept(model) == kept(anew)
    let_go(anew)
    let_go(view)


def test_the_key_leads_from_part_to_part_and_never_to_what_is_of_other_clients(
    model: JournalModel,
) -> None:
    mine, others = UUID(int=1), UUID(int=2)
    model.narrow(mine)
    model.take_items([replace(call_back(5), client_id=one) for one in (mine, others)])
    model.settle()
    assert [entry.heading for entry in model.entries] == [True, False, True]
    assert other_part(model.entries, 1) == 1
    model.take_calls([replace(call(1), client_id=mine)])
    model.settle()
    assert [entry.heading for entry in model.entries] == [True, False, True, False, True]
    assert [other_part(model.entries, row) for row in (1, 3)] == [3, 1]


def test_who_was_chosen_stays_chosen_when_others_come(model: JournalModel) -> None:
    panel = JournalPanel(
        model, lambda _item: "", lambda _who: "", ManualClock(NOON), "Europe/Berlin"
    )
    model.take_items([call_back(5)])
    model.take_calls([call(1)])
    model.settle()
    chosen = model.index(model.row_of(call_back(5).id))
    panel._view.selectionModel().setCurrentIndex(
        chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    model.take_items([call_back(2), call_back(5), call_back(9)])
    model.take_calls([call(3)])
    model.settle()
    current = panel._current()
    assert current is not None
    assert current.item == call_back(5)
    model.take_items([call_back(2), call_back(9)])
    model.settle()
    assert panel._current() is None, "“Done” pressed twice must not settle the next one"
    assert panel.done_button.isHidden()
    let_go(panel)
