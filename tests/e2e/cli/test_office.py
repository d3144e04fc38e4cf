"""`import`, `export`, `clients`, `passwd`: what comes in, what goes out, what changes nothing."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist.model.call import Call, Caller, CallState, Direction, Segment
from receptionist.model.editing import Part
from receptionist.store import open_store
from tests.e2e.cli.conftest import CEILING_S, NUMBER, PASSWORDS, Program, environment


def test_an_office_goes_in_and_comes_out_the_same(program: Program, office: str) -> None:
    ran = program("import", "-", "--json", stdin=office)
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["clients"] == ["maler"]
    assert ran.json["passwords_for"] == ["maler"]
    first = program("export")
    again = program("import", "-", stdin=first.out)
    assert (again.code, program("export").out) == (0, first.out)
    assert PASSWORDS.split(maxsplit=1)[1].strip() not in first.out


def test_an_empty_office_goes_out_and_in(program: Program) -> None:
    empty = program("export")
    ran = program("import", "-", "--json", stdin=empty.out)
    assert (ran.code, ran.json["clients"]) == (0, [])
    assert program("export").out == empty.out


def test_what_was_removed_comes_back_with_its_journal_by_an_import(
    open_office: Program, office: str
) -> None:
    store = open_store(open_office.data / "receptionist.db")
    there = store.directory()
    (client,) = there.clients
    now = datetime.now(UTC)
    line_id = there.lines[0].id if there.lines else None
    ringing = Segment(state=CallState.RINGING, start=now)
    store.record_call(
        Call(
            id=uuid4(),
            direction=Direction.INCOMING,
            line_id=line_id,
            dialled=NUMBER,
            caller=Caller("+491713920011", "Max Beispiel", False),
            client_id=client.id,
            segments=(ringing,),
        )
    )
    store.editing.remove(Part.CLIENT, client.id, there.receptionist.id, now)
    store.close()
    assert open_office("clients", "--json").json["clients"] == []
    assert "[[client]]" not in open_office("export").out
    (called,) = open_office("journal", "--json").json["calls"]
    assert called["client"] == "maler"
    assert open_office("import", "-", stdin=office).code == 0
    (back,) = open_office("clients", "--json").json["clients"]
    assert (back["key"], back["dialled"]) == ("maler", [NUMBER])
    (called,) = open_office("journal", "--client", "maler", "--json").json["calls"]
    assert called["client"] == "maler"


def test_a_file_is_named_from_where_the_command_was_typed(
    program: Program, office: str, tmp_path: Path
) -> None:
    here = tmp_path / "hier"
    here.mkdir()
    (here / "büro.toml").write_text(office, encoding="utf-8")
    assert program("import", "büro.toml", cwd=here).code == 0
    ran = program("export", "wieder.toml", "--json", cwd=here)
    assert ran.json == {"file": "wieder.toml", "clients": 1}
    assert (here / "wieder.toml").read_text(encoding="utf-8") == program("export").out.rstrip(
        "\n"
    ) + "\n"
    assert sorted(path.name for path in here.iterdir()) == ["büro.toml", "wieder.toml"]


def test_a_wrong_file_names_line_and_key_and_changes_nothing(
    open_office: Program, office: str
) -> None:
    before = open_office("export").out
    wrong = (
        office.replace("minutes = 60", 'minutes = "lang"')
        .replace("Malerbetrieb Muster, {time_of_day}!", "{clinet}, hallo")
        .replace('name = "Malerbetrieb Muster"', 'name = "Neu"')
    )
    ran = open_office("import", "-", "--json", stdin=wrong)
    assert ran.code == 2
    lines = wrong.splitlines()
    told = {(fault["key"], fault["line"]) for fault in ran.json["faults"]}
    assert any("minutes" in key and lines[line - 1].startswith("minutes") for key, line in told)
    assert any("greeting" in key and "{clinet}" in lines[line - 1] for key, line in told)
    assert "clinet" in ran.json["error"]
    assert open_office("export").out == before


def test_nonsense_is_refused_in_a_sentence(program: Program) -> None:
    for content in ("", "not toml at all [", "format = 99\n", "\x00\x01", "[[client]]\nkey = 3\n"):
        ran = program("import", "-", stdin=content)
        assert (ran.code, ran.out) == (2, ""), content
        assert ran.err.strip(), content
    assert program("clients", "--json").json["clients"] == []


def test_a_file_that_is_not_there(program: Program) -> None:
    ran = program("import", "fort.toml")
    assert ran.code == 2
    assert "fort.toml" in ran.err


def test_clients_are_listed_with_what_can_be_booked(open_office: Program) -> None:
    (client,) = open_office("clients", "--json").json["clients"]
    assert (client["key"], client["dialled"]) == ("maler", [NUMBER])
    assert [kind["key"] for kind in client["kinds"]] == ["besichtigung"]
    assert client["greeting"].startswith("Malerbetrieb Muster, ")
    assert "besichtigung" in open_office("clients").out


def test_without_a_keyring_no_password_is_kept_and_nobody_is_left_guessing(
    open_office: Program,
) -> None:
    ran = open_office("passwd", "maler", "--json", stdin="geheim-4711\n")
    assert ran.code == 1
    assert (ran.json["kept"], bool(ran.json["why"])) == (False, True)
    written = b"".join(path.read_bytes() for path in open_office.data.rglob("*") if path.is_file())
    assert b"geheim-4711" not in written
    assert "geheim-4711" not in ran.out + ran.err


def test_a_password_for_nobody(open_office: Program) -> None:
    ran = open_office("passwd", "unbekannt", stdin="geheim\n")
    assert ran.code == 2
    assert "maler" in ran.err


def test_a_directory_that_cannot_be_one(program: Program) -> None:
    program.data.rmdir()
    program.data.write_text("no directory")
    ran = program("clients", "--json")
    assert ran.code == 1
    assert "--data" in ran.json["error"]


def test_a_damaged_database_is_told_in_a_sentence(program: Program) -> None:
    (program.data / "receptionist.db").write_bytes(b"no database at all" * 500)
    ran = program("clients")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="the full device is one of Linux")
def test_an_answer_that_finds_no_room_is_no_traceback(data_directory: Path) -> None:
    command = [sys.executable, "-m", "receptionist", "export", "--data", str(data_directory)]
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, env=environment(), timeout=CEILING_S
        )
    assert ran.returncode == 1
    assert b"cannot be written" in ran.stderr
    assert b"Traceback" not in ran.stderr
