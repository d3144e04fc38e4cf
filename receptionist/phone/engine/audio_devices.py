"""Keeps microphone, headset and ringing device as they are wanted, on a thread of its own.

That thread alone opens, watches and closes devices, so that a sound system that hangs never holds
up the engine's loop. Devices are open only while somebody talks, a call rings, or it is tried how
they sound.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass

from receptionist.i18n import _
from receptionist.model.sound import Sound
from receptionist.phone.engine.audio_bell import NO_TONE, Bell
from receptionist.phone.engine.audio_stream import Opened, Stream
from receptionist.phone.engine.devices import Direction, hush_alsa
from receptionist.phone.engine.ring import Ring, silence
from receptionist.phone.engine.treatment import Treatment

_WARM_UP_S = 0.2
_WATCH_S = 0.2
_PREPARE_S = 3.0
_FIRST_LOOK_S = 3.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Need:
    """What the devices are needed for just now. `trial` plays the tone in the headset."""

    talking: bool = False
    rings: bool = False
    listening: bool = False
    trial: bool = False
    tone: str = ""

    @property
    def any(self) -> bool:
        """Whether a device has to be open at all."""
        return self.talking or self.rings or self.listening or self.trial


class Devices:
    """The streams and the audio thread that keeps them as the loop wants them.

    `want` and `use` may be called from the loop at any time; they only leave a note. `warily`
    looks which devices there are but does not open them before they are needed.
    """

    def __init__(
        self,
        sound: Sound,
        treatment: Treatment,
        bell: Bell,
        *,
        spoken: Ring,
        heard: Ring,
        warily: bool = False,
    ) -> None:
        self._treatment, self._bell = treatment, bell
        self._spoken, self._heard = spoken, heard
        self._microphone = Stream(Direction.MICROPHONE, sound.microphone, self._from_microphone)
        self._headset = Stream(Direction.SPEAKER, sound.headset, self._to_headset)
        self._ringing = Stream(Direction.SPEAKER, _rings_on(sound), bell.feed)
        self._sound = self._used = sound
        self._need = Need()
        self._closing = False
        self._warily = warily
        self._wake = threading.Event()
        self._looked = threading.Event()
        self._thread = threading.Thread(target=self._run, name="audio", daemon=True)
        self._thread.start()
        self._looked.wait(_FIRST_LOOK_S)

    @property
    def reopened(self) -> int:
        """How often a device had to be opened again."""
        return self._microphone.reopened + self._headset.reopened + self._ringing.reopened

    @property
    def description(self) -> str:
        """The devices in use, or last used, in words."""
        if not self._looked.is_set():
            return _("The sound system does not answer. Check the microphone and headset.")
        return _("Microphone: {microphone}, headset: {headset}").format(
            microphone=_in_words(self._microphone.opened),
            headset=_in_words(self._headset.opened),
        )

    @property
    def silent(self) -> bool:
        """Whether microphone or headset is missing, or not known yet."""
        return self._microphone.opened is None or self._headset.opened is None

    def want(self, need: Need) -> None:
        """Have the devices open that are needed. Any thread, returns at once."""
        if need != self._need:
            self._need = need
            self._wake.set()

    def use(self, sound: Sound) -> None:
        """Use other devices from now on. Any thread, returns at once."""
        self._sound = sound
        self._wake.set()

    def close(self) -> None:
        """Close every device, for which a sound system that hangs gets two seconds."""
        self._closing = True
        self._wake.set()
        self._thread.join(2.0)

    # ---- the devices' threads ----------------------------------------------------------------

    def _from_microphone(self) -> Generator[bytes, bytearray, None]:
        while True:
            pcm = self._treatment.spoken(bytes((yield b"")))
            if pcm:
                self._spoken.write(pcm)

    def _to_headset(self) -> Generator[bytes, int, None]:
        """Silence at first: a speaker that starts takes some blocks at once and then pauses."""
        out = b""
        ready_at = time.monotonic() + _WARM_UP_S
        while time.monotonic() < ready_at:
            out = silence((yield out))
        self._heard.restart()
        trial = self._bell.feed()
        next(trial)
        while True:
            samples = yield out
            sound = self._heard.read(samples)
            out = self._treatment.heard(trial.send(samples) if self._need.trial else sound)

    # ---- the audio thread --------------------------------------------------------------------

    def _run(self) -> None:
        self._try(hush_alsa)
        self._try(self._look)
        self._looked.set()
        while not self._closing:
            self._wake.wait(self._pause_s())
            self._wake.clear()
            self._try(self._keep)
            self._try(self._treatment.prepare)
        self._try(self._rest)

    def _pause_s(self) -> float | None:
        """Until something is wanted; what cleans the sound is loaded before the first call."""
        if self._need.any:
            return _WATCH_S
        return None if self._treatment.ready else _PREPARE_S

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:
            log.exception("the audio thread stumbled")

    def _look(self) -> None:
        """Open both once, so that the description is true before the first call."""
        if self._warily:
            self._microphone.look()
            self._headset.look()
            return
        self._microphone.keep_going()
        self._headset.keep_going()
        self._rest()

    def _keep(self) -> None:
        need, sound = self._need, self._sound
        if sound != self._used:
            self._used = sound
            self._microphone.ask_for(sound.microphone)
            self._headset.ask_for(sound.headset)
            self._ringing.ask_for(_rings_on(sound))
        if need.rings or need.trial:
            self._bell.choose(need.tone)
        wanted = (
            (self._headset, need.any),
            (self._microphone, need.talking or need.rings or need.listening),
            (self._ringing, need.rings and need.tone != NO_TONE),
        )
        for stream, on in wanted:
            if on and not self._closing:
                stream.keep_going()
            else:
                stream.rest()

    def _rest(self) -> None:
        for stream in (self._ringing, self._microphone, self._headset):
            stream.rest()


def _rings_on(sound: Sound) -> str:
    return sound.ringing or sound.headset


def _in_words(opened: Opened | None) -> str:
    if opened is None:
        return _("none, connect one")
    if opened.missing:
        return _("the system's default ({name} is missing)").format(name=opened.missing)
    return opened.name or _("the system's default")
