"""Who is on call is typed as people write it, drawn at once, and gaps are said in words."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from receptionist.model.rota import NeededHours, OnCallRota, OtherDays, Shift
from tests.unit.ui.conftest import ALT, CTRL, Desk
from tests.unit.ui.office import Office
from tests.unit.ui.people import CLIENT, moved_in, overview
from ui.dialogs.office.people.rota import RotaForm
from ui.models.office import Group


@pytest.fixture
def office(desk: Desk) -> Office:
    """The office window with the overview of a client who has people."""
    moved_in(desk.reception)
    office = Office(desk)
    office.dialog.editor.choose(overview(desk.reception))
    return office


def _rotas(office: Office) -> tuple[OnCallRota, ...]:
    client_id: UUID = office.desk.reception.client(CLIENT).id
    return office.desk.reception.desk.people.rotas.of(client_id)


def _opened(office: Office) -> RotaForm:
    form = office.open(Group.ROTAS, "Notdienst")
    assert isinstance(form, RotaForm)
    return form


def test_a_rota_is_drawn_for_two_weeks_and_its_gaps_are_said(office: Office) -> None:
    form = _opened(office)
    assert form.plan.now.text() == "Now: Anmeldung – from 18:00 on Dr. Erika Muster"
    described = form.plan.weeks.accessibleDescription().splitlines()
    assert len(described) == 14
    assert described[0] == (
        "Mon 23 Nov: 00:00–08:00 Dr. Erika Muster, 08:00–18:00 Anmeldung,"
        " 18:00–24:00 Dr. Erika Muster"
    )
    assert "08:00–18:00 nobody" in described[5]
    assert form.plan.gaps.words.splitlines()[:2] == [
        "Sat 28 Nov 08:00–18:00 nobody",
        "Sun 29 Nov 08:00–18:00 nobody",
    ]
    assert not form.dirty


def test_a_shift_is_added_by_keyboard_and_fills_the_gap_at_once(office: Office) -> None:
    form = _opened(office)
    form._shifts.add_button.setFocus()
    office.desk.key(Qt.Key.Key_Space)
    for text in ("Sa, Su", "8-18", "muster, anm"):
        QApplication.focusWidget().selectAll()
        office.desk.type(text)
        office.desk.key(Qt.Key.Key_Tab)
    row = form._shifts.rows[-1]
    assert (row.days.text(), row.hours.text()) == ("Sa, Su", "08:00–18:00")
    assert row.names is not None
    assert row.names.text() == "Dr. Erika Muster → Anmeldung"
    assert form.plan.gaps.words == "Somebody is on call whenever it is needed."
    office.save()
    assert _rotas(office)[0].shifts[-1] == Shift(
        weekdays=(5, 6), start=time(8), end=time(18), contacts=("dr-erika-muster", "anmeldung")
    )


def test_other_days_and_needed_hours_and_who_is_asked_next(office: Office) -> None:
    form = _opened(office)
    form._others.add()
    row = form._others.rows[0]
    row.days.setText("24.12. - 26.12.")
    row.name.setText("Weihnachten")
    row.names.setText("anmeldung")
    form._needed.add()
    form._needed.rows[0].days.setText("Mo-Fr")
    form._needed.rows[0].hours.setText("7-22")
    office.write("fallbacks", "erika")
    office.save()
    (stored,) = _rotas(office)
    assert stored.others == (
        OtherDays(
            first=date(2026, 12, 24),
            last=date(2026, 12, 26),
            contacts=("anmeldung",),
            name="Weihnachten",
        ),
    )
    assert stored.needed == (NeededHours(weekdays=(0, 1, 2, 3, 4), start=time(7), end=time(22)),)
    assert stored.fallbacks == ("dr-erika-muster",)
    form = office.form
    assert isinstance(form, RotaForm)
    assert form.plan.gaps.words == "Somebody is on call whenever it is needed."


@pytest.mark.parametrize(
    ("place", "text", "said"),
    [
        ("days", "Feiertags", "is no weekday"),
        ("hours", "abends", "Write for example “22-6”"),
        ("names", "Niemand Bekannter", "There is no contact “Niemand Bekannter”."),
    ],
)
def test_what_cannot_be_read_is_said_and_not_saved(
    office: Office, place: str, text: str, said: str
) -> None:
    form = _opened(office)
    before = _rotas(office)
    getattr(form._shifts.rows[0], place).setText(text)
    office.desk.key(Qt.Key.Key_S, CTRL)
    assert office.fault("shifts") == "Not every row can be read."
    assert said in form._shifts.rows[0]._fault.words
    assert _rotas(office) == before


def test_rows_are_moved_because_the_first_that_fits_counts(office: Office) -> None:
    form = _opened(office)
    form._shifts.rows[1].days.setFocus()
    office.desk.key(Qt.Key.Key_Up, ALT)
    office.save()
    assert [one.start for one in _rotas(office)[0].shifts] == [time(18), time(8)]


def test_arrows_go_through_everybody_in_place_of_the_last_name(office: Office) -> None:
    form = _opened(office)
    line = form._shifts.rows[0].names
    assert line is not None
    line.setFocus()
    line.end(False)
    office.desk.type(" > eri")
    office.desk.key(Qt.Key.Key_Down)
    assert line.text() == "Anmeldung > Dr. Erika Muster"
    assert line.chain == ("anmeldung", "dr-erika-muster")
    office.desk.key(Qt.Key.Key_Down)
    assert line.fault == "“Anmeldung” stands here twice."
    office.desk.key(Qt.Key.Key_Up)
    office.desk.key(Qt.Key.Key_Tab)
    assert line.text() == "Anmeldung → Dr. Erika Muster"
    line.setText("")
    line.append("Dr. Erika Muster")
    line.append("Anmeldung")
    assert line.text() == "Dr. Erika Muster → Anmeldung"


def test_a_day_of_the_plan_says_itself_in_words(office: Office) -> None:
    weeks = _opened(office).plan.weeks
    assert weeks._words_at(QPoint(10, 20)).startswith("Mon 23 Nov:")
    assert weeks._words_at(QPoint(weeks.width() - 20, 20)).startswith("Mon 30 Nov:")
    assert weeks._words_at(QPoint(20, 2)) == ""


def test_a_new_rota_begins_with_one_shift_and_says_nobody(office: Office) -> None:
    office.dialog.list.buttons[Group.ROTAS].click()
    form = office.form
    assert isinstance(form, RotaForm)
    assert form.plan.gaps.words == "nobody in the next 14 days"
    form._shifts.rows[0].names.setText("Anmeldung")
    office.write("name", "Bereitschaft")
    office.save()
    stored = next(one for one in _rotas(office) if one.name == "Bereitschaft")
    assert stored.key == "bereitschaft"
    assert stored.shifts == (Shift(contacts=("anmeldung",)),)
