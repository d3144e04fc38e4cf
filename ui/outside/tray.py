"""The sign in the system tray: how the desk is, by shape, colour and words, and a short menu."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from receptionist.i18n import _
from ui.models.sign import Sign
from ui.theme.palette import LIGHT
from ui.widgets.icon import picture, program_icon

_SIZES = (16, 22, 32, 48, 64)
_SMALL_PX = 24
_PART = 0.62
"""How much of the icon the sign takes; all of a small one, or its shape could not be told."""


class Tray(QObject):
    """One icon, or nothing where the desktop has no tray. Main thread.

    `wanted` asks for the window, `ready` and `break_` say how the receptionist is, `leaving` asks
    to end the program.
    """

    wanted = Signal()
    ready = Signal()
    break_ = Signal()
    leaving = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._shown: Sign | None = None
        self.icon = QSystemTrayIcon(program_icon(), self)
        self._menu = QMenu(window)
        for text, signal in (
            (_("Show the window"), self.wanted),
            (_("Ready"), self.ready),
            (_("Short break"), self.break_),
            (_("Quit"), self.leaving),
        ):
            action = QAction(text, self._menu)
            action.triggered.connect(lambda _checked=False, signal=signal: signal.emit())
            self._menu.addAction(action)
            if signal in (self.wanted, self.break_):
                self._menu.addSeparator()
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._activated)
        self.icon.show()

    @property
    def there(self) -> bool:
        """Whether this desktop shows it."""
        return QSystemTrayIcon.isSystemTrayAvailable() and self.icon.isVisible()

    def show_sign(self, sign: Sign) -> None:
        """Show how the desk is."""
        if sign == self._shown:
            return
        self._shown = sign
        self.icon.setIcon(_icon(sign))
        self.icon.setToolTip(": ".join((_("Receptionist"), sign.words)))

    def close(self) -> None:
        """Take it away."""
        self.icon.hide()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.wanted.emit()


def _icon(sign: Sign) -> QIcon:
    icon = QIcon()
    for size in _SIZES:
        icon.addPixmap(_pixmap(sign, size))
    return icon


def _pixmap(sign: Sign, size: int) -> QPixmap:
    """A disc in the tone with the picture in white, on the program's icon where there is room."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(Qt.PenStyle.NoPen)
    small = size < _SMALL_PX
    part = size if small else size * _PART
    disc = QRectF(size - part, size - part, part, part)
    if not small:
        painter.drawPixmap(pixmap.rect(), program_icon().pixmap(size, size))
        painter.setBrush(QColor(LIGHT.card))
        painter.drawEllipse(disc.adjusted(-size / 16, -size / 16, size / 16, size / 16))
    painter.setBrush(QColor(getattr(LIGHT, sign.tone)))
    painter.drawEllipse(disc)
    inside = disc.adjusted(part * 0.15, part * 0.15, -part * 0.15, -part * 0.15)
    shape = picture(sign.picture, LIGHT.card, 64).pixmap(64, 64)
    painter.drawPixmap(inside, shape, QRectF(shape.rect()))
    painter.end()
    return pixmap
