"""`slots`, `book`, `appointments`, `sync`: exit codes, and what then stands on the server."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.e2e.cli.conftest import PASSWORDS, Program, Ran, Server, objects

SLOTS = ("slots", "--client=maler", "--kind=besichtigung", "--json", "--passwords-stdin")
BOOK = ("book", "--client=maler", "--kind=besichtigung", "--json", "--passwords-stdin")

EVENT = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:own-event
DTSTAMP:20260101T000000Z
DTSTART:{start}
DTEND:{end}
SUMMARY:Eigener Termin
END:VEVENT
END:VCALENDAR
"""


def from_tomorrow() -> str:
    """The option that leaves out what is left of today."""
    day = datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(days=1)
    return f"--from={day.date().isoformat()}T08:00"


def free(program: Program, *arguments: str) -> list[str]:
    """The starts of the next slots, by default of tomorrow's: there is a whole day behind them."""
    ran = program(*SLOTS, from_tomorrow(), *arguments, stdin=PASSWORDS)
    assert ran.code == 0, ran.err
    return [slot["start"] for slot in ran.json["slots"]]


def book(program: Program, start: str, *arguments: str, stdin: str = PASSWORDS) -> Ran:
    return program(*BOOK, f"--start={start}", "--name=Erika Muster", *arguments, stdin=stdin)


def put_event(radicale: Server, start: str) -> None:
    """The owner puts something of his own over an hour."""
    begin = datetime.fromisoformat(start)
    utc = [moment.astimezone(tz=None) for moment in (begin, begin + timedelta(hours=1))]
    form = "%Y%m%dT%H%M%SZ"
    text = EVENT.format(start=utc[0].strftime(form), end=utc[1].strftime(form))
    radicale.owner.put(f"{radicale.home}termine/own-event.ics", text)


def test_a_booking_stands_in_the_owners_calendar(open_office: Program, radicale: Server) -> None:
    start = free(open_office)[0]
    ran = book(open_office, start, "--phone=0221 4710 134", "--note=Zweiter Stock\nlinks")
    assert ran.code == 0, ran.err
    assert (ran.json["state"], ran.json["start"]) == ("confirmed", start)
    text = radicale.owner.get(ran.json["url"])
    assert text is not None
    assert "SUMMARY:Besichtigung: Erika Muster" in text
    assert "+492214710134" in text.replace("\r\n ", "").replace(" ", "")
    (known,) = open_office("appointments", "--client=maler", "--json").json["appointments"]
    assert (known["uid"], known["state"]) == (ran.json["uid"], "confirmed")
    assert start not in free(open_office)


def test_slots_begin_where_they_are_asked_for(open_office: Program) -> None:
    day = free(open_office, "--count=1")[0][:10]
    later = (datetime.fromisoformat(day) + timedelta(days=9)).date().isoformat()
    starts = free(open_office, f"--from={later}T13:07", "--count=3")
    assert [start[:16] for start in starts] == [f"{later}T{hour}:15" for hour in (13, 14, 15)]


def test_what_the_owner_has_put_there_is_not_offered(
    open_office: Program, radicale: Server
) -> None:
    start = free(open_office, "--count=1")[0]
    put_event(radicale, start)
    assert start not in free(open_office)


def test_the_owner_was_first(open_office: Program, radicale: Server) -> None:
    start = free(open_office, "--count=1")[0]
    put_event(radicale, start)
    ran = book(open_office, start)
    assert (ran.code, ran.json["state"]) == (4, "conflict")
    assert ran.json["reason"] in ("owner-was-first", "slot-taken")
    assert objects(radicale) == ["/erika/termine/own-event.ics"]


def test_the_same_time_twice(open_office: Program, radicale: Server) -> None:
    start = free(open_office, "--count=1")[0]
    assert book(open_office, start).code == 0
    again = book(open_office, start)
    assert (again.code, again.json["reason"]) == (4, "slot-taken")
    assert len(objects(radicale)) == 1


def test_a_server_that_is_down_delays_and_sync_makes_good(
    open_office: Program, radicale: Server
) -> None:
    start = free(open_office, "--count=1")[0]
    radicale.stop()
    ran = book(open_office, start, "--wait-seconds=3600")
    assert (ran.code, ran.json["state"]) == (3, "delayed")
    assert ran.json["reason"] == "nothing-listens"
    down = open_office("sync", "--json", "--passwords-stdin", stdin=PASSWORDS)
    assert (down.code, down.json["waiting"]) == (3, 1)
    radicale.start()
    up = open_office("sync", "--json", "--passwords-stdin", stdin=PASSWORDS)
    assert (up.code, up.json["waiting"]) == (0, 0)
    assert [one["state"] for one in up.json["appointments"]] == ["confirmed"]
    assert len(objects(radicale)) == 1


@pytest.mark.parametrize(
    ("stdin", "reason"), [("", "password-missing"), ("maler falsch\n", "password-refused")]
)
def test_without_the_right_password_the_booking_waits(
    open_office: Program, stdin: str, reason: str
) -> None:
    start = free(open_office, "--count=1")[0]
    ran = book(open_office, start, stdin=stdin)
    assert (ran.code, ran.json["reason"]) == (3, reason)


WRONG: list[tuple[dict[str, str], str]] = [
    ({"--client": "niemand"}, ""),
    ({"--kind": "unbekannt"}, ""),
    ({"--start": "morgen"}, "start"),
    ({"--start": "2027-03-28T02:30"}, "start"),
    ({"--start": "2020-01-01T09:00"}, "start"),
    ({"--name": "   "}, "caller_name"),
    ({"--phone": "ruf mich an"}, "phone"),
]


def test_a_wrong_wish_books_nothing_and_names_its_key(open_office: Program) -> None:
    usual = {
        "--client": "maler",
        "--kind": "besichtigung",
        "--start": "2027-01-12T09:00",
        "--name": "Erika Muster",
    }
    for change, key in WRONG:
        wish = usual | change
        ran = open_office("book", "--json", *(f"{name}={value}" for name, value in wish.items()))
        assert (ran.code, ran.json.get("key", "")) == (2, key), change
        assert ran.json["error"], change
    listed = open_office("appointments", "--client=maler", "--from=2020-01-01", "--json")
    assert listed.json["appointments"] == []


def test_not_waiting_is_booked_all_the_same(open_office: Program, radicale: Server) -> None:
    start = free(open_office, "--count=1")[0]
    ran = book(open_office, start, "--no-wait")
    assert (ran.code, ran.json["state"]) == (0, "booked")
    done = open_office("sync", "--json", "--passwords-stdin", stdin=PASSWORDS)
    assert (done.code, done.json["waiting"]) == (0, 0)
    assert len(objects(radicale)) == 1


def test_a_calendar_of_another_name_is_told(
    program: Program, office: str, radicale: Server
) -> None:
    program("import", "-", stdin=office.replace('name = "Termine"', 'name = "Anderer"'))
    ran = program("sync", "--json", "--passwords-stdin", stdin=PASSWORDS)
    assert ran.code == 1
    assert ran.json["calendars"][0]["reason"] == "calendar-gone"
