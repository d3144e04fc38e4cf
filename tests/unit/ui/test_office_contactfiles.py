"""Contacts are taken from a file after they were seen, and only those that are ticked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.unit.ui.conftest import CTRL, Desk
from tests.unit.ui.office import Office
from tests.unit.ui.people import CLIENT, DESK, DOCTOR, moved_in, overview
from ui.dialogs.office.people.importing import ImportForm
from ui.dialogs.office.people.overview import OverviewForm

TABLE = """name;role;number;label;email
Anmeldung;Zentrale;030 23125 012;Mobil;
Lea Muster;Assistenz;0171 3920033;Mobil;lea@praxis.example
Dr. Erika Muster;Inhaberin;0171 3920011;Mobil;
;ohne Namen;030 23125 013;;
Max Vorlage;;030 23125 014;;max bei praxis
"""


@pytest.fixture
def office(desk: Desk) -> Office:
    """The office window with the overview of a client who has people."""
    moved_in(desk.reception)
    office = Office(desk)
    office.dialog.editor.choose(overview(desk.reception))
    return office


def _names(office: Office) -> dict[str, str]:
    reception = office.desk.reception
    known = reception.desk.people.contacts.of(reception.client(CLIENT).id)
    return {one.name: one.role for one in known}


def _read(office: Office, path: Path) -> ImportForm:
    form = office.form
    assert isinstance(form, OverviewForm)
    form.import_button.setFocus()
    office.desk.key(Qt.Key.Key_Space)
    form = office.form
    assert isinstance(form, ImportForm)
    form.read(path)
    office.desk.until(form.button.isEnabled)
    return form


def test_every_row_says_what_becomes_of_it_before_anything_is_written(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "kontakte.csv"
    path.write_text(TABLE, encoding="utf-8")
    form = _read(office, path)
    assert form.rows.words == [
        "not readable\nLine 5: The name is missing.",
        "Max Vorlage – not readable\nLine 6: “max bei praxis” is no e-mail address.",
        "Anmeldung – changed\nLine 2: Role: Empfang → Zentrale",
        "Lea Muster – new\nLine 3: Assistenz · +49 171 3920033 Mobil · lea@praxis.example",
        "Dr. Erika Muster – the same\nLine 4: stands here already",
    ]
    assert form._summary.text() == "1 new · 1 changed · 1 the same · 2 not readable"
    assert set(_names(office)) == {DESK, DOCTOR}


def test_what_is_ticked_off_with_space_is_left_and_the_rest_taken_over(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "kontakte.csv"
    path.write_text(TABLE, encoding="utf-8")
    form = _read(office, path)
    form.rows.setCurrentRow(2)
    office.desk.key(Qt.Key.Key_Space)
    assert form.rows.words[2] == "Anmeldung – is left out\nLine 2"
    assert form._summary.text() == "1 new · 1 the same · 2 not readable"
    office.save()
    assert _names(office) == {DESK: "Empfang", DOCTOR: "Inhaberin", "Lea Muster": "Assistenz"}
    assert office.said == (
        "Saved: 1 new. Left out: 1 ticked off · 1 the same · Line 5: The name is missing"
        " · Line 6: “max bei praxis” is no e-mail address."
    )
    assert isinstance(office.form, OverviewForm)
    assert "Lea Muster – Assistenz" in office.rows()


def test_who_stands_twice_is_new_once_the_first_is_ticked_off(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "zwei.csv"
    path.write_text("name;role\nLea Muster;Hilfe\nLea Muster;Assistenz\n", encoding="utf-8")
    form = _read(office, path)
    changed, new = form.rows.words
    assert changed.startswith("Lea Muster – changed\nLine 3")
    assert new.startswith("Lea Muster – new\nLine 2")
    form.rows.setCurrentRow(1)
    office.desk.key(Qt.Key.Key_Space)
    assert form.rows.words[0] == "Lea Muster – new\nLine 3: Assistenz"
    office.save()
    assert _names(office)["Lea Muster"] == "Assistenz"


def test_a_file_that_is_none_is_said_with_its_line(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Was;Wann\n1;2\n", encoding="utf-8")
    form = _read(office, path)
    assert office.fault("file").startswith("Line 1: There is no column “name”.")
    assert not form.dirty
    form.read(tmp_path / "fehlt.vcf")
    office.desk.until(form.button.isEnabled)
    assert "cannot be opened" in office.fault("file")


def test_nothing_to_take_over_is_said(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "alt.csv"
    path.write_text("name;role\nAnmeldung;Empfang\n", encoding="utf-8")
    _read(office, path)
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert office.fault("file") == "There is nothing to take over."


@pytest.mark.parametrize("name", ["alle.vcf", "alle.csv"])
def test_what_is_saved_to_a_file_is_read_again_as_the_same(
    office: Office, tmp_path: Path, name: str
) -> None:
    form = office.form
    assert isinstance(form, OverviewForm)
    form.export(tmp_path / name)
    office.desk.until(lambda: form.state.words)
    assert form.state.words.startswith("2 contacts are in ")
    shown = _read(office, tmp_path / name)
    assert shown._summary.text() == "2 the same"
    assert not any(shown.rows.left_out)


def test_what_was_taken_over_is_said_in_numbers_and_faults_by_their_first_lines(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "viele.csv"
    faulty = "".join(f"Max {number};max bei praxis\n" for number in range(9))
    path.write_text(f"name;email\nLea Muster;lea@praxis.example\n{faulty}", encoding="utf-8")
    _read(office, path)
    office.save()
    assert office.said.startswith("Saved: 1 new. Left out: Line 3: ")
    assert office.said.endswith(" · 6 more not readable.")
