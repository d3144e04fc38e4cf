"""When an engine rings, and with which tone; what it reports about sound."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from receptionist.events import EngineChanged, PhoneLevels
from receptionist.model.sound import Sound
from receptionist.phone import wire
from receptionist.phone.engine.sounding import Sounding

FIRST, SECOND = UUID(int=1), UUID(int=2)


class Headset:
    def __init__(self) -> None:
        self.rung: list[tuple[bool, str, bool]] = []
        self.used: list[Sound] = []
        self.loud: PhoneLevels | None = None

    def ring(self, on: bool, tone: str, quiet: bool) -> None:
        self.rung.append((on, tone, quiet))

    def use(self, sound: Sound) -> None:
        self.used.append(sound)

    def levels(self) -> PhoneLevels | None:
        return self.loud

    def poll(self) -> None: ...


class Voice:
    def __init__(self) -> None:
        self.headset = Headset()
        self.description, self.silent = "Mic", False


def sounding(behind_edge: bool) -> tuple[Sounding, Voice, list[Any]]:
    voice, told = Voice(), list[Any]()
    return Sounding(cast(Any, voice), told.append, behind_edge=behind_edge), voice, told


def test_an_engine_of_its_own_rings_with_the_tone_of_the_first() -> None:
    engine, voice, _told = sounding(behind_edge=False)
    engine.ring_tone(wire.RingTone(call_id=FIRST, tone="bell.wav"))
    for ringing in ([FIRST], [FIRST, SECOND], [SECOND], []):
        engine.poll(ringing)
    on = [(True, "bell.wav", False), (True, "", False), (False, "", False)]
    assert voice.headset.rung == on


def test_one_behind_an_exchange_rings_when_it_is_told() -> None:
    engine, voice, _told = sounding(behind_edge=True)
    engine.poll([FIRST])
    assert voice.headset.rung == []
    engine.ring(wire.Ring(on=True, tone="none", quiet=True))
    engine.poll([])
    engine.ring(wire.Ring(on=False))
    assert voice.headset.rung == [(True, "none", True), (False, "", False)]


def test_levels_and_other_devices_are_reported() -> None:
    engine, voice, told = sounding(behind_edge=True)
    engine.poll([])
    assert told == []
    voice.headset.loud = PhoneLevels(microphone=3, headset=4)
    engine.poll([])
    assert told.pop() == voice.headset.loud
    voice.headset.loud = None
    voice.description, voice.silent = "none", True
    engine.poll([])
    engine.poll([])
    (changed,) = told
    assert isinstance(changed, EngineChanged)
    assert (changed.audio, changed.silent) == ("none", True)
