"""What an owner's own words and closed days mean, as quiet signs beside his events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from receptionist.i18n import _
from receptionist.model.busy import Busy
from receptionist.model.client import Client, OwnerRule
from receptionist.model.steering import steering
from receptionist.model.week import Day
from ui.models.words import one_line

SIGNS = {
    OwnerRule.AWAY: ("attention", "pause"),
    OwnerRule.DO_NOT_DISTURB: ("attention", "muted"),
    OwnerRule.URGENT_ONLY: ("attention", "alert"),
    OwnerRule.REACHABLE: ("good", "phone"),
    OwnerRule.BOOKABLE: ("accent", "calendar"),
}
"""The tone and the icon of each rule, as in the theme."""
_TITLE = 40


@dataclass(frozen=True, slots=True)
class Sign:
    """`tone` and `icon` as in the theme."""

    words: str
    tone: str
    icon: str


def sign_of(client: Client, event: Busy) -> Sign | None:
    """What an event of the owner means beside being busy; the strictest where it means several."""
    rules = steering(client).rules(event)
    for rule, words in _words().items():
        if rule in rules:
            return Sign(words, *SIGNS[rule])
    return None


def closed_words(client: Client, day: Day, busy: Sequence[Busy]) -> str:
    """Why nothing can be booked on a whole day: holiday, holidays of his own, no hours; or ""."""
    if day.closed:
        return one_line(day.closed, _TITLE)
    steers = steering(client)
    for event in busy:
        whole = event.period.start <= day.period.start and day.period.end <= event.period.end
        if whole and OwnerRule.AWAY in steers.rules(event):
            return one_line(event.summary, _TITLE) or _("away")
    return "" if day.hours else _("no times")


def _words() -> dict[OwnerRule, str]:
    """The strictest first."""
    return {
        OwnerRule.AWAY: _("away: nothing is booked, nobody connected"),
        OwnerRule.DO_NOT_DISTURB: _("nobody is connected"),
        OwnerRule.URGENT_ONLY: _("only what is urgent is connected"),
        OwnerRule.REACHABLE: _("callers may be connected"),
        OwnerRule.BOOKABLE: _("appointments may be booked"),
    }
