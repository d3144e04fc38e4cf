"""What the phone does beside the calls themselves: plans, devices, recordings, traces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from receptionist.model.sound import Sound, Trial
from receptionist.model.unattended import Plans
from receptionist.phone import wire


class Service:
    """`ports.PhoneService`. Main thread; every command returns at once."""

    def __init__(
        self,
        command: Callable[[UUID, wire.Command], None],
        send: Callable[[wire.Command], None],
        receipt: Callable[[], Callable[[], None]],
    ) -> None:
        self._command = command
        self._send = send
        self.receipt = receipt
        self._wanted: Sound | None = None

    def plan(self, plans: Plans) -> None:
        """What happens to callers nobody answers."""
        self._send(plans)

    def sound(self, wanted: Sound) -> None:
        """Use other devices and gains, also after a restart of the engine."""
        self._wanted = wanted
        self._send(wanted)

    def again(self) -> None:
        """Tell a new engine what its greeting does not say."""
        if self._wanted is not None:
            self._send(self._wanted)

    def listen(self, on: bool, trial: Trial = Trial.NOWHERE) -> None:
        """Tell how loud microphone and headset are, or stop that."""
        self._send(wire.Listen(on=on, trial=trial))

    def ring_tone(self, call_id: UUID, tone: str) -> None:
        """Ring for a call with a tone of its own."""
        self._command(call_id, wire.RingTone(call_id=call_id, tone=tone))

    def play(self, call_id: UUID, path: Path, *, loop: bool = False) -> None:
        """Play a WAV file (16-bit PCM) into a call that is up."""
        self._command(call_id, wire.Play(call_id=call_id, path=str(path), loop=loop))

    def record(self, call_id: UUID, path: str, key: str) -> None:
        """Record both sides of a call."""
        self._command(call_id, wire.Record(call_id=call_id, path=path, key=key))

    def stop_recording(self, call_id: UUID) -> None:
        """Complete a recording."""
        self._command(call_id, wire.StopRecording(call_id=call_id))

    def trace(self, call_id: UUID) -> None:
        """Tell the SIP messages of a call."""
        self._command(call_id, wire.Trace(call_id=call_id))
