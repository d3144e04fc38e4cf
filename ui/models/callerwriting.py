"""Writing down what is to be known of a caller, and what he is to be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from receptionist.desk.desk import Desk
from receptionist.i18n import N_
from receptionist.model.callers import CallerCard, KnownCaller
from ui.models.callers import KnownNow

Failed = Callable[[Exception], object]
Step = Callable[[Callable[..., object], Failed], object]

KEPT_DAYS: dict[int | None, str] = {
    0: N_("today"),
    1: N_("until tomorrow"),
    7: N_("for a week"),
    30: N_("for a month"),
    None: N_("without end"),
}
"""How long a message may wait, in days after today, with words."""
USUAL_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerTexts:
    """What stands in the fields. `days` is a key of `KEPT_DAYS`."""

    name: str = ""
    vip: bool = False
    blocked: bool = False
    note: str = ""
    message: str = ""
    days: int | None = USUAL_DAYS


def row_of(known: KnownNow) -> KnownCaller:
    """The row that is written: that of the number, else of the name, else a new one.

    Who was found by his name alone may be another person: his row is left alone where there is a
    number to write down.
    """
    return _written(known) or KnownCaller(
        id=uuid4(), client_id=known.client.id, number=known.number, name=known.name
    )


def is_same(before: KnownNow, now: KnownNow) -> bool:
    """Whether what was written about the one goes into the row of the other: another number or
    name may have been typed meanwhile."""
    one, other = _written(before), _written(now)
    begun = one is None and bool(now.number)
    return before.number == now.number and (begun or _id(one) == _id(other))


def texts_of(known: KnownNow) -> CallerTexts:
    """How it stands now."""
    row = row_of(known)
    card = known.card if known.card is not None and known.card.caller.id == row.id else None
    return CallerTexts(
        name=row.name or known.name,
        vip=card.vip if card else False,
        blocked=card.blocked if card else False,
        note=row.note,
    )


def _written(known: KnownNow) -> KnownCaller | None:
    """The row that is there already."""
    perhaps = known.by_name and bool(known.number)
    return known.card.caller if known.card is not None and not perhaps else None


def _id(row: KnownCaller | None) -> UUID | None:
    return row.id if row is not None else None


class CallerWriting:
    """Main thread. One thing is stored after the other; the first that fails ends it."""

    def __init__(self, desk: Desk, now: Callable[[], datetime]) -> None:
        self._desk, self._now = desk, now

    def save(
        self,
        known: KnownNow,
        wanted: CallerTexts,
        then: Callable[[], object],
        failed: Failed,
    ) -> None:
        """Write what differs, and leave the message if there is one."""
        row = row_of(known)
        books = self._desk.people.notebooks
        old = books.callers.get(row.id)
        new = replace(
            row,
            name=wanted.name.strip(),
            vip=wanted.vip,
            blocked=wanted.blocked,
            note=wanted.note.strip(),
        )
        steps: list[Step] = []
        if new != old:
            steps.append(lambda done, wrong: books.save(old, new, done, wrong))
        steps += self._others(known.card, row, wanted)
        if wanted.message.strip():
            until = self._until(wanted.days, known.client.zone)
            steps.append(lambda done, wrong: books.leave(new, wanted.message, until, done, wrong))
        _one_after_another(steps, then, failed)

    def merge(self, known: KnownNow, then: Callable[[], object], failed: Failed) -> None:
        """This number and the twin are one person."""
        self._of_both(known, self._desk.people.notebooks.merge, then, failed)

    def keep_apart(self, known: KnownNow, then: Callable[[], object], failed: Failed) -> None:
        """This number and the twin are two people, and that is not asked again."""
        self._of_both(known, self._desk.people.notebooks.keep_apart, then, failed)

    def _of_both(
        self,
        known: KnownNow,
        act: Callable[..., object],
        then: Callable[[], object],
        failed: Failed,
    ) -> None:
        books, row, twin = self._desk.people.notebooks, row_of(known), known.twin
        if twin is None:
            return
        steps: list[Step] = []
        if books.callers.get(row.id) is None:
            steps.append(lambda done, wrong: books.save(None, row, done, wrong))
        steps.append(lambda done, wrong: act(row, twin.caller, done, wrong))
        _one_after_another(steps, then, failed)

    def _others(self, card: CallerCard | None, row: KnownCaller, wanted: CallerTexts) -> list[Step]:
        """A mark that is taken off is taken off each of his rows."""
        books, steps = self._desk.people.notebooks, list[Step]()
        mine = card.rows if card is not None and card.caller.id == row.id else ()
        for one in mine[1:]:
            new = replace(one, vip=one.vip and wanted.vip, blocked=one.blocked and wanted.blocked)
            if new != one:
                steps.append(_saving(books.save, one, new))
        return steps

    def _until(self, days: int | None, zone: str) -> datetime | None:
        """The end of the last day on the client's clock."""
        if days is None:
            return None
        clock = ZoneInfo(zone)
        day = self._now().astimezone(clock).date() + timedelta(days=days + 1)
        return datetime.combine(day, time(), clock).astimezone(UTC)


def _saving(save: Callable[..., object], old: KnownCaller, new: KnownCaller) -> Step:
    return lambda done, wrong: save(old, new, done, wrong)


def _one_after_another(steps: list[Step], then: Callable[[], object], failed: Failed) -> None:
    if not steps:
        then()
        return
    first, *rest = steps
    first(lambda *_told: _one_after_another(rest, then, failed), failed)
