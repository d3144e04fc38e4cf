"""One device that is kept going while it is wanted: opened, watched, opened again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

import miniaudio

from receptionist.phone.engine.devices import BACKENDS, Direction, chosen, listed
from receptionist.phone.engine.ring import RATE

PERIODS_MS = {Direction.MICROPHONE: 10, Direction.SPEAKER: 20}
"""A microphone's sound waits for us if we are late; a speaker that we keep waiting stutters."""

PERIODS = 3
_SILENT_S = 1.0
_AGAIN_S = 1.0
_LOOK_FOR_WANTED_S = 2.0

Feed = Callable[[], Generator[bytes, Any, None]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """Which device a stream uses: "" is the system's default; `missing` is what was asked for."""

    name: str = ""
    missing: str = ""


class _LetsGo:
    """A device whose connection to the sound system ends with it; the library forgets it there,
    and a sound system takes only so many: 64 are PulseAudio's.
    """

    _context: Any = None

    def close(self) -> None:
        """Close the device, then the connection. Also called for one that could not be opened."""
        super().close()  # type: ignore[misc]
        context, self._context = self._context, None
        if context is not None:
            miniaudio.lib.ma_context_uninit(context)


class _Microphone(_LetsGo, miniaudio.CaptureDevice):  # type: ignore[misc]
    """What the microphone is opened as."""


class _Speaker(_LetsGo, miniaudio.PlaybackDevice):  # type: ignore[misc]
    """What a speaker is opened as."""


class Stream:
    """A microphone or a speaker by name. Everything but the feed runs on the audio thread.

    `feed` makes the generator the device drives from a thread of its own: a speaker's is sent a
    number of samples and yields as many, a microphone's is sent sound and yields nothing.
    """

    def __init__(self, direction: Direction, name: str, feed: Feed) -> None:
        self._direction = direction
        self._name = name
        self._feed = feed
        self._device: Any = None
        self._stopped = False
        self._beat = 0.0
        self._next_try = 0.0
        self._next_look = 0.0
        self.opened: Opened | None = None
        self.reopened = 0

    @property
    def running(self) -> bool:
        """Whether the device gave a sign of life within the last second."""
        return (
            self._device is not None
            and not self._stopped
            and time.monotonic() - self._beat < _SILENT_S
        )

    def keep_going(self) -> None:
        """Open the device if it is not open, again if it died or the wanted one came back."""
        now = time.monotonic()
        if self._device is not None:
            if self.running and not self._wanted_is_back(now):
                return
            log.warning("%s %s, opening it again", self._direction, self._ailment())
            self.reopened += 1
            self.rest()
        if now >= self._next_try:
            self._open()
            self._next_try = 0.0 if self._device is not None else now + _AGAIN_S

    def ask_for(self, name: str) -> None:
        """Use another device from now on; one that is open is closed first."""
        if name != self._name:
            self.rest()
            self._name = name
            self._next_try = 0.0
            self.look()

    def look(self) -> None:
        """Find out which device would be opened, without opening it."""
        if self._device is None:
            there = listed()
            wanted = chosen(self._name, self._direction, there) if self._name else None
            if wanted is not None:
                self.opened = Opened(wanted.name)
            elif any(one.direction is self._direction for one in there):
                self.opened = Opened(missing=self._name)
            else:
                self.opened = None

    def rest(self) -> None:
        """Close the device; a microphone that is not needed is not open."""
        device, self._device = self._device, None
        if device is not None:
            device.stop_callback = None
            device.close()

    def _ailment(self) -> str:
        if self._stopped:
            return "was taken away"
        return "is back" if self.running else "went dead"

    def _wanted_is_back(self, now: float) -> bool:
        if self.opened is None or not self.opened.missing or now < self._next_look:
            return False
        self._next_look = now + _LOOK_FOR_WANTED_S
        return chosen(self._name, self._direction, listed()) is not None

    def _open(self) -> None:
        wanted = chosen(self._name, self._direction, listed()) if self._name else None
        tries = [(wanted.address, Opened(wanted.name))] if wanted else []
        tries.append((None, Opened(missing=self._name)))
        for address, opened in tries:
            try:
                self._start(address)
            except miniaudio.MiniaudioError as error:
                log.warning("%s cannot be opened: %s", self._direction, error)
                self.rest()
            else:
                self.opened = opened
                self._next_look = time.monotonic() + _LOOK_FOR_WANTED_S
                return
        self.opened = None

    def _start(self, address: Any) -> None:
        mono = {"nchannels": 1, "sample_rate": RATE}
        form = miniaudio.SampleFormat.SIGNED16
        options = {
            "buffersize_msec": PERIODS_MS[self._direction],
            "callback_periods": PERIODS,
            "device_id": address,
            "backends": BACKENDS,
            "app_name": "Receptionist",
        }
        if self._direction is Direction.MICROPHONE:
            self._device = _Microphone(form, **mono, **options)
        else:
            self._device = _Speaker(form, **mono, **options)
        self._stopped = False
        self._beat = time.monotonic()
        self._device.stop_callback = self._taken_away
        driver = self._watched(self._feed())
        next(driver)
        self._device.start(driver)

    def _taken_away(self) -> None:
        self._stopped = True

    def _watched(self, feed: Generator[bytes, Any, None]) -> Generator[bytes, Any, None]:
        """The feed, with the time of each call noted."""
        out = next(feed)
        while True:
            given = yield out
            self._beat = time.monotonic()
            out = feed.send(given)
