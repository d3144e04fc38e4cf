"""Brings the window to the front. Only a wish of the person's own comes here, never a call."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_TOKEN = "XDG_ACTIVATION_TOKEN"


def come_to_front(window: QWidget, token: str = "") -> None:
    """Show, un-minimise, raise and activate. Main thread.

    `token` is the desktop's leave to do so: Wayland refuses without one. X11 goes by the time of
    the last event, Windows by `AllowSetForegroundWindow` of who asks; else the taskbar blinks.
    """
    if token and QGuiApplication.platformName().startswith("wayland"):
        os.environ[_TOKEN] = token  # Qt's Wayland plugin takes it from there, once
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
