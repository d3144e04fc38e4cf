"""The link: who gets in, who does not, and what an end looks like."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import threading
from collections.abc import Iterator
from multiprocessing.connection import Client
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist.errors import BadFrame, EngineDown
from receptionist.paths import runtime_directory
from receptionist.phone.wire import COMMANDS, MAX_FRAME, REPORTS, Alive, Answer, Doorway, Link, Stop
from receptionist.phone.wire import connect as connect_to


@pytest.fixture
def doorway(tmp_path: Path) -> Iterator[Doorway]:
    doorway = Doorway(tmp_path)
    yield doorway
    doorway.close()


def pair(doorway: Doorway) -> tuple[Link, Link]:
    """Both ends: the desk's and the engine's."""
    ends: list[Link] = []
    thread = threading.Thread(
        target=lambda: ends.append(connect_to(doorway.address, doorway.key, COMMANDS))
    )
    thread.start()
    desk = doorway.accept(REPORTS)
    thread.join()
    return desk, ends[0]


def test_messages_cross_both_ways(doorway: Doorway) -> None:
    desk, engine = pair(doorway)
    call_id = uuid4()
    desk.send(Answer(call_id=call_id))
    assert engine.waits(5)
    assert engine.receive() == Answer(call_id=call_id)
    assert not engine.waits(0)
    engine.send(Alive())
    assert desk.receive() == Alive()


def test_a_wrong_key_does_not_get_in(doorway: Doorway) -> None:
    refused: list[bool] = []

    def intruder() -> None:
        try:
            connect_to(doorway.address, b"guessed", COMMANDS)
        except EngineDown:
            refused.append(True)

    thread = threading.Thread(target=intruder)
    thread.start()
    with pytest.raises(EngineDown):
        doorway.accept(REPORTS)
    thread.join()
    assert refused == [True]


def test_a_waiting_desk_can_be_woken(doorway: Doorway) -> None:
    threading.Timer(0.05, doorway.wake).start()
    with pytest.raises(EngineDown):
        doorway.accept(REPORTS)


def test_nobody_comes_in_after_the_doorway_is_closed(doorway: Doorway) -> None:
    doorway.close()
    with pytest.raises(EngineDown):
        connect_to(doorway.address, doorway.key, COMMANDS)


def test_the_end_is_noticed(doorway: Doorway) -> None:
    desk, engine = pair(doorway)
    desk.close()
    assert engine.waits(5)
    with pytest.raises(EngineDown):
        engine.receive()
    with pytest.raises(EngineDown):
        engine.send(Alive())
    with pytest.raises(EngineDown):
        desk.send(Stop())


def test_a_bad_frame_does_not_end_the_link(doorway: Doorway) -> None:
    desk, engine = pair(doorway)
    desk._connection.send_bytes(b"nonsense")
    desk.send(Stop())
    with pytest.raises(BadFrame):
        engine.receive()
    assert engine.receive() == Stop()


def test_a_frame_beyond_the_limit_ends_the_link(doorway: Doorway) -> None:
    desk, engine = pair(doorway)
    too_much = b"x" * (MAX_FRAME + 1)

    def send() -> None:
        with contextlib.suppress(OSError):  # the other side may have left before all was sent
            desk._connection.send_bytes(too_much)

    sender = threading.Thread(target=send)
    sender.start()
    with pytest.raises(EngineDown):
        engine.receive()
    engine.close()
    sender.join(5)


@pytest.mark.skipif(sys.platform != "linux", reason="peer credentials are Linux's")
def test_another_user_is_turned_away(doorway: Doorway, monkeypatch: pytest.MonkeyPatch) -> None:
    user = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: user + 1)
    threading.Thread(target=lambda: _try(doorway)).start()
    with pytest.raises(EngineDown, match="another user"):
        doorway.accept(REPORTS)


def test_the_runtime_directory_is_for_its_owner_alone() -> None:
    if os.name == "posix":
        assert stat.S_IMODE(runtime_directory().stat().st_mode) == 0o700


def _try(doorway: Doorway) -> None:
    try:
        Client(doorway.address, authkey=doorway.key).close()
    except (OSError, EOFError):
        return
