"""What is told a caller who asks for the owner: what his calendar says, and his own words first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from receptionist.model.client import OwnerRule
from receptionist.model.presence import OwnerNow, Presence
from ui.models.presence import Told, presence_words

ZONE = "Europe/Berlin"
NOW = datetime(2026, 11, 23, 9, 42, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
ELEVEN = datetime(2026, 11, 23, 11, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
MIDNIGHT = datetime(2026, 11, 24, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def told(owner: OwnerNow) -> Told:
    return presence_words(owner, ZONE, NOW)


@pytest.mark.parametrize(
    ("rule", "short", "text", "tone"),
    [
        (OwnerRule.AWAY, "away until 11:00", "away until 11:00: connect nobody", "attention"),
        (
            OwnerRule.DO_NOT_DISTURB,
            "do not disturb until 11:00",
            "do not disturb until 11:00: connect nobody",
            "attention",
        ),
        (
            OwnerRule.URGENT_ONLY,
            "urgent only until 11:00",
            "until 11:00 connect only what is urgent",
            "attention",
        ),
        (
            OwnerRule.REACHABLE,
            "reachable until 11:00",
            "reachable until 11:00: callers may be connected",
            "good",
        ),
    ],
)
@pytest.mark.parametrize("presence", Presence)
def test_what_he_says_himself_counts_whatever_his_events_say(
    presence: Presence, rule: OwnerRule, short: str, text: str, tone: str
) -> None:
    found = told(
        OwnerNow(presence=presence, until=MIDNIGHT, summary="OP", rule=rule, rule_until=ELEVEN)
    )
    assert (found.short, found.text, found.tone) == (short, text, tone)


def test_whole_days_are_told_by_their_last_one() -> None:
    away = OwnerNow(presence=Presence.FREE, rule=OwnerRule.AWAY, rule_until=MIDNIGHT)
    assert told(away).short == "away for the rest of today"
    week = OwnerNow(
        presence=Presence.FREE, rule=OwnerRule.AWAY, rule_until=MIDNIGHT + timedelta(days=4)
    )
    assert told(week).text == "away up to and including Fri 27 Nov: connect nobody"
    busy = OwnerNow(presence=Presence.BUSY, until=MIDNIGHT, summary="Messe")
    assert told(busy).short == "busy for the rest of today"
    assert "“Messe”" in told(busy).text


def test_without_a_word_his_calendar_tells() -> None:
    assert told(OwnerNow(presence=Presence.FREE, until=ELEVEN)).short == "free until 11:00"
    assert told(OwnerNow(presence=Presence.BUSY, until=ELEVEN)).tone == "attention"
    outside = told(OwnerNow(presence=Presence.OUTSIDE, until=MIDNIGHT))
    assert outside.short == "hours from tomorrow 00:00"
