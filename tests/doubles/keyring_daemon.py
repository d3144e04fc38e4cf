"""A real GNOME Keyring on a session bus of its own, far from the user's."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection


@contextmanager
def running_keyring(home: Path) -> Iterator[dict[str, str]]:
    """Start bus and keyring with `home` as home; gives the environment that leads to them.

    Raises when one of the two does not start.
    """
    environment = _environment(home)
    bus = subprocess.Popen(
        [_program("dbus-daemon"), "--session", "--nofork", "--print-address=1"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        if not address:
            raise RuntimeError("dbus-daemon gave no address")
        environment["DBUS_SESSION_BUS_ADDRESS"] = address
        with _unlocked_daemon(environment):
            yield environment
    finally:
        _end(bus)


@contextmanager
def _unlocked_daemon(environment: dict[str, str]) -> Iterator[None]:
    daemon = subprocess.Popen(
        [_program("gnome-keyring-daemon"), "--foreground", "--unlock", "--components=secrets"],
        env=environment,
        stdin=subprocess.PIPE,
        text=True,
    )
    try:
        assert daemon.stdin is not None
        daemon.stdin.write(secrets.token_hex(16))
        daemon.stdin.close()
        _wait_for_service(daemon, environment["DBUS_SESSION_BUS_ADDRESS"])
        yield
    finally:
        _end(daemon)


def _wait_for_service(daemon: subprocess.Popen[str], address: str) -> None:
    deadline = time.monotonic() + 20
    with open_dbus_connection(bus=address) as connection:
        bus = Proxy(message_bus, connection)
        while bus.NameHasOwner("org.freedesktop.secrets") != (1,):
            if daemon.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("gnome-keyring-daemon did not start")
            time.sleep(0.02)


def _environment(home: Path) -> dict[str, str]:
    folders = {
        "HOME": home,
        "XDG_DATA_HOME": home / "data",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_RUNTIME_DIR": home / "run",
    }
    for folder in folders.values():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    words = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    return words | {name: str(folder) for name, folder in folders.items()}


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise RuntimeError(f"{name} is not installed; see packaging/linux")
    return path


def _end(process: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
