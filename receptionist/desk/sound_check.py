"""Trying how microphone, headset and ringing device sound, and which of them are used."""

from __future__ import annotations

from collections.abc import Callable

from receptionist.desk.switchboard import Switchboard
from receptionist.events import PhoneLevels
from receptionist.model.sound import Sound, Trial
from receptionist.ports import PhoneService

Told = Callable[[PhoneLevels], object]


class SoundCheck:
    """One trial at a time, also in a call. Main thread."""

    def __init__(self, service: PhoneService, switchboard: Switchboard) -> None:
        self._service = service
        self._told: Told | None = None
        switchboard.follow(PhoneLevels, self._heard)

    def use(self, sound: Sound) -> None:
        """Use these devices and gains from now on."""
        self._service.sound(sound)

    def begin(self, told: Told, trial: Trial = Trial.NOWHERE) -> None:
        """Tell `told` ten times a second how loud it is, and play a tone where it is tried."""
        self._told = told
        self._service.listen(True, trial)

    def end(self) -> None:
        """Close the devices again, unless a call needs them."""
        if self._told is not None:
            self._told = None
            self._service.listen(False)

    def _heard(self, levels: PhoneLevels) -> None:
        if self._told is not None:
            self._told(levels)
