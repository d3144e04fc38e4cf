"""Whether the client's owner can be reached now, in words: at length, and in few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from receptionist.i18n import _
from receptionist.model.client import OwnerRule
from receptionist.model.presence import OwnerNow, Presence
from ui.models.moments import clock_words, compact_day, dated, short_weekday
from ui.models.signs import SIGNS
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
    """What can be told a caller who asks for the owner, in the client's zone.

    What he says himself by an agreed word counts more than what his events and hours let guess.
    """
    if owner.rule is not None:
        return _said(owner, owner.rule, zone, now)
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


def _said(owner: OwnerNow, rule: OwnerRule, zone: str, now: datetime) -> Told:
    until = _until(owner.rule_until, zone, now) if owner.rule_until else ""
    words = {
        OwnerRule.AWAY: (_("away {until}"), _("away {until}: connect nobody")),
        OwnerRule.DO_NOT_DISTURB: (
            _("do not disturb {until}"),
            _("do not disturb {until}: connect nobody"),
        ),
        OwnerRule.URGENT_ONLY: (
            _("urgent only {until}"),
            _("{until} connect only what is urgent"),
        ),
        OwnerRule.REACHABLE: (
            _("reachable {until}"),
            _("reachable {until}: callers may be connected"),
        ),
    }
    short, text = (one.format(until=until).strip() for one in words[rule])
    sign = SIGNS[rule]
    return Told(text, short, *sign)


def _until(until: datetime, zone: str, now: datetime) -> str:
    """`until 16:00`; of whole days the last one that counts."""
    local, today = until.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    if local.hour or local.minute:
        return _("until {until}").format(until=_clock(until, zone, now))
    last = (local - timedelta(days=1)).date()
    if last == today:
        return _("for the rest of today")
    return _("up to and including {day}").format(day=compact_day(last))


def _busy(owner: OwnerNow, zone: str, now: datetime) -> Told:
    assert owner.until is not None
    short = _("busy {until}").format(until=_until(owner.until, zone, now))
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
