"""For whom something was copied: our copies carry a mark that means nothing outside."""

from __future__ import annotations

import secrets
from uuid import UUID

from PySide6.QtCore import QMimeData

MARK = "application/x-receptionist-copied-for"
"""Beside the text itself; other programs take no notice of it."""


class Copies:
    """The marks of this run of the program. Main thread.

    A mark is random, another one each time the program runs: it tells nobody which client it is.
    """

    def __init__(self) -> None:
        self._marks: dict[UUID, bytes] = {}

    def marked(self, copied: QMimeData, client_id: UUID) -> QMimeData:
        """The same once more, with the mark of the client for whom it was copied."""
        mark = self._marks.setdefault(client_id, secrets.token_hex(16).encode())
        again = QMimeData()
        for form in copied.formats():
            again.setData(form, copied.data(form))
        if copied.hasText():
            again.setText(copied.text())
        again.setData(MARK, mark)
        return again

    def is_marked(self, copied: QMimeData) -> bool:
        """Whether it was copied here, for a client."""
        return copied.hasFormat(MARK)

    def whose(self, copied: QMimeData) -> UUID | None:
        """For whom it was copied; None for what is nobody's, or was copied in an earlier run."""
        mark = copied.data(MARK).data()
        return next((one for one, known in self._marks.items() if known == mark), None)

    def is_foreign(self, copied: QMimeData, client_id: UUID | None) -> bool:
        """Whether it was copied for another client than this one; with none nothing is."""
        marked = client_id is not None and self.is_marked(copied)
        return marked and self.whose(copied) != client_id
