"""A figure: what was measured on our side and on the reference's, and what was aimed at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from math import ceil
from statistics import median
from typing import Any

_HEADINGS = ("figure", "ours", "p95", "reference", "median", "p95", "ratio", "target", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is aimed at: the most of the ratio of the medians, of our median, of our p95."""

    ratio: float | None = None
    p95: float | None = None

    def words(self, unit: str) -> str:
        """For the table."""
        parts = [
            f"≤ {self.ratio:g}×" if self.ratio is not None else "",
            f"p95 ≤ {self.p95:g} {unit}" if self.p95 is not None else "",
        ]
        return ", ".join(filter(None, parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row of the table; the samples are in `unit`."""

    name: str
    unit: str
    ours: Sequence[float]
    reference: Sequence[float] = ()
    beside: str = ""
    target: Target = field(default_factory=Target)

    @property
    def ratio(self) -> float | None:
        """Our median to the reference's, where that is not nothing."""
        beside = median(self.reference) if self.reference else 0
        return median(self.ours) / beside if beside else None

    @property
    def met(self) -> bool | None:
        """Whether the target was met; None where there is none."""
        verdicts = []
        if self.target.ratio is not None and self.ratio is not None:
            verdicts.append(self.ratio <= self.target.ratio)
        if self.target.p95 is not None:
            verdicts.append(percentile(self.ours) <= self.target.p95)
        return all(verdicts) if verdicts else None

    def row(self) -> tuple[str, ...]:
        """The cells of the table."""
        return (
            f"{self.name} [{self.unit}]",
            *_summary(self.ours),
            self.beside,
            *_summary(self.reference),
            f"{self.ratio:.2f}×" if self.ratio is not None else "",
            self.target.words(self.unit),
            {True: "met", False: "MISSED", None: ""}[self.met],
        )

    def json(self) -> dict[str, Any]:
        """Everything, with the samples."""
        sides = {"ours": self.ours, "reference": self.reference}
        summaries = {
            f"{side}_{name}": rule(values)
            for side, values in sides.items()
            if values
            for name, rule in (("median", median), ("p95", percentile))
        }
        return {**asdict(self), **summaries, "ratio": self.ratio, "met": self.met}


def percentile(samples: Sequence[float], percent: float = 95) -> float:
    """The smallest sample that at least this share of all samples does not exceed."""
    ordered = sorted(samples)
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)]


def table(figures: Iterable[Figure]) -> list[str]:
    """The lines of the table."""
    rows = [_HEADINGS, *(figure.row() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    lines = []
    for row in rows:
        cells = (
            cell.ljust(width) if column in (0, 3, 7, 8) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join(cells).rstrip())
    return lines


def _summary(samples: Sequence[float]) -> tuple[str, str]:
    return (_number(median(samples)), _number(percentile(samples))) if samples else ("", "")


def _number(value: float) -> str:
    return f"{value:.2f}" if abs(value) < 100 else f"{value:.0f}"
