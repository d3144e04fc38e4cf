"""The addresses of the computer that the tests run on."""

from __future__ import annotations

import socket


def own_address() -> str:
    """Ours on the usual way out, or nothing. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("198.51.100.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])
