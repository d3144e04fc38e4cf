"""A STUN server that sees everybody at one place (RFC 5389 12.2: also who asks as in RFC 3489)."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

CEILING_S = 60.0
COOKIE = 0x2112A442
_ASKS, _ANSWERS = 0x0001, 0x0101
_OVER = b"over"


class StunServer:
    """On loopback. It answers old questions only with `old`; `asked_by_old` counts them but the
    search for the kind of NAT, which a library begins with.
    While it is `silent` it answers nothing.
    """

    def __init__(self, address: str, port: int, *, old: bool = True) -> None:
        self._seen = struct.unpack("!I", socket.inet_aton(address))[0], port
        self._old = old
        self.silent = False
        self._questions: set[bytes] = set()
        self._asked = threading.Condition()
        self.asked_by_old = 0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.place = "{}:{}".format(*self._socket.getsockname())
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.sendto(_OVER, self._socket.getsockname())
        self._thread.join()
        self._socket.close()

    @contextmanager
    def is_asked(self) -> Iterator[None]:
        """Waits at the end until it was asked something new."""
        before = len(self._questions)
        yield
        with self._asked:
            assert self._asked.wait_for(lambda: len(self._questions) > before, CEILING_S)

    def _serve(self) -> None:
        while True:
            data, source = self._socket.recvfrom(2048)
            if data == _OVER:
                return
            if len(data) >= 20 and data[:2] == struct.pack("!H", _ASKS):
                answer = b"" if self.silent else self._answer(data, source[1])
                if answer:
                    self._socket.sendto(answer, source)
                with self._asked:
                    self._questions.add(data[4:20])
                    self._asked.notify_all()

    def _answer(self, data: bytes, port: int) -> bytes:
        address, seen = self._seen
        if data[4:8] == struct.pack("!I", COOKIE):
            value = struct.pack("!BBHI", 0, 1, seen ^ (COOKIE >> 16), address ^ COOKIE)
            said = struct.pack("!HH", 0x0020, len(value)) + value
        else:
            self.asked_by_old += data[2:4] == b"\0\0"
            value = struct.pack("!BBHI", 0, 1, seen + port % 2, address)
            said = struct.pack("!HH", 0x0001, len(value)) + value
            if not self._old:
                return b""
        return struct.pack("!HH", _ANSWERS, len(said)) + data[4:20] + said
