"""What is free, case by case; `test_free_times.py` does the same for any office."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from receptionist.model.availability import Wish, free_slots, hindrance
from receptionist.model.client import BookableHours, HoursException, OwnerRule, OwnerWord, Staff
from receptionist.model.hours import day_period, hours_on
from receptionist.model.period import Period
from receptionist.model.week import monday_of
from receptionist.model.when import When
from receptionist.reasons import Reason
from tests.unit.model.times import (
    DAILY,
    MONDAY,
    agenda_of,
    appointment,
    at,
    client,
    event,
    free,
    kind,
    local,
    whole_day,
)

TUESDAY = MONDAY + timedelta(days=1)
NINE_TO_TEN = ["09:00", "09:15", "09:30", "09:45", "10:00"]


def on(day: str, clocks: list[str]) -> list[str]:
    return [f"{day} {clock}" for clock in clocks]


def test_every_quarter_hour_that_fits_is_free() -> None:
    assert local(free(client(DAILY[0]), kind())) == on("Mon", NINE_TO_TEN)


def test_buffers_keep_away_from_what_is_busy() -> None:
    found = free(client(DAILY[0]), kind(30, before=15), event(at(MONDAY, 9), 30))
    assert local(found) == ["Mon 09:45", "Mon 10:00", "Mon 10:15", "Mon 10:30"]


def test_what_only_touches_is_in_nobodys_way() -> None:
    around = event(at(MONDAY, 8), 60), event(at(MONDAY, 10), 30)
    assert local(free(client(DAILY[0]), kind(60), *around)) == ["Mon 09:00"]
    before, behind = event(at(MONDAY, 8), 65), event(at(MONDAY, 9, 59), 30)
    assert free(client(DAILY[0]), kind(60), around[0], behind) == ()
    assert free(client(DAILY[0]), kind(60), before, around[1]) == ()


def test_what_lies_inside_something_longer_does_not_shorten_it() -> None:
    long, short = event(at(MONDAY, 8), 120), event(at(MONDAY, 8, 30), 30)
    assert local(free(client(DAILY[0]), kind(60), long, short)) == ["Mon 10:00"]


def test_notice_and_what_is_over_are_not_free() -> None:
    one = client(DAILY[0], DAILY[2], notice=90)
    assert local(free(one, kind(), now=at(MONDAY, 8, 20)))[:2] == ["Mon 10:00", "Wed 09:00"]
    assert free(one, kind(), now=at(MONDAY, 8) + timedelta(days=7)) == ()


def test_exactly_the_notice_is_enough() -> None:
    one, nine = client(DAILY[0], notice=60), at(MONDAY, 9)
    assert local(free(one, kind(), now=nine)) == ["Mon 10:00"]
    wish, agenda = Wish(kind=kind()), agenda_of(one)
    assert hindrance(agenda, wish, at(MONDAY, 10), now=nine) is Reason.NONE
    late = nine + timedelta(minutes=1)
    assert hindrance(agenda, wish, at(MONDAY, 10), now=late) is Reason.TOO_SOON


def test_the_horizon_ends_with_its_last_day() -> None:
    one = client(*DAILY, horizon_days=2)
    found = free(one, kind(), now=at(MONDAY, 8))
    assert local(found)[-1] == "Wed 10:00"
    wish, agenda = Wish(kind=kind()), agenda_of(one)
    thursday = at(MONDAY + timedelta(days=3), 9)
    assert hindrance(agenda, wish, thursday, now=at(MONDAY, 8)) is Reason.TOO_FAR


def test_nothing_is_offered_farther_than_owners_are_read() -> None:
    one = client(*DAILY, horizon_days=3000)
    wish, agenda = Wish(kind=kind()), agenda_of(one)
    year = at(MONDAY + timedelta(days=364), 9)
    assert hindrance(agenda, wish, year, now=at(MONDAY, 8)) is Reason.TOO_FAR


def test_a_day_off_blocks_the_whole_day_and_no_other() -> None:
    found = free(client(*DAILY), kind(), whole_day(TUESDAY))
    assert {day[:3] for day in local(found)} == {"Mon", "Wed", "Thu", "Fri"}


@pytest.mark.parametrize(
    ("sunday", "hours_long", "first"),
    [(date(2027, 3, 28), 23, "03:00"), (date(2026, 10, 25), 25, "02:00")],
)
def test_the_night_of_a_clock_change(sunday: date, hours_long: int, first: str) -> None:
    night = client((6, time(2), time(5)))
    zone = ZoneInfo("Europe/Berlin")
    day = day_period(sunday, zone)
    assert day.duration == timedelta(hours=hours_long)
    found = free(night, kind(30), first=monday_of(at(sunday, 12), zone))
    if first == "03:00":
        assert found == (), "hours that begin at a time the clock skips are no hours"
    else:
        clocks = local(found)
        assert clocks[0] == f"Sun {first}"
        assert len(clocks) == len(set(clocks)), "a time that comes twice is offered once"
        assert found[0].start == at(sunday, 2), "and that is its first"
        assert len(found) == 4 * 3 - 1


def test_of_a_time_that_comes_twice_only_the_first_can_be_booked() -> None:
    sunday = date(2026, 10, 25)
    agenda, wish = agenda_of(client((6, time(2), time(5)))), Wish(kind=kind(30))
    first, now = at(sunday, 2, 15), at(sunday, 0)
    assert hindrance(agenda, wish, first, now=now) is Reason.NONE
    again = first + timedelta(hours=1)
    assert hindrance(agenda, wish, again, now=now) is Reason.OUTSIDE_HOURS


def test_a_week_begins_at_local_midnight_even_where_the_clock_skips_it() -> None:
    day = day_period(date(2027, 4, 30), ZoneInfo("Africa/Cairo"))
    assert day.start == datetime(2027, 4, 29, 22, 0, tzinfo=UTC)
    assert day.duration == timedelta(hours=23)


def test_hours_that_touch_or_overlap_are_one() -> None:
    double = client((0, time(9), time(11)), (0, time(10, 30), time(12)), (0, time(12), time(13)))
    assert local(free(double, kind(240))) == ["Mon 09:00"]


def test_hours_until_midnight() -> None:
    (span,) = hours_on(client((0, time(22), time(0))), MONDAY)
    assert span == Period(at(MONDAY, 22), at(TUESDAY, 0))


def test_hours_until_a_midnight_that_the_clock_skips() -> None:
    before = date(2027, 4, 29)
    late = client((3, time(22), time(0)), (4, time(0), time(2)), zone="Africa/Cairo")
    goes_on = datetime(2027, 4, 29, 22, 0, tzinfo=UTC)
    (span,) = hours_on(late, before)
    (night,) = hours_on(late, before + timedelta(days=1))
    assert span.end == night.start == goes_on
    assert (span.duration, night.duration) == (timedelta(hours=2), timedelta(hours=1))


# ---- closed days and other hours ----------------------------------------------------------------


def test_a_public_holiday_is_closed_where_it_is_kept() -> None:
    epiphany = date(2027, 1, 6)
    bavaria, berlin = client(*DAILY, holidays="DE-BY"), client(*DAILY, holidays="DE-BE")
    assert free(bavaria, kind(), first=epiphany, days=1) == ()
    assert free(berlin, kind(), first=epiphany, days=1)
    reason = hindrance(agenda_of(bavaria), Wish(kind=kind()), at(epiphany, 9), now=at(epiphany, 0))
    assert reason is Reason.CLOSED


def test_hours_that_are_named_for_a_holiday_count_more_than_it() -> None:
    epiphany = date(2027, 1, 6)
    open_then = HoursException(first=epiphany, last=epiphany, start=time(14), end=time(15))
    bavaria = client(*DAILY, holidays="DE-BY", exceptions=(open_then,))
    assert local(free(bavaria, kind(30), first=epiphany, days=1)) == on(
        "Wed", ["14:00", "14:15", "14:30"]
    )


def test_days_between_and_including_are_closed() -> None:
    closed = HoursException(first=TUESDAY, last=MONDAY + timedelta(days=3), name="Betriebsferien")
    found = free(client(*DAILY, exceptions=(closed,)), kind())
    assert {day[:3] for day in local(found)} == {"Mon", "Fri"}


def test_other_hours_replace_the_weekly_ones_and_add_up() -> None:
    said = [
        HoursException(first=MONDAY, last=MONDAY, start=time(a), end=time(b))
        for a, b in ((7, 8), (18, 19))
    ]
    closed = HoursException(first=MONDAY, last=TUESDAY)
    found = free(client(*DAILY, exceptions=(closed, *said)), kind(), days=2)
    assert local(found) == ["Mon 07:00", "Mon 18:00"]


# ---- limits -------------------------------------------------------------------------------------


def test_a_day_with_as_many_as_the_client_wants_is_full() -> None:
    one = client(*DAILY, daily_limit=1)
    there = appointment(at(MONDAY, 10))
    assert {day[:3] for day in local(free(one, kind(), there, days=2))} == {"Tue"}
    reason = hindrance(agenda_of(one, there), Wish(kind=kind()), at(MONDAY, 9), now=at(MONDAY, 0))
    assert reason is Reason.DAY_FULL


def test_travel_and_owners_events_are_not_counted() -> None:
    one, main = client(*DAILY, daily_limit=2), uuid4()
    ride = appointment(at(MONDAY, 9), 15, part_of=main)
    visit = appointment(at(MONDAY, 9, 15), 30, key=main)
    assert free(one, kind(30), ride, visit, event(at(TUESDAY, 6), 5), days=1)


def test_the_limit_of_a_kind_counts_that_kind_alone() -> None:
    first, other = kind(30, daily_limit=1), kind(30)
    there = appointment(at(MONDAY, 9), 30, of=first)
    one = client(*DAILY)
    assert free(one, first, there, days=1) == ()
    assert free(one, other, there, days=1)
    agenda, now = agenda_of(one, there), at(MONDAY, 0)
    assert hindrance(agenda, Wish(kind=first), at(MONDAY, 10), now=now) is Reason.DAY_FULL
    assert hindrance(agenda, Wish(kind=other), at(MONDAY, 10), now=now) is Reason.NONE


def test_a_day_is_that_of_the_client() -> None:
    """Half past midnight in Berlin is the day before in UTC."""
    one = client((0, time(0), time(9)), daily_limit=1)
    late = appointment(at(TUESDAY, 0, 30), 30)
    assert free(one, kind(), late, days=1)
    early = appointment(at(MONDAY, 0, 30), 30)
    assert free(one, kind(), early, days=1) == ()


# ---- the owner's words --------------------------------------------------------------------------


def test_who_is_away_is_so_although_the_event_says_he_is_free() -> None:
    one = client(*DAILY, all_day_blocks=False)
    away = whole_day(MONDAY, "Urlaub", blocks=False)
    assert free(one, kind(), away, days=1) == ()
    reason = hindrance(agenda_of(one, away), Wish(kind=kind()), at(MONDAY, 9), now=at(MONDAY, 0))
    assert reason is Reason.OWNER_AWAY


def test_an_event_that_is_bookable_adds_hours_and_is_in_nobodys_way() -> None:
    opened = event(at(MONDAY, 10), 150, "Sprechstunde")
    assert local(free(client(*DAILY), kind(180), opened, days=1)) == [
        "Mon 09:00",
        "Mon 09:15",
        "Mon 09:30",
    ]


def test_bookable_only_means_nowhere_else() -> None:
    one = client(*DAILY, bookable_only=True)
    opened = event(at(MONDAY, 15), 60, "Offene Sprechstunde")
    assert local(free(one, kind(30), opened)) == on("Mon", ["15:00", "15:15", "15:30"])
    assert free(one, kind(30)) == ()


def test_a_whole_bookable_day_opens_its_usual_hours() -> None:
    one = client(*DAILY, bookable_only=True)
    assert local(free(one, kind(), whole_day(MONDAY, "Buchbar"))) == on("Mon", NINE_TO_TEN)


def test_bookable_hours_of_a_series_do_not_open_a_holiday() -> None:
    one = client(holidays="DE-BY", bookable_only=True)
    opened = event(at(date(2027, 1, 6), 9), 60, "Sprechstunde")
    assert free(one, kind(30), opened, first=date(2027, 1, 4)) == ()


def test_words_that_were_agreed_replace_the_usual_ones() -> None:
    agreed = (OwnerWord(word="Werkstatt", rule=OwnerRule.BOOKABLE),)
    one = client(bookable_only=True, words=agreed)
    frames = event(at(MONDAY, 9), 60, "Werkstatt"), event(at(TUESDAY, 9), 60, "Sprechstunde")
    assert local(free(one, kind(60), *frames)) == ["Mon 09:00"]


def test_reachable_events_keep_busy_unless_they_say_free() -> None:
    one = client(*DAILY)
    assert free(one, kind(), event(at(MONDAY, 9), 120, "erreichbar"), days=1) == ()
    assert free(one, kind(), event(at(MONDAY, 9), 120, "erreichbar", blocks=False), days=1)


def test_what_we_wrote_is_no_word_of_the_owners() -> None:
    """A kind may be called so, and a caller too."""
    one = client(*DAILY)
    ours = event(at(MONDAY, 9), 120, "Sprechstunde: Erika Muster", ours=True)
    assert free(one, kind(), ours, days=1) == ()


# ---- staff --------------------------------------------------------------------------------------

ANNA, BERND = (Staff(id=uuid4(), key=key, name=key.title()) for key in ("anna", "bernd"))


def test_the_first_who_is_free() -> None:
    one = client(DAILY[0], staff=(ANNA, BERND))
    calendar = uuid4()
    busy = event(at(MONDAY, 9), 30, calendar_id=calendar)
    found = free(one, kind(), busy, staff_of={calendar: ANNA.id})
    assert [slot.staff_id for slot in found] == [BERND.id, BERND.id, ANNA.id, ANNA.id, ANNA.id]
    his = free(one, Wish(kind=kind(), staff_id=ANNA.id), busy, staff_of={calendar: ANNA.id})
    assert local(his) == on("Mon", NINE_TO_TEN[2:])


def test_a_calendar_of_nobody_keeps_everybody_busy() -> None:
    one = client(DAILY[0], staff=(ANNA, BERND))
    busy = event(at(MONDAY, 9), 120, calendar_id=uuid4())
    assert free(one, kind(), busy, staff_of={uuid4(): ANNA.id}) == ()


def test_hours_of_a_member_replace_the_clients_for_him() -> None:
    one = client(DAILY[0], staff=(ANNA, BERND))
    own = BookableHours(weekday=1, start=time(14), end=time(15), staff_id=ANNA.id)
    one = replace(one, hours=(*one.hours, own))
    assert local(free(one, Wish(kind=kind(), staff_id=ANNA.id))) == ["Tue 14:00"]
    assert local(free(one, Wish(kind=kind(), staff_id=BERND.id))) == on("Mon", NINE_TO_TEN)


def test_a_limit_counts_for_each_member() -> None:
    one = client(DAILY[0], staff=(ANNA, BERND), daily_limit=1)
    there = appointment(at(MONDAY, 9), staff_id=ANNA.id)
    assert {slot.staff_id for slot in free(one, kind(), there)} == {BERND.id}


def test_an_appointment_for_nobody_certain_keeps_everybody_busy() -> None:
    """It was booked before the client had a staff."""
    one = client(DAILY[0], staff=(ANNA, BERND))
    assert free(one, kind(), appointment(at(MONDAY, 9), 120)) == ()


def test_nobody_has_time_for_somebody_who_is_not_there() -> None:
    one = client(DAILY[0], staff=(ANNA,))
    gone = Wish(kind=kind(), staff_id=uuid4())
    assert free(one, gone) == ()
    reason = hindrance(agenda_of(one), gone, at(MONDAY, 9), now=at(MONDAY, 0))
    assert reason is Reason.OUTSIDE_HOURS


def test_an_object_of_ours_in_a_common_calendar_keeps_only_its_member_busy() -> None:
    one = client(DAILY[0], staff=(ANNA, BERND))
    there = appointment(at(MONDAY, 9), 120, staff_id=ANNA.id)
    written = replace(event(at(MONDAY, 9), 120, calendar_id=uuid4(), ours=True), uid=there.uid)
    assert {slot.staff_id for slot in free(one, kind(), there, written)} == {BERND.id}


# ---- travel, wishes, what is in its own way -----------------------------------------------------


def test_the_way_has_to_be_free_on_both_sides() -> None:
    one, visit = client((0, time(9), time(12))), Wish(kind=kind(30, before=5), travel_min=40)
    busy = event(at(MONDAY, 9), 15), event(at(MONDAY, 11, 45), 60)
    assert local(free(one, visit, *busy)) == ["Mon 10:00", "Mon 10:15", "Mon 10:30"]
    agenda = agenda_of(one, *busy)
    late = hindrance(agenda, visit, at(MONDAY, 10, 45), now=at(MONDAY, 0))
    assert late is Reason.NO_TIME_TO_TRAVEL
    assert hindrance(agenda, visit, at(MONDAY, 9), now=at(MONDAY, 0)) is Reason.OWNER_WAS_FIRST


def test_the_next_times_are_as_the_caller_would_like() -> None:
    one, tuesdays = client(*DAILY), When(weekdays=frozenset({1}), earliest=time(9, 30))
    wish = Wish(kind=kind(), when=tuesdays)
    found = free_slots(agenda_of(one), wish, now=at(MONDAY, 0), count=2)
    assert [slot.start for slot in found] == [
        at(TUESDAY, 9, 30),
        at(TUESDAY + timedelta(days=7), 9, 30),
    ]


def test_an_appointment_is_not_in_its_own_way() -> None:
    one, main = client(DAILY[0], daily_limit=1), uuid4()
    visit = appointment(at(MONDAY, 9, 30), 60, key=main)
    ride = appointment(at(MONDAY, 9), 30, part_of=main)
    written = replace(event(at(MONDAY, 9, 30), 60, ours=True), uid=visit.uid)
    agenda = agenda_of(one, visit, ride, written)
    wish, now = Wish(kind=kind()), at(MONDAY, 0)
    assert hindrance(agenda, wish, at(MONDAY, 9, 30), now=now) is Reason.SLOT_TAKEN
    assert hindrance(agenda.without(main), wish, at(MONDAY, 9, 30), now=now) is Reason.NONE


def test_of_several_reasons_the_one_nearest_to_yes() -> None:
    one = client(DAILY[0], staff=(ANNA, BERND))
    calendars = {uuid4(): ANNA.id, uuid4(): BERND.id}
    his, hers = calendars
    agenda = agenda_of(
        one,
        event(at(MONDAY, 9), 60, "Urlaub", calendar_id=his),
        event(at(MONDAY, 9), 60, calendar_id=hers),
        staff_of=calendars,
    )
    reason = hindrance(agenda, Wish(kind=kind()), at(MONDAY, 9), now=at(MONDAY, 0))
    assert reason is Reason.OWNER_WAS_FIRST
