"""The ring tone: the file is what its maker makes, and it goes round without end."""

from __future__ import annotations

import runpy
from array import array
from pathlib import Path

import pytest

from receptionist.phone.engine import audio_bell
from receptionist.phone.engine.audio_bell import Bell, ringing
from receptionist.phone.engine.ring import RATE

MAKER = Path(__file__).parents[4] / "packaging" / "ringing.py"


def test_the_file_is_what_its_maker_makes() -> None:
    made = runpy.run_path(str(MAKER))["ringing"]()
    kept = array("h", ringing())
    assert len(made) == len(kept)
    assert max(abs(a - b) for a, b in zip(made, kept, strict=True)) <= 1


def test_it_rings_over_and_over() -> None:
    sound = ringing()
    feed = Bell().feed()
    next(feed)
    heard = b"".join(feed.send(333) for _turn in range(400))
    assert len(heard) == 400 * 333 * 2
    assert heard == (sound * 3)[: len(heard)]


def test_beside_a_conversation_it_is_a_tenth_as_loud() -> None:
    bell = Bell()
    feed = bell.feed()
    next(feed)
    loud = max(array("h", feed.send(RATE // 2)))
    bell.quiet = True
    soft = max(array("h", feed.send(RATE // 2)))
    assert 0 < soft < loud / 5


def test_a_missing_file_is_silence_and_an_error_in_the_log(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    errors_expected: None,
) -> None:
    monkeypatch.setattr(audio_bell, "resources", lambda *parts: tmp_path.joinpath(*parts))
    assert ringing() == bytes(RATE * 2)
    assert "ringing.wav" in caplog.text
