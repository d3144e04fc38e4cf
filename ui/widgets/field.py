"""A labelled field of a form. What is wrong with it stands below it, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.theme.sheet import GRID
from ui.widgets.icon import Icon
from ui.widgets.label import Label, announce, wear

LABEL_WIDTH = 168


class Fault(QWidget):
    """One sentence about what is wrong; it takes no room while nothing is. Main thread."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Label(role="label", wrap=True)
        wear(self._words, tone="danger")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(Icon("alert", "danger", 14), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._words, 1)
        self.hide()

    @property
    def words(self) -> str:
        """What is shown."""
        return self._words.text()

    def tell(self, sentence: str, about: QWidget) -> None:
        """Show what is wrong with `about`, or ("") nothing; a screen reader says what is new."""
        if sentence != self.words:
            self._words.setText(sentence)
            about.setAccessibleDescription(sentence)
            if sentence:
                announce(about, sentence)
        self.setVisible(bool(sentence))


class Field(QWidget):
    """A label, `editor`, a hint and a fault. Main thread.

    `editor` takes the keyboard; it stands in `shown` where more than it is to be seen. `name` is
    what the desk calls the field, and `text` is its label.
    """

    def __init__(
        self, name: str, text: str, editor: QWidget, hint: str = "", shown: QWidget | None = None
    ) -> None:
        super().__init__()
        self.name, self.text, self.editor = name, text, editor
        self._label = Label(text, wrap=True)
        self._label.setFixedWidth(LABEL_WIDTH)
        self._label.setContentsMargins(0, 7, 2 * GRID, 0)
        self._label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint, self._fault = Label(role="label", wrap=True), Fault()
        if not editor.accessibleName():
            editor.setAccessibleName(text)
        beside = QVBoxLayout()
        beside.setSpacing(GRID)
        beside.addWidget(shown or editor)
        beside.addWidget(self._fault)
        beside.addWidget(self._hint)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(beside, 1)
        self.explain(hint)

    @property
    def fault(self) -> str:
        """What is wrong, as it is shown."""
        return self._fault.words

    def tell_fault(self, sentence: str) -> None:
        """Say what is wrong, or ("") that nothing is."""
        self._fault.tell(sentence, self.editor)

    def explain(self, hint: str) -> None:
        """Say below the field what is good to know about it."""
        self._hint.tell(hint)

    def narrow(self, width: int) -> None:
        """Take less room for the label."""
        self._label.setFixedWidth(width)

    def wear_letter(self, letter: str) -> None:
        """Let Alt and a letter of the label put the keyboard into the field."""
        at = self.text.lower().find(letter) if letter else -1
        self._label.setText(self.text if at < 0 else f"{self.text[:at]}&{self.text[at:]}")
        self._label.setBuddy(self.editor)

    def go(self) -> None:
        """Take the keyboard; what stands there is not marked, so that typing adds to it."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.editor, QLineEdit):
            self.editor.end(False)


class Lettered(Protocol):
    """What Alt and a letter of its text lead to."""

    text: str

    def wear_letter(self, letter: str) -> None: ...


def give_letters(fields: Iterable[Lettered], taken: str = "") -> None:
    """Give each field a letter of its own from its label; where none is left, it has none."""
    used = set(taken)
    for field in fields:
        letters = (c for c in field.text.lower() if c.isascii() and c.isalpha())
        letter = next((c for c in letters if c not in used), "")
        used.add(letter)
        field.wear_letter(letter)
