"""A system tray: what desktops offer to programs, and what a person sees and clicks there.

https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/ and com.canonical.dbusmenu
describe both ends.
"""

from __future__ import annotations

import threading
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_method_call,
    new_method_return,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
from jeepney.io.threading import (
    DBusConnection,
    DBusRouter,
    Proxy,
    ReceiveStopped,
)
from jeepney.io.threading import open_dbus_connection as open_listening

WATCHER = "org.kde.StatusNotifierWatcher"
CEILING_S = 60.0
_ITEM = "org.kde.StatusNotifierItem"
_MENU = "com.canonical.dbusmenu"
_XML = f"""<node><interface name="{WATCHER}">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
</interface></node>"""


class TrayHost:
    """Any thread may look; a thread of its own answers. Use it in a `with` statement."""

    def __init__(self, bus: str) -> None:
        self._item = ""
        self._news = threading.Condition()
        self._bus: DBusConnection = open_listening(bus=bus)
        with DBusRouter(self._bus) as router:
            assert Proxy(message_bus, router, timeout=20).RequestName(WATCHER) == (1,)
        self._asking = open_dbus_connection(bus=bus)
        self._thread = threading.Thread(target=self._serve, name="tray-host", daemon=True)

    def __enter__(self) -> TrayHost:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bus.interrupt()
        self._thread.join(20)
        self._bus.close()
        self._asking.close()

    def wait_for_an_icon(self) -> None:
        """Wait until a program has put its icon here."""
        with self._news:
            assert self._news.wait_for(lambda: self._item, CEILING_S)

    def words(self) -> str:
        """What is said when the mouse rests on the icon."""
        return str(self._property("ToolTip")[2])

    def pictures(self) -> dict[int, bytes]:
        """The icon: pixels by width."""
        return {width: bytes(pixels) for width, _height, pixels in self._property("IconPixmap")}

    def click(self) -> None:
        """Click the icon."""
        self._ask(DBusAddress("/StatusNotifierItem", self._item, _ITEM), "Activate", "ii", (1, 1))

    def menu(self) -> dict[str, int]:
        """The texts of the menu, each with its number."""
        _revision, (_root, _properties, rows) = self._menu("GetLayout", "iias", (0, -1, []))
        found = {}
        for _signature, (number, properties, _below) in rows:
            if "label" in properties:
                found[properties["label"][1].replace("_", "")] = number
        return found

    def choose(self, text: str) -> None:
        """Choose a row of the menu."""
        self._menu("Event", "isvu", (self.menu()[text], "clicked", ("s", ""), 0))

    def _menu(self, method: str, signature: str, body: tuple[Any, ...]) -> Any:
        path = str(self._property("Menu"))
        return self._ask(DBusAddress(path, self._item, _MENU), method, signature, body)

    def _property(self, name: str) -> Any:
        where = DBusAddress("/StatusNotifierItem", self._item, "org.freedesktop.DBus.Properties")
        return self._ask(where, "Get", "ss", (_ITEM, name))[0][1]

    def _ask(self, where: DBusAddress, method: str, signature: str, body: tuple[Any, ...]) -> Any:
        question = new_method_call(where, method, signature, body)
        answer = self._asking.send_and_get_reply(question, timeout=CEILING_S)
        assert answer.header.message_type is MessageType.method_return, answer.body
        return answer.body

    def _serve(self) -> None:
        try:
            while True:
                message = self._bus.receive()
                if message.header.message_type is MessageType.method_call:
                    self._answer(message)
        except ReceiveStopped:
            return

    def _answer(self, message: Message) -> None:
        fields = message.header.fields
        member = fields[HeaderFields.member]
        if member == "Introspect":
            self._bus.send(new_method_return(message, "s", (_XML,)))
        elif member == "Get":
            self._bus.send(new_method_return(message, "v", (("b", True),)))
        elif member == "RegisterStatusNotifierItem":
            self._bus.send(new_method_return(message))
            with self._news:
                self._item = str(fields[HeaderFields.sender])
                self._news.notify_all()
