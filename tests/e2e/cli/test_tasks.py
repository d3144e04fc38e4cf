"""A task beside calls and `kill -9`: it is still there, and waits for a person to confirm it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.e2e.cli.conftest import CEILING_S, Program


def test_a_task_survives_the_death_of_its_desk(open_office: Program, tmp_path: Path) -> None:
    day_before = (datetime.now(UTC) - timedelta(days=2)).date()
    desk = open_office.serve()
    begun = open_office("task", "begin", "maler", "research", "--text", "Preise", "--json")
    assert begun.json["task"]["state"] == "running"
    desk.process.kill()
    desk.process.wait(CEILING_S)
    (found,) = open_office("task", "list", "--json").json["tasks"]
    assert (found["id"], found["text"]) == (begun.json["task"]["id"], "Preise")
    assert (found["state"], found["why"]) == ("interrupted", "interrupted")
    confirmed = open_office("task", "confirm", "--json").json["task"]
    assert (confirmed["state"], confirmed["seconds"]) == ("paused", found["seconds"])
    done = open_office("task", "finish", "--result", "Fertig", "--json").json["task"]
    assert (done["state"], done["result"]) == ("finished", "Fertig")
    target = tmp_path / "Bericht.html"
    report = ("report", "maler", "--from", str(day_before), "--html", str(target), "--json")
    (kind,) = open_office(*report).json["kinds"]
    assert (kind["kind"], kind["count"]) == ("task", 1)
    assert "Malerbetrieb Muster" in target.read_text("utf-8")
