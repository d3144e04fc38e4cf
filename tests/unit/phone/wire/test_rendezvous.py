"""Where the next desk comes in: who finds it, who gets in, and what is left of it."""

from __future__ import annotations

import json
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from receptionist.errors import EngineDown
from receptionist.phone.wire import COMMANDS, REPORTS, Alive, Link, Stop, connect
from receptionist.phone.wire.rendezvous import Gate, Rendezvous, find
from receptionist.phone.wire.reports import VERSION


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runtime directory of our own; what the tests of others leave there is no matter."""
    place = tmp_path / "run"
    place.mkdir(mode=0o700)
    monkeypatch.setattr("receptionist.phone.wire.rendezvous.runtime_directory", lambda: place)
    return place


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(str(tmp_path / "data"))
    yield gate
    gate.close()


def place(tmp_path: Path) -> Rendezvous:
    found = find(str(tmp_path / "data"))
    assert found is not None
    return found


def comes_in(gate: Gate, place: Rendezvous, key: bytes | None = None) -> tuple[Link, Link]:
    """A desk with a key, and its two ends."""
    ends: list[Link] = []

    def come() -> None:
        ends.append(connect(place.address, place.key if key is None else key, REPORTS))

    thread = threading.Thread(target=come)
    thread.start()
    link = gate.admit(gate.wait(), COMMANDS)
    thread.join()
    return link, ends[0]


def test_a_desk_finds_it_and_gets_in(gate: Gate, tmp_path: Path) -> None:
    found = place(tmp_path)
    assert (found.pid, found.version) == (os.getpid(), VERSION)
    ours, desk = comes_in(gate, found)
    desk.send(Stop())
    assert ours.receive() == Stop()
    ours.send(Alive())
    assert desk.receive() == Alive()


def test_a_wrong_key_does_not_get_in(gate: Gate, tmp_path: Path) -> None:
    found = place(tmp_path)
    refused: list[bool] = []

    def guess() -> None:
        try:
            connect(found.address, b"guessed", REPORTS)
        except EngineDown:
            refused.append(True)

    thread = threading.Thread(target=guess)
    thread.start()
    with pytest.raises(EngineDown):
        gate.admit(gate.wait(), COMMANDS)
    thread.join()
    assert refused == [True]
    comes_in(gate, found)


def test_two_data_directories_do_not_meet(gate: Gate, tmp_path: Path) -> None:
    assert find(str(tmp_path / "other")) is None
    other = Gate(str(tmp_path / "other"))
    found = find(str(tmp_path / "other"))
    assert found is not None
    assert found.address != place(tmp_path).address
    other.close()
    assert place(tmp_path)


def test_one_data_directory_has_one_place_however_it_is_named(gate: Gate, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data")
    assert find(str(tmp_path / "link")) == find(str(tmp_path / "x" / ".." / "data"))
    assert find(str(tmp_path / "link")) == place(tmp_path)


def test_what_was_written_is_for_its_owner_alone(gate: Gate, runtime: Path) -> None:
    (file,) = runtime.glob("*.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_nothing_is_left_after_its_end(gate: Gate, tmp_path: Path, runtime: Path) -> None:
    waiting = threading.Thread(target=gate.wait)
    waiting.start()
    gate.close()
    waiting.join(20)
    assert not waiting.is_alive()
    assert find(str(tmp_path / "data")) is None
    assert list(runtime.iterdir()) == []


def test_one_that_was_killed_is_followed_by_another(
    gate: Gate, tmp_path: Path, runtime: Path
) -> None:
    dead = place(tmp_path)
    successor = Gate(str(tmp_path / "data"))
    assert place(tmp_path) != dead
    assert not Path(dead.address).exists()
    gate.close()
    comes_in(successor, place(tmp_path))
    successor.close()
    assert list(runtime.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[]", json.dumps({"address": "x", "key": "zz"})])
def test_what_is_not_whole_is_nothing(gate: Gate, tmp_path: Path, runtime: Path, text: str) -> None:
    (file,) = runtime.glob("*.json")
    file.write_text(text)
    assert find(str(tmp_path / "data")) is None
