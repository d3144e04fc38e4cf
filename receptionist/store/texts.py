"""Values that stand in a column as a text: weekdays, and what is done for unanswered callers."""

from __future__ import annotations

import json
from dataclasses import asdict, fields

from receptionist.model.unattended import Step, StepKind


def days_text(days: tuple[int, ...]) -> str:
    """Weekdays as digits, e.g. `01234`."""
    return "".join(map(str, days))


def days_of(text: str) -> tuple[int, ...]:
    """Weekdays from digits."""
    return tuple(map(int, text))


def steps_text(steps: tuple[Step, ...]) -> str:
    """Steps as JSON, each without what is usual."""
    usual = {field.name: field.default for field in fields(Step)}
    told = [{k: v for k, v in asdict(step).items() if v != usual[k]} for step in steps]
    return json.dumps(told, ensure_ascii=False)


def steps_of(text: str) -> tuple[Step, ...]:
    """Steps from JSON."""
    return tuple(Step(**{**one, "kind": StepKind(one["kind"])}) for one in json.loads(text))
