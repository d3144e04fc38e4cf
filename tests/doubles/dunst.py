"""A real notification server: dunst, on a display and a session bus of its own."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection

NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_DUNST = DBusAddress(_PATH, bus_name=NAME, interface="org.dunstproject.cmd0")
_PROPERTIES = DBusAddress(_PATH, bus_name=NAME, interface="org.freedesktop.DBus.Properties")
START_S = 30.0


class Dunst:
    """Use it in a `with` statement. It has no leave to give, so `click` takes no token."""

    def __init__(self, bus: str, display: str, home: Path) -> None:
        self._bus_address = bus
        config = home / "dunstrc"
        config.write_text("[global]\n    monitor = 0\n    idle_threshold = 0\n")
        self._process = subprocess.Popen(
            ["dunst", "-config", str(config)],
            env={
                "PATH": "/usr/bin:/bin",
                "HOME": str(home),
                "DISPLAY": display,
                "DBUS_SESSION_BUS_ADDRESS": bus,
                "LANG": "C.UTF-8",
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._bus = open_dbus_connection(bus=bus)

    def __enter__(self) -> Dunst:
        asked = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        deadline = time.monotonic() + START_S
        while not self._ask(new_method_call(asked, "NameHasOwner", "s", (NAME,)))[0]:
            assert self._process.poll() is None, "dunst did not start"
            assert time.monotonic() < deadline, "dunst did not start"
            time.sleep(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._bus.close()

    def count(self) -> int:
        """How many notifications stand there."""
        question = new_method_call(_PROPERTIES, "Get", "ss", (_DUNST.interface, "displayedLength"))
        return int(self._ask(question)[0][1])

    def texts(self) -> list[tuple[str, str]]:
        """Title and body of those that are gone again."""
        (gone,) = self._ask(new_method_call(_DUNST, "NotificationListHistory"))
        return [(one["summary"][1], one["body"][1]) for one in reversed(gone)]

    def click(self) -> None:
        """A person clicks the newest one."""
        self._ask(new_method_call(_DUNST, "NotificationAction", "u", (0,)))

    def _ask(self, message: Any) -> Any:
        answer = self._bus.send_and_get_reply(message, timeout=START_S)
        assert answer.header.message_type.name == "method_return", answer.body
        return answer.body
