"""The window is painted before anything heavy is imported, and says why it cannot go on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from receptionist import bootstrap
from tests.unit.ui.conftest import Desk
from ui.post import AfterPainting

ROOT = Path(__file__).resolve().parents[3]
_PRELUDE = """
import sys
import ui.__main__ as face

def heavy():
    names = ("sqlalchemy", "alembic", "caldav", "icalendar", "recurring_ical_events", "keyring",
             "pjsua2", "miniaudio", "radicale", "niquests")
    return [name for name in names if name in sys.modules]
"""
_WINDOW = "import ui.window\nprint(heavy())"
_FIRST_PAINTING = """
from ui.console import Console

def opened(console):
    print(heavy())
    console._window.close()

Console._open = opened
print(face.main(["--data", sys.argv[1]]))
"""
_REFUSED = """
from ui.window import Window
said = Window.say

def say(window, sentence):
    said(window, sentence)
    if window.isVisible():
        print(window.centralWidget().text())
        window.close()

Window.say = say
print(face.main(["--data", sys.argv[1], "--lang", "en"]))
"""


def run(script: str, data: Path) -> list[str]:
    """The lines that a script about the entry prints."""
    done = subprocess.run(
        [sys.executable, "-c", _PRELUDE + script, str(data)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_window_imports_nothing_heavy(data_directory: Path) -> None:
    assert run(_WINDOW, data_directory) == ["[]"]


def test_nothing_heavy_is_imported_before_the_first_painting(data_directory: Path) -> None:
    assert run(_FIRST_PAINTING, data_directory) == ["[]", "0"]


def test_a_directory_in_use_is_told_in_the_window(data_directory: Path) -> None:
    with bootstrap.claim(data_directory, "serve"):
        sentence, code = run(_REFUSED, data_directory)
    assert "is in use by “serve”" in sentence
    assert code == "1"


def test_a_broken_database_is_told_in_the_window(data_directory: Path) -> None:
    (data_directory / bootstrap.DATABASE).write_bytes(b"no database" * 1000)
    sentence, code = run(_REFUSED, data_directory)
    assert "database" in sentence
    assert code == "1"


@pytest.mark.parametrize("shown", [True, False], ids=["painted", "never-seen"])
def test_what_waits_for_the_first_painting_comes_once(
    desk: Desk, dressed: QApplication, shown: bool
) -> None:
    widget = QWidget()
    came: list[bool] = []
    AfterPainting(widget, lambda: came.append(True))
    widget.setVisible(shown)
    desk.until(lambda: came)
    widget.repaint()
    for _ in range(5):
        dressed.processEvents()
    assert came == [True]
    widget.close()
