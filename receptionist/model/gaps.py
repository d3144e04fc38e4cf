"""Which item on the work list a gap in a rota is: the one that was there before it was cut. Pure.

A gap is looked for anew each hour, and a shift that is entered into the middle of it makes two of
it. Where somebody has promised, tried or settled something about it, that must not begin again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid5

from receptionist.model.findings import LOOKED_BACK, LOOKED_ON
from receptionist.model.worklist import Disposition, WorkItem, WorkKind

_EVER = datetime.max.replace(tzinfo=UTC)
_NEVER = datetime.min.replace(tzinfo=UTC)


def recognised(found: Iterable[WorkItem], there: Iterable[WorkItem]) -> list[WorkItem]:
    """What was found, each with the id of the item it is already; without what was settled.

    `there` are gaps that are or were on the list. One that is open is the first gap found that lies
    in it, another one is a new item. What lies within a settled one is settled.
    """
    known = [one for one in there if one.kind is WorkKind.GAP]
    by_rota: dict[UUID | None, list[WorkItem]] = {}
    for one in known:
        by_rota.setdefault(one.about_id, []).append(one)
    result: list[WorkItem] = []
    of_rotas: dict[UUID | None, list[WorkItem]] = {}
    for one in found:
        if one.kind is WorkKind.GAP and one.about_id in by_rota:
            of_rotas.setdefault(one.about_id, []).append(one)
        else:
            result.append(one)
    for rota, gaps in of_rotas.items():
        result += _of_rota(gaps, by_rota[rota])
    return result


def _of_rota(found: list[WorkItem], there: list[WorkItem]) -> list[WorkItem]:
    left = [one for one in there if one.done is None]
    settled = [one for one in there if one.done and one.disposition is not Disposition.VOID]
    taken = {one.id for one in (*left, *settled)}
    result = []
    for exactly in (True, False):
        for gap in tuple(found):
            same = next((one for one in left if _is(one, gap, exactly)), None)
            if same is not None:
                left.remove(same)
                found.remove(gap)
                result.append(replace(gap, id=same.id))
            elif any(_covers(one, gap) for one in settled):
                found.remove(gap)
    for gap in found:
        while gap.id in taken:
            gap = replace(gap, id=uuid5(gap.id, "again"))
        result.append(gap)
    return result


def _is(item: WorkItem, gap: WorkItem, exactly: bool) -> bool:
    if exactly:
        return (item.begins, item.ends) == (gap.begins, gap.ends)
    starts_before = (item.begins or _NEVER) < (gap.ends or _EVER)
    return starts_before and (gap.begins or _NEVER) < (item.ends or _EVER)


def _covers(settled: WorkItem, gap: WorkItem) -> bool:
    """Whether all of a gap was known when that was settled.

    One without an end was seen as far as was looked then; one without a beginning that is found now
    goes back as far as is looked now.
    """
    first = gap.begins or gap.created - LOOKED_BACK
    if first < (settled.begins or _NEVER):
        return False
    if settled.ends is not None:
        return gap.ends is not None and gap.ends <= settled.ends
    assert settled.done is not None
    return gap.begins is None or gap.begins <= settled.done + LOOKED_ON
