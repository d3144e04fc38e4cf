"""What a screen without a window manager hides: room for a title bar, and lists that pop up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QListView

from tests.doubles.desk import UNKNOWN
from tests.unit.ui.conftest import Desk
from ui.console import show
from ui.theme.palette import LIGHT

WANTED_HEIGHT = 900


def test_a_window_that_fills_the_screen_leaves_room_for_its_title_bar(desk: Desk) -> None:
    window = show()
    assert window.screen().availableSize().height() < WANTED_HEIGHT
    assert window.isMaximized()
    window.close()


def test_the_list_of_clients_can_be_read(desk: Desk) -> None:
    desk.talks(UNKNOWN)
    desk.key(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    desk.type("muster")
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QListView)
    picture = popup.grab().toImage()
    corner = picture.pixelColor(picture.width() - 8, picture.height() - 4)
    assert corner == QColor(LIGHT.card)
    popup.close()
