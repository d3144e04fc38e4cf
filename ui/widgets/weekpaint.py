"""Paints a week: where each minute lies, and how days, hours and what is in them look."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from ui.theme.palette import Palette
from ui.widgets.icon import picture
from ui.widgets.weekshape import Banner, Piece, Start, WeekShape, lanes, rows

SMALL_PX, HEAD_PX = 11, 12
_GUTTER, _HEAD, _STRIP, _MOST_STRIPS = 40, 26, 18, 3
_ICON, _PAD, _EDGE, _NARROW = 10, 3, 3, 44
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_SCRAP = 2
"""An ellipsis with one letter before it says nothing, so it is not written."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The line that says what time it is: in a column, or in none of this week."""

    column: int
    minute: int
    words: str


class Ground:
    """Where days and minutes lie in a grid of a size."""

    def __init__(self, size: QSize, shape: WeekShape) -> None:
        self.shape = shape
        strips = max((row for _banner, row in rows(shape.banners)), default=-1) + 1
        self.strips = min(strips, _MOST_STRIPS)
        self.top = _HEAD + (self.strips * _STRIP + 4 if self.strips else 0)
        self.left, self.right = _GUTTER, size.width() - 1
        self.bottom = size.height() - 6
        self._width = (self.right - self.left) / max(len(shape.columns), 1)
        self._scale = (self.bottom - self.top) / max(shape.last - shape.first, 1)

    def y(self, minute: int) -> float:
        """Where a minute lies, inside the hours that are shown."""
        inside = min(max(minute, self.shape.first), self.shape.last)
        return self.top + (inside - self.shape.first) * self._scale

    def column(self, number: int) -> QRectF:
        """A day below its heading."""
        left = self.left + number * self._width
        return QRectF(left, self.top, self._width, self.bottom - self.top)

    def box(self, column: int, start: int, end: int) -> QRectF:
        """Where a span of minutes lies."""
        day = self.column(column)
        top, bottom = self.y(start), self.y(end)
        return QRectF(day.left() + 2, top, day.width() - 3, max(bottom - top, 6.0))

    def piece(self, piece: Piece, lane: int, of: int) -> QRectF:
        """Where a piece lies in its lane."""
        whole = self.box(piece.column, piece.start, piece.end)
        width = whole.width() / of
        return QRectF(
            whole.left() + lane * width, whole.top() + 0.5, width - (of > 1), whole.height() - 1
        )

    def banner(self, banner: Banner, row: int) -> QRectF:
        """Where a banner lies in its row."""
        first, last = self.column(banner.first), self.column(banner.last)
        top = _HEAD + 2 + row * _STRIP
        return QRectF(first.left() + 2, top, last.right() - first.left() - 3, _STRIP - 2)

    def at(self, point: QPointF) -> tuple[int, int] | None:
        """The column and minute of a point; None beside the hours."""
        column = int((point.x() - self.left) // self._width) if self._width > 0 else -1
        if not 0 <= column < len(self.shape.columns) or not self.top <= point.y() < self.bottom:
            return None
        return column, int(self.shape.first + (point.y() - self.top) / self._scale)


class WeekPainter:
    """Paints one picture of a week with `painter`.

    `cut` holds what should have been read whole and was too long: headings, and times of ours.
    """

    def __init__(self, painter: QPainter, ground: Ground, palette: Palette, font: QFont) -> None:
        self._painter, self._ground, self._palette, self._font = painter, ground, palette, font
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.cut: list[str] = []

    def days(self, now: Moment | None = None) -> None:
        """The ground: bookable hours, what is free, lines of hours and days, headings.

        The hour that the words of `now` would cover is left out.
        """
        ground, painter = self._ground, self._painter
        for number, day in enumerate(ground.shape.columns):
            whole = ground.column(number)
            painter.fillRect(whole, self._colour("hover"))
            for start, end in day.open:
                area = QRectF(whole.left(), ground.y(start), whole.width(), 0)
                area.setBottom(ground.y(end))
                painter.fillRect(area, self._colour("card"))
        for column, start, end in ground.shape.free:
            box = ground.box(column, start, end)
            painter.fillRect(box.adjusted(-1, 0, 1, 0), self._colour("accent_tint"))
        self._hours(-99.0 if now is None else ground.y(now.minute))
        for number, day in enumerate(ground.shape.columns):
            self._heading(number)
            if day.closed:
                self._closed(ground.column(number), day.closed)
        painter.setPen(QPen(self._colour("line"), 1))
        for number in range(len(ground.shape.columns) + 1):
            x = round(ground.left + number * ground.column(0).width()) + 0.5
            painter.drawLine(QPointF(x, 4), QPointF(x, ground.bottom))

    def contents(self) -> None:
        """Events of the owner and appointments of ours."""
        for banner, row in rows(self._ground.shape.banners):
            if row < self._ground.strips:
                self._banner(banner, self._ground.banner(banner, row))
        for piece, lane, of in lanes(self._ground.shape.pieces):
            self._piece(piece, self._ground.piece(piece, lane, of))

    def start(self, start: Start, words: str, *, filled: bool) -> None:
        """A free start: the chosen one is filled, the one pointed at is framed."""
        box = self._ground.box(start.column, start.start, start.end)
        ink = self._colour("on_accent" if filled else "accent")
        self._painter.setPen(QPen(self._colour("accent"), 2))
        self._painter.setBrush(self._colour("accent" if filled else "card"))
        self._painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        self._lines(box, words.split("\n"), ink, strong=True)

    def ring(self, start: Start) -> None:
        """A second frame: the keyboard is on what is chosen."""
        box = self._ground.box(start.column, start.start, start.end)
        self._painter.setPen(QPen(self._colour("text"), 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(box.adjusted(0, 0, 0, 0), 5, 5)

    def now(self, moment: Moment) -> None:
        """The time of day, as a line through today and in words at the edge."""
        shape = self._ground.shape
        if not shape.first <= moment.minute <= shape.last:
            return
        y, day = self._ground.y(moment.minute), self._ground.column(moment.column)
        self._painter.setPen(QPen(self._colour("danger"), 1.5))
        self._painter.drawLine(QPointF(day.left() + 1, y), QPointF(day.right(), y))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._colour("danger"))
        self._painter.drawEllipse(QPointF(day.left() + 1, y), 3.5, 3.5)
        label = QRectF(0, y - 8, self._ground.left - 4, 16)
        self._painter.setBrush(self._colour("card"))
        self._painter.drawRect(label)
        self._text(label, moment.words, self._colour("danger"), SMALL_PX, strong=True)

    # ---- parts

    def _hours(self, now: float) -> None:
        ground, shape = self._ground, self._ground.shape
        every = 60 if (ground.y(shape.first + 60) - ground.top) >= 14 else 120
        for minute in range(shape.first, shape.last + 1, 60):
            y = round(ground.y(minute)) + 0.5
            self._painter.setPen(QPen(self._colour("line"), 1))
            self._painter.drawLine(QPointF(ground.left, y), QPointF(ground.right, y))
            clear = abs(y + 7 - now) > 13
            if clear and (minute - shape.first) % every == 0 and minute < shape.last:
                box = QRectF(0, y, ground.left - 6, 14)
                align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
                words = f"{minute // 60:02d}"
                self._text(box, words, self._colour("quiet"), SMALL_PX, align=align)

    def _heading(self, number: int) -> None:
        day, whole = self._ground.shape.columns[number], self._ground.column(number)
        box = QRectF(whole.left(), 0, whole.width(), _HEAD)
        ink = self._colour("accent" if day.today else "quiet")
        words = day.heading if self._roomy() else day.short
        self._text(box, words, ink, HEAD_PX, strong=day.today, align=_MIDDLE)
        if day.today:
            under = QRectF(box.left() + 6, _HEAD - 3, box.width() - 12, 2)
            self._painter.fillRect(under, self._colour("accent"))

    def _roomy(self) -> bool:
        """Whether every heading fits at full length."""
        metrics = QFontMetricsF(self._sized(HEAD_PX, strong=True))
        width = self._ground.column(0).width() - 4
        return all(
            metrics.horizontalAdvance(d.heading) <= width for d in self._ground.shape.columns
        )

    def _closed(self, whole: QRectF, words: str) -> None:
        brush = QBrush(self._colour("line"), Qt.BrushStyle.BDiagPattern)
        self._painter.fillRect(whole, brush)
        lines = self._wrapped(words, whole)
        height = QFontMetricsF(self._sized(SMALL_PX)).height()
        box = QRectF(whole.left() + 2, whole.top() + 3, whole.width() - 4, height)
        for line in lines:
            self._painter.fillRect(box, self._colour("hover"))
            self._text(box, line, self._colour("quiet"), SMALL_PX, align=_MIDDLE)
            box.translate(0, height)

    def _banner(self, banner: Banner, box: QRectF) -> None:
        self._painter.setPen(QPen(self._colour("line"), 1))
        self._painter.setBrush(self._colour("line" if banner.blocks else "card"))
        self._painter.drawRoundedRect(box, 4, 4)
        inside = box.adjusted(_PAD, 0, -_PAD, 0)
        self._text(inside, banner.text, self._colour("text"), SMALL_PX)

    def _piece(self, piece: Piece, box: QRectF) -> None:
        painter = self._painter
        ink = self._colour("text")
        painter.setPen(QPen(self._colour("card"), 1))
        painter.setBrush(self._colour(_ground_of(piece.tone)))
        painter.drawRoundedRect(box, 4, 4)
        if piece.tone != "busy":
            edge = "quiet" if piece.tone == "plain" else piece.tone
            ink = self._colour(edge)
            painter.fillRect(QRectF(box.left(), box.top() + 1, _EDGE, box.height() - 2), ink)
            box = box.adjusted(_EDGE - 2, 0, 3, 0)
            self._lines(box, list(piece.lines), ink, strong=True, icon=piece.icon)
        else:
            self._lines(box, self._wrapped(" ".join(piece.lines), box), ink)

    def _lines(
        self, box: QRectF, lines: list[str], ink: QColor, *, strong: bool = False, icon: str = ""
    ) -> None:
        """As many lines as there is room for; the icon stands at the right of the first.

        Where it does not fit there it stands beside the second; where there is none, alone.
        """
        height = QFontMetricsF(self._sized(SMALL_PX)).height()
        top = box.top() + min(2.0, max((box.height() - height) / 2, 0))
        left, right = box.left() + _PAD, box.right() - _PAD
        fits = not icon or self._fits("".join(lines[:1]), right - left - _ICON - 1)
        if icon and (box.width() < _NARROW or not (fits or box.height() >= 2 * height)):
            self._icon(icon, ink, box.center().x() - _ICON / 2, top)
            return
        for number, line in enumerate(lines):
            if top + height > box.bottom() + 2:
                break
            if number > 1 and icon and not self._fits(line, right - left):
                break  # the state in words, which the icon says too
            room = QRectF(left, top, right - left, height)
            if icon and number == (0 if fits else 1):
                self._icon(icon, ink, right - _ICON, top)
                room.setRight(right - _ICON - 1)
            self._text(room, line, ink, SMALL_PX, strong=strong and number == 0)
            top += height

    def _icon(self, name: str, ink: QColor, left: float, top: float) -> None:
        place = QRect(int(left), int(top + 1), _ICON, _ICON)
        picture(name, ink.name(), _ICON).paint(self._painter, place)

    def _fits(self, words: str, width: float) -> bool:
        """Whether strong words fit into a width."""
        metrics = QFontMetricsF(self._sized(SMALL_PX, strong=True))
        return metrics.horizontalAdvance(words) <= width

    def _wrapped(self, words: str, box: QRectF) -> list[str]:
        """Words in lines as wide as the box; the last line holds all that is left."""
        metrics = QFontMetricsF(self._sized(SMALL_PX))
        most, width = max(int(box.height() // metrics.height()), 1), box.width() - 2 * _PAD
        lines: list[str] = []
        for word in words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            fits = metrics.horizontalAdvance(longer) <= width
            if lines and (fits or len(lines) == most):
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def _text(
        self,
        box: QRectF,
        words: str,
        ink: QColor,
        pixels: int,
        *,
        strong: bool = False,
        align: Qt.AlignmentFlag = _LEFT,
    ) -> None:
        font = self._sized(pixels, strong=strong)
        elided = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        if elided != words and len(elided) <= _SCRAP:
            elided = ""
        if (strong or pixels == HEAD_PX) and elided != words:
            self.cut.append(words)
        self._painter.setFont(font)
        self._painter.setPen(ink)
        self._painter.drawText(box, int(align) | int(Qt.TextFlag.TextSingleLine), elided)

    def _sized(self, pixels: int, *, strong: bool = False) -> QFont:
        font = QFont(self._font)
        font.setPixelSize(pixels)
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def _colour(self, token: str) -> QColor:
        return QColor(getattr(self._palette, token))


def _ground_of(tone: str) -> str:
    return {"busy": "line", "plain": "hover"}.get(tone, f"{tone}_tint")
