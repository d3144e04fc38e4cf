"""Tells outside of the window that the telephone rings, while nobody looks at the window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from receptionist import events
from receptionist.i18n import _
from receptionist.model.call import Call, CallState
from receptionist.threads import Post
from ui.models.words import caller_words, client_words, number_words

_SHOWN_MS = 30_000
_LATE_MS = 700
"""Qt on X11 notices 400 ms late that another program has the keyboard."""


class Notifications(Protocol):
    """How a desktop shows that a call rings. Main thread; nothing here waits."""

    def show(self, call_id: UUID, title: str, text: str) -> None: ...
    def withdraw(self, call_id: UUID) -> None: ...
    def close(self) -> None: ...


class TrayNotifications:
    """Notifications beside the tray, for Windows and macOS. Main thread.

    Only the newest is there, and it goes by itself: it cannot be withdrawn.
    """

    def __init__(self, tray: QSystemTrayIcon, chosen: Callable[[str], object]) -> None:
        self._tray = tray
        tray.messageClicked.connect(lambda: chosen(""))

    def show(self, call_id: UUID, title: str, text: str) -> None:
        """Show a notification of a call that rings."""
        if self._tray.isVisible():
            self._tray.showMessage(title, text, self._tray.icon(), _SHOWN_MS)

    def withdraw(self, call_id: UUID) -> None:
        """Qt has no way to."""

    def close(self) -> None:
        """It goes with the tray."""


def notifications(
    tray: QSystemTrayIcon, post: Post, chosen: Callable[[str], object]
) -> Notifications:
    """What this desktop has. `chosen` is told, with the desktop's leave, when one is clicked."""
    if sys.platform == "linux":
        from ui.outside.freedesktop import FreedesktopNotifications

        return FreedesktopNotifications(post, chosen)
    return TrayNotifications(tray, chosen)


class Ringing(QObject):
    """One notification a call that rings while none of our windows has the keyboard. Main thread.

    It is gone when the call is answered or over, or when somebody comes back to the window.
    """

    def __init__(self, notifications: Notifications, parent: QObject) -> None:
        super().__init__(parent)
        self._notifications = notifications
        self._rings: dict[UUID, events.CallIncoming] = {}
        self._told: set[UUID] = set()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._looked)

    def heard(self, event: events.DeskEvent) -> None:
        """Take in what the desk told."""
        if isinstance(event, events.CallIncoming):
            self._rings[event.call.id] = event
            self._look(event.call.id)
            QTimer.singleShot(_LATE_MS, self, partial(self._look, event.call.id))
        elif isinstance(event, events.CallChanged | events.CallEnded):
            self._over(event.call)

    def _look(self, call_id: UUID) -> None:
        event = self._rings.get(call_id)
        if event is not None and call_id not in self._told and not QApplication.activeWindow():
            self._tell(event)

    def _tell(self, event: events.CallIncoming) -> None:
        title = _("Call for {client}").format(client=client_words(event.client, event.call))
        self._told.add(event.call.id)
        text = f"{caller_words(event.call)}, {number_words(event.call)}"
        self._notifications.show(event.call.id, title, text)

    def _over(self, call: Call) -> None:
        if call.state is not CallState.RINGING:
            self._rings.pop(call.id, None)
            self._withdraw(call.id)

    def _withdraw(self, call_id: UUID) -> None:
        if call_id in self._told:
            self._told.discard(call_id)
            self._notifications.withdraw(call_id)

    def _looked(self, window: QWindow | None) -> None:
        if window is not None:
            for call_id in tuple(self._told):
                self._withdraw(call_id)
