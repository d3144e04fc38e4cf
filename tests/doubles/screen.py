"""What a window says to somebody who cannot see it: its AT-SPI tree, read over D-Bus.

Only what is on the screen is read, and only names, texts and the focus: what a screen reader would
speak. https://gitlab.gnome.org/GNOME/at-spi2-core (directory `xml`) describes the interfaces.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, DBusErrorResponse, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

CEILING_S = 60.0
_ROOT = "/org/a11y/atspi/accessible/root"
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_FOCUSED, _FOCUSABLE, _CHECKED, _SENSITIVE, _SHOWING = 12, 11, 4, 24, 25


Wanted = Callable[[int, str], bool]
"""Whether a thing with this state, at this place, is looked for."""


@dataclass(frozen=True)
class Thing:
    """Something on the screen. `place` is the way to it by class names, `text` what was typed."""

    role: str
    name: str
    place: str
    text: str = ""
    focused: bool = False
    focusable: bool = False
    checked: bool = False


class Gone(Exception):
    """The window changed while it was being read."""


class Screen:
    """The window of the program with this process id. Any thread, one at a time."""

    def __init__(self, session: str, process: int) -> None:
        with open_dbus_connection(bus=session) as connection:
            asked = new_method_call(_address("org.a11y.Bus", "/org/a11y/bus"), "GetAddress")
            address: str = connection.send_and_get_reply(asked).body[0]
        self._bus = open_dbus_connection(bus=address)
        self._name = _of_process(self._bus, process)

    def close(self) -> None:
        """Look no more."""
        self._bus.close()

    def things(self, part: str = "") -> list[Thing]:
        """What is on the screen in the part with this class, top to bottom; "" for everything."""
        return [thing for _, _, thing in self._everything(lambda _, place: part in _classes(place))]

    def reachable(self) -> list[Thing]:
        """What can have the keyboard, top to bottom."""
        return [thing for _, _, thing in self._everything(lambda state, _: _can_have(state))]

    def texts(self, part: str = "") -> list[str]:
        """The words of labels, buttons and rows."""
        return [one.name for one in self.things(part) if one.name]

    def area(self, part: str) -> tuple[int, int, int, int]:
        """Left, top, width and height on the display of the part with this class."""
        for name, path, thing in self._everything(lambda _, place: part in _classes(place)):
            if thing.place.endswith(f".{part}"):
                address = _address(name, path, "org.a11y.atspi.Component")
                found = self._send(new_method_call(address, "GetExtents", "u", (0,)))
                return (found[0], found[1], found[2], found[3])
        raise AssertionError(f"there is no {part}")

    def field(self, name: str) -> str:
        """What stands in the field with this name, "" where it is not on the screen."""
        fields = (one for one in self.things() if one.role == "text" and one.name == name)
        return next((one.text for one in fields), "")

    def focus(self) -> str:
        """The name of what has the keyboard."""
        has = self._everything(lambda state, _: bool(state >> _FOCUSED & 1))
        return next((thing.name for _, _, thing in has), "")

    def until(self, words: str, part: str = "") -> str:
        """Wait until a text with these words is on the screen; the text."""
        found: list[str] = []

        def look() -> bool:
            found[:] = [text for text in self.texts(part) if words in text]
            return bool(found)

        self.wait(look, lambda: f"“{words}” in {part or 'the window'}: {self.texts(part)}")
        return found[0]

    def wait(self, condition: Callable[[], object], what: Callable[[], str] = lambda: "") -> None:
        """Look again and again until it is so."""
        deadline = time.monotonic() + CEILING_S
        while not condition():
            assert time.monotonic() < deadline, f"never came: {what()}"
            time.sleep(0.05)

    def _everything(self, wanted: Wanted) -> list[tuple[str, str, Thing]]:
        """What `_places` finds from the root on, once it was read without a change meanwhile."""
        deadline = time.monotonic() + CEILING_S
        while time.monotonic() < deadline:
            try:
                return list(self._places(self._name, _ROOT, wanted))
            except Gone:
                continue
        raise AssertionError("the window never came to rest")

    def _places(self, name: str, path: str, wanted: Wanted) -> Iterator[tuple[str, str, Thing]]:
        """Name on the bus, path and what is there, of what is wanted on the screen below a place.

        Every question wakes the window, and there are hundreds of things: little is asked of most.
        """
        for child_name, child_path in self._ask(name, path, "GetChildren"):
            low = self._ask(child_name, child_path, "GetState")[0]
            if low >> _SHOWING & 1:
                place = self._property(child_name, child_path, "AccessibleId")
                if wanted(low, place):
                    yield child_name, child_path, self._thing(child_name, child_path, low, place)
                yield from self._places(child_name, child_path, wanted)

    def _thing(self, name: str, path: str, state: int, place: str) -> Thing:
        role = self._ask(name, path, "GetRoleName")
        text = self._written(name, path) if role == "text" else ""
        return Thing(
            role=role,
            name=self._property(name, path, "Name"),
            place=place,
            text=text,
            focused=bool(state >> _FOCUSED & 1),
            focusable=_can_have(state),
            checked=bool(state >> _CHECKED & 1),
        )

    def _written(self, name: str, path: str) -> str:
        address = _address(name, path, "org.a11y.atspi.Text")
        return str(self._send(new_method_call(address, "GetText", "ii", (0, -1))))

    def _property(self, name: str, path: str, key: str) -> str:
        address = _address(name, path, "org.freedesktop.DBus.Properties")
        return str(self._send(new_method_call(address, "Get", "ss", (_ACCESSIBLE, key)))[1])

    def _ask(self, name: str, path: str, method: str) -> Any:
        return self._send(new_method_call(_address(name, path, _ACCESSIBLE), method))

    def _send(self, message: Any) -> Any:
        answer = self._bus.send_and_get_reply(message, timeout=CEILING_S)
        if answer.header.message_type.name == "error":
            raise Gone
        return answer.body[0]


def _classes(place: str) -> list[str]:
    return ["", *place.split(".")]


def _can_have(state: int) -> bool:
    """Whether somebody with this state can have the keyboard."""
    return bool(state >> _FOCUSABLE & state >> _SENSITIVE & 1)


def _address(name: str, path: str, interface: str = "") -> DBusAddress:
    return DBusAddress(path, bus_name=name, interface=interface or name)


def _of_process(bus: DBusConnection, process: int) -> str:
    """The name on the bus of a program that tells the registry what it shows."""
    deadline = time.monotonic() + CEILING_S
    names = Proxy(message_bus, bus)
    while time.monotonic() < deadline:
        registry = _address("org.a11y.atspi.Registry", _ROOT, _ACCESSIBLE)
        found = bus.send_and_get_reply(new_method_call(registry, "GetChildren")).body[0]
        for name, _path in found if isinstance(found, list) else []:
            try:
                if names.GetConnectionUnixProcessID(name) == (process,):
                    return str(name)
            except DBusErrorResponse:
                continue
        time.sleep(0.05)
    raise AssertionError("the program tells the accessibility bus nothing")
