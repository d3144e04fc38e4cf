"""Scripts for usual trades, to begin with: chosen with a look at what will be there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from receptionist import scriptfile
from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.scriptfile.templates import in_languages, trades
from ui.printing import agreement
from ui.theme.sheet import BETWEEN, worn
from ui.widgets.card import Card, row
from ui.widgets.inputs import Choice
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.rowlist import Row, RowList

_LIST_PX = 300
_EMPTY = 'format = 1\nlanguage = "{language}"\n'


class Templates(QWidget):
    """Main thread. `taken` carries the text to begin with."""

    taken = Signal(str)

    def __init__(self, desk: Desk, client: Client, clock: Clock) -> None:
        super().__init__()
        self._desk, self._client, self._clock = desk, client, clock
        self._trades = trades()
        self.list = RowList(_("Trades"))
        self.languages = Choice(_languages(), _usual(client.greeting.language))
        self.languages.setAccessibleName(_("Languages"))
        self.page = QTextBrowser()
        self.page.setAccessibleName(_("Preview"))
        self.take = KeyButton(_("Begin with this template"), "⏎", kind="primary")
        self.empty = KeyButton(_("Begin with an empty script"))
        self._place()
        self.list.show_rows([Row(words) for words in self._trades.values()], 0)
        self.list.came.connect(lambda _number: self._show())
        self.list.taken.connect(lambda _number: self._take())
        self.languages.currentIndexChanged.connect(self._show)
        self.take.clicked.connect(self._take)
        self.empty.clicked.connect(self._begin_empty)

    def _place(self) -> None:
        left, right = Card(_("Choose the trade")), Card(_("What will stand there"))
        left.setFixedWidth(_LIST_PX)
        words = _("Everything can be changed afterwards. Nothing counts until you save it.")
        left.column.addWidget(Label(words, "label", wrap=True))
        left.column.addWidget(self.list, 1)
        left.column.addWidget(self.languages)
        right.column.addWidget(self.page, 1)
        buttons = row()
        buttons.addWidget(self.empty)
        buttons.addStretch(1)
        buttons.addWidget(self.take)
        columns = QHBoxLayout()
        columns.setSpacing(BETWEEN)
        columns.addWidget(left)
        columns.addWidget(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(BETWEEN)
        whole.addLayout(columns, 1)
        whole.addLayout(buttons)

    @property
    def text(self) -> str:
        """The text of what is chosen."""
        trade = list(self._trades)[max(self.list.currentRow(), 0)]
        languages = self.languages.value
        assert isinstance(languages, tuple)
        return in_languages(trade, languages)

    def go(self) -> None:
        """Take the keyboard."""
        self._show()
        self.list.setFocus()

    def _show(self) -> None:
        script = scriptfile.parse(self.text)
        page = self._desk.scripts.page_of(self._client, script)
        agreement.show(page, self.page.document(), worn())
        self.page.moveCursor(QTextCursor.MoveOperation.Start)

    def _take(self) -> None:
        self.taken.emit(self.text)

    def _begin_empty(self) -> None:
        languages = self.languages.value
        assert isinstance(languages, tuple)
        self.taken.emit(_EMPTY.format(language=languages[0]))


def _usual(language: str) -> tuple[str, ...]:
    return ("en", "de") if language == "en" else ("de", "en")


def _languages() -> list[tuple[object, str]]:
    return [
        (("de", "en"), _("German, with English")),
        (("en", "de"), _("English, with German")),
        (("de",), _("German alone")),
        (("en",), _("English alone")),
    ]
