"""The life of the phone beyond its window: a real exchange with real workers, and windows that die.

What is measured is measured at the caller's: every packet he gets, and what was recorded of him.
"""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from receptionist.events import (
    EngineChanged,
    EngineState,
    PhoneAnswered,
    PhoneAttended,
    PhoneEnded,
    PhoneHeld,
    PhoneIncoming,
    PhoneResumed,
)
from receptionist.model.call import Cause
from receptionist.model.office import Line
from receptionist.model.unattended import CallPlan, Plan, Plans, Step, StepKind
from receptionist.phone import wire
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from receptionist.phone.wire.rendezvous import find
from tests.contract.phone.world import DIALLED, Desk, trunk
from tests.doubles.sip.baresip import loudness, write_tone
from tests.doubles.sip.talker import CEILING_S, Talker, longest_gap

ROOT = Path(__file__).resolve().parents[3]
FRAME = 160
LOUD = 500
LONG_S = 1.0
"""So long says nobody in a call nothing; the console's own bench asks for 100 ms."""


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
        self.desks: list[Desk] = []
        self._window: subprocess.Popen[str] | None = None

    def window(self, does: str = "answers") -> int:
        """A window of its own, ready to take calls; the SIP port."""
        values = [str(self.data), self.line.registrar, str(self.line.id), does]
        values += [self.settings.microphone, self.settings.headset]
        self._window = subprocess.Popen(
            [sys.executable, "-c", _WINDOW, *values], stdout=subprocess.PIPE, text=True
        )
        return int(self.says("ready"))

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
        made = Desk(
            lambda pump: Supervisor(pump.post, self.settings, command=wire.program("exchange"))
        )
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
        if place is not None and _lives(place.pid):
            os.kill(place.pid, signal.SIGTERM)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.close()


def in_call(office: Office) -> None:
    """A caller and a window that has answered him speak to each other."""
    office.caller.call(DIALLED, office.window())
    office.caller.talk()
    office.says("answered")
    _goes_on(office, 25)


def _goes_on(office: Office, packets: int) -> None:
    """So many packets more."""
    enough = len(office.caller.packets) + packets
    office.caller.until(lambda: len(office.caller.packets) >= enough)


def test_a_call_outlives_its_window_and_is_taken_over(office: Office) -> None:
    in_call(office)
    before = len(office.caller.packets)
    office.window_dies()
    _goes_on(office, 50)
    desk = office.desk()
    (live,) = desk.wait(PhoneResumed).living
    desk.wait(EngineChanged, state=EngineState.READY)
    assert live.incoming
    assert live.line_id == office.line.id
    assert live.answered_at is not None
    assert live.called is not None
    assert DIALLED in live.called.to
    _goes_on(office, 25)
    heard = office.caller.packets[before:]
    pairs = list(itertools.pairwise(heard))
    assert {(after.number - before.number) % 65_536 for before, after in pairs} == {1}
    assert {after.timestamp - before.timestamp for before, after in pairs} == {FRAME}
    assert min(packet.loudness for packet in heard) > LOUD
    assert longest_gap(heard) < LONG_S
    desk.phone.hang_up(live.call_id)
    assert desk.wait(PhoneEnded).cause is Cause.WE_HUNG_UP
    office.caller.wait_for("BYE")
    desk.phone.stop()
    assert _longest_silence(office.heard_here) < LONG_S


def test_a_window_that_only_left_finds_its_call_again(office: Office) -> None:
    first = office.desk()
    first.takes(office.line)
    office.caller.call(DIALLED, _port(first))
    call_id = first.wait(PhoneIncoming).call_id
    first.phone.leave()
    second = office.desk()
    (live,) = second.wait(PhoneResumed).living
    assert (live.call_id, live.answered_at) == (call_id, None)
    second.wait(EngineChanged, state=EngineState.READY)
    second.phone.answer(call_id)
    office.caller.talk()
    second.wait(PhoneAnswered, call_id=call_id)
    second.phone.hold(call_id)
    second.wait(PhoneHeld, call_id=call_id, held=True)
    _goes_on(office, 5)
    office.caller.hang_up()
    assert second.wait(PhoneEnded, call_id=call_id).cause is Cause.CALLER_HUNG_UP


def test_who_rings_while_nobody_is_there_is_told_to_the_next(office: Office) -> None:
    port = office.window("answers nobody")
    office.window_dies()
    office.caller.call(DIALLED, port)
    office.caller.wait_for("SIP/2.0 180")
    office.caller.hang_up()
    office.caller.wait_for("SIP/2.0 487")
    resumed = office.desk().wait(PhoneResumed)
    assert resumed.living == ()
    (at, rang), (_, over) = resumed.missed
    assert isinstance(rang, PhoneIncoming)
    assert isinstance(over, PhoneEnded)
    assert (over.call_id, over.cause) == (rang.call_id, Cause.MISSED)
    assert at >= rang.at


def test_it_ends_some_time_after_the_last_call_and_forgets_nothing(office: Office) -> None:
    in_call(office)
    exchange = office.exchange()
    office.window_dies()
    _goes_on(office, 100)
    assert _lives(exchange), "not while there is a call"
    office.caller.hang_up()
    deadline = time.monotonic() + CEILING_S
    while _lives(exchange):
        assert time.monotonic() < deadline, "the exchange outlives everybody"
        time.sleep(0.05)
    assert find(str(office.data)) is None
    resumed = office.desk().wait(PhoneResumed)
    assert resumed.living == ()
    (over,) = [event for _, event in resumed.missed]
    assert isinstance(over, PhoneEnded)
    assert over.cause is Cause.CALLER_HUNG_UP


def test_nobody_there_means_the_plan_for_that(office: Office) -> None:
    port = office.window("plans")
    office.window_dies()
    office.caller.call(DIALLED, port)
    office.caller.talk()
    _goes_on(office, 5)
    desk = office.desk()
    resumed = desk.wait(PhoneResumed)
    (live,) = resumed.living
    assert live.step is StepKind.QUEUE
    told = [event for _, event in resumed.missed]
    assert [type(event) for event in told] == [PhoneIncoming, PhoneAttended]


def _longest_silence(file: Path) -> float:
    """In what the headset got, from the first tone to the last: seconds."""
    loud = [level > LOUD for level in loudness(file)]
    talk = loud[loud.index(True) : len(loud) - loud[::-1].index(True)]
    return (
        max((len(list(run)) for is_loud, run in itertools.groupby(talk) if not is_loud), default=0)
        / 10
    )


def _port(desk: Desk) -> int:
    assert isinstance(desk.phone, Supervisor)
    return desk.phone.sip_port


def _lives(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def everything_queues() -> Plans:
    """Whoever calls while nobody is there waits with music."""
    absent = Plan(steps=(Step(kind=StepKind.QUEUE, seconds=600),))
    return Plans(plans=(CallPlan(client_id=None, numbers=(), present=Plan(), absent=absent),))


def window(arguments: list[str]) -> None:
    """A window without a face, in a process of its own: `_WINDOW` runs it."""
    from uuid import UUID

    from receptionist.events import LineChanged, LineState, PhoneEvent
    from receptionist.threads import MainLoop

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
    phone = Supervisor(loop.post, settings, command=wire.program("exchange"))
    values = {"key": "trunk", "name": "Trunk", "user": "desk", "register": False}
    line = Line(id=UUID(line_id), registrar=registrar, **values)  # type: ignore[arg-type]

    def heard(event: PhoneEvent) -> None:
        if isinstance(event, LineChanged) and event.state is LineState.READY:
            if does == "plans":
                phone.service.plan(everything_queues())
            print("ready", phone.sip_port, flush=True)
        elif isinstance(event, PhoneIncoming) and does == "answers":
            phone.answer(event.call_id)
        elif isinstance(event, PhoneAnswered):
            print("answered", flush=True)

    phone.start(heard)
    phone.register(line, None)
    loop.run()


_WINDOW = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.contract.phone.test_life import window
window(sys.argv[1:])
"""
