"""Asks for the devices there are: a short process of the engine's kind looks, and ends."""

from __future__ import annotations

import json
import logging
import subprocess
from typing import Any

from receptionist.model.sound import SoundDevices
from receptionist.phone import wire

log = logging.getLogger(__name__)

_PATIENCE_S = 10.0


def sound_devices() -> SoundDevices:
    """The devices there are now. Waits, some hundred milliseconds as a rule: not the main thread.

    A sound system can hang or crash who asks it; here that ends a child and nothing else.
    """
    try:
        ran = subprocess.run(
            (*wire.program("engine"), "devices"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=wire.environment(),
            timeout=_PATIENCE_S,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        told: Any = json.loads(ran.stdout)
        return SoundDevices(_names(told["microphones"]), _names(told["speakers"]))
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError) as error:
        log.warning("the sound devices are not known: %s", type(error).__name__)
        return SoundDevices()


def sound_player(name: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The program that plays a sound from its standard input into a device, and its environment."""
    return (*wire.program("engine"), "aloud", name), wire.environment()


def _names(told: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(name) for name in told))
