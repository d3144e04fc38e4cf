"""To another calendar, or back where it was: at no moment is it in none, and it ends in one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest

from receptionist.errors import CalendarForbidden, CalendarUnreachable
from receptionist.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentChanged,
    AppointmentConfirmed,
    BookingConflict,
    ChangeRefused,
    PushDelayed,
)
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.client import AppointmentKind
from receptionist.reasons import Reason
from tests.unit.desk.conftest import Bench
from tests.unit.desk.owner import HOUR, in_time, now_is, reasons, settled, text_of, value
from tests.unit.desk.practice import BERLIN, booked, linked, member, pushed
from tests.unit.desk.test_booking import TUESDAY, imported, of_ours, owner_puts, refreshed, waiting

LATER = TUESDAY + 3 * HOUR


def owner_takes(bench: Bench, start: datetime) -> None:
    """The client's own calendar, which keeps everybody busy, has something there."""
    owner_puts(bench, start, 60)


def of_erika(bench: Bench, key: str = "visit", **more: str) -> Appointment:
    """Confirmed in her own calendar."""
    booked(bench, key, staff_id=member(bench, "erika").id, **more)
    in_time(bench, AppointmentConfirmed)
    return now_is(bench, bench.seen(AppointmentConfirmed)[-1].appointment)


def at_rest(bench: Bench) -> None:
    for _step in range(30):
        settled(bench)
        bench.pump.advance(1)


def hand_over(bench: Bench, one: Appointment, start: datetime = LATER) -> None:
    bench.desk.changing.move(one, start, member(bench, "max").id)
    bench.wait_for(AppointmentChanged)


@pytest.mark.parametrize("verb", ["changes", "put_new"])
def test_where_the_other_calendar_is_busy_it_stays_in_the_old_one(rich: Bench, verb: str) -> None:
    """Also when the owner writes there at the same moment."""
    one = of_erika(rich)
    rich.server.after(verb, lambda: owner_takes(rich, LATER))
    hand_over(rich, one)
    in_time(rich, BookingConflict)
    at_rest(rich)
    assert of_ours(rich) == [one.href]
    now = now_is(rich, one)
    assert (now.state, now.start) == (AppointmentState.CONFIRMED, TUESDAY)
    assert (now.staff_id, waiting(rich)) == (one.staff_id, [])
    (told,) = rich.seen(ChangeRefused)
    assert (told.appointment.id, told.wanted.start) == (one.id, LATER)
    assert told.reason is Reason.OWNER_WAS_FIRST
    assert rich.seen(AppointmentCancelled) == []
    assert reasons(rich) == [Reason.OWNER_WAS_FIRST]


def test_with_its_travel(rich: Bench) -> None:
    one = of_erika(rich, "ort", location=BERLIN)
    assert len(pushed(rich, 3)) == 3
    rich.server.after("put_new", lambda: owner_takes(rich, LATER))
    hand_over(rich, one)
    in_time(rich, BookingConflict)
    at_rest(rich)
    assert len(of_ours(rich)) == 3
    living = [way for way in linked(rich, one) if way.state is AppointmentState.CONFIRMED]
    assert [way.part_of for way in living] == [one.id, one.id]


def test_while_the_other_calendar_cannot_be_reached_it_stands_in_the_old_one(rich: Bench) -> None:
    one = of_erika(rich)
    for _times in range(3):
        rich.server.fail_next("put_new", CalendarUnreachable("down"))
    hand_over(rich, one)
    in_time(rich, PushDelayed)
    rich.pump.advance(1)
    settled(rich)
    assert of_ours(rich) == [one.href]
    in_time(rich, AppointmentCancelled)
    (new,) = linked(rich, one)
    assert of_ours(rich) == [new.href]
    assert [told.appointment.id for told in rich.seen(AppointmentCancelled)] == [one.id]


def test_one_that_the_other_calendar_never_takes_can_be_called_off_altogether(rich: Bench) -> None:
    one = of_erika(rich)
    rich.server.fail_next("put_new", CalendarForbidden("read only"))
    hand_over(rich, one)
    in_time(rich, PushDelayed)
    (new,) = linked(rich, one)
    assert (new.state, of_ours(rich)) == (AppointmentState.PARKED, [one.href])
    rich.server.fail_next("get", CalendarForbidden("nobody may look"))
    rich.desk.changing.cancel(new)
    at_rest(rich)
    assert of_ours(rich) == []
    assert [one.id for one in waiting(rich)] == [new.id], "it waits for a person alone"


def test_handed_over_twice_before_the_first_came_there(rich: Bench) -> None:
    one = of_erika(rich)
    rich.server.fail_next("put_new", CalendarUnreachable("down"))
    hand_over(rich, one)
    (new,) = linked(rich, one)
    in_time(rich, PushDelayed)
    rich.desk.changing.move(now_is(rich, new), TUESDAY + 5 * HOUR, member(rich, "erika").id)
    rich.wait_for(AppointmentChanged, 2)
    at_rest(rich)
    (last,) = linked(rich, new)
    assert of_ours(rich) == [last.href]
    assert now_is(rich, last).state is AppointmentState.CONFIRMED
    assert waiting(rich) == []


def test_a_visit_called_off_is_restored_before_its_travel_is_out_of_his_calendar(
    rich: Bench,
) -> None:
    one = of_erika(rich, "ort", location=BERLIN)
    assert len(pushed(rich, 3)) == 3
    rich.server.fail_next("withdraw", CalendarUnreachable("down"))
    rich.desk.changing.cancel(one)
    rich.wait_for(AppointmentChanged)
    restored = rich.desk.changing.restore(now_is(rich, one))
    rich.wait_for(AppointmentBooked, 2)
    at_rest(rich)
    assert rich.seen(BookingConflict) == []
    assert len(of_ours(rich)) == 3
    assert any(str(restored) in href for href in of_ours(rich))


def test_a_longer_kind_that_does_not_fit_leaves_the_kind_as_it_was(rich: Bench) -> None:
    """Else our book and his calendar would say another kind than was agreed with the caller."""
    longer = AppointmentKind(
        id=uuid4(), key="gross", name="Großauftrag", minutes=180, buffer_before=15
    )
    short = AppointmentKind(id=uuid4(), key="kurz", name="Kurz", minutes=30)
    painter = replace(rich.painter, kinds=(*rich.painter.kinds, longer, short))
    others = tuple(one for one in rich.directory.clients if one.id != painter.id)
    imported(rich, replace(rich.directory, clients=(painter, *others)))
    rich.desk.changing.change(of_erika(rich), kind_id=short.id)
    in_time(rich, AppointmentConfirmed, 2)
    one = rich.seen(AppointmentConfirmed)[-1].appointment
    for count in (1, 2):
        rich.server.after("put_over", lambda: owner_takes(rich, TUESDAY + 2 * HOUR))
        rich.desk.changing.change(now_is(rich, one), kind_id=longer.id, caller_name="Max Muster")
        in_time(rich, ChangeRefused, count)
        now = now_is(rich, one)
        assert (now.period, now.kind_id, now.kind_name) == (one.period, one.kind_id, one.kind_name)
        assert (now.buffer_before, now.buffer_after) == (one.buffer_before, one.buffer_after)
        summary = value(text_of(rich, one), "SUMMARY")
        assert summary == now.title == "Max Muster – Kurz"
        for href in set(rich.server.objects) - set(of_ours(rich)):
            rich.server.delete(href)
        refreshed(rich)
        rich.pump.advance(1)
    assert rich.server.asked.count("put_over") == 1 + 4, "each time there and back"
