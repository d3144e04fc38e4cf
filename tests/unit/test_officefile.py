"""The office file: what it means, every fault with line and key, and the way out and in again."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist.errors import WrongFile
from receptionist.model.client import (
    NO_ALARM,
    BookableHours,
    HoursException,
    OwnerRule,
    TravelZone,
)
from receptionist.officefile import load, parse, write
from receptionist.paths import resources

EXAMPLE = resources("templates", "office.toml")
DEMO = resources("templates", "demo-office.toml")

SMALL = (Path(__file__).parents[1] / "data" / "small-office.toml").read_text("utf-8")


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) == 1
    return SMALL.replace(old, new)


# ---- what it means ------------------------------------------------------------------------------


def test_a_small_office() -> None:
    directory = parse(SMALL)
    (client,) = directory.clients
    (account,) = directory.accounts
    (calendar,) = directory.calendars
    assert directory.office.greeting.language == "de"
    assert directory.receptionist.name == "Erika Muster"
    assert client.dialled == ("+493023125101",)
    assert client.zone == "Europe/Berlin"
    assert client.all_day_blocks
    assert client.hours == (
        BookableHours(weekday=0, start=time(8), end=time(12)),
        BookableHours(weekday=0, start=time(13), end=time(16, 30)),
    )
    assert (calendar.client_id, calendar.account_id) == (client.id, account.id)
    assert (calendar.name, calendar.href) == ("Termine", "")
    assert client.kinds[0].minutes == 30


def test_the_documented_example_names_every_key() -> None:
    directory = load(EXAMPLE)
    assert [client.key for client in directory.clients] == ["practice"]
    assert directory.clients[0].dialled == ("+493023125101", "+491713920001")
    bare = re.sub(r"(?m)^# (?=\w+ = )", "", EXAMPLE.read_text("utf-8"))
    assert parse(bare).lines[0].auth_user == "1234567"
    for head in re.findall(r"(?m)^\[.*\]$", bare):
        with pytest.raises(WrongFile) as caught:
            parse(bare.replace(f"{head}\n", f"{head}\nqqqq = 1\n", 1))
        (fault,) = caught.value.faults
        known = str(fault).partition("Possible are: ")[2].rstrip(".").split(", ")
        named = {key for key in known if re.search(rf"(?m)^{key} = |[.\[]{key}\]", bare)}
        assert set(known) - named <= {"saturday", "sunday"}, head


def test_all_that_is_known_of_a_client() -> None:
    client = load(EXAMPLE).clients[0]
    erika, max_ = client.staff
    assert client.exceptions == (
        HoursException(first=date(2026, 12, 24), last=date(2027, 1, 2), name="Betriebsferien"),
        *(
            HoursException(first=date(2027, 1, 4), last=date(2027, 1, 4), start=start, end=end)
            for start, end in ((time(10), time(12)), (time(14), time(16)))
        ),
    )
    assert [(one.word, one.rule) for one in client.words[:2]] == [
        ("Sprechstunde", OwnerRule.BOOKABLE),
        ("Urlaub", OwnerRule.AWAY),
    ]
    assert {one.rule for one in client.words} == set(OwnerRule)
    assert (erika.name, max_.key) == ("Erika Muster", "max")
    assert [one for one in client.hours if one.staff_id] == [
        BookableHours(weekday=0, start=time(8), end=time(12), staff_id=max_.id),
        BookableHours(weekday=1, start=time(14), end=time(18), staff_id=max_.id),
    ]
    assert [(one.staff_id, one.tasks) for one in load(EXAMPLE).calendars] == [
        (erika.id, False),
        (max_.id, False),
        (None, True),
    ]
    assert client.travel_zones == (
        TravelZone(postcode="10", minutes=15),
        TravelZone(postcode="1", minutes=30),
    )
    assert [kind.at_caller for kind in client.kinds] == [False, False, True]
    assert client.alarm_min == NO_ALARM


def test_the_demo_has_six_trades_with_their_own_numbers_and_colours() -> None:
    directory = load(DEMO)
    assert len(directory.clients) == 6
    assert len({client.colour for client in directory.clients}) == 6
    assert len({client.initials for client in directory.clients}) == 6
    assert {c.client_id for c in directory.calendars} == {c.id for c in directory.clients}
    for client in directory.clients:
        said = client.greeting.spoken(client=client.name, receptionist="Erika", at=time(9))
        assert "guten Morgen" in said
        assert "{" not in said
        assert client.kinds
        assert client.hours


# ---- out and in again ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", [EXAMPLE, DEMO])
def test_export_comes_back_unchanged(path: Path) -> None:
    directory = load(path)
    assert parse(write(directory)) == directory
    assert write(parse(write(directory))) == write(directory)


def test_notes_with_every_kind_of_mark_come_back() -> None:
    notes = 'C:\\new\n"""\n\ttab \\\n\n\'\'\' ende"\n'
    directory = parse(SMALL)
    directory = replace(directory, clients=(replace(directory.clients[0], notes=notes),))
    assert parse(write(directory)) == directory


def test_import_is_idempotent_and_keeps_what_was_discovered() -> None:
    first = parse(SMALL)
    found = replace(first.calendars[0], href="https://calendar.example.org/dav/muster/t/")
    office = replace(first.office, id=uuid4())
    client = replace(first.clients[0], id=uuid4(), colour=7)
    known = replace(
        first,
        office=office,
        clients=(client,),
        calendars=(replace(found, client_id=client.id, id=uuid4()),),
        workstation=replace(first.workstation, id=uuid4(), name="Empfang"),
    )
    assert parse(SMALL, known) == known
    assert parse(write(known), known) == known


def test_a_calendar_may_be_named_by_its_address() -> None:
    url = "https://calendar.example.org/dav/muster/t/"
    by_url = changed('name = "Termine"', f'url = "{url}"')
    directory = parse(by_url)
    assert directory.calendars[0].href == url
    assert parse(by_url, directory) == directory
    named = replace(directory.calendars[0], name="Termine")
    again = parse(changed('name = "Termine"', f'name = "Termine"\nurl = "{url}"'), directory)
    assert again.calendars == (named,)


def test_new_things_have_other_ids_in_another_office() -> None:
    """The ids are also the entries of the keyring, which two data directories share."""
    first = parse(SMALL)
    empty = replace(
        first, office=replace(first.office, id=uuid4()), clients=(), accounts=(), calendars=()
    )
    other = parse(SMALL, empty)
    assert other.accounts[0].id != first.accounts[0].id
    assert parse(SMALL, empty) == other


def test_colours_left_open_do_not_clash_and_stay() -> None:
    more = SMALL + '\n[[client]]\nkey = "b"\nname = "B"\nnumbers = []\ngreeting = "B"\n'
    directory = parse(more)
    assert [client.colour for client in directory.clients] == [0, 1]
    known = replace(directory, clients=(replace(directory.clients[0], colour=5),))
    assert [client.colour for client in parse(more, known).clients] == [5, 0]


def test_an_account_that_only_the_store_knows_can_be_named() -> None:
    known = parse(SMALL)
    start, end = SMALL.index("[[calendar_account]]"), SMALL.index("[[client]]")
    directory = parse(SMALL[:start] + SMALL[end:], known)
    assert directory.calendars[0].account_id == known.accounts[0].id


def test_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert load(path) == parse(SMALL)


def test_what_is_written_holds_no_id() -> None:
    directory = load(DEMO)
    text = write(directory)
    for one in (*directory.clients, *directory.accounts, *directory.lines):
        assert str(one.id) not in text
    assert tomllib.loads(text)["format"] == 1
    assert text.startswith("#")


def test_a_number_that_no_machine_can_hold() -> None:
    with pytest.raises(WrongFile, match="out of range"):
        parse("format = 1e99999999999999999999")
