"""The audio bridge: microphone and headset on one side, the calls' conference bridge on the other.

    microphone ─ Stream ─▶ Ring ─▶ HeadsetPort ─▶ call          (what we say)
    headset    ◀─ Stream ─ Ring ◀─ HeadsetPort ◀─ call          (what the caller says)
    ringing    ◀─ Stream ─ Bell

Three kinds of threads meet at the rings and nowhere else: pjsua2's clock, the devices' own, and the
audio thread, which alone opens, watches and closes devices, so that a sound system that hangs
never holds up the engine's loop. Devices are open only while somebody talks or a call rings.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass

from receptionist.i18n import _
from receptionist.phone.engine.audio_bell import Bell
from receptionist.phone.engine.audio_port import HeadsetPort
from receptionist.phone.engine.audio_stream import Opened, Stream
from receptionist.phone.engine.devices import Direction, hush_alsa
from receptionist.phone.engine.ring import Ring, RingFigures, silence
from receptionist.phone.wire import AudioMode, EngineSettings

_LINGER_S = 2.0
_HUSH_S = 0.3
_WARM_UP_S = 0.2
_WATCH_S = 0.2
_FIRST_LOOK_S = 3.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AudioFigures:
    """How the sound fared: `spoken` towards the callers, `heard` from them."""

    spoken: RingFigures
    heard: RingFigures
    reopened: int


def _microphone_feed(ring: Ring) -> Generator[bytes, bytearray, None]:
    while True:
        ring.write((yield b""))


def _speaker_feed(ring: Ring) -> Generator[bytes, int, None]:
    """Silence at first: a speaker that starts takes some blocks at once and then pauses."""
    out = b""
    ready_at = time.monotonic() + _WARM_UP_S
    while time.monotonic() < ready_at:
        out = silence((yield out))
    ring.restart()
    while True:
        out = ring.read((yield out))


class Devices:
    """The streams and the audio thread that keeps them as the loop wants them.

    `want` may be called from the loop at any time; it sets two flags and returns.
    """

    def __init__(self, settings: EngineSettings, spoken: Ring, heard: Ring, bell: Bell) -> None:
        self._microphone = Stream(
            Direction.MICROPHONE, settings.microphone, lambda: _microphone_feed(spoken)
        )
        self._headset = Stream(Direction.SPEAKER, settings.headset, lambda: _speaker_feed(heard))
        self._ringing = Stream(Direction.SPEAKER, settings.ringing or settings.headset, bell.feed)
        self._talking = False
        self._rings = False
        self._closing = False
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

    def want(self, talking: bool, rings: bool) -> None:
        """Have the devices open that talking and ringing need. Any thread, returns at once."""
        if (talking, rings) != (self._talking, self._rings):
            self._talking, self._rings = talking, rings
            self._wake.set()

    def close(self) -> None:
        """Close every device, for which a sound system that hangs gets two seconds."""
        self._closing = True
        self._wake.set()
        self._thread.join(2.0)

    def _run(self) -> None:
        self._try(hush_alsa)
        self._try(self._look)
        self._looked.set()
        while not self._closing:
            busy = self._talking or self._rings
            self._wake.wait(_WATCH_S if busy else None)
            self._wake.clear()
            self._try(self._keep)
        self._try(self._rest)

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:
            log.exception("the audio thread stumbled")

    def _look(self) -> None:
        """Open both once, so that the description is true before the first call."""
        self._microphone.keep_going()
        self._headset.keep_going()
        self._microphone.rest()
        self._headset.rest()

    def _keep(self) -> None:
        wanted = (
            (self._headset, self._talking or self._rings),
            (self._microphone, self._talking or self._rings),
            (self._ringing, self._rings),
        )
        for stream, on in wanted:
            if on and not self._closing:
                stream.keep_going()
            else:
                stream.rest()

    def _rest(self) -> None:
        for stream in (self._ringing, self._microphone, self._headset):
            stream.rest()


def _in_words(opened: Opened | None) -> str:
    if opened is None:
        return _("none, connect one")
    if opened.missing:
        return _("the system's default ({name} is missing)").format(name=opened.missing)
    return opened.name or _("the system's default")


class Headset:
    """Microphone, headset and ring tone of the engine. The engine's loop thread only.

    Never raises after it was made; without a usable device it is silent and `description` says so.
    """

    def __init__(self, settings: EngineSettings) -> None:
        self._spoken = Ring()
        self._heard = Ring()
        self._rings = False
        self._bell = Bell()
        self.media = HeadsetPort(self._spoken, self._heard)
        self._devices: Devices | None = None
        if settings.audio is AudioMode.DEVICES:
            self._devices = Devices(settings, self._spoken, self._heard, self._bell)
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

    def ring(self, on: bool) -> None:
        """Start or stop the ring tone; beside a conversation it is only a hint."""
        self._rings = on
        self.poll()

    def poll(self) -> None:
        """Every turn of the loop: tell the audio thread what is needed now. Microseconds."""
        if self._devices is None:
            return
        unused_s = time.monotonic() - self.media.used_at
        self._bell.quiet = unused_s < _HUSH_S
        self._devices.want(unused_s < _LINGER_S, self._rings)

    def close(self) -> None:
        """Close the devices; `media` must be disconnected from every call already."""
        devices, self._devices = self._devices, None
        if devices is not None:
            devices.close()


def open_headset(settings: EngineSettings) -> Headset:
    """The headset the settings ask for, or silence. Takes at most 3 s, usually 30 ms.

    Call it on the loop thread after `libInit`.
    """
    return Headset(settings)
