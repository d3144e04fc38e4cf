"""What is set for this workplace: kept in the data directory, and put into effect."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from receptionist import settings
from receptionist.model.sound import SoundDevices
from receptionist.settings import SETTINGS, Settings

AskDevices = Callable[[Callable[[SoundDevices], object]], object]
"""Asks for the devices there are, without waiting, and hands them to a function."""


class Autostart(Protocol):
    """Whether the program starts with the desktop's session. Main thread; raises `OSError`."""

    @property
    def on(self) -> bool: ...
    def switch(self, on: bool) -> None: ...


class Keeping:
    """The settings in use. Main thread.

    `chosen` is what is set; some of it takes effect at the next start (`Setting.at_once`).
    """

    def __init__(
        self, data: Path, chosen: Settings, devices: AskDevices, autostart: Autostart | None
    ) -> None:
        self.chosen = chosen
        self.devices, self.autostart = devices, autostart
        self._data = data
        self._effects: list[Callable[[Settings], object]] = []

    def on_change(self, effect: Callable[[Settings], object]) -> None:
        """Call `effect` with what is set whenever that changes."""
        self._effects.append(effect)

    def faults_of(self, values: Mapping[str, Any]) -> dict[str, str]:
        """What is wrong with which of the values, by key; empty when all can be kept."""
        found = {one.key: one.fault(values[one.key]) for one in SETTINGS if one.key in values}
        return {key: fault for key, fault in found.items() if fault}

    def keep(self, values: Mapping[str, Any]) -> bool:
        """Keep values without fault; whether some of them wait for the next start.

        Raises `OSError` and `ValueError`, and then nothing has changed.
        """
        before = self.chosen
        chosen = dataclasses.replace(before, **values)
        settings.save(self._data, chosen)
        self.chosen = chosen
        for effect in self._effects:
            effect(chosen)
        later = (one.key for one in SETTINGS if not one.at_once)
        return any(getattr(chosen, key) != getattr(before, key) for key in later)
