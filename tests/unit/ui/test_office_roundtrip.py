"""Editing by hand changes what was edited, and nothing else that an office file can say."""

from __future__ import annotations

import difflib

import pytest
from PySide6.QtWidgets import QLineEdit

from receptionist import officefile
from tests.unit.ui.conftest import Desk
from tests.unit.ui.office import Office
from ui.models.office import Group

EVERYTHING = '''\
format = 1

[office]
name = "Büro Beispiel"
greeting = """
{time_of_day},
{client}, {receptionist}. """
language = "en"
region = "AT"
zone = "Europe/Vienna"

[receptionist]
name = "Erika Muster"

[[line]]
key = "main"
name = "Hauptanschluss"
registrar = "sip.example.org:5062"
user = "office"
auth_user = "1234567"
proxy = "proxy.example.org:5070"
transport = "tcp"

[[line]]
key = "trunk"
registrar = "192.0.2.1"
user = "trunk"
register = false

[[calendar_account]]
key = "workshop"
url = "https://calendar.example.org/dav/"
user = "erika"

[[client]]
key = "workshop"
name = "Werkstatt Beispiel"
numbers = ["+49 30 23125161", "+43 1 234567"]
greeting = "{client}, {time_of_day}."
language = "en"
colour = "pink"
zone = "America/New_York"
notes = """
  Set in from the left.

The last line ends.
"""
minimum_notice_minutes = 120
all_day_events = "free"
horizon_days = 45
daily_limit = 7
holidays = "AT-9"
bookable_only = true
travel_minutes = 25
address = "Beispielgasse 1, Wien"
title = "{kind} – {caller} ({number})"
alarm_minutes = 45
cancellation = "mark"
tells_callers = true

[client.words]
bookable = ["Sprechstunde", "offen"]
away = ["fort"]
reachable = ["am Handy"]

[[client.exception]]
first = 2026-12-24
last = 2027-01-02
name = "Ferien"

[[client.exception]]
first = 2027-01-04
name = "Inventur"
hours = ["10:00-12:00", "14:00-16:00"]

[[client.travel]]
postcode = "10"
minutes = 15

[[client.travel]]
postcode = "1"
minutes = 30

[[client.staff]]
key = "lea"
name = "Lea Muster"

[[client.staff]]
key = "max"
name = "Max Beispiel"
hours = { monday = ["08:00-12:00"], tuesday = ["14:00-18:00"] }

[client.hours]
monday = ["00:00-23:59"]
tuesday = ["08:00-12:00", "12:00-18:00"]

[[client.calendar]]
account = "workshop"
name = "Termine"

[[client.calendar]]
account = "workshop"
url = "https://calendar.example.org/dav/erika/holidays/"

[[client.calendar]]
account = "workshop"
name = "Max"
staff = "max"

[[client.calendar]]
account = "workshop"
name = "Aufgaben"
use = "tasks"

[[client.kind]]
key = "check-up"
name = "Kontrolle"
minutes = 30
buffer_before = 5
buffer_after = 7

[[client.kind]]
key = "repair"
name = "Reparatur"
minutes = 1440
at_caller = true
daily_limit = 2
'''
WANTED = {
    (Group.OFFICE, "Büro Beispiel"),
    (Group.LINES, "Hauptanschluss"),
    (Group.LINES, "trunk"),
    (Group.CLIENTS, "Werkstatt Beispiel"),
}


def _exported(desk: Desk) -> list[str]:
    return officefile.write(desk.reception.desk.directory.current).splitlines()


def _changed(before: list[str], after: list[str]) -> list[str]:
    lines = difflib.ndiff(before, after)
    return [line for line in lines if line.startswith(("- ", "+ "))]


@pytest.mark.parametrize("unfolded", [False, True])
def test_a_name_that_is_edited_is_all_that_changes(desk: Desk, unfolded: bool) -> None:
    core, done = desk.reception.desk, list[bool]()
    directory = officefile.parse(EVERYTHING, core.directory.current)
    core.import_directory(directory, lambda: done.append(True), _fail)
    desk.until(lambda: done)
    office = Office(desk)
    seen = set()
    for entry in office.dialog.editor.drafts.entries():
        if (entry.group, entry.name) not in WANTED:
            continue
        seen.add((entry.group, entry.name))
        office.dialog.editor.choose(entry.id)
        for section in office.form.sections if unfolded else ():
            section.unfold()
        assert not office.form.dirty
        before = _exported(desk)
        field = office.go("name")
        assert isinstance(field, QLineEdit)
        office.write("name", f"{entry.name} Neu")
        office.dialog.editor.save()
        desk.until(lambda: office.said.startswith("Saved"))
        expected = [f'- name = "{entry.name}"', f'+ name = "{entry.name} Neu"']
        assert _changed(before, _exported(desk)) == expected
    assert seen == WANTED


def _fail(error: Exception) -> None:
    raise error
