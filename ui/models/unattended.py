"""Rules for unanswered callers, and what calls cost, in words and as they are typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from decimal import Decimal, InvalidOperation

from receptionist.i18n import _, language, ngettext
from receptionist.model.route import Route
from receptionist.model.unattended import Occasion, Step, StepKind, UnattendedRule

Span = tuple[time, time]
WORKDAYS, WEEKEND = (0, 1, 2, 3, 4), (5, 6)
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")


def occasion_words(occasion: Occasion) -> str:
    """When a rule counts."""
    return {
        Occasion.ALWAYS: _("Always"),
        Occasion.CLOSED: _("Outside of office hours"),
        Occasion.HOLIDAY: _("On public holidays"),
        Occasion.BREAK: _("During my break"),
        Occasion.WRAP_UP: _("During wrap-up"),
        Occasion.ABSENT: _("While the program is closed"),
    }[occasion]


def kind_words(kind: StepKind) -> str:
    """What is done."""
    return {
        StepKind.ANNOUNCEMENT: _("Play an announcement"),
        StepKind.QUEUE: _("Let wait with music"),
        StepKind.FORWARD: _("Forward to a number"),
        StepKind.VOICEMAIL: _("Record a message"),
        StepKind.BUSY: _("Busy tone"),
    }[kind]


def weekday_choices(present: tuple[int, ...]) -> list[tuple[object, str]]:
    """Sets of weekdays to choose from; one that is stored already is among them."""
    names = [_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su")]
    offered: list[tuple[object, str]] = [
        ((), _("every day")),
        (WORKDAYS, _("{first}–{last}").format(first=names[0], last=names[4])),
        (WEEKEND, _("{first}–{last}").format(first=names[5], last=names[6])),
        *(((day,), name) for day, name in enumerate(names)),
    ]
    if present not in [value for value, _words in offered]:
        offered.append((present, ", ".join(names[day] for day in present)))
    return offered


def clock_span(text: str) -> Span | str | None:
    """From when to when, also over midnight; None for the whole day; else what is wrong."""
    if not text.strip():
        return None
    found = _SPAN.fullmatch(text.strip())
    hours = [int(part or 0) for part in found.groups()] if found else []
    if not hours or hours[0] > 24 or hours[2] > 24 or hours[1] > 59 or hours[3] > 59:
        return _("Write for example “22-6” or “12:30-14:00”. Empty is the whole day.")
    start, end = time(hours[0] % 24, hours[1]), time(hours[2] % 24, hours[3])
    return (start, end)


def span_words(rule: UnattendedRule) -> str:
    """From when to when, as it is typed."""
    if rule.start is None or rule.end is None:
        return ""
    return f"{rule.start:%H:%M}–{rule.end:%H:%M}"


def rules_summary(rules: Sequence[UnattendedRule]) -> str:
    """Rules in one line."""
    if not rules:
        return _("as the office has it")
    first = ", ".join(kind_words(step.kind) for step in rules[0].steps) or _("rings on")
    words = f"{occasion_words(rules[0].occasion)}: {first}"
    more = len(rules) - 1
    if more:
        rest = ngettext("{count} more rule", "{count} more rules", more).format(count=more)
        return f"{words} · {rest}"
    return words


def new_step() -> Step:
    """What most offices want."""
    return Step(kind=StepKind.VOICEMAIL, seconds=120)


def price_typed(text: str) -> Decimal | None:
    """Cents as they are typed, None for what is no price."""
    try:
        price = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return price if price.is_finite() and 0 <= price < 100_000 else None


def price_shown(route: Route) -> str:
    """Cents as they are typed."""
    number = f"{route.cents.normalize():f}"
    return number.replace(".", ",") if language() == "de" else number
