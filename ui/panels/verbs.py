"""What can be done with the shown call, each with its key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from receptionist.desk.transfers import Consultation
from receptionist.i18n import _
from receptionist.model.call import UP, Call, CallState
from ui.actions import KEYS, Actions, hint
from ui.models.bookings import Wish
from ui.models.sounding import badge, details, sounds
from ui.models.stage import Seen
from ui.models.words import other_side, who
from ui.panels.consent import ConsentCard
from ui.panels.parkline import ParkLine
from ui.panels.voices import VoicesCard
from ui.theme.sheet import GRID
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.keybutton import KeyButton, PictureButton
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine


class VerbBar(Card):
    """Buttons of the shown call; those that make no sense now are away. Main thread.

    What is wanted less often stands in a menu behind the last button.
    """

    def __init__(self, actions: Actions) -> None:
        super().__init__(surface="free")
        self.setAccessibleName(_("What can be done with this call"))
        self.column.setContentsMargins(0, 0, 0, 0)
        flow = Flow()
        self.failed, self.pair, self.sound = StateLine(), StateLine(), StateLine()
        self.way = Label(role="label", wrap=True)
        self.way.hide()
        self.shows_sound = False
        self.parking, self.consent, self.recording = ParkLine(), ConsentCard(), StateLine()
        self.voices = VoicesCard()
        self._stop_recording = partial(actions.do, "record")
        self.refusals, self._menu = QMenu(self), QMenu(self)
        self.refusals.setAccessibleName(_("Decline and say why"))
        self._menu.setAccessibleName(_("More"))
        self._actions = actions
        self._buttons: dict[str, KeyButton] = {}
        for key_id, (text, kind) in _texts().items():
            button = _button(text, hint(key_id), kind)
            button.clicked.connect(partial(actions.do, key_id))
            flow.addWidget(button)
            self._buttons[key_id] = button
        for widget in (
            self.failed,
            self.recording,
            self.pair,
            self.sound,
            self.parking,
            self.consent,
            self.voices,
            self.way,
        ):
            self.column.addWidget(widget)
        self.column.addLayout(flow)

    def button(self, key_id: str) -> KeyButton:
        """The button of a verb."""
        return self._buttons[key_id]

    @property
    def menu(self) -> QMenu:
        """What is wanted less often, as it was asked for last."""
        return self._menu

    def ask(self) -> None:
        """Open the menu of what is wanted less often."""
        if self._buttons["more"].isVisible():
            self._pop_up(self._menu, "more")

    def ask_why(self) -> None:
        """Open the menu of reasons to decline."""
        self._pop_up(self.refusals, "decline")

    def show_call(
        self,
        seen: Seen,
        wish: Wish | None,
        pair: Consultation | None,
        connecting: bool,
        *,
        confers: bool,
        recorded: bool,
        way: str,
        leads: bool = False,
    ) -> None:
        """Show what can be done with this call now; `pair` is the consultation it belongs to.

        `way` is over which line its caller would be called back. Where a script `leads`, booking
        has its button there.
        """
        call = seen.call
        possible = _verbs(seen, pair) - ({"transfer"} if connecting or _waits(pair) else set())
        possible -= ({"hold"} if confers else set()) | ({"book"} if leads else set())
        for key_id, button in self._buttons.items():
            button.setVisible(key_id in possible)
        self.parking.follow(call)
        self.consent.follow(call)
        self._show_recording(recorded)
        self._show_sound(call)
        self.way.tell(_("Call back: {way}").format(way=way) if way else "")
        self._fill(_seldom(seen))
        self.pair.tell(_pair_words(pair, call, connecting, confers), icon="phone")
        self._label(call, ready=pair is not None and pair.ready, confers=confers)
        moving = wish is not None and wish.moving is not None
        self._buttons["book"].relabel(_("Move appointment") if moving else _("Book appointment"))
        self._buttons["book"].setEnabled(wish is not None and wish.asked is None)

    def _label(self, call: Call, *, ready: bool, confers: bool) -> None:
        """Let every button say what it does just now."""
        transfer, held = self._buttons["transfer"], call.state is CallState.HELD
        transfer.relabel(_("Connect") if ready else _("Ask somebody"), "primary" if ready else "")
        self._buttons["hold"].relabel(_("Resume") if held else _("Hold"))
        self._buttons["mute"].relabel(_("Unmute") if call.muted else _("Mute"))
        self._buttons["conference"].relabel(_("End conference") if confers else _("Conference"))
        self._buttons["hang_up"].relabel(
            _("Cancel") if call.state is CallState.DIALLING else _("Hang up")
        )

    def _show_recording(self, recorded: bool) -> None:
        words = _("This call is being recorded.") if recorded else ""
        cure = _("Stop recording ({key})").format(key=hint("record"))
        self.recording.tell(words, "danger", cure=cure, do=self._stop_recording)

    def _show_sound(self, call: Call) -> None:
        """Everything that is measured, for whoever wanted to see it."""
        quality = call.quality
        if not self.shows_sound or call.state not in UP:
            self.sound.tell("")
        elif quality is None:
            self.sound.tell(_("It is not measured yet how this call sounds."), icon="phone")
        else:
            _words, tone = sounds(quality)
            text, aloud = details(quality, call.worst), badge(quality)[0]
            self.sound.tell(text, tone, icon="phone", aloud=aloud)

    def _fill(self, key_ids: Sequence[str]) -> None:
        """The menu again, unless it is open; its entries must not take their keys away."""
        if self._menu.isVisible():
            return
        self._menu.clear()
        for row in (row for one in key_ids for row in KEYS if row.id == one):
            action = self._menu.addAction(f"{_(row.text)}\t{hint(row.id)}")
            action.triggered.connect(partial(self._actions.do, row.id))

    def _pop_up(self, menu: QMenu, key_id: str) -> None:
        button = self._buttons[key_id]
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - GRID)))
        menu.setActiveAction(menu.actions()[0])


def _texts() -> dict[str, tuple[str, str]]:
    """The buttons in their order: words and kind."""
    return {
        "answer": (_("Answer"), "primary"),
        "decline": (_("Decline"), "danger"),
        "redirect": (_("Send on"), ""),
        "hold": (_("Hold"), ""),
        "mute": (_("Mute"), ""),
        "more": (_("More"), "menu"),
        "transfer": (_("Ask somebody"), ""),
        "conference": (_("Conference"), ""),
        "book": (_("Book appointment"), "primary"),
        "hang_up": (_("Hang up"), "danger"),
        "put_away": (_("Put away"), ""),
        "call_back": (_("Call back"), ""),
    }


def _button(text: str, key: str, kind: str) -> KeyButton:
    return PictureButton(text, kind, key) if kind == "menu" else KeyButton(text, key, kind)


def _waits(pair: Consultation | None) -> bool:
    return pair is not None and not pair.ready


def _pair_words(pair: Consultation | None, call: Call, connecting: bool, confers: bool) -> str:
    """Who is connected with whom by the key, before it is pressed and while it is done."""
    if pair is None:
        return _("{name} is being connected …").format(name=who(call)) if connecting else ""
    if pair.connecting:
        words = _("{name} is being connected with {other} …")
    elif confers:
        words = _("You, {name} and {other} hear each other. {key} connects the two without you.")
    elif pair.ready:
        words = _("{key} connects {name} with {other}.")
    else:
        words = _("{name} waits on hold while {other} is called.")
    name, other = who(pair.caller), other_side(pair.asked)
    return words.format(key=hint("transfer"), name=name, other=other)


def _verbs(seen: Seen, pair: Consultation | None) -> set[str]:
    call: Call = seen.call
    kinds = seen.client.bookable if seen.client is not None and not call.consults_for else ()
    bookable = {"book"} if kinds else set()
    if call.state is CallState.RINGING:
        return {"answer", "decline", "redirect", "more"}
    if call.state is CallState.DIALLING:
        return {"hang_up"}
    if call.state in UP:
        both = {"conference"} if pair is not None and pair.ready else set()
        mute = {"mute"} if call.state is CallState.ACTIVE else set()
        return {"hold", "transfer", "hang_up", "more"} | mute | bookable | both
    return {"put_away", "more"} | bookable | ({"call_back"} if call.number else set())


def _seldom(seen: Seen) -> Sequence[str]:
    """What stands in the menu."""
    state = seen.call.state
    if state is CallState.RINGING:
        return ("refuse", "assign", "caller_card", "trace")
    if state in UP:
        records = seen.client is not None and seen.client.records
        recording = ("record",) * records
        noted = ("caller_card", "spell")
        return ("digits", "park", "toggle", "blind", *recording, "assign", *noted, "sound", "trace")
    return ("redial", "trace")
