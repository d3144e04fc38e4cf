"""What all forms of the office window share: letters, names, and hours as people write them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
)

from receptionist import i18n
from tests.unit.ui.conftest import ALT, Desk
from tests.unit.ui.office import Office
from ui.dialogs.office.form import Form
from ui.models.hours import spans, words
from ui.models.office import Group

FIELDS = (QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QAbstractButton)


@pytest.fixture(params=i18n.LANGUAGES)
def forms(desk: Desk, request: pytest.FixtureRequest) -> tuple[Office, list[Form]]:
    """The office window and every form of it, in a language."""
    i18n.choose(request.param)
    office = Office(desk)
    editor, directory = office.dialog.editor, desk.reception.desk.directory
    part_ids = [directory.office.id, directory.lines[0].id, directory.accounts[0].id]
    made = [editor.drafts.open(part_id) for part_id in part_ids]
    found = [*made, editor.drafts.new(Group.CLIENTS)]
    return office, [form for form in found if form is not None]


def test_no_two_fields_of_a_form_share_a_letter(forms: tuple[Office, list[Form]]) -> None:
    assert len(forms[1]) == 4
    for form in forms[1]:
        labels = [label.text() for label in form.findChildren(QLabel) if label.buddy()]
        letters = [text[text.index("&") + 1].lower() for text in labels if "&" in text]
        assert len(letters) == len(set(letters)) == len(form.fields), labels


def test_every_field_and_button_has_a_name(forms: tuple[Office, list[Form]]) -> None:
    office, found = forms
    for place in (office.dialog, *found):
        for kind in FIELDS:
            for widget in place.findChildren(kind):
                inside = isinstance(widget.parent(), QSpinBox)
                hidden = widget.isHidden() or widget.objectName().startswith("qt_") or inside
                button = isinstance(widget, QAbstractButton)
                named = widget.accessibleName() or (button and widget.text())
                assert hidden or named, (type(widget), type(widget.parent()), type(place))


def test_a_letter_leads_to_its_field(desk: Desk) -> None:
    office = Office(desk)
    office.open(Group.CLIENTS, "Heizung")
    office.go("name")
    desk.key(Qt.Key.Key_G, ALT)
    assert QApplication.focusWidget() is office.form.fields["greeting"].editor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("9-12, 14-18", "09:00–12:00, 14:00–18:00"),
        ("9-12 14-18:30", "09:00–12:00, 14:00–18:30"),
        ("14–18;8.30–12", "08:30–12:00, 14:00–18:00"),
        ("8 Uhr bis 12 Uhr und 13:15 bis 17", "08:00–12:00, 13:15–17:00"),
        ("9 to 17", "09:00–17:00"),
        ("09:00–12:00, 14:00–18:00", "09:00–12:00, 14:00–18:00"),
        ("", ""),
        (" ", ""),
    ],
)
def test_hours_as_people_write_them(text: str, shown: str) -> None:
    read = spans(text)
    assert not isinstance(read, str)
    assert words(read) == shown


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("closed", "“closed” is no period of a day."),
        ("12-9", "ends before it begins"),
        ("9-12, 11-13", "“11-13” overlaps another period of this day."),
        ("0-24", "names a time that does not exist"),
        ("9:60-12", "names a time that does not exist"),
        ("9-", "“9-” is no period of a day."),
        ("900-1200", "is no period of a day."),
    ],
)
def test_hours_that_cannot_be_read_say_why(text: str, why: str) -> None:
    read = spans(text)
    assert isinstance(read, str)
    assert why in read
