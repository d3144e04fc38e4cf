"""What the simulated phone does beside the calls themselves."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from receptionist.model.sound import Sound, Trial
from receptionist.model.unattended import Plans


class SimulatedService:
    """`ports.PhoneService` that keeps what it was asked for. Main thread."""

    def __init__(self) -> None:
        self.plans: Plans | None = None
        self.wanted_sound: Sound | None = None
        self.listening = False
        self.trial = Trial.NOWHERE
        self.tones: dict[UUID, str] = {}
        self.recording: dict[UUID, str] = {}
        self.traced: list[UUID] = []
        self.told: Callable[[], int] = lambda: 0
        """How much the desk was told until now."""
        self.journalled = 0
        """How much of it is in its journal, as it says."""

    def plan(self, plans: Plans) -> None:
        self.plans = plans

    def sound(self, wanted: Sound) -> None:
        self.wanted_sound = wanted

    def listen(self, on: bool, trial: Trial = Trial.NOWHERE) -> None:
        self.listening, self.trial = on, trial

    def ring_tone(self, call_id: UUID, tone: str) -> None:
        self.tones[call_id] = tone

    def record(self, call_id: UUID, path: str, key: str) -> None:
        self.recording[call_id] = path

    def stop_recording(self, call_id: UUID) -> None:
        self.recording.pop(call_id, None)

    def trace(self, call_id: UUID) -> None:
        self.traced.append(call_id)

    def receipt(self) -> Callable[[], None]:
        told = self.told()

        def written() -> None:
            self.journalled = max(self.journalled, told)

        return written
