"""How the window stood and how its panels shared it: a small file in the data directory."""

from __future__ import annotations

import json
import logging
from base64 import b64decode, b64encode
from pathlib import Path

from PySide6.QtWidgets import QMainWindow, QSplitter

FILE = "window.json"
_LARGEST = 65_536
_WINDOW = "window"
log = logging.getLogger(__name__)


class Place:
    """Remembers one window in the directory `data`, or nothing (None). Main thread.

    A file that cannot be read or understood does not count; it is written anew. It does not hold
    the window, which would leave its end to the collector and thereby to any thread.
    """

    def __init__(self, data: Path | None) -> None:
        self._file = data / FILE if data else None
        self._states = _read(self._file) if self._file else {}

    def take(self, window: QMainWindow) -> bool:
        """Let the window stand where and as large as it stood; whether that is known."""
        state = self._states.get(_WINDOW)
        return state is not None and window.restoreGeometry(state)

    def share(self, window: QMainWindow) -> None:
        """Let its panels share it as they did."""
        for splitter in window.findChildren(QSplitter):
            if splitter.objectName() in self._states:
                splitter.restoreState(self._states[splitter.objectName()])

    def keep(self, window: QMainWindow) -> None:
        """Write down how everything stands now."""
        if self._file is None:
            return
        states = {_WINDOW: window.saveGeometry()}
        for splitter in window.findChildren(QSplitter):
            states[splitter.objectName()] = splitter.saveState()
        words = {name: b64encode(state.data()).decode() for name, state in states.items()}
        try:
            self._file.write_text(json.dumps(words, indent=1) + "\n", "utf-8")
        except OSError as error:
            log.warning("the place of the window is not kept: %s", error.strerror)


def _read(file: Path) -> dict[str, bytes]:
    try:
        with file.open("rb") as opened:
            content = json.loads(opened.read(_LARGEST))
        return {str(name): b64decode(state, validate=True) for name, state in content.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
