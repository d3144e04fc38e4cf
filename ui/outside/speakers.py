"""The headset of the settings among the devices that Qt knows, by the names the phone uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice


def headset(name: str) -> QAudioDevice | None:
    """The device of that name, else the only one whose name contains it, as the phone chooses.

    Without a name that of the system, which calls use then too. None where it is not there: what
    belongs into a headset is never heard from a loudspeaker instead.
    """
    from PySide6.QtMultimedia import QMediaDevices  # seldom wanted, and slow to load

    if not name:
        usual = QMediaDevices.defaultAudioOutput()
        return None if usual.isNull() else usual
    wanted, outputs = name.casefold(), QMediaDevices.audioOutputs()
    same = [one for one in outputs if one.description().casefold() == wanted]
    alike = [one for one in outputs if wanted in one.description().casefold()]
    if same:
        return same[0]
    return alike[0] if len(alike) == 1 else None
