"""Ports that nobody else takes before they are listened on.

A port the system has given away once may be given to somebody else a moment later. So every test
process has some of its own, above those the system gives away, and away from those of RTP.
"""

from __future__ import annotations

import socket
from functools import cache

_FIRST, _PAST, _EACH = 61_000, 65_400, 200


class Ports:
    """Ports of this process alone: a socket whose name says so is there as long as the process."""

    def __init__(self) -> None:
        self._claim = socket.socket(socket.AF_UNIX)
        self._first = next(filter(self._claimed, range(_FIRST, _PAST, _EACH)), 0)
        assert self._first, "other test processes have all the ports"
        self._at = 0

    def take(self, many: int = 1) -> int:
        """The first of `many` ports in a row that are free, others than at the last call.

        Where nothing else is left, those at which connections ended less than a minute ago.
        """
        for lately in (False, True):
            for _attempt in range(_EACH):
                if self._at + many > _EACH:
                    self._at = 0
                port = self._first + self._at
                self._at += many
                if all(_is_free(one, lately) for one in range(port, port + many)):
                    return port
        raise AssertionError("none of the ports is free")

    def _claimed(self, first: int) -> bool:
        try:
            self._claim.bind(f"\0receptionist-test-ports-{first}")
        except OSError:
            return False
        return True


def _is_free(port: int, lately: bool) -> bool:
    """Whether nobody listens there; with `lately`, TIME_WAIT (RFC 9293 3.6) counts as free."""
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            if lately and kind == socket.SOCK_STREAM:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("", port))
            except OSError:
                return False
    return True


@cache
def _ports() -> Ports:
    return Ports()


def free_port(many: int = 1) -> int:
    """A port, or the first of `many` in a row, free for TCP and UDP; another one at each call."""
    return _ports().take(many)
