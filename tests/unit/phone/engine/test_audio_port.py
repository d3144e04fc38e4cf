"""Frames cross in pjsua2's vectors: the fast way must say what the slow way says."""

from __future__ import annotations

import pjsua2 as pj
import pytest

from receptionist.phone.engine import audio_port
from receptionist.phone.engine.audio_port import FRAME, FastFrames, SlowFrames, frames

SOUND = bytes(range(256)) * 2 + bytes(range(128))


def test_the_fast_way_is_right_here_and_says_what_the_slow_way_says() -> None:
    fast, slow = frames(), SlowFrames()
    assert isinstance(fast, FastFrames)
    assert len(SOUND) == FRAME * 2
    frame = pj.MediaFrame()
    assert fast.read(frame) == slow.read(frame) == b""
    fast.write(frame, SOUND)
    assert fast.read(frame) == slow.read(frame) == SOUND
    slow.write(frame, SOUND[::-1])
    assert fast.read(frame) == slow.read(frame) == SOUND[::-1]


def test_a_vector_that_looks_otherwise_is_read_the_slow_way(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(FastFrames, "_span", staticmethod(lambda vector: (0, 12)))
    assert isinstance(frames(), SlowFrames)
    assert "slow way" in caplog.text
    assert audio_port.silence(FRAME) == bytes(2 * FRAME)
