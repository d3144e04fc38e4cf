"""Fields that take one value. The wheel scrolls the form they stand in and changes none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from receptionist.i18n import _


def tab_through(stops: Iterable[QWidget]) -> None:
    """Let Tab go from each of the widgets to the next."""
    for one, following in pairwise(stops):
        QWidget.setTabOrder(one, following)


class Line(QLineEdit):
    """One line of text, `limit` characters at most. Main thread."""

    def __init__(self, text: str = "", limit: int = 200, example: str = "") -> None:
        super().__init__(text)
        self.setMaxLength(limit)
        self.setPlaceholderText(example)
        self.setCursorPosition(0)


class Lines(QPlainTextEdit):
    """Several lines of text; Tab leaves it. Main thread."""

    def __init__(self, text: str = "", rows: int = 3) -> None:
        super().__init__(text)
        self._given, self._shown = text, self.toPlainText()
        self.setTabChangesFocus(True)
        self.setFixedHeight(QFontMetrics(self.font()).lineSpacing() * rows + 20)

    @property
    def text(self) -> str:
        """What was given while it is unchanged; else what was typed, without space around it."""
        typed = self.toPlainText()
        return self._given if typed == self._shown else typed.strip()


class Choice(QComboBox):
    """One of several values. Main thread."""

    def __init__(self, options: Iterable[tuple[object, str]] = (), value: object = None) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.put(options, value)

    def put(self, options: Iterable[tuple[object, str]], value: object) -> None:
        """Offer these values with their words, and choose one of them, else the first."""
        self.blockSignals(True)
        self.clear()
        self._values = []
        for one, words in options:
            self._values.append(one)
            self.addItem(words)
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)
        self.blockSignals(False)

    @property
    def value(self) -> object:
        """The chosen value; None when there is none."""
        at = self.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def choose(self, value: object) -> None:
        """Choose one of the values; another one changes nothing."""
        if value in self._values:
            self.setCurrentIndex(self._values.index(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Keys of the window are not searched for among the words."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()


class Suggested(Line):
    """One line of text with words to choose from while it is typed. Main thread.

    The words are `offered` when the keyboard comes for the first time.
    """

    def __init__(self, text: str, offered: Callable[[], Iterable[str]], limit: int = 200) -> None:
        super().__init__(text, limit)
        self._offered = offered

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        if self.completer() is None:
            self._offer()
        super().focusInEvent(event)

    def _offer(self) -> None:
        finder = QCompleter(sorted(self._offered()), self)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = finder.popup()
        if popup is not None:
            popup.setProperty("surface", "offer")
        self.setCompleter(finder)


class Minutes(QSpinBox):
    """A whole number of minutes. Main thread."""

    def __init__(self, value: int, least: int, most: int) -> None:
        super().__init__()
        self.setRange(least, most)
        self.setSuffix(" " + _("min"))
        self.setValue(value)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.lineEdit().setTextMargins(0, 0, 6, 0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(92, super().sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()


class Count(QSpinBox):
    """At most so many; 0 stands for any number, in words. Main thread."""

    def __init__(self, value: int, any_number: str, so_many: str, most: int = 999) -> None:
        """`so_many` has a place for the `{count}`."""
        super().__init__()
        before, _count, after = so_many.partition("{count}")
        self.setRange(0, most)
        self.setPrefix(before)
        self.setSuffix(after)
        self.setSpecialValueText(any_number)
        self.setValue(value)
        self.lineEdit().setTextMargins(8, 0, 6, 0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()
