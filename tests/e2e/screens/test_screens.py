"""The tour through every state runs, and the check finds text that is cut off on purpose."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from tests.e2e.screens.clipping import faults, too_large
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.weekgrid import WeekGrid
from ui.widgets.weekshape import Column, Piece, WeekShape

ROOT = Path(__file__).resolve().parents[3]
LOOKS = 10
LONG = "Im Kalender des Inhabers seit 09:44:12"


def _tour(folder: Path, *options: str) -> Counter[str]:
    """Go through every state; the states, each with its language, and how many looks it had."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.screens", str(folder), *options],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    looks = (re.split("-(?:light|dark)-", path.name)[0] for path in folder.glob("*.png"))
    return Counter(look[3:] for look in looks)


def _states(shots: Counter[str], language: str) -> set[str]:
    return {shot[:-3] for shot in shots if shot.endswith(language)}


@pytest.mark.timeout(900)
def test_no_text_is_cut_off_in_any_state(tmp_path: Path) -> None:
    shots = _tour(tmp_path, "--quick")
    assert len(_states(shots, "-de")) >= 23
    assert _states(shots, "-de") == _states(shots, "-en")
    assert set(shots.values()) == {1}, "every state once in each language"


@pytest.mark.soak
def test_no_text_is_cut_off_in_any_look(tmp_path: Path) -> None:
    shots = _tour(tmp_path)
    assert _states(shots, "-de") == _states(shots, "-en")
    assert set(shots.values()) == {LOOKS}, "every state in every size and palette"


@pytest.fixture
def page(qapp: QApplication) -> Iterator[QWidget]:
    """A window with room."""
    window = QWidget()
    window.resize(400, 200)
    yield window
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def _shown(page: QWidget) -> list[str]:
    page.show()
    QApplication.processEvents()
    return faults(page)


def test_text_with_room_is_fine(page: QWidget) -> None:
    column = QVBoxLayout(page)
    column.addWidget(Label(LONG, wrap=True))
    column.addWidget(KeyButton("Termin buchen", "F8"))
    assert _shown(page) == []


def test_a_label_that_is_too_narrow_is_found(page: QWidget) -> None:
    QLabel(LONG, page).setGeometry(0, 0, 60, 20)
    assert any("needs" in fault for fault in _shown(page))


def test_a_wrapped_label_that_is_too_low_is_found(page: QWidget) -> None:
    Label(LONG, wrap=True, parent=page).setGeometry(0, 0, 100, 18)
    assert any("needs" in fault for fault in _shown(page))


def test_a_button_that_is_squeezed_is_found(page: QWidget) -> None:
    button = KeyButton("Termin buchen", "F8")
    button.setParent(page)
    button.setGeometry(0, 0, 80, 34)
    assert any("wide, needs" in fault for fault in _shown(page))


def test_a_hint_that_does_not_fit_its_field_is_found(page: QWidget) -> None:
    QLineEdit(page, placeholderText=LONG).setGeometry(0, 0, 90, 30)
    assert any("needs" in fault for fault in _shown(page))


def test_text_beyond_the_edge_is_found_but_not_where_it_scrolls(page: QWidget) -> None:
    QLabel("Rand", page).setGeometry(390, 10, 60, 20)
    area = QScrollArea(page)
    inside = QWidget()
    QLabel("weiter unten", inside).setGeometry(0, 500, 100, 20)
    inside.resize(100, 600)
    area.setWidget(inside)
    area.setGeometry(0, 40, 150, 100)
    found = _shown(page)
    assert [fault for fault in found if "cut off" in fault] == [
        "QLabel “Rand”: is cut off by QWidget"
    ]


def test_what_is_wider_than_its_column_is_found(page: QWidget) -> None:
    area = QScrollArea(page)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inside = QWidget()
    inside.resize(160, 40)
    area.setWidget(inside)
    area.setGeometry(0, 0, 150, 100)
    assert any("wide inside" in fault for fault in _shown(page))


def test_texts_on_top_of_each_other_are_found(page: QWidget) -> None:
    QLabel("eins", page).setGeometry(0, 0, 100, 20)
    QLabel("zwei", page).setGeometry(50, 5, 100, 20)
    assert any("covers" in fault for fault in _shown(page))


def test_texts_of_different_parts_on_top_of_each_other_are_found(page: QWidget) -> None:
    for left in (0, 60):
        part = QWidget(page)
        part.setGeometry(left, 0, 120, 40)
        QLabel("Termin buchen", part).setGeometry(0, 5, 110, 20)
    assert any("covers" in fault for fault in _shown(page))


def test_what_lies_over_the_rest_on_purpose_is_fine(page: QWidget) -> None:
    QLabel("darunter", page).setGeometry(0, 0, 120, 20)
    over = QWidget(page)
    over.setProperty("overlay", True)
    over.setGeometry(0, 0, 150, 40)
    QLabel("darüber", over).setGeometry(0, 5, 110, 20)
    assert _shown(page) == []


def test_a_time_that_is_cut_in_the_week_is_found(page: QWidget) -> None:
    grid = WeekGrid("", str, str, "")
    grid.setParent(page)
    lines = ("09:00", "Erika Muster")
    ours = Piece(column=0, start=540, end=780, lines=lines, spoken="", tone="good", icon="check")
    days = tuple(Column(heading="Mo 23.11.", short="Mo 23") for _day in range(7))
    grid.show_week(WeekShape(columns=days, pieces=(ours,)), None)
    grid.setGeometry(0, 0, 400, 200)
    assert _shown(page) == []
    grid.setGeometry(0, 0, 240, 200)
    assert any("“Mo 23” is cut off in the week" in fault for fault in _shown(page))


def test_a_window_that_does_not_fit_its_screen_is_found(page: QWidget) -> None:
    assert too_large(page, 400, 200) == []
    assert too_large(page, 399, 200) != []
    assert too_large(page, 400, 199) != []
