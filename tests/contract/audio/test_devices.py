"""Which devices there are, asked of a real sound system by a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from receptionist import bootstrap
from receptionist.model.sound import SoundDevices
from receptionist.phone.supervisor import devices
from tests.doubles.pulse import Pulse


def _told(program: str) -> tuple[str, ...]:
    return (sys.executable, "-c", program)


def test_every_device_of_the_system_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with Pulse() as pulse:
        for name in ("PULSE_SERVER", "XDG_RUNTIME_DIR"):
            if name in pulse.environment:
                monkeypatch.setenv(name, pulse.environment[name])
        found = bootstrap.sound_devices()
    assert "Mic" in found.microphones
    assert {"Ear", "Bell"} <= set(found.speakers)
    assert "Ear" not in found.microphones


@pytest.mark.parametrize(
    "program",
    ["import sys; sys.exit(3)", "print('[1]')", "print('{')", "import time; time.sleep(60)"],
)
def test_a_sound_system_that_breaks_is_no_device(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices.wire, "program", lambda part: _told(program))
    monkeypatch.setattr(devices, "_PATIENCE_S", 2.0)
    assert devices.sound_devices() == SoundDevices()


def test_a_frozen_program_tells_its_devices_as_well() -> None:
    words = [sys.executable, "-m", "receptionist", "engine", "devices"]
    told = subprocess.run(words, cwd=Path(__file__).parents[3], capture_output=True, timeout=60)
    assert told.returncode == 0
    assert told.stdout.startswith(b'{"microphones": [')
    assert told.stderr == b""
