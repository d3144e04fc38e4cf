"""What was recorded of a call that is over: heard, saved as a file, deleted. Above the verbs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from receptionist.i18n import _
from receptionist.model.voice import Voice
from ui.actions import hint
from ui.models.callvoices import voice_words
from ui.models.moments import dated_words
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, wear

_MOST = 4
"""More of one call nobody has; the oldest are shown."""


class VoiceLine(QFrame):
    """One message or recording and what can be done with it. Main thread."""

    heard = Signal(object)
    saved = Signal(object)
    deleted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._voice: Voice | None = None
        self._words = Label(wrap=True)
        self.listen_button = KeyButton(_("Listen"), hint("listen"))
        self.save_button = KeyButton(_("Save"))
        self.delete_button = KeyButton(_("Delete"))
        line = row()
        line.addWidget(self._words, 1)
        for button, told in (
            (self.listen_button, self.heard),
            (self.save_button, self.saved),
            (self.delete_button, self.deleted),
        ):
            button.clicked.connect(lambda _checked=False, told=told: told.emit(self._voice))
            line.addWidget(button)
        self.setLayout(line)
        line.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        wear(self, surface="plain")

    def show_voice(self, voice: Voice, until: str, *, playing: bool, doomed: bool) -> None:
        """Show one that is deleted by itself on the day `until`."""
        self._voice = voice
        words = _("{what} · kept until {day}").format(what=voice_words(voice), day=until)
        self._words.setText(f"{words[:1].upper()}{words[1:]}")
        self.setAccessibleName(self._words.text())
        self.listen_button.relabel(_("Stop") if playing else _("Listen"))
        self.delete_button.relabel(
            _("Delete for good") if doomed else _("Delete"), "danger" if doomed else ""
        )

    @property
    def words(self) -> str:
        """What stands there."""
        return self._words.text()


class VoicesCard(QFrame):
    """All of one call. Main thread. The signals carry what was pointed at."""

    heard = Signal(object)
    saved = Signal(object)
    deleted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[VoiceLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self.hide()

    def show_voices(
        self,
        voices: Sequence[Voice],
        zone: str,
        now: datetime,
        *,
        playing: UUID | None,
        doomed: UUID | None,
    ) -> None:
        """Show these; without any this takes no room."""
        voices = voices[:_MOST]
        while len(self.lines) < len(voices):
            self._add()
        for number, line in enumerate(self.lines):
            line.setVisible(number < len(voices))
        for voice, line in zip(voices, self.lines, strict=False):
            until = dated_words(voice.expires, zone, now)
            line.show_voice(voice, until, playing=voice.id == playing, doomed=voice.id == doomed)
        self.setVisible(bool(voices))

    def _add(self) -> None:
        line = VoiceLine()
        for mine, its in (
            (self.heard, line.heard),
            (self.saved, line.saved),
            (self.deleted, line.deleted),
        ):
            its.connect(mine)
        self.lines.append(line)
        self._column.addWidget(line)
