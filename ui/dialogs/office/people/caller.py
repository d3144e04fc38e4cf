"""The form of somebody who calls a client: marks, a note, and who is the same person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.callers import KnownCaller
from receptionist.model.number import shown
from ui.dialogs.office.form import Failed, Form, Saved
from ui.dialogs.office.people.samecallers import SameCallers
from ui.dialogs.office.removing import Removing, of_person
from ui.models.office import Group, new_words
from ui.widgets.field import Field
from ui.widgets.inputs import Line, Lines


class CallerForm(Form):
    """Main thread."""

    group = Group.CALLERS

    def __init__(self, desk: Desk, clock: Clock, caller: KnownCaller, *, is_new: bool) -> None:
        super().__init__(desk, clock, caller.id, is_new=is_new)
        self.scope = caller.client_id
        self._old = caller
        example = _("for example {number}").format(number="030 23125 001")
        self._number = Line(shown(caller.number), 60, example)
        self._name = Line(caller.name, example=_("for example {name}").format(name="Erika Muster"))
        self._vip = QCheckBox(_("VIP: is marked when he calls"))
        self._vip.setChecked(caller.vip)
        self._blocked = QCheckBox(_("Blocked: rings without a sound"))
        self._blocked.setChecked(caller.blocked)
        self._note = Lines(caller.note, rows=3)
        self.card(
            _("Who calls"),
            Field("name", _("Name"), self._name),
            Field("number", _("Number"), self._number),
            Field("vip", _("Marks"), self._vip),
            Field("blocked", "", self._blocked),
            Field("note", _("How to treat him"), self._note, _("It is shown when he calls.")),
        )
        self.same = SameCallers(desk, clock, caller)
        self.column.addWidget(self.same)
        self.same.setVisible(not is_new)
        for one in (self._number, self._name, self._note):
            one.textChanged.connect(self.touched)
        for box in (self._vip, self._blocked):
            box.toggled.connect(self.touched)
        self.finish()

    @property
    def title(self) -> str:
        name = self._name.text().strip() or self._number.text().strip()
        return name or new_words(self.group)

    @property
    def removing(self) -> Removing | None:
        books, old = self.desk.people.notebooks, self._old
        return None if self.is_new else of_person(lambda t, failed: books.remove(old, t, failed))

    def raw(self) -> object:
        return self._caller(), self._number.text()

    def faults(self) -> Mapping[str, str]:
        return self.desk.people.notebooks.faults(self._caller())

    def save(self, then: Saved, failed: Failed) -> None:
        self.desk.people.notebooks.save(
            None if self.is_new else self._old,
            self._caller(),
            lambda caller: then(caller.id),
            failed,
        )

    def _caller(self) -> KnownCaller:
        return replace(
            self._old,
            number=self._number.text().strip(),
            name=self._name.text().strip(),
            vip=self._vip.isChecked(),
            blocked=self._blocked.isChecked(),
            note=self._note.text,
        )
