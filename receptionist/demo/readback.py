"""An appointment read back by an independent request: no part of `calendars` is used here."""

from __future__ import annotations

import contextlib
import http.client
import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

_LINE = re.compile(r"(?P<name>[A-Z-]+)(?P<parameters>(?:;[^:]*)?):(?P<value>.*)")
_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """What the server gave: HTTP status, and of the VEVENT its UID, summary and start in UTC."""

    status: int
    uid: str = ""
    summary: str = ""
    start: datetime | None = None


def read_back(url: str, user: str, password: str) -> ReadBack:
    """GET `url` with basic authentication. Status 0 when nobody answers. Waits at most 10 s."""
    parts = urlsplit(url)
    login = b64encode(f"{user}:{password}".encode()).decode()
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    with contextlib.closing(connection):
        try:
            connection.request("GET", parts.path, headers={"Authorization": f"Basic {login}"})
            answer = connection.getresponse()
            text = answer.read(1_000_000).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return ReadBack(status=0)
    if answer.status != 200:
        return ReadBack(status=answer.status)
    return parsed(text)


def parsed(text: str) -> ReadBack:
    """The first VEVENT of an iCalendar text (RFC 5545 3.1: folded lines are joined first)."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    _before, _begin, inside = unfolded.partition("BEGIN:VEVENT")
    found: dict[str, tuple[str, str]] = {}
    for line in inside.partition("END:VEVENT")[0].splitlines():
        match = _LINE.match(line)
        if match is not None:
            found.setdefault(match["name"], (match["parameters"], match["value"]))
    return ReadBack(
        status=200,
        uid=found.get("UID", ("", ""))[1],
        summary=_ESCAPE.sub(_unescaped, found.get("SUMMARY", ("", ""))[1]),
        start=_instant(*found.get("DTSTART", ("", ""))),
    )


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]


def _instant(parameters: str, value: str) -> datetime | None:
    zone = re.search(r";TZID=\"?([^;\"]+)", parameters)
    try:
        if value.endswith("Z"):
            return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        local = datetime.strptime(value, "%Y%m%dT%H%M%S")
        return local.replace(tzinfo=ZoneInfo(zone[1])).astimezone(UTC) if zone else None
    except (ValueError, KeyError):
        return None
