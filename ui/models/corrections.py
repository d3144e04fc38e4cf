"""What was changed in the record of a call after it had ended, and how that is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.call import Call
from receptionist.model.editing import Change
from ui.models.moments import clock_words, dated_words
from ui.models.words import one_line
from ui.post import while_there

_SETTLED_MS = 700
_AT_ONE_SITTING = timedelta(minutes=5)
_LONGEST = 60
_SHOWN = 3


class Corrections(QObject):
    """The corrections of the shown call, if it is over. Main thread; `changed` when they are read.

    They come from the change log, so what is said here is what was written.
    """

    changed = Signal()

    def __init__(self, desk: Desk, clock: Clock) -> None:
        super().__init__()
        self._desk, self._clock = desk, clock
        self._call: Call | None = None
        self._changes: tuple[Change, ...] = ()
        self._ticket = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)

    def show(self, call: Call | None) -> None:
        """Another call is shown, or the shown one was corrected."""
        call = call if call is not None and call.ended else None
        before, self._call = self._call, call
        if call == before:
            return
        if call is None or before is None or call.id != before.id:
            self._changes = ()
            self._ticket += 1
            self._soon.stop()
            if call is not None:
                self._soon.start(0)
        else:
            self._soon.start(_SETTLED_MS)

    @property
    def lines(self) -> Sequence[str]:
        """One sentence for each correction, the newest first; the oldest ones are left out."""
        call = self._call
        if call is None:
            return ()
        after = [one for one in self._changes if one.at > call.since]
        kept = [one for one in _sittings(after) if (one.old or "") != (one.new or "")]
        return [self._sentence(one) for one in reversed(kept[-_SHOWN:])]

    def _ask(self) -> None:
        if self._call is not None:
            self._ticket += 1
            answered = while_there(self, partial(self._answered, self._ticket))
            self._desk.finding.changes(self._call.id, answered)

    def _answered(self, ticket: int, changes: tuple[Change, ...]) -> None:
        if ticket == self._ticket:
            self._changes = changes
            self.changed.emit()

    def _sentence(self, change: Change) -> str:
        what = _columns().get(change.column, change.column)
        before = self._value(change.column, change.old)
        words = (
            _("Added {when}: {what}")
            if not before or (change.new or "").startswith(change.old or "")
            else _("Corrected {when}: {what}, before “{before}”")
        )
        return words.format(when=self._when(change.at), what=what, before=before)

    def _value(self, column: str, value: str | None) -> str:
        if column == "client_id":
            client = self._desk.directory.remembered(_uuid(value))
            return one_line(client.name, _LONGEST) if client else ""
        return one_line(value or "", _LONGEST)

    def _when(self, at: datetime) -> str:
        zone = self._desk.directory.office.zone
        time, day = clock_words(at, zone), dated_words(at, zone, self._clock.now())
        return time if day == _("today") else f"{day} {time}"


def _columns() -> dict[str, str]:
    return {
        "client_id": _("client"),
        "caller_name": _("name"),
        "caller_number": _("telephone number"),
        "note": _("note"),
    }


def _sittings(changes: Sequence[Change]) -> list[Change]:
    """Texts are saved as they are typed: what one person typed at one sitting is one correction."""
    merged: list[Change] = []
    for change in changes:
        last = next((one for one in reversed(merged) if one.column == change.column), None)
        if last and last.who == change.who and change.at - last.at < _AT_ONE_SITTING:
            merged.remove(last)
            change = Change(
                column=change.column, old=last.old, new=change.new, who=change.who, at=change.at
            )
        merged.append(change)
    return merged


def _uuid(value: str | None) -> UUID | None:
    try:
        return UUID(value or "")
    except ValueError:
        return None
