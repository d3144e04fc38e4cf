"""Writing, reading back, changing and taking back an appointment: the same on every server."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from receptionist.errors import (
    CalendarForbidden,
    CalendarGone,
    CalendarRefused,
    ObjectRejected,
    PreconditionFailed,
)
from receptionist.model.appointment import Stored
from receptionist.model.busy import SyncState
from tests.doubles.calendar import whole

from .conftest import HORIZON, STAMP, ZONE, Side, text_of


def test_what_was_put_is_read_back(side: Side) -> None:
    port, appointment = side.connect(), side.appointment(location="Zimmer 3, Hof", sequence=2)
    etag = port.put_new(appointment.href, appointment, STAMP)
    assert etag
    assert port.get(appointment.href) == Stored(
        appointment.href,
        etag,
        appointment.fingerprint,
        text=appointment.description,
        location="Zimmer 3, Hof",
        sequence=2,
    )


def test_the_owner_sees_the_caller_and_the_zone(side: Side) -> None:
    appointment = side.appointment()
    side.connect().put_new(appointment.href, appointment, STAMP)
    text = side.owner.get(appointment.href).replace("\r\n ", "").replace("\n ", "")
    assert "DTSTART;TZID=Europe/Berlin:20270325T100000" in text
    assert "BEGIN:VTIMEZONE" in text
    assert "+49 221 4710134" in text
    assert "Akte\\, Ausweis" in text
    for absent in ("DURATION", "ATTENDEE", "ORGANIZER"):
        assert absent not in text


def test_nothing_there_is_none(side: Side) -> None:
    assert side.connect().get(side.appointment().href) is None


def test_a_second_put_finds_somebody_there(side: Side) -> None:
    port, appointment = side.connect(), side.appointment()
    port.put_new(appointment.href, appointment, STAMP)
    other = replace(appointment, caller_name="Max Beispiel")
    with pytest.raises(PreconditionFailed):
        port.put_new(appointment.href, other, STAMP)
    stored = port.get(appointment.href)
    assert stored is not None
    assert stored.fingerprint == appointment.fingerprint


def test_the_same_uid_at_another_address_is_rejected_or_seen(side: Side) -> None:
    port, appointment = side.connect(), side.appointment()
    other = appointment.href.replace(".ics", "-2.ics")
    port.put_new(appointment.href, appointment, STAMP)
    with pytest.raises(ObjectRejected) if side.one_of_a_uid else nullcontext():
        port.put_new(other, appointment, STAMP)
    there = {appointment.href} if side.one_of_a_uid else {appointment.href, other}
    found = whole(port.changes(side.calendar, SyncState(), HORIZON, ZONE))
    assert {one.href: one.uid for one in found.changed} == dict.fromkeys(there, appointment.uid)


def test_a_change_keeps_what_we_do_not_know(side: Side) -> None:
    port, appointment = side.connect(), side.appointment()
    port.put_new(appointment.href, appointment, STAMP)
    extra = "LOCATION:Zimmer 3\r\nX-OWNER-NOTE;X-P=1:a\\, b\r\nEND:VEVENT"
    text = side.owner.get(appointment.href).replace("END:VEVENT", extra)
    side.owner.put(appointment.href, text)
    stored = port.get(appointment.href)
    assert stored is not None
    later = replace(
        appointment,
        start=appointment.start + timedelta(days=200),
        end=appointment.end + timedelta(days=200),
        sequence=1,
    )
    etag = port.put_over(appointment.href, later, STAMP, stored.etag)
    now = port.get(appointment.href)
    assert now is not None
    assert (now.etag, now.fingerprint) == (etag, later.fingerprint)
    text = side.owner.get(appointment.href)
    assert "LOCATION:Zimmer 3" in text
    assert "X-OWNER-NOTE;X-P=1:a\\, b" in text
    assert text.count("BEGIN:VTIMEZONE") == 1


def test_a_change_of_what_the_owner_changed_fails(side: Side) -> None:
    port, appointment = side.connect(), side.appointment()
    etag = port.put_new(appointment.href, appointment, STAMP)
    side.owner.put(appointment.href, text_of("DTSTART:20270601T100000Z", uid=appointment.uid))
    with pytest.raises(PreconditionFailed):
        port.put_over(appointment.href, appointment, STAMP, etag)
    with pytest.raises(PreconditionFailed):
        port.withdraw(appointment.href, etag)
    assert side.owner.get(appointment.href) is not None


def test_a_change_of_nothing_fails(side: Side) -> None:
    appointment = side.appointment()
    with pytest.raises(PreconditionFailed):
        side.connect().put_over(appointment.href, appointment, STAMP, '"x"')


@pytest.mark.parametrize("known", [True, False])
def test_withdrawing_twice_is_fine(side: Side, known: bool) -> None:
    port, appointment = side.connect(), side.appointment()
    etag = port.put_new(appointment.href, appointment, STAMP) if known else ""
    port.withdraw(appointment.href, etag)
    assert port.get(appointment.href) is None
    port.withdraw(appointment.href, etag)


def test_the_hour_that_comes_twice(side: Side) -> None:
    port = side.connect()
    for start in (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)):
        appointment = side.appointment(start=start)
        port.put_new(appointment.href, appointment, STAMP)
        stored = port.get(appointment.href)
        assert stored is not None
        assert stored.fingerprint == appointment.fingerprint


def test_a_wrong_password_is_refused(side: Side) -> None:
    port, appointment = side.connect("wrong"), side.appointment()
    with pytest.raises(CalendarRefused):
        port.put_new(appointment.href, appointment, STAMP)
    with pytest.raises(CalendarRefused):
        port.discover()


def test_a_calendar_for_reading_only_is_forbidden(side: Side) -> None:
    side.calendar = side.read_only
    appointment = side.appointment()
    with pytest.raises(CalendarForbidden):
        side.connect().put_new(appointment.href, appointment, STAMP)


def test_a_calendar_that_is_gone(side: Side) -> None:
    appointment = side.appointment()
    side.owner.delete(side.calendar)
    with pytest.raises(CalendarGone):
        side.connect().put_new(appointment.href, appointment, STAMP)


def test_an_object_that_is_no_event_has_no_fingerprint(side: Side) -> None:
    href = side.event("serie", "DTSTART:20270601T100000Z")
    side.owner.put(href, side.owner.get(href).replace("VEVENT", "VTODO"))
    stored = side.connect().get(href)
    assert stored is not None
    assert stored.fingerprint is None


NAMES = [
    "a\x00b",
    "a\ud800b",
    "a\rb",
    "a\r\nb",
    "a\u2028b",
    "a\x0bb",
    "a\x85b",
    "🎉 Æ",
    "a ",
    " a",
    "\ta",
    "a" * 500,
    "%n",
]


@pytest.mark.parametrize("name", NAMES, ids=map(ascii, NAMES))
def test_any_name_a_caller_can_have(side: Side, name: str) -> None:
    port, appointment = side.connect(), side.appointment(caller_name=name, note=name * 3)
    port.put_new(appointment.href, appointment, STAMP)
    stored = port.get(appointment.href)
    assert stored is not None
    assert stored.fingerprint == appointment.fingerprint
