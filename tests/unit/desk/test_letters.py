"""Letters to callers: only what is certain, once a state, kept while the server is away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from receptionist.desk.letters import GIVE_UP_AFTER
from receptionist.errors import BadInput, CalendarUnreachable
from receptionist.events import AppointmentChanged, AppointmentConfirmed, LetterDelayed, LetterSent
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.letter import MAIL_SECRET, LetterKind, LetterState, MailServer
from receptionist.model.secret import Secret
from receptionist.reasons import Reason, sentence
from tests.doubles.mail import PASSWORD
from tests.unit.desk.conftest import Bench
from tests.unit.desk.owner import looked, now_is, owner_moves
from tests.unit.desk.test_booking import imported

TUESDAY = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
SERVER = MailServer(host="mail.example", sender="buero@example.com")
ADDRESS = "erika.muster@example.org"


@pytest.fixture
def told(bench: Bench) -> Bench:
    """The painter wants callers to be told, and there is a mail server."""
    office = bench.directory
    painter = replace(bench.painter, tells_callers=True)
    clients = tuple(painter if one.id == painter.id else one for one in office.clients)
    imported(bench, replace(office, clients=clients))
    bench.desk.letters.server = SERVER
    return bench


def later(bench: Bench, seconds: float) -> None:
    """Time passes, and the letters are looked at again."""
    bench.clock.move(seconds)
    bench.desk.letters.kick()


def confirmed(bench: Bench, address: str = ADDRESS) -> Appointment:
    bench.desk.booking.book(
        client_id=bench.painter.id,
        kind_id=bench.painter.kinds[0].id,
        start=TUESDAY,
        caller_name="Erika Muster",
        note="Kommt nie pünktlich.",
        caller_email=address,
    )
    bench.wait_for(AppointmentConfirmed)
    return bench.seen(AppointmentConfirmed)[-1].appointment


def test_a_caller_is_told_what_the_owners_calendar_says(told: Bench) -> None:
    told.desk.letters.send(confirmed(told))
    told.wait_for(LetterSent)
    (letter,) = told.mail.letters
    assert letter.to == ADDRESS
    assert "Malerbetrieb Muster" in letter.subject
    assert "10:00 bis 11:00" in letter.text
    assert "Dienstag, 12. Januar 2027" in letter.text
    assert "pünktlich" not in letter.text
    assert letter.method == "PUBLISH"
    calendar = letter.calendar.decode()
    assert "METHOD:PUBLISH" in calendar
    assert "ORGANIZER:mailto:buero@example.com" in calendar
    assert "SUMMARY:Malerbetrieb Muster: Besichtigung" in calendar
    assert "pünktlich" not in calendar


def test_the_same_letter_goes_out_once(told: Bench) -> None:
    appointment = confirmed(told)
    for count in (1, 2):
        told.desk.letters.send(appointment)
        told.wait_for(LetterSent, count)
    assert len(told.mail.letters) == 1


def test_a_later_state_is_told_as_a_change(told: Bench) -> None:
    appointment = confirmed(told)
    told.desk.letters.send(appointment)
    told.wait_for(LetterSent)
    told.desk.changing.move(appointment, TUESDAY + timedelta(days=1))
    told.wait_for(AppointmentConfirmed, 2)
    moved = told.seen(AppointmentConfirmed)[-1].appointment
    told.desk.letters.send(moved)
    told.wait_for(LetterSent, 2)
    first, second = told.mail.letters
    assert told.seen(LetterSent)[-1].letter.kind is LetterKind.CHANGED
    assert "Mittwoch, 13. Januar" in second.text
    assert first.message_id != second.message_id


@pytest.mark.parametrize(
    "state", [AppointmentState.BOOKED, AppointmentState.CONFLICT, AppointmentState.HOLD]
)
def test_nothing_is_told_that_is_not_certain(told: Bench, state: AppointmentState) -> None:
    appointment = replace(confirmed(told), state=state)
    with pytest.raises(BadInput):
        told.desk.letters.send(appointment)
    with pytest.raises(BadInput):
        told.desk.letters.text(appointment)
    assert told.desk.letters.hindrance(appointment)


def test_nothing_is_told_while_a_change_is_on_its_way(told: Bench) -> None:
    told.server.fail_next("withdraw", CalendarUnreachable("reset"))
    told.desk.changing.cancel(confirmed(told))
    told.wait_for(AppointmentChanged)
    told.desk.letters.send(told.seen(AppointmentChanged)[0].appointment)
    told.wait_for(LetterDelayed)
    assert told.mail.letters == []


def test_what_is_lacking_is_said(told: Bench) -> None:
    appointment = confirmed(told)
    for wrong in ("", "erika", "a@b", "a@example.org\r\nBcc: x@example.org", "ä@example.org"):
        with pytest.raises(BadInput) as lacking:
            told.desk.letters.send(replace(appointment, caller_email=wrong))
        assert lacking.value.key == "caller_email"
    told.desk.letters.server = None
    assert told.desk.letters.hindrance(appointment) == sentence(Reason.MAIL_NOT_SET)
    assert told.desk.letters.text(appointment).text
    assert told.mail.letters == []


def test_a_client_who_does_not_want_it_sends_nothing(bench: Bench) -> None:
    bench.desk.letters.server = SERVER
    with pytest.raises(BadInput, match="Malerbetrieb Muster"):
        bench.desk.letters.send(confirmed(bench))


def test_a_letter_waits_for_its_server_and_is_sent_then(told: Bench) -> None:
    told.mail.faults = [Reason.MAIL_UNREACHABLE]
    told.desk.letters.send(confirmed(told))
    told.wait_for(LetterDelayed)
    assert told.seen(LetterDelayed)[0].letter.state is LetterState.WAITING
    later(told, 3600)
    told.wait_for(LetterSent)
    assert len(told.mail.letters) == 1


def test_it_is_given_up_after_two_days(told: Bench) -> None:
    told.mail.faults = [Reason.MAIL_UNREACHABLE] * 100
    told.desk.letters.send(confirmed(told))
    told.wait_for(LetterDelayed)
    later(told, GIVE_UP_AFTER.total_seconds() + 60)
    told.pump.until(lambda: told.seen(LetterDelayed)[-1].letter.state is LetterState.REFUSED)


def test_what_may_have_arrived_is_sent_again_only_by_a_person(told: Bench) -> None:
    told.mail.faults = [Reason.MAIL_UNKNOWN]
    appointment = confirmed(told)
    told.desk.letters.send(appointment)
    told.wait_for(LetterDelayed)
    assert told.seen(LetterDelayed)[0].letter.state is LetterState.UNKNOWN
    later(told, 7200)
    told.desk.letters.send(appointment)
    told.wait_for(LetterSent)
    assert len(told.mail.letters) == 2


def test_before_the_server_gets_it_the_store_knows_that_it_may_have_arrived(told: Bench) -> None:
    stood: list[LetterState] = []
    appointment, send = confirmed(told), told.mail.send

    def looked(*values: object) -> None:
        memory = told.desk.letters._memory
        stood.extend(one.state for one in memory.ask(lambda s: s.letters.of(appointment.id)))
        send(*values)  # type: ignore[arg-type]

    told.mail.send = looked  # type: ignore[method-assign]
    told.desk.letters.send(appointment)
    told.wait_for(LetterSent)
    assert stood == [LetterState.UNKNOWN]


def test_the_password_comes_from_the_keyring(told: Bench) -> None:
    told.desk.letters.server = replace(SERVER, user="office")
    appointment = confirmed(told)
    told.desk.letters.send(appointment)
    told.wait_for(LetterDelayed)
    assert told.seen(LetterDelayed)[0].message == sentence(Reason.MAIL_PASSWORD_MISSING)
    told.desk.passwords.keep(MAIL_SECRET, Secret(PASSWORD))
    later(told, 3600)
    told.wait_for(LetterSent)


def test_a_letter_about_what_is_no_longer_so_is_not_sent(told: Bench) -> None:
    told.mail.faults = [Reason.MAIL_UNREACHABLE]
    appointment = confirmed(told)
    told.desk.letters.send(appointment)
    told.wait_for(LetterDelayed)
    told.desk.changing.move(appointment, TUESDAY + timedelta(days=1))
    told.wait_for(AppointmentConfirmed, 2)
    later(told, 3600)
    told.wait_for(LetterDelayed, 2)
    assert told.seen(LetterDelayed)[-1].letter.state is LetterState.REFUSED
    assert told.mail.letters == []


def test_a_letter_about_what_the_owner_took_out_meanwhile_is_not_sent(told: Bench) -> None:
    told.mail.faults = [Reason.MAIL_UNREACHABLE]
    appointment = confirmed(told)
    told.desk.letters.send(appointment)
    told.wait_for(LetterDelayed)
    told.server.delete(appointment.href)
    looked(told)
    later(told, 3600)
    told.wait_for(LetterDelayed, 2)
    assert told.seen(LetterDelayed)[-1].letter.state is LetterState.REFUSED
    assert told.mail.letters == []


def test_what_the_owner_moved_without_counting_it_is_told_anew(told: Bench) -> None:
    appointment = confirmed(told)
    told.desk.letters.send(appointment)
    told.wait_for(LetterSent)
    owner_moves(told, appointment, TUESDAY + timedelta(days=1))
    looked(told)
    moved = now_is(told, appointment)
    assert moved.sequence == appointment.sequence
    told.desk.letters.send(moved)
    told.wait_for(LetterSent, 2)
    assert "Mittwoch, 13. Januar" in told.mail.letters[-1].text
