"""An engine by itself, as the exchange has it: commands go in, reports come out."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID, uuid4

from receptionist.errors import EngineDown
from receptionist.events import LineChanged, LineState, PhoneAnswered, PhoneIncoming
from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.phone import wire
from tests.contract.phone.world import DIALLED
from tests.doubles.sip.baresip import Baresip
from tests.doubles.sip.raw import RawPhone

R = TypeVar("R", bound=Any)

CEILING_S = 60.0


class EngineProcess:
    """One engine. What it reported is in `reports`, oldest first."""

    def __init__(self, home: Path, **settings: Any) -> None:
        doorway = wire.Doorway(home)
        self.reports: list[Any] = []
        self._behind_edge = "edge" in settings
        self._changed = threading.Condition()
        self._process = subprocess.Popen(
            (*wire.program("engine"), doorway.address),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=wire.environment(),
        )
        assert self._process.stdin is not None
        with self._process.stdin as pipe:
            pipe.write(doorway.key.hex().encode() + b"\n")
        self._link = doorway.accept(wire.REPORTS)
        doorway.close()
        chosen = {"bind": "127.0.0.1", "audio": wire.AudioMode.NULL, **settings}
        self.tell(wire.Hello(version=wire.VERSION, settings=wire.EngineSettings(**chosen)))
        threading.Thread(target=self._read, daemon=True).start()
        self.sip_port = self.wait(wire.Ready).sip_port

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.tell(wire.Stop())
            self._process.wait(CEILING_S)
        except (EngineDown, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        self._link.close()

    def tell(self, command: wire.Command) -> None:
        """Send a command."""
        self._link.send(command)

    def register(self, line: Line, secret: str = "") -> Line:
        """Give it a line, and wait until it is used; behind an exchange nothing is told of it."""
        self.tell(wire.Register(line=line, secret=Secret(secret) if secret else None))
        if not self._behind_edge:
            self.wait(LineChanged, line_id=line.id, state=LineState.READY)
        return line

    def all(self, kind: type[R], **fields: object) -> list[R]:
        """The reports of this kind with these fields so far."""
        return [
            report
            for report in list(self.reports)
            if isinstance(report, kind)
            and all(getattr(report, name) == value for name, value in fields.items())
        ]

    def wait(self, kind: type[R], count: int = 1, **fields: object) -> R:
        """The `count`-th report of this kind with these fields, waited for."""
        with self._changed:
            came = self._changed.wait_for(lambda: len(self.all(kind, **fields)) >= count, CEILING_S)
        assert came, f"no {kind.__name__} {fields}: {self.reports}"
        return self.all(kind, **fields)[count - 1]

    def rings(self, count: int = 1) -> UUID:
        """The id of the `count`-th call that came in."""
        return self.wait(PhoneIncoming, count).call_id

    def answers(self, count: int = 1) -> UUID:
        """Answer the `count`-th call that came in."""
        call_id = self.rings(count)
        self.tell(wire.Answer(call_id=call_id))
        self.wait(PhoneAnswered, call_id=call_id)
        return call_id

    def dials(self, line: Line, target: str, **more: Any) -> UUID:
        """Call `target`; the id of the call."""
        call_id = uuid4()
        self.tell(wire.Dial(call_id=call_id, line_id=line.id, target=target, **more))
        return call_id

    def _read(self) -> None:
        while True:
            try:
                report = self._link.receive()
            except EngineDown:
                return
            with self._changed:
                self.reports.append(report)
                self._changed.notify_all()


def rings(engine: EngineProcess, raw: RawPhone) -> UUID:
    raw.invite(engine.sip_port)
    return engine.rings()


def in_call(engine: EngineProcess, raw: RawPhone) -> UUID:
    call_id = rings(engine, raw)
    engine.tell(wire.Answer(call_id=call_id))
    raw.confirm()
    engine.wait(PhoneAnswered, call_id=call_id)
    return call_id


def talks(engine: EngineProcess, peer: Baresip, count: int = 1) -> UUID:
    """A call from baresip that was answered."""
    peer.dial(f"sip:{DIALLED}@127.0.0.1:{engine.sip_port}")
    call_id = engine.answers(count)
    peer.wait("CALL_ESTABLISHED")
    return call_id
