"""Pictures of the kept set in `resources/icons`, in the colours of the palette worn."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from receptionist.paths import resources
from ui.theme.sheet import worn


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    svg = resources("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))


@lru_cache(maxsize=256)
def picture(name: str, colour: str, size: int = 16) -> QIcon:
    """The icon `name` in `colour`, sharp up to three times its size in pixels."""
    icon = QIcon()
    for scale in (1, 2, 3):
        pixmap = QPixmap(size * scale, size * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        _renderer(name, colour).render(painter)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def program_icon() -> QIcon:
    """The icon of the program itself."""
    return QIcon(str(resources("icons", "receptionist.svg")))


class Icon(QWidget):
    """One picture; `tone` is a colour token of the palette. Decoration: no accessible name."""

    def __init__(self, name: str = "", tone: str = "quiet", size: int = 16) -> None:
        super().__init__()
        self._name, self._tone = name, tone
        self.setFixedSize(QSize(size, size))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_picture(self, name: str, tone: str) -> None:
        """Show another picture; an empty name takes no room."""
        self._name, self._tone = name, tone
        self.setVisible(bool(name))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self._name:
            tone = "quiet" if self._tone == "plain" else self._tone
            colour = getattr(worn(), tone)
            painter = QPainter(self)
            _renderer(self._name, colour).render(painter, QRectF(self.rect()))
            painter.end()
