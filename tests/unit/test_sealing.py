"""Sealed sound: only the office opens it, no byte can be changed, a torn end is no end."""

from __future__ import annotations

import io
import os
import random
import stat
import wave
from pathlib import Path

import pytest

from receptionist.errors import SealBroken
from receptionist.sealing import SealedWriter, new_keys, open_sealed

RATE = 8000
SOUND = random.Random(1).randbytes(RATE * 2 * 3 + 500)
HEAD = 20 + 4 + 32


def sealed(path: Path, public: str, *parts: bytes) -> Path:
    writer = SealedWriter(path, public, RATE)
    for part in parts:
        writer.write(part)
    writer.close()
    return path


def sound(data: bytes) -> bytes:
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return bytes(file.readframes(file.getnframes()))


@pytest.mark.parametrize("length", [0, 2, RATE * 2, RATE * 2 + 2, len(SOUND)])
def test_the_office_hears_what_was_recorded(tmp_path: Path, length: int) -> None:
    public, private = new_keys()
    frames = [SOUND[at : min(at + 640, length)] for at in range(0, length, 640)]
    path = sealed(tmp_path / "a", public, *frames)
    assert sound(open_sealed(path, private)) == SOUND[:length]


def test_nothing_of_it_is_on_the_disk_in_plain(tmp_path: Path) -> None:
    path = sealed(tmp_path / "a", new_keys()[0], SOUND)
    data = path.read_bytes()
    assert not any(SOUND[at : at + 8] in data for at in range(0, len(SOUND) - 8, 8))
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_another_key_does_not_open_it(tmp_path: Path) -> None:
    path = sealed(tmp_path / "a", new_keys()[0], SOUND)
    with pytest.raises(SealBroken):
        open_sealed(path, new_keys()[1])


def test_two_recordings_of_the_same_have_nothing_in_common(tmp_path: Path) -> None:
    public, _ = new_keys()
    one, two = (sealed(tmp_path / name, public, SOUND).read_bytes() for name in "ab")
    assert one[HEAD + 5 : HEAD + 60] != two[HEAD + 5 : HEAD + 60]


def test_every_changed_byte_shows(tmp_path: Path) -> None:
    """Those of a length, too, unless it reads as a file that was torn off there."""
    public, private = new_keys()
    path = sealed(tmp_path / "a", public, SOUND)
    whole = path.read_bytes()
    for at in [*range(HEAD + 5 + 40), *range(HEAD + 40, len(whole), 997), len(whole) - 1]:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(SealBroken):
            open_sealed(path, private)


def test_pieces_keep_their_order_and_number(tmp_path: Path) -> None:
    public, private = new_keys()
    whole = sealed(tmp_path / "a", public, SOUND).read_bytes()
    size = 5 + RATE * 2 + 16
    first, second = whole[HEAD : HEAD + size], whole[HEAD + size : HEAD + 2 * size]
    end = whole[HEAD + 2 * size :]
    for number, body in enumerate((second + first + end, second + end, whole[HEAD:] + first)):
        path = tmp_path / str(number)
        path.write_bytes(whole[:HEAD] + body)
        with pytest.raises(SealBroken):
            open_sealed(path, private)


@pytest.mark.parametrize("cut", [1, 20, RATE])
def test_a_torn_end_leaves_the_whole_pieces(tmp_path: Path, cut: int) -> None:
    public, private = new_keys()
    path = sealed(tmp_path / "a", public, SOUND)
    path.write_bytes(path.read_bytes()[: -500 - 16 - 5 - cut])
    assert sound(open_sealed(path, private)) == SOUND[: RATE * 2 * 2]


def test_a_recording_that_still_goes_on_can_be_heard(tmp_path: Path) -> None:
    public, private = new_keys()
    writer = SealedWriter(tmp_path / "a", public, RATE)
    writer.write(SOUND)
    assert sound(open_sealed(tmp_path / "a", private)) == SOUND[: RATE * 2 * 3]
    writer.close()


@pytest.mark.parametrize("key", ["", "nonsense", "AAAA", "ä" * 44, "A" * 43 + "="])
def test_a_key_that_is_none(tmp_path: Path, key: str) -> None:
    """The last is a point of low order, with which everybody agrees on the same."""
    with pytest.raises(SealBroken):
        SealedWriter(tmp_path / "a", key, RATE)
    assert not (tmp_path / "a").exists()


def test_what_was_never_sealed(tmp_path: Path) -> None:
    public, private = new_keys()
    for content in (b"", b"RIFF" * 50, sealed(tmp_path / "x", public).read_bytes()[:HEAD]):
        (tmp_path / "a").write_bytes(content)
        with pytest.raises(SealBroken, match="cannot be opened"):
            open_sealed(tmp_path / "a", private)


def test_no_recording_is_written_over(tmp_path: Path) -> None:
    public, _ = new_keys()
    sealed(tmp_path / "a", public, SOUND)
    with pytest.raises(FileExistsError):
        SealedWriter(tmp_path / "a", public, RATE)
