"""The life of the exchange's process: key from stdin, link to the desk, handshake, loop, end."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from receptionist import i18n
from receptionist.errors import BadFrame, PhoneError
from receptionist.events import PhoneCommandFailed
from receptionist.log import set_up
from receptionist.phone import wire

log = logging.getLogger(__name__)


def main(argv: Sequence[str]) -> int:
    """Run the exchange until the desk stops it, or long after the last one has left."""
    return wire.serve(argv, "exchange", _serve)


def _serve(link: wire.Link) -> int:
    try:
        hello = link.receive()
    except BadFrame as error:
        return _refuse(link, f"no greeting: {error}")
    if not isinstance(hello, wire.Hello) or hello.version != wire.VERSION:
        return _refuse(link, f"the exchange speaks version {wire.VERSION} of the protocol")
    if hello.settings.log_directory:
        # The desk tells what people have to know; the terminal is the commands' own.
        directory = Path(hello.settings.log_directory)
        set_up(directory, name="exchange", console_level=logging.CRITICAL)
    i18n.choose(hello.language)
    from receptionist.phone.exchange.central import Central
    from receptionist.phone.exchange.transports import new_loop

    async def serve() -> None:
        await Central(hello, link).run()

    loop = new_loop()
    try:
        loop.run_until_complete(serve())
    except PhoneError as error:
        return _refuse(link, str(error))
    return 0


def _refuse(link: wire.Link, detail: str) -> int:
    log.error("cannot start: %s", detail)
    link.send(PhoneCommandFailed(call_id=None, command="start", detail=detail))
    return 1
