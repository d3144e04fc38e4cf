"""Settings: each declared one has a field, wrong values are told there, right ones are kept."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QWidget

from receptionist import settings
from receptionist.model.sound import SoundDevices
from receptionist.settings import SETTINGS, Settings
from tests.doubles.desk import Reception, let_go
from tests.unit.ui.conftest import CTRL, Desk
from ui.dialogs.settings import SettingsDialog
from ui.models.keeping import Keeping
from ui.widgets.inputs import Choice, Line
from ui.window import Window


class Start:
    """Whether the program starts with the session; `full` lets the disk be full."""

    def __init__(self) -> None:
        self.on = self.full = False

    def switch(self, on: bool) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        self.on = on


class Place:
    """A data directory with what was put into effect and what was told."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.start = Start()
        self.asked: list[Callable[[SoundDevices], object]] = []
        self.effects: list[Settings] = []
        self.told: list[str] = []
        self.keeping = Keeping(data, settings.load(data)[0], self.asked.append, self.start)
        self.keeping.on_change(self.effects.append)

    @property
    def file(self) -> dict[str, object]:
        """What stands in the file."""
        path = self.data / settings.FILE
        return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / settings.FILE).write_text('headset = "Ear"\npalette = "dark"\n', "utf-8")
    return Place(tmp_path)


@pytest.fixture
def parent(dressed: QApplication) -> Iterator[QWidget]:
    parent = QWidget()
    yield parent
    let_go(parent)


@pytest.fixture
def dialog(parent: QWidget, place: Place) -> SettingsDialog:
    dialog = SettingsDialog(place.keeping, place.told.append, parent)
    dialog.show()
    return dialog


def line(dialog: SettingsDialog, key: str) -> Line:
    editor = dialog.fields[key].editor
    assert isinstance(editor, Line)
    return editor


def choose(dialog: SettingsDialog, key: str, words: str) -> None:
    editor = dialog.fields[key].editor
    assert isinstance(editor, Choice)
    editor.setCurrentIndex(editor.findText(words))
    assert editor.currentText() == words


def test_every_setting_has_a_field_that_shows_what_is_set(dialog: SettingsDialog) -> None:
    assert list(dialog.fields) == [*(one.key for one in SETTINGS), "autostart"]
    palette, headset = dialog.fields["palette"].editor, dialog.fields["headset"].editor
    assert isinstance(palette, Choice)
    assert isinstance(headset, Choice)
    assert (palette.value, headset.value) == ("dark", "Ear")
    assert line(dialog, "wrap_up_s").text() == "30"


def test_right_values_are_kept_and_take_effect(dialog: SettingsDialog, place: Place) -> None:
    choose(dialog, "palette", "Light")
    line(dialog, "wrap_up_s").setText(" 45 ")
    tray, autostart = dialog.fields["close_to_tray"].editor, dialog.fields["autostart"].editor
    assert isinstance(tray, QCheckBox)
    assert isinstance(autostart, QCheckBox)
    tray.setChecked(True)
    autostart.setChecked(True)
    dialog.accept()
    assert not dialog.isVisible()
    kept = {"headset": "Ear", "palette": "light", "wrap_up_s": 45, "close_to_tray": True}
    assert place.file == kept
    assert place.effects == [settings.load(place.data)[0]]
    assert place.start.on
    assert place.told == []


def test_what_waits_for_the_next_start_is_said(dialog: SettingsDialog, place: Place) -> None:
    choose(dialog, "language", "Deutsch")
    dialog.accept()
    assert place.file["language"] == "de"
    (sentence,) = place.told
    assert "next time" in sentence


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("sip_port", "70000", "between 0 and 65535"),
        ("sip_port", "", "Write a whole number"),
        ("sip_port", "many", "Write a whole number"),
        ("sip_port", "²", "Write a whole number"),
        ("rtp_port", "4001", "even port"),
        ("bind", "example.org", "IPv4"),
        ("wrap_up_s", "601", "between 0 and 600"),
    ],
)
def test_a_wrong_value_is_told_beside_its_field_and_nothing_is_kept(
    dialog: SettingsDialog, place: Place, key: str, text: str, sentence: str
) -> None:
    before = place.file
    choose(dialog, "palette", "Light")
    line(dialog, key).setText(text)
    dialog.accept()
    assert dialog.isVisible()
    assert sentence in dialog.fields[key].fault
    assert [name for name, field in dialog.fields.items() if field.fault] == [key]
    assert dialog.focusWidget() is line(dialog, key)
    shown = dialog.fields[key].visibleRegion().boundingRect()
    assert shown == dialog.fields[key].rect()
    assert place.file == before
    assert place.effects == []
    line(dialog, key).setText(
        {"bind": "127.0.0.1"}.get(key, "500" if key == "wrap_up_s" else "5060")
    )
    dialog.accept()
    assert not dialog.isVisible()


def test_a_full_disk_is_told_and_nothing_changes(dialog: SettingsDialog, place: Place) -> None:
    place.start.full = True
    autostart = dialog.fields["autostart"].editor
    assert isinstance(autostart, QCheckBox)
    autostart.setChecked(True)
    dialog.accept()
    assert dialog.isVisible()
    assert "No space left" in dialog._state.words
    assert place.effects == []


def test_devices_are_offered_when_they_are_known(dialog: SettingsDialog, place: Place) -> None:
    (tell,) = place.asked
    tell(SoundDevices(("Mic", "Mic 2"), ("Loud",)))
    offered = {}
    for key in ("microphone", "headset", "ringing"):
        editor = dialog.fields[key].editor
        assert isinstance(editor, Choice)
        offered[key] = [editor.itemText(at) for at in range(editor.count())]
    usual = "The system's own choice"
    assert offered["microphone"] == [usual, "Mic", "Mic 2"]
    assert offered["headset"] == [usual, "Loud", "Ear (not plugged in)"]
    assert offered["ringing"] == [usual, "Loud"]
    choose(dialog, "microphone", "Mic 2")
    dialog.accept()
    assert (place.file["microphone"], place.file["headset"]) == ("Mic 2", "Ear")


def test_devices_that_come_too_late_break_nothing(parent: QWidget, place: Place) -> None:
    dialog = SettingsDialog(place.keeping, place.told.append, parent)
    let_go(dialog)
    place.asked[0](SoundDevices(("Mic",), ()))


def test_the_key_opens_them_and_esc_keeps_nothing(reception: Reception, place: Place) -> None:
    window = Window(reception.desk, reception.clock, keeping=place.keeping)
    window.show()
    assert QTest.qWaitForWindowActive(window, 10_000)
    Desk(reception, window).key(Qt.Key.Key_Comma, CTRL)
    (dialog,) = (one for one in window.findChildren(QDialog) if one.isVisible())
    assert isinstance(dialog, SettingsDialog)
    choose(dialog, "palette", "Light")
    dialog.reject()
    assert place.effects == []
    window.leave()
    let_go(window)


def test_the_demonstration_has_none_and_says_so(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Comma, CTRL)
    assert "demonstration" in desk.window.panels.notice.words
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, SettingsDialog)]
