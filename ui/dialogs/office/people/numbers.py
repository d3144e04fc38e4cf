"""The numbers of a contact, in the order in which they are called."""

from __future__ import annotations

from receptionist.i18n import _
from receptionist.model.contact import ContactNumber
from receptionist.model.number import normalised, shown
from receptionist.model.peoplechecks import number_fault
from ui.dialogs.office.rows import EditorRow, RowsEditor
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.inputs import Line, Suggested


class _NumberRow(EditorRow):
    """A number and what it is called."""

    movable = True

    def __init__(self, number: ContactNumber, region: str) -> None:
        super().__init__()
        self._region = region
        self.number = Line(shown(number.number), 60, _("Number"))
        self.number.setAccessibleName(_("Number"))
        self.label = Suggested(number.label, _labels)
        self.label.setPlaceholderText(_("what it is, for example mobile"))
        self.label.setAccessibleName(_("What the number is called"))
        line = row()
        line.addWidget(self.number, 1)
        line.addWidget(self.label, 1)
        verbs = row(spacing=0)
        verbs.addWidget(self.small_button("↑", _("Move up"), lambda: self.moves.emit(self, -1)))
        verbs.addWidget(self.small_button("↓", _("Move down"), lambda: self.moves.emit(self, 1)))
        verbs.addWidget(self.removal(_("Remove this number")))
        line.addLayout(verbs)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        self.setLayout(line)
        for one in (self.number, self.label):
            one.textChanged.connect(self.changed)
        self.number.editingFinished.connect(self._left)

    @property
    def value(self) -> ContactNumber:
        """The number normalised, and as it was typed where it is none."""
        typed = self.number.text().strip()
        wrong = number_fault(typed, self._region)
        number = typed if wrong else normalised(typed, self._region)
        return ContactNumber(number=number, label=self.label.text().strip())

    @property
    def first(self) -> Line:
        return self.number

    @property
    def lacking(self) -> bool:
        return bool(number_fault(self.number.text(), self._region))

    def _left(self) -> None:
        if not self.lacking:
            self.number.setText(shown(self.value.number))


class ContactNumbers(RowsEditor[_NumberRow]):
    """Main thread."""

    def __init__(self, numbers: tuple[ContactNumber, ...], region: str) -> None:
        super().__init__(_("Add a number"))
        self._region = region
        self.start([_NumberRow(one, region) for one in numbers])

    @property
    def numbers(self) -> tuple[ContactNumber, ...]:
        """Every number; a row in which nothing stands is none."""
        return tuple(one.value for one in self.rows if one.value != ContactNumber(number=""))

    def new_row(self) -> _NumberRow:
        return _NumberRow(ContactNumber(number=""), self._region)


def _labels() -> list[str]:
    return [_("Mobile"), _("Office"), _("Home"), _("Switchboard"), _("Deputy")]
