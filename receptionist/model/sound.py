"""Which microphones and headsets a computer has, by the names that settings use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SoundDevices:
    """Names of the devices there are; both empty when the sound system does not answer."""

    microphones: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
