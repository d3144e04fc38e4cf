"""Messages and recordings: heard in the headset alone, saved as a file, deleted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer

from receptionist.files import file_name
from receptionist.i18n import _
from receptionist.model.call import CallState
from receptionist.model.voice import Voice, VoiceKind
from ui.actions import hint
from ui.dialogs.paper import choose_file
from ui.models.callvoices import next_to_hear
from ui.models.player import Player, Programs
from ui.post import while_there
from ui.verbs.hand import SAID_MS, Hand, Verbs


class HearingVerbs:
    """Main thread. Nothing is heard while somebody is spoken to or called.

    `device` is the name of the headset in the settings, `programs` play into it.
    """

    def __init__(self, hand: Hand, device: Callable[[], str], programs: Programs) -> None:
        self._hand, self._device = hand, device
        self._voices, panels = hand.board.voices, hand.panels
        self._ticket = 0
        self._player = Player(panels, programs)
        self._player.ended.connect(self._ended)
        self._mercy = QTimer(panels, singleShot=True, interval=SAID_MS)
        self._mercy.timeout.connect(lambda: self._doom(None))
        hand.board.listeners.spoken = self._hush
        for place in (panels.journal, panels.verbs.voices):
            place.heard.connect(self._listen)
            place.saved.connect(self._save)
            place.deleted.connect(self._delete)

    def table(self) -> Verbs:
        """What each key does."""
        return {
            "listen": self._listen_or_stop,
            "save_voice": lambda: self._with(self._save),
            "delete_voice": lambda: self._with(self._delete),
        }

    def _with(self, do: Callable[[Voice], object]) -> None:
        """Do something with what is chosen in the list, else with what belongs to the call."""
        voice = self._at_hand
        if voice is not None:
            do(voice)
            return
        words = _("There is no message and no recording here. Choose one in the list, with {key}.")
        self._hand.tell(words.format(key=hint("journal")))

    @property
    def _at_hand(self) -> Voice | None:
        journal, of_call = self._hand.panels.journal, next_to_hear(self._voices.kept)
        return (journal.voice if journal.has_keyboard else of_call) or of_call or journal.voice

    # ---- listening

    def _listen_or_stop(self) -> None:
        if self._voices.playing is not None:
            self._hush()
        else:
            self._with(self._listen)

    def _listen(self, voice: Voice) -> None:
        """Hear one in place of another, or stop this one."""
        was = self._voices.playing
        self._hush()
        if was == voice.id:
            return
        if self._spoken:
            words = _("Somebody is on the phone: hold the call first, with {key}, then listen.")
            self._hand.tell(words.format(key=hint("hold")))
            return
        self._voices.playing = voice.id
        panels, ticket = self._hand.panels, self._ticket
        self._hand.desk.voices.hear(
            voice.id,
            while_there(panels, partial(self._opened, ticket)),
            while_there(panels, partial(self._not_opened, ticket)),
        )
        panels.show_board()

    @property
    def _spoken(self) -> bool:
        spoken = (CallState.ACTIVE, CallState.DIALLING)
        return any(call.state in spoken for call in self._hand.desk.switchboard.calls)

    def _opened(self, ticket: int, wav: bytes) -> None:
        """What was stopped before it was opened is not played."""
        if ticket == self._ticket:
            self._player.play(wav, self._device())

    def _not_opened(self, ticket: int, error: Exception) -> None:
        if ticket == self._ticket:
            self._ended(str(error))

    def _ended(self, why: str) -> None:
        self._hush()
        if why:
            self._hand.panels.notice.tell(why)

    def _hush(self) -> None:
        self._ticket += 1
        self._player.stop()
        if self._voices.playing is not None:
            self._voices.playing = None
            self._hand.panels.show_board()

    # ---- saving, deleting

    def _save(self, voice: Voice) -> None:
        """Ask for a file; the copy is nobody's to delete any more but who has it."""
        panels, desk = self._hand.panels, self._hand.desk
        client = desk.directory.remembered(voice.client_id)
        at = voice.at.astimezone(ZoneInfo(desk.directory.office.zone))
        name = file_name(
            client.name if client else "", _what(voice), f"{at:%Y-%m-%d-%H%M}", ending=".wav"
        )

        def chosen(path: Path) -> None:
            said = _("Saved: {name}").format(name=path.name)
            desk.voices.export(
                voice.id,
                path,
                while_there(panels, lambda: panels.notice.tell(said)),
                while_there(panels, lambda error: panels.notice.tell(str(error))),
            )

        choose_file(panels, _("Save the sound"), name, _("Sound (*.wav)"), chosen)

    def _delete(self, voice: Voice) -> None:
        """The first time asks; the second time does it."""
        panels = self._hand.panels
        if self._voices.doomed != voice.id:
            words = _("Delete the {what} for good? {key} once more does it.")
            self._doom(voice)
            key = hint("delete_voice")
            self._hand.tell(words.format(what=_what(voice), key=key))
            return
        self._doom(None)
        if self._voices.playing == voice.id:
            self._hush()
        self._hand.tell("")
        self._hand.desk.voices.delete(
            voice.id,
            while_there(panels, lambda: self._hand.tell(_("It is deleted."))),
            while_there(panels, lambda error: panels.notice.tell(str(error))),
        )

    def _doom(self, voice: Voice | None) -> None:
        self._voices.doomed = voice.id if voice is not None else None
        if voice is not None:
            self._mercy.start()
        self._hand.panels.show_board()


def _what(voice: Voice) -> str:
    return _("message") if voice.kind is VoiceKind.MESSAGE else _("recording")
