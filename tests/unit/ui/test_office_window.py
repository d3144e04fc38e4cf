"""The office window keeps what was typed, makes room for calls, and asks before it deletes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from receptionist.errors import CalendarUnreachable
from receptionist.model.call import CallState
from receptionist.model.client import Client
from tests.doubles.desk import DENTIST, HEATING, Reception
from tests.unit.ui.conftest import CTRL, Desk, opened
from tests.unit.ui.office import Office
from ui.models.office import Group


@pytest.fixture
def office(desk: Desk) -> Office:
    """The office window of a desk with the sample office."""
    return Office(desk)


def _names(office: Office) -> list[str]:
    return [client.name for client in office.desk.reception.clients]


def _ask_removal(office: Office) -> str:
    removal = office.dialog.editor.removal
    office.dialog.editor.ask_removal()
    office.desk.until(lambda: not removal.words.startswith("Looking up"))
    return removal.words


def _elsewhere(office: Office, old: Client, new: Client) -> None:
    """Somebody else saves a client while the form stands open."""
    reception, saved = office.desk.reception, list[Client]()
    reception.desk.editing.save_client(
        old, new, _calendars(reception, old), saved.append, lambda error: pytest.fail(str(error))
    )
    reception.spin(lambda: saved)


def _calendars(reception: Reception, client: Client) -> tuple:
    return tuple(c for c in reception.desk.directory.calendars if c.client_id == client.id)


# ---- what was typed


def test_what_was_typed_stays_in_its_form_until_it_is_saved(office: Office) -> None:
    office.open(Group.CLIENTS, "Heizung")
    office.write("name", "Heizung Beispiel")
    office.open(Group.CLIENTS, "Zahnarzt")
    assert "Heizung Beispiel – not saved" in office.rows()
    form = office.open(Group.CLIENTS, "Heizung")
    assert form.title == "Heizung Beispiel"
    assert "Heizung Beispiel" not in _names(office)
    office.save()
    assert "Heizung Beispiel" in _names(office)
    assert not [row for row in office.rows() if "not saved" in row]


def test_escape_closes_at_once_when_nothing_was_changed(office: Office) -> None:
    office.open(Group.CLIENTS, "Heizung")
    office.go("name")
    office.desk.type("x")
    office.desk.key(Qt.Key.Key_Backspace)
    office.desk.key(Qt.Key.Key_Escape)
    assert not office.dialog.isVisible()


def test_escape_asks_in_place_when_something_is_not_saved(office: Office) -> None:
    office.open(Group.CLIENTS, "Heizung")
    office.go("name")
    office.desk.type(" X")
    office.desk.key(Qt.Key.Key_Escape)
    bar = office.dialog.editor.unsaved
    assert office.dialog.isVisible()
    assert bar.accessibleName() == "Not saved yet: Muster Heizung & Sanitär X."
    assert bar.stay_button.hasFocus()
    office.desk.key(Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert office.form.dirty
    office.desk.key(Qt.Key.Key_Escape)
    bar.discard_button.click()
    assert not office.dialog.isVisible()
    assert "Muster Heizung & Sanitär" in _names(office)
    office.come()
    assert not office.dialog.unfinished


def test_everything_unsaved_is_saved_one_after_the_other(office: Office) -> None:
    for name in ("Heizung", "Zahnarzt"):
        office.open(Group.CLIENTS, name)
        office.write("name", f"{name} neu")
    office.desk.key(Qt.Key.Key_Escape)
    office.dialog.editor.unsaved.save_button.click()
    office.desk.until(lambda: not office.dialog.isVisible())
    assert {"Heizung neu", "Zahnarzt neu"} <= set(_names(office))


def test_a_change_made_elsewhere_is_told_and_the_newest_is_shown(office: Office) -> None:
    form = office.open(Group.CLIENTS, "Heizung")
    stored = office.desk.reception.client("haustechnik")
    office.write("name", "Heizung hier")
    _elsewhere(office, stored, replace(stored, name="Heizung dort"))
    assert form.title == "Heizung hier"
    office.desk.key(Qt.Key.Key_S, CTRL)
    office.desk.until(lambda: office.said and "Saving" not in office.said)
    state = office.dialog.editor.foot.state
    assert state._button.text() == "Show the newest"
    state._button.click()
    assert office.form.title == "Heizung dort"
    assert "Heizung dort" in _names(office)


def test_the_names_of_the_office_are_said_in_greetings(office: Office) -> None:
    office.open(Group.OFFICE, "")
    office.write("receptionist", "Lina Probe")
    zone = office.go("zone")
    assert isinstance(zone, QLineEdit)
    zone.setText("Europe/Berlinn")
    office.go("name")
    assert "Did you mean “Europe/Berlin”?" in office.fault("zone")
    zone.setText("Europe/Berlin")
    assert office.fault("zone") == ""
    office.save()
    greeting = office.desk.reception.desk.directory.greeting(None)
    assert "mein Name ist Lina Probe" in greeting


# ---- calls meanwhile


def test_a_call_is_told_in_the_window_and_takes_no_keyboard(office: Office) -> None:
    office.open(Group.CLIENTS, "Heizung")
    office.go("name")
    office.desk.type(" A")
    focus = QApplication.focusWidget()
    office.desk.reception.rings(DENTIST)
    office.desk.until(lambda: "Zahnarztpraxis" in office.dialog.ringing.words)
    office.desk.type("G")
    assert "F2 answers" in office.dialog.ringing.words
    assert QApplication.focusWidget() is focus
    assert office.form.title == "Muster Heizung & Sanitär AG"


def test_answering_leads_to_the_call_and_keeps_what_was_typed(office: Office) -> None:
    desk = office.desk
    office.open(Group.CLIENTS, "Heizung")
    office.write("name", "Heizung Beispiel")
    call_id = desk.reception.rings(DENTIST)
    desk.key(Qt.Key.Key_F2)
    desk.until(lambda: desk.reception.call(call_id).state is CallState.ACTIVE)
    desk.until(lambda: QApplication.activeWindow() is desk.window)
    assert not office.dialog.isVisible()
    desk.type("Erika Muster")
    assert desk.texts[0] == "Erika Muster"
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.window.panels.middle.unfinished.isVisible())
    assert "Heizung Beispiel" in desk.window.panels.middle.unfinished.words
    office.come()
    assert office.form.title == "Heizung Beispiel"
    assert not desk.window.panels.middle.unfinished.words


def test_keys_of_calls_that_do_nothing_leave_the_window_alone(office: Office) -> None:
    office.open(Group.CLIENTS, "Heizung")
    office.go("name")
    office.desk.key(Qt.Key.Key_F2)
    office.desk.key(Qt.Key.Key_F7)
    assert office.dialog.isVisible()
    assert office.form.fields["name"].editor.hasFocus()


def test_the_desk_does_not_close_over_what_is_not_saved(office: Office) -> None:
    office.open(Group.CLIENTS, "Heizung")
    office.write("name", "Heizung Beispiel")
    office.dialog.hide()
    office.desk.window.close()
    assert office.desk.window.isVisible()
    assert office.dialog.editor.unsaved.isVisible()


# ---- deleting


def test_deleting_says_what_depends_on_it_and_is_done_when_told_twice(office: Office) -> None:
    desk = office.desk
    call_id = desk.talks(HEATING)
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.reception.call(call_id).ended)
    office.come()
    office.open(Group.CLIENTS, "Heizung")
    words = _ask_removal(office)
    assert words.startswith("Delete “Muster Heizung & Sanitär”? ")
    assert "+49 221 4710134" in words
    assert "1 call stays in the journal." in words
    removal = office.dialog.editor.removal
    assert removal.keep_button.hasFocus()
    desk.key(Qt.Key.Key_Escape)
    assert not removal.isVisible()
    assert office.dialog.isVisible()
    _ask_removal(office)
    removal.remove_button.click()
    desk.until(lambda: "was deleted" in office.said)
    assert desk.reception.desk.directory.find(HEATING) is None
    assert not [row for row in office.rows() if "Heizung" in row]


def test_an_account_that_clients_use_stays(office: Office) -> None:
    client = office.desk.reception.client("haustechnik")
    calendar = office.desk.reception.desk.directory.calendar(client.id)
    assert calendar is not None
    office.dialog.editor.choose(calendar.account_id)
    words = _ask_removal(office)
    assert "cannot be deleted yet: it is used by Muster Heizung & Sanitär." in words
    assert not office.dialog.editor.removal.remove_button.isVisible()


def test_a_client_whose_appointment_waits_stays(office: Office) -> None:
    desk = office.desk
    office.dialog.reject()
    desk.window.activateWindow()
    desk.until(lambda: QApplication.activeWindow() is desk.window)
    desk.talks(HEATING)
    desk.type("Erika Muster")
    desk.until(lambda: desk.window.panels.slots.buttons[0].isVisible())
    for verb in ("changes", "put_new"):
        desk.reception.server.fail_next(verb, CalendarUnreachable())
    desk.key(Qt.Key.Key_1, CTRL)
    desk.key(Qt.Key.Key_F8)
    desk.until(lambda: "not in the owner's calendar yet" in _outcome(desk))
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: not desk.reception.desk.switchboard.calls)
    office.come()
    office.open(Group.CLIENTS, "Heizung")
    words = _ask_removal(office)
    assert "cannot be deleted yet: 1 appointment is not in the owner's calendar." in words


def _outcome(desk: Desk) -> str:
    return str(desk.window.panels.booking.outcome_words)


def test_a_client_who_is_on_the_phone_stays(office: Office) -> None:
    desk = office.desk
    office.open(Group.CLIENTS, "Zahnarzt")
    _ask_removal(office)
    desk.reception.rings(DENTIST)
    office.dialog.editor.removal.remove_button.click()
    desk.until(lambda: "There is a call for it" in office.dialog.editor.removal.words)
    assert "Zahnarztpraxis Dr. Mustermann" in _names(office)


# ---- the first start


def _labels(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_the_first_start_leads_to_an_office_for_which_it_rings(
    dressed: QApplication, tmp_path: Path
) -> None:
    reception = Reception(tmp_path, empty=True)
    with opened(reception) as window:
        window.show()
        assert QTest.qWaitForWindowActive(window, 10_000)
        desk = Desk(reception, window)
        window.panels.middle.moving_in.set_up.click()
        office = Office(desk)
        assert office.form.group is Group.OFFICE
        office.write("name", "Büroservice Muster")
        office.write("receptionist", "Erika Muster")
        office.go("greeting")
        desk.type("Guten Tag")
        office.save()
        desk.key(Qt.Key.Key_N, CTRL)
        desk.type("Praxis Muster")
        office.write("dialled", "+49 30 23125101")
        office.save()
        assert reception.desk.directory.find(DENTIST).name == "Praxis Muster"
        middle = window.panels.middle
        desk.until(lambda: "No telephone line yet" in _labels(middle))
        assert middle.moving_in.isVisible()
    reception.close()
