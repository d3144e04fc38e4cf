"""The same notifications on the double and on a real server."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.doubles.dunst import Dunst
from tests.doubles.notification_server import NotificationServer, session_bus
from ui.outside.freedesktop import FreedesktopNotifications

CEILING_S = 60.0


def until(condition: Callable[[], object], what: str = "it") -> None:
    """Wait until it is so; fails after a generous ceiling."""
    deadline = time.monotonic() + CEILING_S
    while not condition():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.01)


class Desk:
    """Who shows notifications, and what was chosen: leaves of the desktop, one a click."""

    def __init__(self) -> None:
        self.chosen: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.notifications = FreedesktopNotifications(self.post, self.chosen.put)

    def post(self, function: Any, *values: object) -> None:
        function(*values)

    def rings(self, call_id: UUID, title: str = "Call", text: str = "who") -> None:
        self.notifications.show(call_id, title, text)

    def is_over(self, call_id: UUID) -> None:
        self.notifications.withdraw(call_id)


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with session_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


@pytest.fixture
def double(bus: str) -> Iterator[NotificationServer]:
    with NotificationServer(bus) as server:
        yield server


@pytest.fixture(params=["double", "dunst"])
def server(request: pytest.FixtureRequest, bus: str, tmp_path: Path) -> Iterator[Any]:
    if request.param == "double":
        with NotificationServer(bus) as server:
            yield server
    else:
        with Dunst(bus, request.getfixturevalue("display"), tmp_path) as dunst:
            yield dunst


@pytest.fixture
def desk(bus: str) -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.notifications.close()
