"""The jitter buffer cuts nothing out of the voice: the binding's enumeration is really set."""

from __future__ import annotations

import ctypes

import pjsua2 as pj

from receptionist.phone.engine.stack import drop_nothing


def test_the_library_is_told_to_discard_nothing() -> None:
    media = pj.EpConfig().medConfig
    assert _algorithm(media) == 2, "what the library does by itself has changed"
    drop_nothing(media)
    assert _algorithm(media) == 0


def _algorithm(media: pj.MediaConfig) -> int:
    algorithm = media.jbDiscardAlgo
    algorithm.disown()
    return ctypes.c_int.from_address(int(algorithm)).value
