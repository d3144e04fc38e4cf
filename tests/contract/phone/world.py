"""A phone and the other side of its calls, simulated or real, in the same words."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar
from uuid import UUID, uuid4

from receptionist.events import (
    LineChanged,
    LineState,
    PhoneAnswered,
    PhoneEvent,
    PhoneIncoming,
    PhoneProgress,
)
from receptionist.model.office import Line
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from receptionist.ports import Phone
from tests.doubles.phone import SimulatedPhone
from tests.doubles.pump import ManualClock, Pump
from tests.doubles.sip.baresip import Baresip, write_tone

E = TypeVar("E", bound=Any)

DIALLED = "+493023125100"
_PEER_SAW = {
    "ringing": ("CALL_RINGING", None),
    "answered": ("CALL_ESTABLISHED", None),
    "closed": ("CALL_CLOSED", None),
}


class Desk:
    """Stands where the desk stands: starts a phone, keeps its events, waits for one."""

    def __init__(self, phone_of: Callable[[Pump], Phone]) -> None:
        self.events: list[PhoneEvent] = []
        self._pump = Pump(ManualClock())
        self.phone = phone_of(self._pump)
        self.phone.start(self.events.append)

    def all(self, kind: type[E], **fields: object) -> list[E]:
        """The events of this kind with these fields so far."""
        return [
            event
            for event in self.events
            if isinstance(event, kind)
            and all(getattr(event, name) == value for name, value in fields.items())
        ]

    def wait(self, kind: type[E], count: int = 1, **fields: object) -> E:
        """The `count`-th event of this kind with these fields, waited for."""
        self._pump.until(lambda: len(self.all(kind, **fields)) >= count)
        return self.all(kind, **fields)[count - 1]

    def until(self, condition: Callable[[], object], ceiling_s: float = 60.0) -> None:
        """Let the main thread run until `condition()` is true."""
        self._pump.until(condition, ceiling_s)

    def takes(self, line: Line) -> Line:
        """Register a line and wait until it is ready."""
        self.phone.register(line, None)
        self.wait(LineChanged, line_id=line.id, state=LineState.READY)
        return line


class World(Protocol):
    """What a case of the contract may do."""

    desk: Desk
    line: Line

    def caller_rings(self) -> UUID:
        """A caller rings; the id of the call."""

    def peer_hangs_up(self, call_id: UUID) -> None: ...

    def peer_presses(self, call_id: UUID, digit: str) -> None: ...

    def we_dial(self, call_id: UUID | None = None) -> UUID:
        """We dial the peer, whose phone rings; the id of the call, by default a new one."""

    def peer_answers(self, call_id: UUID) -> None: ...

    def peer_saw(self, call_id: UUID, what: str) -> None:
        """Wait until the peer saw `ringing`, `answered`, `closed` or `digit N`."""

    def engine_dies(self) -> None: ...


def trunk(registrar: str, **changes: Any) -> Line:
    """A line without registration."""
    values = {"name": "Trunk", "user": "desk", "register": False, **changes}
    return Line(id=uuid4(), key="trunk", registrar=registrar, **values)


def in_call(world: World) -> UUID:
    """A call that was answered, as both sides see it."""
    call_id = world.caller_rings()
    world.desk.phone.answer(call_id)
    world.desk.wait(PhoneAnswered, call_id=call_id)
    world.peer_saw(call_id, "answered")
    return call_id


class SimulatedWorld:
    """Everything in memory, with events that come later, as from a real phone."""

    def __init__(self) -> None:
        self.desk = Desk(lambda pump: SimulatedPhone(pump.post))
        assert isinstance(self.desk.phone, SimulatedPhone)
        self._phone = self.desk.phone
        self.line = self.desk.takes(trunk("127.0.0.1"))
        self._saw: dict[UUID, list[str]] = {}

    def caller_rings(self) -> UUID:
        call_id = self._phone.outside.rings(DIALLED)
        assert call_id is not None
        self._saw[call_id] = self._phone.outside.saw(call_id)
        self.desk.wait(PhoneIncoming, call_id=call_id)
        return call_id

    def peer_hangs_up(self, call_id: UUID) -> None:
        self._phone.outside.hangs_up(call_id)

    def peer_presses(self, call_id: UUID, digit: str) -> None:
        self._phone.outside.presses(call_id, digit)

    def we_dial(self, call_id: UUID | None = None) -> UUID:
        call_id = call_id or uuid4()
        rang = len(self.desk.all(PhoneProgress, call_id=call_id))
        self._phone.dial(call_id, self.line.id, "peer")
        self._saw[call_id] = self._phone.outside.saw(call_id)
        self._phone.outside.alerts(call_id)
        self.desk.wait(PhoneProgress, rang + 1, call_id=call_id)
        return call_id

    def peer_answers(self, call_id: UUID) -> None:
        self._phone.outside.answers(call_id)

    def peer_saw(self, call_id: UUID, what: str) -> None:
        saw = self._saw[call_id]
        assert what in saw or (what == "closed" and saw[-1].startswith("refused")), saw

    def engine_dies(self) -> None:
        self._phone.outside.kills_the_engine()

    def close(self) -> None:
        self._phone.stop()


class RealWorld:
    """An engine process and baresip, over SIP and RTP on loopback."""

    def __init__(self, home: Path) -> None:
        self.peer = Baresip(home / "peer")
        write_tone(home / "microphone.wav", 5.0)
        self.heard_here = home / "heard.wav"
        settings = EngineSettings(
            bind="127.0.0.1",
            audio=AudioMode.FILES,
            microphone=str(home / "microphone.wav"),
            headset=str(self.heard_here),
        )
        self.desk = Desk(lambda pump: Supervisor(pump.post, settings))
        assert isinstance(self.desk.phone, Supervisor)
        self.phone = self.desk.phone
        try:
            self.line = self.desk.takes(trunk(self.peer.address))
        except BaseException:
            self.close()
            raise

    def caller_rings(self) -> UUID:
        rang = len(self.desk.all(PhoneIncoming))
        self.peer.dial(f"sip:{DIALLED}@127.0.0.1:{self.phone.sip_port}")
        return self.desk.wait(PhoneIncoming, rang + 1).call_id

    def peer_hangs_up(self, call_id: UUID) -> None:
        self.peer.hang_up()

    def peer_presses(self, call_id: UUID, digit: str) -> None:
        self.peer.press(digit)

    def we_dial(self, call_id: UUID | None = None) -> UUID:
        call_id = call_id or uuid4()
        rang = len(self.desk.all(PhoneProgress, call_id=call_id))
        self.phone.dial(call_id, self.line.id, "peer")
        self.desk.wait(PhoneProgress, rang + 1, call_id=call_id)
        return call_id

    def peer_answers(self, call_id: UUID) -> None:
        self.peer.accept()

    def peer_saw(self, call_id: UUID, what: str) -> None:
        if what.startswith("digit "):
            self.peer.wait("CALL_DTMF_START", what[6:])
        else:
            self.peer.wait(*_PEER_SAW[what])

    def engine_dies(self) -> None:
        process = self.phone.engine_process
        assert process is not None
        os.kill(process, signal.SIGKILL)

    def close(self) -> None:
        self.phone.stop()
        self.peer.close()
