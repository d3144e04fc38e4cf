"""A notification server that shows nothing and remembers everything, on a bus of its own.

It keeps to https://specifications.freedesktop.org/notification-spec/; while it is `hung` it takes
calls and answers none of them.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.threading import (
    DBusConnection,
    DBusRouter,
    Proxy,
    ReceiveStopped,
    open_dbus_connection,
)

NAME = "org.freedesktop.Notifications"
_SIGNALS = DBusAddress("/org/freedesktop/Notifications", interface=NAME)


@contextmanager
def session_bus() -> Iterator[str]:
    """The address of a session bus with nobody on it, which starts no services by itself."""
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nosyslog", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={"PATH": "/usr/bin:/bin", "XDG_DATA_DIRS": "/nowhere", "XDG_DATA_HOME": "/nowhere"},
    )
    try:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        assert address, "dbus-daemon did not start"
        yield address
    finally:
        bus.terminate()
        bus.wait(20)


@dataclass(frozen=True)
class Shown:
    """A notification as it was asked for."""

    title: str
    body: str
    actions: tuple[str, ...]
    urgency: int
    lasts_ms: int


class NotificationServer:
    """Any thread may look; a thread of its own answers. Use it in a `with` statement."""

    def __init__(self, bus: str) -> None:
        self.shown: dict[int, Shown] = {}
        self.seen: list[Shown] = []
        self.hung = False
        self._news = threading.Condition()
        self._bus: DBusConnection = open_dbus_connection(bus=bus)
        with DBusRouter(self._bus) as router:
            assert Proxy(message_bus, router, timeout=20).RequestName(NAME) == (1,)
        self._thread = threading.Thread(target=self._serve, name="notification-server", daemon=True)

    def __enter__(self) -> NotificationServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bus.interrupt()
        self._thread.join(20)
        self._bus.close()

    def count(self) -> int:
        """How many notifications stand there."""
        return len(self.shown)

    def texts(self) -> list[tuple[str, str]]:
        """Title and body of all there ever were."""
        return [(one.title, one.body) for one in self.seen]

    def click(self, token: str = "leave-4711") -> None:
        """A person clicks the newest one, which is gone then."""
        number = max(self.shown)
        self._tell("ActivationToken", "us", (number, token))
        self._tell("ActionInvoked", "us", (number, "default"))
        del self.shown[number]
        self._tell("NotificationClosed", "uu", (number, 2))

    def wait_for_a_question(self, count: int) -> None:
        """Wait until so many notifications were asked for."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.seen) >= count, 30)

    def _tell(self, name: str, signature: str, body: tuple[object, ...]) -> None:
        self._bus.send(new_signal(_SIGNALS, name, signature, body))

    def _serve(self) -> None:
        try:
            while True:
                message = self._bus.receive()
                if message.header.message_type is MessageType.method_call:
                    self._answer(message)
        except ReceiveStopped:
            return

    def _answer(self, message: Message) -> None:
        member, body = message.header.fields[HeaderFields.member], message.body
        if member == "Notify":
            assert message.header.fields[HeaderFields.signature] == "susssasa{sv}i"
            hints = {key: value for key, (_kind, value) in body[6].items()}
            shown = Shown(body[3], body[4], tuple(body[5]), int(hints["urgency"]), body[7])
            with self._news:
                self.seen.append(shown)
                self._news.notify_all()
            if not self.hung:
                self.shown[len(self.seen)] = shown
                self._bus.send(new_method_return(message, "u", (len(self.seen),)))
        elif member == "CloseNotification" and self.shown.pop(body[0], None):
            self._tell("NotificationClosed", "uu", (body[0], 3))
