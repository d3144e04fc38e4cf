"""A second start reaches the window that owns the data directory, and nobody else."""

from __future__ import annotations

import queue
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from receptionist import bootstrap
from receptionist.cli import second
from receptionist.cli.handover import Doorkeeper, ask
from receptionist.cli.place import doorkeeper
from receptionist.cli.wish import RAISE, Wish
from receptionist.desk.desk import Desk

NO_DESK = cast(Desk, None)
WISH = Wish(link="tel:+493023125120", token="launcher_TIME4711")


class Front:
    """A window that is asked to come up, on another thread than the one that asks."""

    def __init__(self) -> None:
        self.wishes: queue.SimpleQueue[Wish] = queue.SimpleQueue()

    def post(self, function: Any, *values: object) -> None:
        function(*values)


def opened(claim: bootstrap.Claim, front: Front | None) -> Doorkeeper:
    raise_window = front.wishes.put if front else None
    return doorkeeper(claim, NO_DESK, (front or Front()).post, {}, raise_window)


def test_the_window_that_runs_gets_the_wish(data_directory: Path) -> None:
    front = Front()
    with bootstrap.claim(data_directory, bootstrap.CONSOLE) as claim:
        door = opened(claim, front)
        assert second.reached(data_directory, WISH)
        assert front.wishes.get(timeout=10) == WISH
        door.close()
        assert not second.reached(data_directory, WISH)
    assert front.wishes.empty()


def test_nobody_is_reached_where_no_window_is(data_directory: Path) -> None:
    assert not second.reached(data_directory, WISH)
    assert second.has_window(data_directory)
    with bootstrap.claim(data_directory, "serve") as claim:
        door = opened(claim, None)
        assert not second.reached(data_directory, WISH)
        assert not second.has_window(data_directory)
        door.close()


def test_a_window_that_is_still_opening_is_not_reached_yet(data_directory: Path) -> None:
    with bootstrap.claim(data_directory, bootstrap.CONSOLE):
        assert not second.reached(data_directory, WISH)
        assert second.has_window(data_directory)


def test_an_owner_without_a_window_refuses_to_come_up(data_directory: Path) -> None:
    with bootstrap.claim(data_directory, bootstrap.CONSOLE) as claim:
        door = opened(claim, None)
        assert not second.reached(data_directory, WISH)
        door.close()


def test_a_window_that_hangs_is_given_up(
    data_directory: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(second, "REACH_S", 0.2)
    with bootstrap.claim(data_directory, bootstrap.CONSOLE) as claim:
        door = opened(claim, Front())
        door.close()
        with socket.socket(socket.AF_UNIX) as silent:
            silent.bind(str(tmp_path / "s"))
            silent.listen()
            claim.publish(str(tmp_path / "s"))
            assert not second.reached(data_directory, WISH)


def test_what_is_too_long_is_cut_and_what_is_no_text_is_nothing(data_directory: Path) -> None:
    front = Front()

    def asked(question: Mapping[str, Any]) -> dict[str, Any]:
        owner = bootstrap.holder(data_directory)
        assert owner is not None
        return ask(owner.address, data_directory, question)

    with bootstrap.claim(data_directory, bootstrap.CONSOLE) as claim:
        door = opened(claim, front)
        asked({"command": RAISE, "link": "tel:" + "1" * 9000, "token": None})
        assert front.wishes.get(timeout=10) == Wish(("tel:" + "1" * 9000)[:600])
        asked({"command": RAISE})
        assert front.wishes.get(timeout=10) == Wish()
        door.close()
