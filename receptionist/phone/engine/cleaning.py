"""Echo and noise taken out of what the microphone takes up, by WebRTC's audio processing.

The library is loaded with the first `Cleaner`, which takes half a second and 25 MB.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from receptionist.phone.engine.ring import BYTES, RATE

if TYPE_CHECKING:
    from livekit.rtc import AudioFrame

FRAME = RATE // 100
_FRAME_BYTES = FRAME * BYTES
log = logging.getLogger(__name__)


class Cleaner:
    """Hears what the headset plays and cleans what the microphone takes up, 10 ms at a time.

    `played` and `cleaned` come on the devices' threads and never raise. `close` on any.
    """

    def __init__(self, *, denoise: bool, cancel_echo: bool) -> None:
        """Raises `ImportError` where the library cannot be loaded."""
        from livekit.rtc import AudioFrame
        from livekit.rtc.apm import AudioProcessingModule

        self._frame = AudioFrame
        self._echo = cancel_echo
        self._filter = AudioProcessingModule(
            echo_cancellation=cancel_echo, noise_suppression=denoise, high_pass_filter=True
        )
        self._far, self._near = bytearray(), bytearray()
        self._broken = threading.Event()

    def played(self, pcm: bytes) -> None:
        """The headset plays this."""
        if self._echo:
            self._through(self._far, pcm, far=True)

    def cleaned(self, pcm: bytes) -> bytes:
        """What the microphone took up, cleaned; whole frames, the rest comes next time."""
        return self._through(self._near, pcm, far=False)

    def _through(self, waiting: bytearray, pcm: bytes, *, far: bool) -> bytes:
        if self._broken.is_set():
            return pcm
        waiting += pcm
        out = []
        while len(waiting) >= _FRAME_BYTES:
            frame = self._frame(bytearray(waiting[:_FRAME_BYTES]), RATE, 1, FRAME)
            del waiting[:_FRAME_BYTES]
            try:
                self._process(frame, far)
            except RuntimeError as error:
                log.warning("the sound is cleaned no more: %s", error)
                self._broken.set()
            out.append(bytes(frame.data.cast("B")))
        return b"".join(out)

    def _process(self, frame: AudioFrame, far: bool) -> None:
        if far:
            self._filter.process_reverse_stream(frame)
            return
        if self._echo:
            self._filter.set_stream_delay_ms(0)
        self._filter.process_stream(frame)
