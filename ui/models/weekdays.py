"""Weekdays as people write them: `Mo-Fr, So` is read, `Mo–Fr, So` is shown; none is every day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QLocale

from receptionist.i18n import LANGUAGES, _
from receptionist.model import checks
from ui.models.unattended import WEEKEND, WORKDAYS

_WEEK = 7
_SHORTEST, _RUN = 2, 3
_BETWEEN = re.compile(r"\s*(?:[,;/+&]|\b(?:und|and)\b)\s*", re.IGNORECASE)
_TO = re.compile(r"\s*(?:[-–—−]|\b(?:bis|to)\b)\s*", re.IGNORECASE)
_SETS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(("täglich", "jeden tag", "alle tage", "immer", "every day", "daily"), ()),
    **dict.fromkeys(("werktags", "wochentags", "workdays", "weekdays"), WORKDAYS),
    **dict.fromkeys(("wochenende", "am wochenende", "weekend", "weekends"), WEEKEND),
}


def weekdays(text: str) -> tuple[int, ...] | str:
    """The weekdays (0 is Monday, none for every day) in their order; or what is wrong."""
    typed = " ".join(text.split())
    if not typed:
        return ()
    found: set[int] = set()
    for part in _BETWEEN.split(typed):
        days = _part(part)
        if days is None:
            message = _("“{text}” is no weekday. Write for example “{example}”.")
            example = weekday_words((0, 1, 2, 3, 6))
            return message.format(text=checks.brief(part), example=example)
        found |= set(days) if days else set(range(_WEEK))
    return () if len(found) == _WEEK else tuple(sorted(found))


def weekday_words(days: Sequence[int]) -> str:
    """The weekdays as they are shown."""
    if not days or set(days) >= set(range(_WEEK)):
        return _("every day")
    return ", ".join(_runs(sorted(set(days))))


def short_names() -> list[str]:
    """The names of the weekdays in two letters."""
    return [_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su")]


def _runs(days: Sequence[int]) -> Iterator[str]:
    """Three days and more that follow each other as one."""
    names, at = short_names(), 0
    while at < len(days):
        end = at
        while end + 1 < len(days) and days[end + 1] == days[end] + 1:
            end += 1
        if end - at + 1 >= _RUN:
            yield _("{first}–{last}").format(first=names[days[at]], last=names[days[end]])
        else:
            yield from (names[day] for day in days[at : end + 1])
        at = end + 1


def _part(text: str) -> Sequence[int] | None:
    """The days of `Mo-Fr`, of one name, or of a word for several."""
    text = text.casefold()
    if text in _SETS:
        return _SETS[text]
    ends = [_day(part) for part in _TO.split(text)]
    if len(ends) == 1 and ends[0] is not None:
        return (ends[0],)
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    first, last = ends[0], ends[1]
    return [(first + step) % _WEEK for step in range((last - first) % _WEEK + 1)]


def _day(word: str) -> int | None:
    """The weekday by the beginning of its name in any language of the program."""
    stem = word.strip().rstrip(".s") if len(word.strip()) > _SHORTEST else word.strip()
    if len(stem) < _SHORTEST:
        return None
    for tag in LANGUAGES:
        names = [QLocale(tag).dayName(day + 1).casefold() for day in range(_WEEK)]
        same = [day for day, name in enumerate(names) if name.startswith(stem)]
        if len(same) == 1:
            return same[0]
    return None
