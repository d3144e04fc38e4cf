"""The menu of what can be put into a script, so that nobody writes structure by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from receptionist.i18n import _
from receptionist.model.script.said import PLACEHOLDERS
from receptionist.scriptfile.outline import BlockKind
from receptionist.scriptfile.pieces import Piece
from ui.models.scriptwords import DETAILS, PIECES, PLACEHOLDER_WORDS, block_words

_TOKEN = "{{{name}}}"


class InsertMenu(QMenu):
    """Digits choose the pieces. Main thread."""

    def __init__(
        self,
        parent: QWidget,
        piece: Callable[[Piece], object],
        detail: Callable[[str], object],
        words: Callable[[str], object],
    ) -> None:
        super().__init__(parent)
        self._piece, self._detail, self._words = piece, detail, words
        self._inside: list[QMenu] = []

    def fill(self, kind: BlockKind, details: tuple[str, ...]) -> None:
        """Offer the pieces, what more may be said of the block where one is, and placeholders."""
        self.clear()
        for gone in self._inside:
            gone.deleteLater()
        self._inside = []
        for number, (one, name) in enumerate(PIECES.items(), start=1):
            self._add(f"&{number % 10}   {_(name)}", partial(self._piece, one))
        if details:
            self.addSeparator()
            more = self._menu(_("&More here: {what}").format(what=block_words(kind)))
            for name in details:
                _offer(more, _(DETAILS[name]), partial(self._detail, name))
        placeholders = self._menu(_("&Placeholders"))
        for name in PLACEHOLDERS:
            token = _TOKEN.format(name=name)
            words = f"{token}\t{_(PLACEHOLDER_WORDS[name])}"
            _offer(placeholders, words, partial(self._words, token))

    def _menu(self, words: str) -> QMenu:
        """A menu in this one; `clear` would leave it there for ever."""
        self._inside.append(self.addMenu(words))
        return self._inside[-1]

    def _add(self, text: str, do: Callable[[], object]) -> None:
        _offer(self, text, do)


def _offer(menu: QMenu, text: str, do: Callable[[], object]) -> None:
    menu.addAction(text).triggered.connect(lambda _checked=False: do())
