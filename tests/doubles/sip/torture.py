"""Messages that are hard to read, in the style of RFC 4475, and what chance makes of messages."""

from __future__ import annotations

import random
from pathlib import Path

CASES = sorted((Path(__file__).parents[2] / "data" / "sip" / "torture").glob("*.sip"))


def messages() -> list[bytes]:
    """The whole set."""
    return [case.read_bytes() for case in CASES]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The message with one to four things changed that nobody would change."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(changed) + 1)
        kind = chance.randrange(5)
        if kind == 0 and at < len(changed):
            changed[at] = chance.randrange(256)
        elif kind == 1:
            del changed[at : at + chance.randint(1, 9)]
        elif kind == 2:
            changed[at:at] = bytes(chance.choices(b'\r\n\t ,;:<>"\\@=\0%\xff/', k=3))
        elif kind == 3:
            changed[at:at] = changed[at : at + 40]
        else:
            lines = bytes(changed).split(b"\r\n")
            chance.shuffle(lines)
            changed = bytearray(b"\r\n".join(lines))
    return bytes(changed)
