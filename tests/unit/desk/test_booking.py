"""Bookings: steps A to F, and that nothing is lost, doubled or told too early."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from receptionist.errors import (
    BadInput,
    CalendarFull,
    CalendarRefused,
    CalendarUnreachable,
    NotFound,
    ObjectRejected,
)
from receptionist.events import (
    AppointmentBooked,
    AppointmentConfirmed,
    BookingConflict,
    CalendarHealth,
    PushDelayed,
    WorkAdded,
)
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.call import Call
from receptionist.model.office import Directory
from receptionist.model.period import Period
from receptionist.model.secret import Secret
from receptionist.model.worklist import Disposition
from receptionist.reasons import Reason
from tests.doubles.calendar import PASSWORD, USER
from tests.unit.desk.conftest import Bench

TUESDAY = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
"""10:00 in Berlin, the day after the bench's clock."""


def owner_puts(bench: Bench, start: datetime, minutes: int, name: str = "owner") -> None:
    """The owner writes an event on his phone."""
    end = start + timedelta(minutes=minutes)
    bench.server.put(
        f"{bench.server.home}painter/{name}.ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//phone//EN\r\nBEGIN:VEVENT\r\n"
        f"UID:{name}@example.org\r\nDTSTAMP:20270101T000000Z\r\nSUMMARY:Baustelle\r\n"
        f"DTSTART:{start:%Y%m%dT%H%M%SZ}\r\nDTEND:{end:%Y%m%dT%H%M%SZ}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
    )


def imported(bench: Bench, directory: Directory) -> None:
    """An office file was brought in."""
    done: list[bool] = []
    bench.desk.import_directory(directory, lambda: done.append(True), bench.fail)
    bench.pump.until(lambda: done)


def refreshed(bench: Bench) -> None:
    """The painter's calendar was read once more."""
    before = len(bench.of_painter())
    bench.desk.calendars.refresh(bench.painter.id, insist=True)
    bench.pump.until(lambda: len(bench.of_painter()) > before)


def slots(bench: Bench, count: int = 4) -> list[datetime]:
    found: list[tuple[Period, ...]] = []
    bench.desk.booking.slots(
        bench.painter.id, bench.painter.kinds[0].id, count=count, then=found.append
    )
    bench.pump.until(lambda: found)
    return [period.start for period in found[0]]


def waiting(bench: Bench) -> list[Appointment]:
    found: list[tuple[Appointment, ...]] = []
    bench.desk.booking.waiting(found.append)
    bench.pump.until(lambda: found)
    return list(found[0])


def of_ours(bench: Bench) -> list[str]:
    """Our objects in the owner's calendar."""
    return [href for href in bench.server.objects if "owner" not in href]


def test_a_booking_is_confirmed_only_after_it_was_read_back(bench: Bench) -> None:
    refreshed(bench)
    bench.server.asked.clear()
    appointment_id = bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)
    confirmed = bench.seen(AppointmentConfirmed)[0].appointment
    assert confirmed.id == appointment_id == bench.booked().id
    assert bench.server.asked == ["changes", "put_new", "get", "changes"]
    assert confirmed.href in bench.server.objects
    assert confirmed.summary == "Besichtigung: Erika Muster"
    assert waiting(bench) == []


def test_a_slot_is_never_offered_over_the_owners_event_or_its_buffer(bench: Bench) -> None:
    owner_puts(bench, TUESDAY, 60)
    refreshed(bench)
    assert TUESDAY not in slots(bench, 12)
    assert TUESDAY - timedelta(minutes=60) not in slots(bench, 12), "30 minutes after it are kept"
    assert TUESDAY + timedelta(minutes=60) in slots(bench, 12)


def test_the_same_slot_is_booked_once(bench: Bench) -> None:
    bench.book(TUESDAY)
    bench.book(TUESDAY + timedelta(minutes=30), "Max Beispiel")
    bench.wait_for(BookingConflict)
    bench.wait_for(AppointmentConfirmed)
    lost = bench.seen(BookingConflict)[0].appointment
    assert (lost.caller_name, lost.reason) == ("Max Beispiel", Reason.SLOT_TAKEN)
    assert len(of_ours(bench)) == 1


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        (TUESDAY.replace(hour=5), Reason.OUTSIDE_HOURS),
        (TUESDAY.replace(hour=15, minute=30), Reason.OUTSIDE_HOURS),
        (TUESDAY + timedelta(weeks=8), Reason.TOO_FAR),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_nothing_is_booked(
    bench: Bench, start: datetime, reason: Reason
) -> None:
    wanted = bench.book(start)
    bench.wait_for(BookingConflict)
    refused = bench.seen(BookingConflict)[0].appointment
    assert (refused.id, refused.reason) == (wanted, reason)
    assert (refused.caller_name, refused.start) == ("Erika Muster", start)
    assert waiting(bench) == []


@pytest.mark.parametrize(
    "start", [datetime(2027, 1, 10, 9, 0, tzinfo=UTC), datetime(2027, 1, 11, 8, 0, tzinfo=UTC)]
)
def test_a_time_that_is_over_is_refused_at_once(bench: Bench, start: datetime) -> None:
    with pytest.raises(BadInput) as caught:
        bench.book(start)
    assert caught.value.key == "start"


def test_a_wish_without_name_or_calendar_is_refused(bench: Bench) -> None:
    with pytest.raises(BadInput):
        bench.book(TUESDAY, "  ")
    with pytest.raises(NotFound):
        bench.desk.booking.book(
            client_id=bench.painter.id,
            kind_id=bench.lawyer.kinds[0].id,
            start=TUESDAY,
            caller_name="Erika Muster",
        )


def test_an_event_the_owner_wrote_since_the_last_refresh_wins(bench: Bench) -> None:
    refreshed(bench)
    owner_puts(bench, TUESDAY + timedelta(minutes=45), 30)
    bench.book(TUESDAY)
    bench.wait_for(BookingConflict)
    assert bench.seen(BookingConflict)[0].appointment.reason is Reason.OWNER_WAS_FIRST
    assert of_ours(bench) == []
    assert "put_new" not in bench.server.asked
    bench.wait_for(WorkAdded)


def test_an_event_that_arrives_between_put_and_confirmation_wins(bench: Bench) -> None:
    bench.server.after("put_new", lambda: owner_puts(bench, TUESDAY, 30))
    bench.book(TUESDAY)
    bench.wait_for(BookingConflict)
    assert bench.seen(AppointmentConfirmed) == []
    assert of_ours(bench) == []
    bench.wait_for(WorkAdded)
    assert bench.seen(WorkAdded)[0].item.number == "+492214710134"


def test_a_lost_answer_to_put_stores_once(bench: Bench) -> None:
    bench.server.fail_next("put_new", CalendarUnreachable("lost answer"), acts=True)
    bench.book(TUESDAY)
    bench.wait_for(PushDelayed)
    assert bench.seen(AppointmentConfirmed) == []
    bench.pump.advance(20)
    bench.wait_for(AppointmentConfirmed)
    assert len(of_ours(bench)) == 1
    assert waiting(bench) == []


def test_a_server_that_is_down_delays_and_is_tried_again(bench: Bench) -> None:
    refreshed(bench)
    bench.server.fail_next("changes", CalendarUnreachable("down"))
    bench.book(TUESDAY)
    bench.wait_for(PushDelayed)
    delayed = bench.seen(PushDelayed)[0].appointment
    assert delayed.state is AppointmentState.DELAYED
    assert delayed.reason is Reason.SERVER_UNREACHABLE
    assert [one.id for one in waiting(bench)] == [delayed.id]
    bench.pump.advance(20)
    bench.wait_for(AppointmentConfirmed)


@pytest.mark.parametrize("seconds", [300, 1800])
def test_retry_after_is_honoured(bench: Bench, seconds: float) -> None:
    refreshed(bench)
    busy = CalendarUnreachable("429", reason=Reason.SERVER_BUSY, retry_after_s=seconds)
    bench.server.fail_next("put_new", busy)
    bench.book(TUESDAY)
    bench.wait_for(PushDelayed)
    bench.pump.advance(seconds - 10)
    assert waiting(bench)[0].state is AppointmentState.DELAYED
    assert bench.server.asked.count("put_new") == 1
    bench.pump.advance(30)
    bench.wait_for(AppointmentConfirmed)


def test_a_refused_password_stops_the_account_until_it_is_entered(bench: Bench) -> None:
    refreshed(bench)
    bench.server.fail_next("put_new", CalendarRefused("401"))
    bench.book(TUESDAY)
    bench.wait_for(PushDelayed)
    health = bench.desk.calendars.health(bench.painter.id)
    assert health is not None
    assert (health.health, health.reason) == (CalendarHealth.STOPPED, Reason.PASSWORD_REFUSED)
    bench.pump.advance(600)
    waiting(bench)
    health = bench.desk.calendars.health(bench.painter.id)
    assert health is not None
    assert health.health is CalendarHealth.STOPPED
    assert bench.server.asked.count("put_new") == 1, "a stopped account is left alone"
    account = next(a for a in bench.directory.accounts if a.key == "painter")
    bench.desk.passwords.keep(account.id, Secret(PASSWORD))
    bench.wait_for(AppointmentConfirmed)


@pytest.mark.parametrize("error", [ObjectRejected("400"), CalendarFull("507")])
def test_what_no_repetition_mends_is_parked_and_called_back(
    bench: Bench, error: ObjectRejected | CalendarFull
) -> None:
    refreshed(bench)
    bench.server.fail_next("put_new", error)
    bench.book(TUESDAY)
    bench.wait_for(WorkAdded)
    bench.wait_for(PushDelayed)
    parked = bench.seen(PushDelayed)[-1].appointment
    assert (parked.state, parked.reason) == (AppointmentState.PARKED, error.reason)
    bench.pump.advance(3600)
    assert [one.id for one in waiting(bench)] == [parked.id]
    assert bench.server.asked.count("put_new") == 1
    assert TUESDAY not in slots(bench, 12), "its time stays taken"
    bench.desk.outbox.release()
    bench.wait_for(AppointmentConfirmed)
    assert waiting(bench) == []


def test_one_clients_broken_server_does_not_hold_up_another(bench: Bench) -> None:
    refreshed(bench)
    bench.server.fail_next("changes", CalendarUnreachable("down"))
    bench.book(TUESDAY)
    bench.wait_for(PushDelayed)
    bench.desk.booking.book(
        client_id=bench.lawyer.id,
        kind_id=bench.lawyer.kinds[0].id,
        start=TUESDAY,
        caller_name="Max Beispiel",
    )
    bench.wait_for(AppointmentConfirmed)
    assert bench.seen(AppointmentConfirmed)[0].appointment.client_id == bench.lawyer.id


def test_a_restart_takes_the_outbox_up_again(bench: Bench) -> None:
    refreshed(bench)
    bench.server.fail_next("put_new", CalendarUnreachable("lost answer"), acts=True)
    bench.book(TUESDAY)
    bench.wait_for(PushDelayed)
    bench.desk.stop()
    bench.clock.move(20)
    bench.start()
    bench.wait_for(AppointmentConfirmed)
    assert len(of_ours(bench)) == 1


def test_an_owners_event_over_a_confirmed_appointment_is_told_once(bench: Bench) -> None:
    bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)
    owner_puts(bench, TUESDAY, 30)
    refreshed(bench)
    bench.wait_for(WorkAdded)
    call_back = bench.seen(WorkAdded)[0].item
    assert call_back.reason == Reason.OVERLAP_FOUND
    bench.desk.work.dispose(call_back.id, Disposition.DONE)
    waiting(bench)
    refreshed(bench)
    waiting(bench)
    waiting(bench)
    assert len(bench.seen(WorkAdded)) == 1
    assert len(of_ours(bench)) == 1, "nothing is taken back by itself"


def test_a_ringing_call_refreshes_its_clients_calendar(bench: Bench) -> None:
    refreshed(bench)
    asked = len(bench.server.asked)
    bench.rings()
    bench.pump.until(lambda: len(bench.server.asked) > asked)


def test_the_owners_password_is_found_nowhere_on_disk(bench: Bench) -> None:
    bench.book(TUESDAY)
    bench.wait_for(AppointmentConfirmed)
    bench.desk.stop()
    for path in filter(Path.is_file, bench.data.rglob("*")):
        assert PASSWORD.encode() not in path.read_bytes(), path
    assert USER.encode() in (bench.data / "receptionist.db").read_bytes()
    bench.start()


def test_what_was_typed_is_written_no_later_than_the_booking(bench: Bench) -> None:
    call_id = bench.rings()
    bench.desk.journal.type(call_id, caller_name="Erika Muster")
    bench.book(TUESDAY)
    bench.wait_for(AppointmentBooked)
    bench.desk._ground.memory.close()
    bench.start()
    found: list[tuple[Call, ...]] = []
    bench.desk.journal.today(found.append)
    bench.pump.until(lambda: found)
    assert found[0][0].caller_name == "Erika Muster"


def test_what_is_told_as_booked_is_in_the_database_first(bench: Bench) -> None:
    bench.book(TUESDAY)
    bench.wait_for(AppointmentBooked)
    bench.desk._ground.memory.close()
    bench.start()
    bench.clock.move(2)
    bench.pump.advance(2)
    bench.wait_for(AppointmentConfirmed)
