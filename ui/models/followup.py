"""When something is taken up again, as it is typed: `tomorrow 10`, `in 2 hours`, `mi n`."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from receptionist.i18n import _, ngettext
from receptionist.model import checks
from receptionist.model.localtime import instant
from receptionist.model.phrase import Phrase, read
from receptionist.model.when import When
from ui.models.moments import clock_words, compact_day

MORNING = time(9)
"""When a day begins on which no hour was said."""
_FURTHEST_DAYS = 366
_QUARTER = timedelta(minutes=15)
_HOUR = timedelta(hours=1)
_HALF_HOURS = {"half an hour": 30, "einer halben stunde": 30, "ner halben stunde": 30}
_IN = re.compile(
    r"in (?P<count>\d{1,3}|an?|one|einer|eine|ner) ?"
    r"(?P<unit>m|min|minuten?|minutes?|h|std|stunden?|hours?)\.?"
)


def follow_up(text: str, now: datetime, zone: str) -> datetime | str:
    """The instant that was typed, UTC; or the sentence what is wrong."""
    typed = " ".join(text.casefold().split())
    if not typed:
        return _("Say when it is taken up again, for example “{example}”.").format(
            example=_("tomorrow 10 am")
        )
    after = _after(typed)
    if after is not None:
        return (now + after).replace(second=0, microsecond=0)
    local = now.astimezone(ZoneInfo(zone))
    phrase = _read(typed, local.date())
    if phrase.unknown or phrase.times > 1 or phrase.when == When():
        words = " ".join(phrase.unknown) or checks.brief(text)
        return _("Not understood: {words}").format(words=words)
    found = _first(phrase.when, local, ZoneInfo(zone))
    return found or _("“{text}” is no time to come.").format(text=checks.brief(text))


def due_words(due: datetime, zone: str, now: datetime) -> str:
    """When something is due, in few letters: the time, with the day unless it is today."""
    tz = ZoneInfo(zone)
    day, today = due.astimezone(tz).date(), now.astimezone(tz).date()
    clock = clock_words(due, zone)
    if day == today:
        return clock
    if day == today + timedelta(days=1):
        return _("tomorrow {time}").format(time=clock)
    if day == today - timedelta(days=1):
        return _("yesterday {time}").format(time=clock)
    return f"{compact_day(day)} {clock}"


def late_words(due: datetime, now: datetime) -> str:
    """For how long something has been overdue."""
    minutes = max(1, int((now - due).total_seconds() // 60))
    if minutes < 120:
        words = ngettext("{count} minute overdue", "{count} minutes overdue", minutes)
        return words.format(count=minutes)
    hours = minutes // 60
    if hours < 48:
        return ngettext("{count} hour overdue", "{count} hours overdue", hours).format(count=hours)
    days = hours // 24
    return ngettext("{count} day overdue", "{count} days overdue", days).format(count=days)


def _after(typed: str) -> timedelta | None:
    """How much later, where that was said."""
    for words, minutes in _HALF_HOURS.items():
        if typed == f"in {words}":
            return timedelta(minutes=minutes)
    found = _IN.fullmatch(typed)
    if found is None:
        return None
    count = int(found["count"]) if found["count"].isdigit() else 1
    return timedelta(minutes=count) if found["unit"][0] == "m" else timedelta(hours=count)


def _read(typed: str, today: date) -> Phrase:
    """What was said; a number that nobody knows is an hour."""
    phrase = read(typed, today)
    head, _space, last = typed.rpartition(" ")
    if phrase.unknown == (last,) and re.fullmatch(r"\d{1,2}", last):
        return read(f"{head} um {last}", today)
    return phrase


def _first(when: When, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The first moment from now on that is meant."""
    on_days = When(weekdays=when.weekdays, first=when.first, last=when.last)
    for days in range(_FURTHEST_DAYS):
        day = now.date() + timedelta(days=days)
        if on_days.admits(datetime.combine(day, time())):
            at = _on(when, day, now, zone)
            if at is not None:
                return at
    return None


def _on(when: When, day: date, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment of a day, None where it is over."""
    start = when.earliest or min(MORNING, _before(when.before))
    at = instant(day, start, zone)
    if at > now:
        return at
    if day > now.date() or _exact(when):
        return None
    later = instant(day, _quarter_after(now), zone) if now.time() < time(23) else None
    ends = when.before or time(23, 59)
    if later is None or later.astimezone(zone).time() >= ends:
        return None
    return later


def _before(end: time | None) -> time:
    """An hour before the end of what was said."""
    return time(max(end.hour - 1, 0)) if end is not None else MORNING


def _exact(when: When) -> bool:
    """Whether an hour was said, and not a part of the day."""
    if when.earliest is None:
        return False
    if when.before is None:
        return when.earliest.hour == 23
    first, last = (datetime.combine(date.min, one) for one in (when.earliest, when.before))
    return last - first == _HOUR


def _quarter_after(now: datetime) -> time:
    """A quarter of an hour from now at least, at a full quarter."""
    soon = (now + _QUARTER).replace(second=0, microsecond=0)
    quarters = math.ceil(soon.minute / 15)
    return (soon.replace(minute=0) + quarters * _QUARTER).time()
