"""Rows of the journal are as high as what is painted in them, with a scroll bar and without."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QListView

from ui.models.journal import ENTRY, Entry
from ui.widgets.entryrow import EntryRow


def _height(words: str, rows: int) -> int:
    """How high the first of so many rows is, in a view in which few have room."""
    view, model = QListView(), QStandardItemModel()
    for _row in range(rows):
        item = QStandardItem()
        item.setData(Entry(title="Büro", detail=words), ENTRY)
        model.appendRow(item)
    view.setModel(model)
    view.setItemDelegate(EntryRow(view, ENTRY))
    view.resize(200, 150)
    view.show()
    for _turn in range(3):
        QApplication.processEvents()
    assert view.verticalScrollBar().isVisible() == (rows > 1)
    return view.visualRect(model.index(0, 0)).height()


@pytest.mark.parametrize("letters", range(12, 40))
def test_a_row_has_its_height_whether_or_not_a_scroll_bar_is_there(
    dressed: QApplication, letters: int
) -> None:
    words = "ab " * (letters // 3) + "c" * (letters % 3)
    assert _height(words, 1) == _height(words, 20)
