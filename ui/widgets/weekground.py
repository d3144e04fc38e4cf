"""Where each day and each minute of a week lies in a grid of a size."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize

from ui.widgets.weekshape import Banner, Piece, Start, WeekShape, lanes, rows

HEAD = 26
_GUTTER, _STRIP, _MOST_STRIPS = 40, 18, 3


@dataclass(frozen=True, slots=True)
class Moment:
    """The line that says what time it is, from the column `column` to the column `last`."""

    column: int
    minute: int
    words: str
    last: int


class Ground:
    """Where days and minutes lie in a grid of a size."""

    def __init__(self, size: QSize, shape: WeekShape) -> None:
        self.shape = shape
        strips = max((row for _banner, row in rows(shape.banners)), default=-1) + 1
        self.strips = min(strips, _MOST_STRIPS)
        self.top = HEAD + (self.strips * _STRIP + 4 if self.strips else 0)
        self.left, self.right = _GUTTER, size.width() - 1
        self.bottom = size.height() - 6
        self._width = (self.right - self.left) / max(len(shape.columns), 1)
        self._scale = (self.bottom - self.top) / max(shape.last - shape.first, 1)

    def y(self, minute: int) -> float:
        """Where a minute lies, inside the hours that are shown."""
        inside = min(max(minute, self.shape.first), self.shape.last)
        return self.top + (inside - self.shape.first) * self._scale

    def column(self, number: int) -> QRectF:
        """A column below its heading."""
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

    def under(self, point: QPointF) -> Piece | None:
        """What is painted at a point."""
        if self.at(point) is None:
            return None
        placed = lanes(self.shape.pieces)
        return next((one[0] for one in placed if self.piece(*one).contains(point)), None)

    def banner(self, banner: Banner, row: int) -> QRectF:
        """Where a banner lies in its row."""
        first, last = self.column(banner.first), self.column(banner.last)
        top = HEAD + 2 + row * _STRIP
        return QRectF(first.left() + 2, top, last.right() - first.left() - 3, _STRIP - 2)

    def at(self, point: QPointF) -> tuple[int, int] | None:
        """The column and minute of a point; None beside the hours."""
        column = int((point.x() - self.left) // self._width) if self._width > 0 else -1
        if not 0 <= column < len(self.shape.columns) or not self.top <= point.y() < self.bottom:
            return None
        return column, int(self.shape.first + (point.y() - self.top) / self._scale)

    def told(self, point: QPointF) -> tuple[Start | None, tuple[str, ...]]:
        """What can be said of a point: the free start that is meant by it, and words."""
        for banner, row in rows(self.shape.banners):
            if self.banner(banner, row).contains(point):
                return None, (banner.spoken,)
        place = self.at(point)
        if place is None:
            return None, ()
        marks = tuple(mark.spoken for mark in self.shape.marks_at(*place))
        closed = self.shape.columns[place[0]].closed
        piece = self.under(point)
        if piece is not None:
            return None, (piece.spoken, *marks)
        return self.shape.meant(*place), (*marks, closed) if closed else marks

    def heading(self, point: QPointF) -> int | None:
        """The column whose heading is at a point."""
        if not 0 <= point.y() < HEAD or not self.left <= point.x() < self.right:
            return None
        return self.nearest(point)[0]

    def nearest(self, point: QPointF) -> tuple[int, int]:
        """The column and minute of a point, or of the nearest inside the grid."""
        columns = max(len(self.shape.columns), 1)
        column = int((point.x() - self.left) // self._width) if self._width > 0 else 0
        y = min(max(point.y(), self.top), self.bottom)
        return min(max(column, 0), columns - 1), int(
            self.shape.first + (y - self.top) / self._scale
        )
