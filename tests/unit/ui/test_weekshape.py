"""How a week is laid out: lanes, rows, steps of the keyboard, and what the mouse points at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSize, Qt

from ui.widgets.weekdrag import WeekDrag
from ui.widgets.weekground import Ground
from ui.widgets.weekshape import DAY_MIN, Banner, Column, Piece, Start, WeekShape, lanes, rows

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL_SHIFT = SHIFT | Qt.KeyboardModifier.ControlModifier
MIDNIGHT = datetime(2027, 1, 11, tzinfo=UTC)


def piece(column: int, start: int, end: int) -> Piece:
    return Piece(column=column, start=start, end=end, lines=("Baustelle",), spoken="")


def start(column: int, minute: int, length: int = 60) -> Start:
    at = MIDNIGHT + timedelta(days=column, minutes=minute)
    return Start(at=at, column=column, start=minute, end=minute + length)


def banner(first: int, last: int) -> Banner:
    return Banner(first=first, last=last, text="Urlaub", spoken="")


WEEK = WeekShape(
    columns=tuple(Column(heading=str(n), short=str(n), open=((480, 1080),)) for n in range(5)),
    starts=tuple(start(day, minute) for day in (0, 1, 3) for minute in (540, 555, 720)),
    pieces=(piece(1, 600, 700),),
)


def test_what_overlaps_stands_side_by_side_and_only_that() -> None:
    one, other, after, elsewhere = (
        piece(0, 480, 600),
        piece(0, 540, 660),
        piece(0, 660, 700),
        piece(1, 480, 600),
    )
    placed = {id(p): (lane, of) for p, lane, of in lanes([after, other, one, elsewhere])}
    assert placed[id(one)] == (0, 2)
    assert placed[id(other)] == (1, 2)
    assert placed[id(after)] == placed[id(elsewhere)] == (0, 1)


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 60), st.integers(1, 30)).map(
            lambda p: piece(p[0], p[1], p[1] + p[2])
        )
    )
)
def test_no_two_pieces_cover_each_other_and_none_is_lost(pieces: list[Piece]) -> None:
    placed = lanes(pieces)
    assert sorted(map(id, (p for p, _l, _o in placed))) == sorted(map(id, pieces))
    for number, (one, lane, of) in enumerate(placed):
        assert 0 <= lane < of
        for other, its, their in placed[number + 1 :]:
            if one.column == other.column and one.start < other.end and other.start < one.end:
                assert lane != its
                assert of == their


def test_banners_that_touch_stand_in_rows() -> None:
    long, short, after = banner(0, 2), banner(2, 3), banner(3, 4)
    assert dict((id(b), row) for b, row in rows([after, short, long])) == {
        id(long): 0,
        id(short): 1,
        id(after): 0,
    }


def test_up_and_down_stay_within_the_day() -> None:
    first, last = WEEK.starts[0], WEEK.starts[2]
    assert WEEK.beside(first, 0, 1) == WEEK.starts[1]
    assert WEEK.beside(WEEK.starts[1], 0, 1) == last
    assert WEEK.beside(last, 0, 1) is None
    assert WEEK.beside(first, 0, -1) is None


def test_left_and_right_go_to_the_nearest_time_of_the_next_day_with_any() -> None:
    assert WEEK.beside(start(1, 720), 1, 0) == start(3, 720)
    assert WEEK.beside(start(3, 555), -1, 0) == start(1, 555)
    assert WEEK.beside(start(3, 555), 1, 0) is None


def test_pointing_at_a_time_means_the_last_start_that_has_it_inside() -> None:
    assert WEEK.meant(0, 541) == start(0, 540)
    assert WEEK.meant(0, 556) == start(0, 555)
    assert WEEK.meant(0, 610) == start(0, 555)
    assert WEEK.meant(0, 640) is None
    assert WEEK.meant(2, 541) is None


def test_free_spans_join_the_starts_that_overlap() -> None:
    assert WEEK.free[:2] == ((0, 540, 615), (0, 720, 780))


def test_every_minute_lies_where_it_is_found_again() -> None:
    ground = Ground(QSize(400, 420), WEEK)
    for column in range(5):
        for minute in range(WEEK.first, WEEK.last, 7):
            point = QPointF(ground.column(column).center().x(), ground.y(minute) + 0.01)
            assert ground.at(point) == (column, minute)
    assert ground.at(QPointF(5, 200)) is None
    assert ground.at(QPointF(200, 5)) is None
    assert ground.at(QPointF(200, 419)) is None


def test_a_grid_without_days_or_room_has_no_places() -> None:
    assert Ground(QSize(0, 0), WeekShape()).at(QPointF(1, 1)) is None
    assert Ground(QSize(20, 20), WEEK).at(QPointF(10, 10)) is None


def ours(column: int, start: int) -> Piece:
    return Piece(
        column=column, start=start, end=start + 60, lines=("",), spoken="", id=uuid4(), loose=True
    )


def test_tab_goes_through_our_appointments_and_out_behind_the_last() -> None:
    first, second = ours(0, 600), ours(2, 540)
    week = replace(WEEK, pieces=(*WEEK.pieces, second, first))
    assert week.next_of_ours(None, 1) == first
    assert week.next_of_ours(first, 1) == second
    assert week.next_of_ours(second, 1) is None
    assert week.next_of_ours(second, -1) == first
    assert week.next_of_ours(first, -1) is None
    assert week.next_of_ours(start(1, 540), 1) == second
    assert week.next_of_ours(start(1, 540), -1) == first
    assert week.next_of_ours(start(3, 540), 1) == first, "a free start is no place to leave from"
    assert WEEK.next_of_ours(start(0, 540), 1) is None


def test_the_keyboard_stays_at_an_appointment_that_is_shown_anew() -> None:
    mine = ours(0, 600)
    moved = replace(mine, column=2, start=720, end=780)
    assert replace(WEEK, pieces=(moved,)).rest(mine) == moved
    assert WEEK.rest(mine) == start(0, 555)


# ---- moving


def _drag(problem: str = "") -> WeekDrag:
    return WeekDrag(lambda _lifted: problem)


def _at(ground: Ground, column: int, minute: int) -> QPointF:
    return QPointF(ground.column(column).center().x(), ground.y(minute) + 0.01)


def test_what_is_dragged_goes_where_the_mouse_is_in_quarters_of_an_hour() -> None:
    mine, drag = ours(0, 600), _drag()
    ground = Ground(QSize(400, 420), replace(WEEK, pieces=(mine,)))
    drag.press(ground, mine, _at(ground, 0, 620))
    assert not drag.drag(ground, _at(ground, 0, 621)), "a trembling hand moves nothing"
    assert drag.drag(ground, _at(ground, 2, 689))
    lifted = drag.lifted
    assert lifted is not None
    assert (lifted.column, lifted.start, lifted.end, lifted.stretches) == (2, 675, 735, False)
    assert drag.let_go() == lifted
    assert drag.lifted is None
    assert not drag.drag(ground, _at(ground, 3, 600))


def test_its_lower_edge_makes_it_longer_and_never_shorter_than_a_quarter() -> None:
    mine, drag = ours(0, 600), _drag("no")
    ground = Ground(QSize(400, 420), replace(WEEK, pieces=(mine,)))
    drag.press(ground, mine, _at(ground, 0, 659))
    drag.drag(ground, _at(ground, 3, 705))
    assert drag.lifted is not None
    assert (drag.lifted.column, drag.lifted.start, drag.lifted.end) == (0, 600, 705)
    assert drag.lifted.stretches
    assert drag.lifted.problem == "no"
    drag.drag(ground, _at(ground, 0, 500))
    assert drag.lifted.end == 615


def test_nothing_is_dragged_beyond_midnight_or_out_of_the_days() -> None:
    mine, drag = ours(4, 1020), _drag()
    late = replace(WEEK, pieces=(mine,), last=DAY_MIN)
    ground = Ground(QSize(400, 420), late)
    drag.press(ground, mine, _at(ground, 4, 1021))
    drag.drag(ground, QPointF(900, 900))
    assert drag.lifted is not None
    assert (drag.lifted.column, drag.lifted.start, drag.lifted.end) == (4, 1380, 1440)


def test_what_cannot_be_moved_stays_in_place() -> None:
    fixed, drag = replace(ours(0, 600), loose=False), _drag()
    ground = Ground(QSize(400, 420), replace(WEEK, pieces=(fixed,)))
    drag.press(ground, fixed, _at(ground, 0, 610))
    assert not drag.drag(ground, _at(ground, 3, 700))
    assert drag.key(fixed, Qt.Key.Key_Down, CTRL_SHIFT, 5)
    assert drag.lifted is None


def test_keys_move_by_a_quarter_and_to_the_next_day() -> None:
    mine, drag = replace(ours(0, 605), end=665), _drag()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left):
        assert drag.key(mine, key, CTRL_SHIFT, 5)
    assert drag.lifted is not None
    assert (drag.lifted.column, drag.lifted.start, drag.lifted.end) == (0, 630, 690)
    drag.key(mine, Qt.Key.Key_Left, CTRL_SHIFT, 5)
    assert drag.lifted.column == 0
    drag.key(mine, Qt.Key.Key_Down, SHIFT, 5)
    assert drag.lifted.end == 690, "what is being moved is not stretched as well"
    assert not drag.key(mine, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, 5)
    assert not drag.key(mine, Qt.Key.Key_A, CTRL_SHIFT, 5)


def test_shift_and_arrows_make_it_longer_and_shorter() -> None:
    mine, drag = ours(0, 600), _drag()
    drag.key(mine, Qt.Key.Key_Down, SHIFT, 5)
    assert drag.lifted is not None
    assert (drag.lifted.start, drag.lifted.end, drag.lifted.stretches) == (600, 675, True)
    drag.key(mine, Qt.Key.Key_Up, SHIFT, 5)
    assert drag.lifted.same
    assert not drag.key(mine, Qt.Key.Key_Left, SHIFT, 5)


def test_what_is_being_stretched_is_not_moved_as_well() -> None:
    mine, drag = ours(0, 600), _drag()
    drag.key(mine, Qt.Key.Key_Down, SHIFT, 5)
    before = drag.lifted
    assert drag.key(mine, Qt.Key.Key_Down, CTRL_SHIFT, 5)
    assert drag.lifted == before
