"""How a part of this program serves another: started by it with a key, never by hand."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence

from receptionist.errors import EngineDown
from receptionist.log import set_up
from receptionist.phone.wire.commands import COMMANDS
from receptionist.phone.wire.link import Link, connect

log = logging.getLogger(__name__)

_KEY_BYTES = 32
_STDIN = 0


def serve(argv: Sequence[str], name: str, work: Callable[[Link], int]) -> int:
    """Meet who started us at the address in `argv`, do the `work`, and end the process with it."""
    if len(argv) != 1 or os.isatty(_STDIN):
        if sys.stderr is not None:
            print(f"The phone {name} is started by the console, not by hand.", file=sys.stderr)
        return 2
    set_up(name=name)
    leave_no_dump()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    key = _read_key()
    try:
        status = work(connect(argv[0], key, COMMANDS))
    except EngineDown as error:
        log.warning("no way to the desk: %s", error)
        status = 1
    logging.shutdown()
    os._exit(status)


def leave_no_dump() -> None:
    """A core file of a process that aborts would hold the passwords of the lines."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read_key() -> bytes:
    """From the descriptor: a windowed program on Windows has no `sys.stdin`."""
    text = b""
    try:
        while not text.endswith(b"\n") and (more := os.read(_STDIN, _KEY_BYTES * 2 + 2)):
            text += more
        return bytes.fromhex(text.decode())
    except (OSError, ValueError):
        return b""
