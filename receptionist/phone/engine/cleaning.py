"""Echo and noise taken out of what the microphone takes up, by WebRTC's audio processing.

    microphone ─ Canceller ─ Suppressor ─▶
    headset ────────┘

Both cost some of the voice, so each does its worst only while there is something to take out. The
library, numpy among it, is loaded with the first `Cleaner`, which takes half a second and 25 MB.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from receptionist.phone.engine.ring import BYTES, RATE

if TYPE_CHECKING:
    from receptionist.phone.engine.filters import Canceller, Suppressor

FRAME = RATE // 100
_FRAME_BYTES = FRAME * BYTES
log = logging.getLogger(__name__)


class Cleaner:
    """Hears what the headset plays and cleans what the microphone takes up, 10 ms at a time.

    `played` and `cleaned` come on the devices' threads and never raise.
    """

    def __init__(self, *, denoise: bool, cancel_echo: bool) -> None:
        """Raises `ImportError` where the library cannot be loaded."""
        from receptionist.phone.engine.filters import Canceller, Suppressor

        self._echo: Canceller | None = Canceller() if cancel_echo else None
        self._noise: Suppressor | None = Suppressor() if denoise else None
        self._far, self._near = bytearray(), bytearray()
        self._broken = threading.Event()

    def played(self, pcm: bytes) -> None:
        """The headset plays this."""
        if self._echo is not None and not self._broken.is_set():
            for frame in _whole_frames(self._far, pcm):
                self._attempt(self._echo.played, frame)

    def cleaned(self, pcm: bytes) -> bytes:
        """What the microphone took up, cleaned; whole frames, the rest comes next time."""
        if self._broken.is_set():
            return pcm
        frames = _whole_frames(self._near, pcm)
        return b"".join(self._attempt(self._through, frame) or frame for frame in frames)

    def _through(self, frame: bytes) -> bytes:
        if self._echo is not None:
            frame = self._echo.cleaned(frame)
        return self._noise.cleaned(frame) if self._noise is not None else frame

    def _attempt(self, work: Callable[[bytes], bytes | None], frame: bytes) -> bytes | None:
        try:
            return work(frame)
        except RuntimeError as error:
            log.warning("the sound is cleaned no more: %s", error)
            self._broken.set()
            return None


def _whole_frames(waiting: bytearray, pcm: bytes) -> Iterator[bytes]:
    waiting += pcm
    while len(waiting) >= _FRAME_BYTES:
        frame = bytes(waiting[:_FRAME_BYTES])
        del waiting[:_FRAME_BYTES]
        yield frame
