"""Moving, changing, calling off and restoring in our book, with staff and travel."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from receptionist.errors import BadInput
from receptionist.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentChanged,
    AppointmentConfirmed,
    BookingConflict,
    ChangeRefused,
)
from receptionist.model.appointment import AppointmentState
from receptionist.model.client import AppointmentKind
from receptionist.reasons import Reason
from tests.unit.desk.conftest import Bench
from tests.unit.desk.owner import HOUR, in_time, now_is
from tests.unit.desk.practice import (
    BERLIN,
    ask,
    booked,
    kind,
    linked,
    member,
    minutes,
    pushed,
    refusal,
    times,
)
from tests.unit.desk.test_booking import (
    TUESDAY,
    imported,
    of_ours,
    owner_puts,
    refreshed,
)

# ---- moved


def test_a_move_takes_its_travel_along(rich: Bench) -> None:
    main = booked(rich, "ort", location=BERLIN)
    before = linked(rich, main)
    rich.desk.changing.move(main, TUESDAY + HOUR / 2)
    rich.wait_for(AppointmentChanged)
    told = rich.seen(AppointmentChanged)[0]
    assert (told.before, told.appointment.start) == (main, TUESDAY + HOUR / 2)
    after = linked(rich, main)
    assert times(after) == [minutes(-15, 30), minutes(90, 135)]
    assert [one.id for one in after] == [one.id for one in before]


def test_a_move_in_its_own_buffer_is_not_in_its_own_way(bench: Bench) -> None:
    one = booked(bench)
    bench.desk.changing.move(one, TUESDAY + HOUR / 4)
    bench.wait_for(AppointmentChanged)


@pytest.mark.parametrize(
    ("hours", "reason"),
    [(-4, Reason.OUTSIDE_HOURS), (24 * 60, Reason.TOO_FAR), (2, Reason.OWNER_WAS_FIRST)],
)
def test_a_move_to_where_nothing_can_be_is_refused(
    bench: Bench, hours: int, reason: Reason
) -> None:
    owner_puts(bench, TUESDAY + 2 * HOUR, 30)
    refreshed(bench)
    one = booked(bench)
    bench.desk.changing.move(one, TUESDAY + hours * HOUR)
    told = refusal(bench)
    assert (told.appointment, told.reason) == (one, reason)
    assert told.wanted.start == TUESDAY + hours * HOUR
    assert now_is(bench, one).start == TUESDAY


def test_a_move_over_another_of_ours_is_refused(bench: Bench) -> None:
    one, _other = booked(bench), booked(bench, start=TUESDAY + 2 * HOUR)
    bench.desk.changing.move(one, TUESDAY + 2 * HOUR)
    assert refusal(bench).reason is Reason.SLOT_TAKEN


def test_a_face_that_shows_an_old_state_changes_nothing(bench: Bench) -> None:
    one = booked(bench)
    bench.desk.changing.move(one, TUESDAY + 2 * HOUR)
    bench.desk.changing.move(one, TUESDAY + 4 * HOUR)
    told = refusal(bench)
    assert told.reason is Reason.CHANGED_MEANWHILE
    assert told.appointment.start == TUESDAY + 2 * HOUR
    assert now_is(bench, one).start == TUESDAY + 2 * HOUR


def test_another_of_the_staff_with_the_same_calendar_takes_it_over(rich: Bench) -> None:
    erika, max_ = member(rich, "erika"), member(rich, "max")
    one = booked(rich, staff_id=erika.id)
    in_time(rich, AppointmentConfirmed)
    rich.desk.changing.move(one, TUESDAY, max_.id)
    in_time(rich, AppointmentCancelled)
    in_time(rich, AppointmentConfirmed, 2)
    (new,) = linked(rich, one)
    assert (new.restores, new.staff_id) == (one.id, max_.id)
    assert of_ours(rich) == [new.href]
    assert new.href.startswith(f"{rich.server.home}painter/")


def test_a_kind_that_is_gone_does_not_hinder_a_move(bench: Bench) -> None:
    one = booked(bench)
    other = AppointmentKind(id=uuid4(), key="neu", name="Neu", minutes=30)
    painter = replace(bench.painter, kinds=(other,))
    gone = replace(bench.directory, clients=(painter, *bench.directory.clients[1:]))
    bench.desk.directory.replace(gone)
    bench.desk.changing.move(one, TUESDAY + 2 * HOUR)
    bench.wait_for(AppointmentChanged)
    moved = bench.seen(AppointmentChanged)[0].appointment
    assert moved.end - moved.start == HOUR


# ---- made longer or shorter, and changed


def test_an_appointment_is_made_longer_and_keeps_that_when_moved(bench: Bench) -> None:
    one = booked(bench)
    bench.desk.changing.resize(one, TUESDAY + 2 * HOUR)
    bench.wait_for(AppointmentChanged)
    longer = bench.seen(AppointmentChanged)[0].appointment
    bench.desk.changing.move(longer, TUESDAY + 3 * HOUR)
    bench.wait_for(AppointmentChanged, 2)
    assert bench.seen(AppointmentChanged)[1].appointment.end == TUESDAY + 5 * HOUR
    with pytest.raises(BadInput):
        bench.desk.changing.resize(longer, TUESDAY + timedelta(minutes=4))


def test_a_near_appointment_may_be_made_longer(bench: Bench) -> None:
    one = booked(bench)
    painter = replace(bench.painter, minimum_notice_min=10_000)
    imported(bench, replace(bench.directory, clients=(painter, *bench.directory.clients[1:])))
    bench.desk.changing.resize(one, TUESDAY + 2 * HOUR)
    bench.wait_for(AppointmentChanged)
    longer = bench.seen(AppointmentChanged)[0].appointment
    bench.desk.changing.move(longer, TUESDAY + 3 * HOUR)
    assert refusal(bench).reason is Reason.TOO_SOON


def test_texts_are_changed_and_the_title_follows(rich: Bench) -> None:
    one = booked(rich, "ort", location=BERLIN)
    rich.desk.changing.change(
        one, caller_name=" Max Beispiel ", caller_number="030 231255", note="Hinterhaus"
    )
    rich.wait_for(AppointmentChanged)
    changed = rich.seen(AppointmentChanged)[0].appointment
    assert changed.summary == "Max Beispiel – Aufmaß"
    assert (changed.caller_number, changed.note) == ("+4930231255", "Hinterhaus")
    assert changed.location == BERLIN
    assert {one.caller_name for one in linked(rich, one)} == {"Max Beispiel"}


def test_what_the_owner_called_it_stays(rich: Bench) -> None:
    one = booked(rich)
    his = replace(one, title="Wichtig")
    ask(rich, lambda store: store.bookings.change(one, his, uuid4(), one.created))
    rich.desk.changing.change(now_is(rich, one), caller_name="Max Beispiel")
    rich.wait_for(AppointmentChanged)
    assert rich.seen(AppointmentChanged)[0].appointment.title == "Wichtig"


def test_a_title_of_other_days_follows_too(rich: Bench) -> None:
    one = booked(rich)
    painter = replace(rich.painter, title="{kind}")
    others = tuple(one for one in rich.directory.clients if one.id != painter.id)
    imported(rich, replace(rich.directory, clients=(painter, *others)))
    rich.desk.changing.change(one, caller_name="Max Beispiel")
    rich.wait_for(AppointmentChanged)
    assert rich.seen(AppointmentChanged)[0].appointment.title == "Max Beispiel – Besichtigung"


def test_travel_of_a_kind_that_is_gone_moves_along(rich: Bench) -> None:
    one = booked(rich, "ort", location=BERLIN)
    painter = replace(rich.painter, kinds=rich.painter.kinds[:1])
    others = tuple(one for one in rich.directory.clients if one.id != painter.id)
    rich.desk.directory.replace(replace(rich.directory, clients=(painter, *others)))
    rich.desk.changing.move(one, TUESDAY + HOUR)
    rich.wait_for(AppointmentChanged)
    assert times(linked(rich, one)) == [minutes(15, 60), minutes(120, 165)]


def test_another_address_is_another_way(rich: Bench) -> None:
    one = booked(rich, "ort")
    rich.desk.changing.change(one, location=BERLIN)
    rich.wait_for(AppointmentChanged)
    assert times(linked(rich, one)) == [minutes(-45, 0), minutes(60, 105)]


def test_another_kind_has_its_own_length_and_travel(rich: Bench) -> None:
    one = booked(rich, "ort")
    rich.desk.changing.change(one, kind_id=kind(rich, "visit").id)
    rich.wait_for(AppointmentChanged)
    changed = rich.seen(AppointmentChanged)[0].appointment
    assert (changed.kind_name, changed.buffer_after) == ("Besichtigung", 30)
    assert {one.state for one in linked(rich, one)} == {AppointmentState.CANCELLED}


# ---- called off, and restored


def test_called_off_and_renow_is(bench: Bench) -> None:
    one = booked(bench)
    in_time(bench, AppointmentConfirmed)
    bench.desk.changing.cancel(one)
    in_time(bench, AppointmentCancelled)
    assert of_ours(bench) == []
    off = now_is(bench, one)
    new_id = bench.desk.changing.restore(off)
    in_time(bench, AppointmentConfirmed, 2)
    new = bench.seen(AppointmentConfirmed)[1].appointment
    assert (new.id, new.restores, new.start) == (new_id, one.id, one.start)
    assert new.uid != one.uid
    assert (new.sequence, new.caller_name) == (0, "Erika Muster")
    assert len(of_ours(bench)) == 1


def test_restored_at_once_it_is_there_once(bench: Bench) -> None:
    one = booked(bench)
    in_time(bench, AppointmentConfirmed)
    refreshed(bench)
    bench.desk.changing.cancel(one)
    bench.wait_for(AppointmentChanged)
    bench.desk.changing.restore(bench.seen(AppointmentChanged)[0].appointment)
    in_time(bench, AppointmentConfirmed, 2)
    in_time(bench, AppointmentCancelled)
    assert len(pushed(bench, 1)) == 1


def test_what_is_restored_may_be_too_soon_but_not_taken(bench: Bench) -> None:
    one = booked(bench)
    bench.desk.changing.cancel(one)
    bench.wait_for(AppointmentChanged)
    off = bench.seen(AppointmentChanged)[0].appointment
    painter = replace(bench.painter, minimum_notice_min=10_000)
    imported(bench, replace(bench.directory, clients=(painter, *bench.directory.clients[1:])))
    first = bench.desk.changing.restore(off)
    bench.wait_for(AppointmentBooked, 2)
    assert bench.seen(AppointmentBooked)[1].appointment.id == first
    bench.desk.changing.restore(off)
    bench.wait_for(BookingConflict)
    assert bench.seen(BookingConflict)[0].appointment.reason is Reason.SLOT_TAKEN


def test_the_rest_of_a_series_is_called_off(bench: Bench) -> None:
    booked(bench, times=4)
    first, second, third, fourth = (one.appointment for one in bench.seen(AppointmentBooked))
    bench.desk.changing.cancel(third)
    bench.wait_for(AppointmentChanged)
    bench.desk.changing.cancel(second, series=True)
    bench.wait_for(AppointmentChanged, 3)
    assert now_is(bench, first).state is not AppointmentState.CANCELLED
    told = [one.appointment.id for one in bench.seen(AppointmentChanged)]
    assert told == [third.id, second.id, fourth.id]
    assert bench.seen(ChangeRefused) == []


def test_travel_is_called_off_and_restored_with_its_appointment(rich: Bench) -> None:
    one = booked(rich, "ort", location=BERLIN)
    rich.desk.changing.cancel(one)
    in_time(rich, AppointmentCancelled)
    assert pushed(rich, 0) == []
    rich.desk.changing.restore(now_is(rich, one))
    rich.wait_for(AppointmentBooked, 2)
    new = rich.seen(AppointmentBooked)[1].appointment
    assert times(linked(rich, new)) == [minutes(-45, 0), minutes(60, 105)]
    assert len(pushed(rich, 3)) == 3


def test_what_cannot_be_is_refused_at_once(rich: Bench) -> None:
    changing = rich.desk.changing
    one = booked(rich, "ort")
    with pytest.raises(BadInput):
        changing.move(linked(rich, one)[0], TUESDAY + HOUR)
    with pytest.raises(BadInput):
        changing.move(one, rich.clock.now())
    with pytest.raises(BadInput):
        changing.change(one, caller_name="  ")
    with pytest.raises(BadInput):
        changing.change(one, caller_email="nobody")
    with pytest.raises(BadInput):
        changing.restore(one)
    with pytest.raises(BadInput):
        changing.cancel(replace(one, state=AppointmentState.CANCELLED))
    rich.clock.move(3 * 24 * 3600)
    with pytest.raises(BadInput):
        changing.cancel(one)
    with pytest.raises(BadInput):
        changing.restore(replace(one, state=AppointmentState.CANCELLED))
    assert now_is(rich, one).sequence == 0
