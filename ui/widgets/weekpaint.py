"""Paints a week or a day: how days, hours and what is in them look."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from ui.theme.palette import Palette
from ui.widgets.weekground import HEAD, Ground, Moment
from ui.widgets.weekpen import HEAD_PX, MIDDLE, PAD, Pen
from ui.widgets.weekshape import Banner, Mark, Piece, Start, lanes, rows

_EDGE = 3


class WeekPainter:
    """Paints one picture of a week with `painter`; `cut` is what did not fit, as of its `Pen`."""

    def __init__(self, painter: QPainter, ground: Ground, palette: Palette, font: QFont) -> None:
        self._painter, self._ground = painter, ground
        self._pen = Pen(painter, palette, font)
        self._colour = self._pen.colour
        self.cut = self._pen.cut
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

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
        roomy = self._roomy()
        for number, day in enumerate(ground.shape.columns):
            self._heading(number, roomy=roomy)
            if day.closed:
                self._closed(ground.column(number), day.closed)
        painter.setPen(QPen(self._colour("line"), 1))
        for number in range(len(ground.shape.columns) + 1):
            x = round(ground.left + number * ground.column(0).width()) + 0.5
            painter.drawLine(QPointF(x, 4), QPointF(x, ground.bottom))

    def contents(self) -> None:
        """Events of the owner and appointments of ours, with what is kept free around them."""
        shape = self._ground.shape
        for banner, row in rows(shape.banners):
            if row < self._ground.strips:
                self._banner(banner, self._ground.banner(banner, row))
        for mark in shape.marks:
            self._mark(mark)
        placed = lanes(shape.pieces)
        for piece, lane, of in placed:
            self._buffers(piece, lane, of)
        for piece, lane, of in placed:
            self._piece(piece, self._ground.piece(piece, lane, of))

    def start(self, start: Start, words: str, *, filled: bool) -> None:
        """A free start: the chosen one is filled, the one pointed at is framed."""
        box = self._ground.box(start.column, start.start, start.end)
        ink = self._colour("on_accent" if filled else "accent")
        self._frame(box, "accent", "accent" if filled else "card")
        self._pen.lines(_inside(box), words.split("\n"), ink, strong=True)

    def ghost(self, column: int, start: int, end: int, words: str, *, free: bool) -> None:
        """Where an appointment would stand that is being moved."""
        tone = "accent" if free else "danger"
        box = self._ground.box(column, start, end)
        self._frame(box, tone, f"{tone}_tint", dashed=True)
        self._pen.lines(_inside(box), words.split("\n"), self._colour(tone), strong=True)

    def ring(self, place: Start | Piece) -> None:
        """A second frame: the keyboard is on what is chosen, or on an appointment."""
        box = self._ground.box(place.column, place.start, place.end)
        if isinstance(place, Piece):
            found = (one for one in lanes(self._ground.shape.pieces) if one[0] is place)
            box = next((self._ground.piece(*one) for one in found), box)
        self._painter.setPen(QPen(self._colour("text"), 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(box, 5, 5)

    def now(self, moment: Moment) -> None:
        """The time of day, as a line through today and in words at the edge."""
        shape = self._ground.shape
        if not shape.first <= moment.minute <= shape.last:
            return
        y = self._ground.y(moment.minute)
        first, last = self._ground.column(moment.column), self._ground.column(moment.last)
        self._painter.setPen(QPen(self._colour("danger"), 1.5))
        self._painter.drawLine(QPointF(first.left() + 1, y), QPointF(last.right(), y))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._colour("danger"))
        self._painter.drawEllipse(QPointF(first.left() + 1, y), 3.5, 3.5)
        label = QRectF(0, y - 8, self._ground.left - 4, 16)
        self._painter.setBrush(self._colour("card"))
        self._painter.drawRect(label)
        self._pen.text(label, moment.words, self._colour("danger"), strong=True)

    # ---- parts

    def _frame(self, box: QRectF, line: str, fill: str, *, dashed: bool = False) -> None:
        pen = QPen(self._colour(line), 2)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        self._painter.setPen(pen)
        self._painter.setBrush(self._colour(fill))
        self._painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)

    def _hours(self, now: float) -> None:
        ground, shape = self._ground, self._ground.shape
        hour = ground.y(shape.first + 60) - ground.top
        every = next((many * 60 for many in (1, 2, 3) if many * hour >= 14), 240)
        for minute in range(shape.first, shape.last + 1, 60):
            y = round(ground.y(minute)) + 0.5
            self._painter.setPen(QPen(self._colour("line"), 1))
            self._painter.drawLine(QPointF(ground.left, y), QPointF(ground.right, y))
            clear = abs(y + 7 - now) > 13
            if clear and (minute - shape.first) % every == 0 and minute < shape.last:
                box = QRectF(0, y, ground.left - 6, 14)
                align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
                self._pen.text(box, f"{minute // 60:02d}", self._colour("quiet"), align=align)

    def _heading(self, number: int, *, roomy: bool) -> None:
        day, whole = self._ground.shape.columns[number], self._ground.column(number)
        box = QRectF(whole.left(), 0, whole.width(), HEAD)
        ink = self._colour("accent" if day.today else "quiet")
        words = day.heading if roomy else day.short
        self._pen.text(box, words, ink, HEAD_PX, strong=day.today, align=MIDDLE)
        if day.today:
            under = QRectF(box.left() + 6, HEAD - 3, box.width() - 12, 2)
            self._painter.fillRect(under, self._colour("accent"))

    def _roomy(self) -> bool:
        """Whether every heading fits at full length."""
        width = self._ground.column(0).width() - 4
        columns = self._ground.shape.columns
        return all(self._pen.width(d.heading, HEAD_PX, strong=True) <= width for d in columns)

    def _closed(self, whole: QRectF, words: str) -> None:
        brush = QBrush(self._colour("line"), Qt.BrushStyle.BDiagPattern)
        self._painter.fillRect(whole, brush)
        height = self._pen.height()
        box = QRectF(whole.left() + 2, whole.top() + 3, whole.width() - 4, height)
        for line in self._pen.wrapped(words, whole):
            self._painter.fillRect(box, self._colour("hover"))
            self._pen.text(box, line, self._colour("quiet"), align=MIDDLE)
            box.translate(0, height)

    def _banner(self, banner: Banner, box: QRectF) -> None:
        self._painter.setPen(QPen(self._colour("line"), 1))
        self._painter.setBrush(self._colour("line" if banner.blocks else "card"))
        self._painter.drawRoundedRect(box, 4, 4)
        inside = box.adjusted(PAD, 0, -PAD, 0)
        self._pen.text(inside, banner.text, self._colour("text"))

    def _mark(self, mark: Mark) -> None:
        """A word of the owner's: a frame around its time with the word, at the right edge."""
        box = self._ground.box(mark.column, mark.start, mark.end).adjusted(0, 1, 0, -1)
        ink = self._colour("quiet" if mark.tone == "plain" else mark.tone)
        pen = QPen(ink, 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(box, 4, 4)
        height = self._pen.height()
        if box.height() >= height:
            room = QRectF(box.left() + PAD, box.bottom() - height, box.width() - 2 * PAD, height)
            self._pen.text(room, mark.text, ink)

    def _buffers(self, piece: Piece, lane: int, of: int) -> None:
        """What is kept free before and after an appointment, hatched in its colour."""
        brush = QBrush(self._edge(piece), Qt.BrushStyle.BDiagPattern)
        spans = ((piece.start - piece.before, piece.start), (piece.end, piece.end + piece.after))
        for start, end in spans:
            top, bottom = self._ground.y(start), self._ground.y(end)
            if bottom > top:
                box = self._ground.piece(piece, lane, of)
                box.setTop(top)
                box.setBottom(bottom)
                self._painter.fillRect(box, self._colour("card"))
                self._painter.setOpacity(0.45)
                self._painter.fillRect(box, brush)
                self._painter.setOpacity(1.0)

    def _piece(self, piece: Piece, box: QRectF) -> None:
        painter = self._painter
        painter.setPen(QPen(self._colour("card"), 1))
        painter.setBrush(self._colour(_ground_of(piece.tone)))
        painter.drawRoundedRect(box, 4, 4)
        if piece.tone == "busy":
            self._pen.lines(box, self._pen.wrapped(" ".join(piece.lines), box), self._edge(piece))
            if piece.icon and box.height() >= 2 * self._pen.height():
                self._pen.corner(piece.icon, self._colour("quiet"), box)
        elif piece.tone == "travel":
            painter.setPen(QPen(self._colour("line"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            self._pen.lines(box, list(piece.lines), self._edge(piece))
        else:
            ink = self._edge(piece)
            painter.fillRect(QRectF(box.left(), box.top() + 1, _EDGE, box.height() - 2), ink)
            box = box.adjusted(_EDGE - 2, 0, 3, 0)
            self._pen.lines(box, list(piece.lines), ink, strong=True, icon=piece.icon)

    def _edge(self, piece: Piece) -> QColor:
        token = {"busy": "text", "plain": "quiet", "travel": "quiet"}.get(piece.tone, piece.tone)
        return self._colour(token)


def _inside(frame: QRectF) -> QRectF:
    """What a frame leaves for words."""
    return frame.adjusted(0, 0, 0, -2)


def _ground_of(tone: str) -> str:
    return {"busy": "line", "plain": "hover", "travel": "hover"}.get(tone, f"{tone}_tint")
