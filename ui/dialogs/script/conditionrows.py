"""On which answers something depends, as rows in the form of a question or an action."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.script import Comparison, Condition, PromptKind
from ui.dialogs.office.rows import EditorRow, RowsEditor
from ui.dialogs.script.entries import Entry
from ui.models.scriptform import AskedAbove
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.flow import Flow
from ui.widgets.inputs import Choice, Line
from ui.widgets.keybutton import KeyButton

_NAMED = (Comparison.IS, Comparison.IS_NOT)
_BOUNDS = (Comparison.AT_LEAST, Comparison.AT_MOST)
_THERE = (Comparison.ANSWERED, Comparison.MISSING)


class _ConditionRow(EditorRow):
    """A question above, what is asked of its answer, and below it the answers that are meant."""

    def __init__(self, given: Condition, above: Sequence[AskedAbove]) -> None:
        super().__init__()
        self._above = {one.key: one for one in above}
        self._given = given
        offered: list[tuple[object, str]] = [(one.key, one.label) for one in above]
        if given.prompt not in self._above:
            offered.append(
                (given.prompt, _("“{name}”, which is not there").format(name=given.prompt))
            )
        self.prompt = Choice(offered, given.prompt)
        self.prompt.setAccessibleName(_("Question"))
        self.test = Choice()
        self.test.setAccessibleName(_("What is asked of the answer"))
        self.number = Line("", 20, _("Number"))
        self.number.setAccessibleName(_("Number"))
        self._answers, self._flow = QWidget(), Flow(GRID)
        self._answers.setLayout(self._flow)
        self.buttons: dict[str, KeyButton] = {}
        line = row()
        line.addWidget(self.prompt, 5)
        line.addWidget(self.test, 4)
        line.addWidget(self.number, 2)
        line.addWidget(self.removal(_("Remove this condition")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(GRID)
        column.addLayout(line)
        column.addWidget(self._answers)
        self._offer(given)
        self.prompt.currentIndexChanged.connect(self._asked_of_another)
        self.test.currentIndexChanged.connect(self._tested_otherwise)
        self.number.textChanged.connect(self.changed)

    @property
    def condition(self) -> Condition:
        """The condition as it stands here."""
        test, key = self._test, str(self.prompt.value)
        if test in _THERE:
            return Condition(key, test)
        if test in _BOUNDS:
            return Condition(key, test, (self.number.text().strip().replace(",", "."),))
        return Condition(key, test, tuple(k for k, b in self.buttons.items() if b.isChecked()))

    @property
    def first(self) -> QWidget:
        return self.prompt

    @property
    def _test(self) -> Comparison:
        return Comparison(str(self.test.value))

    def _offer(self, wanted: Condition) -> None:
        """What can be asked of the answer to the chosen question."""
        asked = self._above.get(str(self.prompt.value))
        tests = list(_THERE)
        if asked is None or asked.kind is PromptKind.CHOICE:
            tests = [*_NAMED, *tests]
        if asked is None or asked.kind is PromptKind.NUMBER:
            tests = [*_BOUNDS, *tests]
        if wanted.test not in tests and wanted is self._given:
            tests.append(wanted.test)
        self.test.put([(one, _words(one)) for one in tests], wanted.test)
        self.number.setText(wanted.values[0] if wanted.test in _BOUNDS and wanted.values else "")
        self._flow.clear()
        self.buttons = {}
        choices = asked.choices if asked is not None else ()
        lost = [(one, one) for one in wanted.values if one not in dict(choices)]
        if wanted.test in _BOUNDS:
            lost = []
        for key, words in (*choices, *lost):
            button = self.buttons[key] = KeyButton(words, kind="chip")
            button.setCheckable(True)
            button.setChecked(key in wanted.values)
            button.toggled.connect(self.changed)
            self._flow.addWidget(button)
        self._follow()

    def _follow(self) -> None:
        self.number.setVisible(self._test in _BOUNDS)
        self._answers.setVisible(self._test in _NAMED and bool(self.buttons))

    def _asked_of_another(self) -> None:
        asked = self._above.get(str(self.prompt.value))
        named = asked is not None and asked.kind is PromptKind.CHOICE
        test = Comparison.IS if named else Comparison.ANSWERED
        self._offer(Condition(str(self.prompt.value), test))
        self.grown.emit()
        self.changed.emit()

    def _tested_otherwise(self) -> None:
        self._follow()
        self.grown.emit()
        self.changed.emit()


class _ConditionRows(RowsEditor[_ConditionRow]):
    def __init__(self, conditions: Sequence[Condition], above: Sequence[AskedAbove]) -> None:
        super().__init__(_("Add a condition"))
        self._above = above
        self.add_button.setEnabled(bool(above))
        self.start([_ConditionRow(one, above) for one in conditions])

    def new_row(self) -> _ConditionRow:
        last = self._above[-1]
        named = last.kind is PromptKind.CHOICE
        test = Comparison.IS if named else Comparison.ANSWERED
        return _ConditionRow(Condition(last.key, test), self._above)


class Conditions(Entry):
    """All conditions; every one of them must hold. Main thread."""

    def __init__(self, conditions: Sequence[Condition], above: Sequence[AskedAbove]) -> None:
        self._above = above
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        whole = QWidget()
        whole.setLayout(self._place)
        super().__init__(whole)
        self._fill(conditions)

    @property
    def value(self) -> object:
        return tuple(one.condition for one in self.rows.rows)

    @property
    def stops(self) -> list[QWidget]:
        return self.rows.stops

    def go(self) -> None:
        self.rows.go()

    def put(self, value: object) -> None:
        self._place.removeWidget(self.rows)
        self.rows.hide()
        self.rows.deleteLater()
        self._fill(value if isinstance(value, tuple) else ())

    def _fill(self, conditions: Sequence[Condition]) -> None:
        self.rows = _ConditionRows(conditions, self._above)
        self._place.addWidget(self.rows)
        self.rows.changed.connect(self.changed)


def _words(test: Comparison) -> str:
    return {
        Comparison.IS: _("is one of these"),
        Comparison.IS_NOT: _("is none of these"),
        Comparison.ANSWERED: _("was answered"),
        Comparison.MISSING: _("was not answered"),
        Comparison.AT_LEAST: _("is at least"),
        Comparison.AT_MOST: _("is at most"),
    }[test]
