"""What happens when nobody answers: the tables `[[office.unanswered]]`, `[[client.unanswered]]`."""

from __future__ import annotations

from collections.abc import Iterable

from receptionist.model import callchecks
from receptionist.model.number import normalised
from receptionist.model.office import OfficeHours
from receptionist.model.unattended import Occasion, Step, StepKind, UnattendedRule
from receptionist.officefile.hours import weekly_hours
from receptionist.tomlfile.fields import span, weekdays
from receptionist.tomlfile.table import Table

USUAL = UnattendedRule()


def rules(tables: Iterable[Table], region: str) -> tuple[UnattendedRule, ...]:
    """One rule a table, in their order."""
    return tuple(_rule(table, region) for table in tables)


def office_hours(table: Table) -> tuple[OfficeHours, ...]:
    """The table `[office.hours]`."""
    return tuple(
        OfficeHours(weekday=one.weekday, start=one.start, end=one.end)
        for one in weekly_hours(table)
    )


def sound(table: Table, key: str) -> str:
    """The file name of a sound."""
    name = table.text(key)
    if wrong := callchecks.sound_fault(name):
        table.fault(key, wrong)
        return ""
    return name


def _rule(table: Table, region: str) -> UnattendedRule:
    start, end = span(table)
    rule = UnattendedRule(
        occasion=Occasion(table.choice("when", tuple(Occasion), Occasion.ALWAYS)),
        weekdays=weekdays(table),
        start=start,
        end=end,
        ring_s=table.number("ring_seconds", USUAL.ring_s, 0, callchecks.RING_MAX_S),
        steps=tuple(_step(one, region) for one in table.tables("steps")),
    )
    if wrong := callchecks.rule_fault(rule):
        table.fault("steps", wrong)
    table.close()
    return rule


def _step(table: Table, region: str) -> Step:
    kind = StepKind(table.choice("do", tuple(StepKind), StepKind.ANNOUNCEMENT, required=True))
    usual = Step(kind=kind)
    lasts = kind in (StepKind.QUEUE, StepKind.FORWARD, StepKind.VOICEMAIL)
    sounds = kind in (StepKind.ANNOUNCEMENT, StepKind.QUEUE, StepKind.VOICEMAIL)
    step = Step(
        kind=kind,
        seconds=table.number("seconds", usual.seconds, 5, callchecks.STEP_MAX_S)
        if lasts
        else usual.seconds,
        sound=sound(table, "sound") if sounds else "",
        target=_target(table, region) if kind is StepKind.FORWARD else "",
    )
    table.close()
    return step


def _target(table: Table, region: str) -> str:
    raw = table.text("to", required=True)
    if not raw:
        return ""
    if wrong := callchecks.target_fault(raw, region):
        table.fault("to", wrong)
        return ""
    return normalised(raw, region)
