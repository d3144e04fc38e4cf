"""The ring tone: a WAV file, or resources/sounds/ringing.wav (made by packaging/ringing.py)."""

from __future__ import annotations

import logging
from array import array
from collections.abc import Generator
from pathlib import Path

import miniaudio

from receptionist.paths import resources
from receptionist.phone.engine.ring import BYTES, RATE

NO_TONE = "none"

_QUIETER = 10
_LARGEST = 20_000_000
_LONGEST_S = 30
_SHORTEST_S = 0.1
log = logging.getLogger(__name__)


def _decoded(path: Path) -> bytes:
    """The sound of a file as mono 16 bit at RATE; nothing if it cannot be used."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("the file is too large")
        form = miniaudio.SampleFormat.SIGNED16
        sound = miniaudio.decode(path.read_bytes(), form, nchannels=1, sample_rate=RATE)
    except (OSError, ValueError, miniaudio.MiniaudioError) as error:
        log.error("the ring tone %s cannot be used: %s", path.name, error)
        return b""
    pcm = sound.samples[: _LONGEST_S * RATE].tobytes()
    return pcm if len(pcm) >= _SHORTEST_S * RATE * BYTES else b""


def ringing(tone: str = "") -> bytes:
    """What a tone sounds like; the usual one where the file cannot be used.

    A second of nothing if that cannot be used either, or for `none`.
    """
    silence = bytes(RATE * BYTES)
    if tone == NO_TONE:
        return silence
    usual = resources("sounds", "ringing.wav")
    return (_decoded(Path(tone)) if tone else b"") or _decoded(usual) or silence


class Bell:
    """What a ringing speaker plays. `quiet` (any thread) makes it a hint beside a conversation."""

    def __init__(self) -> None:
        self.quiet = False
        self._tone = ""
        self._sounds = _loud_and_soft("")

    def choose(self, tone: str) -> None:
        """Ring with this tone from now on, from its beginning. Reads a file: the audio thread."""
        if tone != self._tone:
            self._tone, self._sounds = tone, _loud_and_soft(tone)

    def feed(self) -> Generator[bytes, int, None]:
        """The ring tone from its beginning, over and over, as many samples as it is sent."""
        at, out, sounds = 0, b"", self._sounds
        while True:
            wanted = (yield out) * BYTES
            if sounds is not self._sounds:
                at, sounds = 0, self._sounds
            sound = sounds[self.quiet]
            out = sound[at : at + wanted]
            while len(out) < wanted:
                out += sound[: wanted - len(out)]
            at = (at + wanted) % len(sound)


def _loud_and_soft(tone: str) -> tuple[bytes, bytes]:
    loud = ringing(tone)
    soft = array("h", (sample // _QUIETER for sample in array("h", loud)))
    return loud, soft.tobytes()
