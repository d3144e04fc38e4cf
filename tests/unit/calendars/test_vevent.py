"""An appointment as a calendar object, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.tz import tzical
from hypothesis import example, given, settings
from hypothesis import strategies as st

from receptionist.calendars.vevent import fingerprint, written, written_over
from receptionist.model.appointment import Appointment, Fingerprint

STAMP = datetime(2027, 1, 4, 8, tzinfo=UTC)
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Asia/Kolkata",
    "America/Sao_Paulo",
    "Pacific/Auckland",
    "UTC",
]


def appointment(**values: Any) -> Appointment:
    start = values.pop("start", datetime(2027, 3, 25, 9, tzinfo=UTC))
    defaults: dict[str, Any] = {
        "id": uuid4(),
        "client_id": uuid4(),
        "calendar_id": uuid4(),
        "kind_id": uuid4(),
        "kind_name": "Erstgespräch",
        "start": start,
        "end": start + timedelta(minutes=45),
        "zone": "Europe/Berlin",
        "caller_name": "Erika Muster",
        "uid": "u-1",
        "href": "https://calendar.example/u-1.ics",
        "created": STAMP,
    }
    return Appointment(**(defaults | values))


def event_of(text: bytes) -> icalendar.Event:
    return icalendar.Calendar.from_ical(text).events[0]


def test_every_property_the_owner_needs_and_none_that_invites() -> None:
    event = event_of(written(appointment(caller_number="+492214710134", note="a,b;c\\d\ne"), STAMP))
    assert set(event) == {
        "UID", "SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "DTSTAMP", "STATUS", "TRANSP",
        "SEQUENCE",
    }  # fmt: skip
    assert event["SUMMARY"] == "Erstgespräch: Erika Muster"
    assert event["DESCRIPTION"] == "Telephone: +49 221 4710134\na,b;c\\d\ne"
    assert (event["STATUS"], event["TRANSP"], event["SEQUENCE"]) == ("CONFIRMED", "OPAQUE", 0)
    assert event["DTSTAMP"].dt == STAMP


def test_no_description_for_nothing_known() -> None:
    assert "DESCRIPTION" not in event_of(written(appointment(), STAMP))


@settings(max_examples=60)
@given(
    zone=st.sampled_from(ZONES),
    start=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    minutes=st.integers(1, 3000),
)
def test_any_time_in_any_zone_is_read_back(zone: str, start: datetime, minutes: int) -> None:
    start = start.replace(microsecond=0)
    end = start + timedelta(minutes=minutes)
    booked = replace(appointment(zone=zone, start=start), end=end)
    assert fingerprint(written(booked, STAMP).decode()) == booked.fingerprint


@settings(max_examples=60)
@given(name=st.text(max_size=60), note=st.text(max_size=200))
@example(name="a\r", note="\r\n\x00\x0b\x85\u2028")
@example(name="\n\\n\\\\n", note="\\")
def test_any_text_is_read_back(name: str, note: str) -> None:
    booked = appointment(caller_name=name, note=note)
    text = written(booked, STAMP)
    assert fingerprint(text.decode()) == booked.fingerprint
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))


def test_the_hour_that_comes_twice_is_said_in_utc() -> None:
    first = appointment(start=datetime(2027, 10, 31, 0, tzinfo=UTC))
    second = appointment(start=datetime(2027, 10, 31, 1, tzinfo=UTC))
    assert b"DTSTART;TZID=Europe/Berlin:20271031T020000" in written(first, STAMP)
    assert b"DTSTART:20271031T010000Z" in written(second, STAMP)
    assert fingerprint(written(second, STAMP).decode()) == second.fingerprint


def test_a_note_keeps_its_lines_and_loses_what_no_server_takes() -> None:
    booked = appointment(note="eins\r\nzwei\x00\x1b[31m\ud800\ndrei\tvier")
    assert event_of(written(booked, STAMP))["DESCRIPTION"] == "eins\nzwei[31m\ndrei\tvier"


@pytest.mark.parametrize("zone", ZONES[:-1])
def test_the_zone_that_is_sent_changes_its_clock_to_the_second(zone: str) -> None:
    text = written(
        appointment(zone=zone, start=datetime(2027, 6, 1, 9, tzinfo=UTC)), STAMP
    ).decode()
    block = text[text.index("BEGIN:VTIMEZONE") : text.index("BEGIN:VEVENT")]
    sent = tzical(StringIO(block)).get(zone)
    moment = datetime(2027, 1, 1, tzinfo=UTC)
    while moment < datetime(2028, 12, 30, tzinfo=UTC):
        expected = moment.astimezone(ZoneInfo(zone))
        if expected.fold == 0:
            assert expected.replace(tzinfo=sent).utcoffset() == expected.utcoffset(), moment
        moment += timedelta(hours=1)


@pytest.mark.parametrize("zone", ["Nowhere/Nothing", "", "UTC"])
def test_an_unknown_zone_is_written_in_utc(zone: str) -> None:
    assert b"DTSTART:20270325T090000Z" in written(appointment(zone=zone), STAMP)


def test_a_change_keeps_alarms_attendees_and_unknown_lines() -> None:
    text = written(appointment(), STAMP).decode()
    extra = (
        'LOCATION:Zimmer 3\r\nX-FLAG;X-P="a:b":a\\,b\\;c\r\nDURATION:PT1H\r\nSEQUENCE:7\r\n'
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:max@example.org\r\n"
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION:x\r\nEND:VALARM\r\n"
    )
    text = text.replace("SEQUENCE:0\r\n", extra).replace(
        "DTEND;TZID=Europe/Berlin:20270325T104500\r\n", ""
    )
    later = appointment(start=datetime(2028, 7, 1, 9, tzinfo=UTC), sequence=1)
    changed = written_over(text, later, STAMP).decode()
    assert fingerprint(changed) == later.fingerprint
    assert "DURATION:PT1H" not in changed
    assert changed.count("BEGIN:VTIMEZONE") == 1
    for kept in ("LOCATION:Zimmer 3", "X-FLAG;X-P=\"a:b\":a\\,b\\;c", "PARTSTAT=ACCEPTED",
                 "TRIGGER:-PT15M", "SEQUENCE:7"):  # fmt: skip
        assert kept in changed


@pytest.mark.parametrize("text", ["", "rubbish", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"])
def test_an_object_that_cannot_be_read_is_replaced(text: str) -> None:
    booked = appointment()
    assert fingerprint(written_over(text, booked, STAMP).decode()) == booked.fingerprint
    assert fingerprint(text) is None


def test_a_length_instead_of_an_end_is_the_same_appointment() -> None:
    booked = appointment()
    text = written(booked, STAMP).decode()
    text = text.replace("DTEND;TZID=Europe/Berlin:20270325T104500", "DURATION:PT45M")
    assert fingerprint(text) == booked.fingerprint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Erika Muster", "Erika"),
        ("T100000", "T101000"),
        ("STATUS:CONFIRMED", "STATUS:CANCELLED"),
        ("UID:u-1", "UID:u-2"),
    ],
)
def test_every_difference_that_matters_shows(old: str, new: str) -> None:
    booked = appointment()
    text = written(booked, STAMP).decode()
    assert fingerprint(text.replace(old, new)) not in (None, booked.fingerprint)


def test_the_first_event_counts_not_its_exceptions() -> None:
    booked = appointment()
    text = written(booked, STAMP).decode()
    event = text[text.index("BEGIN:VEVENT") : text.index("END:VCALENDAR")]
    exception = event.replace("UID:", "RECURRENCE-ID:20270101T000000Z\r\nUID:").replace(
        "Muster", "M"
    )
    assert fingerprint(text.replace(event, exception + event)) == booked.fingerprint
    assert isinstance(fingerprint(text, "u-1"), Fingerprint)
    assert fingerprint(text, "u-2") is None
