"""A SIP registrar over UDP that takes every REGISTER at once, without a password."""

from __future__ import annotations

import re
import socket
import threading
import time
from types import TracebackType
from typing import Self

CEILING_S = 30.0
_KEPT = ("via", "v", "from", "f", "to", "t", "call-id", "i", "cseq", "contact", "m")


class Registrar:
    """Answers on a port of its own on loopback; `taken` are the users and when, oldest first."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, float]] = []
        self._changed = threading.Condition()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.place = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    def wait(self, user: str, after: float) -> float:
        """When this user was registered for the first time after a moment."""

        def found() -> float | None:
            return next((at for name, at in self.taken if name == user and at > after), None)

        with self._changed:
            at = self._changed.wait_for(found, CEILING_S)
        assert at is not None, f"{user} never registered: {self.taken}"
        return at

    def _serve(self) -> None:
        while True:
            try:
                data, source = self._socket.recvfrom(65535)
            except OSError:
                return
            text = data.decode("utf-8", "replace")
            if not text.startswith("REGISTER "):
                continue
            self._socket.sendto(_ok(text), source)
            user = re.search(r"^(?:To|t):[^\r\n]*sip:([^@>]*)", text, re.MULTILINE | re.IGNORECASE)
            with self._changed:
                self.taken.append((user[1] if user else "", time.monotonic()))
                self._changed.notify_all()


def _ok(request: str) -> bytes:
    """200 with the request's own headers (RFC 3261 10.3), a tag, and an hour to live."""
    lines = ["SIP/2.0 200 OK"]
    for line in request.partition("\r\n\r\n")[0].split("\r\n")[1:]:
        name = line.partition(":")[0].strip().lower()
        if name in _KEPT:
            if name in ("to", "t") and ";tag=" not in line:
                line += ";tag=registrar"
            lines.append(line)
    goes = re.search(r"(?im)^Contact:.*expires=0|^Expires:\s*0", request)
    lines += [f"Expires: {0 if goes else 3600}", "Content-Length: 0", "", ""]
    return "\r\n".join(lines).encode()
