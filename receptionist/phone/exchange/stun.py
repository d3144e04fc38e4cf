"""As whom a STUN server sees us (RFC 8489): one question, and what the answer says. Loop thread.

Some servers only know the question of RFC 3489, which has no cookie, and many both.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
import struct
from contextlib import suppress

_ASKS, _ANSWERS = 0x0001, 0x0101
_MAPPED, _XOR_MAPPED = 0x0001, 0x0020
_COOKIE = 0x2112A442
_IPV4 = 1
_PAUSES_S = (0.5, 1.0, 1.5)


def question(transaction: bytes, *, old: bool = False) -> bytes:
    """A Binding request; `transaction` has 12 bytes, of which `old` ones are part of 16."""
    return struct.pack("!HHI", _ASKS, 0, 0 if old else _COOKIE) + transaction


def seen_in(answer: bytes, asked: bytes) -> str:
    """The IPv4 address that a Binding response to `asked` tells; empty for anything else."""
    if len(answer) < 20 or answer[4:20] != asked[4:20]:
        return ""
    kind, length = struct.unpack("!HH", answer[:4])
    body, found = answer[20 : 20 + length], {}
    while kind == _ANSWERS and len(body) >= 4:
        name, size = struct.unpack("!HH", body[:4])
        found[name] = body[4 : 4 + size]
        body = body[4 + size + -size % 4 :]
    for name, mask in ((_XOR_MAPPED, _COOKIE), (_MAPPED, 0)):
        value = found.get(name, b"")
        if len(value) == 8 and value[1] == _IPV4:
            (address,) = struct.unpack("!I", value[4:])
            return socket.inet_ntoa(struct.pack("!I", address ^ mask))
    return ""


async def seen_from(local: str, server: str, *, old: bool = False) -> str:
    """As whom `server` (`host:port`) sees what the address `local` sends; empty if unknown."""
    host, _, port = server.rpartition(":")
    loop = asyncio.get_running_loop()
    asking = _Asking(question(secrets.token_bytes(12), old=old))
    with suppress(OSError, ValueError):
        found = await loop.getaddrinfo(host, int(port), family=socket.AF_INET)
        transport, _ = await loop.create_datagram_endpoint(
            lambda: asking, local_addr=(local, 0), remote_addr=(str(found[0][4][0]), int(port))
        )
        try:
            return await asking.answer(transport)
        finally:
            transport.close()
    return ""


class _Asking(asyncio.DatagramProtocol):
    """Asks again until there is an answer, three times."""

    def __init__(self, asked: bytes) -> None:
        self._asked = asked
        self._seen = asyncio.get_running_loop().create_future()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        seen = seen_in(data, self._asked)
        if seen and not self._seen.done():
            self._seen.set_result(seen)

    async def answer(self, transport: asyncio.DatagramTransport) -> str:
        for pause_s in _PAUSES_S:
            transport.sendto(self._asked)
            with suppress(TimeoutError):
                return str(await asyncio.wait_for(asyncio.shield(self._seen), pause_s))
        return ""
