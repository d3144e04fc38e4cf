"""How a call sounds, and what was said on the wire, for the provider's support."""

from __future__ import annotations

from pathlib import Path

from receptionist import events
from receptionist.errors import BadInput, ReceptionistError
from receptionist.files import write
from receptionist.i18n import _
from ui.dialogs.paper import choose_file
from ui.verbs.hand import Hand, Verbs


class ListeningVerbs:
    """Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        hand.board.listeners.trace = self._came

    def table(self) -> Verbs:
        """What each key does."""
        return {"sound": self._sound, "trace": self._trace, "more": self._hand.panels.verbs.ask}

    def _sound(self) -> None:
        """Show how the call sounds in all its numbers, or put that away."""
        verbs = self._hand.panels.verbs
        verbs.shows_sound = not verbs.shows_sound
        self._hand.panels.show_board()

    def _trace(self) -> None:
        shown = self._hand.shown
        if shown is None:
            return
        self._hand.board.forget_failure()
        try:
            self._hand.desk.traces.ask(shown.call.id)
        except ReceptionistError as error:
            self._hand.board.fail(shown.call.id, str(error))
        self._hand.panels.show_board()

    def _came(self, event: events.TraceReady) -> None:
        tell = self._hand.panels.notice.tell
        if not event.text.strip():
            tell(_("Nothing is known any more of what was said on the wire in this call."))
            return

        def chosen(path: Path) -> None:
            try:
                write(path, event.text.encode())
            except BadInput as error:
                tell(str(error))
            else:
                tell(_("Saved: {name}").format(name=path.name))

        name = f"sip-{self._hand.board.now:%Y-%m-%d-%H%M}.txt"
        heading = _("Save the call's SIP messages")
        choose_file(self._hand.panels, heading, name, _("Text (*.txt)"), chosen)
