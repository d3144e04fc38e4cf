"""When a greeting or a warning holds: the table `when`."""

from __future__ import annotations

from datetime import date

from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.checks import brief, did_you_mean
from receptionist.model.greeting import LANGUAGES
from receptionist.model.number import normalised, shown
from receptionist.model.schedule import Schedule
from receptionist.scriptfile.surroundings import Surroundings
from receptionist.tomlfile.fields import span, weekdays
from receptionist.tomlfile.table import Table


def schedule(table: Table, known: Surroundings) -> Schedule:
    """What the table asks for; an empty one holds always."""
    start, end = span(table)
    first, last = _day(table, "first"), _day(table, "last")
    if first and last and last < first:
        table.fault("last", _("This day lies before the first one. Exchange the two."))
    found = Schedule(
        weekdays=weekdays(table),
        start=start,
        end=end,
        first=first,
        last=last,
        holiday=table.flag("holiday", False) if table.raw("holiday") is not None else None,
        dialled=_dialled(table, known),
        line=_line(table, known),
        language=table.choice("caller", LANGUAGES, "") if table.raw("caller") else "",
    )
    table.close()
    return found


def _day(table: Table, key: str) -> date | None:
    day = table.day(key, date.min)
    return None if day == date.min else day


def _line(table: Table, known: Surroundings) -> str:
    key = table.text("line")
    if not key or known.lines is None or key in known.lines:
        return key
    message = _("There is no line with the key “{key}”.").format(key=brief(key))
    table.fault("line", message + did_you_mean(key, known.lines))
    return ""


def _dialled(table: Table, known: Surroundings) -> str:
    raw = table.text("number")
    if not raw:
        return ""
    number = normalised(raw, known.region)
    if wrong := checks.dialled_fault(raw, known.region):
        table.fault("number", wrong)
    elif known.dialled is not None and number not in known.dialled:
        message = _("This is no number of the client. His numbers are: {numbers}.")
        numbers = ", ".join(map(shown, sorted(known.dialled))) or "–"
        table.fault("number", message.format(numbers=numbers))
    return number
