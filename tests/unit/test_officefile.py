"""The office file: what it means, every fault with line and key, and the way out and in again."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import time
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist import officefile
from receptionist.errors import WrongFile
from receptionist.model.client import BookableHours
from receptionist.model.office import Directory
from receptionist.officefile import load, parse, write
from receptionist.paths import resources

EXAMPLE = resources("templates", "office.toml")
DEMO = resources("templates", "demo-office.toml")

SMALL = """\
format = 1

[office]
name = "Büroservice Muster"
greeting = "{client}, {time_of_day}, {receptionist}."

[receptionist]
name = "Erika Muster"

[[calendar_account]]
key = "practice"
url = "https://calendar.example.org/dav/"
user = "muster"

[[client]]
key = "practice"
name = "Praxis Muster"
numbers = ["030 23125 101"]
greeting = "Praxis Muster, {time_of_day}."

[client.hours]
monday = ["13:00-16:30", "08:00 – 12:00"]

[[client.calendar]]
account = "practice"
name = "Termine"

[[client.kind]]
key = "check-up"
name = "Kontrolle"
minutes = 30
"""


def faults(text: str, known: Directory | None = None) -> list[tuple[int | None, str, str]]:
    with pytest.raises(WrongFile) as caught:
        parse(text, known)
    assert str(caught.value)
    return [(fault.line, fault.key, str(fault)) for fault in caught.value.faults]


def only_fault(text: str, known: Directory | None = None) -> tuple[int | None, str, str]:
    found = faults(text, known)
    assert len(found) == 1, found
    return found[0]


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


# ---- faults -------------------------------------------------------------------------------------

NUMBER = 'numbers = ["030 23125 101"]'
GREETING = 'greeting = "Praxis Muster, {time_of_day}."'
HOURS = 'monday = ["13:00-16:30", "08:00 – 12:00"]'
URL = 'url = "https://calendar.example.org/dav/"'
MINUTES = "minutes = 30"
CLIENT_NAME = 'name = "Praxis Muster"'
FAULTY = [
    ("format = 1", "format = 2", 1, "format", "newer version"),
    ("format = 1", 'format = "1"', 1, "format", "without quotes"),
    ("format = 1", "format = true", 1, "format", "without quotes"),
    ("format = 1\n", "\n", None, "", "“format” is missing"),
    ('name = "Erika Muster"', "", 7, "receptionist", "“name” is missing"),
    ('name = "Büroservice Muster"', 'name = " "', 4, "office.name", "empty"),
    ('name = "Büroservice Muster"', 'nmae = "B"\nname = "B"', 4, "office.nmae", "mean “name”"),
    (CLIENT_NAME, "name = 5", 17, "client.practice.name", "in quotes"),
    (CLIENT_NAME, 'name = "a\\u0007b"', 17, "client.practice.name", "U+0007"),
    (CLIENT_NAME, 'name = "a\\nb"', 17, "client.practice.name", "U+000A"),
    (CLIENT_NAME, 'name = "a\u202eb"', 17, "client.practice.name", "U+202E"),
    (CLIENT_NAME, f'name = "{"a" * 201}"', 17, "client.practice.name", "201"),
    (CLIENT_NAME, CLIENT_NAME + "\nfoo = 1", 18, "client.practice.foo", "Possible are: key,"),
    (GREETING, 'greeting = "{clint}"', 19, "client.practice.greeting", "{client}"),
    (GREETING, 'greeting = "{client.x!r}"', 19, "client.practice.greeting", "no placeholder"),
    (GREETING, 'greeting = "{client"', 19, "client.practice.greeting", "brace is left over"),
    (GREETING, GREETING + '\nlanguage = "fr"', 20, "client.practice.language", "de, en"),
    (GREETING, GREETING + "\ncolour = 12", 20, "client.practice.colour", "0 to 11"),
    (GREETING, GREETING + "\ncolour = true", 20, "client.practice.colour", "0 to 11"),
    (GREETING, GREETING + '\ncolour = "gren"', 20, "client.practice.colour", "mean “green”"),
    (GREETING, GREETING + '\nzone = "Berlin"', 20, "client.practice.zone", "Europe/Berlin"),
    (GREETING, GREETING + '\nzone = "../../etc/passwd"', 20, "client.practice.zone", "time zone"),
    (GREETING, GREETING + '\nall_day_events = "no"', 20, "client.practice.all_day_events", "busy"),
    (
        GREETING,
        GREETING + "\nminimum_notice_minutes = -1",
        20,
        "client.practice.minimum_notice_minutes",
        "between 0 and",
    ),
    (NUMBER, 'numbers = ["030 23125 101", "+49 30 23125-101"]', 18, "numbers[2]", "already"),
    (NUMBER, 'numbers = [""]', 18, "client.practice.numbers[1]", "Write a telephone number"),
    (NUMBER, 'numbers = ["+49 3"]', 18, "client.practice.numbers[1]", "too few"),
    (NUMBER, 'numbers = ["sip:a@example.org"]', 18, "client.practice.numbers[1]", "number alone"),
    (NUMBER, "numbers = [4930]", 18, "client.practice.numbers[1]", "in quotes"),
    (NUMBER, 'numbers = "030"', 18, "client.practice.numbers", "list"),
    (NUMBER, "numbers = [\n  '12',\n  '''a\tb''',\n]", 20, "numbers[2]", "U+0009"),
    (HOURS, 'monday = ["8-12"]', 22, "client.practice.hours.monday[1]", "08:00-12:30"),
    (HOURS, 'monday = ["12:00-08:00"]', 22, "hours.monday[1]", "before it begins"),
    (HOURS, 'monday = ["08:00-08:00"]', 22, "hours.monday[1]", "before it begins"),
    (HOURS, 'monday = ["08:00-24:00"]', 22, "hours.monday[1]", "23:59"),
    (HOURS, 'monday = ["08:00-12:00", "11:59-13:00"]', 22, "hours.monday[2]", "overlaps"),
    (HOURS, 'montag = ["08:00-12:00"]', 22, "client.practice.hours.montag", "mean “monday”"),
    (HOURS, "monday = [[]]", 22, "client.practice.hours.monday[1]", "quotes"),
    (URL, 'url = "http://calendar.example.org/"', 12, "calendar_account.practice.url", "https://"),
    (URL, 'url = "ftp://calendar.example.org/"', 12, "calendar_account.practice.url", "address"),
    (URL, 'url = "calendar.example.org"', 12, "calendar_account.practice.url", "address"),
    (URL, 'url = "https://"', 12, "calendar_account.practice.url", "address"),
    (URL, 'url = "https://a:99999/"', 12, "calendar_account.practice.url", "address"),
    (URL, 'url = "https://[::1/"', 12, "calendar_account.practice.url", "address"),
    (URL, 'url = "https://a b/"', 12, "calendar_account.practice.url", "address"),
    (URL, 'url = "https://a/?b"', 12, "calendar_account.practice.url", "without “?”"),
    (URL, 'url = "http://127.0.0.1.example.org/"', 12, "calendar_account.practice.url", "https://"),
    ('user = "muster"', "", 10, "calendar_account.practice", "“user” is missing"),
    ('account = "practice"', 'account = "praxis"', 25, "calendar[1].account", "[[calendar_acc"),
    ('account = "practice"', "", 24, "client.practice.calendar[1]", "missing"),
    (
        'name = "Termine"',
        'name = "T"\nurl = "https://other.example.org/t/"',
        27,
        "client.practice.calendar[1].url",
        "server of its account",
    ),
    (MINUTES, "minutes = 0", 31, "client.practice.kind.check-up.minutes", "between 1 and 1440"),
    (MINUTES, "minutes = 30.0", 31, "client.practice.kind.check-up.minutes", "whole number"),
    (MINUTES, "", 28, "client.practice.kind.check-up", "“minutes” is missing"),
    (MINUTES, MINUTES + "\nbuffer_after = 9999", 32, "kind.check-up.buffer_after", "between"),
    ('key = "check-up"', 'key = "Check up"', 29, "client.practice.kind[1].key", "small letters"),
    ("[client.hours]", "[[client.hours]]", 21, "client.practice.hours", "[client.hours]"),
    ("[[client.kind]]", "[client.kind]", 28, "client.practice.kind", "[[client.kind]]"),
    ("[receptionist]", "[[receptionist]]", 7, "receptionist", "[receptionist]"),
]


@pytest.mark.parametrize(("old", "new", "line", "key", "sentence"), FAULTY)
def test_a_fault_names_line_and_key_and_says_what_to_do(
    old: str, new: str, line: int | None, key: str, sentence: str
) -> None:
    found = faults(changed(old, new))
    assert (line, True, True) in [(f[0], f[1].endswith(key), sentence in f[2]) for f in found], (
        found
    )


@pytest.mark.parametrize(
    "line",
    [
        'password = "correct horse"',
        'Passwort = "correct horse"',
        'sip_secret = "correct horse"',
        'pin = "correct horse"',
        'auth_token = "correct horse"',
    ],
)
@pytest.mark.parametrize("place", ["[receptionist]\n", "[[calendar_account]]\n", "format = 1\n"])
def test_passwords_are_refused_and_never_repeated(place: str, line: str) -> None:
    with pytest.raises(WrongFile) as caught:
        parse(changed(place, f"{place}{line}\n"))
    assert "“passwd”" in str(caught.value)
    assert "correct horse" not in str(caught.value)


def test_a_password_in_an_address_is_refused_and_never_repeated() -> None:
    line, key, message = only_fault(
        changed("https://calendar", "https://muster:correcthorse@calendar")
    )
    assert (line, key) == (12, "calendar_account.practice.url")
    assert "passwd" in message
    assert "correcthorse" not in message


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:5232/", "http://localhost/", "http://[::1]:80/", "https://ä.example/"]
)
def test_plain_http_is_for_this_machine(url: str) -> None:
    assert parse(changed(URL, f'url = "{url}"')).accounts[0].url == url


LINE = """
[[line]]
key = "main"
registrar = "sip.example.org"
user = "office"
"""


@pytest.mark.parametrize(
    ("old", "new", "key", "sentence"),
    [
        ('"sip.example.org"', '"sip:sip.example.org"', "line.main.registrar", "no host"),
        ('"sip.example.org"', '"sip.example.org:0"', "line.main.registrar", "no host"),
        ('"sip.example.org"', '"sip.example.org:70000"', "line.main.registrar", "no host"),
        ('"office"', '"office@sip.example.org"', "line.main.user", "before the “@”"),
        ('user = "office"', "", "line.main", "“user” is missing"),
        ('"office"', '"office"\ntransport = "tls"', "line.main.transport", "udp, tcp"),
        ('"office"', '"office"\nregister = "no"', "line.main.register", "without quotes"),
        ('"office"', '"office"\nproxy = "a b"', "line.main.proxy", "no host"),
    ],
)
def test_faults_of_lines(old: str, new: str, key: str, sentence: str) -> None:
    _line, found, message = only_fault(SMALL + LINE.replace(old, new))
    assert found == key
    assert sentence in message


def test_a_trunk_without_registration_needs_no_user() -> None:
    trunk = SMALL + LINE.replace('user = "office"', "register = false")
    (line,) = parse(trunk).lines
    assert not line.register
    assert line.name == "main"
    assert parse(write(parse(trunk))) == parse(trunk)


@pytest.mark.parametrize("host", ["192.0.2.1:5060", "[2001:db8::1]:5061", "pbx", "sip.ä.example"])
def test_hosts(host: str) -> None:
    assert parse(SMALL + LINE.replace("sip.example.org", host)).lines[0].registrar == host


OTHER = """
[[client]]
key = "other"
name = "Werkstatt"
numbers = ["+49 221 4710 134"]
greeting = "Werkstatt"
"""


def test_a_number_of_two_clients_names_the_first() -> None:
    text = SMALL + OTHER.replace("+49 221 4710 134", "0049-30-23125101")
    line, key, message = only_fault(text)
    assert (line, key) == (36, "client.other.numbers[1]")
    assert "“practice” already (line 15)" in message


def test_a_number_of_a_client_that_only_the_store_knows() -> None:
    known = parse(SMALL + OTHER)
    mine = SMALL.replace("030 23125 101", "0221 4710134")
    _line, key, message = only_fault(mine, known)
    assert key == "client.practice.numbers[1]"
    assert "“other” already" in message
    moved = mine + OTHER.replace("+49 221 4710 134", "030 23125 101")
    assert parse(moved, known).clients[1].dialled == ("+493023125101",)


def test_a_key_twice() -> None:
    text = SMALL + OTHER.replace('"other"', '"practice"')
    line, key, message = only_fault(text)
    assert (line, key) == (34, "client.practice.key")
    assert "(line 15)" in message


def test_the_same_calendar_twice() -> None:
    twice = '[[client.calendar]]\naccount = "practice"\nname = "Termine"\n'
    assert "twice" in only_fault(changed(twice, twice + "\n" + twice))[2]


def test_every_fault_at_once_in_the_order_of_the_file() -> None:
    text = changed(MINUTES, "minutes = 0").replace(HOURS, "monday = [1]").replace(URL, "url = 1")
    found = faults(text)
    assert [line for line, _key, _message in found] == [12, 22, 31]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('format = 1\n[office]\nname = "x\n', 3),
        ("format = 1\nformat = 1\n", 2),
        ("format = 1\n[office]\n[office]\n", 3),
        ("format: 1", 1),
        ("format = 1\nname = 'a\x00b'", 2),
        ("[", None),
        ("a = " + "[" * 100_000, None),
        ("a = " + "9" * 10_000, None),
    ],
)
def test_what_is_no_toml(text: str, line: int | None) -> None:
    found, _key, message = only_fault(text)
    assert found == line
    assert message


def test_an_empty_file_and_one_of_something_else() -> None:
    assert faults("")[0][2].startswith("“format” is missing")
    assert faults("title = 1")[0][2].startswith("“format” is missing")


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes(SMALL.encode("latin-1", "replace"))
    for path, sentence in (
        (tmp_path / "missing.toml", "cannot be opened"),
        (tmp_path, "cannot be opened"),
        (latin, "UTF-8"),
    ):
        with pytest.raises(WrongFile, match=sentence):
            load(path)
    with pytest.raises(WrongFile, match="Line 4"):
        load(latin)
    monkeypatch.setattr(officefile, "_LIMIT", 10)
    with pytest.raises(WrongFile, match="16 MiB"):
        load(EXAMPLE)


def test_the_message_is_what_a_person_reads() -> None:
    with pytest.raises(WrongFile) as caught:
        parse(changed(MINUTES, "minutes = 0"))
    assert str(caught.value) == (
        "Line 31, client.practice.kind.check-up.minutes: This must lie between 1 and 1440."
    )
    assert caught.value.line == 31
    assert caught.value.key == "client.practice.kind.check-up.minutes"


def test_what_is_written_holds_no_id() -> None:
    directory = load(DEMO)
    text = write(directory)
    for one in (*directory.clients, *directory.accounts, *directory.lines):
        assert str(one.id) not in text
    assert tomllib.loads(text)["format"] == 1
    assert text.startswith("#")
