"""The work list by command: what is open, what came of it, what was promised."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from receptionist.events import WorkAdded
from receptionist.model.worklist import WorkItem
from tests.unit.cli.conftest import Terminal
from tests.unit.desk.test_worklist import missed


def payload(terminal: Terminal, *words: str) -> Any:
    return terminal.type("work", *words)["payload"]


def listed(terminal: Terminal) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = payload(terminal, "list")["items"]
    return found


def owed(terminal: Terminal) -> tuple[WorkItem, str]:
    item = missed(terminal.bench)
    return item, str(item.id)[:8]


def test_an_empty_list_says_so(terminal: Terminal) -> None:
    assert terminal.says("work", "list") == "Nothing is open."
    assert terminal.says("work", "list", "--closed") == "Nothing has left the list."


def test_what_is_open_is_listed_with_its_counts(terminal: Terminal) -> None:
    item, short = owed(terminal)
    said = terminal.says("work", "list")
    assert f"! {short}  2027-01-11T09:00:00+01:00  painter  missed  +49 221 4710134" in said
    assert said.endswith("1 due, 0 later today, 0 later")
    whole = payload(terminal, "list", "--client", "lawyer")
    assert (whole["items"], whole["counts"]["total"]) == ([], 0)
    (one,) = listed(terminal)
    assert (one["id"], one["kind"], one["urgency"]) == (str(item.id), "missed", "overdue")


def test_what_is_settled_leaves_and_can_be_brought_back(terminal: Terminal) -> None:
    item, short = owed(terminal)
    said = terminal.says("work", "done", short, "--text", "Termin am Montag")
    assert "done" in said
    assert "Termin am Montag" in said
    assert listed(terminal) == []
    (left,) = payload(terminal, "list", "--closed", "--days", "3000")["items"]
    assert (left["disposition"], left["result"]) == ("ok", "Termin am Montag")
    again = payload(terminal, "reopen", str(item.id), "--days", "3000")["item"]
    assert (again["done"], again["disposition"]) == (None, None)
    assert [one["id"] for one in listed(terminal)] == [str(item.id)]


def test_other_dispositions_close_it_too(terminal: Terminal) -> None:
    _item, short = owed(terminal)
    assert payload(terminal, "done", short, "--as", "kn")["item"]["disposition"] == "kn"
    assert listed(terminal) == []


def test_what_is_put_off_waits_until_then(terminal: Terminal) -> None:
    _item, short = owed(terminal)
    assert "until when" in terminal.says("work", "later", short)
    words = ("later", short, "--until", "2027-01-11T14:30", "--as", "rwa")
    now = payload(terminal, *words)["item"]
    assert (now["due"], now["disposition"]) == ("2027-01-11T13:30:00.000+00:00", "rwa")
    assert now["urgency"] == "today"
    assert "calls again" in terminal.says("work", "list")
    assert "future" in terminal.says("work", "later", short, "--until", "2026-01-11T14:30")


def test_attempts_are_told_with_the_item(terminal: Terminal) -> None:
    _item, short = owed(terminal)
    terminal.says("work", "attempt", short)
    terminal.bench.clock.move(60)
    said = terminal.says("work", "attempt", short, "--outcome", "mailbox", "--text", "Band")
    assert "no answer" in said
    assert "message left  Band" in said
    assert [one["outcome"] for one in listed(terminal)[0]["attempts"]] == ["no-answer", "mailbox"]


def test_an_item_must_be_named_so_that_it_is_one(terminal: Terminal) -> None:
    owed(terminal)
    assert "four characters" in terminal.says("work", "done", "1")
    assert "is not on the list" in terminal.says("work", "done", "zzzz")


def test_a_promise_by_hand(terminal: Terminal) -> None:
    bench = terminal.bench
    words = ("promise", "--client", "painter", "--number", "0221 4710134", "--name", "Erika Muster")
    assert "needs --client" in terminal.says("work", *words)
    made = payload(terminal, *words, "--until", "2027-01-11T15:00", "--text", "Angebot")["item"]
    assert (made["kind"], made["number"], made["client"]) == (
        "promised",
        "+492214710134",
        "painter",
    )
    assert bench.seen(WorkAdded)[-1].item.due == bench.clock.now() + timedelta(hours=6)
    short = made["id"][:8]
    assert "in that way" in terminal.says("work", "done", short, "--as", "kn")


def test_gaps_are_looked_for_where_no_desk_does(terminal: Terminal) -> None:
    terminal.running = False
    looked: list[bool] = []
    look = terminal.bench.desk.lookout.look
    terminal.bench.desk.lookout.look = lambda *v: (looked.append(True), look(*v))  # type: ignore[method-assign]
    listed(terminal)
    assert looked == [True]
