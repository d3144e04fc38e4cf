"""The supervisor with engines that misbehave: scripts that speak the protocol, or do not."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist.events import (
    EngineChanged,
    EngineState,
    LineChanged,
    LineState,
    PhoneCommandFailed,
    PhoneEnded,
    PhoneEvent,
    PhoneIncoming,
)
from receptionist.model.call import Cause
from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.model.sound import Sound
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.supervisor.keeper import engine_command, pause_s
from tests.doubles.pump import ManualClock, Pump

ROOT = Path(__file__).resolve().parents[3]
OPENING = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from datetime import UTC, datetime
from uuid import UUID
from receptionist.events import *
from receptionist.model.dialled import Called
from receptionist.phone import wire
link = wire.connect(sys.argv[1], bytes.fromhex(sys.stdin.readline()), wire.COMMANDS)
hello = link.receive()
CALL = UUID(int=7)
def ready(version=wire.VERSION):
    link.send(wire.Ready(version=version, audio="none", sip_port=5062))
def ring():
    link.send(PhoneIncoming(call_id=CALL, line_id=CALL, called=Called(), caller_uri="",
                            caller_name="", at=datetime.now(UTC)))
"""

Starts = Callable[[str], tuple[Supervisor, list[PhoneEvent], Pump]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Starts]:
    """Start a supervisor whose engine is the opening and this script."""
    started: list[Supervisor] = []

    def start(script: str) -> tuple[Supervisor, list[PhoneEvent], Pump]:
        file = tmp_path / "engine.py"
        file.write_text(OPENING + script)
        pump = Pump(ManualClock())
        events: list[PhoneEvent] = []
        supervisor = Supervisor(pump.post, command=(sys.executable, str(file)))
        supervisor.start(events.append)
        started.append(supervisor)
        return supervisor, events, pump

    yield start
    for supervisor in started:
        supervisor.stop()


def states(events: list[PhoneEvent]) -> list[EngineState]:
    return [event.state for event in events if isinstance(event, EngineChanged)]


def test_an_engine_of_another_version_is_never_ready(start: Starts) -> None:
    _, events, pump = start("ready(version=99)\nlink.receive()")
    pump.until(lambda: EngineState.LOST in states(events))
    assert EngineState.READY not in states(events)


@pytest.mark.usefixtures("errors_expected")
def test_a_bad_frame_from_the_engine_is_skipped(
    start: Starts, caplog: pytest.LogCaptureFixture
) -> None:
    _, events, pump = start("link._connection.send_bytes(b'junk')\nready()\nlink.receive()")
    pump.until(lambda: EngineState.READY in states(events))
    assert "bad frame from the engine" in caplog.text


def test_lines_are_registered_with_every_engine(start: Starts) -> None:
    supervisor, events, pump = start(
        "ready()\n"
        "asked = link.receive()\n"
        "link.send(LineChanged(line_id=asked.line.id, state=LineState.READY,"
        " status=len(asked.secret.reveal())))\n"
    )
    line = Line(id=uuid4(), key="k", name="n", registrar="example.org", user="u")
    supervisor.register(line, Secret("twelve chars"))
    ready = LineChanged(line_id=line.id, state=LineState.READY, status=12)
    pump.until(lambda: events.count(ready) >= 2)
    lost = [e for e in events if isinstance(e, LineChanged) and e.state is LineState.CONNECTING]
    assert lost
    assert "twelve" not in repr(events)


def test_chosen_devices_are_told_to_every_engine(start: Starts) -> None:
    supervisor, events, pump = start(
        "ready()\nlink.send(EngineChanged(state=EngineState.READY, audio=link.receive().headset))\n"
    )
    supervisor.service.sound(Sound(headset="Ear"))
    told = EngineChanged(state=EngineState.READY, audio="Ear")
    pump.until(lambda: events.count(told) >= 2)


def test_calls_of_a_dead_engine_end_once(start: Starts) -> None:
    _, events, pump = start("ready()\nring()\nlink.send(PhoneEnded(call_id=CALL, cause='missed'))")
    pump.until(lambda: EngineState.LOST in states(events))
    assert [type(e) for e in events if isinstance(e, PhoneIncoming | PhoneEnded)] == [
        PhoneIncoming,
        PhoneEnded,
    ]


def test_what_the_desk_fails_to_take_hides_nothing_else(
    start: Starts, caplog: pytest.LogCaptureFixture, errors_expected: None
) -> None:
    supervisor, events, pump = start("ready()\nring()")

    def take(event: PhoneEvent) -> None:
        events.append(event)
        if isinstance(event, PhoneIncoming):
            raise RuntimeError("desk")

    supervisor._listener = take
    pump.until(lambda: any(isinstance(e, PhoneEnded) for e in events))
    ended = next(e for e in events if isinstance(e, PhoneEnded))
    assert ended.cause is Cause.ENGINE_DIED
    assert "could not take PhoneIncoming" in caplog.text


def test_commands_for_unknown_calls_never_reach_the_engine(start: Starts) -> None:
    supervisor, events, pump = start(
        "ready()\nif not isinstance(link.receive(), wire.Stop): ring()"
    )
    pump.until(lambda: EngineState.READY in states(events))
    supervisor.send_digits(uuid4(), "1")
    pump.until(lambda: any(isinstance(e, PhoneCommandFailed) for e in events))
    failed = next(e for e in events if isinstance(e, PhoneCommandFailed))
    assert failed.command == "send_digits"
    assert not any(isinstance(e, PhoneIncoming) for e in events)


def test_pauses_grow_and_stay_bearable() -> None:
    pauses = [pause_s(lives) for lives in range(12)]
    assert pauses[:5] == [0.0, 0.0, 0.25, 0.5, 1.0]
    assert pauses == sorted(pauses)
    assert max(pauses) == 30.0


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert engine_command() == (sys.executable, "exchange")
