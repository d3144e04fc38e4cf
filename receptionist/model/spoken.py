"""A time as it is said to a caller, in German or English, in the zone it belongs to.

What is easily misheard is left out: no "Viertel elf", which means another time in the next town, no
"nächsten Dienstag", which is two days, and after noon the clock of 24 hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_CLEAR_DAYS = 180
"""So far away a day without its year is still clear."""
_NOON, _AFTERNOON = 12, 13

_WEEKDAYS = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_NEAR = {"de": ("heute", "morgen", "übermorgen"), "en": ("today", "tomorrow")}
_HOURS = (
    *("eins", "zwei", "drei", "vier", "fünf", "sechs"),
    *("sieben", "acht", "neun", "zehn", "elf", "zwölf"),
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """`whole` is the sentence to say; `day` and `clock` are its short parts, for the eye."""

    day: str
    clock: str
    whole: str


def spoken(
    start: datetime,
    zone: str,
    now: datetime,
    language: str,
    *,
    staff: str = "",
    comes: bool = False,
) -> Spoken:
    """The words for an instant, and with whom (`comes`: who comes to the caller)."""
    tongue = language if language in _WEEKDAYS else "en"
    local = start.astimezone(ZoneInfo(zone))
    today = now.astimezone(ZoneInfo(zone)).date()
    day, clock = _day(local.date(), today, tongue), _clock(local.time(), tongue)
    whole = f"{day} {_at(tongue)} {clock}"
    if staff:
        whole = f"{whole}, {_with(staff, tongue, comes)}"
    return Spoken(_short_day(local.date(), today, tongue), clock, whole)


def written(day: date, language: str) -> str:
    """A date as it stands in a letter: weekday, day, month and year."""
    tongue = language if language in _WEEKDAYS else "en"
    point = "." if tongue == "de" else ""
    month = _MONTHS[tongue][day.month - 1]
    return f"{_WEEKDAYS[tongue][day.weekday()]}, {day.day}{point} {month} {day.year}"


def weekday_name(weekday: int, language: str) -> str:
    """What a weekday is called; 0 is Monday."""
    return _WEEKDAYS[language if language in _WEEKDAYS else "en"][weekday]


def _day(day: date, today: date, tongue: str) -> str:
    """With a comma at its end where something stands between the day and its time."""
    near, weekday = _NEAR[tongue], _WEEKDAYS[tongue][day.weekday()]
    away = (day - today).days
    if 0 <= away < len(near):
        return f"{near[away]}, {weekday}," if away else near[away]
    weeks = (_monday(day) - _monday(today)).days // 7
    dated = _dated(day, today, tongue)
    if tongue == "de":
        named = {0: f"diesen {weekday}", 1: f"{weekday} nächster Woche"}.get(weeks, weekday)
        return f"{named}, den {dated},"
    named = {0: f"this {weekday}", 1: f"{weekday} next week"}.get(weeks, weekday)
    return f"{named}, the {dated},"


def _short_day(day: date, today: date, tongue: str) -> str:
    near, weekday = _NEAR[tongue], _WEEKDAYS[tongue][day.weekday()]
    away = (day - today).days
    if 0 <= away < len(near):
        return f"{near[away].capitalize()}, {weekday}"
    month = _MONTHS[tongue][day.month - 1]
    far = abs(away) >= _CLEAR_DAYS
    if tongue == "de":
        return f"{weekday}, {day.day}.{day.month}." + (str(day.year) if far else "")
    return f"{weekday}, {day.day} {month[:3]}" + (f" {day.year}" if far else "")


def _dated(day: date, today: date, tongue: str) -> str:
    month = _MONTHS[tongue][day.month - 1]
    year = f" {day.year}" if abs((day - today).days) >= _CLEAR_DAYS else ""
    if tongue == "de":
        return f"{day.day}. {month}{year}"
    return f"{_ordinal(day.day)} of {month}{year}"


def _clock(clock: time, tongue: str) -> str:
    if tongue == "de":
        return _clock_de(clock)
    half = "am" if clock.hour < _NOON else "pm"
    hour = (clock.hour - 1) % 12 + 1
    if (clock.hour, clock.minute) == (_NOON, 0):
        return "12 noon"
    return f"{hour}:{clock.minute:02d} {half}" if clock.minute else f"{hour} {half}"


def _clock_de(clock: time) -> str:
    """Half hours as everybody says them, as long as it is morning."""
    if clock.minute == 30 and 0 < clock.hour < _AFTERNOON:
        return f"halb {_HOURS[clock.hour % 12]}"
    return f"{clock.hour}:{clock.minute:02d} Uhr" if clock.minute else f"{clock.hour} Uhr"


def _at(tongue: str) -> str:
    return "um" if tongue == "de" else "at"


def _with(staff: str, tongue: str, comes: bool) -> str:
    if tongue == "de":
        return f"es kommt {staff}" if comes else f"bei {staff}"
    return f"{staff} comes to you" if comes else f"with {staff}"


def _ordinal(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
