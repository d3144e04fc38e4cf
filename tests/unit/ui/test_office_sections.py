"""How a client is booked is set by hand: days, staff, words, travel, titles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from receptionist.model.client import (
    Cancellation,
    Client,
    HoursException,
    OwnerRule,
    OwnerWord,
    TravelZone,
)
from tests.unit.ui.conftest import ALT, CTRL, Desk
from tests.unit.ui.office import Office
from ui.dialogs.office.client import ClientForm
from ui.dialogs.office.exceptions import ExceptionsEditor
from ui.dialogs.office.form import Form
from ui.models.office import Group
from ui.widgets.inputs import Choice

PLAIN = "Rechtsanwälte"
"""A client of the sample office with nothing special about him."""


@pytest.fixture
def office(desk: Desk) -> Office:
    """The office window of a desk with the sample office."""
    return Office(desk)


def _opened(office: Office, name: str = PLAIN) -> ClientForm:
    form = office.open(Group.CLIENTS, name)
    assert isinstance(form, ClientForm)
    return form


def _section(form: Form, field: str) -> Any:
    return next(one for one in form.sections if field in one.names)


def _stored(office: Office) -> Client:
    stored = office.desk.reception.desk.directory.client(office.form.id)
    assert stored is not None
    return stored


def _choose(office: Office, field: str, number: int) -> None:
    office.form.go(field)
    editor = office.form.fields[field].editor
    assert isinstance(editor, Choice)
    editor.setCurrentIndex(number)


def test_every_field_of_the_sections_is_written(office: Office) -> None:
    form = _opened(office)
    before = _stored(office)
    for section in form.sections:
        section.unfold()
        assert not form.dirty
    fields = ("holidays", "words", "travel_min", "title")
    times, words, travel, entered = (_section(form, field) for field in fields)
    times._holidays.setCurrentIndex(2)
    times._notice.setValue(90)
    times._horizon.setCurrentIndex(0)
    times._limit.setValue(6)
    words._all_day.setCurrentIndex(1)
    words._only.setCurrentIndex(1)
    travel._usual.setValue(25)
    entered._address.setText("Musterstr. 12, Berlin")
    entered._alarm.setCurrentIndex(entered._alarm.findText("30 minutes before"))
    entered._cancelled.setCurrentIndex(1)
    entered._tells.setCurrentIndex(1)
    office.write("title", "{caller}: {kind}")
    office.save()
    stored = _stored(office)
    assert stored == replace(
        before,
        holidays="DE-BW",
        minimum_notice_min=90,
        horizon_days=7,
        daily_limit=6,
        all_day_blocks=False,
        bookable_only=True,
        travel_min=25,
        title="{caller}: {kind}",
        address="Musterstr. 12, Berlin",
        alarm_min=30,
        cancellation=Cancellation.MARK,
        tells_callers=True,
    )


def test_other_days_are_typed_and_what_cannot_be_read_is_told(office: Office) -> None:
    form = _opened(office)
    before = len(_stored(office).exceptions)
    section = _section(form, "exceptions")
    office.form.go("exceptions")
    section._exceptions.add()
    office.desk.type("24.12. - 2.1.")
    office.desk.key(Qt.Key.Key_Tab)
    office.desk.type("Ferien")
    section._exceptions.add()
    office.desk.type("4. Jan")
    office.desk.key(Qt.Key.Key_Tab)
    office.desk.key(Qt.Key.Key_Tab)
    office.desk.type("10-12, 14-13")
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert office.fault("exceptions") == "Not every day can be read."
    told = [one.text() for one in section.findChildren(QLabel) if one.isVisible()]
    assert any("Put the earlier time first" in words for words in told)
    section._exceptions.rows[-1].hours.setText("10-12, 14-16")
    office.save()
    first, last = date(2026, 12, 24), date(2027, 1, 2)
    other = date(2027, 1, 4)
    assert _stored(office).exceptions[before:] == (
        HoursException(first=first, last=last, name="Ferien"),
        HoursException(first=other, last=other, start=time(10), end=time(12)),
        HoursException(first=other, last=other, start=time(14), end=time(16)),
    )


def test_staff_get_hours_and_a_calendar_of_their_own(office: Office) -> None:
    form = _opened(office)
    before = _stored(office)
    section = _section(form, "staff")
    section.unfold()
    section._staff.add()
    office.desk.type("Lea Muster")
    section._staff.add()
    office.desk.type("Max Beispiel")
    max_row = section._staff.rows[-1]
    max_row.whose.setCurrentIndex(1)
    assert max_row.hours is not None
    for number, line in enumerate(max_row.hours.lines):
        line.setText("9-12" if number == 1 else "")
    form._calendars._place(None)
    row = form._calendars.rows[-1]
    row.account.setCurrentIndex(1)
    row.name.setEditText("Max")
    row.purpose.setCurrentIndex(2)
    assert "Calendar: Max" in [one.text() for one in max_row.findChildren(QLabel)]
    office.save()
    stored = _stored(office)
    assert [(one.name, one.key) for one in stored.staff] == [
        ("Lea Muster", "lea-muster"),
        ("Max Beispiel", "max-beispiel"),
    ]
    own = [one for one in stored.hours if one.staff_id]
    assert [(one.weekday, one.start, one.end) for one in own] == [(1, time(9), time(12))]
    assert [one for one in stored.hours if one.staff_id is None] == list(before.hours)
    calendars = office.desk.reception.desk.directory.calendars
    mine = [one for one in calendars if one.client_id == stored.id]
    assert [(one.name, one.staff_id) for one in mine][-1] == ("Max", stored.staff[1].id)
    assert not office.form.dirty


def test_hours_of_staff_that_cannot_be_read_are_told(office: Office) -> None:
    form = _opened(office)
    section = _section(form, "staff")
    section.unfold()
    section._staff.add()
    office.desk.type("Max Beispiel")
    section._staff.rows[0].whose.setCurrentIndex(1)
    section._staff.rows[0].hours.lines[0].setText("12-9")
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert office.fault("staff") == "Not every day can be read."


def test_a_calendar_of_tasks_is_one(office: Office) -> None:
    form = _opened(office)
    form._calendars._place(None)
    row = form._calendars.rows[-1]
    row.account.setCurrentIndex(1)
    row.name.setEditText("Aufgaben")
    row.purpose.setCurrentIndex(row.purpose.count() - 1)
    office.save()
    calendars = office.desk.reception.desk.directory.calendars
    mine = [one for one in calendars if one.client_id == office.form.id]
    assert [(one.name, one.tasks) for one in mine if one.tasks][-1] == ("Aufgaben", True)
    assert not mine[0].tasks


def test_own_words_begin_with_the_usual_ones_and_come_back(office: Office) -> None:
    form = _opened(office)
    section = _section(form, "words")
    section.unfold()
    lines = section._words.lines
    assert lines[OwnerRule.AWAY].isReadOnly()
    _choose(office, "words", 1)
    for rule, line in lines.items():
        line.setText("fort, auf  Reisen,fort" if rule is OwnerRule.AWAY else "")
    _section(form, "travel_min").unfold()
    office.go("words")
    office.save()
    assert _section(office.form, "travel_min").is_open
    assert _stored(office).words == (
        OwnerWord(word="fort", rule=OwnerRule.AWAY),
        OwnerWord(word="auf Reisen", rule=OwnerRule.AWAY),
    )
    assert _section(office.form, "words").is_open
    _choose(office, "words", 0)
    office.save()
    assert _stored(office).words == ()


def test_own_words_without_any_word_are_refused(office: Office) -> None:
    form = _opened(office)
    section = _section(form, "words")
    _choose(office, "words", 1)
    for line in section._words.lines.values():
        line.clear()
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert office.fault("words").startswith("Write at least one word")


def test_a_zone_is_typed_and_one_without_postcode_is_gone_to(office: Office) -> None:
    form = _opened(office)
    section = _section(form, "travel_zones")
    section.unfold()
    section._usual.setValue(20)
    section._zones.add()
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert office.fault("travel_zones")
    assert QApplication.focusWidget() is section._zones.rows[0].postcode
    office.desk.type("101")
    office.save()
    assert _stored(office).travel_zones == (TravelZone(postcode="101", minutes=20),)


def test_a_fault_in_a_folded_section_unfolds_it(office: Office) -> None:
    form = _opened(office)
    section = _section(form, "title")
    section.unfold()
    office.write("title", "{kund}")
    section.fold()
    office.go("name")
    assert not section.is_open
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert section.is_open
    assert "is no placeholder" in office.fault("title")
    assert QApplication.focusWidget() is form.fields["title"].editor


def test_a_fault_in_what_was_never_unfolded_is_told_too(office: Office) -> None:
    form = _opened(office)
    form._old = replace(form._old, title="{kund}")
    _section(form, "title").old = form._old
    office.write("name", "Kanzlei Beispiel")
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert _section(form, "title").is_open
    assert "is no placeholder" in office.fault("title")


def test_other_days_stay_as_they_were_given(dressed: QApplication) -> None:
    day = date(2027, 1, 4)
    hours = ((time(14), time(16)), (time(10), time(12)))
    given = tuple(
        HoursException(first=day, last=day, name=" Inventur ", start=start, end=end)
        for start, end in hours
    )
    assert ExceptionsEditor(given, day).exceptions == given


def test_the_title_is_shown_as_it_will_stand_there(office: Office) -> None:
    form = _opened(office)
    section = _section(form, "title")
    section.unfold()
    kind = form._kinds.rows[0].kind.name
    assert section._title.example == f"{kind}: Erika Muster"
    office.write("title", "{caller}, {number}")
    assert section._title.example == "Erika Muster, +49 30 23125101"
    assert section._summary.text().startswith("“Erika Muster, +49 30 23125101”")


def test_a_kind_says_where_it_takes_place_and_how_often(office: Office) -> None:
    form = _opened(office)
    row = form._kinds.rows[0]
    assert row.place is None
    row.unfold()
    assert row.place is not None
    assert row.limit is not None
    assert QApplication.focusWidget() is row.place
    row.place.setCurrentIndex(1)
    row.limit.setValue(3)
    office.save()
    kind = _stored(office).kinds[0]
    assert (kind.at_caller, kind.daily_limit) == (True, 3)
    assert "min one way" in _section(office.form, "travel_min")._summary.text()


def test_a_section_is_unfolded_and_folded_by_its_letter(office: Office) -> None:
    form = _opened(office)
    section = _section(form, "travel_min")
    letter = section.button.text().partition("&")[2][0].upper()
    office.desk.key(getattr(Qt.Key, f"Key_{letter}"), ALT)
    office.desk.until(lambda: section.is_open)
    assert QApplication.focusWidget() is form.fields["travel_min"].editor
    section.button.click()
    assert not section.is_open


def test_letters_stay_unique_while_sections_are_open(office: Office) -> None:
    form = _opened(office)
    for section in form.sections:
        section.unfold()
    texts = [one.text() for one in form.findChildren(QLabel) if one.buddy() and one.isVisible()]
    texts += [section.button.text() for section in form.sections]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(letters) == len(set(letters))
    assert len(letters) >= 20
