"""Lines and calendar accounts are set up by hand; a password is kept and never shown again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from receptionist.errors import CalendarUnreachable, CredentialsError
from receptionist.model.secret import Secret
from tests.doubles.calendar import PASSWORD
from tests.unit.ui.conftest import CTRL, Desk
from tests.unit.ui.office import Office
from ui.dialogs.office.account import AccountForm
from ui.dialogs.office.line import LineForm
from ui.models.office import Group


@pytest.fixture
def office(desk: Desk) -> Office:
    """The office window of a desk with the sample office."""
    return Office(desk)


def _new_account(office: Office, password: str) -> AccountForm:
    office.dialog.list.buttons[Group.ACCOUNTS].click()
    office.go("url")
    office.desk.type(office.desk.reception.server.url)
    office.desk.key(Qt.Key.Key_Tab)
    office.desk.type("praxis@calendar.example")
    office.desk.key(Qt.Key.Key_Tab)
    office.desk.type(password)
    form = office.form
    assert isinstance(form, AccountForm)
    return form


def _probed(office: Office, form: AccountForm) -> str:
    form.probe_button.click()
    assert form.outcome == "Asking the server …"
    office.desk.until(lambda: form.outcome != "Asking the server …")
    return form.outcome


def _texts(office: Office) -> str:
    """Everything that stands in a field of the window."""
    lines = [line.text() for line in office.dialog.findChildren(QLineEdit)]
    notes = [note.toPlainText() for note in office.dialog.findChildren(QPlainTextEdit)]
    return " ".join(lines + notes)


def test_a_new_account_is_tested_mended_and_saved(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    form = _new_account(office, "a wrong one")
    assert "refused the user name or password" in _probed(office, form)
    assert QApplication.focusWidget() is form.fields["secret"].editor
    QApplication.focusWidget().selectAll()
    office.desk.type(PASSWORD)
    assert form.outcome == ""
    found = _probed(office, form)
    assert found.startswith("It works. 8 calendars were found:\n• Aufgaben – a list of tasks\n")
    assert "\nChanges of the owner are seen quickly" in found
    office.save()
    reception = office.desk.reception
    stored = next(a for a in reception.desk.directory.accounts if a.key == "praxis")
    assert reception.credentials.secret(stored.id).reveal() == PASSWORD
    assert PASSWORD not in _texts(office)
    assert PASSWORD not in caplog.text
    assert not office.form.dirty


def test_a_read_only_calendar_says_so(office: Office) -> None:
    server = office.desk.reception.server
    server.read_only.update(server.names)
    found = _probed(office, _new_account(office, PASSWORD))
    assert "• Termine – can only be read, not booked into" in found


def test_a_test_without_a_password_or_address_says_what_is_lacking(office: Office) -> None:
    form = _new_account(office, "")
    assert _probed(office, form) == "Enter the password."
    assert QApplication.focusWidget() is form.fields["secret"].editor
    office.write("url", "calendar.example")
    form.probe_button.click()
    assert QApplication.focusWidget() is form.fields["url"].editor
    assert office.fault("url").startswith("Write an address such as")


def test_a_test_can_be_stopped_and_its_answer_is_dropped(office: Office) -> None:
    form = _new_account(office, PASSWORD)
    server = office.desk.reception.server
    with server.lock:
        form.probe_button.click()
        form.probe_button.click()
        assert form.outcome == "The test was stopped."
    server.fail_next("discover", CalendarUnreachable())
    office.desk.until(lambda: server.asked.count("discover"))
    assert form.outcome == "The test was stopped."
    assert form.probe_button.text() == "Test connection"


def test_an_account_that_is_left_while_it_is_tested_disturbs_nobody(office: Office) -> None:
    form = _new_account(office, PASSWORD)
    form.probe_button.click()
    office.dialog.editor.discard()
    server = office.desk.reception.server
    office.desk.until(lambda: server.asked.count("discover"))
    assert office.form.group is Group.OFFICE


def test_a_password_that_was_discarded_stands_nowhere(office: Office) -> None:
    field = _new_account(office, PASSWORD).fields["secret"].editor
    assert isinstance(field, QLineEdit)
    assert PASSWORD not in field.displayText()
    office.dialog.editor.discard()
    assert field.text() == ""


def test_a_password_that_cannot_be_kept_is_told_and_the_rest_is_saved(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_values: object) -> None:
        raise CredentialsError("The keyring is locked. Unlock it.")

    monkeypatch.setattr(office.desk.reception.credentials, "keep", refuse)
    _new_account(office, PASSWORD)
    office.save()
    assert office.said == "Saved, but without the password. The keyring is locked. Unlock it."
    assert any(one.key == "praxis" for one in office.desk.reception.desk.directory.accounts)
    assert PASSWORD not in _texts(office)


def test_a_line_is_saved_with_its_password_and_registers(office: Office) -> None:
    desk = office.desk
    office.dialog.list.buttons[Group.LINES].click()
    desk.type("Zweiter Anschluss")
    office.write("registrar", "sip.example.org")
    office.write("user", "office-2")
    office.write("secret", "a password")
    office.save()
    reception = desk.reception
    line = next(one for one in reception.desk.directory.lines if one.key == "zweiter-anschluss")
    assert reception.credentials.secret(line.id).reveal() == "a password"
    desk.until(lambda: _state(office) == "This line is ready: calls can arrive.")
    assert "a password" not in _texts(office)
    kept = office.form.fields["secret"].editor
    assert isinstance(kept, QLineEdit)
    desk.until(lambda: kept.placeholderText() == "A password is kept. Type here to replace it.")


def _state(office: Office) -> str:
    form = office.form
    assert isinstance(form, LineForm)
    return form.state.words


def test_the_state_of_a_line_is_shown_beside_it(office: Office) -> None:
    form = office.open(Group.LINES, "Hauptanschluss")
    office.desk.until(lambda: _state(office) == "This line is ready: calls can arrive.")
    phone = office.desk.reception.phone
    phone.refusing.add(form.id)
    line = office.desk.reception.desk.directory.line(form.id)
    assert line is not None
    phone.register(line, Secret("wrong"))
    office.desk.until(lambda: "refused the user name or password of the line" in _state(office))


def test_a_trunk_needs_neither_user_nor_password(office: Office) -> None:
    office.dialog.list.buttons[Group.LINES].click()
    office.desk.type("Trunk")
    office.write("registrar", "192.0.2.7")
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert office.fault("user") == "This may not be empty."
    registers = office.form.fields["register"].editor
    registers.setCurrentIndex(1)
    assert office.fault("user") == ""
    assert not office.form.fields["secret"].isVisible()
    office.save()
    line = next(one for one in office.desk.reception.desk.directory.lines if one.key == "trunk")
    assert (line.register, line.user) == (False, "")
