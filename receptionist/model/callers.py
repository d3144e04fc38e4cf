"""What a client's office knows of who calls it: marks, a note, messages that wait. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from receptionist.errors import BadInput
from receptionist.i18n import _
from receptionist.model.sought import folded


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCaller:
    """Somebody who calls a client, by a normalised number, a name, or both.

    One that is the same person as another points to it (`into_id`) and keeps all of his own, so
    that the two can be parted again as they were.
    """

    id: UUID
    client_id: UUID
    number: str = ""
    name: str = ""
    vip: bool = False
    blocked: bool = False
    note: str = ""
    """How he is to be treated."""
    into_id: UUID | None = None
    apart: tuple[UUID, ...] = ()
    """Others of the same name who are somebody else."""
    language: str = ""
    """In which he is spoken to; "" while nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerNotice:
    """A message that waits for a caller until it is told, or until `expires`."""

    id: UUID
    client_id: UUID
    caller_id: UUID
    text: str
    created: datetime
    author_id: UUID
    expires: datetime | None = None
    told: datetime | None = None
    told_by: UUID | None = None
    call_id: UUID | None = None
    """The call in which it was told."""

    def waits(self, now: datetime) -> bool:
        """Whether it is still to be told at `now`."""
        return self.told is None and (self.expires is None or now < self.expires)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerCard:
    """All that is known of one person: `rows` are his, the one the others point to first."""

    rows: tuple[KnownCaller, ...]
    notices: tuple[CallerNotice, ...] = ()

    @property
    def caller(self) -> KnownCaller:
        """The row to which the others point."""
        return self.rows[0]

    @property
    def name(self) -> str:
        """Under which name he is known first; "" if under none."""
        return next((one.name for one in self.rows if one.name), "")

    @property
    def numbers(self) -> tuple[str, ...]:
        """All his numbers, each once."""
        return tuple(dict.fromkeys(one.number for one in self.rows if one.number))

    @property
    def vip(self) -> bool:
        """Whether any of his rows is marked so."""
        return any(one.vip for one in self.rows)

    @property
    def blocked(self) -> bool:
        """Whether any of his rows is marked so."""
        return any(one.blocked for one in self.rows)

    @property
    def note(self) -> str:
        """What is to be minded, of all his rows."""
        return "\n".join(dict.fromkeys(one.note for one in self.rows if one.note))

    @property
    def language(self) -> str:
        """In which he is spoken to, as any of his rows says; "" while nobody said."""
        return next((one.language for one in self.rows if one.language), "")


class CallerBook:
    """Callers of all clients by number and by name, built anew when something changes. Immutable;
    any thread. What is asked for one client is answered from his callers alone."""

    def __init__(
        self, callers: Iterable[KnownCaller] = (), notices: Iterable[CallerNotice] = ()
    ) -> None:
        self._rows = {one.id: one for one in callers}
        self._notices = tuple(sorted(notices, key=lambda one: (one.created, one.id)))
        self._numbers: dict[tuple[UUID, str], UUID] = {}
        self._names: dict[tuple[UUID, str], list[UUID]] = {}
        self._merged: dict[UUID, list[KnownCaller]] = {}
        for one in self._rows.values():
            root = self.root(one).id
            if one.id != root:
                self._merged.setdefault(root, []).append(one)
            if one.number:
                self._numbers.setdefault((one.client_id, one.number), root)
            same = self._names.setdefault((one.client_id, _plain(one.name)), [])
            if root not in same:
                same.append(root)

    def get(self, caller_id: UUID) -> KnownCaller | None:
        """The row with this id."""
        return self._rows.get(caller_id)

    def find(
        self, client_id: UUID, number: str, name: str = "", now: datetime | None = None
    ) -> CallerCard | None:
        """Who has this normalised number, else who alone has this name, among a client's callers.

        Messages that wait at `now` stand on the card; without it none.
        """
        found = self._numbers.get((client_id, number)) if number else None
        if found is None and _plain(name):
            same = self._names.get((client_id, _plain(name)), [])
            found = same[0] if len(same) == 1 else None
        return None if found is None else self._card(found, now)

    def card(self, caller_id: UUID, now: datetime | None = None) -> CallerCard | None:
        """The card on which a row stands."""
        row = self._rows.get(caller_id)
        return None if row is None else self._card(self.root(row).id, now)

    def cards(self, client_id: UUID, now: datetime | None = None) -> tuple[CallerCard, ...]:
        """All of a client, by name and number."""
        mine = [one for one in self._rows.values() if one.client_id == client_id]
        roots = [one.id for one in mine if self.root(one) is one]
        cards = [self._card(root, now) for root in roots]
        return tuple(sorted(cards, key=lambda one: (_plain(one.name), one.numbers)))

    def root(self, caller: KnownCaller) -> KnownCaller:
        """The row to which a row points at last; itself when it points nowhere.

        Of rows that point to each other, because two desks put them together at once, it is the
        same for all of them.
        """
        passed: list[KnownCaller] = []
        while caller not in passed:
            passed.append(caller)
            following = self._rows.get(caller.into_id) if caller.into_id is not None else None
            if following is None:
                return caller
            caller = following
        return min(passed[passed.index(caller) :], key=lambda one: one.id)

    def namesakes(
        self, client_id: UUID, name: str, now: datetime | None = None
    ) -> list[CallerCard]:
        """All of a client's callers who have this name."""
        same = self._names.get((client_id, _plain(name)), []) if _plain(name) else []
        return [self._card(root, now) for root in same]

    def notices(self, client_id: UUID) -> tuple[CallerNotice, ...]:
        """All of a client, the oldest first."""
        return tuple(one for one in self._notices if one.client_id == client_id)

    def notices_for(self, card: CallerCard) -> tuple[CallerNotice, ...]:
        """All that were ever left for one caller, the oldest first."""
        ids = {one.id for one in card.rows}
        return tuple(one for one in self._notices if one.caller_id in ids)

    def _card(self, root: UUID, now: datetime | None) -> CallerCard:
        rows = (self._rows[root], *self._merged.get(root, ()))
        return CallerCard(rows=rows, notices=tuple(self._waiting(rows, now)))

    def _waiting(self, rows: Sequence[KnownCaller], now: datetime | None) -> Iterator[CallerNotice]:
        if now is None:
            return
        ids = {one.id for one in rows}
        for one in self._notices:
            if one.caller_id in ids and one.waits(now):
                yield one


def merged(book: CallerBook, caller: KnownCaller, into: KnownCaller) -> KnownCaller:
    """`caller` as the same person as `into`; `BadInput` when that cannot be."""
    if caller.client_id != into.client_id:
        raise BadInput(_("Callers of two clients are never put together."))
    root = book.root(into)
    if root.id == book.root(caller).id:
        raise BadInput(_("These two are the same caller already."))
    return replace(book.root(caller), into_id=root.id)


def kept_apart(book: CallerBook, caller: KnownCaller, other: KnownCaller) -> KnownCaller:
    """`caller` as somebody else than `other`; `BadInput` when the two are one already."""
    if caller.client_id != other.client_id:
        raise BadInput(_("Callers of two clients are never put together."))
    if book.root(caller).id == book.root(other).id:
        raise BadInput(_("These two are the same caller already."))
    return replace(caller, apart=tuple(dict.fromkeys((*caller.apart, other.id))))


def are_apart(one: CallerCard, other: CallerCard) -> bool:
    """Whether somebody said of two who may be the same person that they are not."""
    return _names(one, other) or _names(other, one)


def _names(one: CallerCard, other: CallerCard) -> bool:
    ids = {row.id for row in other.rows}
    return any(not ids.isdisjoint(row.apart) for row in one.rows)


def parted(caller: KnownCaller) -> KnownCaller:
    """`caller` by himself again, with all that was his; `BadInput` when he is."""
    if caller.into_id is None:
        raise BadInput(_("This caller was not put together with another one."))
    return replace(caller, into_id=None)


def _plain(name: str) -> str:
    return " ".join(folded(name).split())
