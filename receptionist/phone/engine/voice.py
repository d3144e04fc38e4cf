"""The headset in calls, or files in its place, and the silence that keeps RTP flowing.

Loop thread only. `audio.open_headset` opens the devices; the other kinds are here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pjsua2 as pj

from receptionist.phone.engine.bridge import media_of, wire_up
from receptionist.phone.engine.leg import Leg
from receptionist.phone.engine.stack import CLOCK_HZ
from receptionist.phone.wire import AudioMode, EngineSettings

if TYPE_CHECKING:
    from receptionist.phone.engine.audio import Headset


class Voice:
    """Connects calls with the headset, or with files, or with nothing.

    `headset` is what opens the devices, None where it is files or nothing.
    """

    def __init__(self, settings: EngineSettings) -> None:
        self._silence = pj.ToneGenerator()
        self._silence.createToneGenerator(CLOCK_HZ, 1)
        self.headset: Headset | None = None
        self._mouth: Any = None
        self._ear: Any = None
        self._record_to = ""
        if settings.audio is AudioMode.DEVICES:
            from receptionist.phone.engine.audio import open_headset

            self.headset = open_headset(settings)
            self._mouth = self._ear = self.headset.media
        elif settings.audio is AudioMode.FILES:
            self._mouth = _looped(settings.microphone) if settings.microphone else None
            self._record_to = settings.headset

    @property
    def description(self) -> str:
        """The devices in use, for people; empty when there are none."""
        return self.headset.description if self.headset else ""

    @property
    def silent(self) -> bool:
        """Whether a person could not speak or hear."""
        return self.headset is None or self.headset.silent

    def join(self, leg: Leg) -> None:
        """Connect a call as its state says. Again after every change of that, or of its media."""
        media = media_of(leg)
        here = leg.desk and not leg.aside
        if here and self._record_to:
            # Not before: other workers would write over what is in the file.
            self._ear, self._record_to = _recorder(self._record_to), ""
        wire_up(self._silence, media, True)
        wire_up(media, self._ear, here)
        wire_up(self._mouth, media, here and not leg.muted)

    def spoken(self, leg: Leg) -> tuple[Any, ...]:
        """What a call hears of us on the bridge."""
        silent = leg.aside or leg.muted or not leg.desk or self._mouth is None
        return () if silent else (self._mouth,)

    def close(self) -> None:
        """Let the devices go."""
        if self.headset is not None:
            self.headset.close()
        self.headset = self._mouth = self._ear = None


def _looped(path: str) -> Any:
    player = pj.AudioMediaPlayer()
    player.createPlayer(path, 0)
    return player


def _recorder(path: str) -> Any:
    recorder = pj.AudioMediaRecorder()
    recorder.createRecorder(path)
    return recorder
