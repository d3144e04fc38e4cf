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

from receptionist.calendars.letters import enclosed
from receptionist.calendars.vevent import exported, fingerprint, stored, written, written_over
from receptionist.model.appointment import Appointment, AppointmentState, Fingerprint

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


def told(booked: Appointment, **values: Any) -> Appointment:
    """The appointment as it is once the owner's calendar had it."""
    said = {"told_start": booked.start, "told_end": booked.end, "told_text": booked.description}
    return replace(booked, told_location=booked.place, **(said | values))


def alarms(text: bytes) -> list[str]:
    return [str(alarm["TRIGGER"].dt) for alarm in event_of(text).walk("VALARM")]


def test_a_number_stands_in_its_international_form_on_a_line_of_its_own() -> None:
    booked = appointment(caller_number="+493023125000", note="bitte klingeln")
    lines = event_of(written(booked, STAMP))["DESCRIPTION"].split("\n")
    assert lines == ["Telephone: +49 30 23125000", "bitte klingeln"]


def test_the_owner_s_own_text_is_kept_instead_of_ours() -> None:
    booked = appointment(caller_number="+493023125000", note="x", text="Meins\nund mehr")
    assert event_of(written(booked, STAMP))["DESCRIPTION"] == "Meins\nund mehr"


def test_a_location_is_one_line() -> None:
    booked = appointment(location=" Hof 3,\r\n2. Stock\x00 ")
    assert event_of(written(booked, STAMP))["LOCATION"] == "Hof 3, 2. Stock"


def test_one_alarm_of_ours() -> None:
    booked = appointment(alarm_min=15)
    text = written(booked, STAMP)
    assert alarms(text) == ["-1 day, 23:45:00"]
    alarm = event_of(text).walk("VALARM")[0]
    assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", booked.summary)
    assert alarms(written(replace(booked, alarm_min=0), STAMP)) == ["0:00:00"]
    assert alarms(written(replace(booked, alarm_min=-1), STAMP)) == []
    later = told(booked, alarm_min=30)
    assert alarms(written_over(text.decode(), later, STAMP)) == ["-1 day, 23:30:00"]
    assert alarms(written_over(text.decode(), replace(later, alarm_min=-1), STAMP)) == []


def test_an_alarm_that_the_owner_took_out_stays_out() -> None:
    silent = written(appointment(), STAMP).decode()
    assert alarms(written_over(silent, told(appointment(), alarm_min=15), STAMP)) == []
    assert len(alarms(written_over(silent, appointment(alarm_min=15), STAMP))) == 1


def test_an_alarm_that_the_owner_has_at_the_same_time_is_enough() -> None:
    his = "BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT"
    text = written(appointment(), STAMP).decode().replace("END:VEVENT", his)
    changed = written_over(text, appointment(alarm_min=15), STAMP)
    assert alarms(changed) == ["-1 day, 23:45:00"]
    assert b"ACTION:AUDIO" in changed


def test_called_off() -> None:
    text = written(appointment(alarm_min=15), STAMP).decode()
    gone = appointment(alarm_min=15, state=AppointmentState.CANCELLED, sequence=1)
    event = event_of(written_over(text, gone, STAMP))
    assert (event["STATUS"], event["TRANSP"], event["SEQUENCE"]) == ("CANCELLED", "TRANSPARENT", 1)
    assert not event.walk("VALARM")
    assert fingerprint(written_over(text, gone, STAMP).decode()) == gone.fingerprint


@pytest.mark.parametrize(
    ("name", "field", "instead"),
    [
        ("DESCRIPTION", "text", "X-ALT-DESC;FMTTYPE=text/html:<p>alt</p>"),
        ("LOCATION", "location", "X-APPLE-STRUCTURED-LOCATION;VALUE=URI:geo:52.5,13.4"),
    ],
)
def test_what_would_be_shown_in_place_of_a_changed_text_goes(
    name: str, field: str, instead: str
) -> None:
    booked = appointment(**{field: "so"})
    text = written(booked, STAMP).decode()
    text = text.replace(f"{name}:so", f"{name};LANGUAGE=de:so\r\n{instead}")
    head = instead.partition(";")[0]
    same = written_over(text, told(booked), STAMP).decode()
    assert head in same
    assert f"{name};LANGUAGE=de:so" in same
    changed = written_over(text, replace(told(booked), **{field: "anders"}), STAMP).decode()
    assert head not in changed
    assert f"{name}:anders" in changed


@pytest.mark.parametrize("name", ["DESCRIPTION", "LOCATION"])
def test_a_text_that_was_never_ours_is_not_taken_out(name: str) -> None:
    text = written(appointment(), STAMP).decode()
    text = text.replace("SEQUENCE:0", f"SEQUENCE:0\r\n{name}:seins")
    assert f"{name}:seins" in written_over(text, told(appointment()), STAMP).decode()
    field = {"DESCRIPTION": "told_text", "LOCATION": "told_location"}[name]
    gone = (
        told(appointment(), **{field: "seins"})
        if name == "DESCRIPTION"
        else replace(told(appointment()), told_location="seins")
    )
    assert f"{name}:seins" not in written_over(text, gone, STAMP).decode()


def test_a_change_is_dated_where_the_owner_s_program_dates_it() -> None:
    text = written(appointment(), STAMP).decode()
    text = text.replace("SEQUENCE:0", "SEQUENCE:0\r\nLAST-MODIFIED:20200101T000000Z")
    event = event_of(written_over(text, appointment(), STAMP))
    assert event["LAST-MODIFIED"].dt == STAMP


def test_every_zone_that_is_named_is_defined() -> None:
    text = written(appointment(), STAMP).decode()
    extra = (
        "RRULE:FREQ=WEEKLY;UNTIL=20300101T000000Z\r\n"
        "EXDATE;TZID=America/New_York:20270401T050000\r\nEND:VEVENT"
    )
    text = text.replace("END:VEVENT", extra)
    changed = written_over(text, appointment(sequence=1), STAMP).decode()
    assert changed.count("BEGIN:VTIMEZONE") == 2
    assert "TZID:America/New_York" in changed
    assert "DTSTART:20300331T020000" in changed
    assert "EXDATE;TZID=America/New_York:20270401T050000" in changed
    assert "RRULE:FREQ=WEEKLY;UNTIL=20300101T000000Z" in changed
    assert stored("h", "e", changed).recurs


@pytest.mark.parametrize("year", ["0001", "1601", "9998"])
def test_a_series_of_any_age_has_its_zone(year: str) -> None:
    text = written(appointment(), STAMP).decode()
    other = (
        f"BEGIN:VEVENT\r\nUID:o\r\nDTSTART;TZID=Europe/Berlin:{year}0105T100000\r\n"
        "RRULE:FREQ=DAILY;COUNT=2\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )
    changed = written_over(text.replace("END:VCALENDAR", other), appointment(), STAMP)
    assert changed.count(b"BEGIN:VTIMEZONE") == 1


def test_properties_that_a_program_wrote_twice_do_not_break_reading() -> None:
    text = written(appointment(sequence=4), STAMP).decode()
    twice = "SEQUENCE:4\r\nSEQUENCE:5\r\nSTATUS:CONFIRMED\r\nSUMMARY:zweite"
    found = stored("h", "e", text.replace("SEQUENCE:4", twice))
    assert found.fingerprint == appointment().fingerprint
    assert found.sequence == 4


def test_several_in_one_file() -> None:
    first, second = appointment(), appointment(uid="u-2", zone="Europe/London")
    later = appointment(uid="u-3", start=datetime(2029, 7, 1, 9, tzinfo=UTC))
    calendar = icalendar.Calendar.from_ical(exported([first, second, later], STAMP))
    assert [str(event["UID"]) for event in calendar.events] == ["u-1", "u-2", "u-3"]
    assert sorted(str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")) == [
        "Europe/Berlin",
        "Europe/London",
    ]
    assert "METHOD" not in calendar
    for one in (first, second, later):
        assert fingerprint(exported([first, second, later], STAMP).decode(), one.uid) == (
            one.fingerprint
        )


def test_a_letter_tells_the_caller_nothing_but_what_is_his() -> None:
    booked = appointment(
        caller_number="+493023125000",
        note="schwierig",
        text="schwierig",
        location="Hof 3",
        alarm_min=15,
        sequence=2,
    )
    letter = enclosed(booked, STAMP, "Praxis Muster: Kontrolle", "praxis@example.org")
    event = event_of(letter)
    assert icalendar.Calendar.from_ical(letter)["METHOD"] == "PUBLISH"
    assert b"schwierig" not in letter
    assert b"23125" not in letter
    assert b"ATTENDEE" not in letter
    assert b"VALARM" not in letter
    assert (event["LOCATION"], event["SEQUENCE"]) == ("Hof 3", 2)
    assert event["ORGANIZER"] == "mailto:praxis@example.org"
    assert event["SUMMARY"] == "Praxis Muster: Kontrolle"
    found = fingerprint(letter.decode())
    assert found is not None
    assert (found.uid, found.start, found.end) == (booked.uid, booked.start, booked.end)
    assert b"ORGANIZER" not in enclosed(booked, STAMP, "Kontrolle")


def test_a_letter_calls_off() -> None:
    gone = appointment(state=AppointmentState.CANCELLED, sequence=3)
    letter = enclosed(gone, STAMP, "Kontrolle")
    event = event_of(letter)
    assert icalendar.Calendar.from_ical(letter)["METHOD"] == "CANCEL"
    assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CANCELLED", 3, "u-1")
