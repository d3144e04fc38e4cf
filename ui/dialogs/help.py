"""The help: its pages on the left, the chosen one on the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from receptionist.i18n import _
from ui.models.help import pages
from ui.widgets.keybutton import KeyButton

_LIST_WIDTH = 230
_AROUND = 32
"""What frame and padding take of the width of a row."""

_ROW_HEIGHT = 32
_LINE_PERCENT = 130.0


class HelpDialog(QDialog):
    """Reads the pages when it is opened first. Main thread."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        self.resize(860, 600)
        self.pages = pages()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Pages of the help"))
        self.list.setProperty("surface", "offer")
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Help"))
        self.text.document().setDocumentMargin(20)
        self.list.setWordWrap(True)
        self.list.ensurePolished()
        for page in self.pages:
            item = QListWidgetItem(page.title, self.list)
            item.setSizeHint(QSize(0, self._row_height(page.title)))
        self.list.currentRowChanged.connect(self._turn)
        close = KeyButton(_("Close"), kind="primary")
        close.clicked.connect(self.accept)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.list)
        body.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addLayout(body, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _row_height(self, title: str) -> int:
        """As many lines as the title needs."""
        metrics = self.list.fontMetrics()
        room = QRect(0, 0, _LIST_WIDTH - _AROUND, _LIST_WIDTH)
        words = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), title)
        return _ROW_HEIGHT + words.height() - metrics.height()

    def _turn(self, number: int) -> None:
        self.text.setMarkdown(self.pages[number].text)
        block = self.text.document().begin()
        while block.isValid():
            QTextCursor(block).mergeBlockFormat(_air(block.blockFormat()))
            block = block.next()


def _air(wanted: QTextBlockFormat) -> QTextBlockFormat:
    """Room between lines and paragraphs, which Markdown does not bring along."""
    air = QTextBlockFormat()
    air.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    air.setTopMargin(14 if wanted.headingLevel() > 1 else 0)
    air.setBottomMargin(8)
    return air
