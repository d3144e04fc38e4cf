"""What can be done with the shown call, each with its key."""

from __future__ import annotations

from functools import partial

from receptionist.i18n import _
from receptionist.model.call import Call, CallState
from ui.actions import Actions, hint
from ui.models.bookings import Wish
from ui.models.stage import Seen
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.keybutton import KeyButton
from ui.widgets.stateline import StateLine

_TALKING = (CallState.ACTIVE, CallState.HELD)


class VerbBar(Card):
    """Buttons of the shown call; those that make no sense now are away. Main thread."""

    def __init__(self, actions: Actions) -> None:
        super().__init__(surface="free")
        self.setAccessibleName(_("What can be done with this call"))
        self.column.setContentsMargins(0, 0, 0, 0)
        texts = {
            "answer": (_("Answer"), "primary"),
            "decline": (_("Decline"), "danger"),
            "hold": (_("Hold"), ""),
            "mute": (_("Mute"), ""),
            "digits": (_("Tones"), ""),
            "message": (_("Message"), ""),
            "book": (_("Book appointment"), "primary"),
            "hang_up": (_("Hang up"), "danger"),
            "put_away": (_("Put away"), ""),
        }
        flow = Flow()
        self.failed = StateLine()
        self._buttons: dict[str, KeyButton] = {}
        for key_id, (text, kind) in texts.items():
            button = KeyButton(text, hint(key_id), kind)
            button.clicked.connect(partial(actions.do, key_id))
            flow.addWidget(button)
            self._buttons[key_id] = button
        self.column.addWidget(self.failed)
        self.column.addLayout(flow)

    def button(self, key_id: str) -> KeyButton:
        """The button of a verb."""
        return self._buttons[key_id]

    def show_call(self, seen: Seen, wish: Wish | None) -> None:
        """Show what can be done with this call now."""
        call = seen.call
        for key_id, button in self._buttons.items():
            button.setVisible(key_id in _verbs(seen))
        held = call.state is CallState.HELD
        self._buttons["hold"].relabel(_("Resume") if held else _("Hold"))
        self._buttons["mute"].relabel(_("Unmute") if call.muted else _("Mute"))
        self._buttons["hang_up"].relabel(
            _("Cancel") if call.state is CallState.DIALLING else _("Hang up")
        )
        self._buttons["book"].setEnabled(wish is not None and wish.asked is None)


def _verbs(seen: Seen) -> set[str]:
    call: Call = seen.call
    bookable = {"book"} if seen.client is not None and seen.client.kinds else set()
    if call.state is CallState.RINGING:
        return {"answer", "decline"}
    if call.state is CallState.DIALLING:
        return {"hang_up"}
    if call.state in _TALKING:
        return {"hold", "mute", "digits", "message", "hang_up"} | bookable
    return {"message", "put_away"} | bookable
