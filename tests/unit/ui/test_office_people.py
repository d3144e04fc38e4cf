"""Contacts of a client are edited in the office window, and each says how he is reached now."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from receptionist.model.contact import Contact, ContactHours, ContactNumber, StandingReach
from tests.doubles.desk import HEATING
from tests.unit.ui.conftest import ALT, CTRL, Desk
from tests.unit.ui.office import Office
from tests.unit.ui.people import CLIENT, DESK, DOCTOR, asked, moved_in, overview
from ui.dialogs.office.client import ClientForm
from ui.dialogs.office.form import Form
from ui.dialogs.office.people.contact import ContactForm
from ui.dialogs.office.people.overview import OverviewForm
from ui.models.office import Group


@pytest.fixture
def office(desk: Desk) -> Office:
    """The office window with the overview of a client who has people."""
    moved_in(desk.reception)
    office = Office(desk)
    office.dialog.editor.choose(overview(desk.reception))
    return office


def _client_id(office: Office) -> UUID:
    return office.desk.reception.client(CLIENT).id


def _contact(office: Office, name: str) -> Contact:
    known = office.desk.reception.desk.people.contacts.of(_client_id(office))
    return next(one for one in known if one.name == name)


def _opened(office: Office, name: str) -> ContactForm:
    form = office.open(Group.CONTACTS, name)
    assert isinstance(form, ContactForm)
    return form


def _words(form: Form) -> str:
    return "\n".join(label.text() for label in form.findChildren(QLabel))


def test_a_clients_form_leads_to_his_people_and_back_by_keyboard(office: Office) -> None:
    client = office.dialog.editor.drafts.open(_client_id(office))
    assert isinstance(client, ClientForm)
    office.dialog.editor.choose(client.id)
    assert "2 contacts · 1 on-call rota · 1 entry of knowledge" in _words(client)
    client.people.button.setFocus()
    office.desk.key(Qt.Key.Key_Space)
    assert isinstance(office.form, OverviewForm)
    assert DESK + " – Empfang" in office.rows()
    assert "Hauptanschluss" not in office.rows()
    office.desk.key(Qt.Key.Key_Left, ALT)
    assert office.form.id == client.id
    assert "Hauptanschluss" in office.rows()


def test_the_overview_says_how_everybody_is_reached_and_who_is_on_call(office: Office) -> None:
    words = _words(office.form)
    assert "Dr. Erika Muster can be reached." in words
    assert "Anmeldung – from Mon 23 Nov 18:00 on Dr. Erika Muster" in words or "18:00" in words
    assert "Sat 28 Nov 08:00–18:00 nobody" in words


def test_a_contact_is_made_by_keyboard_alone(office: Office) -> None:
    desk = office.desk
    office.dialog.list.rows.setFocus()
    office.open(Group.CONTACTS, DESK)
    desk.key(Qt.Key.Key_N, CTRL)
    desk.type("Notdienst Muster")
    desk.key(Qt.Key.Key_Tab)
    desk.type("Techniker")
    office.form.go("numbers")
    desk.key(Qt.Key.Key_Space)
    desk.type("0171 3920099")
    desk.key(Qt.Key.Key_Tab)
    desk.type("Mobile")
    office.save()
    stored = _contact(office, "Notdienst Muster")
    assert (stored.key, stored.role) == ("notdienst-muster", "Techniker")
    assert stored.numbers == (ContactNumber(number="+491713920099", label="Mobile"),)
    assert "Notdienst Muster – Techniker" in office.rows()
    assert "Scripts name him “notdienst-muster”" in _words(office.form)


def test_what_is_wrong_stands_at_its_field(office: Office) -> None:
    form = _opened(office, DESK)
    office.write("name", "")
    office.write("email", "erika at example")
    form._numbers.rows[0].number.setText("Zentrale")
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert office.fault("name") == "This may not be empty."
    assert "is no e-mail address" in office.fault("email")
    assert "is no telephone number" in office.fault("numbers")
    assert _contact(office, DESK).email == ""


def test_said_by_hand_holds_until_and_shows_at_once(office: Office) -> None:
    form = _opened(office, DOCTOR)
    assert form.state.words == "Dr. Erika Muster can be reached."
    office.go("standing")
    for _step in range(3):
        office.desk.key(Qt.Key.Key_Down)
    office.desk.key(Qt.Key.Key_Tab)
    office.desk.type("until 24 Dec")
    office.desk.key(Qt.Key.Key_Tab)
    assert form._standing.until.text() == "25 Dec 2026 00:00"
    office.desk.type("Urlaub")
    said = "Dr. Erika Muster does not want to be disturbed."
    assert form.state.words == f"{said} (Urlaub, until Fri 25 Dec, 00:00)"
    office.save()
    standing = _contact(office, DOCTOR).standing
    assert standing is not None
    assert (standing.reach, standing.words) == (StandingReach.NO, "Urlaub")
    assert standing.until == datetime(2026, 12, 24, 23, tzinfo=UTC)


def test_an_instant_that_cannot_be_read_is_refused_beside_it(office: Office) -> None:
    form = _opened(office, DOCTOR)
    form._standing.reach.setCurrentIndex(3)
    form._standing.until.setText("whenever")
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert office.fault("standing").startswith("Not understood: whenever")
    assert QApplication.focusWidget() is form._standing.until


def test_hours_of_his_own_and_the_owners_calendar(office: Office) -> None:
    form = _opened(office, DESK)
    form._hours.choice.setCurrentIndex(1)
    for line in form._hours.lines.lines:
        line.setText("")
    form._hours.lines.lines[1].setText("8-12, 20-23:59")
    form._calendar.setCurrentIndex(1)
    form._urgent.setChecked(True)
    office.save()
    stored = _contact(office, DESK)
    assert [(one.weekday, f"{one.start:%H:%M}", f"{one.end:%H:%M}") for one in stored.hours] == [
        (1, "08:00", "12:00"),
        (1, "20:00", "00:00"),
    ]
    assert (stored.is_owner, stored.staff, stored.urgent) == (True, "", True)
    form = _opened(office, DESK)
    assert form._hours.hours == stored.hours == (stored.hours[0], stored.hours[1])
    assert isinstance(stored.hours[1], ContactHours)
    assert not form.dirty


def test_a_contact_in_use_stays_and_it_is_said_by_what(office: Office) -> None:
    form = _opened(office, DESK)
    assert "Needed by: the on-call rota “Notdienst”" in _words(form)
    office.dialog.editor.ask_removal()
    bar = office.dialog.editor.removal
    assert bar.words == (
        "“Anmeldung” is needed by the on-call rota “Notdienst”. Change that first."
    )
    assert not bar.remove_button.isVisible()


def test_a_contact_nobody_needs_goes_after_a_question(office: Office) -> None:
    reception = office.desk.reception
    rota = reception.desk.people.rotas.of(_client_id(office))[0]
    asked(reception, reception.desk.people.rotas.remove, rota)
    _opened(office, DESK)
    office.dialog.editor.ask_removal()
    assert office.dialog.editor.removal.words == "Delete “Anmeldung”?"
    office.dialog.editor.removal.remove_button.click()
    office.desk.until(lambda: office.said == "“Anmeldung” was deleted.")
    assert isinstance(office.form, OverviewForm)
    assert not any(DESK in row for row in office.rows())


def test_what_was_typed_stays_and_is_named_when_the_window_is_left(office: Office) -> None:
    _opened(office, DESK)
    office.write("role", "Rezeption")
    office.desk.key(Qt.Key.Key_Left, ALT)
    client = office.desk.reception.client(CLIENT).name
    assert f"{client} – not saved" in office.rows()
    office.dialog.reject()
    assert office.dialog.unfinished == [DESK]
    assert office.dialog.isVisible()
    office.dialog.editor.unsaved.save_button.click()
    office.desk.until(lambda: not office.dialog.isVisible())
    assert _contact(office, DESK).role == "Rezeption"


def test_somebody_else_changed_the_same_field(office: Office) -> None:
    reception = office.desk.reception
    form = _opened(office, DESK)
    office.write("role", "Rezeption")
    from dataclasses import replace

    stored = _contact(office, DESK)
    asked(reception, reception.desk.people.contacts.save, stored, replace(stored, role="Zentrale"))
    assert form is office.form
    office.desk.key(Qt.Key.Key_S, CTRL)
    office.desk.until(lambda: not office.dialog.editor._saving)
    assert _contact(office, DESK).role == "Zentrale"
    assert office.form._role.text() == "Rezeption"
    office.dialog.editor.discard()
    assert office.form._role.text() == "Zentrale"


def test_nothing_is_drawn_for_a_call_while_the_window_is_away(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = _opened(office, DOCTOR)
    drawn: list[bool] = []
    monkeypatch.setattr(form, "refresh", lambda: drawn.append(True))
    office.dialog.close()
    office.desk.reception.rings(HEATING)
    office.desk.until(lambda: office.desk.window.shown)
    QApplication.processEvents()
    assert not drawn
    office.come()
    assert drawn
