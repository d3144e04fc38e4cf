"""Which device a name means."""

from __future__ import annotations

import miniaudio
import pytest

from receptionist.phone.engine import devices
from receptionist.phone.engine.devices import Device, Direction, chosen, listed

MICROPHONE, SPEAKER = Direction.MICROPHONE, Direction.SPEAKER
THERE = (
    Device("Headset Pro", MICROPHONE, 1),
    Device("Headset Pro", SPEAKER, 2),
    Device("Headset Pro 2", SPEAKER, 3),
    Device("Lautsprecher (USB)", SPEAKER, 4),
)


@pytest.mark.parametrize(
    ("name", "direction", "address"),
    [
        ("Headset Pro", MICROPHONE, 1),
        ("Headset Pro", SPEAKER, 2),
        ("headset pro 2", SPEAKER, 3),
        ("lautsprecher", SPEAKER, 4),
    ],
)
def test_a_name_means_the_same_or_the_only_one_like_it(
    name: str, direction: Direction, address: int
) -> None:
    device = chosen(name, direction, THERE)
    assert device is not None
    assert device.address == address


@pytest.mark.parametrize("name", ["Headset", "Kopfhörer", ""])
def test_a_name_that_could_be_two_or_none_means_nothing(name: str) -> None:
    assert chosen(name, SPEAKER, THERE) is None


def test_without_a_sound_system_there_are_no_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(backends: object) -> None:
        raise miniaudio.MiniaudioError("cannot init context", -1)

    monkeypatch.setattr(devices.miniaudio, "Devices", refuse)
    assert listed() == ()
