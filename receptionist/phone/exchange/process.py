"""The life of the exchange's process: key from stdin, link to the desk, handshake, loop, end."""

from __future__ import annotations

from collections.abc import Sequence

from receptionist.phone import wire


def main(argv: Sequence[str]) -> int:
    """Run the exchange until the desk stops it, or long after the last one has left."""
    return wire.serve(argv, "exchange", _serve)


def _serve(link: wire.Link, hello: wire.Hello) -> None:
    from receptionist.phone.exchange.central import Central
    from receptionist.phone.exchange.transports import new_loop

    async def serve() -> None:
        await Central(hello, link).run()

    new_loop().run_until_complete(serve())
