"""What the entries in an owner's calendar mean: whole days, agreed words, only inside of some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.client import Client, OwnerRule, OwnerWord
from receptionist.model.steering import USUAL_WORDS
from ui.dialogs.office.section import Section
from ui.models.ownerwords import meaning, of_rule, read
from ui.theme.sheet import GRID
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Line
from ui.widgets.label import Label

_Words = tuple[OwnerWord, ...]


class WordsEditor(QWidget):
    """The usual words, or own ones rule by rule. Main thread."""

    changed = Signal()

    def __init__(self, words: _Words) -> None:
        super().__init__()
        self._given = words
        self.whose = Choice(_whose(), bool(words))
        self.whose.setAccessibleName(_("Agreed words"))
        self.lines = {rule: Line(of_rule(words or USUAL_WORDS, rule), 400) for rule in OwnerRule}
        self._shown = self._texts
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        for number, (rule, line) in enumerate(self.lines.items()):
            line.setAccessibleName(meaning(rule))
            line.textChanged.connect(self.changed)
            grid.addWidget(Label(meaning(rule), "label"), number, 0)
            grid.addWidget(line, number, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.whose)
        column.addLayout(grid)
        self.whose.currentIndexChanged.connect(self._chosen)
        self._follow()

    @property
    def words(self) -> _Words:
        """The own words; none where the usual ones hold."""
        if not self.whose.value:
            return ()
        if self._given and self._texts == self._shown:
            return self._given
        return tuple(word for rule, line in self.lines.items() for word in read(line.text(), rule))

    @property
    def fault(self) -> str:
        """What is wrong."""
        if self.whose.value and not self.words:
            return _("Write at least one word, or choose the usual ones.")
        return ""

    @property
    def _texts(self) -> tuple[str, ...]:
        return tuple(line.text() for line in self.lines.values())

    def _chosen(self) -> None:
        if not self.whose.value:
            for rule, line in self.lines.items():
                line.setText(of_rule(USUAL_WORDS, rule))
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        for line in self.lines.values():
            line.setReadOnly(not self.whose.value)


class WordsSection(Section):
    """Main thread."""

    names = ("all_day_blocks", "bookable_only", "words")

    def __init__(self, old: Client) -> None:
        super().__init__(_("What the owner's entries mean"), old)

    def make(self) -> Sequence[Field]:
        self._all_day = Choice(_all_day(), self.old.all_day_blocks)
        self._only = Choice(_only(), self.old.bookable_only)
        self._words = WordsEditor(self.old.words)
        for choice in (self._all_day, self._only):
            choice.currentIndexChanged.connect(self.changed)
        self._words.changed.connect(self.changed)
        return (
            Field("all_day_blocks", _("All-day entries"), self._all_day),
            Field("bookable_only", _("Booked is"), self._only),
            Field(
                "words",
                _("Agreed words"),
                self._words.whose,
                _("In title or category of an entry. Capital letters do not matter."),
                self._words,
            ),
        )

    def put_into(self, client: Client) -> Client:
        return replace(
            client,
            all_day_blocks=bool(self._all_day.value),
            bookable_only=bool(self._only.value),
            words=self._words.words,
        )

    def raw(self) -> object:
        return bool(self._words.whose.value)

    def faults(self) -> Mapping[str, str]:
        return {"words": self._words.fault} if self._words.fault else {}

    def summary(self, client: Client) -> str:
        frames = of_rule(client.words or USUAL_WORDS, OwnerRule.BOOKABLE).partition(",")[0]
        parts = [_("own words") if client.words else _("the usual words")]
        if client.bookable_only and frames:
            parts.insert(0, _("booked only inside “{word}”").format(word=frames))
        if not client.all_day_blocks:
            parts.append(_("all-day entries leave the day free"))
        return " · ".join(parts)


def _whose() -> list[tuple[object, str]]:
    return [(False, _("The usual words")), (True, _("Words of his own"))]


def _only() -> list[tuple[object, str]]:
    return [
        (False, _("in the bookable hours")),
        (True, _("only inside entries with a word for it")),
    ]


def _all_day() -> list[tuple[object, str]]:
    return [
        (True, _("Block the whole day")),
        (False, _("Leave the day free")),
    ]
