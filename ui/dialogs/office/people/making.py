"""Makes the forms of people: of what is stored, and of what is new."""

from __future__ import annotations

from uuid import UUID

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.model.callers import KnownCaller
from receptionist.model.contact import Contact
from receptionist.model.knowledge import Knowledge
from receptionist.model.rota import OnCallRota
from ui.dialogs.office.form import Form
from ui.dialogs.office.people.caller import CallerForm
from ui.dialogs.office.people.contact import ContactForm
from ui.dialogs.office.people.importing import ImportForm
from ui.dialogs.office.people.knowledge import KnowledgeForm
from ui.dialogs.office.people.overview import OverviewForm
from ui.dialogs.office.people.rota import RotaForm
from ui.models.office import Group
from ui.models.people import (
    import_id,
    new_caller,
    new_contact,
    new_knowledge,
    new_rota,
    overview_id,
)

Person = Contact | OnCallRota | Knowledge | KnownCaller


class PeopleForms:
    """Main thread."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._desk, self._clock = desk, clock

    def new(self, group: Group, client_id: UUID) -> Form:
        """The form of somebody or something new of a client."""
        if group is Group.CONTACTS:
            return self._form(new_contact(client_id), is_new=True)
        if group is Group.ROTAS:
            return self._form(new_rota(client_id), is_new=True)
        if group is Group.KNOWLEDGE:
            return self._form(new_knowledge(client_id), is_new=True)
        return self._form(new_caller(client_id), is_new=True)

    def open(self, part_id: UUID) -> Form | None:
        """The form of what has this id, if there is any."""
        for client in self._desk.directory.clients:
            if part_id == overview_id(client.id):
                return OverviewForm(self._desk, self._clock, part_id, client)
            if part_id == import_id(client.id):
                return ImportForm(self._desk, self._clock, part_id, client)
        person = self._find(part_id)
        return self._form(person, is_new=False) if person is not None else None

    def stored(self, part_id: UUID) -> object:
        """What is stored now of what a form shows, to tell whether it has changed."""
        person = self._find(part_id)
        if isinstance(person, OnCallRota):
            return person, self._desk.people.contacts.of(person.client_id)
        if isinstance(person, KnownCaller):
            return self._desk.people.notebooks.callers.card(part_id, self._clock.now())
        return person

    def _find(self, part_id: UUID) -> Person | None:
        people, book = self._desk.people, self._desk.directory.current
        directory: tuple[Person, ...] = (*book.contacts, *book.rotas)
        known = next((one for one in directory if one.id == part_id), None)
        if known is not None:
            return known
        for client in self._desk.directory.clients:
            for entry in people.notebooks.known(client.id):
                if entry.id == part_id:
                    return entry
        caller = people.notebooks.callers.get(part_id)
        living = caller and self._desk.directory.client(caller.client_id)
        return people.notebooks.callers.root(caller) if caller and living else None

    def _form(self, person: Person, *, is_new: bool) -> Form:
        desk, clock = self._desk, self._clock
        match person:
            case Contact():
                return ContactForm(desk, clock, person, is_new=is_new)
            case OnCallRota():
                return RotaForm(desk, clock, person, is_new=is_new)
            case Knowledge():
                return KnowledgeForm(desk, clock, person, is_new=is_new)
            case KnownCaller():
                return CallerForm(desk, clock, person, is_new=is_new)
