"""How much this build of pjsua2 takes at once: compiled in, and more than that is cut off silently.

Loop thread only, after `libInit`.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

from pjsua2 import _pjsua2

from receptionist.errors import PhoneError

MOST_CALLS = 32
"""So many are asked for; a build gives as many of them as it has."""

NEEDED_CALLS, NEEDED_PORTS = 4, 32
"""A caller, who is asked for him, who joins them, and the dialog that replaces one of these; on the
bridge each of them with his sounds and recordings.
"""


@dataclass(frozen=True, slots=True)
class Room:
    """Calls at once, None where the build does not tell, and ports of the conference bridge."""

    calls: int | None
    ports: int

    def check(self) -> None:
        """`PhoneError` when one caller with all that may be done for him does not fit in."""
        if self.calls is not None and self.calls < NEEDED_CALLS:
            raise PhoneError(f"pjsua2 is built for {self.calls} calls, {NEEDED_CALLS} are needed")
        if self.ports < NEEDED_PORTS:
            raise PhoneError(f"pjsua2 is set to {self.ports} ports, {NEEDED_PORTS} are needed")


def room(endpoint: Any) -> Room:
    """What there is. The binding lacks the question, so the library below it is asked, where its
    names can be seen: on Windows they cannot.
    """
    try:
        calls = int(ctypes.CDLL(_pjsua2.__file__).pjsua_call_get_max_count())
    except (OSError, AttributeError):
        calls = None
    return Room(calls, int(endpoint.mediaMaxPorts()))
