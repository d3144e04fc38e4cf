"""The conference bridge of the library: who is connected with whom. Loop thread only."""

from __future__ import annotations

import logging
from typing import Any

import pjsua2 as pj

from receptionist.phone.engine.leg import Leg

log = logging.getLogger(__name__)


def media_of(leg: Leg) -> Any:
    """The audio of a call on the bridge; None while it has none."""
    if leg.over:
        return None
    try:
        return leg.getAudioMedia(-1)
    except pj.Error:
        return None


def wire_up(source: Any, sink: Any, wanted: bool) -> None:
    """Let `sink` hear `source`, or no more; nothing happens where either is None."""
    if source is None or sink is None:
        return
    try:
        if wanted:
            source.startTransmit(sink)
        else:
            source.stopTransmit(sink)
    except pj.Error as error:
        log.debug("the bridge: %s", error.reason)
