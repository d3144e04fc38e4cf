"""Reports: whatever was handled is counted once, where it began, and in any order."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.handled import WITHOUT_TIME, Handled, HandledKind, Missed
from receptionist.model.period import Period
from receptionist.model.report import Report, busiest, drawn_up, grid
from receptionist.model.service import ServiceKind

OURS, OTHERS = UUID(int=1), UUID(int=2)
BERLIN = "Europe/Berlin"
YEAR = Period(datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))

instants = st.datetimes(datetime(2026, 12, 1), datetime(2028, 2, 1), timezones=st.just(UTC))
lengths = st.integers(0, 7200).map(lambda quarter: quarter / 4)


def handled(at: datetime, kind: HandledKind = HandledKind.CALL, **more: object) -> Handled:
    made = Handled(id=UUID(int=9), kind=kind, client_id=OURS, at=at, service=ServiceKind.CALLS)
    return replace(made, **more)  # type: ignore[arg-type]


records = st.lists(
    st.builds(
        Handled,
        id=st.uuids(),
        kind=st.sampled_from(HandledKind),
        client_id=st.sampled_from([OURS, OURS, OURS, OTHERS]),
        at=instants,
        service=st.sampled_from(ServiceKind),
        title=st.sampled_from(["", "Rezept", "rezept", "Termin"]),
        talk_s=lengths,
        wrap_s=lengths,
        worked_s=lengths,
    ),
    max_size=30,
    unique_by=lambda one: one.id,
)
losses = st.lists(
    st.builds(Missed, call_id=st.uuids(), client_id=st.just(OURS), at=instants),
    max_size=10,
    unique_by=lambda one: one.call_id,
)
zones = st.sampled_from([BERLIN, "America/New_York", "UTC", "Australia/Lord_Howe"])


def reported(
    record: list[Handled], lost: list[Missed], period: Period = YEAR, zone: str = BERLIN
) -> Report:
    return drawn_up(OURS, period, zone, record, lost)


def cells(counted: tuple[tuple[int, ...], ...]) -> int:
    return sum(map(sum, counted))


@given(records, losses, zones)
def test_everything_is_counted_once(record: list[Handled], lost: list[Missed], zone: str) -> None:
    report = reported(record, lost, zone=zone)
    mine = [o for o in record if o.client_id == OURS and YEAR.start <= o.at < YEAR.end]
    times = [one.seconds for one in mine if one.seconds is not None]
    for lines in (report.kinds, report.lines):
        assert sum(one.tally.count for one in lines) == report.total.count == len(mine)
        assert sum(one.tally.measured for one in lines) == report.total.measured == len(times)
        assert sum(one.tally.total_s for one in lines) == report.total.total_s == sum(times)
        keys = [(one.kind, one.title, one.service) for one in lines]
        assert len(keys) == len(set(keys))
    for tally in (report.total, *(one.tally for one in report.lines)):
        assert cells(tally.grid) == tally.count
        assert (tally.median_s is None) == (tally.measured == 0)
    assert cells(report.missed_grid) == len(report.missed)


@given(records, losses, st.randoms())
def test_the_order_of_the_record_does_not_matter(
    record: list[Handled], lost: list[Missed], chance: random.Random
) -> None:
    shuffled, others = list(record), list(lost)
    chance.shuffle(shuffled)
    chance.shuffle(others)
    assert reported(record, lost) == reported(shuffled, others)


@given(records, losses, instants)
def test_two_periods_that_meet_count_what_one_counts(
    record: list[Handled], lost: list[Missed], at: datetime
) -> None:
    cut = min(max(at, YEAR.start), YEAR.end)
    first, second = (
        reported(record, lost, period)
        for period in (Period(YEAR.start, cut), Period(cut, YEAR.end))
    )
    whole = reported(record, lost)
    assert first.total.count + second.total.count == whole.total.count
    assert first.total.total_s + second.total.total_s == whole.total.total_s
    assert first.missed + second.missed == whole.missed


def test_an_instant_between_two_days_belongs_to_the_second() -> None:
    noon = datetime(2027, 3, 1, 11, tzinfo=UTC)
    record, lost = [handled(noon)], [Missed(call_id=UUID(int=3), client_id=OURS, at=noon)]
    before = reported(record, lost, Period(YEAR.start, noon))
    after = reported(record, lost, Period(noon, YEAR.end))
    assert (before.total.count, len(before.missed)) == (0, 0)
    assert (after.total.count, len(after.missed)) == (1, 1)


@given(records)
def test_the_median_is_one_that_half_of_them_reach(record: list[Handled]) -> None:
    for line in reported(record, []).lines:
        times = [
            one.seconds
            for one in record
            if one.client_id == OURS and (one.kind, one.title) == (line.kind, line.title)
            if line.service in (None, one.service)
            if YEAR.start <= one.at < YEAR.end and one.seconds is not None
        ]
        middle = line.tally.median_s
        if middle is not None:
            assert 2 * sum(one <= middle for one in times) >= len(times)
            assert 2 * sum(one >= middle for one in times) >= len(times)


@given(st.lists(instants, max_size=20), zones)
def test_the_grid_is_on_the_clients_clock(found: list[datetime], zone: str) -> None:
    counted = grid(found, zone)
    for weekday in range(7):
        for hour in range(24):
            local = [at.astimezone(ZoneInfo(zone)) for at in found]
            here = [at for at in local if (at.weekday(), at.hour) == (weekday, hour)]
            assert counted[weekday][hour] == len(here)
    most = busiest(counted)
    assert (most is None) == (not found)
    if most is not None:
        assert counted[most[0]][most[1]] == max(map(max, counted))


def test_an_hour_that_comes_twice_is_one_hour_on_the_clock() -> None:
    """In autumn 02:30 comes twice; both are in the row of two o'clock."""
    twice = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    counted = grid([twice, twice + timedelta(hours=1)], BERLIN)
    assert counted[6][2] == 2


def test_kinds_come_in_their_order_and_names_by_how_often() -> None:
    at = datetime(2027, 3, 1, 9, tzinfo=UTC)
    record = [
        handled(at, HandledKind.ERRAND, service=ServiceKind.RESEARCH, worked_s=600.0),
        handled(at, title="Termin", talk_s=60.0),
        handled(at, title="Rezept", talk_s=30.0, wrap_s=10.0),
        handled(at, title="Rezept", talk_s=20.0),
        handled(at, HandledKind.APPOINTMENT, title="Kontrolle"),
    ]
    report = reported(record, [Missed(call_id=UUID(int=3), client_id=OURS, at=at)])
    assert [one.kind for one in report.kinds] == [
        HandledKind.CALL,
        HandledKind.APPOINTMENT,
        HandledKind.ERRAND,
    ]
    calls = report.named(HandledKind.CALL)
    assert [(one.name, one.tally.count, one.tally.total_s) for one in calls] == [
        ("Rezept", 2, 60.0),
        ("Termin", 1, 60.0),
    ]
    assert report.named(HandledKind.ERRAND)[0].name == "Research"
    assert report.kinds[1].tally.median_s is None
    assert report.kinds[0].tally.median_s == 40.0
    assert report.answered_share == 0.75
    assert busiest(report.total.grid) == (0, 10)


def test_nothing_is_a_report_too() -> None:
    report = reported([], [])
    assert (report.total.count, report.total.median_s, report.answered_share) == (0, None, None)
    assert busiest(report.total.grid) is None


def test_only_what_was_handled_by_itself_has_a_time() -> None:
    at = datetime(2027, 3, 1, 9, tzinfo=UTC)
    for kind in HandledKind:
        one = handled(at, kind, talk_s=3.0, wrap_s=2.0, worked_s=1.0)
        assert one.seconds == (None if kind in WITHOUT_TIME else 6.0)
