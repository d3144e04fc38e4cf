"""The life of the engine's process: key from stdin, link to the desk, handshake, loop, end."""

from __future__ import annotations

from collections.abc import Sequence

from receptionist.phone import wire


def main(argv: Sequence[str]) -> int:
    """Run the engine until the desk stops it or is gone; ends the process with the result."""
    return wire.serve(argv, "engine", _serve)


def _serve(link: wire.Link, hello: wire.Hello) -> None:
    from receptionist.phone.engine.loop import Loop

    Loop(link, hello).run()
