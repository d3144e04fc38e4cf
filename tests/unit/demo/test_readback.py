"""What the independent request understands of an answer, and what it does not mistake."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from receptionist.demo.readback import parsed, read_back

TEXT = (
    "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\n"
    "DTSTART:19961027T030000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:abc\r\n"
    "DTSTART;TZID=Europe/Berlin:20261201T093000\r\nSUMMARY:Kontrolle: Muster\\, Eri\r\n ka\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_the_event_is_read_not_its_time_zone() -> None:
    seen = parsed(TEXT)
    assert (seen.uid, seen.summary) == ("abc", "Kontrolle: Muster, Erika")
    assert seen.start == datetime(2026, 12, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("DTSTART:20261201T083000Z", datetime(2026, 12, 1, 8, 30, tzinfo=UTC)),
        ('DTSTART;TZID="Europe/Berlin":20260701T083000', datetime(2026, 7, 1, 6, 30, tzinfo=UTC)),
        ("DTSTART:20261201T083000", None),
        ("DTSTART;VALUE=DATE:20261201", None),
        ("DTSTART;TZID=Nowhere/Land:20261201T083000", None),
        ("X:1", None),
    ],
)
def test_starts_in_every_form(line: str, start: datetime | None) -> None:
    assert parsed(f"BEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\n").start == start


def test_nobody_there_is_status_0() -> None:
    assert read_back("http://127.0.0.1:9/x.ics", "erika", "geheim").status == 0
