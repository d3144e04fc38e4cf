"""The pane in which a script is written: the form of a block, or the text of all of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from receptionist.i18n import _
from ui.actions import native
from ui.theme.sheet import GRID
from ui.widgets.card import Card
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label

SWITCH = "Ctrl+6"


class Middle(Card):
    """Main thread. `chosen` tells that a person wants the form, or (False) the text."""

    chosen = Signal(bool)

    def __init__(self, form: QWidget, text: QWidget, help_words: Label) -> None:
        super().__init__(_("Write"))
        self.as_form, self.as_text = (
            KeyButton(words, kind="segment", name=name)
            for words, name in ((_("Form"), _("Show the form")), (_("Text"), _("Show the text")))
        )
        for button, wanted in ((self.as_form, True), (self.as_text, False)):
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, wanted=wanted: self.chosen.emit(wanted))
            self.heading_row.addWidget(button)
        for keys in (SWITCH, "Ctrl+2"):
            self.heading_row.addWidget(Label(native(keys), "key"), 0, Qt.AlignmentFlag.AlignVCenter)
        written = QWidget()
        column = QVBoxLayout(written)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(text, 1)
        column.addWidget(help_words)
        self._pages = QStackedWidget()
        self._pages.addWidget(form)
        self._pages.addWidget(written)
        self.column.addWidget(self._pages, 1)
        self.show_form(False)

    @property
    def shows_form(self) -> bool:
        """Whether the form is shown, and not the text."""
        return self._pages.currentIndex() == 0

    def show_form(self, wanted: bool) -> None:
        """Show the form, or the text."""
        self._pages.setCurrentIndex(0 if wanted else 1)
        self.as_form.setChecked(wanted)
        self.as_text.setChecked(not wanted)
