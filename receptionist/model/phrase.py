"""When a caller would like to come, as it is typed while he speaks: `mi n`, `ab 14`, `next week`.

German and English, whichever is quicker. Nothing is guessed: what is not understood is handed back,
and `words` says how the rest was. An hour from 1 to 6 without am or pm is one of the afternoon.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from receptionist.model.when import When

LONGEST = 200
MOST_TIMES = 30
_DAYS = {
    0: "montags? mo mon mondays?",
    1: "dienstags? di tue tues tuesdays?",
    2: "mittwochs? mi wed wednesdays?",
    3: "donnerstags? do thu thur thurs thursdays?",
    4: "freitags? fr fri fridays?",
    5: "samstags? sonnabends? sa sat saturdays?",
    6: "sonntags? so sun sundays?",
}
_MONTHS = (
    *("januar jänner january jan", "februar feber february feb", "märz maerz march mär mrz mar"),
    *("april apr", "mai may", "juni june jun", "juli july jul", "august aug"),
    *("september sept sep", "oktober october okt oct", "november nov", "dezember december dez dec"),
)
_PARTS: dict[str, tuple[time | None, time | None]] = {
    "frühmorgens früh frueh early": (None, time(10)),
    "vormittags? vorm vm v morgens mornings?": (None, time(12)),
    "mittags? noon lunchtime": (time(12), time(14)),
    "nachmittags? nachm nm n pm afternoons?": (time(12), time(18)),
    "abends? evenings?": (time(17), None),
}
_SHORT = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_WORKDAYS, _AFTERNOON_HOURS = 5, range(1, 7)
_SUFFIXES = "vormittags?|nachmittags?|mittags?|abends?|früh"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What was understood, and the words that were not.

    With several `times` a series is wanted, one appointment `every_days`.
    """

    when: When
    unknown: tuple[str, ...] = ()
    times: int = 1
    every_days: int = 7


def read(text: str, today: date) -> Phrase:
    """What `text` says on the client's `today`."""
    rest = _tidied(text)
    when, unknown, times, every = When(), list[str](), 1, 7
    while rest:
        series = _SERIES.match(rest)
        if series is not None and times == 1 and 1 < int(series[1]) <= MOST_TIMES:
            times, every = int(series[1]), _every(series[2] or "")
            rest = rest[series.end() :].lstrip()
            continue
        taken, narrowed = _next(rest, when, today)
        if narrowed is None:
            word = rest.split(maxsplit=1)[0]
            taken = len(word)
            unknown.append(word)
        else:
            when = narrowed
        rest = rest[taken:].lstrip()
    return Phrase(when, tuple(unknown), times, every)


def words(when: When, language: str) -> str:
    """How a wish is written so that `read` gives it again; "" for none."""
    german = language == "de"
    names = _SHORT["de" if german else "en"]
    parts = [
        _day_words(when.weekdays, names),
        _span(
            _clock(when.earliest), _clock(when.before), ("ab", "vor"), ("from", "before"), german
        ),
        _span(_dated(when.first), _dated(when.last), ("ab", "bis"), ("from", "until"), german),
    ]
    return ", ".join(part for part in parts if part)


# ---- how it is written


def _day_words(weekdays: frozenset[int], names: tuple[str, ...]) -> str:
    days = sorted(weekdays)
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{names[days[0]]}–{names[days[-1]]}"
    return " ".join(names[day] for day in days)


def _span(
    first: str, last: str, german: tuple[str, str], english: tuple[str, str], is_german: bool
) -> str:
    since, until = german if is_german else english
    if first and last:
        return first if first == last else f"{first}–{last}"
    return f"{since} {first}" if first else f"{until} {last}" if last else ""


def _clock(at: time | None) -> str:
    return at.strftime("%H:%M") if at else ""


def _dated(day: date | None) -> str:
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}" if day else ""


# ---- how it is read


def _tidied(text: str) -> str:
    text = unicodedata.normalize("NFC", text[:LONGEST]).casefold()
    text = re.sub(r"\s*[–—−-]\s*", "-", text)
    return " ".join(re.sub(r"[,;!?]+(?=\s|$)", " ", text).split())


def _next(rest: str, when: When, today: date) -> tuple[int, When | None]:
    """How many characters the first thing takes, and `when` with it; None if nobody knows it."""
    for pattern, said in _GRAMMAR:
        match = pattern.match(rest)
        if match is None:
            continue
        try:
            more = said(match, today)
        except (ValueError, OverflowError):
            continue
        narrowed = _narrowed(when, more)
        if narrowed is not None:
            return match.end(), narrowed
    return 0, None


def _narrowed(when: When, more: When) -> When | None:
    """Both at once; None where nothing would be left."""
    both = When(
        weekdays=when.weekdays | more.weekdays,
        earliest=max(filter(None, (when.earliest, more.earliest)), default=None),
        before=min((one for one in (when.before, more.before) if one), default=None),
        first=max(filter(None, (when.first, more.first)), default=None),
        last=min(filter(None, (when.last, more.last)), default=None),
    )
    if both.earliest is not None and both.before is not None and both.earliest >= both.before:
        return None
    if both.first is not None and both.last is not None and both.first > both.last:
        return None
    return both


def _alternatives(spaced: str) -> str:
    return spaced.replace(" ", "|")


_ANY_DAY = "|".join(map(_alternatives, _DAYS.values()))
_ANY_MONTH = "|".join(map(_alternatives, _MONTHS))
_ANY_PART = "|".join(map(_alternatives, _PARTS))
_TIME = r"(\d{1,2}(?::\d\d|\.\d\d(?!\d|\.))?(?: ?(?:uhr|h|am|pm|o'clock))?)"
_DATE = (
    r"(\d{4}-\d\d-\d\d"
    r"|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)?|\d{1,2}\.\d(?!\d|:)"
    rf"|\d{{1,2}}\.? ?(?:{_ANY_MONTH})(?: \d{{4}})?)"
)
_TO = r"(?:-| bis (?:zum )?| to | until )"


def _which(word: str, table: tuple[str, ...]) -> int:
    return next(n for n, names in enumerate(table) if re.fullmatch(_alternatives(names), word))


def _weekday(word: str) -> int:
    return _which(word, tuple(_DAYS.values()))


def _part(word: str) -> When:
    earliest, before = list(_PARTS.values())[_which(word, tuple(_PARTS))]
    return When(earliest=earliest, before=before)


def _time(word: str) -> time:
    found = re.match(r"(\d{1,2})(?:[:.](\d\d))? ?(\S*)", word)
    if found is None:
        raise ValueError(word)
    hour, minute, unit = int(found[1]), int(found[2] or 0), found[3]
    if unit in ("am", "pm"):
        if not 1 <= hour <= 12:
            raise ValueError(word)
        hour = hour % 12 + (12 if unit == "pm" else 0)
    elif hour in _AFTERNOON_HOURS and not found[1].startswith("0"):
        hour += 12
    return time(hour, minute)


def _date(word: str, today: date) -> date:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", word):
        return date.fromisoformat(word)
    found = re.fullmatch(rf"(\d{{1,2}})\.? ?(\d{{1,2}}|{_ANY_MONTH})\.? ?(\d*)", word)
    if found is None:
        raise ValueError(word)
    month = int(found[2]) if found[2].isdigit() else _which(found[2], _MONTHS) + 1
    day = int(found[1])
    if found[3]:
        year = int(found[3])
        return date(year if len(found[3]) > 2 else 2000 + year, month, day)
    return _coming(lambda year: date(year, month, day), today)


def _coming(of_year: Callable[[int], date], today: date) -> date:
    """In this year, or where that is over, in the next."""
    try:
        this = of_year(today.year)
    except ValueError:
        this = date.min
    return this if this >= today else of_year(today.year + 1)


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _week(today: date, weeks: int) -> When:
    monday = _after(today, 7 * weeks - today.weekday())
    return When(first=max(monday, today), last=_after(monday, 6))


def _day(day: date) -> When:
    return When(first=day, last=day)


def _month(word: str, third: str, today: date) -> When:
    month = _which(word, _MONTHS) + 1
    ends = _coming(lambda year: date(year, month, monthrange(year, month)[1]), today)
    first, last = {
        "anfang": (1, 10),
        "early": (1, 10),
        "mitte": (11, 20),
        "mid": (11, 20),
        "ende": (21, ends.day),
        "late": (21, ends.day),
    }.get(third, (1, ends.day))
    return When(first=ends.replace(day=first), last=ends.replace(day=last))


def _from_to(first: time, last: time) -> When:
    if first >= last:
        raise ValueError("it ends before it begins")
    return When(earliest=first, before=last)


def _around(at: time) -> When:
    before = at.replace(hour=at.hour + 1) if at.hour < 23 else None
    return When(earliest=at, before=before)


def _days_to(first: int, last: int) -> When:
    return When(weekdays=frozenset((first + n) % 7 for n in range((last - first) % 7 + 1)))


def _calendar_week(number: int, today: date) -> When:
    monday = _coming(lambda year: _after(date.fromisocalendar(year, number, 1), 6), today)
    return When(first=max(_after(monday, -6), today), last=monday)


_SERIES = re.compile(
    r"(\d{1,2}) ?(?:x|×|mal|times|termine|appointments)(?= |$)"
    r"( (?:wöchentlich|weekly|jede woche|every week|täglich|daily|jeden tag|every day"
    r"|14-?tägig|fortnightly|alle \d{1,2} (?:wochen|tage)|every \d{1,2} (?:weeks|days)))?(?= |$)"
)


def _every(words: str) -> int:
    """How many days lie between the appointments of a series."""
    count = re.search(r"\d+", words)
    if re.search("täglich|daily|tag$|every day$", words):
        return 1
    if count is None:
        return 14 if "fortnight" in words else 7
    return int(count[0]) * (7 if re.search("woche|week", words) else 1) or 7


_Said = Callable[[re.Match[str], date], When]
_SINCE = "(?:ab|nach|seit|after|from|starting)(?: dem| the| um)? "
_UNTIL = "(?:bis|until|till|by)(?: zum| um)? "
_BEFORE = "(?:vor|before)(?: dem| um)? "
_RULES: tuple[tuple[str, _Said], ...] = (
    (rf"({_ANY_DAY}){_TO}({_ANY_DAY})", lambda m, _: _days_to(_weekday(m[1]), _weekday(m[2]))),
    (
        rf"({_ANY_DAY})({_SUFFIXES})",
        lambda m, _: replace(_part(m[2]), weekdays=frozenset({_weekday(m[1])})),
    ),
    (
        rf"(?:nächste[nr]?|kommende[nr]?|next) ({_ANY_DAY})",
        lambda m, today: When(weekdays=frozenset({_weekday(m[1])}), first=_after(today, 1)),
    ),
    (
        rf"(?:am |on |diesen |this )?({_ANY_DAY})",
        lambda m, _: When(weekdays=frozenset({_weekday(m[1])})),
    ),
    ("werktags|weekdays|wochentags", lambda _m, _: _days_to(0, _WORKDAYS - 1)),
    ("(?:am )?wochenende|weekend", lambda _m, _: _days_to(_WORKDAYS, 6)),
    ("heute|today", lambda _m, today: _day(today)),
    ("morgen|tomorrow|tmrw", lambda _m, today: _day(_after(today, 1))),
    ("übermorgen|day after tomorrow", lambda _m, today: _day(_after(today, 2))),
    (
        "übernächste(?: woche)?|week after next|überübermorgen",
        lambda _m, today: _week(today, 2),
    ),
    ("nächste woche|kommende woche|next week", lambda _m, today: _week(today, 1)),
    ("diese woche|this week", lambda _m, today: _week(today, 0)),
    (r"in (\d{1,2}) (?:wochen?|weeks?)", lambda m, today: _week(today, int(m[1]))),
    (r"in (\d{1,3}) (?:tagen?|days?)", lambda m, today: _day(_after(today, int(m[1])))),
    (r"kw ?(\d{1,2})", lambda m, today: _calendar_week(int(m[1]), today)),
    (
        rf"(?:im |in )?(?:(anfang|mitte|ende|early|mid|late) )?({_ANY_MONTH})",
        lambda m, today: _month(m[2], m[1] or "", today),
    ),
    (
        rf"(?:vom |from )?{_DATE}{_TO}{_DATE}",
        lambda m, today: When(first=_date(m[1], today), last=_date(m[2], today)),
    ),
    (_SINCE + _DATE, lambda m, today: When(first=_date(m[1], today))),
    (_UNTIL + _DATE, lambda m, today: When(last=_date(m[1], today))),
    (_BEFORE + _DATE, lambda m, today: When(last=_after(_date(m[1], today), -1))),
    (
        rf"(?:von |zwischen |from |between )?{_TIME}(?:-| bis | to | und | and ){_TIME}",
        lambda m, _: _from_to(_time(m[1]), _time(m[2])),
    ),
    (_SINCE + _TIME, lambda m, _: When(earliest=_time(m[1]))),
    (rf"(?:{_UNTIL}|{_BEFORE}){_TIME}", lambda m, _: When(before=_time(m[1]))),
    (rf"(?:um|gegen|at|around) {_TIME}", lambda m, _: _around(_time(m[1]))),
    (r"(\d{1,2}(?::\d\d)? ?(?:uhr|am|pm|o'clock)|\d{1,2}:\d\d)", lambda m, _: _around(_time(m[1]))),
    (rf"(?:am |on )?(?:the )?{_DATE}", lambda m, today: _day(_date(m[1], today))),
    (rf"(?:am |in the )?({_ANY_PART})", lambda m, _: _part(m[1])),
    ("am", lambda _m, _: When(before=time(12))),
    ("bitte|gern|gerne|lieber|oder|und|please|or|and", lambda _m, _: When()),
)
_GRAMMAR = tuple((re.compile(rf"(?:{pattern})(?= |$)"), said) for pattern, said in _RULES)
