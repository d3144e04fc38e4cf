"""What a contact said of himself, as it is typed and shown: reachable again from when on."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from receptionist.i18n import _
from receptionist.model import checks
from receptionist.model.contact import StandingReach
from receptionist.model.localtime import instant
from ui.models import days as day_words
from ui.models.followup import MORNING, follow_up

_UNTIL = re.compile(r"\s*(?:bis|until|till)\b\s*", re.IGNORECASE)
_FROM = re.compile(r"\s*(?:wieder\s+)?(?:ab|from)\b\s*", re.IGNORECASE)
_NINE = re.compile(r"\b0?9(?:[:.]00|\s*(?:uhr|am|h)|$)", re.IGNORECASE)
"""Said as an hour, not taken for the morning."""
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")


def reach_choices() -> list[tuple[object, str]]:
    """What somebody may have said; None leaves it to calendar and hours."""
    return [
        (None, _("as usual: calendar and hours decide")),
        (StandingReach.YES, _("can be reached, connect callers")),
        (StandingReach.URGENT, _("only what is urgent")),
        (StandingReach.NO, _("cannot be reached")),
    ]


def until_typed(text: str, now: datetime, zone: str) -> datetime | str | None:
    """Up to when it holds, UTC; None for as long as nobody changes it; or what is wrong.

    `until 24 Dec` includes that day, as people mean it; a day alone is its morning.
    """
    typed = text.strip()
    if not typed:
        return None
    until = _UNTIL.match(typed)
    typed = _FROM.sub("", _UNTIL.sub("", typed, count=1), count=1)
    if not any(letter.isalnum() for letter in typed):
        return _("Not understood: {words}").format(words=checks.brief(text))
    clock = _CLOCK.fullmatch(typed)
    if clock is not None and int(clock[1]) < 24 and int(clock[2]) < 60:
        return _next(time(int(clock[1]), int(clock[2])), now, ZoneInfo(zone))
    found = follow_up(typed, now, zone)
    if until is None or isinstance(found, str):
        return found
    local = found.astimezone(ZoneInfo(zone))
    if local.time() != MORNING or _NINE.search(typed):
        return found
    return instant(local.date() + timedelta(days=1), time(), ZoneInfo(zone))


def until_shown(until: datetime | None, zone: str) -> str:
    """Up to when it holds, as it can be typed again."""
    if until is None:
        return ""
    local = until.astimezone(ZoneInfo(zone))
    return f"{day_words.shown(local.date(), local.date())} {local:%H:%M}"


def _next(clock: time, now: datetime, where: ZoneInfo) -> datetime:
    today = now.astimezone(where).date()
    at = instant(today, clock, where)
    return at if at > now else instant(today + timedelta(days=1), clock, where)
