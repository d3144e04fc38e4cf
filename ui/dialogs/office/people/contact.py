"""The form of a contact: who it is, and when callers may be connected with him."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.contact import Contact
from ui.dialogs.office.form import Failed, Form, Saved
from ui.dialogs.office.people.numbers import ContactNumbers
from ui.dialogs.office.people.presence import PresenceEditor
from ui.dialogs.office.people.standing import StandingEditor
from ui.dialogs.office.removing import Removing, of_person
from ui.models.office import Group, new_words
from ui.models.reached import calendar_choices, reach_tone, reached_words
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Line, Lines
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine


class ContactForm(Form):
    """Main thread. How he would be reached with what stands here is said above it."""

    group = Group.CONTACTS

    def __init__(self, desk: Desk, clock: Clock, contact: Contact, *, is_new: bool) -> None:
        super().__init__(desk, clock, contact.id, is_new=is_new)
        self.scope = contact.client_id
        self._old = contact
        client = desk.directory.client(contact.client_id)
        zone = client.zone if client is not None else desk.directory.office.zone
        self._zone = zone
        self._name = Line(contact.name, example=_("for example {name}").format(name="Erika Muster"))
        self._role = Line(contact.role, example=_("for example {name}").format(name=_("Owner")))
        self._numbers = ContactNumbers(contact.numbers, desk.directory.office.region)
        self._email = Line(contact.email, example="erika@example.org")
        self._note = Lines(contact.note, rows=2)
        self._standing = StandingEditor(contact.standing, clock, zone)
        staff = client.staff if client is not None else ()
        offered = calendar_choices(staff, contact.staff)
        self._calendar = Choice(offered, contact.is_owner or contact.staff)
        self._urgent = QCheckBox(_("in urgent cases also when he is busy or not there"))
        self._urgent.setChecked(contact.urgent)
        self._hours = PresenceEditor(contact.hours, client.hours if client is not None else ())
        self.state, self._uses = StateLine(), Label(role="label", wrap=True)
        self._arrange()
        self._connect()
        self.finish()
        self.refresh()

    def _arrange(self) -> None:
        self.column.addWidget(self.state)
        key = self._old.key
        known = _("Scripts name him “{key}”; this never changes.").format(key=key) if key else ""
        self.card(
            _("Who it is"),
            Field("name", _("Name"), self._name, known),
            Field("role", _("Role"), self._role),
            Field(
                "numbers",
                _("Numbers"),
                self._numbers,
                _("The first is called first."),
            ),
            Field("email", _("E-mail"), self._email),
            Field("note", _("Note"), self._note, _("For us, not for callers.")),
        )
        said = _("It holds until then, before calendar and hours.")
        self.card(
            _("When callers may be connected"),
            Field("standing", _("At present"), self._standing, said),
            Field(
                "staff",
                _("Calendar"),
                self._calendar,
                _("It says when he is busy, and whether he may be disturbed."),
            ),
            Field("hours", _("Is there"), self._hours),
            Field("urgent", _("Urgent"), self._urgent),
        )
        self.column.addWidget(self._uses)

    def _connect(self) -> None:
        for line in (self._name, self._role, self._email, self._note):
            line.textChanged.connect(self._touched)
        for editor in (self._numbers, self._standing, self._hours):
            editor.changed.connect(self._touched)
        self._calendar.currentIndexChanged.connect(self._touched)
        self._urgent.toggled.connect(self._touched)

    @property
    def title(self) -> str:
        return self._name.text().strip() or new_words(self.group)

    @property
    def removing(self) -> Removing | None:
        contacts, old = self.desk.people.contacts, self._old
        if self.is_new:
            return None
        return of_person(
            lambda then, failed: contacts.remove(old, then, failed), lambda: contacts.uses(old)
        )

    def raw(self) -> object:
        return self._contact(), self._standing.raw, self._hours.raw

    def faults(self) -> Mapping[str, str]:
        found = dict(self.desk.people.contacts.faults(self._contact()))
        for name, editor in (("standing", self._standing), ("hours", self._hours)):
            if editor.fault:
                found[name] = editor.fault
        return found

    def go(self, field: str = "") -> None:
        going = {
            "standing": self._standing.go,
            "hours": self._hours.go,
            "numbers": self._numbers.go,
        }
        if field in going:
            going[field]()
        else:
            super().go(field)

    def save(self, then: Saved, failed: Failed) -> None:
        self.desk.people.contacts.save(
            None if self.is_new else self._old,
            self._contact(),
            lambda contact: then(contact.id),
            failed,
        )

    def refresh(self) -> None:
        """How he is reached, and what needs him, may have changed."""
        contacts = self.desk.people.contacts
        if self.desk.directory.client(self._old.client_id) is None:
            return
        reached = contacts.reached(self._contact())
        words = reached_words(reached, self._zone, self.clock.now())
        words = words if self._name.text().strip() else ""
        self.state.tell(words, reach_tone(reached.reach))
        uses = ", ".join(contacts.uses(self._old)) if not self.is_new else ""
        self._uses.tell(_("Needed by: {uses}").format(uses=uses) if uses else "")

    def _touched(self) -> None:
        self.refresh()
        self.touched()

    def _contact(self) -> Contact:
        calendar = self._calendar.value
        return replace(
            self._old,
            name=self._name.text().strip(),
            role=self._role.text().strip(),
            numbers=self._numbers.numbers,
            email=self._email.text().strip(),
            note=self._note.text,
            hours=self._hours.hours,
            is_owner=calendar is True,
            staff=calendar if isinstance(calendar, str) else "",
            urgent=self._urgent.isChecked(),
            standing=self._standing.standing,
        )
