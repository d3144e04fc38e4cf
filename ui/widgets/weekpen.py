"""Writes into the boxes of a week: as many lines as there is room for, shortened where need be."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from ui.theme.palette import Palette
from ui.widgets.icon import picture

SMALL_PX, HEAD_PX = 11, 12
PAD = 3
_ICON, _NARROW = 10, 44
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignCenter
_SCRAP = 2
"""An ellipsis with one letter before it says nothing, so it is not written."""


class Pen:
    """Writes with `painter` in the colours of a palette.

    `cut` holds what should have been read whole and was too long: headings, and times of ours.
    """

    def __init__(self, painter: QPainter, palette: Palette, font: QFont) -> None:
        self._painter, self._palette, self._font = painter, palette, font
        self._sized: dict[tuple[int, bool], tuple[QFont, QFontMetricsF]] = {}
        self.cut: list[str] = []

    def colour(self, token: str) -> QColor:
        """A colour of the palette."""
        return QColor(getattr(self._palette, token))

    def height(self) -> float:
        """How high a line of small text is."""
        return self._of(SMALL_PX)[1].height()

    def width(self, words: str, pixels: int = SMALL_PX, *, strong: bool = False) -> float:
        """How wide words are."""
        return self._of(pixels, strong=strong)[1].horizontalAdvance(words)

    def lines(
        self, box: QRectF, lines: list[str], ink: QColor, *, strong: bool = False, icon: str = ""
    ) -> None:
        """As many lines as there is room for; the icon stands at the right of the first.

        Where it does not fit there it stands beside the second; where there is none, alone.
        """
        height = self.height()
        top = box.top() + min(2.0, max((box.height() - height) / 2, 0))
        left, right = box.left() + PAD, box.right() - PAD
        lines = self._joined(lines, box.height() < 2 * height, right - left - _ICON - 1)
        fits = not icon or self._fits("".join(lines[:1]), right - left - _ICON - 1)
        if icon and (box.width() < _NARROW or not (fits or box.height() >= 2 * height)):
            self.icon(icon, ink, box.center().x() - _ICON / 2, top)
            return
        for number, line in enumerate(lines):
            if top + height > box.bottom() + 2:
                break
            if number > 1 and icon and not self._fits(line, right - left):
                break  # the state in words, which the icon says too
            room = QRectF(left, top, right - left, height)
            if icon and number == (0 if fits else 1):
                self.icon(icon, ink, right - _ICON, top)
                room.setRight(right - _ICON - 1)
            self.text(room, line, ink, strong=strong and number == 0)
            top += height

    def _joined(self, lines: list[str], low: bool, width: float) -> list[str]:
        """The first two lines as one where there is room for no second."""
        both = " ".join(lines[:2])
        return [both] if low and len(lines) > 1 and self._fits(both, width) else lines

    def icon(self, name: str, ink: QColor, left: float, top: float) -> None:
        """A small picture."""
        place = QRect(int(left), int(top + 1), _ICON, _ICON)
        picture(name, ink.name(), _ICON).paint(self._painter, place)

    def corner(self, name: str, ink: QColor, box: QRectF) -> None:
        """A small picture in the lower right corner of a box."""
        self.icon(name, ink, box.right() - PAD - _ICON, box.bottom() - PAD - _ICON)

    def wrapped(self, words: str, box: QRectF) -> list[str]:
        """Words in lines as wide as the box; the last line holds all that is left."""
        most, width = max(int(box.height() // self.height()), 1), box.width() - 2 * PAD
        lines: list[str] = []
        for word in words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and (self.width(longer) <= width or len(lines) == most):
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def text(
        self,
        box: QRectF,
        words: str,
        ink: QColor,
        pixels: int = SMALL_PX,
        *,
        strong: bool = False,
        align: Qt.AlignmentFlag = _LEFT,
    ) -> None:
        """One line, shortened to the width of its box."""
        font, metrics = self._of(pixels, strong=strong)
        elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        if elided != words and len(elided) <= _SCRAP:
            elided = ""
        if (strong or pixels == HEAD_PX) and elided != words:
            self.cut.append(words)
        self._painter.setFont(font)
        self._painter.setPen(ink)
        self._painter.drawText(box, int(align) | int(Qt.TextFlag.TextSingleLine), elided)

    def _fits(self, words: str, width: float) -> bool:
        return self.width(words, strong=True) <= width

    def _of(self, pixels: int, *, strong: bool = False) -> tuple[QFont, QFontMetricsF]:
        known = self._sized.get((pixels, strong))
        if known is None:
            font = QFont(self._font)
            font.setPixelSize(pixels)
            font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
            known = self._sized[pixels, strong] = font, QFontMetricsF(font)
        return known
