"""Days and times as they are said on the telephone, in the zone they belong to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QLocale

from receptionist.i18n import _, language

_CLEAR_DAYS = 180
"""So far away a day without its year is still clear."""


def clock_words(instant: datetime, zone: str, *, seconds: bool = False) -> str:
    """The time of day, `HH:MM` or `HH:MM:SS`."""
    return instant.astimezone(ZoneInfo(zone)).strftime("%H:%M:%S" if seconds else "%H:%M")


def date_words(instant: datetime, zone: str) -> str:
    """Weekday, day and month, e.g. `Tuesday, 24 November`."""
    return long_day(instant.astimezone(ZoneInfo(zone)).date())


def day_words(instant: datetime, zone: str, now: datetime) -> str:
    """The date, said as today or tomorrow where it is."""
    local = instant.astimezone(ZoneInfo(zone)).date()
    today = now.astimezone(ZoneInfo(zone)).date()
    if local == today:
        return _("today, {date}").format(date=date_words(instant, zone))
    if local == today + timedelta(days=1):
        return _("tomorrow, {date}").format(date=date_words(instant, zone))
    return date_words(instant, zone)


def hour_words(instant: datetime, zone: str) -> str:
    """The time as it is said."""
    local = instant.astimezone(ZoneInfo(zone))
    if local.minute == 0:
        return _("{hour} o'clock").format(hour=local.hour)
    return _("{hour}:{minute}").format(hour=local.hour, minute=f"{local.minute:02d}")


def hours_words(start: datetime, end: datetime, zone: str) -> str:
    """Day and times in few letters, e.g. `Tue 24 Nov, 10:30–11:15`."""
    return f"{start_words(start, zone)}–{clock_words(end, zone)}"


def start_words(instant: datetime, zone: str) -> str:
    """Day and time in few letters, e.g. `Tue 24 Nov, 10:30`."""
    day = compact_day(instant.astimezone(ZoneInfo(zone)).date())
    return f"{day}, {clock_words(instant, zone)}"


def slot_words(instant: datetime, zone: str, now: datetime) -> str:
    """Day and time to say to the caller."""
    return _("{day} at {hour}").format(
        day=day_words(instant, zone, now), hour=hour_words(instant, zone)
    )


def compact_day(day: date) -> str:
    """Weekday and date, as short as can be, e.g. `Tue 24 Nov`."""
    return f"{short_weekday(day)} {dated(day)}"


def long_day(day: date) -> str:
    """Weekday and date in full, e.g. `Tuesday, 24 November`."""
    words = QLocale(language())
    return _("{weekday}, {day} {month}").format(
        weekday=words.dayName(day.isoweekday()), day=day.day, month=words.monthName(day.month)
    )


def numbered_day(day: date) -> str:
    """Weekday and day of the month, e.g. `Tue 24`."""
    return f"{short_weekday(day)} {day.day}"


def short_weekday(day: date) -> str:
    """The weekday in two or three letters."""
    words = QLocale(language())
    return words.standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat).rstrip(".")


def day_and_month(instant: datetime, zone: str) -> str:
    """The date without its weekday, e.g. `24 Nov`."""
    return dated(instant.astimezone(ZoneInfo(zone)).date())


def dated_words(instant: datetime, zone: str, now: datetime) -> str:
    """The day something was or will be, in few letters, with the year where it could be another."""
    day, today = (one.astimezone(ZoneInfo(zone)).date() for one in (instant, now))
    days = (today - day).days
    if days in (0, 1):
        return _("yesterday") if days else _("today")
    if abs(days) < _CLEAR_DAYS:
        return dated(day)
    return day_of_year(day)


def day_of_year(day: date) -> str:
    """Day, month and year, e.g. `24 Nov 2026`."""
    # TRANSLATORS: day, month and year, as Qt writes formats, e.g. "d MMM yyyy" or "d.M.yyyy"
    return QLocale(language()).toString(QDate(day.year, day.month, day.day), _("d MMM yyyy"))


def dated(day: date) -> str:
    """Day and month, e.g. `24 Nov`."""
    # TRANSLATORS: day and month without year, as Qt writes formats, e.g. "d MMM" or "d.M."
    return QLocale(language()).toString(QDate(day.year, day.month, day.day), _("d MMM"))
