"""Which files may be given to the library, which is killed by some."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from receptionist.errors import PhoneError
from receptionist.phone.engine.sounds import check


def sound(path: Path, rate: int = 8000, width: int = 2, channels: int = 1, ms: int = 500) -> str:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(width)
        out.setframerate(rate)
        out.writeframes(bytes(rate * ms // 1000 * width * channels))
    return str(path)


@pytest.mark.parametrize("form", [{}, {"rate": 48000, "channels": 2}, {"ms": 50}])
def test_what_can_be_played(tmp_path: Path, form: dict[str, int]) -> None:
    check(sound(tmp_path / "a.wav", **form))


@pytest.mark.parametrize(
    "form", [{"width": 1}, {"width": 3}, {"channels": 6}, {"rate": 96000}, {"rate": 50}, {"ms": 0}]
)
def test_what_cannot(tmp_path: Path, form: dict[str, int]) -> None:
    with pytest.raises(PhoneError, match="no sound file"):
        check(sound(tmp_path / "a.wav", **form))


@pytest.mark.parametrize("content", [b"", b"RIFF", b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0" + bytes(40)])
def test_what_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(PhoneError, match="no sound file"):
        check(str(tmp_path / "a.wav"))


def test_what_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.wav", tmp_path):
        with pytest.raises(PhoneError):
            check(str(path))
