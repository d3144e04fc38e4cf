"""A window on a real desk, with a simulated phone and calendars in memory, without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from receptionist import i18n
from tests.doubles.desk import HEATING, Reception, let_go
from ui.theme.sheet import dress, wanted
from ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Desk:
    """A window, its desk, and the hands of who sits before it."""

    def __init__(self, reception: Reception, window: Window) -> None:
        self.reception, self.window = reception, window

    @property
    def name(self) -> QWidget:
        """The field of the caller's name."""
        return self.window.panels.caller.name

    @property
    def note(self) -> QWidget:
        """The field of the note."""
        return self.window.panels.caller.note

    @property
    def texts(self) -> tuple[str, str]:
        """What the fields show."""
        return self.window.panels.caller.name.text(), self.window.panels.caller.note.toPlainText()

    @property
    def shown(self) -> object:
        """The id of the call in the middle."""
        return self.window.shown.call.id if self.window.shown else None

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key wherever the keyboard is."""
        focus = QApplication.focusWidget() or self.window
        QTest.keyClick(focus, key, modifier or Qt.KeyboardModifier.NoModifier)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type letters wherever the keyboard is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(focus, event)

    def talks(self, dialled: str = HEATING, caller: str = "+4917139200177") -> object:
        """A call comes and is answered with its key."""
        call_id = self.reception.rings(dialled, caller)
        self.key(Qt.Key.Key_F2)
        self.reception.spin(lambda: self.reception.call(call_id).answered)
        return call_id

    def until(self, condition: object) -> None:
        """Let the program run until something is so."""
        self.reception.spin(condition)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Texts as they stand in the code."""
    before = i18n.language()
    i18n.choose("en")
    yield
    i18n.choose(before)


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """Qt in the light palette."""
    dress(qapp, wanted("light"))
    return qapp


@pytest.fixture
def reception(dressed: QApplication, tmp_path: Path) -> Iterator[Reception]:
    """A desk that was started, with the sample office."""
    reception = Reception(tmp_path)
    yield reception
    reception.close()


@contextmanager
def opened(reception: Reception) -> Iterator[Window]:
    """A window on a desk; closed and deleted at the end."""
    window = Window(reception.desk, reception.clock)
    try:
        yield window
    finally:
        window.leave()
        let_go(window)


@pytest.fixture
def desk(reception: Reception) -> Iterator[Desk]:
    """A window that is open and has the keyboard."""
    with opened(reception) as window:
        window.resize(1366, 768)
        window.show()
        assert QTest.qWaitForWindowActive(window, 10_000)
        yield Desk(reception, window)
