"""Sets a sheet on pages of black and white, and paints them on a printer or into a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPainter,
    QPen,
)

from receptionist.i18n import _
from ui.printing import paper
from ui.printing.content import Part, Row, Sheet

_UNIT = 10
"""Of a point: fonts and boxes are set in tenths, where rounding is not seen."""
_MARGINS_MM = QMarginsF(18, 15, 15, 15)
_BLACK, _GREY, _LINE = "#000000", "#555555", "#999999"
_BODY, _SMALL, _HEADING, _TITLE = 95, 85, 115, 180
_COLUMNS = (0.0, 0.16, 0.42, 0.68, 1.0)
"""Where time, kind, caller, place with note begin, of the width of the page."""
_AIR, _GAP = 40, 60
_LONGEST = 24
_BREAK = "\u200b"
_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class _Text:
    box: QRectF
    words: str
    pixels: int
    strong: bool = False
    ink: str = _BLACK
    flags: int = int(_WRAP)


@dataclass(slots=True)
class _Page:
    texts: list[_Text] = field(default_factory=list)
    lines: list[tuple[float, bool]] = field(default_factory=list)
    """How far down, and whether thick."""


def printable(device: QPagedPaintDevice) -> None:
    """Let a device take A4 upright with room at the edges."""
    device.setPageLayout(paper.upright(_MARGINS_MM))


def pdf(sheet: Sheet) -> bytes:
    """A sheet as PDF."""
    title = f"{sheet.client}: {sheet.title}"
    return paper.pdf(title, paper.upright(_MARGINS_MM), lambda writer: paint(sheet, writer))


def paint(sheet: Sheet, device: QPagedPaintDevice) -> bool:
    """Paint a sheet on a device; whether it took it."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    scale = device.logicalDpiX() / 72 / _UNIT
    painter.scale(scale, scale)
    room = device.pageLayout().paintRect(QPageLayout.Unit.Point).size() * _UNIT
    pages = _Setter(room.width(), room.height()).pages(sheet)
    for number, page in enumerate(pages):
        if number:
            device.newPage()
        _paint_page(painter, page, room.width())
    return painter.end()


class _Setter:
    """Sets rows on pages of a width and height in tenths of a point."""

    def __init__(self, width: float, height: float) -> None:
        self._width, self._height = width, height
        self._pages: list[_Page] = []
        self._y = 0.0

    def pages(self, sheet: Sheet) -> list[_Page]:
        """Every page of a sheet, with head and foot."""
        self._turn(sheet)
        for part in sheet.parts:
            self._part(sheet, part)
        for number, page in enumerate(self._pages):
            self._foot(page, sheet, number + 1)
        return self._pages

    def _turn(self, sheet: Sheet) -> None:
        self._pages.append(_Page())
        self._y = 0.0
        self._write(sheet.client, _TITLE, strong=True)
        self._write(sheet.title, _HEADING)
        self._write(sheet.as_of, _SMALL, ink=_GREY)
        self._y += _AIR

    def _part(self, sheet: Sheet, part: Part) -> None:
        first = self._row_height(part.rows[0]) if part.rows else 0.0
        needs = _GAP + 2 * _height(_HEADING) + first + _AIR
        if self._y + needs > self._bottom:
            self._turn(sheet)
        self._heading(part.heading)
        if part.words:
            self._write(part.words, _BODY, ink=_GREY)
        for row in part.rows:
            if self._y + self._row_height(row) > self._bottom:
                self._turn(sheet)
                self._heading(_("{day} (continued)").format(day=part.heading))
            self._row(row)

    def _heading(self, words: str) -> None:
        self._y += _GAP
        self._write(words, _HEADING, strong=True)
        self._pages[-1].lines.append((self._y + _AIR / 4, True))
        self._y += _AIR

    def _row(self, row: Row) -> None:
        height = self._row_height(row)
        ink = _GREY if row.quiet else _BLACK
        for number, (box, words) in enumerate(self._cells(row)):
            strong = number == 0 and not row.quiet
            self._pages[-1].texts.append(_Text(box, words, _BODY, strong, ink))
        self._y += height
        self._pages[-1].lines.append((self._y - _AIR / 2, False))

    def _row_height(self, row: Row) -> float:
        """As high as its highest cell; never higher than a page."""
        most = max(box.height() for box, _words in self._cells(row))
        return min(most + _AIR, self._bottom / 2)

    def _cells(self, row: Row) -> Iterator[tuple[QRectF, str]]:
        texts = (row.time, row.what, row.who, row.where)
        for number, words in enumerate(texts):
            left, right = (self._width * share for share in _COLUMNS[number : number + 2])
            if row.quiet and number == 1:
                right = self._width
            if words:
                words = _breakable(words)
                room = QRectF(left, self._y, right - left - _AIR, self._bottom / 2)
                strong = number == 0
                height = _metrics(_BODY, strong=strong).boundingRect(room, int(_WRAP), words)
                yield (
                    QRectF(room.topLeft(), height.size()).united(
                        QRectF(left, self._y, right - left - _AIR, height.height())
                    ),
                    words,
                )

    def _write(self, words: str, pixels: int, *, strong: bool = False, ink: str = _BLACK) -> None:
        words = _breakable(words)
        room = QRectF(0, self._y, self._width, self._height)
        used = _metrics(pixels, strong=strong).boundingRect(room, int(_WRAP), words)
        box = QRectF(0, self._y, self._width, used.height())
        self._pages[-1].texts.append(_Text(box, words, pixels, strong, ink))
        self._y += used.height()

    def _foot(self, page: _Page, sheet: Sheet, number: int) -> None:
        box = QRectF(0, self._height - _height(_SMALL), self._width, _height(_SMALL))
        words = _("Page {number} of {count}").format(number=number, count=len(self._pages))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        page.texts.append(_Text(box, sheet.office, _SMALL, ink=_GREY))
        page.texts.append(_Text(box, words, _SMALL, ink=_GREY, flags=right))

    @property
    def _bottom(self) -> float:
        return self._height - 2 * _height(_SMALL)


def _paint_page(painter: QPainter, page: _Page, width: float) -> None:
    for y, thick in page.lines:
        painter.setPen(QPen(QColor(_BLACK if thick else _LINE), 8 if thick else 4))
        painter.drawLine(0, round(y), round(width), round(y))
    for text in page.texts:
        painter.setFont(_font(text.pixels, strong=text.strong))
        painter.setPen(QColor(text.ink))
        painter.drawText(text.box, text.flags, text.words)


def _breakable(words: str) -> str:
    """Words that may be broken where they are longer than a column."""
    return " ".join(
        _BREAK.join(word[at : at + _LONGEST] for at in range(0, max(len(word), 1), _LONGEST))
        if len(word) > _LONGEST
        else word
        for word in words.split(" ")
    )


def _font(pixels: int, *, strong: bool = False) -> QFont:
    font = paper.copied_as_shown(QFont(QGuiApplication.font().family()))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def _metrics(pixels: int, *, strong: bool = False) -> QFontMetricsF:
    return QFontMetricsF(_font(pixels, strong=strong))


def _height(pixels: int) -> float:
    return _metrics(pixels).height()
