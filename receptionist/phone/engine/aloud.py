"""Plays one sound into a headset and nowhere else: a process that ends with it, or with its device.

The sound comes from standard input, after its length in eight bytes, and is never written to a
disk. When standard input ends, who wanted to hear it is gone, and so is the sound.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Generator

import miniaudio

from receptionist.phone.engine.devices import BACKENDS, Direction, chosen, hush_alsa, listed
from receptionist.phone.engine.ring import BYTES, RATE

MISSING, UNPLAYABLE = 3, 4
"""How this process ends where the device is not there (any more), or the sound is none."""

_STDIN = 0
_LOOK_S = 0.4
_SILENT_S = 2.0
_TAIL_S = 0.3


def play(name: str) -> int:
    """Play what comes from standard input into the device `name`, "" for that of the system.

    Where the device goes the sound ends: it is never heard from another one.
    """
    hush_alsa()
    form = miniaudio.SampleFormat.SIGNED16
    try:
        sound = miniaudio.decode(_given(), form, nchannels=1, sample_rate=RATE)
    except miniaudio.MiniaudioError:
        return UNPLAYABLE
    threading.Thread(target=_end_with_who_wanted_it, name="end", daemon=True).start()
    return _Playing(name, sound.samples.tobytes()).code()


class _Playing:
    """One sound on one device. The device drives the feed from a thread of its own."""

    def __init__(self, name: str, pcm: bytes) -> None:
        self._name, self._pcm = name, pcm
        self._over = threading.Event()
        self._gone = threading.Event()
        self._beat = time.monotonic()

    def code(self) -> int:
        """Play it; how it ended."""
        wanted = chosen(self._name, Direction.SPEAKER, listed()) if self._name else None
        if self._name and wanted is None:
            return MISSING
        try:
            device = miniaudio.PlaybackDevice(
                miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE,
                buffersize_msec=60,
                device_id=wanted.address if wanted else None,
                backends=BACKENDS,
                app_name="Receptionist",
            )
        except miniaudio.MiniaudioError:
            return MISSING
        device.stop_callback = self._gone.set
        feed = self._feed()
        next(feed)
        device.start(feed)
        while not self._over.wait(_LOOK_S):
            if self._is_gone():
                return MISSING
        time.sleep(_TAIL_S)
        return 0

    def _is_gone(self) -> bool:
        dead = time.monotonic() - self._beat > _SILENT_S
        unknown = self._name and chosen(self._name, Direction.SPEAKER, listed()) is None
        return bool(self._gone.is_set() or dead or unknown)

    def _feed(self) -> Generator[bytes, int, None]:
        at, out = 0, b""
        while True:
            wanted = (yield out) * BYTES
            self._beat = time.monotonic()
            out = self._pcm[at : at + wanted].ljust(wanted, b"\0")
            at += wanted
            if at >= len(self._pcm):
                self._over.set()


def _given() -> bytes:
    """The sound, by the descriptor of standard input: a windowed program has no `sys.stdin`."""
    return _read(int.from_bytes(_read(8), "big"))


def _read(size: int) -> bytes:
    got = bytearray()
    while len(got) < size and (part := os.read(_STDIN, size - len(got))):
        got += part
    return bytes(got)


def _end_with_who_wanted_it() -> None:
    while os.read(_STDIN, 1):
        pass
    os._exit(0)
