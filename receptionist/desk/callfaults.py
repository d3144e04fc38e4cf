"""What is wrong with rules, routes and hours as they stand in an editor. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from receptionist.i18n import _
from receptionist.model import callchecks, checks
from receptionist.model.client import Client
from receptionist.model.number import shown
from receptionist.model.office import Directory, Line, Office, OfficeHours
from receptionist.model.route import Route
from receptionist.model.unattended import Step, StepKind, UnattendedRule

Fault = tuple[str, str]
"""A field and a sentence."""


def office_faults(office: Office, directory: Directory) -> Iterator[Fault]:
    """Hours, holidays, rules and routes of the office."""
    yield "holidays", checks.holidays_fault(office.holidays) if office.holidays else ""
    yield from _hours(office.hours)
    yield from _rules(office.rules, office.region)
    yield from _routes(office.routes, directory)


def line_faults(line: Line) -> Iterator[Fault]:
    """Encryption of a line."""
    yield "srtp", callchecks.srtp_fault(line)


def client_faults(client: Client, directory: Directory) -> Iterator[Fault]:
    """How a client's calls are handled."""
    region = directory.office.region
    if client.shown_as:
        yield "shown_as", callchecks.shown_fault(client.shown_as, region)
    yield "ring_tone", callchecks.tone_fault(client.ring_tone)
    yield "hold_music", callchecks.sound_fault(client.hold_music)
    yield "keep_days", checks.range_fault(client.keep_days, 1, callchecks.KEEP_MAX_DAYS)
    yield from _rules(client.rules, region)
    yield from _routes(client.routes, directory)


def _hours(hours: tuple[OfficeHours, ...]) -> Iterator[Fault]:
    for index, one in enumerate(hours):
        wrong = checks.hours(f"{one.start:%H:%M}-{one.end:%H:%M}")
        if isinstance(wrong, str):
            yield "hours", wrong
        for other in hours[:index]:
            if other.weekday == one.weekday and other.start < one.end and one.start < other.end:
                message = _("“{text}” overlaps another period of this day.")
                yield "hours", message.format(text=f"{one.start:%H:%M}-{one.end:%H:%M}")


def _rules(rules: Iterable[UnattendedRule], region: str) -> Iterator[Fault]:
    for rule in rules:
        yield "rules", checks.range_fault(rule.ring_s, 0, callchecks.RING_MAX_S)
        yield "rules", callchecks.rule_fault(rule)
        if (rule.start is None) != (rule.end is None):
            yield "rules", _("Say when these hours begin and when they end.")
        elif rule.start is not None and rule.end is not None:
            wrong = callchecks.span(f"{rule.start:%H:%M}-{rule.end:%H:%M}")
            yield "rules", wrong if isinstance(wrong, str) else ""
        for step in rule.steps:
            yield "rules", _step(step, region)


def _step(step: Step, region: str) -> str:
    return (
        callchecks.sound_fault(step.sound)
        or checks.range_fault(step.seconds, 5, callchecks.STEP_MAX_S)
        or (callchecks.target_fault(step.target, region) if step.kind is StepKind.FORWARD else "")
    )


def _routes(routes: tuple[Route, ...], directory: Directory) -> Iterator[Fault]:
    lines = {line.id: line.name for line in directory.lines}
    known: set[tuple[str, UUID]] = set()
    for route in routes:
        if route.line_id not in lines:
            yield "routes", _("Choose the line.")
        yield "routes", callchecks.prefix_fault(route.prefix)
        yield "routes", callchecks.currency_fault(route.currency)
        yield "routes", callchecks.cents_fault(route.cents)
        if (route.prefix, route.line_id) in known:
            message = _("What calls to {prefix} cost over “{line}” stands here twice.")
            prefix = shown(route.prefix) or _("all numbers")
            line = checks.brief(lines.get(route.line_id, ""))
            yield "routes", message.format(prefix=prefix, line=line)
        known.add((route.prefix, route.line_id))
