"""For whom: the client of the shown call, and what to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from receptionist.desk.desk import Desk
from receptionist.i18n import N_, _
from receptionist.model.call import Call, CallState, Direction
from receptionist.model.client import Client
from receptionist.model.number import shown as number_shown
from receptionist.model.presence import OwnerNow
from ui.actions import hint
from ui.models.presence import presence_words
from ui.models.stage import Seen
from ui.models.words import (
    client_words,
    concern,
    elapsed,
    ended_words,
    initials,
    lasting_since,
    one_line,
    said,
    state_words,
)
from ui.panels.clientsearch import ClientSearch
from ui.theme.sheet import GRID
from ui.widgets.card import Badge, Card, row
from ui.widgets.fitting import FittingLabel
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, wear
from ui.widgets.pill import Pill
from ui.widgets.stateline import StateLine

_TONES = {
    CallState.RINGING: ("attention", "phone"),
    CallState.DIALLING: ("plain", "outgoing"),
    CallState.ACTIVE: ("good", "phone"),
    CallState.HELD: ("attention", "pause"),
    CallState.ENDED: ("plain", "check"),
}
_IN_TONGUES = {"de": N_("In German"), "en": N_("In English")}


class ClientPanel(Card):
    """Header of the shown call. Main thread; `assigned` carries a client's id, and whether the
    number shall be kept for him."""

    assigned = Signal(object, bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._seen: Seen | None = None
        self._wanted = False
        self._offered: tuple[Client, ...] | None = None
        self._badge = Badge(40)
        self._name = Label(role="client", wrap=True)
        self._dialled = FittingLabel(role="quiet")
        self._owner = Pill()
        self._state = StateLine(wrap=False)
        self._change = KeyButton(_("Other client"), hint("assign"), "quiet")
        self._change.clicked.connect(self.ask_client)
        self._search = ClientSearch()
        self._search.chosen.connect(self._chosen)
        self._keep = QCheckBox(_("Also for every later call to this number"))
        self._keep.setChecked(True)
        self._assign = self._assign_row()
        self._arrange()

    def _assign_row(self) -> QWidget:
        widget = QWidget()
        self._question = Label(role="strong")
        lines = QGridLayout(widget)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2 * GRID)
        lines.addWidget(self._question, 0, 0)
        lines.addWidget(self._search, 0, 1)
        lines.addWidget(self._keep, 1, 1)
        lines.setColumnStretch(1, 1)
        return widget

    def _arrange(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        above = row(spacing=3 * GRID)
        above.addWidget(self._name, 1)
        above.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        names.addLayout(above)
        below = row()
        below.addWidget(self._dialled)
        below.addWidget(self._change)
        below.addStretch(1)
        below.addWidget(self._owner)
        names.addLayout(below)
        first = row(spacing=3 * GRID)
        first.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        first.addLayout(names, 1)
        self.column.addLayout(first)
        self.column.addWidget(self._assign)

    def show_call(self, seen: Seen, now: datetime) -> None:
        """Show for whom the call is."""
        if self._seen is None or self._seen.call.id != seen.call.id:
            self._wanted = False
            self._search.clear()
        self._seen = seen
        client, call = seen.client, seen.call
        self._badge.show_client(initials(client, call), client.colour if client else None)
        self._name.setText(client_words(client, call))
        self.setAccessibleName(client_words(client, call))
        self._dialled.say(*_dialled_words(seen))
        asks = client is None or self._wanted
        self._assign.setVisible(asks)
        self._change.setVisible(not asks)
        self._keep.setVisible(client is None and call.direction is Direction.INCOMING)
        self._question.setText(_question(seen))
        self._offer()
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Let the timer of the state go on."""
        if self._seen is None:
            return
        call = self._seen.call
        tone, icon = _TONES[call.state]
        lasted = call.talk_s if call.ended else (now - lasting_since(call)).total_seconds()
        words = state_words(call)
        text = f"{words} · {elapsed(lasted)}" if not call.ended or call.answered else words
        self._state.tell(
            text, tone, icon="muted" if call.muted and not call.ended else icon, aloud=words
        )

    def show_owner(self, owner: OwnerNow | None, now: datetime) -> None:
        """Show whether the client's owner can be reached now, as far as that is known."""
        client = self._seen.client if self._seen else None
        if client is None or owner is None:
            self._owner.tell("")
        else:
            told = presence_words(owner, client.zone, now)
            self._owner.tell(told.text, told.short, told.tone, told.icon)

    @property
    def owner_words(self) -> str:
        """What is said about the owner."""
        return self._owner.words

    def ask_client(self) -> None:
        """Let the client be chosen, with the keyboard in the search field."""
        if self._seen is None:
            return
        self._wanted = True
        self._assign.setVisible(True)
        self._change.setVisible(False)
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Clients changed."""
        self._offered = None
        self._offer()

    def _offer(self) -> None:
        clients = self._desk.directory.clients
        if clients != self._offered:
            self._offered = clients
            self._search.offer(clients)

    def _chosen(self, client_id: UUID) -> None:
        unknown = self._seen is not None and self._seen.client is None
        self._wanted = False
        self.assigned.emit(client_id, unknown and self._keep.isChecked())


def _question(seen: Seen) -> str:
    if seen.client is not None:
        return _("Right client:")
    outgoing = seen.call.direction is Direction.OUTGOING
    return _("In whose name?") if outgoing else _("Which client is it?")


class GreetingPanel(Card):
    """What to say, in the largest type; after the call, how it ended.

    `spoken` wants the caller spoken to in the other language of the script.
    """

    spoken = Signal()

    def __init__(self) -> None:
        super().__init__(surface="said")
        self.setAccessibleName(_("Greeting"))
        self._caption = Label(role="label", wrap=True)
        self.tongue = KeyButton("", hint("speak"), "chip")
        self.tongue.setCheckable(True)
        self.tongue.clicked.connect(self.spoken)
        self.tongue.hide()
        above = row()
        above.addWidget(self._caption, 1)
        above.addWidget(self.tongue)
        self._sentence = Label(role="greeting", wrap=True)
        self.column.setContentsMargins(16, 10, 16, 12)
        self.column.setSpacing(GRID)
        self._corrections = Label(role="label", wrap=True)
        self._corrections.hide()
        self._hint = Label(role="hint", wrap=True)
        self._hint.hide()
        self.column.addLayout(above)
        self.column.addWidget(self._sentence)
        self.column.addWidget(self._hint)
        self.column.addWidget(self._corrections)

    @property
    def sentence(self) -> str:
        """What is to be said, or how the call ended."""
        return self._sentence.text()

    @property
    def hint(self) -> str:
        """How the prompt is asked whose field has the keyboard."""
        return self._hint.text().strip()

    def show_tongue(self, other: str, *, speaks: bool) -> None:
        """Offer the other language of the script, or ("") none; whether the caller `speaks` it."""
        words = _(_IN_TONGUES[other]) if other else ""
        self.tongue.relabel(f"✓ {words}" if speaks else words)
        self.tongue.setChecked(speaks)
        self.tongue.setVisible(bool(other))

    def show_hint(self, hint: str, *, keeps: bool) -> None:
        """Show how to ask what is being typed; where it `keeps` its place it stays, though empty,
        so that nothing moves when the keyboard goes on."""
        self._hint.tell(hint or (" " if keeps else ""))

    @property
    def corrections(self) -> str:
        """What was corrected in the record, a line each."""
        return self._corrections.text()

    def show_corrections(self, lines: Sequence[str]) -> None:
        """Say what was corrected after the call, or nothing."""
        self._corrections.tell("\n".join(lines))

    def show_call(
        self,
        seen: Seen,
        language: str,
        caller: Call | None = None,
        *,
        confers: bool = False,
        say: str = "",
    ) -> None:
        """Show the greeting of a live call in the quotation marks of its language, and after it
        what its call reason says.

        While somebody is asked for a `caller`, show who that is and what he wants.
        """
        call = seen.call
        over = call.ended
        wear(self, surface="paused" if over else "said")
        wear(self._sentence, role="aside" if over else "greeting")
        if over:
            self._caption.setText(
                _("This call is over. What you change here corrects its entry; the change is kept.")
            )
            self._sentence.setText(ended_words(call))
            return
        if caller is not None:
            waits = _("You ask for this caller, who waits on hold")
            hears = _("You are in conference with this caller and whom you asked")
            self._caption.setText(hears if confers else waits)
            self._sentence.setText(concern(caller))
            return
        goes_on = bool(say) and call.state is CallState.ACTIVE
        self._caption.setText(_("Say now") if goes_on else _caption(seen))
        greets = not say or call.state is CallState.RINGING
        self._sentence.setText(said(seen.greeting if greets else say, language))


def _caption(seen: Seen) -> str:
    call = seen.call
    if call.state is CallState.RINGING:
        return _("Answer with {key} and say").format(key=hint("answer"))
    if call.direction is Direction.OUTGOING:
        return _("You call in this name. Say")
    if call.state is CallState.HELD:
        return _("On hold. Resume with {key}").format(key=hint("hold"))
    return _("You answered with")


def _dialled_words(seen: Seen) -> tuple[str, str]:
    """Which number was dialled, in full and in short."""
    call = seen.call
    number = one_line(number_shown(call.dialled), 40)
    if call.direction is Direction.OUTGOING:
        return _("You called {number}").format(number=number), number
    if not number:
        return _("It is not known which number was dialled"), _("number not known")
    return _("{number} was dialled").format(number=number), number
