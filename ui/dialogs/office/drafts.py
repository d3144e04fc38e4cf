"""The forms that are open: what was typed stays in each, whichever of them is shown."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from ui.dialogs.office.account import AccountForm
from ui.dialogs.office.client import ClientForm
from ui.dialogs.office.form import Form
from ui.dialogs.office.house import OfficeForm
from ui.dialogs.office.line import LineForm
from ui.dialogs.office.people.making import PeopleForms
from ui.models.office import PEOPLE, Entry, Group, entries, new_account, new_client, new_line
from ui.models.people import overview_id, people_entries


class Drafts:
    """Forms by the id of their part. Main thread. `made` gets each new form."""

    def __init__(self, desk: Desk, clock: Clock, made: Callable[[Form], object]) -> None:
        self._desk, self._clock, self._made = desk, clock, made
        self._people = PeopleForms(desk, clock)
        self._forms: dict[UUID, Form] = {}
        self._stored: dict[UUID, object] = {}

    @property
    def unsaved(self) -> list[Form]:
        """The forms in which something was changed, oldest first."""
        return [form for form in self._forms.values() if form.dirty]

    @property
    def all(self) -> list[Form]:
        """Every open form."""
        return list(self._forms.values())

    def entries(self, scope: UUID | None = None) -> list[Entry]:
        """Everything there is, with what is new at the end of its group; of a client whose people
        are shown (`scope`) only those."""
        known = self._known(scope)
        ids = {entry.id for entry in known}
        told = [self._told(entry) for entry in known]
        mine = (form for form in self._forms.values() if form.scope == scope)
        added = [_entry(form) for form in mine if form.id not in ids and form.listed]
        order = list(Group)
        return sorted([*told, *added], key=lambda entry: order.index(entry.group))

    def marked(self) -> set[UUID]:
        """What was changed and not saved, and the clients whose people were."""
        unsaved = self.unsaved
        scopes = {form.scope for form in unsaved if form.scope is not None}
        return {form.id for form in unsaved} | scopes

    def entry(self, form: Form) -> Entry:
        """The row of a form, as it is called now."""
        known = () if form.dirty or form.is_new else self._known(form.scope)
        return next((entry for entry in known if entry.id == form.id), _entry(form))

    def home(self, form: Form) -> UUID:
        """What is shown when the part of a form is gone."""
        directory = self._desk.directory
        if form.scope is not None and directory.client(form.scope) is not None:
            return overview_id(form.scope)
        return directory.office.id

    def open(self, part_id: UUID) -> Form | None:
        """The form of a part, made if there is none; None when there is no such part."""
        form = self._forms.get(part_id)
        return form if form is not None else self._make(part_id)

    def new(self, group: Group, scope: UUID | None = None) -> Form:
        """The form of a new part, in a `scope` of that client; the one that was begun and left
        empty, if there is one."""
        for form in self._forms.values():
            begun = form.is_new and form.group is group and not form.dirty
            if begun and (form.scope == scope or form.scope is None):
                return form
        desk, clock = self._desk, self._clock
        if scope is not None and group in PEOPLE:
            return self._keep(self._people.new(group, scope))
        if group is Group.LINES:
            return self._keep(LineForm(desk, clock, new_line(), is_new=True))
        if group is Group.ACCOUNTS:
            return self._keep(AccountForm(desk, clock, new_account(), is_new=True))
        return self._keep(ClientForm(desk, clock, new_client(desk.directory), is_new=True))

    def drop(self, form: Form) -> None:
        """Let a form go with everything that was typed into it."""
        self._forms.pop(form.id, None)
        form.blockSignals(True)
        form.forget_secrets()
        form.close_down()
        form.hide()
        form.deleteLater()

    def stale(self, form: Form) -> bool:
        """Whether something else is stored now than when the form was made."""
        return not form.is_new and self._value(form.id) != self._stored.get(form.id)

    def _told(self, entry: Entry) -> Entry:
        form = self._forms.get(entry.id)
        return _entry(form) if form is not None and form.dirty else entry

    def _make(self, part_id: UUID) -> Form | None:
        desk, clock, book = self._desk, self._clock, self._desk.directory
        if part_id == book.office.id:
            return self._keep(OfficeForm(desk, clock))
        client, line, account = book.client(part_id), book.line(part_id), book.account(part_id)
        if client is not None:
            return self._keep(ClientForm(desk, clock, client, is_new=False))
        if line is not None:
            return self._keep(LineForm(desk, clock, line, is_new=False))
        if account is not None:
            return self._keep(AccountForm(desk, clock, account, is_new=False))
        person = self._people.open(part_id)
        return self._keep(person) if person is not None else None

    def _known(self, scope: UUID | None) -> list[Entry]:
        directory = self._desk.directory
        return entries(directory) if scope is None else people_entries(self._desk, scope)

    def _keep(self, form: Form) -> Form:
        self._forms[form.id] = form
        self._stored[form.id] = self._value(form.id)
        self._made(form)
        return form

    def _value(self, part_id: UUID) -> object:
        book = self._desk.directory
        if part_id == book.office.id:
            return book.office, book.receptionist
        client = book.client(part_id)
        mine = tuple(one for one in book.calendars if one.client_id == part_id)
        person = self._people.stored(part_id)
        return client, mine, book.line(part_id), book.account(part_id), person


def _entry(form: Form) -> Entry:
    colour = form.colour if isinstance(form, ClientForm) else None
    return Entry(group=form.group, id=form.id, name=form.title, colour=colour)
