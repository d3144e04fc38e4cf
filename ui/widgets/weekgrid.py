"""A painted week or day: one walks through free starts and appointments in it, and moves them."""

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
from ui.widgets.weekdrag import Judge, Lifted, WeekDrag, pointer
from ui.widgets.weekground import Ground, Moment
from ui.widgets.weekpaint import WeekPainter
from ui.widgets.weekshape import Piece, Place, Start, WeekShape

_STEPS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
_WEEKS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Home: 0}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYS = (*_STEPS, *_WEEKS, *_ENTER, Qt.Key.Key_Escape)


class WeekGrid(QWidget):
    """One focusable widget whose accessible description says where the keyboard is. Main thread.

    Arrows walk through free starts, Tab through appointments of ours. `chosen` carries a `Start`,
    `picked` the `Piece` that is wanted open, `refused` the column and minute that were clicked and
    are not free, `headed` the column whose heading was. `walked` tells that the keyboard is
    elsewhere now, `lifted` carries what is being moved (None: nothing any more), `dropped` where it
    was put. `turned` asks for other days (0 for the present ones), `left` gives the keyboard back.
    `words` says a free start in full, `time` in short.
    """

    chosen = Signal(object)
    picked = Signal(object)
    refused = Signal(int, int)
    lifted = Signal(object)
    dropped = Signal(object)
    headed = Signal(int)
    walked = Signal()
    turned = Signal(int)
    left = Signal()
    focused = Signal(bool)

    def __init__(
        self, name: str, words: Callable[[Start], str], time: Callable[[Start], str], judge: Judge
    ) -> None:
        super().__init__()
        self._words, self._time, self._nothing = words, time, ""
        self._drag = WeekDrag(judge)
        self._shape = WeekShape()
        self._cursor: Place | None = None
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
        return QSize(300, 84)

    @property
    def at(self) -> Place | None:
        """Where the keyboard is, or was last."""
        return self._cursor

    @property
    def moving(self) -> Lifted | None:
        """The appointment that is being moved."""
        return self._drag.lifted

    def show_week(self, shape: WeekShape, moment: Moment | None, nothing: str = "") -> None:
        """Show a week or a day; `nothing` says that it has no free start.

        The keyboard stays at its time, or goes to the nearest that is left.
        """
        self._nothing = nothing or self._nothing
        if shape != self._shape:
            before = self._cursor
            self._shape, self._pointed = shape, None
            if self.moving is not None and shape.again(self.moving.piece) != self.moving.piece:
                self._put_back()
            self._cursor = self._shape.rest(before, self._entering)
            self._entering = 0
            if self._cursor != before or before is None:
                self._say(aloud=self.hasFocus())
            self.update()
        if moment != self._moment:
            self._moment = moment
            self.update()

    def go_to(self, piece: Piece) -> None:
        """Put the keyboard at an appointment."""
        self._cursor = piece
        self._say(aloud=self.hasFocus())
        self.update()

    def point(self, column: int, minute: int) -> QPointF:
        """Where a time lies, e.g. for a click."""
        ground = Ground(self.size(), self._shape)
        return QPointF(ground.column(column).center().x(), ground.y(minute) + 1)

    # ---- keys

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if _bare(event) and event.key() in _KEYS:
                event.accept()
                return True
        elif event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self._words_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), f"<qt>{escape(words)}</qt>" if words else "", self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = Qt.Key(event.key())
        piece = self._cursor if isinstance(self._cursor, Piece) else None
        if self._drag.key(piece, key, event.modifiers(), len(self._shape.columns)):
            self._moved()
        elif not _bare(event) or key not in _KEYS:
            super().keyPressEvent(event)
        elif self.moving is not None:
            self._move_ends(key)
        else:
            self._walk(key)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Tab goes from appointment to appointment, and out behind the last."""
        found = self._shape.next_of_ours(self._cursor, 1 if forward else -1)
        if found is None or self.moving is not None:
            return super().focusNextPrevChild(forward)
        self.go_to(found)
        return True

    def _walk(self, key: Qt.Key) -> None:
        if key in _STEPS:
            self._step(*_STEPS[key])
        elif key in _WEEKS:
            self.turned.emit(_WEEKS[key])
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif isinstance(self._cursor, Piece):
            self.picked.emit(self._cursor)
        elif self._cursor is not None:
            self.chosen.emit(self._cursor)

    def _move_ends(self, key: Qt.Key) -> None:
        """What is being moved is put where it is, or back."""
        if key in _ENTER:
            self._put_down()
        elif key == Qt.Key.Key_Escape:
            self._put_back()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        if not isinstance(self._cursor, Piece):
            self._cursor = self._shape.rest(self._shape.chosen or self._cursor)
        self._say(aloud=True)
        self.focused.emit(True)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self._put_back()
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

    def _say(self, *, aloud: bool) -> None:
        at = self._cursor
        words = self._nothing if at is None else _spoken(at, self._words)
        self.setAccessibleDescription(words)
        if aloud:
            announce(self, words)
            self.walked.emit()

    # ---- what is being moved

    def _moved(self) -> None:
        if self.moving is not None:
            self.lifted.emit(self.moving)
            self.update()

    def _put_down(self) -> None:
        lifted = self._drag.let_go()
        if lifted is not None:
            self.lifted.emit(None)
            self.update()
            if not lifted.same:
                self.dropped.emit(lifted)

    def _put_back(self) -> None:
        if self._drag.let_go() is not None:
            self.lifted.emit(None)
            self.update()

    # ---- mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._drag.drag(self._ground(), event.position()):
            self._moved()
        else:
            self._point_at(*pointer(self._ground(), event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() is Qt.MouseButton.LeftButton:
            self._put_down()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        piece = self._ground().under(event.position())
        if piece is not None and piece.id:
            self._drag.let_go()
            self.picked.emit(piece)
        else:
            self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        self._point_at(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        ground, point = self._ground(), event.position()
        place = ground.at(point)
        if event.button() is not Qt.MouseButton.LeftButton:
            self._put_back()
            return
        if place is None:
            column = ground.heading(point)
            if column is not None:
                self.headed.emit(column)
            return
        piece, meant = ground.under(point), self._shape.meant(*place)
        if piece is not None and piece.id:
            self._drag.press(ground, piece, point)
        if meant is None or (piece is not None and piece.id):
            self.refused.emit(*place)
        else:
            self.chosen.emit(meant)

    def _ground(self) -> Ground:
        return Ground(self.size(), self._shape)

    def _point_at(
        self, start: Start | None, look: Qt.CursorShape = Qt.CursorShape.ArrowCursor
    ) -> None:
        if self.cursor().shape() is not look:
            self.setCursor(look)
        if start != self._pointed:
            self._pointed = start
            self.update()

    def _words_at(self, point: QPointF) -> str:
        meant, words = self._ground().told(point)
        if meant is not None:
            words = (self._words(meant), *words)
        return "\n".join(words)

    # ---- paint

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if not self._shape.columns:
            return
        painter = QPainter(self)
        week = WeekPainter(painter, self._ground(), worn(), self.font())
        week.days(self._moment)
        week.contents()
        self._paint_starts(week)
        lifted = self.moving
        if lifted is not None:
            words = "\n".join((_clocks(lifted), *lifted.piece.lines[1:2]))
            week.ghost(lifted.column, lifted.start, lifted.end, words, free=not lifted.problem)
        painter.end()
        self.cut = tuple(week.cut)

    def _paint_starts(self, week: WeekPainter) -> None:
        """The chosen start, the one pointed at, and where the keyboard is."""
        chosen, here = self._shape.chosen, self._cursor if self.hasFocus() else None
        if chosen is not None:
            week.start(chosen, self._shape.chosen_words, filled=True)
        if self._moment is not None:
            week.now(self._moment)
        for start in dict.fromkeys((self._pointed, here)):
            if isinstance(start, Piece):
                week.ring(start)
            elif start is not None and (chosen is None or start.at != chosen.at):
                week.start(start, self._time(start), filled=False)
            elif start is not None and self.hasFocus():
                week.ring(start)


def _bare(event: QKeyEvent) -> bool:
    return event.modifiers() in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.KeypadModifier,
    )


def _spoken(place: Place, words: Callable[[Start], str]) -> str:
    return place.spoken if isinstance(place, Piece) else words(place)


def _clocks(lifted: Lifted) -> str:
    first, last = ((f"{m // 60:02d}:{m % 60:02d}") for m in (lifted.start, lifted.end))
    return f"{first}–{last}" if lifted.stretches else first
