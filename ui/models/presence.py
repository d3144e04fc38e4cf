"""Whether the client's owner can be reached now, in words: at length, and in few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from receptionist.i18n import _
from receptionist.model.presence import OwnerNow, Presence
from ui.models.moments import clock_words, compact_day, dated, short_weekday
from ui.models.words import one_line

_TITLE = 40


@dataclass(frozen=True, slots=True)
class Told:
    """`short` is for where there is little room; `tone` and `icon` as in the theme."""

    text: str
    short: str
    tone: str
    icon: str


def presence_words(owner: OwnerNow, zone: str, now: datetime) -> Told:
    """What can be told a caller who asks for the owner, in the client's zone."""
    if owner.presence is Presence.BUSY:
        return _busy(owner, zone, now)
    if owner.presence is Presence.FREE:
        if owner.until is None:
            return Told(_("free according to the calendar"), _("free"), "good", "check")
        until = _clock(owner.until, zone, now)
        text = _("free until {until} according to the calendar").format(until=until)
        return Told(text, _("free until {until}").format(until=until), "good", "check")
    if owner.until is None:
        words = _("outside the bookable hours")
        return Told(words, words, "plain", "clock")
    again = _clock(owner.until, zone, now)
    text = _("outside the bookable hours, again from {when}").format(when=again)
    return Told(text, _("hours from {when}").format(when=again), "plain", "clock")


def _busy(owner: OwnerNow, zone: str, now: datetime) -> Told:
    assert owner.until is not None
    local, today = owner.until.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    whole_days = local.hour == local.minute == 0
    last = (local - timedelta(days=1)).date() if whole_days else local.date()
    if whole_days and last == today:
        short = _("busy all day")
    elif whole_days:
        short = _("busy up to and including {day}").format(day=compact_day(last))
    else:
        short = _("busy until {until}").format(until=_clock(owner.until, zone, now))
    text = _("according to the calendar {state}").format(state=short)
    title = one_line(owner.summary, _TITLE)
    if title:
        text = _("{text} (“{title}”)").format(text=text, title=title)
    return Told(text, short, "attention", "calendar")


def _clock(instant: datetime, zone: str, now: datetime) -> str:
    """A time today, else with its day: of the coming week by name, later by date."""
    local, today = instant.astimezone(ZoneInfo(zone)).date(), now.astimezone(ZoneInfo(zone)).date()
    time = clock_words(instant, zone)
    if local == today:
        return time
    if local == today + timedelta(days=1):
        return _("tomorrow {time}").format(time=time)
    near = local - today < timedelta(days=7)
    return f"{short_weekday(local) if near else dated(local)} {time}"
