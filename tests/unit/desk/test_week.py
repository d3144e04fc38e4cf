"""The week of a client as the desk reads it: his events, our appointments, what is free."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from receptionist.desk.refresh import LEAST_AHEAD
from receptionist.errors import CalendarUnreachable, NotFound
from receptionist.events import AppointmentConfirmed, BookingConflict, PushDelayed
from receptionist.model.appointment import AppointmentState
from receptionist.model.week import WEEKS_AHEAD, Outlook
from tests.unit.desk.conftest import Bench
from tests.unit.desk.test_booking import TUESDAY, imported, owner_puts, refreshed

MONDAY = date(2027, 1, 11)


def outlook(bench: Bench, monday: date = MONDAY, **asked: object) -> Outlook:
    found: list[Outlook] = []
    bench.desk.booking.outlook(
        bench.painter.id,
        bench.painter.kinds[0].id,
        monday,
        then=found.append,
        failed=bench.fail,
        **asked,  # type: ignore[arg-type]
    )
    bench.pump.until(lambda: found)
    return found[0]


def plans_far_ahead(bench: Bench) -> None:
    """The painter wants appointments up to a year ahead."""
    painter = replace(bench.painter, horizon_days=350)
    imported(bench, replace(bench.directory, clients=(painter, bench.lawyer)))


def free(found: Outlook) -> list[datetime]:
    return [slot.start for slot in found.week.free]


def test_a_booked_appointment_stands_in_the_week_once(bench: Bench) -> None:
    bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)
    refreshed(bench)
    week = outlook(bench).week
    (one,) = week.appointments
    assert (one.caller_name, one.state) == ("Erika Muster", AppointmentState.CONFIRMED)
    assert week.busy == ()


def test_an_appointment_that_the_owner_moved_is_told_where_it_is_now(bench: Bench) -> None:
    bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)
    confirmed = bench.seen(AppointmentConfirmed)[0].appointment
    moved = bench.server.objects[confirmed.href].text.replace("T100000", "T150000")
    bench.server.put(confirmed.href, moved.replace("T110000", "T160000"))
    refreshed(bench)
    week = outlook(bench).week
    assert [one.start for one in week.appointments] == [TUESDAY + timedelta(hours=5)]
    assert week.busy == ()


def test_the_owners_events_have_their_titles_and_are_not_free(bench: Bench) -> None:
    owner_puts(bench, TUESDAY, 60)
    refreshed(bench)
    found = outlook(bench)
    assert [one.summary for one in found.week.busy] == ["Baustelle"]
    assert TUESDAY not in free(found)
    assert TUESDAY + timedelta(hours=1) in free(found)
    assert set(found.slots) <= set(found.week.free)


def test_a_chosen_time_is_kept_until_somebody_takes_it(bench: Bench) -> None:
    wanted = TUESDAY + timedelta(minutes=15)
    assert outlook(bench, wanted=wanted).kept
    bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)
    assert not outlook(bench, wanted=wanted).kept
    assert not outlook(bench, wanted=TUESDAY.replace(hour=3)).kept
    assert outlook(bench, wanted=TUESDAY + timedelta(days=14), monday=MONDAY).kept


def test_a_time_that_was_chosen_far_away_is_looked_up_there(bench: Bench) -> None:
    plans_far_ahead(bench)
    far = TUESDAY + timedelta(weeks=20)
    assert outlook(bench, wanted=far).kept
    owner_puts(bench, far, 60)
    refreshed(bench)
    assert not outlook(bench, wanted=far).kept


def test_no_week_is_shown_of_which_the_owners_calendar_says_nothing() -> None:
    assert timedelta(weeks=WEEKS_AHEAD + 1) <= LEAST_AHEAD


def test_a_far_week_is_read_with_what_is_in_it(bench: Bench) -> None:
    plans_far_ahead(bench)
    far = TUESDAY + timedelta(weeks=20)
    owner_puts(bench, far, 60)
    refreshed(bench)
    found = outlook(bench, MONDAY + timedelta(weeks=20))
    assert len(found.week.busy) == 1
    assert far.replace(hour=8) not in free(found)
    assert free(found)
    assert found.slots, "the next free ones are those of now"
    assert found.slots[0].start < far - timedelta(weeks=15)


def test_what_keeps_the_owner_busy_next_is_read_whatever_the_week(bench: Bench) -> None:
    owner_puts(bench, TUESDAY, 60)
    refreshed(bench)
    bench.server.fail_next("changes", CalendarUnreachable("down"))
    bench.book(TUESDAY + timedelta(hours=3))
    bench.wait_for(PushDelayed)
    coming = outlook(bench, MONDAY + timedelta(weeks=9)).coming
    assert min(coming, key=lambda one: one.period).summary == "Baustelle"
    assert "Besichtigung: Erika Muster" in {one.summary for one in coming}


def test_a_conflict_does_not_keep_its_time(bench: Bench) -> None:
    refreshed(bench)
    bench.server.after("put_new", lambda: owner_puts(bench, TUESDAY, 30))
    bench.book(TUESDAY)
    bench.wait_for(BookingConflict)
    refreshed(bench)
    week = outlook(bench).week
    assert week.appointments == ()
    assert [one.summary for one in week.busy] == ["Baustelle"]


def test_without_a_kind_or_a_calendar_nothing_is_free(bench: Bench) -> None:
    found: list[Outlook] = []
    bench.desk.booking.outlook(bench.painter.id, None, MONDAY, then=found.append)
    bench.pump.until(lambda: found)
    assert (found[0].slots, found[0].week.free) == ((), ())
    assert found[0].week.days[0].hours
    with pytest.raises(NotFound):
        bench.desk.booking.outlook(
            bench.painter.id, bench.lawyer.kinds[0].id, MONDAY, then=found.append
        )


def test_an_all_day_event_counts_where_the_client_wants_it(bench: Bench) -> None:
    bench.server.put(
        f"{bench.server.home}painter/holiday.ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//phone//EN\r\nBEGIN:VEVENT\r\n"
        "UID:holiday@example.org\r\nDTSTAMP:20270101T000000Z\r\nSUMMARY:Messe\r\n"
        "DTSTART;VALUE=DATE:20270112\r\nDTEND;VALUE=DATE:20270113\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
    )
    refreshed(bench)
    found = outlook(bench)
    assert [one.all_day for one in found.week.busy] == [True]
    assert TUESDAY not in free(found)
    painter = replace(bench.painter, all_day_blocks=False)
    imported(bench, replace(bench.directory, clients=(painter, bench.lawyer)))
    assert TUESDAY in free(outlook(bench))


def test_the_last_day_that_is_offered_is_read_to_its_end(bench: Bench) -> None:
    """Fifty-six days ahead at eight; the afternoon of that day lies beyond, and is taken."""
    last = datetime(2027, 3, 8, 12, 0, tzinfo=UTC)
    owner_puts(bench, datetime(2027, 1, 11, 8, 0, tzinfo=UTC), 60 * 24 * 56 + 105, "away")
    owner_puts(bench, datetime(2027, 3, 8, 9, 45, tzinfo=UTC), 8 * 60, "busy")
    refreshed(bench)
    assert outlook(bench).slots == ()
    assert last not in free(outlook(bench, MONDAY + timedelta(days=56)))
