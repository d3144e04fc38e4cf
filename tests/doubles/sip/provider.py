"""A provider behind TLS that registers whoever comes, says one thing more, and hangs up."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Iterator

CEILING_S = 60.0
_COPIED = re.compile(rb"(?im)^(?:via|from|to|call-id|cseq|contact):[^\r\n]*\r\n")


class Provider:
    """Says each of `messages` over a connection of its own; the last connection stays.

    Nothing is said before `begin`. `said` is set when everything was.
    """

    def __init__(self, context: ssl.SSLContext, messages: Iterator[bytes]) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._context = context
        self._messages = messages
        self._begun = threading.Event()
        self.port: int = self._listener.getsockname()[1]
        self.said = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def begin(self) -> None:
        """Who is registered is told something from now on."""
        self._begun.set()

    def close(self) -> None:
        """Listen no more."""
        self._listener.close()
        self._begun.set()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            for message in self._messages:
                with self._accepted() as flow:
                    self._register(flow)
                    self._begun.wait()
                    with contextlib.suppress(OSError):  # it has seen enough
                        flow.sendall(message)
                        flow.unwrap()
            with self._accepted() as flow:
                self._register(flow)
                self.said.set()
                while True:
                    self._register(flow)

    def _accepted(self) -> ssl.SSLSocket:
        plain, _ = self._listener.accept()
        plain.settimeout(CEILING_S)
        return self._context.wrap_socket(plain, server_side=True)

    def _register(self, flow: ssl.SSLSocket) -> None:
        """Answer until a REGISTER was answered that names this connection; none is to follow."""
        here = b":%d;" % flow.getpeername()[1]
        while True:
            asked = flow.recv(65_535)
            if not asked:
                raise ConnectionResetError("the other side has hung up")
            copied = b"".join(_COPIED.findall(asked))
            if not asked.startswith(b"SIP/2.0") and copied:
                flow.sendall(b"SIP/2.0 200 OK\r\n" + copied + b"Content-Length: 0\r\n\r\n")
            if asked.startswith(b"REGISTER") and here in asked.partition(b"Contact:")[2]:
                return
