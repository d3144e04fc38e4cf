"""The menu of what can be put into a script, so that nobody writes structure by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from receptionist.i18n import _
from receptionist.model.script.said import PLACEHOLDERS
from receptionist.scriptfile.outline import BlockKind
from receptionist.scriptfile.pieces import Piece
from ui.models.scriptwords import DETAILS, PIECES, block_words

_PLACEHOLDER_WORDS = "{{{name}}}"


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

    def fill(self, kind: BlockKind, details: tuple[str, ...]) -> None:
        """Offer the pieces, what more may be said of the block where one is, and placeholders."""
        self.clear()
        for number, (one, name) in enumerate(PIECES.items(), start=1):
            self._add(f"&{number % 10}   {_(name)}", partial(self._piece, one))
        if details:
            self.addSeparator()
            more = self.addMenu(_("&More here: {what}").format(what=block_words(kind)))
            for name in details:
                _offer(more, _(DETAILS[name]), partial(self._detail, name))
        placeholders = self.addMenu(_("&Placeholders"))
        for name in PLACEHOLDERS:
            token = _PLACEHOLDER_WORDS.format(name=name)
            _offer(placeholders, token, partial(self._words, token))

    def _add(self, text: str, do: Callable[[], object]) -> None:
        _offer(self, text, do)


def _offer(menu: QMenu, text: str, do: Callable[[], object]) -> None:
    menu.addAction(text).triggered.connect(lambda _checked=False: do())
