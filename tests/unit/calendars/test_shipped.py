"""Every calendar file that the installed libraries bring along goes through without a crash."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events

from receptionist.calendars import busy
from receptionist.calendars.busy import read
from receptionist.calendars.salvage import salvaged
from receptionist.calendars.vevent import stored
from receptionist.calendars.vtodo import stored_task
from receptionist.model.period import Period

HORIZON = Period(datetime(2019, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC))
FOLDERS = [Path(str(module.__file__)).parent for module in (icalendar, recurring_ical_events)]
FILES = sorted(path for folder in FOLDERS for path in folder.rglob("*.ics"))


def test_there_are_files() -> None:
    assert len(FILES) > 100


@pytest.mark.filterwarnings("ignore")
def test_none_breaks_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(busy, "PATIENCE_S", 0.5)
    for path in FILES:
        text = path.read_bytes().decode(errors="replace")
        found = read(path.name, '"1"', text, HORIZON, "Europe/Berlin")
        assert found.href == path.name
        assert all(one.period.start < one.period.end for one in found.busy), path.name
        stored(path.name, "", text)
        stored_task(path.name, "", text)
        salvaged(text, UTC)
