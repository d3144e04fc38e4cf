"""How a part of this program serves another: started by it with a key, never by hand."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from receptionist import i18n
from receptionist.errors import BadFrame, EngineDown, PhoneError
from receptionist.events import PhoneCommandFailed
from receptionist.log import set_up
from receptionist.phone.wire.commands import COMMANDS, Hello
from receptionist.phone.wire.link import Link, connect
from receptionist.phone.wire.reports import VERSION

log = logging.getLogger(__name__)

_KEY_BYTES = 32
_STDIN = 0


def serve(argv: Sequence[str], name: str, work: Callable[[Link, Hello], None]) -> int:
    """Meet who started us at the address in `argv`, do the `work`, and end the process.

    `work` raises `PhoneError` when it cannot even begin.
    """
    if len(argv) != 1 or os.isatty(_STDIN):
        if sys.stderr is not None:
            print(f"The phone {name} is started by the console, not by hand.", file=sys.stderr)
        return 2
    set_up(name=name)
    leave_no_dump()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    key = _read_key()
    try:
        status = _greeted(connect(argv[0], key, COMMANDS), name, work)
    except EngineDown as error:
        log.warning("no way to the desk: %s", error)
        status = 1
    logging.shutdown()
    os._exit(status)


def _greeted(link: Link, name: str, work: Callable[[Link, Hello], None]) -> int:
    try:
        hello = link.receive()
    except BadFrame as error:
        return _refuse(link, f"no greeting: {error}")
    if not isinstance(hello, Hello) or hello.version != VERSION:
        return _refuse(link, f"the {name} speaks version {VERSION} of the protocol")
    if hello.settings.log_directory:
        # The desk tells what people have to know; the terminal is the commands' own.
        set_up(Path(hello.settings.log_directory), name=name, console_level=logging.CRITICAL)
    i18n.choose(hello.language)
    try:
        work(link, hello)
    except PhoneError as error:
        return _refuse(link, str(error))
    return 0


def _refuse(link: Link, detail: str) -> int:
    log.error("cannot start: %s", detail)
    link.send(PhoneCommandFailed(call_id=None, command="start", detail=detail))
    return 1


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
