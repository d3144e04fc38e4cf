"""Clients are set up by hand: what was typed is what rings, what is said and what can be booked."""

from __future__ import annotations

from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from receptionist import events
from receptionist.model.client import Client
from tests.doubles.calendar import PASSWORD
from tests.doubles.desk import DENTIST, HEATING
from tests.unit.ui.conftest import ALT, CTRL, Desk
from tests.unit.ui.office import Office
from ui.dialogs.office.client import ClientForm
from ui.dialogs.office.form import Form
from ui.models.office import Group
from ui.widgets.keybutton import KeyButton


@pytest.fixture
def office(desk: Desk) -> Office:
    """The office window of a desk with the sample office."""
    return Office(desk)


def _client(office: Office, name: str) -> Client:
    clients = office.desk.reception.desk.directory.clients
    return next(one for one in clients if one.name == name)


def _stored(office: Office) -> Client:
    """The client of the form as he is stored; a save makes the form anew."""
    stored = office.desk.reception.desk.directory.client(office.form.id)
    assert stored is not None
    return stored


def _opened(office: Office, name: str) -> ClientForm:
    form = office.open(Group.CLIENTS, name)
    assert isinstance(form, ClientForm)
    return form


def test_a_name_a_number_and_save_are_a_client_for_whom_it_rings(office: Office) -> None:
    desk = office.desk
    desk.key(Qt.Key.Key_N, CTRL)
    desk.type("Gärtnerei Vorlage")
    desk.key(Qt.Key.Key_Tab)
    desk.type("030 23125 188")
    office.save()
    stored = _client(office, "Gärtnerei Vorlage")
    assert (stored.key, stored.dialled) == ("gaertnerei-vorlage", ("+493023125188",))
    assert [(kind.name, kind.minutes) for kind in stored.kinds] == [("Appointment", 30)]
    assert {one.weekday for one in stored.hours} == {0, 1, 2, 3, 4}
    assert stored.colour not in {one.colour for one in desk.reception.clients if one != stored}
    desk.reception.rings("+493023125188")
    told = next(e for e in desk.reception.events if isinstance(e, events.CallIncoming))
    assert told.client == stored
    assert told.greeting.startswith("Gärtnerei Vorlage, guten Morgen, mein Name ist Erika Muster")


def test_two_numbers_can_be_typed_pasted_and_removed(office: Office) -> None:
    form = _opened(office, "Heizung")
    before = _stored(office).dialled
    office.go("dialled")
    office.desk.type("0221 4710 222, 0221 4710 223")
    office.desk.key(Qt.Key.Key_Return)
    form._numbers._remove(before[0])
    office.save()
    known = (*before[1:], "+492214710222", "+492214710223")
    assert _stored(office).dialled == known


def test_a_number_of_somebody_else_is_refused_beside_it(office: Office) -> None:
    form = _opened(office, "Heizung")
    stored = _stored(office)
    office.write("dialled", DENTIST)
    assert "belongs to “Zahnarztpraxis Dr. Mustermann” already." in office.fault("dialled")
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert QApplication.focusWidget() is form.fields["dialled"].editor
    assert _stored(office) == stored


def test_what_is_no_number_is_said_when_the_field_is_left(office: Office) -> None:
    _opened(office, "Heizung")
    office.go("dialled")
    office.desk.type("0221 4710 Apparat")
    assert office.fault("dialled") == ""
    office.desk.key(Qt.Key.Key_Tab)
    assert "is not a telephone number" in office.fault("dialled")


def test_saving_goes_to_the_first_wrong_field_and_says_all(office: Office) -> None:
    form = _opened(office, "Heizung")
    office.write("name", "")
    form._hours.lines[2].setText("12-9")
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert QApplication.focusWidget() is form.fields["name"].editor
    assert office.fault("name") == "This may not be empty."
    assert form.fields["name"].editor.accessibleDescription() == "This may not be empty."
    assert office.fault("hours") == "Not every day can be read."
    assert form._hours.faults()[2].endswith("Put the earlier time first.")
    office.desk.type("Heizung Muster")
    assert office.fault("name") == ""


def test_hours_are_read_as_people_write_them(office: Office) -> None:
    form = _opened(office, "Heizung")
    form.go("hours")
    QApplication.focusWidget().selectAll()
    office.desk.type("8-12, 13.30 bis 17 Uhr")
    office.desk.key(Qt.Key.Key_Tab)
    assert form._hours.lines[0].text() == "08:00–12:00, 13:30–17:00"
    form._hours._same()
    form._hours.lines[5].setText("9-12")
    office.save()
    hours = _stored(office).hours
    assert [(h.start, h.end) for h in hours if h.weekday == 4] == [
        (time(8), time(12)),
        (time(13, 30), time(17)),
    ]
    assert [(h.start, h.end) for h in hours if h.weekday == 5] == [(time(9), time(12))]


def test_kinds_are_added_moved_and_removed_by_keyboard(office: Office) -> None:
    form = _opened(office, "Heizung")
    before = [kind.name for kind in _stored(office).kinds]
    form._kinds.add()
    office.desk.type("Beratung")
    for _step in before:
        office.desk.key(Qt.Key.Key_Up, ALT)
    form._kinds.rows[-1].goes.emit(form._kinds.rows[-1])
    office.save()
    assert [kind.name for kind in _stored(office).kinds] == ["Beratung", *before[:-1]]


def test_the_colour_is_chosen_with_arrow_keys_and_says_who_has_it(office: Office) -> None:
    form = _opened(office, "Heizung")
    office.go("colour")
    office.desk.key(Qt.Key.Key_Right)
    assert form.colour == (_stored(office).colour + 1) % 12
    office.save()
    assert _stored(office).colour == office.form.colour
    assert "also the colour of Kfz-Werkstatt Musterhof" in _words(office.form)


def test_the_greeting_is_heard_while_it_is_typed(office: Office) -> None:
    form = _opened(office, "Heizung")
    office.go("greeting").selectAll()
    office.desk.type("{client}, {time_of_day}!")
    assert form._greeting.spoken == "„Muster Heizung & Sanitär, guten Morgen!“"
    office.write("name", "Heizung Beispiel")
    assert form._greeting.spoken == "„Heizung Beispiel, guten Morgen!“"
    office.go("greeting").selectAll()
    office.desk.type("{clint}")
    office.go("name")
    assert "Did you mean “client”?" in office.fault("greeting")


def test_a_calendar_is_chosen_from_those_the_account_has(office: Office) -> None:
    server = office.desk.reception.server
    server.make_calendar(f"{server.home}notdienst/", "Notdienst")
    form = _opened(office, "Heizung")
    row = form._calendars.rows[0]
    row._look()
    office.desk.until(lambda: "calendars were found" in row.outcome)
    row.name.setEditText("Notdienst")
    office.save()
    calendar = office.desk.reception.desk.directory.calendar(_stored(office).id)
    assert calendar is not None
    assert (calendar.name, calendar.href) == ("Notdienst", f"{server.home}notdienst/")


def test_a_number_given_away_by_a_call_is_shown_at_once(office: Office) -> None:
    form = _opened(office, "Heizung")
    reception = office.desk.reception
    call_id = reception.rings("+493023125999")
    reception.desk.switchboard.assign(call_id, form.id, True)
    office.desk.until(lambda: "+493023125999" in office.form._numbers.numbers)
    assert not office.form.dirty
    assert HEATING in office.form._numbers.numbers


def _words(form: Form) -> str:
    return " ".join(label.text() for label in form.findChildren(QLabel) if label.isVisible())


def test_an_account_set_up_meanwhile_can_be_chosen_at_once(office: Office) -> None:
    form = _opened(office, "Heizung")
    office.write("name", "Heizung Beispiel")
    form._calendars._new.click()
    office.go("url")
    office.desk.type(office.desk.reception.server.url)
    office.write("user", "notdienst")
    office.write("secret", PASSWORD)
    office.save()
    form = _opened(office, "Heizung")
    row = form._calendars.rows[0]
    names = [row.account.itemText(number) for number in range(row.account.count())]
    row.account.setCurrentIndex(names.index("notdienst at calendar.example"))
    office.desk.until(lambda: "calendars were found" in row.outcome)
    assert row.name.currentText() == "Ben"
    row.name.setEditText("Termine")
    office.save()
    calendar = office.desk.reception.desk.directory.calendar(_stored(office).id)
    account = next(a for a in office.desk.reception.desk.directory.accounts if a.key == "notdienst")
    assert calendar is not None
    assert calendar.account_id == account.id
    assert _stored(office).name == "Heizung Beispiel"


def test_tab_comes_to_every_button_of_kinds_and_calendars(office: Office) -> None:
    form = _opened(office, "Heizung")
    form._kinds.add()
    office.go("name")
    reached: list[object] = []
    while QApplication.focusWidget() not in reached:
        reached.append(QApplication.focusWidget())
        office.desk.key(Qt.Key.Key_Tab)
    editors = (form._kinds, form._calendars)
    buttons = [one for editor in editors for one in editor.findChildren(KeyButton)]
    assert [one.text() for one in buttons if one.isVisible() and one not in reached] == []
