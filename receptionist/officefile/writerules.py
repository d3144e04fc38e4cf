"""Rules, routes and hours in the text of an office file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from receptionist.model.client import BookableHours
from receptionist.model.office import OfficeHours
from receptionist.model.plain import quoted
from receptionist.model.route import Route
from receptionist.model.unattended import Occasion, Step, UnattendedRule
from receptionist.officefile.routes import CURRENCY, price
from receptionist.officefile.unanswered import USUAL
from receptionist.tomlfile.fields import WEEKDAYS
from receptionist.tomlfile.write import Block


def rule_blocks(owner: str, rules: Iterable[UnattendedRule]) -> Iterator[Block]:
    """What happens when nobody answers; `owner` is `office` or `client`."""
    for rule in rules:
        yield [f"[[{owner}.unanswered]]", *_rule(rule)]


def route_blocks(owner: str, routes: Iterable[Route], lines: Mapping[UUID, str]) -> Iterator[Block]:
    """What calls cost over the lines that are there, by their keys."""
    for route in routes:
        if route.line_id in lines:
            yield [f"[[{owner}.route]]", *_route(route, lines[route.line_id])]


def week_block(head: str, hours: Sequence[BookableHours | OfficeHours]) -> Iterator[Block]:
    """Weekly hours below `head`, if there are any."""
    rows = [
        f"{name} = [{', '.join(quoted(f'{one.start:%H:%M}-{one.end:%H:%M}') for one in day)}]"
        for weekday, name in enumerate(WEEKDAYS)
        if (day := [one for one in hours if one.weekday == weekday])
    ]
    if rows:
        yield [head, *rows]


def _rule(rule: UnattendedRule) -> Iterator[str]:
    if rule.occasion is not Occasion.ALWAYS:
        yield f"when = {quoted(rule.occasion)}"
    if rule.weekdays:
        yield f"days = [{', '.join(quoted(WEEKDAYS[day]) for day in rule.weekdays)}]"
    if rule.start is not None and rule.end is not None:
        yield f"hours = {quoted(f'{rule.start:%H:%M}-{rule.end:%H:%M}')}"
    if rule.ring_s != USUAL.ring_s:
        yield f"ring_seconds = {rule.ring_s}"
    if rule.steps:
        yield f"steps = [{', '.join(map(_step, rule.steps))}]"


def _step(step: Step) -> str:
    fields = [f"do = {quoted(step.kind)}"]
    if step.target:
        fields.append(f"to = {quoted(step.target)}")
    if step.seconds != Step(kind=step.kind).seconds:
        fields.append(f"seconds = {step.seconds}")
    if step.sound:
        fields.append(f"sound = {quoted(step.sound)}")
    return f"{{ {', '.join(fields)} }}"


def _route(route: Route, line: str) -> Iterator[str]:
    yield f"line = {quoted(line)}"
    if route.prefix:
        yield f"prefix = {quoted(route.prefix)}"
    if route.cents or not (route.flat or route.on_net):
        yield f"cents = {price(route.cents)}"
    if route.currency != CURRENCY:
        yield f"currency = {quoted(route.currency)}"
    yield from (f"{key} = true" for key in ("flat", "on_net") if getattr(route, key))
