"""Which microphones and headsets there are, and which of them a setting means."""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import miniaudio

_STDOUT = 1

if sys.platform == "win32":
    BACKENDS = [miniaudio.Backend.WASAPI, miniaudio.Backend.DSOUND]
elif sys.platform == "darwin":
    BACKENDS = [miniaudio.Backend.COREAUDIO]
else:
    BACKENDS = [miniaudio.Backend.PULSEAUDIO, miniaudio.Backend.ALSA]


def hush_alsa() -> None:
    """Keep ALSA from writing to standard error whenever a device is not there."""
    try:
        alsa = ctypes.CDLL("libasound.so.2")
        alsa.snd_lib_error_set_handler(_unheard)
    except (OSError, AttributeError):
        return


_words = (ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
_unheard = ctypes.CFUNCTYPE(None, *_words)(lambda file, line, function, error, text: None)
"""Takes ALSA's own words; what matters of them comes back as an error of the audio library."""


class Direction(StrEnum):
    """Which way the sound goes."""

    MICROPHONE = "microphone"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Device:
    """A device of the system. `address` is the audio library's own and lives in this process."""

    name: str
    direction: Direction
    address: Any = None


def listed() -> tuple[Device, ...]:
    """Every device there is now, microphones first; none when there is no sound system.

    Asks the sound system and may take tens of milliseconds, more when it does not answer.
    """
    try:
        system = miniaudio.Devices(BACKENDS)
        captures, playbacks = system.get_captures(), system.get_playbacks()
    except miniaudio.MiniaudioError:
        return ()
    return tuple(
        Device(entry["name"], direction, entry["id"])
        for direction, entries in (
            (Direction.MICROPHONE, captures),
            (Direction.SPEAKER, playbacks),
        )
        for entry in entries
    )


def tell() -> int:
    """Write the names of all devices as one JSON object, by the descriptor of standard output.

    A windowed program on Windows has no `sys.stdout`.
    """
    hush_alsa()
    names: dict[str, list[str]] = {"microphones": [], "speakers": []}
    for device in listed():
        names[f"{device.direction}s"].append(device.name)
    os.write(_STDOUT, json.dumps(names).encode())
    return 0


def chosen(name: str, direction: Direction, devices: Iterable[Device]) -> Device | None:
    """The device a setting means: the same name, else the only one whose name contains it."""
    there = [device for device in devices if device.direction is direction]
    wanted = name.casefold()
    same = [device for device in there if device.name.casefold() == wanted]
    alike = [device for device in there if wanted and wanted in device.name.casefold()]
    if same:
        return same[0]
    return alike[0] if len(alike) == 1 else None
