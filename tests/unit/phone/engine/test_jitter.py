"""The jitter buffer seldom cuts into the voice: the binding's enumeration is really set."""

from __future__ import annotations

import ctypes

import pjsua2 as pj

from receptionist.phone.engine.stack import discard_seldom


def test_the_library_is_told_to_discard_seldom() -> None:
    media = pj.EpConfig().medConfig
    assert _algorithm(media) == 2, "what the library does by itself has changed"
    discard_seldom(media)
    assert _algorithm(media) == 1


def _algorithm(media: pj.MediaConfig) -> int:
    algorithm = media.jbDiscardAlgo
    algorithm.disown()
    return ctypes.c_int.from_address(int(algorithm)).value
