"""What is done to sound between the devices and the rings: gain, echo and noise, its level."""

from __future__ import annotations

import logging
from array import array

from receptionist.model.sound import Sound
from receptionist.phone.engine.cleaning import Cleaner
from receptionist.phone.engine.levels import Meter

_AS_IT_IS = 100
log = logging.getLogger(__name__)


def amplified(pcm: bytes, percent: int) -> bytes:
    """Sound made louder or softer; what gets too loud is clipped."""
    if percent == _AS_IT_IS:
        return pcm
    samples = array("h", pcm)
    for at, sample in enumerate(samples):
        samples[at] = max(-32768, min(32767, sample * percent // _AS_IT_IS))
    return samples.tobytes()


class Treatment:
    """Both directions' sound on its way. `spoken` and `heard` come on the devices' threads.

    `use` takes effect with the next block; `prepare` may take half a second, on the audio thread.
    """

    def __init__(self, sound: Sound) -> None:
        self.microphone = Meter()
        self.headset = Meter()
        self._sound = sound
        self._cleaner: Cleaner | None = None
        self._cleans = (False, False)

    @property
    def ready(self) -> bool:
        """Whether `prepare` has nothing to do."""
        return (self._sound.denoise, self._sound.cancel_echo) == self._cleans

    def use(self, sound: Sound) -> None:
        """Other gains from now on; other cleaning after the next `prepare`."""
        self._sound = sound

    def prepare(self) -> None:
        """Clean as is wanted from now on."""
        if self.ready:
            return
        wanted = (self._sound.denoise, self._sound.cancel_echo)
        self._cleans = wanted
        self._cleaner = None
        if any(wanted):
            try:
                self._cleaner = Cleaner(denoise=wanted[0], cancel_echo=wanted[1])
            except (ImportError, OSError) as error:
                log.error("echo and noise stay in the sound: %s", error)

    def spoken(self, pcm: bytes) -> bytes:
        """What the microphone took up, as the callers get it."""
        cleaner = self._cleaner
        if cleaner is not None:
            pcm = cleaner.cleaned(pcm)
        pcm = amplified(pcm, self._sound.microphone_gain)
        self.microphone.take(pcm)
        return pcm

    def heard(self, pcm: bytes) -> bytes:
        """What callers say, as the headset gets it."""
        pcm = amplified(pcm, self._sound.headset_gain)
        cleaner = self._cleaner
        if cleaner is not None:
            cleaner.played(pcm)
        self.headset.take(pcm)
        return pcm
