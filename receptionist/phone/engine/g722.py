"""G.722 as loud as others speak it.

The library counts in 14 bits, the world in 15: by itself it would have callers hear us at half the
volume, clip their voice until it notices, and then speak louder to them in mid-sentence.
"""

from __future__ import annotations

import ctypes
import logging
from typing import TYPE_CHECKING, Any

import pjsua2 as pj

if TYPE_CHECKING:
    from receptionist.phone.engine.leg import Leg

_AUDIO = 0
log = logging.getLogger(__name__)


def unscaled() -> bool:
    """Have the library scale nothing; whether that can be had here. After `libInit`.

    Where its functions cannot be reached, as on Windows, it goes on by itself.
    """
    try:
        ctypes.CDLL(pj._pjsua2.__file__).pjmedia_codec_g722_set_pcm_shift(0)
    except (OSError, AttributeError):
        log.info("the level of G.722 is the library's own")
        return False
    return True


def even_out(leg: Leg, media: Any) -> None:
    """Scale the sound of a call on the bridge, one bit each way, if it is G.722."""
    try:
        if media is None or leg.getStreamInfo(_AUDIO).codecName != "G722" or not unscaled():
            return
        media.adjustTxLevel(2.0)  # as the call sees it: what it sends to the bridge
        media.adjustRxLevel(0.5)
    except pj.Error as error:
        log.debug("the level of G.722: %s", error.reason)
