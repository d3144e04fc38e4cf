"""The link between the desk and an engine: a local socket only the two of them can use.

The desk opens a `Doorway` for one engine: a socket in a directory of mode 0700 (a named pipe on
Windows) with a key of its own, which the engine gets by its standard input. Both ends prove the
key (HMAC, `multiprocessing.connection`), on Linux also the user id. Then the doorway is gone, so
nobody can come later.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import struct
import sys
from collections.abc import Iterable
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from receptionist.errors import EngineDown
from receptionist.phone.wire.codec import MAX_FRAME, decode, encode

_WINDOWS = sys.platform == "win32"


class Link:
    """One end. `send` and `receive` may be used on one thread each."""

    def __init__(self, connection: Any, kinds: Iterable[type]) -> None:
        self._connection: Connection = connection
        self._kinds = tuple(kinds)

    def send(self, message: object) -> None:
        """Send; `EngineDown` when nobody is there, `BadFrame` when the message is too big."""
        data = encode(message)
        try:
            self._connection.send_bytes(data)
        except (OSError, ValueError, TypeError) as error:  # TypeError: closed at this moment
            raise EngineDown(type(error).__name__) from None

    def waits(self, seconds: float) -> bool:
        """Whether a message, or the end, is there within `seconds`."""
        try:
            return self._connection.poll(seconds)
        except (OSError, EOFError):
            return True

    def receive(self) -> Any:
        """The next message; `EngineDown` at the end, `BadFrame` for one that is wrong."""
        try:
            data = self._connection.recv_bytes(MAX_FRAME)
        except (OSError, EOFError, TypeError) as error:
            raise EngineDown(type(error).__name__) from None
        return decode(data, self._kinds)

    def hang_up(self) -> None:
        """End it for both sides; who waits for a message here is told. Any thread.

        The thread that reads closes it then: a handle may not be given away while one is in use.
        """
        if _WINDOWS:
            self._connection.close()
            return
        with contextlib.suppress(OSError), _socket(self._connection) as end:
            end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close this end."""
        self._connection.close()


class Doorway:
    """The desk's side of getting into touch with one engine. Not on the main thread: it waits."""

    def __init__(self, directory: Path) -> None:
        self.key = secrets.token_bytes(32)
        name = f"engine-{secrets.token_hex(6)}"
        self.address = rf"\\.\pipe\receptionist-{name}" if _WINDOWS else str(directory / name)
        self._listener = Listener(self.address, authkey=self.key)

    def accept(self, kinds: Iterable[type]) -> Link:
        """Wait for the engine; `EngineDown` when what came had no key or was `wake`."""
        try:
            connection = self._listener.accept()
        except (AuthenticationError, OSError, EOFError) as error:
            raise EngineDown(type(error).__name__) from None
        if not same_user(connection):
            connection.close()
            raise EngineDown("another user")
        return Link(connection, kinds)

    def wake(self) -> None:
        """Make a waiting `accept` give up. Any thread."""
        knock(self.address)

    def close(self) -> None:
        """Nobody comes in from now on."""
        self._listener.close()


def knock(address: str) -> None:
    """Let whoever waits for a connection at `address` have one that leads nowhere."""
    with contextlib.suppress(OSError):
        Client(address).close()


def connect(address: str, key: bytes, kinds: Iterable[type]) -> Link:
    """The engine's side: the link to the desk at `address`, or `EngineDown`."""
    try:
        connection = Client(address, authkey=key)
    except (AuthenticationError, OSError, EOFError) as error:
        raise EngineDown(type(error).__name__) from None
    if not same_user(connection):
        connection.close()
        raise EngineDown("another user")
    return Link(connection, kinds)


def same_user(connection: Any) -> bool:
    """Whether the other end belongs to our user, where the system says so."""
    if sys.platform != "linux":
        return True
    with _socket(connection) as peer:
        raw = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", raw)
    return bool(user == os.getuid())


def _socket(connection: Any) -> socket.socket:
    """A second handle on the socket of a connection; not on Windows."""
    return socket.fromfd(connection.fileno(), socket.AF_UNIX, socket.SOCK_STREAM)
