"""What a screen reader is asked to say at once: AT-SPI announcements, heard over D-Bus."""

from __future__ import annotations

import threading
import time

from jeepney import DBusAddress, MatchRule, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

CEILING_S = 60.0
_REGISTRY = "org.a11y.atspi.Registry"


class Spoken:
    """Listens from its beginning to its end, in a thread of its own; `words` may be read anywhere.

    A program tells the bus only what somebody has registered for.
    """

    def __init__(self, session: str) -> None:
        with open_dbus_connection(bus=session) as connection:
            bus = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
            address = connection.send_and_get_reply(new_method_call(bus, "GetAddress")).body[0]
        self._bus = open_dbus_connection(bus=address)
        self.words: list[str] = []
        rule = MatchRule(
            type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement"
        )
        self._bus.send_and_get_reply(message_bus.AddMatch(rule))
        registry = DBusAddress("/org/a11y/atspi/registry", bus_name=_REGISTRY, interface=_REGISTRY)
        wish = new_method_call(registry, "RegisterEvent", "sass", ("object:announcement", [], ""))
        self._bus.send_and_get_reply(wish)
        self._over = False
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def wait(self, words: str) -> str:
        """Wait until something with these words is said; the whole of it."""
        deadline = time.monotonic() + CEILING_S
        while True:
            said = next((one for one in tuple(self.words) if words in one), "")
            if said:
                return said
            assert time.monotonic() < deadline, f"“{words}” was never said, but {self.words}"
            time.sleep(0.05)

    def close(self) -> None:
        """Listen no more."""
        self._over = True
        self._thread.join(CEILING_S)
        self._bus.close()

    def _listen(self) -> None:
        while not self._over:
            try:
                message = self._bus.receive(timeout=0.2)
            except TimeoutError:
                continue
            if message.header.message_type.name == "signal" and message.body:
                self.words.append(str(message.body[3][1]))
