"""Handing a command over to the process that owns the data directory.

The owner listens on a local socket in a directory of mode 0700 (a named pipe on Windows). Both ends
prove a key that lies in the data directory for its owner alone; on Linux the user must be the same
as well. Questions and answers are JSON, bounded, never pickled.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import secrets
import socket
import struct
import sys
import threading
from collections.abc import Callable, Mapping
from multiprocessing import AuthenticationError
from multiprocessing.connection import (
    Client,
    Connection,
    Listener,
    answer_challenge,
    deliver_challenge,
)
from pathlib import Path
from typing import Any

from receptionist.bootstrap import Claim
from receptionist.errors import ReceptionistError
from receptionist.i18n import _
from receptionist.paths import runtime_directory

log = logging.getLogger(__name__)

KEY_FILE = "handover.key"
MOST_BYTES = 32 * 1024 * 1024
_MOST_GUESTS = 32

Answerer = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""From a question to its answer, on a thread that may wait."""


class NobodyThere(Exception):
    """The owner does not answer any more, or never proved who it is."""


class AnswerLost(ReceptionistError):
    """The owner was asked, and went without an answer: whether it was done is not known.

    Asking another one could do it twice, and tell a booked appointment as a slot that is taken.
    """

    def __init__(self) -> None:
        super().__init__(
            _("The running program ended before it answered. Look whether it was done.")
        )


class Doorkeeper:
    """Takes commands from other processes for the owner of a data directory.

    Threads of its own: one accepts, one more for each guest. `close` from any thread.
    """

    def __init__(self, claim: Claim, answerer: Answerer) -> None:
        self._answerer = answerer
        self._key = _new_key(claim.data)
        self._room = threading.BoundedSemaphore(_MOST_GUESTS)
        address = _address()
        if os.name == "posix":
            Path(address).unlink(missing_ok=True)
        self._listener = Listener(address)
        self._closed = False
        threading.Thread(target=self._accept, name="doorkeeper", daemon=True).start()
        claim.publish(address)

    def close(self) -> None:
        """Let nobody in any more."""
        self._closed = True
        with contextlib.suppress(OSError):
            Client(self._listener.address).close()
        self._listener.close()

    def _accept(self) -> None:
        while not self._closed:
            try:
                guest = self._listener.accept()
            except (OSError, EOFError):
                if not self._closed:
                    log.exception("no command can be taken from another process any more")
                return
            if self._closed or not _same_user(guest) or not self._room.acquire(blocking=False):
                guest.close()
                continue
            threading.Thread(
                target=self._serve, args=(guest,), name="handover", daemon=True
            ).start()

    def _serve(self, guest: Any) -> None:
        try:
            deliver_challenge(guest, self._key)
            answer_challenge(guest, self._key)
            question = json.loads(guest.recv_bytes(MOST_BYTES))
            guest.send_bytes(_packed(self._answerer(question)))
        except (AuthenticationError, OSError, EOFError, ValueError) as error:
            log.warning("a command from another process was dropped: %s", type(error).__name__)
        finally:
            self._room.release()
            guest.close()


def ask(address: str, data: Path, question: Mapping[str, Any]) -> dict[str, Any]:
    """The owner's answer. Raises `NobodyThere`, or `AnswerLost` once the owner was asked.

    Waits as long as the owner needs.
    """
    try:
        key = (data / KEY_FILE).read_bytes()
        owner = Client(address, authkey=key)
    except (OSError, EOFError, AuthenticationError) as error:
        raise NobodyThere(type(error).__name__) from None
    with contextlib.closing(owner):
        if not _same_user(owner):
            raise NobodyThere("another user")
        try:
            owner.send_bytes(_packed(question))
            answer = json.loads(owner.recv_bytes(MOST_BYTES))
        except (OSError, EOFError, ValueError) as error:
            raise AnswerLost from error
    if not isinstance(answer, dict):
        raise AnswerLost
    return answer


def _packed(message: Mapping[str, Any]) -> bytes:
    data = json.dumps(message).encode()
    if len(data) > MOST_BYTES:
        raise ValueError(f"{len(data)} bytes are too many for another process")
    return data


def _new_key(data: Path) -> bytes:
    """A fresh key in the data directory, readable by its owner alone."""
    path = data / KEY_FILE
    path.unlink(missing_ok=True)
    key = secrets.token_hex(32).encode()
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "wb") as key_file:
        key_file.write(key)
    return key


def _address() -> str:
    name = f"desk-{secrets.token_hex(6)}"
    if sys.platform == "win32":
        return rf"\\.\pipe\receptionist-{name}"
    return str(runtime_directory() / name)


def _same_user(peer: Connection[Any, Any]) -> bool:
    if sys.platform != "linux":
        return True
    with socket.fromfd(peer.fileno(), socket.AF_UNIX, socket.SOCK_STREAM) as end:
        raw = end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", raw)
    return bool(user == os.getuid())
