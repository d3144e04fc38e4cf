"""Days as people write them: `24.12. – 2.1.` is read, `24.12.2026 – 02.01.2027` is shown."""

from __future__ import annotations

import re
from datetime import date, timedelta

from PySide6.QtCore import QLocale

from receptionist.i18n import LANGUAGES, _, language
from receptionist.model import checks

_BETWEEN = re.compile(r"\s*(?:[-–—−]|\b(?:bis|to|until)\b)\s*", re.IGNORECASE)
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_NUMBERS = re.compile(r"([0-9]{1,2})\s*[./]\s*([0-9]{1,2})(?:\s*[./]\s*([0-9]{4}|[0-9]{2})?)?\.?")
_NAMED = re.compile(r"([0-9]{1,2})\.?\s*([^\W\d_]{3,})\.?,?(?:\s*([0-9]{4}))?")
_MONTHS = 12
_LONG_PAST = timedelta(days=60)

Days = tuple[date, date]


def days(text: str, today: date) -> Days | str:
    """First and last day, both included; or the sentence what is wrong.

    A day without a year is the next one of its name, or one that was not long ago.
    """
    one, other = _ends(text.strip())
    first = _day(one, today - _LONG_PAST)
    last = _day(other, first) if isinstance(first, date) else first
    if isinstance(first, str):
        return first
    if isinstance(last, str):
        return last
    if last < first:
        message = _("“{text}” ends before it begins. Put the earlier day first.")
        return message.format(text=checks.brief(text))
    return first, last


def shown(first: date, last: date) -> str:
    """The days as they are shown."""
    return _written(first) if first == last else f"{_written(first)} – {_written(last)}"


def _written(day: date) -> str:
    if language() == "de":
        return f"{day:%d.%m.%Y}"
    return (
        f"{day.day} {QLocale('en').monthName(day.month, QLocale.FormatType.ShortFormat)} {day:%Y}"
    )


def _ends(text: str) -> tuple[str, str]:
    """The two days of a period, or the same one twice; a hyphen may stand inside a day, too."""
    for found in _BETWEEN.finditer(text):
        halves = text[: found.start()], text[found.end() :]
        if all(_looks_like_a_day(half) for half in halves):
            return halves
    return text, text


def _looks_like_a_day(text: str) -> bool:
    return any(kind.fullmatch(text) for kind in (_ISO, _NUMBERS, _NAMED))


def _day(text: str, after: date) -> date | str:
    if iso := _ISO.fullmatch(text):
        return _made(text, int(iso[1]), int(iso[2]), int(iso[3]))
    numbers, named = _NUMBERS.fullmatch(text), _NAMED.fullmatch(text)
    if numbers:
        day, month, year = int(numbers[1]), int(numbers[2]), numbers[3]
    elif named and (month := _month(named[2])):
        day, year = int(named[1]), named[3]
    else:
        return _unread(text)
    if year:
        return _made(text, int(year) + (2000 if len(year) == 2 else 0), month, day)
    for wanted in range(after.year, after.year + 5):
        made = _made(text, wanted, month, day)
        if isinstance(made, date) and made >= after:
            return made
    return _made(text, after.year, month, day)


def _month(word: str) -> int:
    """The number of a month by the beginning of its name in any language of the program."""
    for tag in LANGUAGES:
        for month in range(1, _MONTHS + 1):
            if QLocale(tag).monthName(month).casefold().startswith(word.casefold()):
                return month
    return 0


def _made(text: str, year: int, month: int, day: int) -> date | str:
    try:
        return date(year, month, day)
    except ValueError:
        message = _("“{text}” is a day that does not exist.")
        return message.format(text=checks.brief(text))


def _unread(text: str) -> str:
    message = _("“{text}” is no day. Write for example “{day}”.")
    example = shown(date(2026, 12, 24), date(2027, 1, 2))
    return message.format(text=checks.brief(text), day=example)
