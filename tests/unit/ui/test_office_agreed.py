"""What is agreed with a client is edited beside his other cards: agreed on, named, ended."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from receptionist.model.client import Client
from receptionist.model.service import FIRST, Service, ServiceKind
from tests.unit.ui.conftest import ALT, CTRL, Desk
from tests.unit.ui.office import Office
from ui.dialogs.office.agreed import AgreedSection
from ui.dialogs.office.client import ClientForm
from ui.dialogs.report import ReportDialog
from ui.models.office import Group

PLAIN = "Rechtsanwälte"


@pytest.fixture
def office(desk: Desk) -> Office:
    """The office window of a desk with the sample office."""
    return Office(desk)


def opened(office: Office) -> AgreedSection:
    """The list of a client, unfolded with the keyboard in it."""
    form = office.open(Group.CLIENTS, PLAIN)
    assert isinstance(form, ClientForm)
    form.go("services")
    return section(office)


def section(office: Office) -> AgreedSection:
    """The list of the client who is shown now."""
    found: Any = next(one for one in office.form.sections if "services" in one.names)
    return found  # type: ignore[no-any-return]


def stored(office: Office) -> Client:
    """The client as the desk has him."""
    found = office.desk.reception.desk.directory.client(office.form.id)
    assert found is not None
    return found


def others(agreed: AgreedSection) -> str:
    """What it says is not agreed."""
    labels = [one.text() for one in agreed.findChildren(QLabel) if one.isVisible()]
    return next((one for one in labels if one.startswith("Not agreed")), "")


def test_a_client_without_a_list_has_everything_and_gets_one_by_keyboard(office: Office) -> None:
    agreed = opened(office)
    assert agreed.summary(stored(office)) == "everything: no list is agreed"
    assert agreed._editor.all.hasFocus()
    assert not office.form.dirty
    office.desk.key(Qt.Key.Key_Down)
    assert office.form.dirty
    assert [row.service for row in agreed._editor.list.rows] == list(FIRST)
    assert others(agreed).startswith("Not agreed: Taking orders, Research")
    agreed._editor.list.add_button.setFocus()
    office.desk.key(Qt.Key.Key_Space)
    last = agreed._editor.list.rows[-1]
    assert last.kind.hasFocus()
    assert last.service.kind is ServiceKind.ORDERS
    office.desk.key(Qt.Key.Key_Tab)
    assert last.title.hasFocus()
    office.desk.type("Ersatzteile bestellen")
    office.desk.key(Qt.Key.Key_Up, ALT)
    office.save()
    first, second, third = FIRST
    orders = Service(kind=ServiceKind.ORDERS, title="Ersatzteile bestellen")
    assert stored(office).services == (first, second, orders, third)
    assert "Ersatzteile bestellen · Call-backs" in section(office)._summary.text()


def test_a_task_of_own_words_needs_them(office: Office) -> None:
    editor = opened(office)._editor
    editor.all.setCurrentIndex(1)
    editor.list.add()
    row = editor.list.rows[-1]
    row.kind.setCurrentIndex(row.kind.count() - 1)
    assert "for example Prepare prescriptions" in row.title.placeholderText()
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert office.fault("services") == "This may not be empty."
    assert QApplication.focusWidget() is row.title
    office.desk.type("Akten ordnen")
    assert office.fault("services") == ""
    editor.list.add()
    again = editor.list.rows[-1]
    again.kind.setCurrentIndex(again.kind.count() - 1)
    again.title.setText("AKTEN ordnen")
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert "stands here twice" in office.fault("services")
    assert QApplication.focusWidget() is again.title
    again.findChildren(type(editor.list.add_button))[-1].click()
    office.save()
    assert stored(office).services[-1] == Service(kind=ServiceKind.OWN, title="Akten ordnen")


def test_what_is_in_use_is_not_ended_and_says_so(office: Office) -> None:
    desk = office.desk.reception.desk
    agreed = opened(office)
    agreed._editor.all.setCurrentIndex(1)
    agreed._editor.list.add()
    agreed._editor.list.rows[-1].title.setText("Urteile suchen")
    office.save()
    errand = desk.errands.begin(office.form.id, ServiceKind.ORDERS)
    row = section(office)._editor.list.rows[-1]
    row.goes.emit(row)
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert office.fault("services") == (
        "“Taking orders” is in use and stays. A task of it is open: finish it first."
    )
    assert len(stored(office).services) == len(FIRST) + 1
    desk.errands.finish(errand)
    office.save()
    assert stored(office).services == FIRST


def test_what_was_typed_stays_while_everything_is_chosen_for_a_moment(office: Office) -> None:
    editor = opened(office)._editor
    editor.all.setCurrentIndex(1)
    editor.list.rows[0].title.setText("Zentrale")
    editor.all.setCurrentIndex(0)
    assert not editor.list.isVisible()
    assert office.form.dirty
    editor.all.setCurrentIndex(1)
    assert editor.services[0].title == "Zentrale"
    for row in list(editor.list.rows):
        row.goes.emit(row)
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert "at least one task" in office.fault("services")
    assert editor.all.hasFocus()


def test_a_new_client_begins_with_what_is_usual(office: Office) -> None:
    office.dialog.editor.new(Group.CLIENTS)
    assert section(office)._summary.text() == "Answering calls · Appointments · Call-backs"
    assert not office.form.dirty
    office.write("name", "Tischlerei Muster")
    office.save()
    assert stored(office).services == FIRST


def test_the_report_is_reached_from_the_clients_form(office: Office) -> None:
    form = office.open(Group.CLIENTS, PLAIN)
    assert isinstance(form, ClientForm)
    form.report.button.click()
    (dialog,) = office.desk.window.findChildren(ReportDialog)
    assert dialog.isVisible()
    assert dialog.client_id == form.id
    office.dialog.editor.new(Group.CLIENTS)
    new = office.form
    assert isinstance(new, ClientForm)
    assert not new.report.button.isEnabled()
