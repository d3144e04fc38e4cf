"""When the caller would like to come: typed as he says it, and shown as it was understood."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from receptionist.i18n import _, language, ngettext
from receptionist.model.phrase import LONGEST, Phrase, words
from ui.actions import hint
from ui.models.bookings import Wish
from ui.theme.sheet import GRID
from ui.widgets.card import row
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine

_TYPED_MS = 250


class WhenLine(QWidget):
    """Main thread. `said` carries what was typed, `left` that the keyboard leaves and came from
    nowhere."""

    said = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._came_from: QWidget | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._say)
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST)
        self.field.setAccessibleName(_("When would the caller like to come?"))
        self.field.setPlaceholderText(_("When? E.g. wed pm, after 2, next week"))
        self.field.textEdited.connect(lambda _text: self._soon.start(_TYPED_MS))
        self.field.returnPressed.connect(self.give_back)
        self._meant = Label("", "label", wrap=True)
        self._unknown = StateLine()
        line = row()
        line.addWidget(self.field, 1)
        line.addWidget(Label(hint("when"), "key"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(line)
        column.addWidget(self._meant)
        column.addWidget(self._unknown)

    @property
    def words(self) -> str:
        """How it was understood, or what was not."""
        return self._unknown.words or self._meant.text()

    @property
    def has_keyboard(self) -> bool:
        """Whether it is being typed."""
        return self.field.hasFocus()

    def go(self) -> None:
        """Put the keyboard here; what stands here is marked, so that typing replaces it."""
        if self.field.isVisible() and not self.field.hasFocus():
            self._came_from = QApplication.focusWidget()
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.selectAll()

    def give_back(self) -> bool:
        """Give the keyboard back, if it is here; whether it was."""
        if not self.field.hasFocus():
            return False
        self._say()
        before = self._came_from
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()
        return True

    def show_wish(self, wish: Wish) -> None:
        """Show what was typed for this call, unless it is being typed just now."""
        if not self._soon.isActive() and self.field.text() != wish.typed:
            self.field.setText(wish.typed)
        self._meant.tell("" if wish.phrase.unknown else _meant_words(wish.phrase))
        unknown = " ".join(wish.phrase.unknown)
        text = _("Not understood: {words}").format(words=unknown) if unknown else ""
        self._unknown.tell(text, "attention")

    def _say(self) -> None:
        self._soon.stop()
        self.said.emit(self.field.text())


def _meant_words(phrase: Phrase) -> str:
    """Days, hours and dates, and how often."""
    parts = [words(phrase.when, language())]
    if phrase.times > 1:
        parts.append(_series_words(phrase.times, phrase.every_days))
    return ", ".join(part for part in parts if part)


def _series_words(times: int, every_days: int) -> str:
    if every_days == 1:
        every = _("every day")
    elif every_days % 7:
        every = _("every {count} days").format(count=every_days)
    else:
        weeks = every_days // 7
        every = ngettext("every week", "every {count} weeks", weeks).format(count=weeks)
    return _("{times} appointments, {every}").format(times=times, every=every)
