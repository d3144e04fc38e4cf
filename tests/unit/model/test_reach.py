"""Whether somebody may be connected now, and from when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.busy import Busy
from receptionist.model.client import Client
from receptionist.model.contact import (
    Contact,
    ContactHours,
    ContactNumber,
    Standing,
    StandingReach,
)
from receptionist.model.greeting import Greeting
from receptionist.model.period import Period
from receptionist.model.presence import Reachability
from receptionist.model.reach import Reach, Why, reach, sentence

BERLIN = ZoneInfo("Europe/Berlin")
CLIENT = Client(id=uuid4(), key="praxis", name="Praxis", greeting=Greeting("Praxis."))
ANNA = Contact(
    id=uuid4(),
    client_id=CLIENT.id,
    key="anna",
    name="Anna Muster",
    numbers=(ContactNumber(number="+493023125001"),),
    is_owner=True,
)
HOURS = tuple(ContactHours(weekday=day, start=time(9), end=time(12)) for day in range(5))


def local(clock: str, day: int = 16) -> datetime:
    """A Wednesday of June 2027, unless another day is said."""
    return datetime.combine(datetime(2027, 6, day), time.fromisoformat(clock), BERLIN)


def event(title: str, start: str, end: str, *, blocks: bool = True) -> Busy:
    return Busy(period=Period(local(start), local(end)), uid=title, summary=title, blocks=blocks)


def test_without_anything_against_it_he_may_be_connected() -> None:
    assert reach(ANNA, CLIENT, (), local("03:00")) == Reach(reachability=Reachability.YES)


def test_who_has_no_number_cannot_be_reached() -> None:
    found = reach(replace(ANNA, numbers=()), CLIENT, (), local("10:00"))
    assert (found.why, found.may_connect(urgent=True)) == (Why.NO_NUMBER, False)


def test_outside_of_his_hours_it_says_from_when() -> None:
    limited = replace(ANNA, hours=HOURS)
    found = reach(limited, CLIENT, (), local("12:00"))
    assert (found.why, found.reachability) == (Why.HOURS, Reachability.NO)
    assert found.again == local("09:00", 17)
    assert sentence(limited, found, CLIENT.zone, local("12:00")) == (
        "Anna Muster is not there at this time. Again from 17.06. 09:00."
    )
    assert reach(limited, CLIENT, (), local("11:59")).may_connect()


def test_busy_until_the_hours_are_over_means_the_next_day() -> None:
    events = (event("Besprechung", "10:00", "11:00"), event("Kundin", "11:00", "12:00"))
    limited = replace(ANNA, hours=HOURS)
    found = reach(limited, CLIENT, events, local("10:30"))
    assert (found.why, found.words, found.again) == (Why.BUSY, "Besprechung", local("09:00", 17))
    assert reach(ANNA, CLIENT, events, local("10:30")).again == local("12:00")


def test_urgent_goes_through_where_it_was_agreed() -> None:
    events = (event("Besprechung", "10:00", "11:00"),)
    assert not reach(ANNA, CLIENT, events, local("10:30")).may_connect(urgent=True)
    agreed = reach(replace(ANNA, urgent=True), CLIENT, events, local("10:30"))
    assert agreed.may_connect(urgent=True)
    assert not agreed.may_connect()


def test_words_in_the_calendar_count_more_than_being_busy() -> None:
    open_house = (event("Büro", "08:00", "18:00"), event("erreichbar", "10:00", "11:00"))
    assert reach(ANNA, CLIENT, open_house, local("10:30")).may_connect()
    assert not reach(ANNA, CLIENT, open_house, local("11:00")).may_connect()
    quiet = (event("nicht stören", "10:00", "11:00", blocks=False),)
    found = reach(replace(ANNA, urgent=True), CLIENT, quiet, local("10:30"))
    assert (found.why, found.may_connect(urgent=True)) == (Why.WORD, False)
    only = (event("nur dringend", "10:00", "11:00", blocks=False),)
    assert reach(ANNA, CLIENT, only, local("10:30")).may_connect(urgent=True)


def test_what_is_said_by_hand_counts_most_and_expires() -> None:
    standing = Standing(reach=StandingReach.NO, until=local("15:00"), words="nicht vor 15 Uhr")
    said = replace(ANNA, standing=standing)
    found = reach(said, CLIENT, (event("erreichbar", "10:00", "18:00"),), local("14:59"))
    assert (found.why, found.words, found.again) == (Why.SAID, "nicht vor 15 Uhr", local("15:00"))
    assert sentence(said, found, CLIENT.zone, local("14:59")) == (
        "Anna Muster does not want to be disturbed. Again from 15:00."
    )
    assert reach(said, CLIENT, (), local("15:00")).may_connect()
    there = replace(ANNA, hours=HOURS, standing=Standing(reach=StandingReach.YES))
    assert reach(there, CLIENT, (), local("22:00")).may_connect()


def test_a_calendar_that_was_never_read_says_nothing() -> None:
    found = reach(ANNA, CLIENT, None, local("10:00"))
    assert (found.reachability, found.why) == (Reachability.UNKNOWN, Why.UNREAD)
    assert not found.may_connect(urgent=True)
    assert "nobody knows" in sentence(ANNA, found, CLIENT.zone, local("10:00"))
    there = replace(ANNA, standing=Standing(reach=StandingReach.YES))
    assert reach(there, CLIENT, None, local("10:00")).may_connect()


def test_what_never_ends_has_no_again() -> None:
    said = replace(ANNA, standing=Standing(reach=StandingReach.NO))
    assert reach(said, CLIENT, (), local("10:00")).again is None


starts = st.integers(0, 47)


@given(
    st.lists(st.tuples(starts, st.integers(1, 6), st.sampled_from(["x", "erreichbar", "Urlaub"]))),
    st.booleans(),
    st.none() | starts,
    starts,
)
def test_again_is_the_first_half_hour_at_which_it_is_so(
    made: list[tuple[int, int, str]], limited: bool, until: int | None, now: int
) -> None:
    """Everything begins and ends at half hours: looking at each of them finds the same."""
    half = timedelta(minutes=30)
    events = tuple(
        Busy(
            period=Period(local("00:00") + start * half, local("00:00") + (start + lasts) * half),
            uid=str(number),
            summary=title,
        )
        for number, (start, lasts, title) in enumerate(made)
    )
    said = None
    if until is not None:
        said = Standing(reach=StandingReach.NO, until=local("00:00") + until * half)
    one = replace(ANNA, hours=HOURS if limited else (), standing=said)
    at = local("00:00") + now * half
    found = reach(one, CLIENT, events, at)
    later = (at + number * half for number in range(1, 8 * 48))
    first = next(t for t in later if reach(one, CLIENT, events, t).may_connect())
    assert found.again == (None if found.may_connect() else first)
