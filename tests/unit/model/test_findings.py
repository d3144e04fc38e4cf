"""What will be lacking: the same finding is the same item, whenever it is looked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.findings import GAPS_AHEAD, expiring_of, gaps_of
from receptionist.model.rota import NeededHours, OnCallRota, OtherDays, Shift
from receptionist.model.schedule import Schedule
from receptionist.model.script import ScriptWarning, Text
from receptionist.model.worklist import GAP_LEAD, Urgency, WorkItem, WorkKind

BERLIN = "Europe/Berlin"
ZONE = ZoneInfo(BERLIN)
MONDAY = datetime(2027, 1, 11, 8, tzinfo=UTC)
CLIENT = UUID(int=7)


def rota(*shifts: Shift, others: tuple[OtherDays, ...] = (), needed: bool = False) -> OnCallRota:
    hours = (NeededHours(start=time(18), end=time(6)),) if needed else ()
    return OnCallRota(
        id=UUID(int=3),
        client_id=CLIENT,
        key="nacht",
        name="Notdienst",
        shifts=shifts,
        others=others,
        needed=hours,
    )


WEEKDAYS = Shift(weekdays=(0, 1, 2, 3, 4), contacts=("anna",))
DAILY = Shift(contacts=("anna",))


def test_a_weekend_without_anybody_is_due_a_day_before() -> None:
    (gap,) = gaps_of(rota(WEEKDAYS), BERLIN, MONDAY)
    saturday = datetime(2027, 1, 16, tzinfo=ZONE)
    assert gap.begins == saturday
    assert gap.ends == saturday + timedelta(days=2)
    assert gap.due == saturday - GAP_LEAD
    assert (gap.kind, gap.text, gap.about_id) == (WorkKind.GAP, "Notdienst", UUID(int=3))
    assert gap.client_id == CLIENT


def test_where_somebody_is_always_on_call_there_is_nothing() -> None:
    assert gaps_of(rota(DAILY), BERLIN, MONDAY) == ()


def test_a_rota_nobody_stands_in_is_one_item_for_good() -> None:
    found = {
        gaps_of(rota(), BERLIN, MONDAY + timedelta(hours=hours))[0].id for hours in range(0, 900, 7)
    }
    assert len(found) == 1
    (gap,) = gaps_of(rota(), BERLIN, MONDAY)
    assert (gap.begins, gap.ends) == (None, None)
    assert gap.urgency(MONDAY, BERLIN) is Urgency.OVERDUE


SHIFTS = st.builds(
    Shift,
    weekdays=st.lists(st.integers(0, 6), unique=True, max_size=6).map(tuple),
    start=st.integers(0, 23).map(time),
    end=st.integers(0, 23).map(time),
    contacts=st.just(("anna",)),
)
OTHERS = st.builds(
    lambda day, lasts: OtherDays(
        first=date(2027, 3, 20) + timedelta(days=day),
        last=date(2027, 3, 20) + timedelta(days=day + lasts),
    ),
    st.integers(0, 12),
    st.integers(0, 2),
)


@given(
    st.lists(SHIFTS, min_size=1, max_size=3),
    st.lists(OTHERS, max_size=2),
    st.booleans(),
    st.integers(0, 300),
    st.integers(1, 120),
)
def test_an_hour_later_the_same_gaps_are_the_same_items(
    shifts: list[Shift], others: list[OtherDays], needed: bool, hours: int, later: int
) -> None:
    """Over the clock change in March; whatever is of both weeks is found twice as one.

    Longer gaps may lose their beginning or end behind what is looked at.
    """
    watched = rota(*shifts, others=tuple(others), needed=needed)
    before = datetime(2027, 3, 14, 8, tzinfo=UTC) + timedelta(hours=hours)
    after = before + timedelta(hours=later)
    first = {one.id: one for one in gaps_of(watched, BERLIN, before)}
    second = {one.id: one for one in gaps_of(watched, BERLIN, after)}
    for one in first.values():
        if is_short(one) and one.ends is not None and one.ends > after:
            assert second[one.id].due == one.due
    for one in second.values():
        if is_short(one) and one.begins is not None and one.begins < before + GAPS_AHEAD:
            assert one.id in first
    assert len({one.begins for one in first.values()}) == len(first)


def is_short(one: WorkItem) -> bool:
    if one.begins is None or one.ends is None:
        return False
    return one.ends - one.begins <= timedelta(days=9)


def warning(last: date | None, words: str = "Keine Preise") -> ScriptWarning:
    return ScriptWarning(text=Text((("de", words), ("en", "No prices"))), when=Schedule(last=last))


def test_a_warning_is_due_at_noon_of_its_last_day_and_over_with_it() -> None:
    last = date(2027, 3, 28)  # the clock is put forward
    (one,) = expiring_of(CLIENT, "de", BERLIN, (warning(last), warning(None)), MONDAY)
    assert one.due == datetime(2027, 3, 28, 12, tzinfo=ZONE)
    assert one.ends == datetime(2027, 3, 29, tzinfo=ZONE)
    assert (one.kind, one.text) == (WorkKind.EXPIRING, "Keine Preise")


def test_a_warning_with_other_words_or_another_day_is_another_item() -> None:
    last = date(2027, 1, 12)
    variants = (
        warning(last),
        warning(last + timedelta(days=1)),
        warning(last, "Keine Termine"),
        warning(last),
    )
    found = expiring_of(CLIENT, "de", BERLIN, variants, MONDAY)
    assert found[0].id == found[3].id
    assert len({one.id for one in found}) == 3
    (other,) = expiring_of(UUID(int=8), "de", BERLIN, variants[:1], MONDAY)
    assert other.id != found[0].id
