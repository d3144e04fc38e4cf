"""The answers one can choose from, as rows in the form of a question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.script import Choice, Text
from ui.dialogs.office.rows import EditorRow, RowsEditor
from ui.dialogs.script.entries import Entry, cleaned
from ui.widgets.card import row
from ui.widgets.inputs import Line

_LIMIT = 200


class _AnswerRow(EditorRow):
    """One answer, in the language that is shown; those in others stay."""

    movable = True

    def __init__(self, choice: Choice, tongue: str) -> None:
        super().__init__()
        self.given, self._tongue = choice, tongue
        words = dict(choice.label.words)
        self.words = Line(words.get(tongue, ""), _LIMIT, next(iter(words.values()), ""))
        self.words.setAccessibleName(_("Answer"))
        line = row()
        line.addWidget(self.words, 1)
        line.addWidget(self.small_button("↑", _("Up"), lambda: self.moves.emit(self, -1)))
        line.addWidget(self.small_button("↓", _("Down"), lambda: self.moves.emit(self, 1)))
        line.addWidget(self.removal(_("Remove this answer")))
        self.setLayout(line)
        self.words.textChanged.connect(self.changed)

    @property
    def choice(self) -> Choice:
        """The answer as it stands here, with the key it had."""
        words = dict(self.given.label.words) | {self._tongue: cleaned(self.words.text())}
        kept = [pair for pair in words.items() if pair[1]] or [(self._tongue, "")]
        return Choice(self.given.key, Text(tuple(kept)))

    @property
    def first(self) -> QWidget:
        return self.words


class _AnswerRows(RowsEditor[_AnswerRow]):
    def __init__(self, choices: Sequence[Choice], tongue: str) -> None:
        super().__init__(_("Add an answer"))
        self._tongue = tongue
        self.start([_AnswerRow(one, tongue) for one in choices])

    def new_row(self) -> _AnswerRow:
        return _AnswerRow(Choice("", Text()), self._tongue)


class Answers(Entry):
    """All answers, in their order. Main thread."""

    def __init__(self, choices: Sequence[Choice], tongue: str) -> None:
        self._tongue = tongue
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        whole = QWidget()
        whole.setLayout(self._place)
        super().__init__(whole)
        self._fill(choices)

    @property
    def value(self) -> object:
        return tuple(one.choice for one in self.rows.rows)

    @property
    def stops(self) -> list[QWidget]:
        return self.rows.stops

    def go(self) -> None:
        self.rows.go()

    def put(self, value: object) -> None:
        choices = value if isinstance(value, tuple) else ()
        rows = self.rows.rows
        if [dict(one.label.words) for one in choices] == [dict(r.choice.label.words) for r in rows]:
            for one, given in zip(rows, choices, strict=True):
                one.given = given
            return
        self._place.removeWidget(self.rows)
        self.rows.hide()
        self.rows.deleteLater()
        self._fill(choices)

    def _fill(self, choices: Sequence[Choice]) -> None:
        self.rows = _AnswerRows(choices, self._tongue)
        self._place.addWidget(self.rows)
        self.rows.changed.connect(self.changed)
