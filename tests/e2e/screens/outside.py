"""States that come from outside of the desk: what is set, links to call, unexpected trouble."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from receptionist.events import PhoneLevels
from receptionist.model.sound import SoundDevices
from receptionist.settings import Settings
from ui.dialogs.settings import SettingsDialog
from ui.models.keeping import Keeping

if TYPE_CHECKING:
    from tests.e2e.screens.story import Day

_LINK = "tel:+49-89-99998-440;ext=12"
_BROKEN_LINK = "tel:*21*+498999998440%23"


class NoStart:
    """The program does not start with the session."""

    on = False

    def switch(self, on: bool) -> None:
        """The tour changes nothing of its user's."""


def keeping(data: Path) -> Keeping:
    """Settings that are kept in the directory of the tour, with devices as offices have them."""
    there = SoundDevices(("Jabra Evolve 20 Mono",), ("Jabra Evolve 20 Mono", "Lautsprecher"))
    chosen = Settings(headset="Jabra Evolve 20 Mono", ringing="Poly Sync 20", sip_port=5060)
    return Keeping(data, chosen, lambda then: then(there), NoStart())


def open_menu(day: Day) -> Iterator[tuple[str, QWidget]]:
    """The menu of the program, and the longest of the menus in it."""
    menu = day.window.panels.top.menu
    menu.popup(day.window.mapToGlobal(QPoint(220, 48)))
    day._shot("menu")
    yield "menu", menu
    calls = menu.actions()[0].menu()
    assert isinstance(calls, QMenu)
    calls.popup(day.window.mapToGlobal(QPoint(420, 48)))
    day._shot("menu-calls")
    yield "menu-calls", calls
    calls.close()
    menu.close()


def _sound(day: Day, dialog: SettingsDialog) -> Iterator[tuple[str, QWidget]]:
    """The devices, one of them not plugged in, while somebody speaks too loudly."""
    assert dialog.sound is not None
    dialog.sound.test.click()
    day.reception.desk.switchboard.heard(PhoneLevels(microphone=98, headset=34))
    dialog._scroll.ensureWidgetVisible(dialog.sound)
    day._shot("settings-sound")
    yield "settings-sound", dialog
    dialog.sound.leave()


def from_outside(day: Day) -> Iterator[tuple[str, QWidget]]:
    """A link that was clicked, one that is refused, and the settings."""
    day.window.call_link(_LINK)
    day.window.call_link(_BROKEN_LINK)
    yield day._shot("link")
    day.window.panels.notice.clear()
    day._key(Qt.Key.Key_Escape)
    day.window.panels.top.search.clear()
    day._key(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    day._shot("settings")
    dialog = next(one for one in day.window.findChildren(SettingsDialog) if one.isVisible())
    yield "settings", dialog
    yield from _sound(day, dialog)
    port = dialog.fields["sip_port"].editor
    assert isinstance(port, QLineEdit)
    port.setText("70000")
    dialog.accept()
    day._shot("settings-wrong")
    yield "settings-wrong", dialog
    dialog.reject()
    day._take_keyboard()
