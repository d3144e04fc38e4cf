"""Which microphones and headsets a computer has, by the names that settings use."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SoundDevices:
    """Names of the devices there are; both empty when the sound system does not answer."""

    microphones: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """Use these devices and gains (percent) from now on, also in a call. Empty names: any."""

    microphone: str = ""
    headset: str = ""
    ringing: str = ""
    microphone_gain: int = 100
    headset_gain: int = 100
    denoise: bool = True
    cancel_echo: bool = True


class Trial(StrEnum):
    """Where a tone is played to try how it sounds."""

    NOWHERE = ""
    HEADSET = "headset"
    RINGING = "ringing"
