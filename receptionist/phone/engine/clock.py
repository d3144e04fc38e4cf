"""The clock of the conference bridge: a thread of the library that reads and writes every port.

Ports leave the bridge on that thread, at its next tick. What a port writes to must stay until then.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection

import pjsua2 as pj

log = logging.getLogger(__name__)

CEILING_S = 2.0
"""For a clock that stands. A tick is 20 ms, and more on a busy machine."""

_LOOK_S = 0.002


def ports() -> set[int]:
    """The ports on the bridge, those that the clock is about to remove included."""
    return {int(port.getPortId()) for port in pj.Endpoint.instance().mediaEnumPorts2()}


def until_removed(port: int, on_bridge: Callable[[], Collection[int]] = ports) -> bool:
    """Wait until the clock writes to a port no more, at most `CEILING_S`; whether that is so."""
    until = time.monotonic() + CEILING_S
    while port in on_bridge():
        if time.monotonic() > until:
            log.warning("the clock keeps port %d of the bridge", port)
            return False
        time.sleep(_LOOK_S)  # lets the interpreter go, which some ports need
    return True
