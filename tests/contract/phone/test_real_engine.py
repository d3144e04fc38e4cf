"""The life of the real engine: registration with digest, death, hanging, and bad neighbours."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist.errors import EngineDown
from receptionist.events import (
    EngineChanged,
    EngineState,
    LineChanged,
    LineState,
    PhoneAnswered,
    PhoneCommandFailed,
    PhoneEnded,
    PhoneIncoming,
)
from receptionist.model.call import Cause
from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.phone import wire
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.supervisor.keeper import engine_command
from receptionist.phone.wire import AudioMode, EngineSettings
from receptionist.reasons import Reason
from tests.contract.phone.world import Desk, RealWorld, in_call, trunk
from tests.doubles.sip.sipp import Sipp

PASSWORD = "correct horse"
SETTINGS = EngineSettings(bind="127.0.0.1", audio=AudioMode.NULL)


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk(lambda pump: Supervisor(pump.post, SETTINGS))
    yield desk
    desk.phone.stop()


def _registrar(home: Path, port: int, calls: int = 1, options: tuple[str, ...] = ()) -> Sipp:
    options = (*options, "-deadcall_wait", "0")
    keys = {"user": "desk", "password": PASSWORD}
    return Sipp("registrar", home, port=port, calls=calls, options=options, **keys)


def _line(port: int) -> Line:
    return trunk(f"127.0.0.1:{port}", register=True)


def _process(desk: Desk) -> int:
    assert isinstance(desk.phone, Supervisor)
    process = desk.phone.engine_process
    assert process is not None
    return process


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_a_line_registers_with_digest(
    desk: Desk,
    tmp_path: Path,
    free_udp_port: Callable[[], int],
    transport: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    port = free_udp_port()
    line = dataclasses.replace(_line(port), transport=transport)
    with _registrar(tmp_path, port, options=("-t", f"{transport[0]}1")) as registrar:
        desk.phone.register(line, Secret(PASSWORD))
        ready = desk.wait(LineChanged, line_id=line.id, state=LineState.READY)
        registrar.finish()
        assert PASSWORD not in registrar.messages()
    assert ready.status == 200
    process = Path(f"/proc/{_process(desk)}")
    started = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
    assert PASSWORD.encode() not in started
    desk.phone.stop()
    assert PASSWORD not in "".join(capfd.readouterr())


def test_a_wrong_password_is_refused(
    desk: Desk, tmp_path: Path, free_udp_port: Callable[[], int]
) -> None:
    port = free_udp_port()
    line = _line(port)
    with _registrar(tmp_path, port):
        desk.phone.register(line, Secret("wrong"))
        refused = desk.wait(LineChanged, line_id=line.id, state=LineState.REFUSED)
    assert (refused.reason, refused.status) == (Reason.LINE_REFUSED, 403)


def test_a_corrected_password_registers(
    desk: Desk, tmp_path: Path, free_udp_port: Callable[[], int]
) -> None:
    port = free_udp_port()
    line = _line(port)
    with _registrar(tmp_path, port):
        desk.phone.register(line, Secret("wrong"))
        desk.wait(LineChanged, line_id=line.id, state=LineState.REFUSED)
    with _registrar(tmp_path / "again", port) as registrar:
        desk.phone.register(line, Secret(PASSWORD))
        desk.wait(LineChanged, line_id=line.id, state=LineState.READY)
        registrar.finish()


def test_a_killed_engine_registers_again_by_itself(
    desk: Desk, tmp_path: Path, free_udp_port: Callable[[], int]
) -> None:
    port = free_udp_port()
    line = _line(port)
    with _registrar(tmp_path, port, calls=2) as registrar:
        desk.phone.register(line, Secret(PASSWORD))
        desk.wait(LineChanged, line_id=line.id, state=LineState.READY)
        first = _process(desk)
        os.kill(first, signal.SIGKILL)
        desk.wait(EngineChanged, state=EngineState.LOST)
        desk.wait(LineChanged, 2, line_id=line.id, state=LineState.READY)
        registrar.finish()
    assert _process(desk) != first


def test_a_new_engine_keeps_the_port(desk: Desk) -> None:
    desk.wait(EngineChanged, state=EngineState.READY)
    assert isinstance(desk.phone, Supervisor)
    port = desk.phone.sip_port
    os.kill(_process(desk), signal.SIGKILL)
    desk.wait(EngineChanged, 2, state=EngineState.READY)
    assert desk.phone.sip_port == port


def test_an_engine_that_aborts_leaves_no_dump_with_passwords(desk: Desk) -> None:
    desk.wait(EngineChanged, state=EngineState.READY)
    limits = Path(f"/proc/{_process(desk)}/limits").read_text()
    (core,) = (line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert core.split()[4:6] == ["0", "0"]


def test_an_engine_that_hangs_is_killed_and_replaced() -> None:
    desk = Desk(lambda pump: Supervisor(pump.post, SETTINGS, silence_s=3.0))
    desk.wait(EngineChanged, state=EngineState.READY)
    os.kill(_process(desk), signal.SIGSTOP)
    desk.wait(EngineChanged, state=EngineState.LOST)
    desk.wait(EngineChanged, 2, state=EngineState.READY)
    desk.phone.stop()


def test_what_is_asked_while_the_engine_is_away_fails_and_says_so(desk: Desk) -> None:
    call_id = uuid4()
    desk.phone.dial(call_id, uuid4(), "+493023125100")
    assert desk.wait(PhoneEnded, call_id=call_id).cause is Cause.FAILED
    assert desk.all(PhoneCommandFailed, call_id=call_id)


@pytest.mark.usefixtures("errors_expected")
def test_an_engine_that_cannot_be_started_is_lost() -> None:
    nothing = ("/nowhere/receptionist-engine",)
    desk = Desk(lambda pump: Supervisor(pump.post, SETTINGS, command=nothing))
    desk.wait(EngineChanged, state=EngineState.LOST)
    desk.phone.stop()


def test_a_taken_sip_port_is_reported(desk: Desk) -> None:
    desk.wait(EngineChanged, state=EngineState.READY)
    assert isinstance(desk.phone, Supervisor)
    taken = EngineSettings(bind="127.0.0.1", audio=AudioMode.NULL, sip_port=desk.phone.sip_port)
    second = Desk(lambda pump: Supervisor(pump.post, taken))
    failed = second.wait(PhoneCommandFailed, command="start")
    assert "in use" in failed.detail
    second.phone.stop()


def test_an_engine_without_a_desk_ends_and_hangs_up(real: RealWorld, tmp_path: Path) -> None:
    """`kill -9` of the desk: its engine says BYE and goes."""
    script = tmp_path / "desk.py"
    script.write_text(_OTHER_DESK)
    target = f"sip:+493023125100@127.0.0.1:{real.phone.sip_port}"
    command = [sys.executable, str(script), target]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        engine = int(other.stdout.readline())
        call_id = real.desk.wait(PhoneIncoming).call_id
        real.desk.phone.answer(call_id)
        real.desk.wait(PhoneAnswered, call_id=call_id)
        other.kill()
    ended = real.desk.wait(PhoneEnded, call_id=call_id)
    assert (ended.cause, ended.status) == (Cause.CALLER_HUNG_UP, 0)
    deadline = time.monotonic() + 20
    while _lives(engine):
        assert time.monotonic() < deadline, "the engine outlives its desk"
        time.sleep(0.05)


def test_forty_lines(desk: Desk) -> None:
    for number in range(40):
        desk.takes(trunk(f"127.0.1.{number + 1}"))


def test_the_line_of_a_living_call_may_be_taken_away(real: RealWorld) -> None:
    call_id = in_call(real)
    real.desk.phone.unregister(real.line.id)
    real.desk.wait(LineChanged, line_id=real.line.id, state=LineState.STOPPED)
    real.desk.phone.hang_up(call_id)
    assert real.desk.wait(PhoneEnded, call_id=call_id).cause is Cause.WE_HUNG_UP
    real.peer.wait("CALL_CLOSED")


def test_a_bad_frame_is_refused_and_harms_no_call(real: RealWorld) -> None:
    call_id = in_call(real)
    link = real.phone._link
    assert link is not None
    link._connection.send_bytes(b'{"kind": "Answer", "body": {}}')
    failed = real.desk.wait(PhoneCommandFailed, command="frame")
    assert "call_id" in failed.detail
    assert not real.desk.all(PhoneEnded)
    real.desk.phone.hang_up(call_id)
    real.desk.wait(PhoneEnded, call_id=call_id)


def _engine(doorway: wire.Doorway, key: bytes) -> subprocess.Popen[bytes]:
    command = (*engine_command(), doorway.address)
    engine = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert engine.stdin is not None
    engine.stdin.write(key.hex().encode() + b"\n")
    engine.stdin.flush()
    return engine


def test_an_engine_refuses_a_desk_of_another_version(tmp_path: Path) -> None:
    doorway = wire.Doorway(tmp_path)
    with _engine(doorway, doorway.key) as engine:
        link = doorway.accept(wire.REPORTS)
        link.send(wire.Hello(version=99, settings=SETTINGS))
        assert link.waits(20)
        refused = link.receive()
        if not isinstance(refused, PhoneCommandFailed):
            engine.kill()
        assert isinstance(refused, PhoneCommandFailed)
        assert refused.command == "start"
        assert engine.wait(20) == 1
    doorway.close()


def test_an_engine_with_a_wrong_key_ends(tmp_path: Path) -> None:
    doorway = wire.Doorway(tmp_path)
    with _engine(doorway, b"wrong") as engine:
        with pytest.raises(EngineDown):
            doorway.accept(wire.REPORTS)
        assert engine.wait(20) == 1
    doorway.close()


def _lives(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


_OTHER_DESK = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).resolve().parents[3])!r})
from uuid import uuid4
from receptionist.events import LineChanged, LineState
from receptionist.model.office import Line
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from receptionist.threads import MainLoop

loop = MainLoop()
phone = Supervisor(loop.post, EngineSettings(bind="127.0.0.1", audio=AudioMode.NULL))
line = Line(id=uuid4(), key="k", name="n", registrar="127.0.0.1", user="other", register=False)

def heard(event):
    if isinstance(event, LineChanged) and event.state is LineState.READY:
        print(phone.engine_process, flush=True)
        phone.dial(uuid4(), line.id, sys.argv[1])

phone.start(heard)
phone.register(line, None)
loop.run()
"""
