"""What can be told of an object that cannot be read. Pure; any worker."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from receptionist.calendars.ical import known_zones
from receptionist.model.period import Period

_UNKNOWN_LENGTH = timedelta(hours=1)
_FOLD = re.compile(r"\r?\n[ \t]")
_EVENT = re.compile(r"^BEGIN:VEVENT\b(.*?)(?:^END:VEVENT\b|\Z)", re.I | re.M | re.S)
_PROPERTY = re.compile(
    r"^(DTSTART|DTEND|UID|SUMMARY|STATUS|TRANSP)((?:;[^:\n]*)?):(.*)$", re.I | re.M
)
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?", re.I)


def salvaged(text: str, owner: tzinfo) -> tuple[str, list[tuple[Period, str]]]:
    """The first UID, and period and summary of each event that may block: first occurrences only.

    An event whose end is unknown lasts an hour, or its day.
    """
    uid = ""
    found: list[tuple[Period, str]] = []
    for block in _EVENT.findall(_FOLD.sub("", text)):
        lines = _PROPERTY.findall(block)
        properties = {name.upper(): (params, value.strip()) for name, params, value in lines}
        values = {name: value for name, (_, value) in properties.items()}
        uid = uid or values.get("UID", "")
        cancelled = values.get("STATUS", "").upper() == "CANCELLED"
        period = _period(properties, owner)
        if period is None or cancelled or values.get("TRANSP", "").upper() == "TRANSPARENT":
            continue
        found.append((period, values.get("SUMMARY", "")))
    return uid, found


def _period(found: dict[str, tuple[str, str]], owner: tzinfo) -> Period | None:
    try:
        start, whole_days = _time(*found["DTSTART"], owner)
    except (KeyError, ValueError, OverflowError):
        return None
    try:
        end, _ = _time(*found["DTEND"], owner)
    except (KeyError, ValueError, OverflowError):
        end = start
    if end == start:
        end = start + (timedelta(days=1) if whole_days else _UNKNOWN_LENGTH)
    return Period(min(start, end), max(start, end))


def _time(params: str, value: str, owner: tzinfo) -> tuple[datetime, bool]:
    match = _DIGITS.match(value)
    if match is None:
        raise ValueError(value)
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    name = re.search(r"TZID=\"?([^\";]+)", params, re.I)
    zone: tzinfo = UTC if match[7] else owner
    if name is not None and name[1] in known_zones():
        zone = ZoneInfo(name[1])
    local = datetime(year, month, day, hour, minute, second, tzinfo=zone)
    return local.astimezone(UTC), match[4] is None
