"""A4 upright, the font on it, and a PDF of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter

from receptionist.i18n import _


def upright(margins_mm: QMarginsF) -> QPageLayout:
    """A4 with room at the edges."""
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        margins_mm,
        QPageLayout.Unit.Millimeter,
    )


def text_font() -> QFont:
    """The window's font, as texts on paper wear it."""
    font = QFont("Inter")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    return copied_as_shown(font)


def copied_as_shown(font: QFont) -> QFont:
    """Without figures and signs of other shapes, which nobody could copy out of a PDF."""
    font.setFeature(QFont.Tag("calt"), 0)
    return font


def pdf(title: str, layout: QPageLayout, draw: Callable[[QPdfWriter], object]) -> bytes:
    """The PDF of what `draw` puts on a writer."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator(_("Receptionist"))
    writer.setPageLayout(layout)
    draw(writer)
    del writer  # which writes the end
    return bytes(buffer.data().data())
