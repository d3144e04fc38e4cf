"""Windows that come and go, in processes of their own, and a caller who speaks all the while."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID, uuid4

from receptionist.events import (
    LineChanged,
    LineState,
    PhoneAnswered,
    PhoneEvent,
    PhoneIncoming,
    PhoneJoined,
)
from receptionist.model.office import Line
from receptionist.model.unattended import CallPlan, Plan, Plans, Step, StepKind
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from receptionist.phone.wire.rendezvous import find
from receptionist.threads import MainLoop
from tests.contract.phone.world import DIALLED, Desk, trunk
from tests.doubles.sip.baresip import loudness, write_tone
from tests.doubles.sip.talker import Talker

ROOT = Path(__file__).resolve().parents[3]
LOUD = 500


class Office:
    """A data directory, a caller, and windows that come and go."""

    def __init__(self, home: Path) -> None:
        write_tone(home / "microphone.wav", 5.0)
        self.data = home / "data"
        self.data.mkdir()
        self.heard_here = home / "heard.wav"
        self.caller = Talker()
        self.line = trunk(self.caller.address)
        self.settings = EngineSettings(
            bind="127.0.0.1",
            audio=AudioMode.FILES,
            microphone=str(home / "microphone.wav"),
            headset=str(self.heard_here),
            log_directory=str(self.data),
            linger_s=1,
        )
        self.port = 0
        self.desks: list[Desk] = []
        self._window: subprocess.Popen[str] | None = None

    def window(self, does: str = "answers") -> int:
        """A window of its own, ready to take calls; the SIP port."""
        values = [str(self.data), self.line.registrar, str(self.line.id), does]
        values += [self.settings.microphone, self.settings.headset]
        self._window = subprocess.Popen(
            [sys.executable, "-c", _WINDOW, *values], stdout=subprocess.PIPE, text=True
        )
        self.port = int(self.says("ready"))
        return self.port

    def says(self, what: str) -> str:
        """Wait until the window says so; what it adds."""
        assert self._window is not None
        assert self._window.stdout is not None
        for line in self._window.stdout:
            word, _, more = line.strip().partition(" ")
            if word == what:
                return more
        raise AssertionError(f"the window ended before it said {what!r}")

    def window_dies(self) -> float:
        """`kill -9`; when it was dead."""
        assert self._window is not None
        self._window.kill()
        self._window.wait()
        return time.monotonic()

    def desk(self) -> Desk:
        """A new start of the program."""
        made = Desk(lambda pump: Supervisor(pump.post, self.settings))
        self.desks.append(made)
        return made

    def exchange(self) -> int:
        place = find(str(self.data))
        assert place is not None
        return place.pid

    def close(self) -> None:
        if self._window is not None:
            self._window.kill()
            self._window.wait()
            assert self._window.stdout is not None
            self._window.stdout.close()
        for desk in self.desks:
            desk.phone.stop()
        place = find(str(self.data))
        self.caller.close()
        if place is not None and lives(place.pid):
            os.kill(place.pid, signal.SIGTERM)


def in_call(office: Office) -> None:
    """A caller and a window that has answered him speak to each other."""
    office.caller.call(DIALLED, office.window())
    office.caller.talk()
    office.says("answered")
    goes_on(office, 25)


def goes_on(office: Office, packets: int) -> None:
    """So many packets more."""
    enough = len(office.caller.packets) + packets
    office.caller.until(lambda: len(office.caller.packets) >= enough)


def longest_silence(file: Path) -> float:
    """In what the headset got, from the first tone to the last: seconds."""
    loud = [level > LOUD for level in loudness(file)]
    talk = loud[loud.index(True) : len(loud) - loud[::-1].index(True)]
    return (
        max((len(list(run)) for is_loud, run in itertools.groupby(talk) if not is_loud), default=0)
        / 10
    )


def port_of(desk: Desk) -> int:
    """Where its phone takes SIP."""
    assert isinstance(desk.phone, Supervisor)
    return desk.phone.sip_port


def lives(process: int) -> bool:
    """Whether a process runs."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def everything_queues() -> Plans:
    """Whoever calls while nobody is there waits with music."""
    absent = Plan(steps=(Step(kind=StepKind.QUEUE, seconds=600),))
    return Plans(plans=(CallPlan(client_id=None, numbers=(), present=Plan(), absent=absent),))


class Doing:
    """What a window without a face does with a caller, once he is answered. `does` says it."""

    def __init__(self, phone: Supervisor, line_id: UUID, does: str) -> None:
        self._phone, self._line_id = phone, line_id
        self._does, _, self._with = does.partition(" ")
        self._caller: UUID | None = None

    def heard(self, event: PhoneEvent) -> None:
        """Take in an event of the phone."""
        if isinstance(event, PhoneIncoming) and self._does not in ("plans", "misses"):
            self._phone.answer(event.call_id)
        elif isinstance(event, PhoneAnswered):
            self._answered(event.call_id)
        elif isinstance(event, PhoneJoined):
            print("joined", flush=True)

    def _answered(self, call_id: UUID) -> None:
        if self._does == "records":
            path, key = self._with.split()
            self._phone.service.record(call_id, path, key)
        elif self._does == "confers" and self._caller is None:
            self._caller = call_id
            self._phone.dial(uuid4(), self._line_id, self._with, beside=call_id)
        elif self._does == "confers" and self._caller is not None:
            self._phone.join(self._caller, call_id)
        print("answered", flush=True)


def window(arguments: list[str]) -> None:
    """A window without a face, in a process of its own: `_WINDOW` runs it."""
    data, registrar, line_id, does, microphone, headset = arguments
    loop = MainLoop()
    settings = EngineSettings(
        bind="127.0.0.1",
        audio=AudioMode.FILES,
        microphone=microphone,
        headset=headset,
        log_directory=data,
        linger_s=1,
    )
    phone = Supervisor(loop.post, settings)
    values = {"key": "trunk", "name": "Trunk", "user": "desk", "register": False}
    line = Line(id=UUID(line_id), registrar=registrar, **values)  # type: ignore[arg-type]
    doing = Doing(phone, line.id, does)

    def heard(event: PhoneEvent) -> None:
        if isinstance(event, LineChanged) and event.state is LineState.READY:
            if does == "plans":
                phone.service.plan(everything_queues())
            print("ready", phone.sip_port, flush=True)
        doing.heard(event)

    phone.start(heard)
    phone.register(line, None)
    loop.run()


_WINDOW = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.contract.phone.windows import window
window(sys.argv[1:])
"""
