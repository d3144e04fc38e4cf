"""The window's place on the desktop: the sign in the tray, notifications, coming to the front."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from receptionist import events
from receptionist.desk.desk import Desk
from receptionist.model.agent import BreakReason
from receptionist.threads import Post
from ui.models.sign import sign
from ui.outside.front import come_to_front
from ui.outside.ringing import Ringing, notifications
from ui.outside.tray import Tray
from ui.window import Window

_NOT_TELLING = events.CalendarChanged | events.CalendarProgress


class Desktop(QObject):
    """Everything outside of the window that belongs to it. Main thread.

    Nothing depends on it: without tray, bus or notifications the window does all it can.
    `stays` says whether closing the window lets it go on in the tray.
    """

    def __init__(self, window: Window, post: Post, stays: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window, self._stays = window, stays
        self._desk: Desk | None = None
        self._unsubscribe: Callable[[], object] = lambda: None
        self.tray = Tray(window)
        self.tray.wanted.connect(self.come_up)
        self.tray.leaving.connect(self._leave)
        self.tray.ready.connect(self._ready)
        self.tray.break_.connect(self._break)
        self._notifications = notifications(self.tray.icon, post, self.come_up)
        self._ringing = Ringing(self._notifications, self)
        window.hides = self._hides

    def follow(self, desk: Desk) -> None:
        """Show how this desk is from now on."""
        self._desk = desk
        self._unsubscribe = desk.subscribe(self._heard)
        self.tray.show_sign(sign(desk))

    def come_up(self, token: str = "") -> None:
        """Bring the window to the front, because a person asked for it outside of it."""
        come_to_front(self._window, token)

    def close(self) -> None:
        """Take sign and notifications away."""
        self._unsubscribe()
        self._notifications.close()
        self.tray.close()

    def _heard(self, event: events.DeskEvent) -> None:
        self._ringing.heard(event)
        if self._desk is not None and not isinstance(event, _NOT_TELLING):
            self.tray.show_sign(sign(self._desk))

    def _hides(self) -> bool:
        app = QGuiApplication.instance()
        saving = isinstance(app, QGuiApplication) and app.isSavingSession()
        hides = not saving and self._stays() and self.tray.there
        QApplication.setQuitOnLastWindowClosed(not hides)
        return hides

    def _leave(self) -> None:
        """End the program; open calls are asked about in the window, as always."""
        self._window.hides = lambda: False
        if self._desk is not None and self._desk.switchboard.calls:
            self.come_up()
        closed = self._window.close()
        self._window.hides = self._hides
        if closed:
            QApplication.exit()

    def _ready(self) -> None:
        if self._desk is not None:
            self._desk.agent.ready()

    def _break(self) -> None:
        if self._desk is not None:
            self._desk.agent.take_break(BreakReason.SHORT)
