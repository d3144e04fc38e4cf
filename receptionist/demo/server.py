"""The owners' calendars: a Radicale as a child process on loopback, with passwords of its own."""

from __future__ import annotations

import contextlib
import http.client
import logging
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Iterable, Sequence
from pathlib import Path

from receptionist.errors import ReceptionistError
from receptionist.i18n import _

log = logging.getLogger(__name__)

START_S = 30.0
STOP_S = 5.0
_TRIES = 5
_HASH_ROUNDS = 1000
"""Few, because every request pays for them; the passwords are 144 random bits."""

_CONFIG = """\
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = sha512
[storage]
filesystem_folder = {folder}/storage
[rights]
type = owner_only
[logging]
level = warning
"""


class CalendarServer:
    """One Radicale. Any thread; `start` waits. The child ends with this process, whatever happens.

    `passwords` holds the random password of each user; only their hashes are on disk.
    """

    def __init__(self, folder: Path, users: Iterable[str]) -> None:
        self._folder = folder
        self.passwords = {user: secrets.token_urlsafe(18) for user in users}
        self.port = 0
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The root of the server."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def process_id(self) -> int | None:
        """The living server's process."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else None

    def start(self) -> None:
        """Start on a free port and wait until it answers. Raises `ReceptionistError`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "users").write_text(self._hashes(), encoding="utf-8")
        self.port = self._port_before()
        for _attempt in range(_TRIES):
            self.port = self.port or _free_port()
            self._launch()
            if self._answers():
                (self._folder / "port").write_text(str(self.port), encoding="ascii")
                return
            self.stop()
            self.port = 0
        raise ReceptionistError(
            _("The calendar server of the demonstration does not start. See {file}.").format(
                file=self._folder / "log"
            )
        )

    def kill(self) -> None:
        """Kill it in the middle of whatever it does."""
        if self._child is not None:
            self._child.kill()
            self._child.wait(STOP_S)

    def stop(self) -> None:
        """End it; what it keeps stays."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin is not None:
            with contextlib.suppress(OSError):
                child.stdin.close()
        try:
            child.wait(STOP_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait(STOP_S)

    def request(
        self, user: str, method: str, path: str, body: str = "", content: str = "text/xml"
    ) -> int:
        """One request as `user`; the status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        login = b64encode(f"{user}:{self.passwords[user]}".encode()).decode()
        headers = {
            "Authorization": f"Basic {login}",
            "Content-Type": f"{content}; charset=utf-8",
            "Depth": "0",
        }
        with contextlib.closing(connection):
            connection.request(method, path, body.encode(), headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status

    def _port_before(self) -> int:
        """The port of the last run on this folder: waiting appointments know their address."""
        try:
            return int((self._folder / "port").read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0

    def _hashes(self) -> str:
        from passlib.hash import sha512_crypt  # type: ignore[import-untyped]

        coder = sha512_crypt.using(rounds=_HASH_ROUNDS)
        return "".join(f"{user}:{coder.hash(word)}\n" for user, word in self.passwords.items())

    def _launch(self) -> None:
        config = self._folder / "config"
        text = _CONFIG.format(port=self.port, folder=self._folder.as_posix())
        config.write_text(text, encoding="utf-8")
        with (self._folder / "log").open("ab") as output:
            self._child = subprocess.Popen(
                [*_command(), str(config)],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                env=_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )

    def _answers(self) -> bool:
        user = next(iter(self.passwords))
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and self.process_id is not None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                return self.request(user, "PROPFIND", f"/{user}/") == 207
            time.sleep(0.05)
        return False


def main(argv: Sequence[str]) -> int:
    """The child: serve `argv[0]` until standard input ends, which is when the parent does."""
    if len(argv) != 1 or sys.stdin is None or sys.stdin.isatty():
        print("The calendar server is started by the demonstration, not by hand.", file=sys.stderr)
        return 2
    from radicale import config, server

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ours, theirs = socket.socketpair()
    threading.Thread(target=_wait_for_parent, args=(ours,), daemon=True).start()
    server.serve(config.load([(argv[0], False)]), theirs)
    return 0


def _wait_for_parent(shutdown: socket.socket) -> None:
    sys.stdin.buffer.read()
    shutdown.close()


def _command() -> tuple[str, ...]:
    if getattr(sys, "frozen", False):
        return (sys.executable, "calendar-server")
    return (sys.executable, "-m", "receptionist", "calendar-server")


def _environment() -> dict[str, str]:
    """Ours, with the place this package was imported from, whatever the working directory is."""
    root = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, known)))}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
