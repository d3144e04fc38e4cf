"""A real clipboard: what is copied in this program is marked, what others copy is not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[3]

_OURS = """
import sys
from uuid import uuid4
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from ui.models.copies import Copies
from ui.widgets.clipwatch import ClipboardWatch

app = QApplication([])
copies, client, window = Copies(), uuid4(), QWidget()
watch = ClipboardWatch(
    window,
    lambda copied: None if copies.is_marked(copied) else copies.marked(copied, client),
    lambda edit, copied: False,
)
clipboard, field = QGuiApplication.clipboard(), QLineEdit("von uns", window)
window.show()
field.selectAll()

def say():
    ours = copies.whose(clipboard.mimeData()) == client
    print(clipboard.text(), "marked" if ours else "nobody's", flush=True)

def changed():
    if clipboard.text() == "von außen":
        say()
        app.quit()

field.copy()
say()
clipboard.dataChanged.connect(changed)
app.exec()
"""
_OTHERS = """
import sys
from PySide6.QtWidgets import QApplication

app = QApplication([])
app.clipboard().setText("von außen")
app.exec()
"""


def test_only_our_own_copies_are_marked(display: str) -> None:
    with _running(_OURS, display) as ours:
        assert ours.readline() == "von uns marked\n"
        with _running(_OTHERS, display):
            assert ours.readline() == "von außen nobody's\n"


@contextmanager
def _running(program: str, display: str) -> Iterator[IO[str]]:
    """What a program says, which is ended afterwards."""
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as one:
        assert one.stdout is not None
        try:
            yield one.stdout
        finally:
            one.kill()
