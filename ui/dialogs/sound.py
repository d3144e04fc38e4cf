"""Below the devices: how loud microphone and headset are, and a tone to try where one hears it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QProgressBar, QVBoxLayout, QWidget

from receptionist.desk.sound_check import SoundCheck
from receptionist.events import PhoneLevels
from receptionist.i18n import _
from receptionist.model.sound import Sound, Trial
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.field import LABEL_WIDTH
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine

TONE_MS = 4000
"""How long a tone is played: the one that ships rings and pauses once."""

_QUIET, _LOUD = 25, 97
_HEARD_ENOUGH = 10
"""Levels, a second of them, from which it is said that the microphone works."""


class SoundCard(QWidget):
    """Tries the devices that stand in the fields, from `sound`. Main thread.

    `leave` puts back what is set; what is kept takes effect by itself.
    """

    def __init__(
        self, check: SoundCheck, sound: Callable[[], Sound | None], kept: Callable[[], Sound]
    ) -> None:
        super().__init__()
        self._check, self._sound, self._kept = check, sound, kept
        self._used: Sound | None = None
        self._loud = 0
        self.test = KeyButton(_("Test the microphone"))
        self.test.setCheckable(True)
        self.test.toggled.connect(self._toggled)
        self.headset = KeyButton(_("Tone in the headset"))
        self.headset.clicked.connect(lambda: self._play(Trial.HEADSET))
        self.ringing = KeyButton(_("Ring once"))
        self.ringing.clicked.connect(lambda: self._play(Trial.RINGING))
        self.bars = {
            "microphone": _bar(_("Microphone")),
            "headset": _bar(_("Headset")),
        }
        self.state = StateLine()
        self.silence = QTimer(self, singleShot=True, interval=TONE_MS)
        self.silence.timeout.connect(self._listen)
        verbs = row()
        for button in (self.test, self.headset, self.ringing):
            verbs.addWidget(button)
        verbs.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(verbs)
        column.addLayout(self._meters())
        column.addWidget(self.state)

    def fields_changed(self) -> None:
        """Other devices or gains stand in the fields: a test goes on with them."""
        if self.test.isChecked():
            self._loud = 0
            self._use(self._sound())

    def leave(self) -> None:
        """The test is over; what is set counts again."""
        self.test.setChecked(False)

    def _meters(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(2 * GRID)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        for at, bar in enumerate(self.bars.values()):
            grid.addWidget(Label(bar.accessibleName(), "label"), at, 0)
            grid.addWidget(bar, at, 1)
        return grid

    def _toggled(self, on: bool) -> None:
        self.silence.stop()
        self._loud = 0
        self.test.relabel(_("End the test") if on else _("Test the microphone"))
        if on:
            self._use(self._sound())
            self.state.tell(_("Speak as on the telephone: the bar shows how loud you are."))
            self._listen()
            return
        self._check.end()
        self._use(self._kept())
        self._used = None
        for bar in self.bars.values():
            bar.setValue(0)
        self.state.tell("")

    def _play(self, trial: Trial) -> None:
        self.test.setChecked(True)
        self._check.begin(self._heard, trial)
        self.silence.start()

    def _listen(self) -> None:
        self._check.begin(self._heard)

    def _use(self, sound: Sound | None) -> None:
        if sound is not None and sound != self._used:
            self._used = sound
            self._check.use(sound)

    def _heard(self, levels: PhoneLevels) -> None:
        self.bars["microphone"].setValue(levels.microphone)
        self.bars["headset"].setValue(levels.headset)
        if levels.microphone >= _LOUD:
            self.state.tell(_("Too loud: callers hear you distorted. Turn it down."), "attention")
            self._loud = 0
        elif levels.microphone > _QUIET:
            self._loud += 1
            if self._loud == _HEARD_ENOUGH:
                self.state.tell(_("The microphone works: you can be heard."), "good")


def _bar(name: str) -> QProgressBar:
    bar = QProgressBar()
    bar.setRange(0, 100)
    bar.setValue(0)
    bar.setTextVisible(False)
    bar.setFixedHeight(3 * GRID)
    bar.setAccessibleName(name)
    return bar
