"""A greeting with its language, what may be put into it, and how it will be said."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.i18n import N_, _
from receptionist.model.greeting import Greeting
from ui.models.office import tongues
from ui.models.words import said
from ui.theme.sheet import GRID
from ui.widgets.card import Card, row
from ui.widgets.flow import Flow
from ui.widgets.inputs import Choice, Lines
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label

_WORDS = {
    "client": N_("Name of the client"),
    "receptionist": N_("Your name"),
    "time_of_day": N_("Time of day"),
}


class GreetingEditor(QWidget):
    """Main thread; `changed` when text or language change. `speak` says a greeting as of now."""

    changed = Signal()

    def __init__(
        self, greeting: Greeting, speak: Callable[[Greeting], str], *, office: bool = False
    ) -> None:
        super().__init__()
        self._speak = speak
        self._words = _WORDS | ({"client": N_("Name of the office")} if office else {})
        self.text = Lines(greeting.text)
        self.text.setAccessibleName(_("Greeting"))
        self.language = Choice(tongues(), greeting.language)
        self.language.setAccessibleName(_("Language of the greeting"))
        self.language.setMaximumWidth(140)
        self._caption = Label(_("This is how you will say it now"), "label", wrap=True)
        self._spoken = Label(role="aside", wrap=True)
        preview = Card(surface="said")
        preview.setAccessibleName(_("Preview of the greeting"))
        preview.column.setSpacing(GRID)
        preview.column.addWidget(self._caption)
        preview.column.addWidget(self._spoken)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.text)
        column.addLayout(self._placing())
        column.addWidget(preview)
        self.text.textChanged.connect(self._changed)
        self.language.currentIndexChanged.connect(self._changed)
        self.preview()

    @property
    def greeting(self) -> Greeting:
        """What stands here."""
        return Greeting(self.text.text, str(self.language.value))

    @property
    def spoken(self) -> str:
        """The preview."""
        return self._spoken.text()

    def preview(self) -> None:
        """Say it anew: a name may have changed."""
        greeting = self.greeting
        self._spoken.setText(said(self._speak(greeting), greeting.language))

    def _placing(self) -> QVBoxLayout:
        buttons = QWidget()
        flow = Flow(GRID)
        buttons.setLayout(flow)
        for name, words in self._words.items():
            button = KeyButton(f"{{{name}}} {_(words)}", kind="quiet")
            button.setAccessibleName(_("Insert: {what}").format(what=_(words)))
            button.clicked.connect(partial(self._insert, f"{{{name}}}"))
            flow.addWidget(button)
        language = row()
        language.addWidget(Label(_("Language of the greeting"), "label"))
        language.addWidget(self.language)
        language.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(GRID)
        column.addWidget(buttons)
        column.addLayout(language)
        return column

    def _insert(self, placeholder: str, _checked: bool = False) -> None:
        self.text.insertPlainText(placeholder)
        self.text.setFocus()

    def _changed(self) -> None:
        self.preview()
        self.changed.emit()
