"""Somebody on the network who sends more than anybody should, for a while that is bounded."""

from __future__ import annotations

import random
import socket
import time
from uuid import uuid4

BURST_S = 0.01


def garbage(chance: random.Random) -> bytes:
    """Bytes that are no SIP, or nearly."""
    kinds = (
        lambda: chance.randbytes(chance.randrange(1, 1200)),
        lambda: b"INVITE sip:desk@127.0.0.1 SIP/2.0\r\n" + chance.randbytes(200),
        lambda: b"SIP/2.0 200 OK\r\nVia: \r\nCSeq: x\r\nContent-Length: -1\r\n\r\n",
        lambda: b"\x00\x01" + chance.randbytes(18),
        lambda: b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n",
    )
    return chance.choice(kinds)()


def invite(user: str, target: int, source: tuple[str, int]) -> bytes:
    """A call that is never heard of again."""
    call = uuid4().hex
    host, port = source
    lines = (
        f"INVITE sip:{user}@127.0.0.1:{target} SIP/2.0",
        f"Via: SIP/2.0/UDP {host}:{port};branch=z9hG4bK{call};rport",
        "Max-Forwards: 70",
        f"From: <sip:+491713920066@{host}:{port}>;tag={call[:8]}",
        f"To: <sip:{user}@127.0.0.1:{target}>",
        f"Call-ID: {call}",
        "CSeq: 1 INVITE",
        f"Contact: <sip:flood@{host}:{port}>",
        "Content-Length: 0",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class Flood:
    """Sends from one address of loopback. `answers` counts what came back, by status."""

    def __init__(self, target: int, host: str = "127.0.0.1", seed: int = 1) -> None:
        self._target = target
        self._chance = random.Random(seed)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, 0))
        self._socket.setblocking(False)
        self.answers: dict[str, int] = {}

    def run(self, seconds: float, *, garbage_s: int = 0, invites_s: int = 0, user: str = "") -> int:
        """So many of each a second; returns how many were sent."""
        began = time.monotonic()
        rubbish = calls = 0
        while (passed := time.monotonic() - began) < seconds:
            while rubbish < passed * garbage_s:
                self._send(garbage(self._chance))
                rubbish += 1
            while calls < passed * invites_s:
                self._send(invite(user, self._target, self._socket.getsockname()))
                calls += 1
            self._read()
            time.sleep(BURST_S)
        return rubbish + calls

    def send(self, data: bytes) -> None:
        """One packet of the sender's own making."""
        self._send(data)

    def close(self) -> None:
        """Say no more."""
        self._socket.close()

    def _send(self, data: bytes) -> None:
        self._socket.sendto(data, ("127.0.0.1", self._target))

    def _read(self) -> None:
        while True:
            try:
                data = self._socket.recv(65_535)
            except OSError:
                return
            status = data[8:11].decode("ascii", "replace") if data.startswith(b"SIP/2.0") else "?"
            self.answers[status] = self.answers.get(status, 0) + 1
