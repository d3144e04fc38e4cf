"""The work list and today's calls as a list model: what is due first, then the newest call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import pairwise
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from receptionist.clock import Clock
from receptionist.i18n import _, ngettext
from receptionist.model.call import Call, Direction
from receptionist.model.client import Client
from receptionist.model.voice import Voice, VoiceKind
from receptionist.model.worklist import WorkItem, WorkKind, counted
from ui.models import workwords
from ui.models.callvoices import voice_words
from ui.models.followup import due_words
from ui.models.moments import clock_words
from ui.models.words import caller_words, client_words, outcome_words, went_wrong

PAGE = 50
"""So many rows are there at first, and so many more each time somebody scrolls to the end."""
ENTRY = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex
Thing = TypeVar("Thing", Call, WorkItem)
_OF_CALL = frozenset({WorkKind.MISSED, WorkKind.MESSAGE})
"""Kinds that are their call: while one is open, its call stands there and not once more below."""


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
    item: WorkItem | None = None
    of_call: Call | None = None
    """The call of today an item comes from."""
    voices: tuple[Voice, ...] = ()

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        return ", ".join(part for part in (self.time, self.title, self.detail) if part)


class JournalModel(QAbstractListModel):
    """Rows of the journal. Main thread.

    What was taken over is shown by `settle`, once for all that came together. Only the newest rows
    are there until somebody scrolls to the others, because a view measures every row it has. What
    changes, changes in place; `changing` and `changed` stand around it.

    Whoever was missed stands above, among what is open, until that is settled, and among the calls
    of the day from then on: two rows would look like two callers. While the model is narrowed only
    one client's rows are there, and how many others there are.
    """

    changing = Signal()
    changed = Signal()

    def __init__(
        self, zone: str, client: Callable[[UUID | None], Client | None], clock: Clock
    ) -> None:
        super().__init__()
        self._zone, self._client, self._clock = zone, client, clock
        self._calls: dict[UUID, Call] = {}
        self._items: tuple[WorkItem, ...] = ()
        self._whose: UUID | None = None
        self._minute = self._this_minute()
        self._entries: list[Entry] = []
        self._room = PAGE
        self._settled = True
        self._news: dict[UUID, str] = {}
        self._voices: dict[UUID, dict[UUID, Voice]] = {}
        """What callers left and what was recorded, by their calls."""
        self._worded: dict[UUID, Entry] = {}
        """Calls and items that were put into words."""

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
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802
        return not parent.isValid() and self._room < self._rows

    def fetchMore(self, parent: Index) -> None:  # noqa: N802
        self._room += PAGE
        self._settled = False
        self.settle()

    @property
    def entries(self) -> Sequence[Entry]:
        """The rows that are there so far."""
        return tuple(self._entries)

    @property
    def items(self) -> Sequence[WorkItem]:
        """What is open, by due time."""
        return self._items

    @property
    def calls_today(self) -> int:
        """How many calls are over today."""
        return len(self._calls)

    def clear_calls(self) -> None:
        """A new day begins."""
        self._calls.clear()
        self._room = PAGE
        self._settled = False

    def take_calls(self, calls: Sequence[Call]) -> None:
        """Take over calls; those that live stand in the calls panel instead."""
        over = {call.id: call for call in calls if call.ended}
        self._calls.update(over)
        for one in self._items:
            if one.call_id in over:
                self._worded.pop(one.id, None)
        self._settled = False

    def take_items(self, items: Sequence[WorkItem]) -> None:
        """This is open now, by due time."""
        self._items = tuple(items)
        self._settled = False

    def narrow(self, client_id: UUID | None) -> None:
        """Somebody of this client is spoken to: nothing of another is to be seen; None: all is."""
        self._settled = self._settled and client_id == self._whose
        self._whose = client_id

    def is_apart(self, thing: Call | WorkItem) -> bool:
        """Whether it is not to be seen just now."""
        return self._whose is not None and thing.client_id != self._whose

    def tick(self) -> None:
        """With every minute something may be due, and is later than before."""
        if self._this_minute() != self._minute:
            self._minute = self._this_minute()
            self.refresh()
            self.settle()

    def _this_minute(self) -> datetime:
        return self._clock.now().replace(second=0, microsecond=0)

    def take_voices(self, voices: Sequence[Voice]) -> None:
        """Take over messages and recordings, new or listened to."""
        for one in voices:
            self._voices.setdefault(one.call_id, {})[one.id] = one
        self.refresh()

    def drop_voice(self, voice: Voice) -> None:
        """A message or recording was deleted."""
        self._voices.get(voice.call_id, {}).pop(voice.id, None)
        self.refresh()

    def _voices_of(self, call_id: UUID | None) -> tuple[Voice, ...]:
        kept = self._voices.get(call_id, {}) if call_id else {}
        return tuple(sorted(kept.values(), key=lambda one: one.at))

    def tell_news(self, appointment_id: UUID, words: str) -> None:
        """What the owner did with an appointment, for the items about it."""
        self._news[appointment_id] = words
        self.refresh()

    def refresh(self) -> None:
        """Say everything again: clients changed."""
        self._worded.clear()
        self._settled = False

    def row_of(self, thing_id: UUID) -> int:
        """The row of a call or an item, -1 if it is not here."""
        for number, entry in enumerate(self._entries):
            if thing_id in (entry.call and entry.call.id, entry.item and entry.item.id):
                return number
        return -1

    @property
    def _rows(self) -> int:
        """How many rows there would be with all of them."""
        seen = [[one for one in few if not self.is_apart(one)] for few in self._things]
        return sum(len(one) + 1 for one in seen if one)

    @property
    def _things(self) -> tuple[Sequence[WorkItem], Sequence[Call]]:
        """What is open, and the calls that do not stand there already."""
        above = {one.call_id for one in self._items if one.kind in _OF_CALL}
        return self._items, [one for one in self._calls.values() if one.id not in above]

    def settle(self) -> None:
        """Show what was taken over since the last time."""
        if self._settled:
            return
        self._settled = True
        self.changing.emit()
        self._become(self._wanted())
        self.changed.emit()

    def _wanted(self) -> list[Entry]:
        entries: list[Entry] = []
        open_now, over = self._things
        items = [item for item in open_now if not self.is_apart(item)]
        if items:
            counts = counted(items, self._clock.now(), self._zone)
            entries.append(Entry(title=workwords.heading(counts), heading=True))
            entries += [self._worded_as(self._item_entry, item) for item in items[: self._room]]
        calls = [call for call in over if not self.is_apart(call)]
        if calls:
            entries.append(Entry(title=_("Today"), heading=True))
            calls.sort(key=lambda call: call.started, reverse=True)
            entries += [self._worded_as(self._call_entry, call) for call in calls[: self._room]]
        apart = sum(self.is_apart(one) for few in (open_now, over) for one in few)
        entries = entries[: self._room]
        return [*entries, _others(apart)] if apart else entries

    def _become(self, wanted: list[Entry]) -> None:
        """Insert, remove and change single rows, so that nothing else jumps in the view."""
        at = 0
        while at < len(wanted):
            entries = self._entries
            if at < len(entries) and entries[at] == wanted[at]:
                at += 1
            elif wanted[at] in entries[at:]:
                self._remove(at, entries.index(wanted[at], at))
            elif at == len(entries) or entries[at] in wanted[at:]:
                end = wanted.index(entries[at], at) if at < len(entries) else len(wanted)
                self._insert(at, wanted[at:end])
            else:
                entries[at] = wanted[at]
                self.dataChanged.emit(self.index(at), self.index(at))
        self._remove(at, len(self._entries))

    def _insert(self, at: int, entries: list[Entry]) -> None:
        self.beginInsertRows(QModelIndex(), at, at + len(entries) - 1)
        self._entries[at:at] = entries
        self.endInsertRows()

    def _remove(self, at: int, end: int) -> None:
        if at < end:
            self.beginRemoveRows(QModelIndex(), at, end - 1)
            del self._entries[at:end]
            self.endRemoveRows()

    def _worded_as(self, word: Callable[[Thing], Entry], thing: Thing) -> Entry:
        entry = self._worded.get(thing.id)
        if entry is None or thing not in (entry.call, entry.item):
            entry = self._worded[thing.id] = word(thing)
        return entry

    def _call_entry(self, call: Call) -> Entry:
        client = self._client(call.client_id)
        wrong = went_wrong(call)
        incoming = call.direction is Direction.INCOMING
        icon = "missed" if wrong else ("incoming" if incoming else "outgoing")
        voices = self._voices_of(call.id)
        parts = (caller_words(call), outcome_words(call), *map(voice_words, voices))
        return Entry(
            title=client_words(client, call),
            time=clock_words(call.started, self._zone),
            detail=" · ".join(parts),
            icon=icon,
            tone="danger" if wrong else "quiet",
            colour=client.colour if client else None,
            call=call,
            voices=voices,
        )

    def _item_entry(self, item: WorkItem) -> Entry:
        client, zone, now = self._client(item.client_id), self._zone, self._clock.now()
        news = self._news.get(item.appointment_id, "") if item.appointment_id else ""
        voices = tuple(
            one for one in self._voices_of(item.call_id) if one.kind is VoiceKind.MESSAGE
        )
        if voices:
            news = voice_words(voices[0])
        heard = bool(voices) and all(one.heard for one in voices)
        return Entry(
            title=client_words(client),
            time=due_words(item.due, zone, now),
            detail=workwords.detail_words(item, zone, now, news),
            icon=workwords.icon(item),
            tone=workwords.tone(item, zone, now, heard=heard),
            colour=client.colour if client else None,
            item=item,
            of_call=self._calls.get(item.call_id) if item.call_id else None,
            voices=voices,
        )


def _others(count: int) -> Entry:
    """Instead of rows that are not to be seen while somebody of another client is spoken to."""
    title = ngettext("and 1 of another client", "and {count} of other clients", count)
    return Entry(title=title.format(count=count), heading=True, detail=_("seen after the call"))


def item_row_near(entries: Sequence[Entry], row: int) -> int:
    """The row of what is open there, or of the last that is open; -1 if nothing is."""
    rows = [at for at, entry in enumerate(entries) if entry.item is not None]
    return next((at for at in rows if at >= row), rows[-1] if rows else -1)


def other_part(entries: Sequence[Entry], row: int) -> int:
    """The first row below the heading that is not the one above `row`; below that of other
    clients there is none."""
    pairs = enumerate(pairwise(entries))
    heads = [at for at, (one, below) in pairs if one.heading and not below.heading]
    others = [at for at in heads if at > row]
    return (others or heads or [-1])[0] + 1
