"""A text of many lines with their numbers, in which lines can be marked as wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from ui.theme.sheet import worn

_PAD = 8
_PARTS = (
    ("accent", True, re.compile(r"^\s*\[.*\]\s*$")),
    ("quiet", False, re.compile(r"^\s*[a-z_.]+(?=\s*=)")),
    ("quiet", False, re.compile(r"(?<![\w\"])#(?:[^\"]|\"[^\"]*\")*$")),
)
"""Colour, strong or not, and what wears it."""


class _Colours(QSyntaxHighlighter):
    """Headings stand out, names and comments step back: the words are what is read."""

    def highlightBlock(self, text: str) -> None:  # noqa: N802
        palette = worn()
        for tone, strong, pattern in _PARTS:
            for found in pattern.finditer(text):
                look = QTextCharFormat()
                look.setForeground(QColor(getattr(palette, tone)))
                if strong:
                    look.setFontWeight(QFont.Weight.Bold)
                self.setFormat(found.start(), found.end() - found.start(), look)


class _Numbers(QWidget):
    """The numbers of the lines, at the left of the text."""

    def __init__(self, text: CodeText) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._text.numbers_width, 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        self._text.paint_numbers(self, event.rect())


class CodeText(QPlainTextEdit):
    """Tab leaves it, as any other field. Main thread."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(13)
        self.setFont(font)
        self.setProperty("surface", "code")
        self._wrong: frozenset[int] = frozenset()
        self._numbers = _Numbers(self)
        self._colours = _Colours(self.document())
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._scrolled)
        self.cursorPositionChanged.connect(self._mark)
        self._make_room()
        self._mark()

    @property
    def text(self) -> str:
        """What stands there."""
        return self.toPlainText()

    @property
    def line(self) -> int:
        """The line in which the keyboard is, from 1."""
        return self.textCursor().blockNumber() + 1

    @property
    def numbers_width(self) -> int:
        """How much room the numbers take."""
        digits = len(str(max(99, self.blockCount())))
        return 2 * _PAD + self.fontMetrics().horizontalAdvance("9") * digits

    def put(self, text: str) -> None:
        """Show another text, from its beginning; it cannot be undone."""
        self.setPlainText(text)

    def replace_all(self, text: str) -> None:
        """Write another text over everything; it can be undone."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.go(1)

    def insert_rows(self, after: int, rows: Iterable[str]) -> None:
        """Write rows below the line `after`, in one step that can be undone."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        block = self.document().findBlockByNumber(min(after, self.blockCount()) - 1)
        cursor.setPosition(block.position() + block.length() - 1)
        cursor.insertText("".join(f"\n{row}" for row in rows))
        cursor.endEditBlock()

    def rewrite(self, text: str, *, goes_on: bool = False) -> None:
        """Let another text stand there, changing only what differs, in one step that is undone.

        With `goes_on` that step is the same as the last one. Undone, the caret is where it is now.
        """
        old = self.text
        same = _alike(old, text)
        rest = _alike(old[same:][::-1], text[same:][::-1])
        cursor = self.textCursor()
        (cursor.joinPreviousEditBlock if goes_on else cursor.beginEditBlock)()
        cursor.setPosition(_units(old[:same]))
        cursor.setPosition(_units(old[: len(old) - rest]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[same : len(text) - rest])
        cursor.endEditBlock()

    def go(self, line: int, chosen: str = "") -> None:
        """Put the keyboard into a line, with `chosen` in it marked, and let it be seen."""
        block = self.document().findBlockByNumber(max(line, 1) - 1)
        cursor = QTextCursor(block if block.isValid() else self.document().lastBlock())
        at = block.text().find(chosen) if chosen else -1
        if at >= 0:
            cursor.setPosition(block.position() + at)
            cursor.setPosition(block.position() + at + len(chosen), QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_at(self, line: int) -> None:
        """Let a line be seen, with the caret in it; the keyboard stays where it is."""
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(max(line, 1) - 1)))
        self.centerCursor()

    def mark_wrong(self, lines: Iterable[int]) -> None:
        """Mark these lines, and no others."""
        self._wrong = frozenset(lines)
        self._mark()
        self._numbers.update()

    def paint_numbers(self, place: QWidget, room: QRect) -> None:
        """Paint the numbers of the lines that are seen."""
        palette, painter = worn(), QPainter(place)
        painter.fillRect(room, QColor(palette.hover))
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        width = self.numbers_width - _PAD
        while block.isValid() and top <= room.bottom():
            number = block.blockNumber() + 1
            height = self.blockBoundingRect(block).height()
            ink = palette.quiet
            if number in self._wrong:
                ink = palette.danger
            elif number == self.line:
                ink = palette.text
            painter.setPen(QColor(ink))
            row = QRect(0, round(top), width, self.fontMetrics().height())
            painter.drawText(row, Qt.AlignmentFlag.AlignRight, str(number))
            block, top = block.next(), top + height
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(
            QRect(inside.left(), inside.top(), self.numbers_width, inside.height())
        )

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width, 0, 0, 0)

    def _scrolled(self, room: QRect, pixels: int) -> None:
        if pixels:
            self._numbers.scroll(0, pixels)
        else:
            self._numbers.update(0, room.y(), self._numbers.width(), room.height())

    def _mark(self) -> None:
        palette, document = worn(), self.document()
        marks = [_mark(document, self.line, palette.hover)]
        marks += [_mark(document, line, palette.danger_tint) for line in sorted(self._wrong)]
        self.setExtraSelections(marks)
        self._numbers.update()


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _units(text: str) -> int:
    """How many places a text takes in a document."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _mark(document: QTextDocument, line: int, colour: str) -> QTextEdit.ExtraSelection:
    mark = QTextEdit.ExtraSelection()
    mark.cursor = QTextCursor(document.findBlockByNumber(line - 1))
    mark.format.setBackground(QColor(colour))
    mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
    return mark
