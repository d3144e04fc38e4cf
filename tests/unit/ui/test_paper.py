"""The sheet of a day or week: what stands on it, its pages, and the files people choose."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from receptionist.errors import BadInput
from receptionist.files import file_name, write
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.busy import Busy
from receptionist.model.client import Client, HoursException, Staff
from tests.unit.ui.test_weekplan import (
    MONDAY,
    TUESDAY,
    WORKDAYS,
    appointment,
    at,
    busy,
    client,
    plan,
)
from ui.printing.content import Row, Sheet, Source, sheet
from ui.printing.pages import pdf

S = AppointmentState
CLIENT = client(*WORKDAYS)


def source(
    *his: Busy, ours: tuple[Appointment, ...] = (), one: Client = CLIENT, day: date | None = None
) -> Source:
    week = plan(one, *his, ours=ours)._week
    return Source(week=week, client=one, office="Büroservice Lindenhof", now=at(0, 9, 42), day=day)


def booked(
    day: int, hour: int, state: AppointmentState = S.CONFIRMED, **more: object
) -> Appointment:
    one = appointment(CLIENT, at(day, hour), state)
    return replace(one, caller_number="+493023125177", **more)  # type: ignore[arg-type]


def rows(found: Sheet) -> list[Row]:
    return [row for part in found.parts for row in part.rows]


def read_back(content: bytes) -> list[str]:
    """The text of each page of a PDF."""
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(content)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return [document.getAllText(page).text() for page in range(document.pageCount())]


def test_an_appointment_stands_with_all_its_owner_needs() -> None:
    one = booked(1, 10, location="Lindenstr. 12, Köln", note="Klingel defekt")
    found = sheet(source(ours=(one,), day=TUESDAY))
    assert found.client == "Malerbetrieb Muster"
    assert found.title == "Appointments on Tuesday, 12 January 2027"
    assert found.as_of == "As of 11 Jan 2027, 09:42"
    assert rows(found) == [
        Row(
            time="10:00–11:00",
            what="Besichtigung",
            who="Erika Muster\n+49 30 23125177",
            where="Lindenstr. 12, Köln\nKlingel defekt",
        )
    ]


def test_only_what_takes_place_is_printed() -> None:
    there = {S.CONFIRMED: "Besichtigung"}
    for state in (S.BOOKED, S.DELAYED, S.PARKED):
        there[state] = "Besichtigung\n(not in your calendar yet)"
    for state in S:
        found = [row.what for row in rows(sheet(source(ours=(booked(1, 10, state),))))]
        assert found == ([there[state]] if state in there else []), state


def test_ways_and_the_owners_own_are_quiet_and_in_their_order() -> None:
    main = booked(1, 10)
    way = replace(booked(1, 9), part_of=main.id, kind_name="Anfahrt", caller_name="")
    his = busy(at(1, 12), at(1, 13), "Einkauf")
    fair = busy(at(1, 0), at(2, 0), "Messe", all_day=True)
    found = rows(sheet(source(his, fair, ours=(main, way), day=TUESDAY)))
    assert [(row.time, row.what, row.quiet) for row in found] == [
        ("all day", "Messe", True),
        ("09:00–10:00", "Anfahrt", True),
        ("10:00–11:00", "Besichtigung", False),
        ("12:00–13:00", "Einkauf", True),
    ]
    assert [row.who for row in found if row.quiet] == ["", "", ""]


def test_what_lasts_over_midnight_stands_on_both_days() -> None:
    night = busy(at(1, 22), at(2, 6), "Notdienst")
    found = sheet(source(night))
    times = {part.heading: [row.time for row in part.rows] for part in found.parts if part.rows}
    assert times == {
        "Tuesday, 12 January": ["22:00–24:00"],
        "Wednesday, 13 January": ["00:00–06:00"],
    }


def test_an_appointment_over_midnight_stands_where_it_begins() -> None:
    late = booked(1, 23, end=at(2, 1))
    found = sheet(source(ours=(late,)))
    days = {part.heading: [row.time for row in part.rows] for part in found.parts if part.rows}
    assert days == {"Tuesday, 12 January": ["23:00–01:00"]}


def test_a_week_has_its_workdays_and_says_where_nothing_is() -> None:
    outing = HoursException(first=MONDAY, last=MONDAY, name="Betriebsausflug")
    one = replace(CLIENT, exceptions=(outing,))
    found = sheet(source(one=one, ours=(booked(5, 10),)))
    assert found.title == "Appointments of week 2, 11 Jan 2027 – 17 Jan 2027"
    assert [part.heading.split(",")[0] for part in found.parts] == [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
    ]
    assert [part.words for part in found.parts[:2]] == ["Betriebsausflug", "No appointments."]


def test_with_whom_of_the_staff_is_told() -> None:
    anna = Staff(id=uuid4(), key="a", name="Anna Beispiel")
    one = replace(CLIENT, staff=(anna,))
    found = sheet(source(one=one, ours=(booked(1, 10, staff_id=anna.id),)))
    assert rows(found)[0].what == "Besichtigung\nAnna Beispiel"


def test_the_pdf_can_be_read_back(dressed: QApplication) -> None:
    one = booked(1, 10, location="Lindenstr. 12, 50674 Köln", note="Wasser tropft")
    (page,) = read_back(pdf(sheet(source(ours=(one,), day=TUESDAY))))
    for words in (
        "Malerbetrieb Muster",
        "Tuesday, 12 January 2027",
        "As of 11 Jan 2027, 09:42",
        "10:00–11:00",
        "+49 30 23125177",
        "Lindenstr. 12, 50674 Köln",
        "Wasser tropft",
        "Büroservice Lindenhof",
        "Page 1 of 1",
    ):
        assert words in page


def test_a_full_week_goes_on_over_pages_and_nothing_is_lost(dressed: QApplication) -> None:
    ours = tuple(
        replace(
            booked(day, 8),
            start=at(day, 8) + timedelta(minutes=15 * number),
            end=at(day, 8) + timedelta(minutes=15 * number + 15),
            caller_name=f"Anrufer{day}x{number}z",
            note="Bitte vorher anrufen. " * (number % 9) + "Donaudampfschiff" * (number % 4),
        )
        for day in range(5)
        for number in range(30)
    )
    pages = read_back(pdf(sheet(source(ours=ours))))
    assert len(pages) > 4
    whole = "\n".join(pages)
    assert sorted(re.findall(r"Anrufer\dx\d+z", whole)) == sorted(o.caller_name for o in ours)
    for number, page in enumerate(pages):
        assert page.startswith("Malerbetrieb Muster")
        assert f"Page {number + 1} of {len(pages)}" in page
    assert "Monday, 11 January (continued)" in pages[1]


def test_a_note_without_end_does_not_run_off_the_paper(dressed: QApplication) -> None:
    endless = booked(1, 10, note="Wasser " * 900)
    found = sheet(source(ours=(endless, booked(1, 12, caller_name="Otto Muster")), day=TUESDAY))
    assert len(rows(found)[0].where) < 700
    assert "Otto Muster" in "".join(read_back(pdf(found)))


def test_file_names_hold_nothing_a_system_refuses() -> None:
    name = file_name('Müller/Söhne: "Bad" <3>\n', "2027-01-11", ending=".pdf")
    assert name == "Müller Söhne Bad 3 2027-01-11.pdf"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "week.pdf"
    place.write_bytes(b"before")
    write(place, b"after")
    assert place.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [place]
    with pytest.raises(BadInput, match="cannot be written"):
        write(tmp_path / "nowhere" / "week.pdf", b"x")
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(BadInput):
        write(tmp_path / "folder.pdf", b"x")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder.pdf", "week.pdf"]
