"""States of a client's people in the office window: each form, two weeks, a file of contacts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from receptionist.model.contact import Standing, StandingReach
from tests.unit.ui.people import DESK, DOCTOR, asked, moved_in
from ui.dialogs.office.dialog import OfficeDialog
from ui.dialogs.office.people.contact import ContactForm
from ui.dialogs.office.people.importing import ImportForm
from ui.dialogs.office.people.rota import RotaForm
from ui.models.office import Group
from ui.models.people import import_id, overview_id

if TYPE_CHECKING:
    from tests.e2e.screens.story import Day, Shot

_CTRL = Qt.KeyboardModifier.ControlModifier
_TABLE = """name;role;number;label;email
Anmeldung;Zentrale;030 23125 012;Mobil;
Lea Muster;Assistenz;0171 3920033;Mobil;lea@praxis.example
Dr. Erika Muster;Inhaberin;0171 3920011;Mobil;
;ohne Namen;030 23125 013;;
Max Vorlage;;030 23125 014;;max bei praxis
"""


def with_people(day: Day, dialog: OfficeDialog) -> Iterator[Shot]:
    """Every form of a client's people."""
    client_id = moved_in(day.reception)
    contacts = day.reception.desk.people.contacts
    until = day.reception.clock.now() + timedelta(days=2)
    away = Standing(reach=StandingReach.NO, until=until, words="Fortbildung")
    asked(day.reception, contacts.stand, contacts.get(client_id, "dr-erika-muster"), away)
    dialog.editor.choose(overview_id(client_id))
    yield _shot(day, dialog, "office-people")
    yield from _contact(day, dialog)
    yield from _rota(day, dialog)
    for group, name in ((Group.KNOWLEDGE, "Parkplätze"), (Group.CALLERS, "Max Beispiel")):
        _open(dialog, group, name)
        yield _shot(day, dialog, f"office-people-{group.value}")
    dialog.editor.choose(import_id(client_id))
    form = dialog.editor.form
    assert isinstance(form, ImportForm)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kontakte.csv"
        path.write_text(_TABLE, encoding="utf-8")
        form.read(path)
        day._until(form.button.isEnabled)
    form.rows.setCurrentRow(2)
    day._key(Qt.Key.Key_Space)
    yield _shot(day, dialog, "office-people-import")
    dialog.editor.discard()


def _contact(day: Day, dialog: OfficeDialog) -> Iterator[Shot]:
    _open(dialog, Group.CONTACTS, DOCTOR)
    yield _shot(day, dialog, "office-people-contact")
    _open(dialog, Group.CONTACTS, DESK)
    dialog.editor.ask_removal()
    yield _shot(day, dialog, "office-people-needed")
    dialog.editor.removal.stay()
    form = dialog.editor.form
    assert isinstance(form, ContactForm)
    form._hours.choice.setCurrentIndex(1)
    form._standing.reach.setCurrentIndex(2)
    form._standing.until.setText("irgendwann")
    form._numbers.add()
    day._key(Qt.Key.Key_S, _CTRL)
    dialog.editor.came(form.fields["hours"])
    yield _shot(day, dialog, "office-people-contact-wrong")
    dialog.editor.discard()


def _rota(day: Day, dialog: OfficeDialog) -> Iterator[Shot]:
    _open(dialog, Group.ROTAS, "Notdienst")
    yield _shot(day, dialog, "office-people-rota")
    form = dialog.editor.form
    assert isinstance(form, RotaForm)
    form._others.add()
    day._type("24.12. - 26.12.")
    form._needed.add()
    form._shifts.rows[0].days.setText("Feiertags")
    day._key(Qt.Key.Key_S, _CTRL)
    dialog.editor.came(form.fields["needed"])
    yield _shot(day, dialog, "office-people-rota-wrong")
    dialog.editor.discard()


def _open(dialog: OfficeDialog, group: Group, name: str) -> None:
    form = dialog.editor.form
    rows = dialog.editor.drafts.entries(form.scope if form is not None else None)
    dialog.editor.choose(next(o.id for o in rows if o.group is group and name in o.name))


def _shot(day: Day, dialog: OfficeDialog, name: str) -> Shot:
    day.settle()
    return name, dialog
