"""The life of the engine's process: key from stdin, link to the desk, handshake, loop, end."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from receptionist import i18n
from receptionist.errors import BadFrame, EngineDown, PhoneError
from receptionist.events import PhoneCommandFailed
from receptionist.log import set_up
from receptionist.phone import wire

log = logging.getLogger(__name__)

_KEY_BYTES = 32
_STDIN = 0


def main(argv: Sequence[str]) -> int:
    """Run the engine until the desk stops it or is gone; ends the process with the result."""
    if len(argv) != 1 or os.isatty(_STDIN):
        if sys.stderr is not None:
            print("The phone engine is started by the console, not by hand.", file=sys.stderr)
        return 2
    set_up(name="engine")
    _leave_no_dump()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    key = _read_key()
    try:
        link = wire.connect(argv[0], key, wire.COMMANDS)
        status = _serve(link)
    except EngineDown as error:
        log.error("no way to the desk: %s", error)
        status = 1
    logging.shutdown()
    os._exit(status)


def _leave_no_dump() -> None:
    """A core file of an engine that aborts would hold the passwords of the lines."""
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


def _serve(link: wire.Link) -> int:
    try:
        hello = link.receive()
    except BadFrame as error:
        return _refuse(link, f"no greeting: {error}")
    if not isinstance(hello, wire.Hello) or hello.version != wire.VERSION:
        return _refuse(link, f"the engine speaks version {wire.VERSION} of the protocol")
    if hello.settings.log_directory:
        # The desk tells what people have to know; the terminal is the commands' own.
        directory = Path(hello.settings.log_directory)
        set_up(directory, name="engine", console_level=logging.CRITICAL)
    i18n.choose(hello.language)
    from receptionist.phone.engine.loop import Loop

    try:
        loop = Loop(link, hello)
    except PhoneError as error:
        return _refuse(link, str(error))
    loop.run()
    return 0


def _refuse(link: wire.Link, detail: str) -> int:
    log.error("cannot start: %s", detail)
    link.send(PhoneCommandFailed(call_id=None, command="start", detail=detail))
    return 1
