"""When appointments may lie: weekly hours of the office file, and days with other ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from uuid import UUID

from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.checks import brief
from receptionist.model.client import BookableHours, HoursException
from receptionist.tomlfile.fields import WEEKDAYS
from receptionist.tomlfile.table import Table


def weekly_hours(table: Table, staff_id: UUID | None = None) -> tuple[BookableHours, ...]:
    """The table `[client.hours]`, or the `hours` of a member of the staff."""
    hours = tuple(
        BookableHours(weekday=weekday, start=start, end=end, staff_id=staff_id)
        for weekday, name in enumerate(WEEKDAYS)
        for start, end in _periods(table, name)
    )
    table.close()
    return hours


def exceptions(tables: Iterable[Table]) -> tuple[HoursException, ...]:
    """The tables `[[client.exception]]`: days that are closed, or have hours of their own."""
    return tuple(one for table in tables for one in _exception(table))


def _exception(table: Table) -> Iterable[HoursException]:
    first = table.day("first", date.min, required=True)
    last = table.day("last", first)
    if last < first:
        table.fault("last", _("This day lies before the first one. Exchange the two."))
    name = table.text("name")
    periods = _periods(table, "hours")
    table.close()
    if not periods:
        return [HoursException(first=first, last=last, name=name)]
    return [HoursException(first=first, last=last, name=name, start=s, end=e) for s, e in periods]


def _periods(table: Table, key: str) -> list[tuple[time, time]]:
    """Periods of a day such as `08:00-12:30`, by start; two that overlap are a fault."""
    day: list[tuple[time, time]] = []
    for index, text in table.texts(key):
        period = checks.hours(text)
        if isinstance(period, str):
            table.fault(key, period, index)
        elif any(period[0] < end and start < period[1] for start, end in day):
            message = _("“{text}” overlaps another period of this day.")
            table.fault(key, message.format(text=brief(text)), index)
        else:
            day.append(period)
    return sorted(day)
