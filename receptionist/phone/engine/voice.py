"""Who hears whom: the headset, the silence that keeps RTP flowing, and files played into calls.

Loop thread only. `audio.open_headset` opens the devices; the other kinds are here.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pjsua2 as pj

from receptionist.errors import PhoneError
from receptionist.phone.engine.leg import Leg
from receptionist.phone.engine.stack import CLOCK_HZ
from receptionist.phone.wire import AudioMode, EngineSettings

if TYPE_CHECKING:
    from receptionist.phone.engine.audio import Headset

log = logging.getLogger(__name__)


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
        if settings.audio is AudioMode.DEVICES:
            from receptionist.phone.engine.audio import open_headset

            self.headset = open_headset(settings)
            self._mouth = self._ear = self.headset.media
        elif settings.audio is AudioMode.FILES:
            self._mouth = _looped(settings.microphone) if settings.microphone else None
            self._ear = _recorder(settings.headset) if settings.headset else None

    @property
    def description(self) -> str:
        """The devices in use, for people; empty when there are none."""
        return self.headset.description if self.headset else ""

    @property
    def silent(self) -> bool:
        """Whether a person could not speak or hear."""
        return self.headset is None or self.headset.silent

    def join(self, leg: Leg) -> None:
        """Connect a call as its state says. Again after every change of its media."""
        media = _media(leg)
        if media is None:
            return
        self._silence.startTransmit(media)
        if self._ear is not None and not leg.held:
            media.startTransmit(self._ear)
        if self._mouth is not None:
            if leg.held or leg.muted:
                _stop(self._mouth, media)
            else:
                self._mouth.startTransmit(media)

    def play(self, leg: Leg, path: str) -> None:
        """Play a WAV file into a call, once. `PhoneError` when either cannot be."""
        media = _media(leg)
        if media is None:
            raise PhoneError("the call has no audio yet")
        if not Path(path).is_file():
            raise PhoneError("there is no such sound file")
        player = pj.AudioMediaPlayer()
        player.createPlayer(path, pj.PJMEDIA_FILE_NO_LOOP)
        player.startTransmit(media)
        leg.players.append(player)

    def leave(self, leg: Leg) -> None:
        """Let go of what belongs to a call that is over."""
        leg.players.clear()

    def close(self) -> None:
        """Let the devices go."""
        if self.headset is not None:
            self.headset.close()
        self.headset = self._mouth = self._ear = None


def _media(leg: Leg) -> Any:
    if leg.over:
        return None
    try:
        return leg.getAudioMedia(-1)
    except pj.Error:
        return None


def _stop(source: Any, sink: Any) -> None:
    try:
        source.stopTransmit(sink)
    except pj.Error:
        log.debug("was not connected")


def _looped(path: str) -> Any:
    player = pj.AudioMediaPlayer()
    player.createPlayer(path, 0)
    return player


def _recorder(path: str) -> Any:
    recorder = pj.AudioMediaRecorder()
    recorder.createRecorder(path)
    return recorder
