"""An exchange and the desks that come and go: real sockets, a loop that is turned by hand."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from receptionist.errors import EngineDown
from receptionist.events import (
    PhoneCommandFailed,
    PhoneEnded,
    PhoneHeld,
    PhoneLive,
    PhoneMuted,
)
from receptionist.model.call import Cause
from receptionist.phone import wire
from receptionist.phone.exchange import attachment
from receptionist.phone.exchange.attachment import Attachment
from receptionist.phone.wire.rendezvous import find
from receptionist.phone.wire.spool import kept
from tests.doubles.pump import ManualClock

CALL = UUID(int=7)
SETTINGS = wire.EngineSettings()
HELLO = wire.Hello(version=wire.VERSION, settings=SETTINGS)
CEILING_S = 60.0


class Exchange:
    """What an attachment is part of."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.living: list[PhoneLive] = []
        self.obeyed: list[Any] = []
        self.greeted: list[wire.Hello] = []
        self.left = 0
        self._jobs: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self.attachment = Attachment(self, self._post, str(data))

    def _post(self, function: Callable[..., object], *values: object) -> None:
        self._jobs.put(lambda: function(*values))

    def until(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + CEILING_S
        while not condition():
            assert time.monotonic() < deadline, "it did not happen"
            try:
                self._jobs.get(timeout=0.02)()
            except queue.Empty:
                continue

    def present(self) -> list[wire.Report]:
        ready = wire.Ready(version=wire.VERSION, audio="", sip_port=5060, calls=len(self.living))
        return [ready, *self.living]

    def attached(self, hello: wire.Hello) -> None:
        self.greeted.append(hello)

    def obey(self, command: wire.Command) -> None:
        self.obeyed.append(command)

    def gone(self) -> None:
        self.left += 1


@pytest.fixture
def exchange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Exchange]:
    place = tmp_path / "run"
    place.mkdir(mode=0o700)
    monkeypatch.setattr("receptionist.phone.wire.rendezvous.runtime_directory", lambda: place)
    data = tmp_path / "data"
    data.mkdir()
    exchange = Exchange(data)
    exchange.attachment.open()
    yield exchange
    exchange.attachment.close()


def come(exchange: Exchange, hello: wire.Hello = HELLO) -> wire.Link:
    """A desk that attaches."""
    place = find(str(exchange.data))
    assert place is not None
    link = wire.connect(place.address, place.key, wire.REPORTS)
    link.send(hello)
    return link


def desk(exchange: Exchange, hello: wire.Hello = HELLO) -> wire.Link:
    """A desk that is there, and has heard `Ready`."""
    greeted = len(exchange.greeted)
    link = come(exchange, hello)
    exchange.until(lambda: len(exchange.greeted) > greeted)
    assert isinstance(next_of(link), wire.Ready)
    return link


def next_of(link: wire.Link) -> Any:
    assert link.waits(CEILING_S)
    return link.receive()


def ended() -> PhoneEnded:
    return PhoneEnded(call_id=uuid4(), cause=Cause.MISSED)


def test_a_desk_is_told_what_lives_and_then_what_happens(exchange: Exchange) -> None:
    live = PhoneLive(call_id=CALL, line_id=CALL, incoming=True, at=ManualClock().now())
    exchange.living.append(live)
    link = come(exchange)
    exchange.until(lambda: exchange.greeted)
    exchange.attachment.send(PhoneHeld(call_id=CALL, held=True))
    assert next_of(link).calls == 1
    assert next_of(link) == live
    assert next_of(link) == PhoneHeld(call_id=CALL, held=True)
    link.send(wire.Answer(call_id=CALL))
    exchange.until(lambda: exchange.obeyed == [wire.Answer(call_id=CALL)])


def test_what_no_desk_hears_is_kept(exchange: Exchange) -> None:
    link = desk(exchange)
    link.close()
    exchange.until(lambda: exchange.left)
    assert not exchange.attachment.there
    missed = ended()
    exchange.attachment.send(missed)
    assert [report for _, report in kept(str(exchange.data))] == [missed]
    assert desk(exchange)


def test_what_a_desk_was_told_and_did_not_write_down_is_kept(exchange: Exchange) -> None:
    link = desk(exchange)
    written, unwritten = ended(), ended()
    exchange.attachment.send(written)
    exchange.attachment.send(PhoneHeld(call_id=CALL, held=True))
    exchange.attachment.send(unwritten)
    for _ in range(3):
        next_of(link)
    link.send(wire.Heard(count=1))
    link.close()
    exchange.until(lambda: exchange.left)
    assert [report for _, report in kept(str(exchange.data))] == [unwritten]
    assert exchange.obeyed == []


def test_one_desk_at_a_time(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachment, "_TURN_S", 0.1)
    first = desk(exchange)
    second = come(exchange)
    refused = next_of(second)
    assert isinstance(refused, PhoneCommandFailed)
    assert refused.command == "attach"
    with pytest.raises(EngineDown):
        next_of(second)
    first.send(wire.HangUp(call_id=CALL))
    exchange.until(lambda: exchange.obeyed)


def test_the_next_desk_waits_for_the_end_of_one_that_died_just_now(exchange: Exchange) -> None:
    first = desk(exchange)
    second = come(exchange)
    first.close()
    exchange.until(lambda: len(exchange.greeted) == 2)
    assert isinstance(next_of(second), wire.Ready)


def test_a_desk_that_leaves_says_so(exchange: Exchange) -> None:
    link = desk(exchange)
    link.send(wire.Leave())
    exchange.until(lambda: exchange.left)
    with pytest.raises(EngineDown):
        next_of(link)
    assert exchange.obeyed == []


def test_a_desk_of_another_version_may_only_end_what_there_is(exchange: Exchange) -> None:
    link = desk(exchange, wire.Hello(version=99, settings=SETTINGS))
    assert exchange.attachment.draining
    link.send(wire.Answer(call_id=CALL))
    exchange.until(lambda: link.waits(0))
    refused = next_of(link)
    assert (refused.command, refused.call_id) == ("answer", CALL)
    allowed = [
        wire.Hold(call_id=CALL),
        wire.Resume(call_id=CALL),
        wire.HangUp(call_id=CALL),
        wire.Stop(),
    ]
    for command in allowed:
        link.send(command)
    exchange.until(lambda: exchange.obeyed == allowed)


def test_a_desk_that_does_not_listen_holds_nobody_up(exchange: Exchange) -> None:
    link = desk(exchange)
    muted = PhoneMuted(call_id=CALL, muted=True)
    began = time.monotonic()
    for _ in range(15_000):
        exchange.attachment.send(muted)
    exchange.attachment.send(PhoneHeld(call_id=CALL, held=True))
    assert time.monotonic() - began < CEILING_S
    while next_of(link) == muted:
        pass


def test_a_desk_that_never_listens_is_given_up_and_nothing_is_lost(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachment, "_MOST_UNSENT", 100)
    desk(exchange)
    trace = wire.Dialog(call_id=CALL, replaces="x" * 10_000)
    missed = ended()
    for _ in range(200):
        exchange.attachment.send(trace)
    exchange.attachment.send(missed)
    exchange.until(lambda: exchange.left)
    assert [report for _, report in kept(str(exchange.data))] == [missed]


def test_who_knocks_and_says_nothing_keeps_nobody_out(exchange: Exchange) -> None:
    place = find(str(exchange.data))
    assert place is not None
    silent = threading.Thread(target=wire.connect, args=(place.address, place.key, ()))
    silent.start()
    silent.join()
    assert desk(exchange)


def test_an_exchange_that_ends_says_all_it_had_to_say(exchange: Exchange) -> None:
    link = desk(exchange)
    last = ended()
    exchange.attachment.send(last)
    exchange.attachment.close()
    assert next_of(link) == last
    with pytest.raises(EngineDown):
        next_of(link)
    assert find(str(exchange.data)) is None
    assert [report for _, report in kept(str(exchange.data))] == [last], "who stops may not listen"


def test_without_a_data_directory_no_other_desk_can_come() -> None:
    exchange = Exchange(Path())
    lonely = Attachment(exchange, exchange._post, "")
    lonely.open()
    assert not lonely.lasting
