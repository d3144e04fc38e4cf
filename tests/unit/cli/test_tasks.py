"""Work beside calls and the report of it, by command."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from receptionist.model.service import Service, ServiceKind
from tests.unit.cli.conftest import Terminal
from tests.unit.desk.test_agent import hangs_up, talks
from tests.unit.desk.test_errands import agree, crash, stored

DAY = "2027-01-11"


def payload(terminal: Terminal, *words: str) -> Any:
    return terminal.type(*words)["payload"]


def test_a_task_from_its_beginning_to_its_end(terminal: Terminal) -> None:
    assert terminal.says("task", "list") == "No task is open."
    assert "for example “research”" in terminal.says("task", "begin", "painter")
    said = terminal.says("task", "begin", "painter", "research", "--text", "Preise")
    assert said.endswith("painter  Research  0 s  runs  Preise")
    terminal.bench.pump.advance(90)
    assert "1 min 30 s  paused" in terminal.says("task", "pause")
    assert terminal.says("task", "pause") == "No task is running."
    assert "0 s  runs" in terminal.says("task", "begin", "lawyer", "own", "--title", "Akten")
    (first, second) = payload(terminal, "task", "list")["tasks"]
    assert (first["client"], first["kind"], first["seconds"]) == ("painter", "research", 90)
    assert (second["title"], second["state"]) == ("Akten", "running")
    assert terminal.says("task", "list", "lawyer").count("\n") == 0
    assert "paused" in terminal.says("task", "pause")
    assert "--task" in terminal.says("task", "resume")
    assert "runs" in terminal.says("task", "resume", "--task", first["id"][:6])
    assert "Zwei" in terminal.says("task", "write", "--result", "Zwei")
    terminal.bench.pump.advance(10)
    done = payload(terminal, "task", "finish", "--result", "Drei gefunden")["task"]
    assert (done["state"], done["seconds"], done["result"]) == ("finished", 100, "Drei gefunden")
    assert "taken out" in terminal.says("task", "discard")
    assert terminal.says("task", "list") == "No task is open."


def test_what_is_agreed(terminal: Terminal) -> None:
    said = terminal.says("task", "agreed", "painter")
    assert said.startswith("No list is agreed: everything is offered.\ncalls  Answering calls")
    bench = terminal.bench
    agree(bench, bench.painter, Service(kind=ServiceKind.OWN, title="Farben"))
    assert terminal.says("task", "agreed", "painter") == "own  Farben"
    refused = terminal.type("task", "begin", "painter", "research")
    assert refused["code"] == 2
    assert "Agreed are: Farben." in refused["error"]["error"]
    slots = terminal.type("slots", "--client", "painter", "--kind", "visit")
    assert (slots["code"], "Agreed are" in slots["error"]["error"]) == (2, True)


def test_what_was_interrupted_is_confirmed(terminal: Terminal) -> None:
    bench = terminal.bench
    terminal.says("task", "begin", "painter", "research")
    bench.pump.advance(61)
    stored(bench)
    crash(bench)
    assert "say how long it was" in terminal.says("task", "list")
    assert "So much time" in terminal.says("task", "confirm", "--minutes", "600")
    assert "2 min 00 s  paused" in terminal.says("task", "confirm", "--minutes", "2")
    assert "nothing to confirm" in terminal.says("task", "confirm")


def test_a_timer_needs_a_desk_that_runs(terminal: Terminal) -> None:
    terminal.running = False
    assert "No desk runs here" in terminal.says("task", "begin", "painter", "research")
    assert terminal.says("task", "list") == "No task is open."


def test_a_task_out_of_a_call(terminal: Terminal) -> None:
    call_id = talks(terminal.bench)
    begin = ("task", "begin", "painter", "documents", "--call")
    assert "no id" in terminal.says(*begin, "x")
    assert "0 s  paused" in terminal.says(*begin, str(call_id))
    assert payload(terminal, "task", "list")["tasks"][0]["call_id"] == str(call_id)


@pytest.fixture
def worked(terminal: Terminal) -> Terminal:
    """A call of a minute with its wrap-up, a caller who was missed, and a task."""
    bench = terminal.bench
    call_id = talks(bench)
    bench.pump.advance(60)
    hangs_up(bench, call_id)
    bench.pump.advance(31)
    hangs_up(bench, bench.rings())
    terminal.says("task", "begin", "painter", "research")
    bench.pump.advance(45)
    terminal.says("task", "finish", "--result", "Fertig")
    return terminal


def test_the_report_in_words_and_as_json(worked: Terminal) -> None:
    said = worked.says("report", "painter", "--from", DAY, "--to", DAY)
    lines = said.splitlines()
    assert lines[0] == f"{DAY} – {DAY}"
    assert (
        lines[1] == "Calls answered: 1, in all 1 min 30 s, usually 1 min 30 s, mostly Monday, 9–10"
    )
    assert "  Research: 1, in all 45 s, usually 45 s, mostly Monday, 9–10" in lines
    assert lines[-2] == "Missed: 1"
    assert lines[-1].endswith("+49 221 4710134  hung up")
    form = payload(worked, "report", "painter", "--from", DAY, "--to", DAY)
    assert (form["total"]["count"], form["answered_share"]) == (2, 0.5)
    (line,) = [one for one in form["lines"] if one["kind"] == "task"]
    assert (line["service"], line["count"], line["total_s"]) == ("research", 1, 45)
    assert form["missed"][0]["cause"] == "missed"
    nothing = worked.says("report", "lawyer", "--from", DAY, "--to", DAY)
    assert "Nothing was handled in this time.\nMissed: 0" in nothing


def test_the_report_as_a_page(worked: Terminal, tmp_path: Path) -> None:
    target = tmp_path / "Bericht.html"
    words = ("report", "painter", "--from", DAY, "--to", DAY, "--html", str(target))
    assert worked.says(*words) == f"It is in {target}."
    text = target.read_text("utf-8")
    assert "What we did for Malerbetrieb Muster" in text
    assert "Büro am Park" in text
    assert "page" not in payload(worked, *words)


def test_days_that_are_none(terminal: Terminal) -> None:
    report = ("report", "painter", "--from")
    assert "is no day" in terminal.says(*report, "gestern")
    assert "lies before" in terminal.says(*report, DAY, "--to", "2027-01-10")
    long_ago = str((terminal.bench.clock.now() - timedelta(days=1100)).date())
    assert "three years" in terminal.says(*report, long_ago, "--to", DAY)
