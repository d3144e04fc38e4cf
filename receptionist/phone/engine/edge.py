"""The exchange in front of a worker: where it is, and of which line an INVITE is that it passes on.

No pjsua2.
"""

from __future__ import annotations

import re
from uuid import UUID

LINE_HEADER = "X-Receptionist-Line"
"""Names the line of an INVITE between the exchange and a worker; the exchange lets none through."""

_LINE = re.compile(rf"^{LINE_HEADER}\s*:\s*([0-9a-f-]{{36}})\s*$", re.IGNORECASE | re.MULTILINE)


class Edge:
    """The exchange at `place`, `host:port` of loopback."""

    def __init__(self, place: str) -> None:
        self._place = place

    @property
    def route(self) -> str:
        """The loose route through it; the library sends there and does not write it down."""
        return f"sip:{self._place};transport=udp;lr;hide"

    def allows(self, source: str) -> bool:
        """Whether a message from `source` (`address:port`) is from it."""
        return source == self._place

    def line_of(self, message: str) -> UUID | None:
        """The line of an INVITE; nothing if it names none."""
        found = _LINE.search(message.partition("\r\n\r\n")[0].replace("\r", ""))
        try:
            return UUID(found[1]) if found else None
        except ValueError:
            return None
