"""What is set for this workplace: one field for each declared setting, and the start by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.letter import MailServer
from receptionist.model.sound import Sound, SoundDevices
from receptionist.settings import DESK, GROUPS, MAIL, SETTINGS, SOUND, Setting, Settings
from ui.dialogs.mailing import MailCard
from ui.dialogs.office.secret import SecretLine
from ui.dialogs.sound import SoundCard
from ui.models.keeping import Keeping
from ui.theme.sheet import GRID
from ui.widgets.card import Card, row
from ui.widgets.field import Field, give_letters
from ui.widgets.inputs import Choice, Line
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.scroll import Scroll
from ui.widgets.stateline import StateLine

_AUTOSTART = "autostart"
_EDGES = 60
"""What a title bar and a taskbar take of the screen's height."""

_DEVICES = ("microphone", "headset", "ringing")


class SettingsDialog(QDialog):
    """Settings, kept together or not at all. Main thread; blocks nothing.

    `told` is called with a sentence when something of what was kept waits for the next start.
    """

    def __init__(
        self,
        keeping: Keeping,
        told: Callable[[str], object],
        parent: QWidget,
        desk: Desk | None = None,
    ) -> None:
        """With `desk` the password of the mail server can be given, and be tried."""
        super().__init__(parent)
        self._keeping, self._told = keeping, told
        self.setWindowTitle(_("Settings"))
        self.resize(640, min(640, self.screen().availableSize().height() - _EDGES))
        self.fields = {setting.key: self._field(setting) for setting in SETTINGS}
        if keeping.autostart is not None:
            box = QCheckBox(_("Start with the computer's session"))
            box.setChecked(keeping.autostart.on)
            hint = _("The window waits in the tray, or minimised where there is none.")
            self.fields[_AUTOSTART] = Field(_AUTOSTART, _("Autostart"), box, hint)
        self.mailing = MailCard(desk, self._mail_server) if desk is not None else None
        if self.mailing is not None:
            self.fields[self.mailing.password.name] = self.mailing.password
        self.sound = None
        if desk is not None:
            self.sound = SoundCard(desk.sound_check, self._sound, lambda: keeping.chosen.sound)
        give_letters(self.fields.values())
        self._state = StateLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(3 * GRID)
        self._scroll = self._groups()
        column.addWidget(self._scroll, 1)
        column.addWidget(self._state)
        column.addLayout(self._verbs())
        self._follow_devices()
        keeping.devices(self._offer_devices)
        next(iter(self.fields.values())).go()

    def accept(self) -> None:
        """Keep what the fields say; what is wrong is told beside its field, and nothing is kept."""
        values = self._values()
        starts = values.pop(_AUTOSTART, None)
        faults = self._keeping.faults_of(values)
        for key, field in self.fields.items():
            field.tell_fault(_in_a_field(key, values.get(key), faults.get(key, "")))
        if faults:
            self._show(next(field for key, field in self.fields.items() if key in faults))
            return
        try:
            waits = self._keep(values, starts)
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            self._state.tell(_("Nothing was saved: {why}.").format(why=why), "danger")
            return
        if self.mailing is not None:
            self.mailing.keep()
        super().accept()
        if waits:
            self._told(_("Saved. Part of it takes effect when the program starts next time."))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nobody sees how loud it is any more: the devices are let go."""
        if self.sound is not None:
            self.sound.leave()
        super().hideEvent(event)

    def _values(self) -> dict[str, Any]:
        known = {one.key for one in SETTINGS} | {_AUTOSTART}
        return {key: _value(key, one.editor) for key, one in self.fields.items() if key in known}

    def _typed(self) -> Settings | None:
        """What stands in the fields; None while something of it is wrong."""
        values = self._values()
        values.pop(_AUTOSTART, None)
        if any(self._keeping.faults_of(values).values()):
            return None
        return replace(self._keeping.chosen, **values)

    def _mail_server(self) -> MailServer | None:
        """The mail server as it stands in the fields; None while it is not complete."""
        typed = self._typed()
        return typed.mail_server if typed else None

    def _sound(self) -> Sound | None:
        """The devices and gains as they stand in the fields; None while something is wrong."""
        typed = self._typed()
        return typed.sound if typed else None

    def _follow_devices(self) -> None:
        """A test goes on with what is chosen in the fields."""
        if self.sound is None:
            return
        changed = self.sound.fields_changed
        for setting in SETTINGS:
            editor = self.fields[setting.key].editor
            if setting.group != SOUND:
                continue
            if isinstance(editor, Choice):
                editor.currentIndexChanged.connect(changed)
            elif isinstance(editor, QCheckBox):
                editor.toggled.connect(changed)
            elif isinstance(editor, Line):
                editor.editingFinished.connect(changed)

    def _show(self, field: Field) -> None:
        field.go()
        # What is wrong is part of the field and has no room before the next layout.
        self._scroll.column.activate()
        self._scroll.ensureWidgetVisible(field)
        QTimer.singleShot(0, field, lambda: self._scroll.ensureWidgetVisible(field))

    def _keep(self, values: dict[str, Any], starts: bool | None) -> bool:
        autostart = self._keeping.autostart
        if autostart is not None and starts is not None and starts != autostart.on:
            autostart.switch(starts)
        return self._keeping.keep(values)

    def _field(self, setting: Setting) -> Field:
        value = getattr(self._keeping.chosen, setting.key)
        hint = _(setting.help)
        if not setting.at_once:
            hint += " " + _("Takes effect at the next start.")
        editor: QWidget
        if isinstance(setting.default, bool):
            editor = QCheckBox(_(setting.label))
            editor.setChecked(value)
            return Field(setting.key, _(setting.heading), editor, hint)
        if setting.choices:
            editor = Choice([(one, _in_words(one)) for one in setting.choices], value)
        elif setting.key in _DEVICES:
            editor = Choice(_devices((), value), value)
        else:
            editor = Line(str(value))
        return Field(setting.key, _(setting.label), editor, hint)

    def _groups(self) -> Scroll:
        scroll = Scroll(_("Settings"), spacing=3 * GRID)
        groups = {setting.key: setting.group for setting in SETTINGS}
        for group in GROUPS:
            card = Card(_(group))
            card.column.setSpacing(3 * GRID)
            for key, field in self.fields.items():
                if groups.get(key, DESK) == group and not isinstance(field.editor, SecretLine):
                    card.column.addWidget(field)
            if group == SOUND and self.sound is not None:
                card.column.addWidget(self.sound)
            if group == MAIL and self.mailing is not None:
                card.column.addWidget(self.mailing)
            scroll.column.addWidget(card)
        scroll.column.addStretch(1)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _verbs(self) -> Any:
        cancel, keep = KeyButton(_("Cancel")), KeyButton(_("Save"), kind="primary")
        keep.setDefault(True)
        cancel.clicked.connect(self.reject)
        keep.clicked.connect(self.accept)
        verbs = row()
        verbs.addWidget(Label(_("This holds for this workplace alone."), "label"), 1)
        verbs.addWidget(cancel)
        verbs.addWidget(keep)
        return verbs

    def _offer_devices(self, there: SoundDevices) -> None:
        if not isValid(self):
            return
        for key in _DEVICES:
            choice = self.fields[key].editor
            assert isinstance(choice, Choice)
            names = there.microphones if key == "microphone" else there.speakers
            away = _("{name} (not plugged in)") if names else "{name}"
            choice.put(_devices(names, str(choice.value), away), choice.value)


def _devices(names: Iterable[str], chosen: str, away: str = "{name}") -> list[tuple[object, str]]:
    """The devices there are, and the chosen one, named as `away` says, while it is not there."""
    there = list(names)
    rows: list[tuple[object, str]] = [("", _("The system's own choice"))]
    rows += ((name, name) for name in there)
    if chosen and chosen not in there:
        rows.append((chosen, away.format(name=chosen)))
    return rows


def _in_words(choice: str) -> str:
    return {
        "auto": _("As the system"),
        "de": "Deutsch",
        "en": "English",
        "light": _("Light"),
        "dark": _("Dark"),
        "tls": _("Encrypted (TLS)"),
        "starttls": _("Encrypted after STARTTLS"),
        "none": _("Not encrypted"),
    }.get(choice, choice)


def _value(key: str, editor: QWidget) -> Any:
    """What an editor says: a number where one is wanted."""
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    if isinstance(editor, Choice):
        return editor.value
    assert isinstance(editor, Line)
    text = editor.text().strip()
    return int(text) if _is_number(key) and text.isascii() and text.isdigit() else text


def _is_number(key: str) -> bool:
    return any(one.key == key and isinstance(one.default, int) for one in SETTINGS)


def _in_a_field(key: str, value: object, fault: str) -> str:
    """The fault as one says it beside a field: there a number is written without quotes anyway."""
    odd = fault and _is_number(key) and isinstance(value, str)
    return _("Write a whole number.") if odd else fault
