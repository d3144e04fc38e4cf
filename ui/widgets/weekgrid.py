"""A week as a painted grid: the keyboard walks through free starts, the mouse points at them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme.sheet import worn
from ui.widgets.label import announce
from ui.widgets.weekpaint import Ground, Moment, WeekPainter
from ui.widgets.weekshape import Start, WeekShape, rows

_STEPS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
_WEEKS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Home: 0}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WeekGrid(QWidget):
    """One focusable widget whose accessible description says where the keyboard is. Main thread.

    `chosen` carries a `Start`, `refused` the column and minute that were clicked and are not free.
    `turned` asks for another week (0 for the present one), `left` gives the keyboard back.
    `words` says a free start in full, `time` in short.
    """

    chosen = Signal(object)
    refused = Signal(int, int)
    turned = Signal(int)
    left = Signal()
    focused = Signal(bool)

    def __init__(
        self, name: str, words: Callable[[Start], str], time: Callable[[Start], str], nothing: str
    ) -> None:
        super().__init__()
        self._words, self._time, self._nothing = words, time, nothing
        self._shape = WeekShape()
        self._cursor: Start | None = None
        self._pointed: Start | None = None
        self._moment: Moment | None = None
        self._entering = 0
        self.cut: tuple[str, ...] = ()
        """What is painted shorter than it should be, for who checks pictures."""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def shape(self) -> WeekShape:
        """What is shown."""
        return self._shape

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(390, 420)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(300, 160)

    def show_week(self, shape: WeekShape, moment: Moment | None) -> None:
        """Show a week. The keyboard stays at its time, or goes to the nearest that is left."""
        if shape != self._shape:
            before = self._cursor
            self._shape, self._pointed = shape, None
            self._cursor = self._resting_place(before)
            self._entering = 0
            if self._cursor != before or before is None:
                self._say(aloud=self.hasFocus())
            self.update()
        if moment != self._moment:
            self._moment = moment
            self.update()

    def point(self, column: int, minute: int) -> QPointF:
        """Where a time lies, e.g. for a click."""
        ground = Ground(self.size(), self._shape)
        return QPointF(ground.column(column).center().x(), ground.y(minute) + 1)

    # ---- keys

    def event(self, event: QEvent) -> bool:
        keys = (*_STEPS, *_WEEKS, *_ENTER, Qt.Key.Key_Escape)
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if _bare(event) and event.key() in keys:
                event.accept()
                return True
        elif event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self._words_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), f"<qt>{escape(words)}</qt>" if words else "", self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = Qt.Key(event.key())
        if not _bare(event):
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._step(*_STEPS[key])
        elif key in _WEEKS:
            self.turned.emit(_WEEKS[key])
        elif key in _ENTER:
            if self._cursor is not None:
                self.chosen.emit(self._cursor)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        self._cursor = self._resting_place(self._shape.chosen or self._cursor)
        self._say(aloud=True)
        self.focused.emit(True)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self.focused.emit(False)
        self.update()

    def _step(self, days: int, minutes: int) -> None:
        if self._cursor is None:
            if days:
                self._entering = days
                self.turned.emit(days)
            return
        found = self._shape.beside(self._cursor, days, minutes)
        if found is not None:
            self._cursor = found
            self._say(aloud=True)
            self.update()
        elif days:
            self._entering = days
            self.turned.emit(days)

    def _resting_place(self, before: Start | None) -> Start | None:
        """Where the keyboard is in this week: where it was, as near as can be."""
        starts = self._shape.starts
        if not starts:
            return None
        if self._shape.chosen in starts:
            same = None if before is None else before.at
            if same is None or all(one.at != same for one in starts):
                return self._shape.chosen
        if before is None:
            return starts[0]
        if self._entering:
            columns = [one.column for one in starts]
            column = min(columns) if self._entering > 0 else max(columns)
            return self._shape.nearest(column, before.start)
        near = self._shape.nearest(before.column, before.start)
        return near or min(starts, key=lambda one: abs(one.column - before.column))

    def _say(self, *, aloud: bool) -> None:
        words = self._words(self._cursor) if self._cursor is not None else self._nothing
        self.setAccessibleDescription(words)
        if aloud:
            announce(self, words)

    # ---- mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._point_at(self._meant(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        self._point_at(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        place = Ground(self.size(), self._shape).at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or place is None:
            return
        meant = self._meant(event.position())
        if meant is None:
            self.refused.emit(*place)
        else:
            self.chosen.emit(meant)

    def _meant(self, point: QPointF) -> Start | None:
        place = Ground(self.size(), self._shape).at(point)
        return None if place is None else self._shape.meant(*place)

    def _point_at(self, start: Start | None) -> None:
        if start != self._pointed:
            self._pointed = start
            self.setCursor(
                Qt.CursorShape.ArrowCursor if start is None else Qt.CursorShape.PointingHandCursor
            )
            self.update()

    def _words_at(self, point: QPointF) -> str:
        ground = Ground(self.size(), self._shape)
        for banner, row in rows(self._shape.banners):
            if ground.banner(banner, row).contains(point):
                return banner.spoken
        place = ground.at(point)
        if place is None:
            return ""
        piece, meant = self._shape.piece_at(*place), self._shape.meant(*place)
        if piece is not None:
            return piece.spoken
        return self._words(meant) if meant is not None else ""

    # ---- paint

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if not self._shape.columns:
            return
        painter = QPainter(self)
        ground = Ground(self.size(), self._shape)
        week = WeekPainter(painter, ground, worn(), self.font())
        week.days(self._moment)
        week.contents()
        chosen = self._shape.chosen
        if chosen is not None:
            week.start(chosen, self._shape.chosen_words, filled=True)
        if self._moment is not None:
            week.now(self._moment)
        under = {one.at: one for one in (self._pointed, self._keyboard()) if one is not None}
        for start in under.values():
            if chosen is None or start.at != chosen.at:
                week.start(start, self._time(start), filled=False)
            elif self.hasFocus():
                week.ring(start)
        painter.end()
        self.cut = tuple(week.cut)

    def _keyboard(self) -> Start | None:
        return self._cursor if self.hasFocus() else None


def _bare(event: QKeyEvent) -> bool:
    return event.modifiers() in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.KeypadModifier,
    )
