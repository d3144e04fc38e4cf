"""What is known of a client and who calls him is edited in the office window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from receptionist.model.callers import CallerCard
from receptionist.model.knowledge import Knowledge, KnowledgeKind
from tests.unit.ui.conftest import ALT, CTRL, Desk
from tests.unit.ui.office import Office
from tests.unit.ui.people import CLIENT, moved_in, overview
from ui.dialogs.office.people.caller import CallerForm
from ui.models.office import Group


@pytest.fixture
def office(desk: Desk) -> Office:
    """The office window with the overview of a client who has people."""
    moved_in(desk.reception)
    office = Office(desk)
    office.dialog.editor.choose(overview(desk.reception))
    return office


def _known(office: Office, typed: str = "") -> tuple[Knowledge, ...]:
    reception = office.desk.reception
    return reception.desk.people.notebooks.known(reception.client(CLIENT).id, typed)


def _cards(office: Office) -> tuple[CallerCard, ...]:
    reception = office.desk.reception
    return reception.desk.people.notebooks.cards(reception.client(CLIENT).id)


def test_a_question_and_its_answer_are_typed_and_found_by_other_words(office: Office) -> None:
    office.open(Group.KNOWLEDGE, "Parkplätze")
    office.desk.key(Qt.Key.Key_N, CTRL)
    office.desk.type("Wie komme ich hin?")
    office.form._text.setPlainText("Mit der U2 bis Musterplatz.")
    office.form._words.setText("Anfahrt Bahn")
    office.form._kind.setCurrentIndex(1)
    office.save()
    (found,) = _known(office, "bahn")
    assert (found.title, found.kind) == ("Wie komme ich hin?", KnowledgeKind.DIRECTIONS)
    assert "Wie komme ich hin?" in office.rows()
    office.dialog.editor.ask_removal()
    office.dialog.editor.removal.remove_button.click()
    office.desk.until(lambda: office.said == "“Wie komme ich hin?” was deleted.")
    assert not _known(office, "bahn")


def test_entries_are_moved_by_keys_and_pinned_ones_come_first(office: Office) -> None:
    office.open(Group.KNOWLEDGE, "Parkplätze")
    for title in ("Anfahrt?", "Zahlung?"):
        office.desk.key(Qt.Key.Key_N, CTRL)
        office.desk.type(title)
        office.save()
    assert [one.title for one in _known(office)] == ["Anfahrt?", "Gibt es Parkplätze?", "Zahlung?"]
    office.form._title.setFocus()
    office.desk.key(Qt.Key.Key_Up, ALT)
    office.desk.until(lambda: _known(office)[1].title == "Zahlung?")
    office.desk.until(lambda: office.form._old.position == 2)
    assert office.form._title.hasFocus()
    shown = [one for one in office.rows() if one.endswith("?")]
    assert shown == ["Anfahrt?", "Zahlung?", "Gibt es Parkplätze?"]
    office.desk.key(Qt.Key.Key_Down, ALT)
    office.desk.until(lambda: _known(office)[2].title == "Zahlung?")
    office.desk.until(lambda: office.form._old.position == 3)
    office.form._pinned.setChecked(True)
    office.save()
    assert _known(office)[0].title == "Zahlung?"
    office.desk.key(Qt.Key.Key_N, CTRL)
    office.desk.type("Abholung?")
    office.save()
    assert _known(office)[-1].title == "Abholung?"


def test_an_entry_without_a_question_is_refused(office: Office) -> None:
    office.open(Group.KNOWLEDGE, "Parkplätze")
    office.write("title", "")
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert office.fault("title") == "This may not be empty."
    assert _known(office)[0].title == "Gibt es Parkplätze?"


def test_two_callers_are_put_together_and_parted_again(office: Office) -> None:
    form = office.open(Group.CALLERS, "Max Beispiel")
    assert isinstance(form, CallerForm)
    form.same.merge_button.click()
    office.desk.until(lambda: len(_cards(office)) == 1)
    assert [row for row in office.rows() if "Beispiel" in row] == ["Max Beispiel"]
    form = office.form
    assert isinstance(form, CallerForm)
    form.same.part_buttons[0].click()
    office.desk.until(lambda: len(_cards(office)) == 2)
    assert [row for row in office.rows() if "Beispiel" in row] == ["M. Beispiel", "Max Beispiel"]


def test_marks_of_a_caller_stand_in_the_list(office: Office) -> None:
    form = office.open(Group.CALLERS, "Max Beispiel")
    assert isinstance(form, CallerForm)
    form._vip.setChecked(True)
    form._note.setPlainText("Immer zur Inhaberin.")
    office.save()
    (card,) = (one for one in _cards(office) if one.vip)
    assert (card.name, card.note) == ("Max Beispiel", "Immer zur Inhaberin.")
    assert "Max Beispiel – VIP" in office.rows()
