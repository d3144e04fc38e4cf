"""An appointment that is being moved or made longer in a grid, by mouse or by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, Qt

from ui.widgets.weekground import Ground
from ui.widgets.weekshape import DAY_MIN, Piece, Start

SNAP_MIN = 15
_GRIP_PX = 5
_SLOP_PX = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """Where an appointment would stand. With `stretches` its end is moved alone.

    `problem` says why it cannot stand there; "" where nothing is known against it.
    """

    piece: Piece
    column: int
    start: int
    end: int
    stretches: bool = False
    problem: str = ""

    @property
    def same(self) -> bool:
        """Whether it stands where it stood."""
        was = self.piece.column, self.piece.start, self.piece.end
        return (self.column, self.start, self.end) == was


Judge = Callable[[Lifted], str]
"""Why an appointment cannot stand there; "" where nothing is known against it."""

_MOVES = {
    Qt.Key.Key_Up: (0, -SNAP_MIN),
    Qt.Key.Key_Down: (0, SNAP_MIN),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
_MOVING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_STRETCHING = Qt.KeyboardModifier.ShiftModifier


class WeekDrag:
    """What is in hand, if anything. Main thread. `judge` is asked wherever it comes to."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._pressed: tuple[Piece, QPointF, int, bool] | None = None
        self.lifted: Lifted | None = None

    def let_go(self) -> Lifted | None:
        """Nothing is in hand any more; what was."""
        lifted, self.lifted, self._pressed = self.lifted, None, None
        return lifted

    # ---- mouse

    def press(self, ground: Ground, piece: Piece, point: QPointF) -> None:
        """The button went down on an appointment; it is lifted once the mouse moves."""
        place = ground.at(point)
        if place is not None and piece.loose:
            self._pressed = piece, point, place[1] - piece.start, at_end(ground, piece, point)

    def drag(self, ground: Ground, point: QPointF) -> bool:
        """The mouse moved; whether something is in hand."""
        if self._pressed is None:
            return False
        piece, began, grasp, stretches = self._pressed
        if self.lifted is None and (point - began).manhattanLength() < _SLOP_PX:
            return False
        column, minute = ground.nearest(point)
        if stretches:
            self._put(
                Lifted(
                    piece=piece,
                    column=piece.column,
                    start=piece.start,
                    end=_snapped(minute),
                    stretches=True,
                )
            )
        else:
            start = _snapped(minute - grasp)
            self._put(_at(piece, column, start))
        return True

    # ---- keys

    def key(
        self, piece: Piece | None, key: Qt.Key, modifiers: Qt.KeyboardModifier, columns: int
    ) -> bool:
        """A key that lifts, moves or stretches the appointment the keyboard is at; whether it is
        one of those."""
        stretching = modifiers == _STRETCHING and key in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if key not in _MOVES or not (stretching or modifiers == _MOVING):
            return False
        now = self.lifted
        if now is None:
            if piece is None or not piece.loose:
                return True
            now = Lifted(piece=piece, column=piece.column, start=piece.start, end=piece.end)
        aside, minutes = _MOVES[key]
        if stretching and (now.stretches or now.same):
            self._put(replace(now, end=_stepped(now.end, minutes), stretches=True))
        elif not stretching and not now.stretches:
            column = min(max(now.column + aside, 0), columns - 1)
            start = _stepped(now.start, minutes) if minutes else now.start
            self._put(_at(now.piece, column, start))
        return True

    def _put(self, lifted: Lifted) -> None:
        end = min(max(lifted.end, lifted.start + SNAP_MIN), DAY_MIN)
        lifted = replace(lifted, end=end)
        if self.lifted is None or replace(self.lifted, problem="") != lifted:
            problem = "" if lifted.same else self._judge(lifted)
            self.lifted = replace(lifted, problem=problem)


def at_end(ground: Ground, piece: Piece, point: QPointF) -> bool:
    """Whether a point lies on the lower edge of an appointment, where its end is grasped."""
    height = ground.y(piece.end) - ground.y(piece.start)
    return height > 2 * _GRIP_PX and ground.y(piece.end) - point.y() <= _GRIP_PX


def pointer(ground: Ground, point: QPointF) -> tuple[Start | None, Qt.CursorShape]:
    """What a click would do: the free start it chooses, and how that looks."""
    place = ground.at(point)
    if place is None:
        return None, Qt.CursorShape.ArrowCursor
    piece = ground.under(point)
    if piece is not None and piece.id:
        stretches = piece.loose and at_end(ground, piece, point)
        return None, Qt.CursorShape.SizeVerCursor if stretches else Qt.CursorShape.OpenHandCursor
    start = ground.shape.meant(*place)
    return start, Qt.CursorShape.PointingHandCursor if start else Qt.CursorShape.ArrowCursor


def _at(piece: Piece, column: int, start: int) -> Lifted:
    length = piece.end - piece.start
    start = min(max(start, 0), DAY_MIN - length)
    return Lifted(piece=piece, column=column, start=start, end=start + length)


def _snapped(minute: int) -> int:
    return round(minute / SNAP_MIN) * SNAP_MIN


def _stepped(minute: int, by: int) -> int:
    """The next quarter of an hour in that direction."""
    down = minute // SNAP_MIN * SNAP_MIN
    if minute == down:
        return minute + by
    return down + SNAP_MIN if by > 0 else down
