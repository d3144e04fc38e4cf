"""How an appointment is called in the owner's calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from receptionist.model.appointment import Appointment
from receptionist.model.title import titled

START = datetime(2027, 3, 1, 9, tzinfo=UTC)


def appointment(**said: str) -> Appointment:
    usual = {"kind_name": "Beratung", "caller_name": "Erika Muster"}
    return Appointment(
        id=uuid4(),
        client_id=uuid4(),
        calendar_id=uuid4(),
        kind_id=uuid4(),
        start=START,
        end=START,
        zone="Europe/Berlin",
        uid="1",
        href="",
        created=START,
        **(usual | said),
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("{caller} – {kind} ({number})", "Erika Muster – Beratung"),
        ("{caller}, {number}: {kind}", "Erika Muster, : Beratung"),
        ("{note} – {kind}", "Beratung"),
        ("{kind} / {number} / {note}", "Beratung"),
        ("{number} [{note}]", ""),
        ("Telefon: {kind} -", "Telefon: Beratung -"),
        ("({kind}) {caller}", "(Beratung) Erika Muster"),
    ],
)
def test_nothing_is_left_around_what_nobody_said(text: str, title: str) -> None:
    assert titled(text, appointment()) == title


def test_everything_that_was_said_stands_there() -> None:
    said = appointment(caller_number="+493023125000", note="mit {number} ()")
    title = titled("{caller} ({number}) – {note}", said)
    assert title == "Erika Muster (+49 30 23125000) – mit {number} ()"
