"""Text with headings and tables, black on white, as a PDF or for a browser."""

from __future__ import annotations

import re

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPdfWriter,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from ui.printing.paper import pdf, text_font, upright

_ITEM = re.compile(r"^\* ", re.MULTILINE)
"""What begins an item; written so, Qt paints it as a full dot."""
_MARGINS_MM = QMarginsF(20, 18, 20, 18)
_POINTS = 10
_CELL = 5
_COLUMNS = (38, 62)
_DPI = 96
_LINE = "#999999"


def as_html(markdown: str) -> bytes:
    """The text as a page for a browser."""
    return _document(markdown).toHtml().encode()


def as_pdf(markdown: str, title: str) -> bytes:
    """The text on pages of A4."""
    layout = upright(_MARGINS_MM)

    def draw(writer: QPdfWriter) -> None:
        writer.setResolution(_DPI)
        document = _document(markdown)
        document.documentLayout().setPaintDevice(writer)
        room = layout.paintRectPixels(_DPI).size()
        document.setPageSize(QSizeF(room))
        document.print_(writer)

    return pdf(title, layout, draw)


def _document(markdown: str) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(0)
    font = text_font()
    font.setPointSize(_POINTS)
    document.setDefaultFont(font)
    document.setMarkdown(_ITEM.sub("- ", markdown))
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _rule(frame)
    block = document.begin()
    while block.isValid():
        wanted = block.blockFormat()
        wanted.setTopMargin(12 if wanted.headingLevel() > 1 else 0)
        wanted.setBottomMargin(6)
        QTextCursor(block).setBlockFormat(wanted)
        block = block.next()
    return document


def _rule(table: QTextTable) -> None:
    """Lines between the rows of a table that takes the whole width."""
    wanted = QTextTableFormat()
    wanted.setBorder(1)
    wanted.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    wanted.setBorderBrush(QBrush(QColor(_LINE)))
    wanted.setBorderCollapse(True)
    wanted.setCellPadding(_CELL)
    wanted.setCellSpacing(0)
    percent = QTextLength.Type.PercentageLength
    wanted.setWidth(QTextLength(percent, 100))
    wanted.setColumnWidthConstraints([QTextLength(percent, one) for one in _COLUMNS])
    wanted.setHeaderRowCount(1)
    table.setFormat(wanted)
