"""Today's calls and call-backs as a list model: call-backs first, then the newest call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from receptionist.i18n import _
from receptionist.model.call import Call, CallBack, Direction
from receptionist.model.client import Client
from receptionist.model.number import shown
from receptionist.reasons import Reason
from ui.models.moments import clock_words
from ui.models.words import caller_words, client_words, one_line, outcome_words, went_wrong

ENTRY = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row. A heading has only a title. `colour` is the client's number, None if unknown."""

    title: str
    heading: bool = False
    time: str = ""
    detail: str = ""
    icon: str = ""
    tone: str = "quiet"
    colour: int | None = None
    call: Call | None = None
    call_back: CallBack | None = None

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        return ", ".join(part for part in (self.time, self.title, self.detail) if part)


class JournalModel(QAbstractListModel):
    """Rows of the journal. Main thread."""

    def __init__(self, zone: str, client: Callable[[UUID | None], Client | None]) -> None:
        super().__init__()
        self._zone, self._client = zone, client
        self._calls: dict[UUID, Call] = {}
        self._backs: dict[UUID, CallBack] = {}
        self._entries: list[Entry] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = 0) -> Any:
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<span>{escape(entry.spoken)}</span>"
        spoken = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
        return entry.spoken if role in spoken else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self._entries[index.row()].heading:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @property
    def entries(self) -> Sequence[Entry]:
        """All rows."""
        return tuple(self._entries)

    @property
    def calls_today(self) -> int:
        """How many calls are over today."""
        return len(self._calls)

    def clear_calls(self) -> None:
        """A new day begins."""
        self._calls.clear()
        self._rebuild()

    def take_calls(self, calls: Sequence[Call]) -> None:
        """Take over calls; those that live stand in the calls panel instead."""
        self._calls.update({call.id: call for call in calls if call.ended})
        self._rebuild()

    def take_call(self, call: Call) -> None:
        """Take over one call that is over, new or corrected."""
        if call.ended:
            self.take_calls((call,))

    def take_call_backs(self, call_backs: Sequence[CallBack]) -> None:
        """Take over call-backs."""
        self._backs.update({back.id: back for back in call_backs if back.done is None})
        self._rebuild()

    def drop_call_back(self, call_back_id: UUID) -> None:
        """A call-back is settled."""
        self._backs.pop(call_back_id, None)
        self._rebuild()

    def refresh(self) -> None:
        """Say everything again: clients changed."""
        self._rebuild()

    def row_of(self, thing_id: UUID) -> int:
        """The row of a call or call-back, -1 if it is not here."""
        for number, entry in enumerate(self._entries):
            if thing_id in (
                entry.call and entry.call.id,
                entry.call_back and entry.call_back.id,
            ):
                return number
        return -1

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._entries = []
        if self._backs:
            count = len(self._backs)
            self._entries.append(
                Entry(title=_("Call-backs: {count}").format(count=count), heading=True)
            )
            backs = sorted(self._backs.values(), key=lambda back: back.created)
            self._entries += [self._back_entry(back) for back in backs]
        if self._calls:
            self._entries.append(Entry(title=_("Today"), heading=True))
            calls = sorted(self._calls.values(), key=lambda call: call.started, reverse=True)
            self._entries += [self._call_entry(call) for call in calls]
        self.endResetModel()

    def _call_entry(self, call: Call) -> Entry:
        client = self._client(call.client_id)
        wrong = went_wrong(call)
        incoming = call.direction is Direction.INCOMING
        icon = "missed" if wrong else ("incoming" if incoming else "outgoing")
        return Entry(
            title=client_words(client, call),
            time=clock_words(call.started, self._zone),
            detail=f"{caller_words(call)} · {outcome_words(call)}",
            icon=icon,
            tone="danger" if wrong else "quiet",
            colour=client.colour if client else None,
            call=call,
        )

    def _back_entry(self, back: CallBack) -> Entry:
        client = self._client(back.client_id)
        who = one_line(back.name) or shown(back.number) or _("number withheld")
        return Entry(
            title=client_words(client),
            time=clock_words(back.created, self._zone),
            detail=f"{who} · {short_reason(back)}",
            icon="missed",
            tone="attention",
            colour=client.colour if client else None,
            call_back=back,
        )


def short_reason(back: CallBack) -> str:
    """Why somebody is to be called back, in one or two words."""
    words = {
        Reason.MISSED: _("missed"),
        Reason.CALL_LOST: _("lost"),
        Reason.ENGINE_DIED: _("lost"),
        Reason.CALL_LIMIT: _("all lines busy"),
    }
    about = _("appointment") if back.appointment_id else _("call back")
    return next((text for reason, text in words.items() if reason == back.reason), about)
