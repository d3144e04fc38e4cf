"""A gap that is cut, grows or is joined stays the item it was; what was settled stays settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from receptionist.model.findings import LOOKED_ON, gaps_of
from receptionist.model.gaps import recognised
from receptionist.model.rota import OnCallRota
from receptionist.model.worklist import Disposition, WorkItem, WorkKind

NOW = datetime(2027, 1, 11, 8, tzinfo=UTC)
ROTA, OTHER_ROTA = UUID(int=3), UUID(int=4)


def at(hours: int | None) -> datetime | None:
    return None if hours is None else NOW + timedelta(hours=hours)


def gap(
    begins: int | None,
    ends: int | None,
    said: Disposition | None = None,
    *,
    name: str = "",
    about: UUID = ROTA,
    now: datetime = NOW,
) -> WorkItem:
    over = now if said is not None else None
    return WorkItem(
        id=uuid5(about, name or f"{begins} {ends}"),
        client_id=None,
        kind=WorkKind.GAP,
        created=now,
        due=now,
        begins=at(begins),
        ends=at(ends),
        about_id=about,
        disposition=said,
        disposed=over,
        done=over,
    )


def test_the_first_part_of_a_gap_that_was_cut_is_the_item() -> None:
    whole, parts = gap(10, 90), [gap(10, 30), gap(50, 90)]
    first, second = recognised(parts, [whole])
    assert (first.id, first.begins, first.ends) == (whole.id, at(10), at(30))
    assert second == parts[1]


def test_what_was_cut_and_is_whole_again_is_the_item_still() -> None:
    whole = gap(10, 90)
    first, second = recognised([gap(10, 30), gap(50, 90)], [whole])
    assert [one.id for one in recognised([gap(10, 90)], [first, second])] == [whole.id]


def test_a_part_that_is_known_exactly_is_that_one() -> None:
    there = [gap(10, 90), gap(50, 60, name="exact")]
    assert [one.id for one in recognised([gap(50, 60)], there)] == [there[1].id]


def test_what_was_settled_is_settled_in_its_parts_and_nothing_more_is() -> None:
    settled = gap(10, 90, Disposition.NOTED)
    assert recognised([gap(10, 30), gap(50, 90)], [settled]) == []
    assert recognised([gap(50, 91)], [settled]) == [gap(50, 91)]
    assert recognised([gap(9, 90)], [settled]) == [gap(9, 90)]
    assert recognised([gap(10, None)], [settled]) == [gap(10, None)]
    assert recognised([gap(50, 60, about=OTHER_ROTA)], [settled]) != []


def test_what_left_by_itself_is_not_settled() -> None:
    left = gap(10, 90, Disposition.VOID)
    assert recognised([gap(10, 90)], [left]) == [gap(10, 90)]


def test_one_without_an_end_that_was_settled_is_settled_when_its_end_is_seen() -> None:
    settled = gap(10, None, Disposition.NOTED)
    later = NOW + timedelta(days=30)
    assert recognised([gap(10, 900, now=later)], [settled]) == []
    assert recognised([gap(None, 900, now=later)], [settled]) == []
    beyond = int(LOOKED_ON / timedelta(hours=1)) + 1
    assert recognised([gap(beyond, None, now=later)], [settled]) != []


def test_one_that_began_before_it_is_looked_for_is_the_one_that_was_seen_to_begin() -> None:
    begun = gap(10, None)
    (found,) = recognised([gap(None, None, now=NOW + timedelta(days=15))], [begun])
    assert found.id == begun.id


def test_a_settled_id_is_not_used_again_for_what_is_more() -> None:
    whole = gap(10, 90)
    (part,) = recognised([gap(10, 30)], [whole])
    settled = gap(10, 30, Disposition.NOTED, name="10 90")
    assert settled.id == part.id
    (again,) = recognised([gap(10, 90)], [settled])
    assert again.id != whole.id
    assert recognised([gap(10, 90)], [settled]) == [again]


def test_a_rota_without_anybody_is_one_item_as_time_goes_by() -> None:
    rota = OnCallRota(id=ROTA, client_id=UUID(int=1), key="nacht", name="Notdienst")
    there: list[WorkItem] = []
    for day in range(60):
        found = gaps_of(rota, "Europe/Berlin", NOW + timedelta(days=day))
        there = recognised(found, there)
        assert len(there) == 1
    assert there[0].id == gaps_of(rota, "Europe/Berlin", NOW)[0].id


def _apart(bounds: list[int]) -> list[tuple[int, int]]:
    """Gaps that neither touch nor overlap."""
    edges = sorted(set(bounds))
    return list(zip(edges[::2], edges[1::2], strict=False))


SPANS = st.lists(st.integers(1, 40), max_size=10).map(_apart)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(SPANS, min_size=1, max_size=6), st.data())
def test_every_gap_is_one_item_however_the_rota_changes(
    looks: list[list[tuple[int, int]]], data: st.DataObject
) -> None:
    """What is open after each look is what was found and not settled: each once, under one id."""
    known: dict[UUID, WorkItem] = {}
    for spans in looks:
        found = [gap(*span) for span in spans]
        settled = [
            one
            for one in known.values()
            if one.done is not None and one.disposition is not Disposition.VOID
        ]
        here = recognised(found, list(known.values()))
        assert len({one.id for one in here}) == len(here)
        assert not {one.id for one in here} & {one.id for one in settled}
        told = {(one.begins, one.ends) for one in here}
        for one in found:
            within = any(
                s.begins
                and s.ends
                and one.begins
                and one.ends
                and s.begins <= one.begins
                and one.ends <= s.ends
                for s in settled
            )
            open_before = any(
                o.done is None and (o.begins, o.ends) == (one.begins, one.ends)
                for o in known.values()
            )
            assert ((one.begins, one.ends) in told) is (not within or open_before)
        for one in known.values():
            if one.done is None and one.id not in {other.id for other in here}:
                known[one.id] = _over(one, Disposition.VOID)
        known |= {one.id: one for one in here}
        for one in here:
            if data.draw(st.booleans()):
                known[one.id] = _over(one, Disposition.NOTED)


def _over(item: WorkItem, said: Disposition) -> WorkItem:
    return replace(item, disposition=said, disposed=NOW, done=NOW)
