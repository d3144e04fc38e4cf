"""Notifications of Linux desktops: org.freedesktop.Notifications on the session bus.

https://specifications.freedesktop.org/notification-spec/ describes it. Qt's own D-Bus module cannot
send the unsigned number that `Notify` wants from Python, therefore jeepney.
"""

from __future__ import annotations

import html
import logging
import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call
from jeepney.bus_messages import MatchRule, message_bus
from jeepney.io.common import RouterClosed
from jeepney.io.threading import DBusConnection, ReceiveStopped, open_dbus_connection

from receptionist.i18n import _
from receptionist.paths import resources
from receptionist.threads import Post, Worker

log = logging.getLogger(__name__)

SERVER = DBusAddress(
    "/org/freedesktop/Notifications",
    bus_name="org.freedesktop.Notifications",
    interface="org.freedesktop.Notifications",
)
_LONGEST_MS = 120_000
"""A notification is gone then even if nobody withdraws it, because the program crashed."""

_CRITICAL = 2
_CLOSE_S = 2.0
_TROUBLE = (OSError, KeyError, ValueError, RuntimeError, RouterClosed, ReceiveStopped)


class FreedesktopNotifications:
    """One notification a call. Main thread; nothing here waits for the bus or for its server.

    Two threads of its own: one sends, one listens. What the server answers, and whether it does,
    changes nothing but whether its notification can be withdrawn.
    """

    def __init__(self, post: Post, chosen: Callable[[str], object]) -> None:
        self._post, self._chosen = post, chosen
        self._sending = Worker("notifications", post)
        self._bus: DBusConnection | None = None
        self._asked: dict[int, UUID] = {}
        """Calls by the serial of the message that asked for their notification."""
        self._shown: dict[UUID, int] = {}
        self._over: set[UUID] = set()
        """Calls whose notification is to be withdrawn as soon as its number is known."""
        self._token = ""

    def show(self, call_id: UUID, title: str, text: str) -> None:
        """Show a notification of a call that rings; `chosen` is told when it is clicked."""
        self._sending.submit(self._show, call_id, title, text, _("Show"))

    def withdraw(self, call_id: UUID) -> None:
        """The call rings no more."""
        self._sending.submit(self._withdraw, call_id)

    def close(self) -> None:
        """Withdraw everything and leave the bus. Waits at most two seconds."""
        self._sending.submit(self._leave)
        self._sending.close(_CLOSE_S)

    # ---- on the sending thread

    def _show(self, call_id: UUID, title: str, text: str, verb: str) -> None:
        hints = {
            "urgency": ("y", _CRITICAL),
            "category": ("s", "call.incoming"),
            "desktop-entry": ("s", "receptionist"),
        }
        body = html.escape(text, quote=False)
        icon = str(resources("icons", "receptionist.svg"))
        words = ("Receptionist", 0, icon, title, body, ["default", verb], hints, _LONGEST_MS)
        self._over.discard(call_id)
        self._send("Notify", "susssasa{sv}i", words, call_id)

    def _withdraw(self, call_id: UUID) -> None:
        if call_id in self._shown:
            self._send("CloseNotification", "u", (self._shown.pop(call_id),))
        elif call_id in self._asked.values():
            self._over.add(call_id)

    def _leave(self) -> None:
        for call_id in tuple(self._shown):
            self._withdraw(call_id)
        if self._bus is not None:
            self._bus.close()

    def _send(
        self, method: str, signature: str, words: tuple[Any, ...], call_id: UUID | None = None
    ) -> None:
        bus = self._bus
        try:
            bus = self._bus = bus or self._joined()
            serial = next(bus.outgoing_serial)
            if call_id is not None:
                self._asked[serial] = call_id
            bus.send(new_method_call(SERVER, method, signature, words), serial=serial)
        except _TROUBLE as error:
            log.info("no notification is shown: %s", type(error).__name__)
            self._forget(bus)

    def _joined(self) -> DBusConnection:
        bus = open_dbus_connection()
        rule = MatchRule(type="signal", interface=SERVER.interface, path=SERVER.object_path)
        bus.send(message_bus.AddMatch(rule))
        threading.Thread(
            target=self._listen, args=(bus,), name="notifications-heard", daemon=True
        ).start()
        return bus

    def _forget(self, bus: DBusConnection | None) -> None:
        """This bus is gone, and with it whatever stood there."""
        if bus is not self._bus:
            return
        self._bus = None
        self._asked.clear()
        self._shown.clear()
        self._over.clear()

    def _heard(self, message: Message) -> None:
        fields, body = message.header.fields, message.body
        if message.header.message_type is MessageType.signal:
            self._told(str(fields.get(HeaderFields.member)), body)
            return
        call_id = self._asked.pop(fields.get(HeaderFields.reply_serial, -1), None)
        if call_id is None:
            return
        if message.header.message_type is MessageType.error:
            log.info("the desktop shows no notification: %s", fields.get(HeaderFields.error_name))
            return
        self._shown[call_id] = int(body[0])
        if call_id in self._over:
            self._over.discard(call_id)
            self._withdraw(call_id)

    def _told(self, signal: str, body: tuple[Any, ...]) -> None:
        ours = {number: call_id for call_id, number in self._shown.items()}
        if len(body) != 2 or body[0] not in ours:
            return
        if signal == "ActivationToken":
            self._token = str(body[1])
        elif signal == "ActionInvoked":
            self._post(self._chosen, self._token)
            self._token = ""
        elif signal == "NotificationClosed":
            del self._shown[ours[body[0]]]

    # ---- on the listening thread

    def _listen(self, bus: DBusConnection) -> None:
        try:
            while True:
                self._sending.submit(self._heard, bus.receive())
        except _TROUBLE:
            self._sending.submit(self._forget, bus)
