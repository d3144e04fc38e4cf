"""What becomes of an appointment in the owner's calendar: moved, changed, called off."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from receptionist.errors import CalendarUnreachable
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.busy import SyncState
from tests.doubles.calendar import whole
from tests.doubles.recording_proxy import Fault, RecordingProxy

from .conftest import HORIZON, STAMP, ZONE, Side

HIS_ALARM = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT2H\r\nEND:VALARM\r\n"


def booked(side: Side, **values: object) -> tuple[Appointment, str]:
    """An appointment with all that can be said of one, in the calendar; and its ETag."""
    rich = {"location": "Hof 3, links", "alarm_min": 15, "title": "Neu: Erika; Muster, Söhne"}
    appointment = side.appointment(**(rich | values))
    port = side.connect()
    port.put_new(appointment.href, appointment, STAMP)
    stored = port.get(appointment.href)
    assert stored is not None
    assert stored.fingerprint == appointment.fingerprint
    told = replace(
        appointment,
        told_start=appointment.start,
        told_end=appointment.end,
        told_summary=appointment.summary,
        told_text=stored.text,
        told_location=stored.location,
    )
    return told, stored.etag


def unfolded(side: Side, appointment: Appointment) -> str:
    text: str = side.owner.get(appointment.href)
    return text.replace("\r\n", "\n").replace("\n ", "")


def test_everything_we_say_arrives(side: Side) -> None:
    appointment, _ = booked(side)
    text = unfolded(side, appointment)
    assert "SUMMARY:Neu: Erika\\; Muster\\, Söhne" in text
    assert "LOCATION:Hof 3\\, links" in text
    assert "TRIGGER:-PT15M" in text
    assert text.count("BEGIN:VALARM") == 1
    stored = side.connect().get(appointment.href)
    assert stored is not None
    assert stored.text == appointment.description
    assert not stored.recurs


def test_moved_and_changed_in_every_field(side: Side) -> None:
    appointment, etag = booked(side)
    later = replace(
        appointment,
        start=appointment.start + timedelta(days=200, hours=1),
        end=appointment.end + timedelta(days=200, hours=2),
        title="Kontrolle",
        text="Nur der Text\ndes Inhabers",
        location="",
        alarm_min=60,
        sequence=3,
    )
    port = side.connect()
    port.put_over(later.href, later, STAMP, etag)
    stored = port.get(later.href)
    assert stored is not None
    assert stored.fingerprint == later.fingerprint
    assert (stored.text, stored.location, stored.sequence) == (later.text, "", 3)
    text = unfolded(side, later)
    assert "TRIGGER:-PT1H" in text
    assert text.count("BEGIN:VALARM") == 1
    (found,) = whole(port.changes(side.calendar, SyncState(), HORIZON, ZONE)).changed
    assert [one.period for one in found.busy] == [later.period]


def test_the_owner_s_alarms_stay_and_ours_goes(side: Side) -> None:
    appointment, _ = booked(side)
    text = side.owner.get(appointment.href).replace("END:VEVENT", f"{HIS_ALARM}END:VEVENT")
    side.owner.put(appointment.href, text)
    port = side.connect()
    stored = port.get(appointment.href)
    assert stored is not None
    port.put_over(appointment.href, replace(appointment, alarm_min=-1), STAMP, stored.etag)
    text = unfolded(side, appointment)
    assert "TRIGGER:-PT2H" in text
    assert "TRIGGER:-PT15M" not in text


def test_called_off_and_marked_it_stays_and_is_free(side: Side) -> None:
    appointment, etag = booked(side)
    gone = replace(appointment, state=AppointmentState.CANCELLED, sequence=1)
    port = side.connect()
    port.put_over(gone.href, gone, STAMP, etag)
    stored = port.get(gone.href)
    assert stored is not None
    assert stored.fingerprint == gone.fingerprint
    text = unfolded(side, gone)
    assert "STATUS:CANCELLED" in text
    assert "TRANSP:TRANSPARENT" in text
    assert "BEGIN:VALARM" not in text
    (found,) = whole(port.changes(side.calendar, SyncState(), HORIZON, ZONE)).changed
    assert (found.uid, found.busy) == (gone.uid, ())


def test_a_series_the_owner_made_of_it_is_seen(side: Side) -> None:
    appointment, _ = booked(side)
    text = side.owner.get(appointment.href)
    text = text.replace("END:VEVENT", "RRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT", 1)
    side.owner.put(appointment.href, text)
    stored = side.connect().get(appointment.href)
    assert stored is not None
    assert stored.recurs
    assert stored.fingerprint == appointment.fingerprint


def test_words_of_what_does_not_block_are_read(side: Side) -> None:
    side.event("frei", "DTSTART:20270701T100000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT",
               "SUMMARY:Sprechstunde", "CATEGORIES:offen,Praxis")  # fmt: skip
    found = whole(side.connect().changes(side.calendar, SyncState(), HORIZON, ZONE)).changed
    (busy,) = found[0].busy
    assert (busy.blocks, busy.summary) == (False, "Sprechstunde")
    assert set(busy.categories.split(",")) == {"offen", "Praxis"}


@pytest.mark.parametrize("way", ["", "drop"])
def test_a_server_that_deletes_whatever_the_condition(
    proxied: Side, proxy: RecordingProxy, way: str
) -> None:
    """Nothing but what was read just before is asked to be deleted, and only that is gone."""
    port, gone, other = proxied.connect(), proxied.appointment(), proxied.appointment()
    etag = port.put_new(gone.href, gone, STAMP)
    port.put_new(other.href, other, STAMP)
    proxy.break_next(Fault(method="DELETE", acts=True, strip=("If-Match",), way=way))
    if way:
        with pytest.raises(CalendarUnreachable):
            port.withdraw(gone.href, etag)
    port.withdraw(gone.href, etag)
    assert proxied.owner.get(gone.href) is None
    assert port.get(other.href) is not None
