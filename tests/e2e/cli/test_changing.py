"""`hold`, `move`, `change`, `cancel`, `restore`: what then stands on a real server."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.e2e.cli.conftest import PASSWORDS, Program, Ran, Server, objects
from tests.e2e.cli.test_booking import book, free, put_event

HOUR = timedelta(hours=1)


def later(start: str, by: timedelta = 2 * HOUR) -> str:
    return (datetime.fromisoformat(start) + by).isoformat()


def said(program: Program, command: str, appointment: Any, *arguments: str) -> Ran:
    """A command about an appointment."""
    wish = (f"--id={appointment['id']}", "--json", "--passwords-stdin", *arguments)
    return program(command, *wish, stdin=PASSWORDS)


def stands(radicale: Server) -> list[str]:
    """The objects in the owner's calendar, unfolded."""
    found = (radicale.owner.get(href) or "" for href in objects(radicale))
    return [text.replace("\r\n ", "") for text in found]


def test_the_life_of_an_appointment(open_office: Program, radicale: Server) -> None:
    start = free(open_office, "--count=1")[0]
    booked = book(open_office, start).json

    moved = said(open_office, "move", booked, f"--start={later(start)}")
    assert (moved.code, moved.json["state"], moved.json["start"]) == (0, "confirmed", later(start))
    changed = said(open_office, "change", booked, "--name=Max Beispiel", "--note=Hinterhaus")
    assert changed.code == 0, changed.err
    assert changed.json["summary"] == "Besichtigung: Max Beispiel"
    (text,) = stands(radicale)
    assert "SUMMARY:Besichtigung: Max Beispiel" in text
    assert "SEQUENCE:2" in text
    assert "Hinterhaus" in text

    off = said(open_office, "cancel", booked)
    assert (off.code, off.json["state"]) == (0, "cancelled")
    assert objects(radicale) == []
    assert said(open_office, "cancel", booked).code == 2

    new = said(open_office, "restore", booked)
    assert (new.code, new.json["state"], new.json["start"]) == (0, "confirmed", later(start))
    assert new.json["restores"] == booked["id"]
    (text,) = stands(radicale)
    assert f"UID:{new.json['uid']}" in text
    assert new.json["uid"] != booked["uid"]

    listed = open_office("appointments", "--client=maler", "--json").json["appointments"]
    assert {one["id"]: one["state"] for one in listed} == {
        booked["id"]: "cancelled",
        new.json["id"]: "confirmed",
    }
    assert "cancelled" in open_office("appointments", "--client=maler").out


def test_a_move_to_where_the_owner_is_busy_changes_nothing(
    open_office: Program, radicale: Server
) -> None:
    start = free(open_office, "--count=1")[0]
    booked = book(open_office, start).json
    put_event(radicale, later(start))
    before = [text for text in stands(radicale) if "Erika" in text]
    refused = said(open_office, "move", booked, f"--start={later(start)}")
    assert (refused.code, refused.json["refused"]) == (4, True)
    assert refused.json["reason"] == "owner-was-first"
    assert (refused.json["start"], refused.json["state"]) == (start, "confirmed")
    assert [text for text in stands(radicale) if "Erika" in text] == before


def test_what_is_held_is_booked_by_the_next_command(open_office: Program, radicale: Server) -> None:
    start = free(open_office, "--count=1")[0]
    wish = ("--client=maler", "--kind=besichtigung", f"--start={start}", "--json")
    held = open_office("hold", *wish)
    assert (held.code, held.json["state"]) == (0, "hold"), held.err
    assert held.json["held_until"]
    assert book(open_office, start).json["reason"] == "slot-taken"
    booked = book(open_office, start, f"--hold={held.json['id']}")
    assert (booked.code, booked.json["id"]) == (0, held.json["id"])
    assert len(objects(radicale)) == 1
    assert open_office("release", f"--id={held.json['id']}", "--json").code == 2


def test_what_is_held_is_given_up(open_office: Program) -> None:
    start = free(open_office, "--count=1")[0]
    wish = ("--client=maler", "--kind=besichtigung", f"--start={start}", "--json")
    held = open_office("hold", *wish).json
    assert start not in free(open_office)
    assert open_office("release", f"--id={held['id']}", "--json").json["state"] == "withdrawn"
    assert start in free(open_office)


def test_a_series_is_booked_and_its_rest_called_off(open_office: Program, radicale: Server) -> None:
    start = free(open_office, "--count=1")[0]
    assert book(open_office, start, "--times=3", "--every-days=7").code == 0
    listed = open_office("appointments", "--client=maler", "--json").json["appointments"]
    assert len({one["series"] for one in listed}) == 1
    done = open_office("sync", "--json", "--passwords-stdin", stdin=PASSWORDS)
    assert (done.json["waiting"], len(objects(radicale))) == (0, 3)
    assert said(open_office, "cancel", listed[1], "--series").code == 0
    open_office("sync", "--json", "--passwords-stdin", stdin=PASSWORDS)
    assert len(objects(radicale)) == 1


def test_a_wish_that_is_wrong_changes_nothing(open_office: Program) -> None:
    booked = book(open_office, free(open_office, "--count=1")[0], "--no-wait").json
    stranger = {"id": "00000000-0000-4000-8000-000000000000"}
    for command, about, arguments in (
        ("move", booked, ()),
        ("move", booked, ("--start=morgen",)),
        ("move", booked, ("--start=2020-01-01T09:00",)),
        ("move", booked, ("--staff=niemand",)),
        ("change", booked, ()),
        ("change", booked, ("--phone=ruf an",)),
        ("change", booked, ("--email=niemand",)),
        ("restore", booked, ()),
        ("cancel", stranger, ()),
        ("cancel", {"id": "eins"}, ()),
    ):
        ran = said(open_office, command, about, *arguments)
        assert ran.code in (1, 2), (command, arguments)
        assert ran.json["error"], (command, arguments)
    (known,) = open_office("appointments", "--client=maler", "--json").json["appointments"]
    assert {name: known[name] for name in booked} | {"state": "", "reason": ""} == booked | {
        "state": "",
        "reason": "",
    }
