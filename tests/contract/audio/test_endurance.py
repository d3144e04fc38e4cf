"""An hour with a call every few seconds, while devices are plugged and unplugged all the time.

What the caller says is heard where it must be; what the receptionist says is heard at the caller's.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

import pytest

from receptionist.events import (
    EngineChanged,
    EngineState,
    PhoneAnswered,
    PhoneEnded,
    PhoneIncoming,
)
from receptionist.model.call import Cause
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import EngineSettings
from tests.contract.audio.conftest import eventually, pitched, tone
from tests.contract.phone.world import DIALLED, Desk, trunk
from tests.doubles.processes import Footprint, children, footprint
from tests.doubles.pulse import Pulse
from tests.doubles.sip.talker import Talker

pytestmark = [pytest.mark.alone, pytest.mark.soak, pytest.mark.timeout(5400)]

MINUTES = 60
SEED = 4475
CALLER_HZ, SPEECH_HZ = 400, 700
SPEECH_S = 180
LOUD, SILENT = 1000, 100
LATEST = 5
"""So many packets of the caller's, 100 ms, must all be loud or all be silent."""

EVERY = 50
"""After so many calls the sound system itself dies, and what the processes take is looked at."""

MORE_KB = 4096
PATIENCE_S = 120.0
"""Sound stutters on a busy machine; what is lost in earnest is lost for good."""


class Shift:
    """Calls, and devices that come and go. `default` is where the system plays by itself."""

    def __init__(self, pulse: Pulse, phone: Supervisor, desk: Desk) -> None:
        self._pulse, self._phone, self._desk = pulse, phone, desk
        self._line = desk.takes(trunk("127.0.0.1"))
        self._caller: Talker | None = None
        self._speech = tone(SPEECH_HZ, SPEECH_S)
        self.default = ""
        self.begin()

    def begin(self) -> None:
        """Add to a fresh sound system a device that is not ours, and one without any sound."""
        self._pulse.plug("desk")
        self._pulse.plug("quiet")
        self._pulse.prefer("quiet.monitor")
        self._change_default("desk")

    # ---- what happens to the devices in a call; all of them are there afterwards

    def nothing(self) -> None:
        """A call as any other."""

    def headset(self) -> None:
        """The headset goes and comes."""
        self._pulse.unplug("ear")
        self._heard_at(self.default)
        self._pulse.plug("ear")

    def microphone(self) -> None:
        """The microphone goes and comes."""
        self._pulse.unplug("mic")
        self._caller_hears(lambda level: level < SILENT)
        self._pulse.plug("mic")

    def both(self) -> None:
        """Both go, the microphone comes first."""
        self._pulse.unplug("ear", "mic")
        self._heard_at(self.default)
        self._caller_hears(lambda level: level < SILENT)
        self._pulse.plug("mic")
        self._caller_hears_us()
        self._pulse.plug("ear")

    def other_default(self) -> None:
        """While there is no headset, the system is told to play elsewhere."""
        self._pulse.unplug("ear")
        self._heard_at(self.default)
        self._change_default("bell" if self.default == "desk" else "desk")
        self._heard_at(self.default)
        self._pulse.plug("ear")

    def bell(self) -> None:
        """What rings goes and comes while it does not ring."""
        self._pulse.unplug("bell")
        self._pulse.plug("bell")
        self._change_default(self.default)

    def everything(self) -> None:
        """The sound system dies and is there again."""
        self._pulse.stop()
        self._pulse.start()
        self.begin()

    # ---- one call

    def call(self, number: int, happens: Callable[[], None]) -> None:
        """Ring, be answered, talk while it `happens`, be heard on both sides, hang up."""
        with Talker() as self._caller:
            self._caller.call(DIALLED, self._phone.sip_port)
            call_id = self._desk.wait(PhoneIncoming, number).call_id
            if number % 5 == 0:
                eventually(lambda: max(self._pulse.record(0.2, "bell.monitor")) > LOUD, "it rings")
            self._phone.answer(call_id)
            self._caller.talk()
            self._desk.wait(PhoneAnswered, call_id=call_id)
            self._both_hear()
            happens()
            self._both_hear()
            if number % 2:
                self._phone.hang_up(call_id)
                self._caller.wait_for("BYE")
            else:
                self._caller.hang_up()
            ended = self._desk.wait(PhoneEnded, call_id=call_id)
            assert ended.cause is (Cause.WE_HUNG_UP if number % 2 else Cause.CALLER_HUNG_UP)
            assert len(self._desk.all(PhoneEnded)) == number

    def _both_hear(self) -> None:
        self._heard_at("ear")
        self._caller_hears_us()

    def _caller_hears_us(self) -> None:
        player = self._pulse.play(self._speech)
        try:
            said = tone_of(self._pulse, "mic", SPEECH_HZ)
            eventually(said, "we speak", PATIENCE_S)
            self._caller_hears(lambda level: level > LOUD)
        finally:
            player.kill()
            player.wait()

    def _heard_at(self, sink: str) -> None:
        heard = tone_of(self._pulse, f"{sink}.monitor", CALLER_HZ)
        eventually(heard, f"the caller is heard at {sink}", PATIENCE_S)

    def _caller_hears(self, right: Callable[[int], bool]) -> None:
        caller = self._caller
        assert caller is not None
        start = len(caller.packets)

        def heard() -> bool:
            latest = caller.packets[start:][-LATEST:]
            return len(latest) == LATEST and all(right(packet.loudness) for packet in latest)

        eventually(heard, "the caller hears what he should", PATIENCE_S)

    def _change_default(self, sink: str) -> None:
        self._pulse.prefer(sink)
        self.default = sink


def tone_of(pulse: Pulse, source: str, pitch: int) -> Callable[[], bool]:
    """Whether this tone comes out of a source just now."""
    return lambda: pitched(pulse.record(0.1, source), pitch)


@pytest.fixture
def desk(pulse: Pulse, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("PULSE_SERVER", pulse.environment["PULSE_SERVER"])
    named = {"microphone": "Mic", "headset": "Ear", "ringing": "Bell"}
    plain = EngineSettings(bind="127.0.0.1", denoise=False, cancel_echo=False, **named)  # type: ignore[arg-type]
    desk = Desk(lambda pump: Supervisor(pump.post, plain))
    yield desk
    desk.phone.stop()


def test_a_call_every_few_seconds_while_devices_come_and_go(
    pulse: Pulse, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(desk.phone, Supervisor)
    phone = desk.phone
    desk.wait(EngineChanged, state=EngineState.READY)
    shift = Shift(pulse, phone, desk)
    exchange = phone.engine_process
    assert exchange is not None
    oldest = min(children(exchange))
    kinds = [shift.nothing, shift.headset, shift.microphone, shift.both, shift.other_default]
    chance = random.Random(SEED)
    began, number = time.monotonic(), 0
    first: Footprint | None = None
    while time.monotonic() < began + 60 * MINUTES:
        number += 1
        last = number % EVERY == 0
        shift.call(number, shift.everything if last else chance.choice([*kinds, shift.bell]))
        if last:
            worker = footprint(oldest)
            with capsys.disabled():
                passed = time.monotonic() - began
                print(f"\n{number} calls in {passed:.0f} s: exchange {footprint(exchange)}")
                print(f"  worker {worker}, {len(children(exchange))} workers", flush=True)
            first = first or worker
            assert worker.pss < first.pss * 1.05 + MORE_KB
            assert worker.files <= first.files
    assert phone.engine_process == exchange, "no exchange died"
    assert oldest in children(exchange), "no worker died"
