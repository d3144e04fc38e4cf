"""A command crosses to the owner of the data directory, and nobody else gets an answer."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from multiprocessing.connection import Client
from pathlib import Path
from typing import Any

import pytest

from receptionist import bootstrap
from receptionist.cli import handover
from receptionist.cli.handover import AnswerLost, Doorkeeper, NobodyThere, ask


def echo(question: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"payload": dict(question), "code": 0}


@pytest.fixture
def claim(data_directory: Path) -> Iterator[bootstrap.Claim]:
    with bootstrap.claim(data_directory, "serve") as claim:
        yield claim


@pytest.fixture
def address(claim: bootstrap.Claim) -> Iterator[str]:
    door = Doorkeeper(claim, echo)
    owner = bootstrap.holder(claim.data)
    assert owner is not None
    yield owner.address
    door.close()


def test_a_question_gets_its_answer(address: str, data_directory: Path) -> None:
    question = {"command": "book", "request": {"name": "Jörg 🙂 \ud800"}}
    assert ask(address, data_directory, question) == {"payload": question, "code": 0}


def test_several_at_once_are_answered(address: str, data_directory: Path) -> None:
    answers: list[Any] = []

    def one(number: int) -> None:
        answers.append(ask(address, data_directory, {"n": number})["payload"]["n"])

    threads = [threading.Thread(target=one, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(answers) == list(range(12))


def test_who_has_not_the_key_gets_nothing(address: str, data_directory: Path) -> None:
    (data_directory / handover.KEY_FILE).write_bytes(b"0" * 64)
    with pytest.raises(NobodyThere):
        ask(address, data_directory, {"command": "clients"})


def test_a_guest_who_says_nothing_does_not_keep_others_out(
    address: str, data_directory: Path
) -> None:
    silent = Client(address)
    assert ask(address, data_directory, {"n": 1})["payload"] == {"n": 1}
    silent.close()


def test_nonsense_is_dropped_and_the_door_stays_open(address: str, data_directory: Path) -> None:
    key = (data_directory / handover.KEY_FILE).read_bytes()
    for message in (b"", b"\xff\xff", b"not json", b"\x80\x04\x95"):
        guest = Client(address, authkey=key)
        guest.send_bytes(message)
        with pytest.raises(EOFError):
            guest.recv_bytes()
        guest.close()
    assert ask(address, data_directory, {"n": 2})["payload"] == {"n": 2}


def test_a_question_that_is_too_big_is_not_read(
    address: str, data_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover, "MOST_BYTES", 1000)
    key = (data_directory / handover.KEY_FILE).read_bytes()
    guest = Client(address, authkey=key)
    guest.send_bytes(b'{"n": "' + b"x" * 2000 + b'"}')
    with pytest.raises((EOFError, ConnectionError)):
        guest.recv_bytes()
    assert ask(address, data_directory, {"n": 3})["payload"] == {"n": 3}


def test_an_owner_who_has_gone_is_nobody(claim: bootstrap.Claim, data_directory: Path) -> None:
    door = Doorkeeper(claim, echo)
    owner = bootstrap.holder(data_directory)
    assert owner is not None
    door.close()
    with pytest.raises(NobodyThere):
        ask(owner.address, data_directory, {"n": 4})


def test_an_owner_who_goes_after_the_question_is_not_replaced(
    claim: bootstrap.Claim, data_directory: Path
) -> None:
    def fail(question: Mapping[str, Any]) -> Mapping[str, Any]:
        raise OSError("gone")

    door = Doorkeeper(claim, fail)
    owner = bootstrap.holder(data_directory)
    assert owner is not None
    with pytest.raises(AnswerLost):
        ask(owner.address, data_directory, {"n": 5})
    door.close()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_key_and_socket_are_their_owners_alone(address: str, data_directory: Path) -> None:
    assert (data_directory / handover.KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert Path(address).parent.stat().st_mode & 0o777 == 0o700
    assert len(address) < 100
