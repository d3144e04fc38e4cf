"""The bridge's side towards pjsua2: a port of the conference bridge between two rings.

pjsua2's null device is the clock: it asks for a frame and delivers one every 20 ms, on a thread of
its own. Frames cross in std::vectors; `bytes(frame.buf)` makes a Python object of every byte
(0.3 ms a frame), so their memory is read and written directly where that is proved to be right.
"""

from __future__ import annotations

import ctypes
import logging
import time
from typing import Any

import pjsua2 as pj

from receptionist.phone.engine.ring import BYTES, RATE, Ring, silence

FRAME_MS = 20
FRAME = RATE * FRAME_MS // 1000
_AWAY_S = 0.2

_Vector = ctypes.c_void_p * 3
log = logging.getLogger(__name__)


class SlowFrames:
    """Frames read and written the way the binding offers."""

    def read(self, frame: Any) -> bytes:
        """The sound in `frame`."""
        return bytes(frame.buf)

    def write(self, frame: Any, pcm: bytes) -> None:
        """Put one FRAME of sound into `frame`."""
        frame.buf = pj.ByteVector(pcm)


class FastFrames:
    """Frames read and written in the memory of their std::vector: begin, end, end of storage.

    Raises ValueError where a vector does not look like this.
    """

    def __init__(self) -> None:
        self._outgoing = pj.ByteVector(silence(FRAME))
        self._memory = self._span(self._outgoing)[0]
        self._prove()

    def read(self, frame: Any) -> bytes:
        """The sound in `frame`."""
        begin, length = self._span(frame.buf)
        return ctypes.string_at(begin, length) if length else b""

    def write(self, frame: Any, pcm: bytes) -> None:
        """Put one FRAME of sound into `frame`."""
        ctypes.memmove(self._memory, pcm, FRAME * BYTES)
        frame.buf = self._outgoing

    @staticmethod
    def _span(vector: Any) -> tuple[int, int]:
        begin, end, _limit = _Vector.from_address(int(vector.this))
        return begin or 0, (end or 0) - (begin or 0)

    def _prove(self) -> None:
        pattern = bytes(range(256)) * 3
        pattern = pattern[: FRAME * BYTES]
        frame = pj.MediaFrame()
        for vector in (self._outgoing, pj.ByteVector(pattern[:77])):
            frame.buf = vector
            if self._span(frame.buf)[1] != len(vector) or self.read(frame) != bytes(vector):
                raise ValueError("a vector's memory is not what it is thought to be")
        self.write(frame, pattern)
        if bytes(frame.buf) != pattern or self.read(frame) != pattern:
            raise ValueError("writing into a vector's memory does not show")
        self.write(frame, silence(FRAME))


def frames() -> FastFrames | SlowFrames:
    """The fast way if it is proved right here, else the slow one."""
    try:
        return FastFrames()
    except (ValueError, TypeError, AttributeError) as error:
        log.warning("audio frames go the slow way: %s", error)
        return SlowFrames()


class HeadsetPort(pj.AudioMediaPort):  # type: ignore[misc]
    """The headset as the calls see it. Made and destroyed on the engine's loop thread.

    Its two callbacks come on pjsua2's clock thread and touch nothing but the rings.
    """

    def __init__(self, spoken: Ring, heard: Ring) -> None:
        super().__init__()
        self._spoken = spoken
        self._heard = heard
        self._frames = frames()
        self._asked_at = 0.0
        self._given_at = 0.0
        self._size = FRAME * BYTES
        form = pj.MediaFormatAudio()
        form.type = pj.PJMEDIA_TYPE_AUDIO
        form.id = pj.PJMEDIA_FORMAT_PCM
        form.clockRate = RATE
        form.channelCount = 1
        form.bitsPerSample = 8 * BYTES
        form.frameTimeUsec = FRAME_MS * 1000
        form.avgBps = form.maxBps = RATE * 8 * BYTES
        self.createPort("headset", form)

    @property
    def used_at(self) -> float:
        """When a call last listened or spoke, on the monotonic clock; 0 is never."""
        return max(self._asked_at, self._given_at)

    def onFrameRequested(self, frame: Any) -> None:  # noqa: N802 - pjsua2's name
        """A call wants to hear the microphone."""
        now = time.monotonic()
        if now - self._asked_at > _AWAY_S:
            self._spoken.restart()
        self._asked_at = now
        frame.type = pj.PJMEDIA_FRAME_TYPE_AUDIO
        self._frames.write(frame, self._spoken.read(FRAME))

    def onFrameReceived(self, frame: Any) -> None:  # noqa: N802 - pjsua2's name
        """A call says something; an empty frame is its silence."""
        pcm = self._frames.read(frame) if frame.size else b""
        if pcm:
            self._given_at = time.monotonic()
        self._heard.write(pcm or silence(FRAME))
