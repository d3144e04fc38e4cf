"""What can be done with the shown call, each with its key."""

from __future__ import annotations

from functools import partial

from receptionist.desk.transfers import Consultation
from receptionist.i18n import _
from receptionist.model.call import UP, Call, CallState
from ui.actions import Actions, hint
from ui.models.bookings import Wish
from ui.models.stage import Seen
from ui.models.words import other_side, who
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.keybutton import KeyButton, PictureButton
from ui.widgets.stateline import StateLine


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
            "digits": (_("Tones"), "picture"),
            "transfer": (_("Ask somebody"), ""),
            "book": (_("Book appointment"), "primary"),
            "hang_up": (_("Hang up"), "danger"),
            "put_away": (_("Put away"), ""),
        }
        flow = Flow()
        self.failed, self.pair = StateLine(), StateLine()
        self._buttons: dict[str, KeyButton] = {}
        for key_id, (text, kind) in texts.items():
            button = _button(text, hint(key_id), kind)
            button.clicked.connect(partial(actions.do, key_id))
            flow.addWidget(button)
            self._buttons[key_id] = button
        self.column.addWidget(self.failed)
        self.column.addWidget(self.pair)
        self.column.addLayout(flow)

    def button(self, key_id: str) -> KeyButton:
        """The button of a verb."""
        return self._buttons[key_id]

    def show_call(
        self, seen: Seen, wish: Wish | None, pair: Consultation | None, connecting: bool
    ) -> None:
        """Show what can be done with this call now; `pair` is the consultation it belongs to."""
        call = seen.call
        possible = _verbs(seen) - ({"transfer"} if connecting or _waits(pair) else set())
        for key_id, button in self._buttons.items():
            button.setVisible(key_id in possible)
        ready = pair is not None and pair.ready
        transfer = self._buttons["transfer"]
        transfer.relabel(_("Connect") if ready else _("Ask somebody"), "primary" if ready else "")
        self.pair.tell(_pair_words(pair, call, connecting), icon="phone")
        held = call.state is CallState.HELD
        self._buttons["hold"].relabel(_("Resume") if held else _("Hold"))
        self._buttons["mute"].relabel(_("Unmute") if call.muted else _("Mute"))
        self._buttons["hang_up"].relabel(
            _("Cancel") if call.state is CallState.DIALLING else _("Hang up")
        )
        moving = wish is not None and wish.moving is not None
        self._buttons["book"].relabel(_("Move appointment") if moving else _("Book appointment"))
        self._buttons["book"].setEnabled(wish is not None and wish.asked is None)


def _button(text: str, key: str, kind: str) -> KeyButton:
    return PictureButton(text, "keypad", key) if kind == "picture" else KeyButton(text, key, kind)


def _waits(pair: Consultation | None) -> bool:
    return pair is not None and not pair.ready


def _pair_words(pair: Consultation | None, call: Call, connecting: bool) -> str:
    """Who is connected with whom by the key, before it is pressed and while it is done."""
    if pair is None:
        return _("{name} is being connected …").format(name=who(call)) if connecting else ""
    if pair.connecting:
        words = _("{name} is being connected with {other} …")
    elif pair.ready:
        words = _("{key} connects {name} with {other}.")
    else:
        words = _("{name} waits on hold while {other} is called.")
    name, other = who(pair.caller), other_side(pair.asked)
    return words.format(key=hint("transfer"), name=name, other=other)


def _verbs(seen: Seen) -> set[str]:
    call: Call = seen.call
    kinds = seen.client.kinds if seen.client is not None and not call.consults_for else ()
    bookable = {"book"} if kinds else set()
    if call.state is CallState.RINGING:
        return {"answer", "decline"}
    if call.state is CallState.DIALLING:
        return {"hang_up"}
    if call.state in UP:
        return {"hold", "mute", "digits", "transfer", "hang_up"} | bookable
    return {"put_away"} | bookable
