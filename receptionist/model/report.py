"""What a client's record says, counted: what comes how often, when, how long; who was missed. Pure.

It is the ground on which an owner decides what to hand over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from uuid import UUID
from zoneinfo import ZoneInfo

from receptionist.model.handled import Handled, HandledKind, Missed
from receptionist.model.period import Period
from receptionist.model.service import Service, ServiceKind

HOURS, WEEKDAYS = 24, 7
Grid = tuple[tuple[int, ...], ...]
"""How often on each weekday (0 is Monday), in each hour on the client's clock."""
_Key = tuple[HandledKind, str, ServiceKind | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often, how long and when. `measured` is how many of them have a time of their own.

    `total_s` and `median_s` are of those; None where there is none.
    """

    count: int
    measured: int
    total_s: float
    median_s: float | None
    grid: Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """What was counted of one kind, or of what has one name among that kind.

    `title` is a call reason, an appointment's kind or an own title; only errands have a `service`.
    """

    kind: HandledKind
    tally: Tally
    title: str = ""
    service: ServiceKind | None = None

    @property
    def name(self) -> str:
        """What it is called, in the language that is spoken; "" for a kind as a whole."""
        return self.title or (Service(kind=self.service).name if self.service else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was handled for a client in a period, and who was missed; `zone` is the client's.

    `kinds` are the kinds that came, `lines` their names, the most frequent first.
    """

    client_id: UUID
    period: Period
    zone: str
    total: Tally
    kinds: tuple[ReportLine, ...]
    lines: tuple[ReportLine, ...]
    missed: tuple[Missed, ...]
    missed_grid: Grid

    def named(self, kind: HandledKind) -> tuple[ReportLine, ...]:
        """The lines of a kind that have a name."""
        return tuple(one for one in self.lines if one.kind is kind and one.name)

    @property
    def answered_share(self) -> float | None:
        """How many of the callers were answered, 0 to 1; None when nobody called."""
        answered = sum(one.tally.count for one in self.kinds if one.kind is HandledKind.CALL)
        callers = answered + len(self.missed)
        return answered / callers if callers else None


def drawn_up(
    client_id: UUID,
    period: Period,
    zone: str,
    handled: Iterable[Handled],
    missed: Iterable[Missed],
) -> Report:
    """The report of what of a client's record lies in a period; the order of it does not matter."""
    here = [one for one in handled if one.client_id == client_id and _within(one.at, period)]
    lost = [one for one in missed if one.client_id == client_id and _within(one.at, period)]
    by_kind: defaultdict[_Key, list[Handled]] = defaultdict(list)
    by_name: defaultdict[_Key, list[Handled]] = defaultdict(list)
    for one in here:
        service = one.service if one.kind is HandledKind.ERRAND else None
        by_kind[one.kind, "", None].append(one)
        by_name[one.kind, one.title, service].append(one)
    return Report(
        client_id=client_id,
        period=period,
        zone=zone,
        total=tally(here, zone),
        kinds=_lines(by_kind, zone),
        lines=_lines(by_name, zone),
        missed=tuple(sorted(lost, key=lambda one: (one.at, one.call_id))),
        missed_grid=grid((one.at for one in lost), zone),
    )


def tally(handled: Sequence[Handled], zone: str) -> Tally:
    """How often, how long and when these were."""
    times = sorted(one.seconds for one in handled if one.seconds is not None)
    return Tally(
        count=len(handled),
        measured=len(times),
        total_s=sum(times),
        median_s=median(times) if times else None,
        grid=grid((one.at for one in handled), zone),
    )


def grid(instants: Iterable[datetime], zone: str) -> Grid:
    """How many of these instants lie in each hour of each weekday."""
    counts = [[0] * HOURS for _day in range(WEEKDAYS)]
    clock = ZoneInfo(zone)
    for at in instants:
        local = at.astimezone(clock)
        counts[local.weekday()][local.hour] += 1
    return tuple(map(tuple, counts))


def busiest(counted: Grid) -> tuple[int, int] | None:
    """The weekday and the hour with the most, the first of several; None without any."""
    cells = [(n, -day, -hour) for day, row in enumerate(counted) for hour, n in enumerate(row)]
    most, day, hour = max(cells)
    return (-day, -hour) if most else None


def _within(at: datetime, period: Period) -> bool:
    return period.start <= at < period.end


def _lines(found: dict[_Key, list[Handled]], zone: str) -> tuple[ReportLine, ...]:
    order = list(HandledKind)
    counted = [
        ReportLine(kind=kind, tally=tally(mine, zone), title=title, service=service)
        for (kind, title, service), mine in found.items()
    ]
    counted.sort(
        key=lambda one: (
            order.index(one.kind),
            -one.tally.count,
            one.title.casefold(),
            one.title,
            one.service or "",
        )
    )
    return tuple(counted)
