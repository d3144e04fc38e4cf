"""What changed in the owner's calendar: the same on every server."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from receptionist.calendars import collection
from receptionist.errors import CalendarGone
from receptionist.model.busy import SyncState
from receptionist.model.period import Period
from tests.doubles import calendar as memory
from tests.doubles.calendar import stored_state, whole

from .conftest import HORIZON, STAMP, ZONE, Side

SERIES = (
    "DTSTART;TZID=Europe/Berlin:20270601T100000",
    "DTEND;TZID=Europe/Berlin:20270601T110000",
    "RRULE:FREQ=WEEKLY;COUNT=3",
    "SUMMARY:Runde",
)
NOTHING = SyncState()


def test_an_empty_copy_reads_everything(side: Side) -> None:
    series = side.event("serie", *SERIES)
    single = side.event("einzeln", "DTSTART:20270701T100000Z", "DTEND:20270701T103000Z")
    found = whole(side.connect().changes(side.calendar, NOTHING, HORIZON, ZONE))
    assert found.full
    assert found.horizon == HORIZON
    assert found.removed == ()
    assert found.unreadable == 0
    by_href = {one.href: one for one in found.changed}
    assert set(by_href) == {series, single}
    assert [busy.period.start for busy in by_href[series].busy] == [
        datetime(2027, 6, day, 8, tzinfo=UTC) for day in (1, 8, 15)
    ]
    assert {busy.summary for busy in by_href[series].busy} == {"Runde"}
    assert by_href[single].uid == "einzeln"
    assert all(one.etag for one in found.changed)


def test_the_next_look_brings_what_changed(side: Side) -> None:
    side.event("bleibt", *SERIES)
    changed = side.event("wird-verschoben", "DTSTART:20270701T100000Z", "DURATION:PT1H")
    removed = side.event("wird-gestrichen", "DTSTART:20270702T100000Z", "DURATION:PT1H")
    port = side.connect()
    known = stored_state(whole(port.changes(side.calendar, NOTHING, HORIZON, ZONE)))
    side.event("wird-verschoben", "DTSTART:20270701T120000Z", "DURATION:PT1H")
    added = side.event("neu", "DTSTART:20270703T100000Z", "DURATION:PT1H")
    side.owner.delete(removed)
    found = whole(port.changes(side.calendar, known, HORIZON, ZONE))
    assert not found.full
    assert {one.href for one in found.changed} == {changed, added}
    assert found.removed == (removed,)
    moved = next(one for one in found.changed if one.href == changed)
    assert moved.busy[0].period.start == datetime(2027, 7, 1, 12, tzinfo=UTC)
    again = whole(port.changes(side.calendar, stored_state(found, known), HORIZON, ZONE))
    assert (again.full, again.changed, again.removed) == (False, (), ())


def test_our_own_appointment_is_seen_by_its_uid(side: Side) -> None:
    port, appointment = side.connect(), side.appointment()
    known = stored_state(whole(port.changes(side.calendar, NOTHING, HORIZON, ZONE)))
    etag = port.put_new(appointment.href, appointment, STAMP)
    found = whole(port.changes(side.calendar, known, HORIZON, ZONE))
    assert [(one.href, one.etag, one.uid) for one in found.changed] == [
        (appointment.href, etag, appointment.uid)
    ]
    assert found.changed[0].busy[0].period == appointment.period


def test_a_wider_horizon_reads_everything_again(side: Side) -> None:
    side.event("serie", *SERIES)
    port = side.connect()
    narrow = Period(datetime(2027, 6, 7, tzinfo=UTC), datetime(2027, 6, 9, tzinfo=UTC))
    first = whole(port.changes(side.calendar, NOTHING, narrow, ZONE))
    assert [len(one.busy) for one in first.changed] == [1]
    wide = whole(port.changes(side.calendar, stored_state(first), HORIZON, ZONE))
    assert wide.full
    assert [len(one.busy) for one in wide.changed] == [3]


def test_a_narrower_horizon_keeps_the_known_one(side: Side) -> None:
    port = side.connect()
    known = stored_state(whole(port.changes(side.calendar, NOTHING, HORIZON, ZONE)))
    side.event("serie", *SERIES)
    inside = Period(HORIZON.start + timedelta(days=1), HORIZON.start + timedelta(days=2))
    found = whole(port.changes(side.calendar, known, inside, ZONE))
    assert found.horizon == HORIZON
    assert [len(one.busy) for one in found.changed] == [3]


@pytest.mark.parametrize("token", ["", "999999999", "http://example.org/ns/sync/999999999"])
def test_etags_find_what_a_useless_token_hides(side: Side, token: str) -> None:
    port = side.connect()
    removed = side.event("weg", "DTSTART:20270702T100000Z", "DURATION:PT1H")
    side.event("bleibt", *SERIES)
    known = stored_state(whole(port.changes(side.calendar, NOTHING, HORIZON, ZONE)))
    side.owner.delete(removed)
    added = side.event("neu", "DTSTART:20270703T100000Z", "DURATION:PT1H")
    found = whole(port.changes(side.calendar, replace(known, token=token, ctag=""), HORIZON, ZONE))
    assert not found.full
    assert [one.href for one in found.changed] == [added]
    assert found.removed == (removed,)
    assert found.token if side.tokens else found.ctag


def test_more_objects_than_one_request_takes(side: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "BATCH", 4)
    for number in range(9):
        side.event(f"termin-{number}", "DTSTART:20270701T100000Z", "DURATION:PT1H")
    found = whole(side.connect().changes(side.calendar, NOTHING, HORIZON, ZONE))
    assert len(found.changed) == 9
    assert all(len(one.busy) == 1 for one in found.changed)


def test_what_is_no_event_does_not_block(side: Side) -> None:
    href = f"{side.calendar}aufgabe.ics"
    text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTODO\r\nUID:t\r\n"
    side.owner.put(href, text + "DTSTAMP:20270101T000000Z\r\nEND:VTODO\r\nEND:VCALENDAR\r\n")
    found = whole(side.connect().changes(side.calendar, NOTHING, HORIZON, ZONE))
    assert [(one.href, one.busy, one.readable) for one in found.changed] == [(href, (), True)]


def test_a_calendar_that_is_gone(side: Side) -> None:
    side.owner.delete(side.calendar)
    with pytest.raises(CalendarGone):
        whole(side.connect().changes(side.calendar, NOTHING, HORIZON, ZONE))


def test_many_objects_come_in_portions(side: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    small_portions(monkeypatch)
    for number in range(9):
        side.event(f"termin-{number}", "DTSTART:20270701T100000Z", "DURATION:PT1H")
    portions = list(side.connect().changes(side.calendar, NOTHING, HORIZON, ZONE))
    assert [(one.done, one.total, one.last) for one in portions] == [
        (4, 9, False),
        (8, 9, False),
        (9, 9, True),
    ]
    assert [len(one.changed) for one in portions] == [4, 4, 1]
    assert [bool(one.token or one.ctag) for one in portions] == [False, False, True]
    assert [one.full for one in portions] == [False, False, True]
    every = {one.href for portion in portions for one in portion.changed}
    assert portions[-1].there == every


def test_what_did_not_change_is_one_empty_portion(side: Side) -> None:
    port = side.connect()
    known = stored_state(whole(port.changes(side.calendar, NOTHING, HORIZON, ZONE)))
    (only,) = port.changes(side.calendar, known, HORIZON, ZONE)
    assert (only.changed, only.done, only.total, only.last) == ((), 0, 0, True)


def test_who_stops_in_the_middle_reads_the_rest_the_next_time(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_portions(monkeypatch)
    hrefs = {
        side.event(f"termin-{number}", "DTSTART:20270701T100000Z", "DURATION:PT1H")
        for number in range(9)
    }
    port = side.connect()
    first = next(iter(port.changes(side.calendar, NOTHING, HORIZON, ZONE)))
    known = stored_state(first)
    rest = whole(port.changes(side.calendar, known, HORIZON, ZONE))
    assert not rest.full
    assert {one.href for one in rest.changed} == hrefs - set(known.etags)
    assert rest.removed == ()
    assert rest.token or rest.ctag


def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions of four objects, on every side."""
    monkeypatch.setattr(collection, "BATCH", 4)
    monkeypatch.setattr(memory, "PORTION", 4)
