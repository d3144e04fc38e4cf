"""Ready, break and wrap-up in words."""

from __future__ import annotations

import math
from datetime import datetime

from receptionist.events import AgentChanged
from receptionist.i18n import _
from receptionist.model.agent import AgentState, BreakReason
from receptionist.model.call import ENGAGED
from ui.actions import hint
from ui.models.moments import clock_words
from ui.models.stage import Seen
from ui.models.words import elapsed

REASONS = tuple(reason for reason in BreakReason if reason)
"""What a break may be for, the usual one first."""


def state_word(state: AgentState) -> str:
    """A state as one word."""
    return {
        AgentState.READY: _("Ready"),
        AgentState.WRAP_UP: _("Wrap-up"),
        AgentState.BREAK: _("Break"),
    }[state]


def reason_words(reason: BreakReason) -> str:
    """What a break is for; "" for nothing."""
    return {
        BreakReason.NONE: "",
        BreakReason.SHORT: _("Short break"),
        BreakReason.LUNCH: _("Lunch"),
        BreakReason.MEETING: _("Meeting"),
        BreakReason.TRAINING: _("Training"),
        BreakReason.OTHER: _("Something else"),
    }[reason]


def heading(told: AgentChanged) -> str:
    """State and reason in a few words, as they are also read aloud."""
    period = told.period
    if told.announced:
        return _("Break after the call")
    if period.state is AgentState.BREAK and period.reason is not BreakReason.SHORT:
        return _("Break – {reason}").format(reason=reason_words(period.reason))
    return reason_words(period.reason) or state_word(period.state)


def timer(told: AgentChanged, now: datetime) -> str:
    """How long it has lasted; of wrap-up, how long it still lasts."""
    if told.until is not None:
        return elapsed(math.ceil((told.until - now).total_seconds()))
    return elapsed((now - told.period.started).total_seconds())


def instant_words(told: AgentChanged, zone: str) -> str:
    """Since when, or until when: what the timer says, in words that do not change."""
    if told.until is not None:
        return _("until {time}").format(time=clock_words(told.until, zone, seconds=True))
    return _("since {time}").format(time=clock_words(told.period.started, zone))


def away(told: AgentChanged | None, zone: str) -> tuple[str, str, str]:
    """Icon, heading and sentence of an empty middle on a break or in wrap-up; else nothing."""
    if told is None or told.period.state is AgentState.READY:
        return "", "", ""
    if told.period.state is AgentState.BREAK:
        icon, text = (
            "pause",
            _("Since {time}. Calls still ring. {key}: ready again").format(
                time=clock_words(told.period.started, zone), key=hint("ready")
            ),
        )
    else:
        icon, text = (
            "clock",
            _("Ends by itself. Calls still ring. {key}: ready at once").format(key=hint("ready")),
        )
    return icon, heading(told), text


def working(live: list[Seen]) -> bool:
    """Whether somebody is spoken to, waits on hold or is being called."""
    return any(seen.call.state in ENGAGED for seen in live)
