"""Where the next desk finds an exchange that outlives its window: a socket, and a file about it.

The exchange of a data directory writes socket, key, its version and its process id into a file of
mode 0600 in the runtime directory (0700), and takes it away at its end. A desk that finds the file
tries the socket; when nobody is there the file is a leftover.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Listener, answer_challenge, deliver_challenge
from pathlib import Path
from typing import Any

from receptionist.errors import EngineDown
from receptionist.paths import runtime_directory
from receptionist.phone.wire.link import Link, knock, same_user
from receptionist.phone.wire.reports import VERSION

_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Rendezvous:
    """Where an exchange takes desks, and which one it is."""

    address: str
    key: bytes
    pid: int
    version: int


def find(data: str) -> Rendezvous | None:
    """What the exchange of a data directory wrote; None if there is nothing, or nothing whole."""
    try:
        told: Any = json.loads(_place(data).read_bytes()[:_LONGEST])
        return Rendezvous(
            str(told["address"]), bytes.fromhex(told["key"]), int(told["pid"]), int(told["version"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


class Gate:
    """Where desks come in while the exchange lives. `wait` on one thread, the rest on any."""

    def __init__(self, data: str) -> None:
        """Open it and tell where; `OSError` when that is not possible."""
        self._data = data
        directory, self._place = runtime_directory(), _place(data)
        former = find(data)
        if former is not None and sys.platform != "win32":
            Path(former.address).unlink(missing_ok=True)
        name = f"exchange-{secrets.token_hex(6)}"
        windows = sys.platform == "win32"
        address = rf"\\.\pipe\receptionist-{name}" if windows else str(directory / name)
        self._listener = Listener(address)
        self._closed = threading.Event()
        self._mine = Rendezvous(address, secrets.token_bytes(32), os.getpid(), VERSION)
        self._write()

    def wait(self) -> Any:
        """Somebody who knocks, and who has proved nothing yet; None once the gate is closed."""
        while not self._closed.is_set():
            try:
                connection = self._listener.accept()
            except (OSError, EOFError):
                continue
            if not self._closed.is_set():
                return connection
            connection.close()
        return None

    def admit(self, connection: Any, kinds: Iterable[type]) -> Link:
        """The link to somebody who proves the key; else `EngineDown`. He may take his time."""
        try:
            deliver_challenge(connection, self._mine.key)
            answer_challenge(connection, self._mine.key)
        except (AuthenticationError, OSError, EOFError) as error:
            connection.close()
            raise EngineDown(type(error).__name__) from None
        if not same_user(connection):
            connection.close()
            raise EngineDown("another user")
        return Link(connection, kinds)

    def close(self) -> None:
        """Nobody comes in from now on, and nobody is told to."""
        if self._closed.is_set():
            return
        self._closed.set()
        if find(self._data) == self._mine:
            self._place.unlink(missing_ok=True)
        knock(self._mine.address)
        with contextlib.suppress(OSError):
            self._listener.close()

    def _write(self) -> None:
        told = {
            "address": self._mine.address,
            "key": self._mine.key.hex(),
            "pid": self._mine.pid,
            "version": self._mine.version,
        }
        new = self._place.with_suffix(f".{self._mine.pid}")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(told, file)
        new.replace(self._place)


def _place(data: str) -> Path:
    known = hashlib.sha256(os.path.realpath(data).encode("utf-8", "surrogateescape")).hexdigest()
    return runtime_directory() / f"exchange-{known[:16]}.json"
