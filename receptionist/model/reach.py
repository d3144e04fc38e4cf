"""Whether a caller may be connected with a contact now, and if not, why and from when. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from receptionist.i18n import _
from receptionist.model.busy import Busy
from receptionist.model.client import Client
from receptionist.model.contact import Contact, ContactHours, Standing, StandingReach
from receptionist.model.localtime import instant
from receptionist.model.period import Period, merged
from receptionist.model.presence import LOOKED_AHEAD, Reachability, said_by_word
from receptionist.model.steering import steering

_STANDING = {
    StandingReach.YES: Reachability.YES,
    StandingReach.URGENT: Reachability.URGENT,
    StandingReach.NO: Reachability.NO,
}


class Why(StrEnum):
    """What decided: nothing hinders; said by hand; a word in the calendar; busy; his hours; or that
    his calendar was never read."""

    NOTHING = ""
    NO_NUMBER = "no-number"
    SAID = "said"
    WORD = "word"
    BUSY = "busy"
    HOURS = "hours"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How a contact can be reached at an instant.

    `again` is when callers may be connected next, if that is known; `words` is what was said, or
    the title of what keeps him busy: it is for the office, never for callers.
    """

    reachability: Reachability
    why: Why = Why.NOTHING
    again: datetime | None = None
    words: str = ""

    def may_connect(self, *, urgent: bool = False) -> bool:
        """Whether a caller may be connected now."""
        if self.reachability is Reachability.URGENT:
            return urgent
        return self.reachability is Reachability.YES


def reach(contact: Contact, client: Client, events: Sequence[Busy] | None, now: datetime) -> Reach:
    """How `contact` can be reached at `now`.

    What he said by hand counts first, then a word in his calendar, then what keeps him busy, then
    his hours. `events` are those of his calendar for `LOOKED_AHEAD` from now on, None while it was
    never read: then nobody knows, unless he said it by hand.
    """
    if not contact.numbers:
        return Reach(reachability=Reachability.NO, why=Why.NO_NUMBER)
    if events is None:
        return _unread(contact, now)
    spans = _hours(contact, client, now)
    found = _at(contact, client, events, spans, now)
    if found.reachability is Reachability.YES:
        return found
    for at in _changes(contact, events, spans, now):
        if _at(contact, client, events, spans, at).reachability is Reachability.YES:
            return Reach(
                reachability=found.reachability, why=found.why, words=found.words, again=at
            )
    return found


def sentence(contact: Contact, found: Reach, zone: str, now: datetime) -> str:
    """What there is to know in one sentence, times on the clock of `zone`."""
    name = contact.name
    if found.reachability is Reachability.YES:
        return _("{name} can be reached.").format(name=name)
    words = {
        Why.NO_NUMBER: _("There is no number of {name}."),
        Why.SAID: _("{name} does not want to be disturbed."),
        Why.WORD: _("{name} does not want to be disturbed, says the calendar."),
        Why.BUSY: _("{name} is busy."),
        Why.HOURS: _("{name} is not there at this time."),
        Why.UNREAD: _("The calendar of {name} was never read: nobody knows. Ask first."),
    }[found.why].format(name=name)
    if found.reachability is Reachability.URGENT:
        words += " " + _("Connect only what is urgent.")
    if found.again is not None:
        words += " " + _("Again from {when}.").format(when=_when(found.again, zone, now))
    return words


def _when(at: datetime, zone: str, now: datetime) -> str:
    local, today = (one.astimezone(ZoneInfo(zone)) for one in (at, now))
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local:%d.%m. %H:%M}"


def _unread(contact: Contact, now: datetime) -> Reach:
    standing = contact.standing
    if standing is None or not standing.holds(now):
        return Reach(reachability=Reachability.UNKNOWN, why=Why.UNREAD)
    return _said(standing)


def _said(standing: Standing) -> Reach:
    found = _STANDING[standing.reach]
    return Reach(reachability=found, why=_why(found, Why.SAID), words=standing.words)


def _at(
    contact: Contact,
    client: Client,
    events: Sequence[Busy],
    spans: Sequence[Period] | None,
    now: datetime,
) -> Reach:
    standing = contact.standing
    if standing is not None and standing.holds(now):
        return _said(standing)
    rule = said_by_word(client, events, now)
    if rule is not None:
        return Reach(reachability=rule, why=_why(rule, Why.WORD))
    otherwise = Reachability.URGENT if contact.urgent else Reachability.NO
    steers = steering(client)
    for one in events:
        here = one.period.start <= now < one.period.end
        if here and steers.blocks(one, client.all_day_blocks):
            return Reach(reachability=otherwise, why=Why.BUSY, words=one.summary)
    if spans is not None and not any(one.start <= now < one.end for one in spans):
        return Reach(reachability=otherwise, why=Why.HOURS)
    return Reach(reachability=Reachability.YES)


def _why(found: Reachability, why: Why) -> Why:
    return Why.NOTHING if found is Reachability.YES else why


def _changes(
    contact: Contact, events: Iterable[Busy], spans: Iterable[Period] | None, now: datetime
) -> list[datetime]:
    """Every later instant at which the answer can turn to yes, the earliest first."""
    found = {one.period.end for one in events} | {one.period.start for one in events}
    found |= {one.start for one in spans or ()}
    if contact.standing is not None and contact.standing.until is not None:
        found.add(contact.standing.until)
    return sorted(at for at in found if now < at <= now + LOOKED_AHEAD)


def _hours(contact: Contact, client: Client, now: datetime) -> list[Period] | None:
    """When he is there from yesterday on, in UTC; None when there is no limit."""
    if not contact.hours:
        return None
    zone = ZoneInfo(client.zone)
    first = now.astimezone(zone).date() - timedelta(days=1)
    days = [first + timedelta(days=number) for number in range(LOOKED_AHEAD.days + 2)]
    found = [
        Period(instant(day, one.start, zone), instant(_end_day(one, day), one.end, zone))
        for day in days
        for one in contact.hours
        if one.weekday == day.weekday()
    ]
    return merged(one for one in found if one.start < one.end)


def _end_day(hours: ContactHours, day: date) -> date:
    return day if hours.end != time() else day + timedelta(days=1)
