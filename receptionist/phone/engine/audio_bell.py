"""The ring tone: resources/sounds/ringing.wav (made by packaging/ringing.py), over and over."""

from __future__ import annotations

import logging
import wave
from array import array
from collections.abc import Generator

from receptionist.paths import resources
from receptionist.phone.engine.ring import BYTES, RATE

_QUIETER = 10
log = logging.getLogger(__name__)


def ringing() -> bytes:
    """The ring tone as mono 16 bit at RATE; a second of nothing if the file cannot be used."""
    try:
        with wave.open(str(resources("sounds", "ringing.wav")), "rb") as sound:
            shape = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate())
            if shape == (1, BYTES, RATE):
                return sound.readframes(sound.getnframes())
        log.error("ringing.wav is not mono, 16 bit, %s Hz", RATE)
    except (OSError, EOFError, wave.Error) as error:
        log.error("ringing.wav cannot be read: %s", error)
    return bytes(RATE * BYTES)


class Bell:
    """What a ringing speaker plays. `quiet` (any thread) makes it a hint beside a conversation."""

    def __init__(self) -> None:
        self.quiet = False
        self._loud = ringing()
        samples = array("h", self._loud)
        self._soft = array("h", (sample // _QUIETER for sample in samples)).tobytes()

    def feed(self) -> Generator[bytes, int, None]:
        """The ring tone from its beginning, over and over, as many samples as it is sent."""
        at, out = 0, b""
        while True:
            wanted = (yield out) * BYTES
            sound = self._soft if self.quiet else self._loud
            out = sound[at : at + wanted]
            while len(out) < wanted:
                out += sound[: wanted - len(out)]
            at = (at + wanted) % len(sound)
