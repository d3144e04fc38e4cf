"""Scripts by command: from the first draft to its approval, and back."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Terminal
from tests.unit.desk import test_scripts as at_the_desk

SCRIPT = """\
format = 1

[[greeting]]
text.de = "{client}, {time_of_day}!"
text.en = "{client}, {time_of_day}!"

[[warning]]
text = "Nie Preise nennen."

[[reason]]
key = "termin"
title = "Termin"

[[reason.action]]
do = "book"
kind = "visit"
"""


def test_a_script_from_its_first_draft_to_its_approval(terminal: Terminal, tmp_path: Path) -> None:
    file, page = tmp_path / "maler.toml", tmp_path / "maler.html"
    assert str(file) in terminal.says("script", "show", "painter", str(file))
    assert 'kind = "visit"' in file.read_text("utf-8")
    assert "visit, note" in terminal.says("script", "check", "painter", str(file))
    file.write_text(SCRIPT, "utf-8")
    words = ("script", "save", "painter", str(file), "--draft", "--why", "Der erste")
    assert terminal.says(*words) == "Version 1 is kept and does not count."
    assert "draft  Der erste" in terminal.says("script", "versions", "painter")
    sent = terminal.type("script", "page", "painter", str(page), "--sent")
    assert sent["payload"]["sent"]
    assert "Nie Preise nennen." in page.read_text("utf-8")
    assert "Write who" in terminal.says("script", "approve", "painter")
    agreed = terminal.says("script", "approve", "painter", "--by", "Herr Muster", "--how", "Brief")
    assert agreed == "Version 1: Herr Muster has agreed."
    assert terminal.says("script", "use", "painter", "--version", "1") == "Version 1 counts now."
    said = terminal.says("script", "versions", "painter")
    assert "counts, approved by Herr Muster" in said
    assert terminal.says("script", "show", "painter") == SCRIPT.rstrip()


def test_an_older_version_comes_back_as_a_new_one(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "maler.toml"
    for text in (SCRIPT, SCRIPT.replace("Nie Preise", "Keine Preise")):
        file.write_text(text, "utf-8")
        terminal.says("script", "save", "painter", str(file))
    assert "Which version" in terminal.says("script", "restore", "painter")
    assert "There are: 1, 2" in terminal.says("script", "restore", "painter", "--version", "7")
    back = terminal.says("script", "restore", "painter", "--version", "1")
    assert back == "Version 3 counts now."
    forms = terminal.type("script", "versions", "painter")["payload"]["versions"]
    assert [(one["version"], one["counts"]) for one in forms] == [
        (3, True),
        (2, False),
        (1, False),
    ]
    assert forms[0]["why"] == "Version 1 once more."


def test_what_is_wrong_is_told_with_its_line(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "maler.toml"
    file.write_text(SCRIPT.replace('"visit"', '"besuch"'), "utf-8")
    for verb in ("check", "save", "try"):
        error = terminal.type("script", verb, "painter", str(file))["error"]
        assert error["faults"][0]["line"] == 16
        assert error["faults"][0]["key"] == "call reason “Termin”, action 1, kind"
    forms = terminal.type("script", "versions", "painter")["payload"]["versions"]
    assert forms == []


def test_a_script_is_tried_before_it_is_saved(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "maler.toml"
    file.write_text(SCRIPT, "utf-8")
    words = ("--at", "2027-01-11T20:00", "--caller", "en")
    said = terminal.says("script", "try", "painter", str(file), *words)
    assert said.splitlines() == [
        "2027-01-11T20:00:00+01:00  Malerbetrieb Muster, good evening!",
        "  ! Nie Preise nennen.",
        "  1. Termin",
    ]
    usual = terminal.says("script", "try", "painter", "--at", "2027-01-11T20:00")
    assert usual.splitlines()[1:] == ["  1. Besichtigung", "  2. Message"]


def test_a_call_goes_through_its_script_by_command(terminal: Terminal) -> None:
    bench = terminal.bench
    at_the_desk.save(bench)
    at_the_desk.talks(bench)
    terminal.says("call", "reason", "notfall")
    terminal.says("call", "note", "name=Erika Muster")
    terminal.says("call", "note", "wasser=n")
    assert "such as" in terminal.says("call", "note", "name")
    assert "no such call reason" in terminal.says("call", "reason", "nichts")
    assert "Message" not in terminal.says("call", "carry-out")
    form = terminal.type("journal")["payload"]["calls"][0]
    assert (form["reason"], form["name"]) == ("notfall", "Erika Muster")
    assert [(one["prompt"], one["value"]) for one in form["answers"]] == [
        ("rueckruf", "+492214710134"),
        ("name", "Erika Muster"),
        ("wasser", "Nein"),
    ]
