"""What can be done with the chosen row of the work list and journal, as buttons below it."""

from __future__ import annotations

from uuid import UUID

from receptionist.i18n import _
from receptionist.model.voice import Voice
from ui.models.callvoices import next_to_hear
from ui.models.journal import Entry
from ui.widgets.flow import Flow
from ui.widgets.keybutton import KeyButton


class RowVerbs(Flow):
    """Main thread. Only what fits the row is there; `settle_key` and `play_key` are shown."""

    def __init__(self, settle_key: str, play_key: str) -> None:
        super().__init__()
        self._entry: Entry | None = None
        self._playing: UUID | None = None
        self._doomed: UUID | None = None
        self.call, self.look = KeyButton(_("Call"), kind="primary"), KeyButton("", "→")
        self.call.setToolTip("⏎")
        self.settle, self.play = KeyButton(_("Settle …"), settle_key), KeyButton("", play_key)
        self.save, self.delete = KeyButton(_("Save")), KeyButton(_("Delete"))
        self._buttons = (self.call, self.look, self.settle, self.play, self.save, self.delete)
        for button in self._buttons:
            self.addWidget(button)

    @property
    def has_keyboard(self) -> bool:
        """Whether it is on one of the buttons."""
        return any(one.hasFocus() for one in self._buttons)

    def show_row(self, entry: Entry | None, looks: str, *, asked: bool) -> None:
        """Offer what fits a row, nothing while it is `asked`; `looks` is what can be opened."""
        self._entry = entry
        item = entry.item if entry is not None else None
        voiced = entry is not None and bool(entry.voices) and not asked
        for button in (self.play, self.save, self.delete):
            button.setVisible(voiced)
        self._label()
        self.look.relabel(looks)
        self.look.setVisible(bool(looks) and not asked)
        self.call.setVisible(item is not None and item.owes_call and not asked)
        self.settle.setVisible(item is not None and not asked)
        self.call.setEnabled(bool(item and item.number))

    @property
    def voice(self) -> Voice | None:
        """What is heard of the row: what is playing, else what comes next."""
        voices = self._entry.voices if self._entry is not None else ()
        playing = (one for one in voices if one.id == self._playing)
        return next(playing, next_to_hear(voices))

    def show_voices(self, playing: UUID | None, doomed: UUID | None) -> None:
        """Show what is playing now, and what is deleted by the next yes."""
        self._playing, self._doomed = playing, doomed
        self._label()

    def _label(self) -> None:
        voice = self.voice
        playing = voice is not None and voice.id == self._playing
        doomed = voice is not None and voice.id == self._doomed
        self.play.relabel(_("Stop") if playing else _("Listen"))
        self.delete.relabel(
            _("Delete for good") if doomed else _("Delete"), "danger" if doomed else ""
        )
