"""Who calls, at a glance: VIP, blocked, what to mind, what he is to be told, what is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from receptionist.i18n import _
from receptionist.model.callers import CallerNotice
from ui.actions import hint
from ui.models.callers import (
    KnownNow,
    mark_words,
    name_words,
    notice_caption,
    notice_text,
    owed_words,
    told_words,
    twin_words,
)
from ui.panels.twin import TwinLine
from ui.theme.sheet import GRID, INSIDE
from ui.widgets.card import Card
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label, announce
from ui.widgets.stateline import StateLine


class KnownPanel(Card):
    """Main thread. Of the shown call's client alone; without anything to say it takes no room.

    `told` and `not_told` carry a message, `merge`, `apart` and `edit` want that done, `left` says
    that the keyboard was on something that is gone.
    """

    told = Signal(object)
    not_told = Signal(object)
    merge = Signal()
    apart = Signal()
    edit = Signal()
    left = Signal()

    def __init__(self, who: Callable[[CallerNotice], str], zone: str) -> None:
        """`who` says by whom a message was told."""
        super().__init__(" ")
        self._who, self._zone = who, zone
        self._known: KnownNow | None = None
        self._shown: object = None
        self._edit = KeyButton(_("Change"), hint("caller_card"), "quiet")
        self._edit.clicked.connect(self.edit)
        self.heading_row.addWidget(self._edit)
        self._mark, self._owed, self._twin = StateLine(), StateLine(), TwinLine()
        self._twin.merge.connect(self.merge)
        self._twin.apart.connect(self.apart)
        self._messages = QVBoxLayout()
        self._messages.setSpacing(GRID)
        self.column.setContentsMargins(INSIDE, 2 * GRID, INSIDE, 2 * GRID)
        self.column.setSpacing(GRID)
        self.column.addWidget(self._mark)
        self.column.addLayout(self._messages)
        self.column.addWidget(self._owed)
        self.column.addWidget(self._twin)
        self.hide()

    @property
    def words(self) -> str:
        """Everything that stands here, a line each; "" while it is away."""
        if self.isHidden():
            return ""
        labels = [one for one in self.findChildren(Label) if one.isVisibleTo(self) and one.text()]
        return "\n".join(one.text() for one in labels)

    @property
    def waiting(self) -> Sequence[CallerNotice]:
        """The messages that stand here to be told."""
        return self._known.waiting if self._known is not None and not self.isHidden() else ()

    def show_known(self, known: KnownNow | None, now: datetime, *, naming: bool) -> None:
        """Show what is known. While somebody types who it is (`naming`) nobody else comes up, so
        that the field does not move away under his hands."""
        if known is not None and naming and self._is_new(known):
            if not self._is_same(known):
                return
            known = replace(known, twin=self._known.twin if self._known else None)
        self._known = known
        told = _what_is_said(known, now, self._zone)
        if told == self._shown:
            return
        self._shown = told
        said = known is not None and any(told[1:])
        if known is None or not said:
            self._forget()
            return
        self.heading.setText(name_words(known))
        self.setAccessibleName(name_words(known))
        mark, tone, icon = mark_words(known.card) if known.card else ("", "", "")
        self._mark.tell(mark, tone or "plain", icon=icon)
        self._owed.tell(owed_words(known.owed, self._zone, now), "attention", icon="phone")
        self._twin.ask(twin_words(known))
        self._lay_out(known)
        self.show()

    def _forget(self) -> None:
        """Nothing of anybody stays here."""
        for line in (self._mark, self._owed, self._twin):
            line.tell("")
        self.heading.setText(" ")
        self._clear()
        self.hide()

    def _is_new(self, known: KnownNow) -> bool:
        before = self._known
        same_call = before is not None and before.key == known.key
        return same_call and before is not None and before.typed != known.typed

    def _is_same(self, known: KnownNow) -> bool:
        """Whether the card is that of the one who stands here."""
        before = self._known.card if self._known is not None else None
        return before is not None and known.card is not None and before.rows == known.card.rows

    def _lay_out(self, known: KnownNow) -> None:
        self._clear()
        for number, notice in enumerate(known.waiting):
            self._messages.addWidget(self._message(notice, hint("told") if not number else ""))
        for notice in known.told:
            line = StateLine()
            self._messages.addWidget(line)
            line.tell(
                told_words(notice, self._who(notice), self._zone),
                "good",
                cure=_("Not told after all"),
                do=partial(self.not_told.emit, notice),
            )

    def _message(self, notice: CallerNotice, key: str) -> QWidget:
        frame = QFrame()
        frame.setProperty("surface", "said")
        caption = Label(notice_caption(notice, self._zone), "label", wrap=True)
        text = Label(notice_text(notice), "answer", wrap=True)
        button = KeyButton(_("Told"), key)
        button.clicked.connect(partial(self.told.emit, notice))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(caption)
        words.addWidget(text)
        line = QHBoxLayout(frame)
        line.setContentsMargins(INSIDE, 2 * GRID, 2 * GRID, 2 * GRID)
        line.setSpacing(2 * GRID)
        line.addLayout(words, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        announce(self, f"{caption.text()}: {text.text()}")
        return frame

    def _clear(self) -> None:
        focus = QApplication.focusWidget()
        here = focus is not None and focus is not self._edit and self.isAncestorOf(focus)
        while (item := self._messages.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if here:
            self.left.emit()


def _what_is_said(known: KnownNow | None, now: datetime, zone: str) -> tuple[object, ...]:
    """Everything this depends on; the first of it alone says nothing."""
    if known is None:
        return (None,)
    card = known.card
    mark = mark_words(card)[0] if card else ""
    open_words = owed_words(known.owed, zone, now)
    heading = (known.key, name_words(known))
    return heading, mark, tuple(known.waiting), known.told, open_words, twin_words(known)
