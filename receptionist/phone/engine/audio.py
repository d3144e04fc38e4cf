"""The audio bridge: microphone and headset on one side, the calls' conference bridge on the other.

    microphone ─ Stream ─ Treatment ─▶ Ring ─▶ HeadsetPort ─▶ call          (what we say)
    headset    ◀─ Stream ─ Treatment ─ Ring ◀─ HeadsetPort ◀─ call          (what the caller says)
    ringing    ◀─ Stream ─ Bell

Three kinds of threads meet at the rings and nowhere else: pjsua2's clock, the devices' own, and the
audio thread of `Devices`.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from receptionist.events import PhoneLevels
from receptionist.i18n import _
from receptionist.model.sound import Sound, Trial
from receptionist.phone.engine.audio_bell import Bell
from receptionist.phone.engine.audio_devices import Devices, Need
from receptionist.phone.engine.audio_port import HeadsetPort
from receptionist.phone.engine.ring import Ring, RingFigures
from receptionist.phone.engine.treatment import Treatment
from receptionist.phone.wire import AudioMode, EngineSettings, Listen

_LINGER_S = 2.0
_HUSH_S = 0.3
_LEVELS_S = 0.1
_MICROPHONE_MARGIN_MS, _SPEAKER_MARGIN_MS = 10.0, 20.0
"""What a callback may come late at the least without a gap."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AudioFigures:
    """How the sound fared: `spoken` towards the callers, `heard` from them."""

    spoken: RingFigures
    heard: RingFigures
    reopened: int


class Headset:
    """Microphone, headset and ring tone of the engine. The engine's loop thread only.

    Never raises after it was made; without a usable device it is silent and `description` says so.
    """

    def __init__(self, settings: EngineSettings) -> None:
        self._spoken = Ring(_MICROPHONE_MARGIN_MS)
        self._heard = Ring(_SPEAKER_MARGIN_MS)
        self._rings = Need()
        self._hinted = False
        self._listens = Listen(on=False)
        self._levels_at = 0.0
        self._bell = Bell()
        sound = sound_of(settings)
        self._treatment = Treatment(sound)
        self.media = HeadsetPort(self._spoken, self._heard)
        self._devices: Devices | None = None
        if settings.audio is AudioMode.DEVICES:
            self._devices = Devices(
                sound,
                self._treatment,
                self._bell,
                spoken=self._spoken,
                heard=self._heard,
                warily=bool(settings.edge),
            )
        log.info("sound: %s", self.description)

    @property
    def description(self) -> str:
        """The devices in use, for people; changes when a device goes or comes."""
        return self._devices.description if self._devices else _("No sound (switched off)")

    @property
    def silent(self) -> bool:
        """Whether microphone or headset is missing."""
        return self._devices is None or self._devices.silent

    @property
    def figures(self) -> AudioFigures:
        """Counts since the start."""
        reopened = self._devices.reopened if self._devices else 0
        return AudioFigures(self._spoken.figures, self._heard.figures, reopened)

    def use(self, sound: Sound) -> None:
        """Use other devices and gains from now on, also in a call."""
        self._treatment.use(sound)
        if self._devices is not None:
            self._devices.use(sound)

    def listen(self, wanted: Listen) -> None:
        """Have the devices open for `levels`, or no longer; play the tone that is tried."""
        self._listens = wanted
        for meter in (self._treatment.microphone, self._treatment.headset):
            meter.on = wanted.on
            meter.read()

    def levels(self) -> PhoneLevels | None:
        """How loud it is, ten times a second while somebody listens; nothing in between."""
        now = time.monotonic()
        if not self._listens.on or now - self._levels_at < _LEVELS_S:
            return None
        self._levels_at = now
        microphone, headset = self._treatment.microphone, self._treatment.headset
        return PhoneLevels(microphone=microphone.read(), headset=headset.read())

    def ring(self, on: bool, tone: str = "", quiet: bool = False) -> None:
        """Ring with a tone, or stop; `quiet` or beside a conversation it is only a hint."""
        self._rings = Need(rings=on, tone=tone)
        self._hinted = quiet
        self.poll()

    def poll(self) -> None:
        """Every turn of the loop: tell the audio thread what is needed now. Microseconds."""
        if self._devices is None:
            return
        unused_s = time.monotonic() - self.media.used_at
        self._bell.quiet = self._hinted or unused_s < _HUSH_S
        listens, rings = self._listens, self._rings
        need = Need(
            talking=unused_s < _LINGER_S,
            rings=rings.rings or listens.trial is Trial.RINGING,
            tone=rings.tone if rings.rings else "",
            listening=listens.on,
            trial=listens.trial is Trial.HEADSET,
        )
        self._devices.want(need)

    def close(self) -> None:
        """Close the devices; `media` must be disconnected from every call already."""
        devices, self._devices = self._devices, None
        if devices is not None:
            devices.close()


def sound_of(settings: EngineSettings) -> Sound:
    """The devices and gains an engine starts with."""
    return Sound(
        microphone=settings.microphone,
        headset=settings.headset,
        ringing=settings.ringing,
        microphone_gain=settings.microphone_gain,
        headset_gain=settings.headset_gain,
        denoise=settings.denoise,
        cancel_echo=settings.cancel_echo,
    )


def open_headset(settings: EngineSettings) -> Headset:
    """The headset the settings ask for, or silence. Takes at most 3 s, usually 30 ms.

    Call it on the loop thread after `libInit`.
    """
    return Headset(settings)
