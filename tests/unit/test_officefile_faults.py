"""Every fault of an office file names line and key and says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from receptionist import i18n, officefile
from receptionist.errors import WrongFile
from receptionist.model.office import Directory
from receptionist.officefile import load, parse, write
from receptionist.paths import resources

SMALL = (Path(__file__).parents[1] / "data" / "small-office.toml").read_text("utf-8")


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
    (NUMBER, 'numbers = ["0171 392OO 01"]', 18, "client.practice.numbers[1]", "not a telephone"),
    (NUMBER, 'numbers = ["++49 30 23125101"]', 18, "client.practice.numbers[1]", "not a telephone"),
    (NUMBER, f'numbers = ["030{"1" * 16}"]', 18, "client.practice.numbers[1]", "not a telephone"),
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
    (GREETING, GREETING + "\nhorizon_days = 0", 20, "practice.horizon_days", "between 1 and 365"),
    (GREETING, GREETING + '\nholidays = "DE-BA"', 20, "practice.holidays", "Did you mean “DE-"),
    (GREETING, GREETING + '\nholidays = "Bayern"', 20, "practice.holidays", "for example “DE-BY”"),
    (GREETING, GREETING + '\ntitle = "{calller}"', 20, "practice.title", "{caller}"),
    (GREETING, GREETING + '\ntitle = "{kind"', 20, "practice.title", "brace is left over"),
    (GREETING, GREETING + "\nalarm_minutes = -1", 20, "practice.alarm_minutes", "between 0 and"),
    (GREETING, GREETING + '\ncancellation = "keep"', 20, "practice.cancellation", "delete, mark"),
    (GREETING, GREETING + "\ntells_callers = 1", 20, "practice.tells_callers", "true or false"),
    (GREETING, GREETING + "\ndaily_limits = 1", 20, "practice.daily_limits", "“daily_limit”?"),
    (HOURS, HOURS + "\n[client.words]\naway = [' ']", 24, "practice.words.away[1]", "empty"),
    (HOURS, HOURS + "\n[client.words]\naway = ['–']", 24, "practice.words.away[1]", "empty"),
    (HOURS, HOURS + "\n[client.words]\nbusy = ['x']", 24, "practice.words.busy", "reachable"),
    (
        HOURS,
        HOURS + "\n[client.words]\naway = ['Weg']\nreachable = ['da',\n'WEG']",
        26,
        "practice.words.reachable[2]",
        "“WEG” stands here twice",
    ),
    (HOURS, HOURS + '\n[[client.exception]]\nname = "x"', 23, "exception[1]", "“first” is missing"),
    (
        HOURS,
        HOURS + '\n[[client.exception]]\nfirst = "2027-01-01"',
        24,
        "client.practice.exception[1].first",
        "a date without quotes, such as",
    ),
    (
        HOURS,
        HOURS + "\n[[client.exception]]\nfirst = 2027-01-01T10:00:00",
        24,
        "client.practice.exception[1].first",
        "a date without quotes, such as",
    ),
    (
        HOURS,
        HOURS + "\n[[client.exception]]\nfirst = 2027-01-02\nlast = 2027-01-01",
        25,
        "client.practice.exception[1].last",
        "Exchange the two",
    ),
    (
        HOURS,
        HOURS + '\n[[client.exception]]\nfirst = 2027-01-02\nhours = ["8-9"]',
        25,
        "client.practice.exception[1].hours[1]",
        "08:00-12:30",
    ),
    (
        HOURS,
        HOURS + '\n[[client.travel]]\npostcode = "D-8"\nminutes = 1',
        24,
        "client.practice.travel[1].postcode",
        "one to five digits",
    ),
    (HOURS, HOURS + '\n[[client.travel]]\npostcode = "8"', 23, "travel[1]", "“minutes” is missing"),
    (
        HOURS,
        HOURS + 2 * '\n[[client.travel]]\npostcode = "8"\nminutes = 1',
        27,
        "client.practice.travel[2].postcode",
        "already (line 23)",
    ),
    (
        HOURS,
        HOURS + 2 * '\n[[client.staff]]\nkey = "max"\nname = "Max"',
        27,
        "client.practice.staff.max.key",
        "already (line 23)",
    ),
    (
        HOURS,
        HOURS + '\n[[client.staff]]\nkey = "max"\nname = "Max"\nhours = { monday = ["8-9"] }',
        26,
        "client.practice.staff.max.hours.monday[1]",
        "08:00-12:30",
    ),
    ('name = "Termine"', 'name = "Termine"\nstaff = "max"', 27, "calendar[1].staff", "key “max”"),
    ('name = "Termine"', 'name = "Termine"\nuse = "todo"', 27, "calendar[1].use", "tasks"),
    (
        'name = "Termine"',
        '[[client.calendar]]\naccount = "practice"\nuse = "tasks"',
        27,
        "client.practice.calendar[2].account",
        "Give each one its name",
    ),
    (MINUTES, MINUTES + "\nat_caller = 1", 32, "kind.check-up.at_caller", "true or false"),
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
        ('"office"', '"office"\ntransport = "sctp"', "line.main.transport", "udp, tcp, tls"),
        ('"office"', '"office"\nsrtp = "required"', "line.main.srtp", "choose “tls”"),
        ('"office"', '"office"\nsrtp = "yes"', "line.main.srtp", "off, preferred, required"),
        ('"office"', '"office"\nidentity = "to"', "line.main.identity", "none, from, asserted"),
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
        load(resources("templates", "office.toml"))


def test_the_message_is_what_a_person_reads() -> None:
    with pytest.raises(WrongFile) as caught:
        parse(changed(MINUTES, "minutes = 0"))
    assert str(caught.value) == (
        "Line 31, client.practice.kind.check-up.minutes: This must lie between 1 and 1440."
    )
    assert caught.value.line == 31
    assert caught.value.key == "client.practice.kind.check-up.minutes"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_time_zone_is_suggested_as_it_is_written(language: str) -> None:
    before = i18n.language()
    i18n.choose(language)
    try:
        message = only_fault(changed(GREETING, GREETING + '\nzone = "America/NewYork"'))[2]
    finally:
        i18n.choose(before)
    assert "America/New_York" in message
