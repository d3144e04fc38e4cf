"""What happens when nobody answers: rules, and the steps of each, by keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.desk.sounds import Sounds
from receptionist.i18n import _
from receptionist.model.callchecks import RING_MAX_S, STEP_MAX_S
from receptionist.model.client import Client
from receptionist.model.number import normalised, shown
from receptionist.model.unattended import Occasion, Step, StepKind, UnattendedRule
from ui.dialogs.office.rows import EditorRow, RowsEditor
from ui.dialogs.office.section import Section
from ui.dialogs.office.soundchoice import SoundChoice
from ui.models.unattended import (
    clock_span,
    kind_words,
    new_step,
    occasion_words,
    rules_summary,
    span_words,
    weekday_choices,
)
from ui.theme.sheet import GRID
from ui.widgets.card import Card, row
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Count, Line
from ui.widgets.label import Label

_INDENT = 3 * GRID


class _StepRow(EditorRow):
    """One step; what its kind does not need is away."""

    movable = True

    def __init__(self, step: Step, sounds: Sounds, region: str) -> None:
        super().__init__()
        self._region = region
        self.kind = Choice([(kind, kind_words(kind)) for kind in StepKind], step.kind)
        self.kind.setAccessibleName(_("What is done"))
        self._seconds = Count(step.seconds, "", _("{count} s"), STEP_MAX_S)
        self._seconds.setMinimum(5)
        self._seconds.setAccessibleName(_("At most so many seconds"))
        self._sound = SoundChoice(sounds, step.sound, _("usual sound"))
        self._sound.choice.setAccessibleName(_("Sound"))
        self._target = Line(shown(step.target), 60, "0171 3920017")
        self._target.setAccessibleName(_("Number"))
        line = row()
        line.addWidget(self.kind, 4)
        for widget in (self._sound, self._target):
            line.addWidget(widget, 4)
        line.addWidget(self._seconds)
        line.addWidget(self.removal(_("Remove this step")))
        self.setLayout(line)
        self.kind.currentIndexChanged.connect(self._chosen)
        self._seconds.valueChanged.connect(self.changed)
        self._sound.changed.connect(self.changed)
        self._target.textChanged.connect(self.changed)
        self._follow()

    @property
    def step(self) -> Step:
        """The step as it stands here."""
        kind = StepKind(str(self.kind.value))
        forwards = kind is StepKind.FORWARD
        return Step(
            kind=kind,
            seconds=self._seconds.value(),
            sound="" if forwards or kind is StepKind.BUSY else self._sound.name,
            target=normalised(self._target.text(), self._region) if forwards else "",
        )

    @property
    def first(self) -> QWidget:
        return self.kind

    @property
    def lacking(self) -> bool:
        step = self.step
        number = step.target.lstrip("+")
        return step.kind is StepKind.FORWARD and not number.isdigit()

    def _chosen(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        kind = StepKind(str(self.kind.value))
        self._target.setVisible(kind is StepKind.FORWARD)
        self._sound.setVisible(kind not in (StepKind.FORWARD, StepKind.BUSY))
        self._seconds.setVisible(kind not in (StepKind.ANNOUNCEMENT, StepKind.BUSY))


class StepsEditor(RowsEditor[_StepRow]):
    """What is done, one after the other. Main thread."""

    def __init__(self, steps: tuple[Step, ...], sounds: Sounds, region: str) -> None:
        super().__init__(_("Add a step"))
        self._sounds, self._region = sounds, region
        self.start([_StepRow(step, sounds, region) for step in steps])

    def new_row(self) -> _StepRow:
        return _StepRow(new_step(), self._sounds, self._region)


class _RuleRow(EditorRow):
    """One rule: when it counts, how long it rings, and the steps below."""

    movable = True

    def __init__(self, rule: UnattendedRule, sounds: Sounds, region: str) -> None:
        super().__init__()
        self._rule = rule
        occasions = [(one, occasion_words(one)) for one in Occasion]
        self.occasion = Choice(occasions, rule.occasion)
        self.occasion.setAccessibleName(_("When it counts"))
        self._days = Choice(weekday_choices(rule.weekdays), rule.weekdays)
        self._days.setAccessibleName(_("Weekdays"))
        self.times = Line(span_words(rule), 20, _("all day"))
        self.times.setAccessibleName(_("From when to when"))
        self._ring = Count(rule.ring_s, _("does not ring"), _("rings {count} s"), RING_MAX_S)
        self._ring.setAccessibleName(_("How long it rings first"))
        self.steps = StepsEditor(rule.steps, sounds, region)
        line = row()
        for widget, share in ((self.occasion, 5), (self._days, 3), (self.times, 3)):
            line.addWidget(widget, share)
        line.addWidget(self._ring)
        line.addWidget(self.removal(_("Remove this rule")))
        inside = QVBoxLayout()
        inside.setContentsMargins(_INDENT, 0, 0, 0)
        inside.setSpacing(GRID)
        inside.addWidget(Label(_("then, one after the other"), "label"))
        inside.addWidget(self.steps)
        card = Card(surface="plain")
        card.column.setSpacing(GRID)
        card.column.addLayout(line)
        card.column.addLayout(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID)
        column.addWidget(card)
        for choice in (self.occasion, self._days):
            choice.currentIndexChanged.connect(self.changed)
        self.times.textChanged.connect(self.changed)
        self._ring.valueChanged.connect(self.changed)
        self.steps.changed.connect(self.changed)
        self.steps.changed.connect(self.grown)

    @property
    def rule(self) -> UnattendedRule:
        """The rule as it stands here; unreadable times count as the whole day."""
        span = clock_span(self.times.text())
        start, end = span if isinstance(span, tuple) else (None, None)
        days = self._days.value
        return replace(
            self._rule,
            occasion=Occasion(str(self.occasion.value)),
            weekdays=days if isinstance(days, tuple) else (),
            start=start,
            end=end,
            ring_s=self._ring.value(),
            steps=tuple(one.step for one in self.steps.rows),
        )

    @property
    def fault(self) -> str:
        """What is wrong."""
        span = clock_span(self.times.text())
        if isinstance(span, str):
            return span
        if any(one.lacking for one in self.steps.rows):
            return _("Say to which number callers are forwarded.")
        return ""

    @property
    def first(self) -> QWidget:
        return self.occasion

    @property
    def lacking(self) -> bool:
        return bool(self.fault)


class RulesEditor(RowsEditor[_RuleRow]):
    """Every rule. Main thread."""

    def __init__(self, rules: tuple[UnattendedRule, ...], sounds: Sounds, region: str) -> None:
        super().__init__(_("Add a rule"))
        self._sounds, self._region = sounds, region
        self.start([_RuleRow(rule, sounds, region) for rule in rules])

    @property
    def rules(self) -> tuple[UnattendedRule, ...]:
        """The rules as they stand here."""
        return tuple(one.rule for one in self.rows)

    @property
    def raw(self) -> object:
        """What stands in every row."""
        return tuple((one.rule, one.times.text()) for one in self.rows)

    @property
    def fault(self) -> str:
        """The first sentence about what is wrong."""
        return next((one.fault for one in self.rows if one.fault), "")

    def new_row(self) -> _RuleRow:
        rule = UnattendedRule(steps=(new_step(),))
        return _RuleRow(rule, self._sounds, self._region)


def rules_field(editor: RulesEditor, *, office: bool) -> Field:
    """The rules with their hint."""
    hint = _("The most specific rule that holds counts; a holiday or a break comes first.")
    if not office:
        hint += " " + _("Where none holds, those of the office count.")
    return Field("rules", _("Rules"), editor, hint)


class UnattendedSection(Section):
    """Main thread."""

    names = ("rules",)

    def __init__(self, old: Client, sounds: Sounds, region: str) -> None:
        self._sounds, self._region = sounds, region
        super().__init__(_("When nobody answers"), old)

    def make(self) -> Sequence[Field]:
        self._rules = RulesEditor(self.old.rules, self._sounds, self._region)
        self._rules.changed.connect(self.changed)
        return (rules_field(self._rules, office=False),)

    def put_into(self, client: Client) -> Client:
        return replace(client, rules=self._rules.rules)

    def raw(self) -> object:
        return self._rules.raw

    def faults(self) -> Mapping[str, str]:
        return {"rules": self._rules.fault} if self._rules.fault else {}

    def go_into(self, field: str) -> bool:
        if field == "rules":
            self._rules.go()
        return field == "rules"

    def summary(self, client: Client) -> str:
        return rules_summary(client.rules)
