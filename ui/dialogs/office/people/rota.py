"""The form of an on-call rota: the weekly pattern, other days over it, and who is asked next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.rota import OnCallRota
from ui.dialogs.office.form import Failed, Form, Saved
from ui.dialogs.office.people.chain import ChainLine
from ui.dialogs.office.people.dutycard import DutyCard
from ui.dialogs.office.people.shifts import NeededEditor, OthersEditor, ShiftsEditor
from ui.dialogs.office.removing import Removing, of_person
from ui.models.chain import Names
from ui.models.office import Group, new_words
from ui.widgets.field import Field
from ui.widgets.inputs import Line


class RotaForm(Form):
    """Main thread. What stands here is drawn above while it is typed."""

    group = Group.ROTAS

    def __init__(self, desk: Desk, clock: Clock, rota: OnCallRota, *, is_new: bool) -> None:
        super().__init__(desk, clock, rota.id, is_new=is_new)
        self.scope = rota.client_id
        self._old = rota
        client = desk.directory.client(rota.client_id)
        zone = client.zone if client is not None else desk.directory.office.zone
        self._contacts = desk.people.contacts.of(rota.client_id)
        names, today = Names(self._contacts), clock.now().astimezone(ZoneInfo(zone)).date()
        self.plan = DutyCard(clock, zone)
        self._name = Line(rota.name)
        self._shifts = ShiftsEditor(rota.shifts, names)
        self._others = OthersEditor(rota.others, names, today)
        self._fallbacks = ChainLine(rota.fallbacks, names)
        self._needed = NeededEditor(rota.needed)
        self._arrange()
        for line in (self._name, self._fallbacks):
            line.textChanged.connect(self._touched)
        for editor in (self._shifts, self._others, self._needed):
            editor.changed.connect(self._touched)
        self.finish()
        self.refresh()

    def _arrange(self) -> None:
        self.column.addWidget(self.plan)
        self.card(
            _("Who is on call when"),
            Field("name", _("Name"), self._name),
            Field(
                "shifts",
                _("Every week"),
                self._shifts,
                _("The first that fits counts. “18-8” goes on until the next morning."),
            ),
            Field(
                "others",
                _("Other days"),
                self._others,
                _("They count before the week; without names nobody is on call."),
            ),
            Field(
                "fallbacks",
                _("Asked next"),
                self._fallbacks,
                _("When nobody on call answers, one after the other."),
            ),
            Field(
                "needed",
                _("When it is needed"),
                self._needed,
                _("Outside of these hours nobody is missed. Without any it is always needed."),
            ),
        )

    @property
    def title(self) -> str:
        return self._name.text().strip() or new_words(self.group)

    @property
    def removing(self) -> Removing | None:
        rotas, old = self.desk.people.rotas, self._old
        if self.is_new:
            return None
        return of_person(
            lambda then, failed: rotas.remove(old, then, failed), lambda: rotas.uses(old)
        )

    def raw(self) -> object:
        rows = (self._shifts.raw, self._others.raw, self._needed.raw)
        return self._name.text().strip(), rows, self._fallbacks.text()

    def faults(self) -> Mapping[str, str]:
        found = dict(self.desk.people.rotas.faults(self._rota()))
        for name, editor in (
            ("shifts", self._shifts),
            ("others", self._others),
            ("needed", self._needed),
        ):
            if editor.fault:
                found[name] = _("Not every row can be read.")
        if self._fallbacks.fault:
            found["fallbacks"] = self._fallbacks.fault
        return found

    def go(self, field: str = "") -> None:
        rows = {"shifts": self._shifts, "others": self._others, "needed": self._needed}
        if field in rows:
            rows[field].go()
        else:
            super().go(field)

    def save(self, then: Saved, failed: Failed) -> None:
        self.desk.people.rotas.save(
            None if self.is_new else self._old,
            self._rota(),
            lambda rota: then(rota.id),
            failed,
        )

    def refresh(self) -> None:
        """Draw what stands here; while a row cannot be read, what was drawn before stays."""
        editors = (self._shifts, self._others, self._needed, self._fallbacks)
        if any(one.fault for one in editors):
            return
        self.plan.show_rota(self._rota(), self._contacts)

    def _touched(self) -> None:
        self.refresh()
        self.touched()

    def _rota(self) -> OnCallRota:
        return replace(
            self._old,
            name=self._name.text().strip(),
            shifts=self._shifts.shifts,
            others=self._others.others,
            fallbacks=self._fallbacks.chain,
            needed=self._needed.needed,
        )
