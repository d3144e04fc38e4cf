"""The calls that live: one card each, in the order they came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from receptionist.i18n import _, language, ngettext
from receptionist.model.call import Call, CallState
from ui.actions import hint
from ui.models.callers import CallerSign
from ui.models.marks import Sign
from ui.models.sounding import badge
from ui.models.stage import Seen, Stage
from ui.models.words import (
    caller_words,
    client_words,
    elapsed,
    initials,
    lasting_since,
    number_words,
    one_line,
    said,
    who,
)
from ui.theme.sheet import GRID
from ui.widgets.card import Badge, Card, colour_name, row
from ui.widgets.icon import Icon
from ui.widgets.label import Label, wear
from ui.widgets.scroll import Scroll

_BADGE_PX = 22
_ROOMY = 3
"""With more calls than this, the cards need all the room themselves."""
_USUAL = 4
_MOST = 8
"""More cards than this nobody sees at once; they would only be measured and painted."""
_ICON_PX = 14
Known = Callable[[Seen], CallerSign]


class CallCard(QFrame):
    """One live call. A click or Enter wants it shown; it never takes the focus itself."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self._told: tuple[object, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._badge = Badge(_BADGE_PX)
        self._client = Label(role="strong", wrap=True)
        self._timer = Label(role="timer")
        self._caller = Label(wrap=True)
        self._state = Label(role="quiet", wrap=True)
        self._picture, self._known = Icon(size=_ICON_PX), Label(role="strong", wrap=True)
        self._sound = Label(role="label", wrap=True)
        self._waits_for = Label(role="label", wrap=True)
        self._key = Label(role="key")
        self._greeting = Label(role="said", wrap=True)
        self._arrange()

    def _arrange(self) -> None:
        first = row()
        first.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self._client, 1)
        second = row()
        second.addWidget(self._caller, 1)
        second.addWidget(self._timer, 0, Qt.AlignmentFlag.AlignTop)
        marks = row(spacing=GRID)
        marks.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        marks.addWidget(self._known, 1)
        last = row()
        last.addWidget(self._state, 1)
        last.addWidget(self._key, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 6, 2 * GRID, 6)
        column.setSpacing(2)
        column.addLayout(first)
        column.addLayout(second)
        column.addLayout(marks)
        column.addLayout(last)
        for label in (self._waits_for, self._sound, self._greeting):
            column.addWidget(label)

    def show_call(
        self,
        seen: Seen,
        sign: Sign,
        *,
        shown: bool,
        key: str,
        roomy: bool,
        about: str = "",
        known: CallerSign,
    ) -> None:
        """Show the newest state; `key` answers or resumes this call, `about` says why it is made,
        `known` what is known of the caller.

        Where it is `roomy`, the call that is answered next says its greeting too.
        """
        self._seen = seen
        if self._told == (told := (seen, sign, shown, key, roomy, about, known)):
            return
        self._told = told
        call, client = seen.call, seen.client
        colour = colour_name(client.colour if client else None)
        wear(self, client=colour, shown="true" if shown else "false")
        self._badge.show_client(initials(client, call), client.colour if client else None)
        self._client.setText(client_words(client, call))
        self._caller.setText(about or caller_words(call))
        self._show_known(known)
        number = number_words(call)
        self._state.setText(f"{number} · {sign.words}")
        wear(self._state, tone=sign.tone)
        self._key.tell(key)
        kept = _("Waits for: {note}").format(note=one_line(call.parked_for, 80))
        self._waits_for.tell(kept if call.parked and call.parked_for else "")
        tongue = client.greeting.language if client else language()
        follows = roomy and bool(key) and call.state is CallState.RINGING and not shown
        self._greeting.tell(said(seen.greeting, tongue) if follows else "")
        parts = (client_words(client, call), about or caller_words(call), known.words, number)
        told_last = (sign.words, self._waits_for.text(), self._show_sound(call))
        self.setAccessibleName(", ".join(filter(None, (*parts, *told_last))))
        self.setAccessibleDescription(key)

    def _show_known(self, known: CallerSign) -> None:
        self._picture.show_picture(known.icon, known.tone)
        wear(self._known, tone=known.tone)
        self._known.tell(known.words)

    def _show_sound(self, call: Call) -> str:
        """How the call sounds while it is spoken."""
        measured = call.quality is not None and call.state is CallState.ACTIVE
        words, tone = badge(call.quality) if call.quality and measured else ("", "quiet")
        wear(self._sound, tone=tone)
        self._sound.tell(words)
        return words

    def tick(self, now: datetime) -> None:
        """Let the timer go on."""
        if self._seen is not None:
            self._timer.setText(elapsed((now - lasting_since(self._seen.call)).total_seconds()))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() is Qt.MouseButton.LeftButton and self._seen is not None:
            self.wanted.emit(self._seen.call.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if enters and self._seen is not None:
            self.wanted.emit(self._seen.call.id)
        else:
            super().keyPressEvent(event)


class CallsPanel(Card):
    """All live calls. Main thread; `wanted` carries the id of a call to show."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Calls"))
        self._cards: dict[UUID, CallCard] = {}
        self._spare: list[CallCard] = []
        """Cards of calls that are over, for those that come: a new card takes a millisecond."""
        self._empty = Label(_("Nobody on the phone. New calls appear here."), "quiet", wrap=True)
        self._scroll = Scroll(_("Calls"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._list = self._scroll.column
        self._list.addWidget(self._empty)
        self._list.addStretch(1)
        self._more = Label(role="quiet", wrap=True)
        self._more.hide()
        self.column.addWidget(self._scroll, 1)
        self.column.addWidget(self._more)

    @property
    def resting_place(self) -> QWidget:
        """Where the focus rests when nothing is being typed."""
        return self._scroll

    def card(self, call_id: UUID) -> CallCard:
        """The card of a live call."""
        return self._cards[call_id]

    def get_ready(self) -> None:
        """Have cards for as many calls as there usually are."""
        while len(self._spare) < _USUAL:
            card = self._new_card()
            card.hide()
            self._list.addWidget(card)
            self._list.removeWidget(card)
            self._spare.append(card)

    def show_calls(self, stage: Stage, now: datetime, known: Known) -> None:
        """Show what the stage says: cards change in place, none jumps. `known` says of each call
        what is known of its caller."""
        every = stage.live
        live = {seen.call.id: seen for seen in _seen_best(every, stage)}
        for call_id in [known for known in self._cards if known not in live]:
            self._drop(call_id)
        keys, shown = _keys(stage), stage.shown
        for seen in live.values():
            if seen.call.id not in self._cards:
                self._add(seen)
            card = self._cards[seen.call.id]
            card.show_call(
                seen,
                stage.marks.sign(seen.call),
                shown=seen == shown,
                key=keys.get(seen.call.id, ""),
                roomy=len(live) <= _ROOMY,
                about=_about(seen, stage),
                known=known(seen),
            )
            card.tick(now)
        more = len(every) - len(live)
        words = ngettext("{count} more call", "{count} more calls", more)
        self._more.tell(words.format(count=more) if more else "")
        self._empty.setVisible(not live)

    def tick(self, now: datetime) -> None:
        """Let every timer go on."""
        for card in self._cards.values():
            card.tick(now)

    def _add(self, seen: Seen) -> None:
        card = self._spare.pop() if self._spare else self._new_card()
        self._cards[seen.call.id] = card
        self._list.insertWidget(self._list.count() - 1, card)
        card.show()

    def _new_card(self) -> CallCard:
        card = CallCard()
        card.wanted.connect(self.wanted)
        return card

    def _drop(self, call_id: UUID) -> None:
        card = self._cards.pop(call_id)
        if card.hasFocus():
            self._scroll.setFocus()
        self._list.removeWidget(card)
        card.hide()
        self._spare.append(card)


def _seen_best(live: list[Seen], stage: Stage) -> list[Seen]:
    """The calls that get a card: who came first, and in any case the shown one."""
    best = live[:_MOST]
    shown = stage.shown
    return [*best[:-1], shown] if shown in live[_MOST:] and shown else best


def _about(seen: Seen, stage: Stage) -> str:
    """For whom somebody is asked."""
    caller = stage.get(seen.call.consults_for) if seen.call.consults_for else None
    return _("Consultation for {name}").format(name=who(caller.call)) if caller else ""


def _keys(stage: Stage) -> dict[UUID, str]:
    """Calls that a key takes, each with that key."""
    taken = (("hold", stage.to_resume), ("answer", stage.to_answer))
    return {seen.call.id: hint(key) for key, seen in taken if seen is not None}
