"""A page of HTML that a client gets, as Qt's documents take it: on A4, and on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPdfWriter, QTextDocument, QTextFormat, QTextTable

from ui.printing.paper import pdf, text_font, upright
from ui.theme.palette import LIGHT, Palette

WIDE = 'width="100%" cellspacing="0"'
"""What makes a table as wide as its page."""
_MARGINS_MM = QMarginsF(20, 18, 20, 18)
_DPI, _MARGIN_PX = 96, 16
_STYLE_OF_PAGE = re.compile(r"<style>.*?</style>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large its texts are, with their units."""

    title: str
    section: str
    heading: str
    text: str
    small: str
    large: str


_PAPER = Sizes("17pt", "13pt", "10pt", "10pt", "8pt", "15pt")
_SCREEN = Sizes("20px", "16px", "13px", "13px", "11px", "20px")


@dataclass(frozen=True, slots=True)
class Look:
    """How pages of one sort look: `fitted` puts what Qt can draw in the place of what it cannot,
    `style` takes the place of the page's own."""

    fitted: Callable[[str], str]
    style: Callable[[Palette, Sizes], str]


def as_pdf(page: str, title: str, look: Look) -> bytes:
    """The page on pages of A4."""
    layout = upright(_MARGINS_MM)

    def draw(writer: QPdfWriter) -> None:
        writer.setResolution(_DPI)
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(text_font())
        _fill(document, page, look, LIGHT, _PAPER)
        document.documentLayout().setPaintDevice(writer)
        document.setPageSize(QSizeF(layout.paintRectPixels(_DPI).size()))
        _keep_together(document)
        document.print_(writer)

    return pdf(title, layout, draw)


def _keep_together(document: QTextDocument) -> None:
    """Begin a page with each table of one cell that would not end on the page it begins on."""
    height = document.pageSize().height()
    for frame in document.rootFrame().childFrames():
        if not isinstance(frame, QTextTable) or (frame.rows(), frame.columns()) != (1, 1):
            continue
        place = document.documentLayout().frameBoundingRect(frame)
        if place.height() < height and place.top() // height != place.bottom() // height:
            wanted = frame.format()
            wanted.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            frame.setFormat(wanted)


def show(page: str, document: QTextDocument, look: Look, palette: Palette) -> None:
    """Put the page into a document on the screen."""
    document.setDocumentMargin(_MARGIN_PX)
    _fill(document, page, look, palette, _SCREEN)


def _fill(document: QTextDocument, page: str, look: Look, palette: Palette, sizes: Sizes) -> None:
    document.setDefaultStyleSheet(_base(palette, sizes) + look.style(palette, sizes))
    document.setHtml(look.fitted(_STYLE_OF_PAGE.sub("", page)))


def _base(palette: Palette, sizes: Sizes) -> str:
    return f"""
body {{ color: {palette.text}; font-size: {sizes.text}; }}
pre {{ white-space: pre-wrap; }}
h1 {{ font-size: {sizes.title}; margin-bottom: 2px; }}
h2 {{ font-size: {sizes.section}; margin-top: 18px; margin-bottom: 4px; }}
h3 {{ font-size: {sizes.heading}; margin-top: 8px; margin-bottom: 2px; }}
.quiet {{ color: {palette.quiet}; margin-top: 4px; margin-bottom: 2px; }}
"""
