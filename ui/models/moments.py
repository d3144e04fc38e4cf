"""Days and times as they are said on the telephone, in the zone they belong to."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QLocale

from receptionist.i18n import _, language


def clock_words(instant: datetime, zone: str, *, seconds: bool = False) -> str:
    """The time of day, `HH:MM` or `HH:MM:SS`."""
    return instant.astimezone(ZoneInfo(zone)).strftime("%H:%M:%S" if seconds else "%H:%M")


def date_words(instant: datetime, zone: str) -> str:
    """Weekday, day and month, e.g. `Tuesday, 24 November`."""
    local = instant.astimezone(ZoneInfo(zone))
    words = QLocale(language())
    return _("{weekday}, {day} {month}").format(
        weekday=words.dayName(local.isoweekday()), day=local.day, month=words.monthName(local.month)
    )


def day_words(instant: datetime, zone: str, now: datetime) -> str:
    """The date, said as today or tomorrow where it is."""
    local = instant.astimezone(ZoneInfo(zone)).date()
    today = now.astimezone(ZoneInfo(zone)).date()
    if local == today:
        return _("today, {date}").format(date=date_words(instant, zone))
    if local == today + timedelta(days=1):
        return _("tomorrow, {date}").format(date=date_words(instant, zone))
    return date_words(instant, zone)


def short_day_words(instant: datetime, zone: str, now: datetime) -> str:
    """The day as short as it is still clear: `tomorrow, Tuesday`, else the date."""
    local = instant.astimezone(ZoneInfo(zone)).date()
    days = (local - now.astimezone(ZoneInfo(zone)).date()).days
    weekday = QLocale(language()).dayName(local.isoweekday())
    if days == 0:
        return _("today, {date}").format(date=weekday)
    if days == 1:
        return _("tomorrow, {date}").format(date=weekday)
    return date_words(instant, zone)


def hour_words(instant: datetime, zone: str) -> str:
    """The time as it is said."""
    local = instant.astimezone(ZoneInfo(zone))
    if local.minute == 0:
        return _("{hour} o'clock").format(hour=local.hour)
    return _("{hour}:{minute}").format(hour=local.hour, minute=f"{local.minute:02d}")


def slot_words(instant: datetime, zone: str, now: datetime) -> str:
    """Day and time to say to the caller."""
    return _("{day} at {hour}").format(
        day=day_words(instant, zone, now), hour=hour_words(instant, zone)
    )
