"""The phone engine: a process of its own, and the only place that knows pjsua2 and sound.

It has no policy. It obeys the commands of `phone.wire`, reports what happened, and ends with the
desk.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Run the engine: `argv` is the address of the desk's doorway; the key comes by stdin.

    With the word `devices` it only tells which devices there are, as JSON on standard output, with
    `aloud` and a device it only plays a sound there.
    """
    if len(argv) == 2 and argv[0] == "aloud":
        from receptionist.phone.engine.aloud import play

        return play(argv[1])
    if list(argv) == ["devices"]:
        from receptionist.phone.engine.devices import tell

        return tell()
    from receptionist.phone.engine.process import main as run

    return run(argv)
