"""A desk that starts while an exchange is there: found, taken over, left, or waited for."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest

from receptionist.errors import EngineDown
from receptionist.events import (
    EngineChanged,
    EngineState,
    LineChanged,
    PhoneCommandFailed,
    PhoneEnded,
    PhoneEvent,
    PhoneHeld,
    PhoneLive,
    PhoneResumed,
)
from receptionist.model.call import Cause
from receptionist.model.office import Line
from receptionist.phone import wire
from receptionist.phone.supervisor import Supervisor, keeper
from receptionist.phone.wire.rendezvous import Gate, find
from receptionist.phone.wire.spool import Spool, kept
from receptionist.reasons import Reason
from tests.doubles.pump import ManualClock, Pump

E = TypeVar("E", bound=Any)

CALL = UUID(int=7)
LIVE = PhoneLive(call_id=CALL, line_id=CALL, incoming=True, at=ManualClock().now())
NOWHERE = ("/nowhere/receptionist-engine",)
READY = wire.Ready(version=wire.VERSION, audio="none", sip_port=5062, calls=1)


class Exchange:
    """One that lives already: lets desks in on a thread of its own, and notes what they want."""

    def __init__(self, data: Path, ready: wire.Ready = READY, turned_away: int = 0) -> None:
        self.heard: list[Any] = []
        self.links: list[wire.Link] = []
        self._ready = ready
        self._turned_away = turned_away
        self._gate = Gate(str(data))
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._gate.close()
        for link in self.links:
            link.hang_up()

    def _serve(self) -> None:
        while (came := self._gate.wait()) is not None:
            link = self._gate.admit(came, wire.COMMANDS)
            self.links.append(link)
            self.heard.append(link.receive())
            if self._turned_away:
                self._turned_away -= 1
                link.send(PhoneCommandFailed(call_id=None, command="attach", detail="taken"))
                continue
            link.send(self._ready)
            for _ in range(self._ready.calls):
                link.send(LIVE)
            threading.Thread(target=self._listen, args=(link,), daemon=True).start()

    def _listen(self, link: wire.Link) -> None:
        try:
            while True:
                command = link.receive()
                self.heard.append(command)
                if isinstance(command, wire.Stop | wire.Leave):
                    self._gate.close()
                    link.hang_up()
        except EngineDown:
            return


class Desk:
    """A supervisor that was started, and what it told."""

    def __init__(self, data: Path, command: tuple[str, ...] = NOWHERE) -> None:
        self.events: list[PhoneEvent] = []
        self._pump = Pump(ManualClock())
        settings = wire.EngineSettings(log_directory=str(data))
        self.phone = Supervisor(self._pump.post, settings, command=command)
        self.phone.start(self.events.append)

    def all(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    def wait(self, kind: type[E], count: int = 1) -> E:
        self._pump.until(lambda: len(self.all(kind)) >= count)
        return self.all(kind)[count - 1]

    def until(self, condition: Callable[[], object]) -> None:
        self._pump.until(condition)

    def is_ready(self) -> None:
        self.until(lambda: EngineState.READY in [one.state for one in self.all(EngineChanged)])


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "run"
    place.mkdir(mode=0o700)
    monkeypatch.setattr("receptionist.phone.wire.rendezvous.runtime_directory", lambda: place)
    data = tmp_path / "data"
    data.mkdir()
    return data


@pytest.fixture
def exchange(data: Path) -> Iterator[Exchange]:
    exchange = Exchange(data)
    yield exchange
    exchange.close()


@pytest.fixture
def start(data: Path) -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def start(command: tuple[str, ...] = NOWHERE) -> Desk:
        desks.append(Desk(data, command))
        return desks[-1]

    yield start
    for desk in desks:
        desk.phone.stop()


def test_calls_that_go_on_are_taken_over(exchange: Exchange, start: Callable[[], Desk]) -> None:
    desk = start()
    desk.is_ready()
    assert desk.all(PhoneResumed) == [PhoneResumed(living=(LIVE,))]
    kinds = [type(event) for event in desk.events]
    assert kinds.index(PhoneResumed) < len(kinds) - 1, "before the phone is said to be ready"
    assert not desk.all(PhoneLive)
    desk.phone.hold(CALL)
    desk.until(lambda: wire.Hold(call_id=CALL) in exchange.heard)
    assert desk.phone.sip_port == 5062


def test_what_no_desk_heard_is_told_once(
    exchange: Exchange, start: Callable[[], Desk], data: Path
) -> None:
    missed = PhoneEnded(call_id=uuid4(), cause=Cause.MISSED)
    Spool(str(data)).add(missed)
    desk = start()
    resumed = desk.wait(PhoneResumed)
    assert [report for _, report in resumed.missed] == [missed]
    assert kept(str(data)), "it may die before it has written that down"
    desk.phone.service.receipt()()
    assert kept(str(data)) == ()


def test_what_is_written_down_is_said(exchange: Exchange, start: Callable[[], Desk]) -> None:
    """The exchange may forget it, and not what comes after."""
    desk = start()
    desk.is_ready()
    ended = PhoneEnded(call_id=CALL, cause=Cause.CALLER_HUNG_UP)
    exchange.links[0].send(PhoneHeld(call_id=CALL, held=True))
    exchange.links[0].send(ended)
    desk.wait(PhoneEnded)
    written = desk.phone.service.receipt()
    exchange.links[0].send(ended)
    exchange.links[0].send(PhoneHeld(call_id=CALL, held=False))
    desk.wait(PhoneHeld, 2)
    written()
    desk.until(lambda: wire.Heard(count=1) in exchange.heard)
    desk.phone.service.receipt()()
    desk.until(lambda: wire.Heard(count=2) in exchange.heard)


def test_a_receipt_for_an_exchange_that_died_is_not_for_the_next(
    exchange: Exchange, start: Callable[[], Desk]
) -> None:
    desk = start()
    desk.is_ready()
    exchange.links[0].send(PhoneEnded(call_id=CALL, cause=Cause.CALLER_HUNG_UP))
    desk.wait(PhoneEnded)
    written = desk.phone.service.receipt()
    exchange.links[0].hang_up()
    desk.until(lambda: len(exchange.links) == 2 and desk.all(EngineChanged)[-1].state == "ready")
    written()
    desk.phone.hold(CALL)
    desk.until(lambda: wire.Hold(call_id=CALL) in exchange.heard)
    assert not [one for one in exchange.heard if isinstance(one, wire.Heard)]


@pytest.mark.usefixtures("errors_expected")
def test_without_an_exchange_it_is_told_at_once(start: Callable[[], Desk], data: Path) -> None:
    """Also when no engine can be started at all."""
    missed = PhoneEnded(call_id=uuid4(), cause=Cause.MISSED)
    Spool(str(data)).add(missed)
    desk = start()
    resumed = desk.wait(PhoneResumed)
    assert (resumed.living, [report for _, report in resumed.missed]) == ((), [missed])
    desk.until(lambda: desk.all(EngineChanged)[-1].state is EngineState.LOST)
    assert len(desk.all(PhoneResumed)) == 1


def test_a_leftover_of_one_that_was_killed_is_nobody(
    start: Callable[..., Desk], data: Path, tmp_path: Path
) -> None:
    gate = Gate(str(data))
    gate._listener.close()
    script = tmp_path / "engine.py"
    script.write_text(_ENGINE)
    desk = start((sys.executable, str(script)))
    desk.is_ready()
    assert desk.all(PhoneResumed) == [PhoneResumed()]


def test_one_that_has_a_desk_is_waited_for(
    data: Path, start: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "_OCCUPIED_S", 0.05)
    exchange = Exchange(data, turned_away=2)
    desk = start()
    desk.is_ready()
    assert len([one for one in exchange.heard if isinstance(one, wire.Hello)]) == 3
    assert not [one for one in desk.all(EngineChanged) if one.state is EngineState.LOST]
    desk.phone.stop()
    exchange.close()


def test_leaving_ends_nothing(exchange: Exchange, start: Callable[[], Desk]) -> None:
    desk = start()
    desk.is_ready()
    desk.phone.leave()
    desk.phone.stop()
    desk.until(lambda: wire.Leave() in exchange.heard)
    assert wire.Stop() not in exchange.heard
    assert not desk.all(PhoneEnded)


def test_stopping_ends_what_was_taken_over(exchange: Exchange, start: Callable[[], Desk]) -> None:
    desk = start()
    desk.is_ready()
    desk.phone.stop()
    assert wire.Stop() in exchange.heard
    assert desk.wait(PhoneEnded) == PhoneEnded(call_id=CALL, cause=Cause.WE_HUNG_UP)


def test_a_desk_that_loses_its_link_finds_its_calls_again(
    exchange: Exchange, start: Callable[[], Desk]
) -> None:
    desk = start()
    desk.is_ready()
    exchange.links[0].hang_up()
    assert desk.wait(PhoneResumed, 2) == PhoneResumed(living=(LIVE,))
    assert EngineState.LOST in [one.state for one in desk.all(EngineChanged)]
    assert not desk.all(PhoneEnded)


@pytest.mark.usefixtures("errors_expected")
def test_the_calls_of_one_that_dies_are_over(exchange: Exchange, start: Callable[[], Desk]) -> None:
    desk = start()
    desk.is_ready()
    exchange.close()
    assert desk.wait(PhoneEnded) == PhoneEnded(call_id=CALL, cause=Cause.ENGINE_DIED)


@pytest.mark.usefixtures("errors_expected")
def test_one_of_before_an_update_is_let_go_after_its_last_call(
    data: Path, start: Callable[[], Desk]
) -> None:
    old = wire.Ready(version=wire.VERSION - 1, audio="", sip_port=5062, calls=1)
    exchange = Exchange(data, old)
    desk = start()
    desk.is_ready()
    line = Line(id=uuid4(), key="k", name="n", registrar="127.0.0.1", user="u", register=False)
    desk.phone.register(line, None)
    told = desk.wait(LineChanged)
    assert (told.line_id, told.reason) == (line.id, Reason.ENGINE_OLD)
    exchange.links[0].send(PhoneEnded(call_id=CALL, cause=Cause.CALLER_HUNG_UP))
    desk.until(lambda: wire.Stop() in exchange.heard)
    assert not [one for one in exchange.heard if isinstance(one, wire.Register)]
    desk.until(lambda: EngineState.LOST in [one.state for one in desk.all(EngineChanged)])


def test_one_that_hangs_is_ended(
    data: Path, start: Callable[..., Desk], tmp_path: Path, errors_expected: None
) -> None:
    """It takes connections, as the system does for it, and never answers."""
    script = tmp_path / "hanging.py"
    script.write_text(_HANGING.format(data=str(data), place=str(tmp_path / "run")))
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as hanging:
        assert hanging.stdout is not None
        assert hanging.stdout.readline()
        engine = tmp_path / "engine.py"
        engine.write_text(_ENGINE)
        start((sys.executable, str(engine))).is_ready()
        deadline = time.monotonic() + 20
        while hanging.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.02)
    assert find(str(data)) is not None


_ROOT = Path(__file__).resolve().parents[4]
_ENGINE = f"""
import sys
sys.path.insert(0, {str(_ROOT)!r})
from receptionist.phone import wire
link = wire.connect(sys.argv[1], bytes.fromhex(sys.stdin.readline()), wire.COMMANDS)
link.receive()
link.send(wire.Ready(version=wire.VERSION, audio="none", sip_port=5062))
while not isinstance(link.receive(), wire.Stop):
    pass
"""
_HANGING = (
    f"import sys\nsys.path.insert(0, {str(_ROOT)!r})\n"
    + """
import time
from pathlib import Path
from receptionist.phone.wire import rendezvous
rendezvous.runtime_directory = lambda: Path("{place}")
gate = rendezvous.Gate("{data}")
print("open", flush=True)
time.sleep(600)
"""
)
