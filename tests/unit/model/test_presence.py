"""Whether the owner can be reached now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest

from receptionist.model.busy import Busy
from receptionist.model.client import BookableHours, Client, OwnerRule
from receptionist.model.greeting import Greeting
from receptionist.model.period import Period
from receptionist.model.presence import OwnerNow, Presence, Reachability, owner_now

MIDNIGHT = datetime(2027, 1, 11, 23, 0, tzinfo=UTC)
"""In Berlin, at the beginning of a Tuesday."""


def at(hour: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


def client(*, hours: bool = True, all_day_blocks: bool = True) -> Client:
    daily = ((day, a, b) for day in range(5) for a, b in ((8, 12), (14, 17)))
    return Client(
        id=uuid4(),
        key="painter",
        name="Malerbetrieb Muster",
        greeting=Greeting("{client}"),
        all_day_blocks=all_day_blocks,
        hours=tuple(
            BookableHours(weekday=day, start=time(a), end=time(b)) for day, a, b in daily if hours
        ),
    )


def busy(start: float, end: float, summary: str = "Baustelle", *, all_day: bool = False) -> Busy:
    return Busy(period=Period(at(start), at(end)), uid=summary, summary=summary, all_day=all_day)


def now(hour: float, *his: Busy, of: Client | None = None) -> OwnerNow:
    return owner_now(of or client(), his, at(hour))


BUSY, FREE, OUTSIDE = Presence.BUSY, Presence.FREE, Presence.OUTSIDE


def test_what_he_does_and_until_when() -> None:
    assert now(10, busy(9, 16)) == OwnerNow(presence=BUSY, until=at(16), summary="Baustelle")
    assert now(9, busy(9, 16)).presence is BUSY
    assert now(16, busy(9, 16)).presence is FREE


def test_what_follows_without_a_gap_counts_as_one() -> None:
    found = now(10, busy(9, 11), busy(11, 12, "Fahrt"), busy(12.5, 13, "Essen"))
    assert found == OwnerNow(presence=BUSY, until=at(12), summary="Baustelle")


def test_he_is_free_until_his_next_event_or_the_end_of_his_hours() -> None:
    assert now(9, busy(10.5, 11)) == OwnerNow(presence=FREE, until=at(10.5))
    assert now(9, busy(15, 16)) == OwnerNow(presence=FREE, until=at(12))


@pytest.mark.parametrize(("hour", "until"), [(13, 14), (20, 32), (3, 8)])
def test_outside_his_hours(hour: float, until: float) -> None:
    assert now(hour) == OwnerNow(presence=OUTSIDE, until=at(until))


def test_after_friday_comes_monday() -> None:
    friday = 3 * 24 + 18
    assert now(friday).until == at(6 * 24 + 8)


def test_an_all_day_event_counts_where_the_client_wants_it() -> None:
    holiday = busy(0, 24, "Messe", all_day=True)
    assert now(10, holiday) == OwnerNow(presence=BUSY, until=at(24), summary="Messe")
    assert now(10, holiday, of=client(all_day_blocks=False)).presence is FREE


def test_the_title_is_that_of_the_event_not_of_the_day() -> None:
    holiday, visit = busy(0, 24, "Messe", all_day=True), busy(9, 11, "Vortrag")
    assert now(10, holiday, visit).summary == "Vortrag"


def test_without_hours_only_the_calendar_counts() -> None:
    none = client(hours=False)
    assert now(22, of=none) == OwnerNow(presence=FREE)
    assert now(22, busy(30, 31), of=none) == OwnerNow(presence=FREE, until=at(30))
    assert now(22, busy(21, 23), of=none).presence is BUSY


def test_hours_over_midnight_are_one_span() -> None:
    night = Client(
        id=uuid4(),
        key="night",
        name="Nachtdienst Muster",
        greeting=Greeting("{client}"),
        hours=(
            BookableHours(weekday=0, start=time(20), end=time(0)),
            BookableHours(weekday=1, start=time(0), end=time(4)),
        ),
    )
    assert now(-1, of=night) == OwnerNow(presence=FREE, until=at(4))
    assert now(1, of=night) == OwnerNow(presence=FREE, until=at(4))


# ---- what he says by his events -----------------------------------------------------------------


def said(start: float, end: float, summary: str, **more: bool) -> Busy:
    return replace(busy(start, end, summary), **more)


@pytest.mark.parametrize(
    ("summary", "reachability"),
    [
        ("Urlaub", Reachability.NO),
        ("Bitte nicht stören", Reachability.NO),
        ("nicht erreichbar", Reachability.NO),
        ("Messe, nur dringend", Reachability.URGENT),
        ("Fahrt, erreichbar", Reachability.YES),
        ("Baustelle", Reachability.UNKNOWN),
    ],
)
def test_whether_callers_may_be_connected(summary: str, reachability: Reachability) -> None:
    found = now(10, said(9, 16, summary))
    assert (found.presence, found.reachability) == (BUSY, reachability)


def test_who_is_free_is_reachable_unless_he_says_otherwise() -> None:
    assert now(9).reachability is Reachability.YES
    quiet = now(9, said(8.5, 9.5, "nicht stören", blocks=False))
    assert (quiet.presence, quiet.reachability) == (FREE, Reachability.NO)
    assert quiet.rule_until == at(9.5)
    assert now(20).reachability is Reachability.UNKNOWN


def test_the_shorter_word_counts() -> None:
    holiday = said(0, 24, "Urlaub", all_day=True, blocks=False)
    found = now(10, holiday, said(9.5, 10.5, "erreichbar"))
    assert found.reachability is Reachability.YES
    assert (found.presence, found.rule, found.rule_until) == (BUSY, OwnerRule.REACHABLE, at(10.5))
    assert now(11, holiday).reachability is Reachability.NO


def test_of_two_that_count_alike_the_stricter() -> None:
    both = said(9, 11, "erreichbar"), said(9, 11, "nicht stören")
    assert now(10, *both).reachability is Reachability.NO


def test_who_is_away_is_busy_whatever_the_event_says() -> None:
    away = said(0, 24, "Urlaub", all_day=True, blocks=False)
    assert now(10, away, of=client(all_day_blocks=False)).presence is BUSY


def test_office_hours_do_not_keep_him_busy_and_are_his_hours() -> None:
    opened = said(18, 20, "Sprechstunde")
    assert now(19, opened) == OwnerNow(presence=FREE, until=at(20))
    alone = replace(client(), bookable_only=True)
    assert now(10, opened, of=alone) == OwnerNow(presence=OUTSIDE, until=at(18))


def test_appointments_of_ours_say_nothing() -> None:
    visit = said(9, 11, "Sprechstunde: Herr Urlaub", ours=True)
    assert now(10, visit).reachability is Reachability.UNKNOWN
