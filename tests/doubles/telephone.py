"""The owner's telephone: vdirsyncer keeps a copy of the calendar, khal shows it and writes into it.

Both are programs of others, run as such; no part of `receptionist.calendars` is used here.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.doubles.calendar_server import PASSWORD, USER

PAIR = "telephone/praxis"
PATIENCE_S = 60.0

_SYNC = """\
[general]
status_path = "{home}/status/"
[pair telephone]
a = "here"
b = "there"
collections = [["praxis", "praxis", "{collection}"]]
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{home}/calendars/"
fileext = ".ics"
[storage there]
type = "caldav"
url = "{url}"
username = "{user}"
password = "{password}"
"""
_SHOW = """\
[calendars]
[[praxis]]
path = {home}/calendars/praxis/
type = calendar
[locale]
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
timeformat = %H:%M
dateformat = %d.%m.%Y
longdateformat = %d.%m.%Y
datetimeformat = %d.%m.%Y %H:%M
longdatetimeformat = %d.%m.%Y %H:%M
[default]
default_calendar = praxis
[sqlite]
path = {home}/khal.db
"""


class Telephone:
    """A copy of one calendar in `home`; `sync` brings both sides to the same state."""

    def __init__(self, home: Path, url: str, calendar: str) -> None:
        self._home = home
        (home / "calendars").mkdir(parents=True)
        collection = calendar.rstrip("/").rpartition("/")[2]
        sync = _SYNC.format(home=home, collection=collection, url=url, user=USER, password=PASSWORD)
        (home / "sync").write_text(sync, encoding="utf-8")
        (home / "show").write_text(_SHOW.format(home=home), encoding="utf-8")
        self._run("vdirsyncer", "-c", f"{home}/sync", "discover", "telephone")

    def sync(self) -> None:
        """Fetch what changed there, and send what changed here."""
        self._run("vdirsyncer", "-c", f"{self._home}/sync", "sync", "--force-delete", PAIR)

    def shows(self, day: str) -> list[str]:
        """The day's events as `09:00-09:30|title|place|status`, by time; `day` as 25.03.2027."""
        line = "{start-time}-{end-time}|{title}|{location}|{status}{alarm-symbol}"
        shown = self._khal("list", "--day-format", "", "--format", line, day, day)
        return [one for one in shown.splitlines() if one.strip()]

    def text(self, day: str) -> str:
        """What the day's events say below their titles."""
        return self._khal("list", "--day-format", "", "--format", "{description}", day, day)

    def write(self, start: str, end: str, title: str) -> None:
        """The owner enters an event; `start` as 25.03.2027 14:00."""
        self._khal("new", *start.split(), *end.split(), title)

    def _khal(self, *arguments: str) -> str:
        return self._run("khal", "-c", f"{self._home}/show", *arguments)

    def _run(self, program: str, *arguments: str) -> str:
        """Its output; `AssertionError` with what it said when it failed."""
        done = subprocess.run(
            [str(Path(sys.executable).with_name(program)), *arguments],
            env=os.environ | {"HOME": str(self._home), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
            capture_output=True,
            encoding="utf-8",
            input="y\n" * 9,
            timeout=PATIENCE_S,
        )
        assert done.returncode == 0, f"{program} {arguments}:\n{done.stdout}\n{done.stderr}"
        return done.stdout
