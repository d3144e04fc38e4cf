"""What a grid shows of a week or a day, as plain values, and how what overlaps stands abreast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from uuid import UUID

DAY_MIN = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One day, or that day of one member of the staff.

    `open` holds its bookable hours in minutes from midnight, `closed` says why there are none.
    `short` is the heading where there is little room.
    """

    heading: str
    short: str
    open: tuple[tuple[int, int], ...] = ()
    closed: str = ""
    today: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Something in a day, from minute to minute. `lines` are shown as far as there is room.

    `tone` is a colour of the palette; `busy` is grey, `travel` the way to a caller. `icon` stands
    beside the first line. `before` and `after` are minutes kept free around it. An appointment of
    ours has an `id` and can be picked; `loose` says that it can be moved.
    """

    column: int
    start: int
    end: int
    lines: tuple[str, ...]
    spoken: str
    tone: str = "busy"
    icon: str = ""
    before: int = 0
    after: int = 0
    id: UUID | None = None
    loose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A time that means something in the owner's words, e.g. when callers may be connected."""

    column: int
    start: int
    end: int
    text: str
    spoken: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """Something that lasts whole days, from the column `first` to the column `last`."""

    first: int
    last: int
    text: str
    spoken: str
    blocks: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A free start, with the time it would take."""

    at: datetime
    column: int
    start: int
    end: int
    staff_id: UUID | None = None


Place = Start | Piece
"""What the keyboard can be at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekShape:
    """Everything a grid shows; minutes are local wall-clock time. `chosen` may be none of `starts`.

    `first` and `last` bound the hours, in whole hours.
    """

    columns: tuple[Column, ...] = ()
    pieces: tuple[Piece, ...] = ()
    marks: tuple[Mark, ...] = ()
    banners: tuple[Banner, ...] = ()
    starts: tuple[Start, ...] = ()
    chosen: Start | None = None
    chosen_words: str = ""
    first: int = 8 * 60
    last: int = 18 * 60
    free: tuple[tuple[int, int, int], ...] = field(init=False)
    """The free starts with their times as spans: column, from, to."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "free", tuple(_spans(self.starts)))

    def beside(self, place: Place, columns: int, minutes: int) -> Start | None:
        """The free start so many steps later, or the nearest time in another column."""
        if minutes:
            same = [one for one in self.starts if one.column == place.column]
            later = [one for one in same if (one.start - place.start) * minutes > 0]
            return min(later, key=lambda one: abs(one.start - place.start), default=None)
        others = {one.column for one in self.starts if (one.column - place.column) * columns > 0}
        if not others:
            return None
        column = min(others, key=lambda one: abs(one - place.column))
        return self.nearest(column, place.start)

    def rest(self, before: Place | None, entering: int = 0) -> Place | None:
        """Where the keyboard is here that was at `before`: there, or as near as can be.

        `entering` says from which side it came in.
        """
        if isinstance(before, Piece) and (still := self.again(before)) is not None:
            return still
        if not self.starts:
            return None
        if self.chosen in self.starts and not isinstance(before, Piece):
            same = None if before is None else before.at
            if same is None or all(one.at != same for one in self.starts):
                return self.chosen
        if before is None:
            return self.starts[0]
        if entering:
            side = min if entering > 0 else max
            return self.nearest(side(one.column for one in self.starts), before.start)
        at = before.at if isinstance(before, Start) else None
        again = next((one for one in self.starts if one.at == at), None)
        columns = {one.column for one in self.starts}
        column = min(columns, key=lambda one: abs(one - before.column))
        return again or self.nearest(column, before.start)

    def next_of_ours(self, place: Place | None, step: int) -> Piece | None:
        """The appointment of ours after (or, with a negative step, before) a place.

        Behind the last free start comes the first one again, behind the last of ours none.
        """
        ours = sorted((one for one in self.pieces if one.id), key=_rank)
        if step < 0:
            ours.reverse()
        if place is None or not ours:
            return next(iter(ours), None)
        if place in ours:
            return next(iter(ours[ours.index(place) + 1 :]), None)
        here = _rank(place)
        beyond = (one for one in ours if (_rank(one) > here if step > 0 else _rank(one) < here))
        return next(beyond, ours[0] if step > 0 else None)

    def again(self, piece: Piece) -> Piece | None:
        """The same appointment as it stands now; its first piece if it lasts over midnight."""
        return next((one for one in self.pieces if one.id and one.id == piece.id), None)

    def nearest(self, column: int, minute: int) -> Start | None:
        """The free start of a day that is nearest to a time."""
        same = [one for one in self.starts if one.column == column]
        return min(same, key=lambda one: abs(one.start - minute), default=None)

    def meant(self, column: int, minute: int) -> Start | None:
        """The free start that is meant by pointing at a time: the last that has it inside."""
        inside = (
            one for one in self.starts if one.column == column and one.start <= minute < one.end
        )
        return max(inside, key=lambda one: one.start, default=None)

    def marks_at(self, column: int, minute: int) -> list[Mark]:
        """What a time means in the owner's words."""
        return [m for m in self.marks if m.column == column and m.start <= minute < m.end]


def lanes(pieces: Sequence[Piece]) -> list[tuple[Piece, int, int]]:
    """Each piece with its lane and how many lanes there are where it stands.

    Pieces that overlap, directly or through others, share the width of their day.
    """
    placed: list[tuple[Piece, int, int]] = []
    group: list[tuple[Piece, int]] = []
    ends: list[int] = []
    for piece in sorted(pieces, key=lambda one: (one.column, one.start, -one.end)):
        over = not group or piece.column != group[0][0].column or piece.start >= max(ends)
        if over:
            placed += ((one, lane, len(ends)) for one, lane in group)
            group, ends = [], []
        lane = next((n for n, end in enumerate(ends) if end <= piece.start), len(ends))
        if lane == len(ends):
            ends.append(piece.end)
        ends[lane] = piece.end
        group.append((piece, lane))
    placed += ((one, lane, len(ends)) for one, lane in group)
    return placed


def rows(banners: Sequence[Banner]) -> list[tuple[Banner, int]]:
    """Each banner with the row it stands in; those of one row do not touch."""
    lasts: list[int] = []
    placed: list[tuple[Banner, int]] = []
    for banner in sorted(banners, key=lambda one: (one.first, -one.last)):
        row = next((n for n, last in enumerate(lasts) if last < banner.first), len(lasts))
        if row == len(lasts):
            lasts.append(banner.last)
        lasts[row] = banner.last
        placed.append((banner, row))
    return placed


def _spans(starts: Sequence[Start]) -> list[tuple[int, int, int]]:
    spans: list[tuple[int, int, int]] = []
    for one in sorted(starts, key=lambda s: (s.column, s.start)):
        if spans and spans[-1][0] == one.column and one.start <= spans[-1][2]:
            spans[-1] = (one.column, spans[-1][1], max(spans[-1][2], one.end))
        else:
            spans.append((one.column, one.start, one.end))
    assert all(a < b for a, b in pairwise(spans))
    return spans


def _rank(place: Place) -> tuple[int, int]:
    return place.column, place.start
