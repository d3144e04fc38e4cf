"""How a week is laid out: lanes, rows, steps of the keyboard, and what the mouse points at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSize

from ui.widgets.weekground import Ground
from ui.widgets.weekshape import Banner, Column, Piece, Start, WeekShape, lanes, rows

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
