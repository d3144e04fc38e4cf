"""What is known of clients and of who calls them: in memory, because a ringing phone asks it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid4

from receptionist.desk.ground import Ground
from receptionist.desk.peoplefaults import people_faults
from receptionist.errors import BadInput, StaleRow
from receptionist.events import CallersChanged, DeskEvent, DirectoryChanged, KnowledgeChanged
from receptionist.model.callers import (
    CallerBook,
    CallerCard,
    CallerNotice,
    KnownCaller,
    kept_apart,
    merged,
    parted,
)
from receptionist.model.knowledge import Knowledge, known, last_position, moved
from receptionist.model.notebook import Notebook
from receptionist.model.number import normalised
from receptionist.ports import Store
from receptionist.threads import assert_main

log = logging.getLogger(__name__)

Failed = Callable[[Exception], object]
P = TypeVar("P", Knowledge, KnownCaller, CallerNotice)
T = TypeVar("T")
Entry = Knowledge | KnownCaller | CallerNotice


class Notebooks:
    """Knowledge and callers of all clients. Main thread.

    Read once when the desk opens, and again after each change. Whatever is asked is asked for one
    client, and nothing of another is in the answer.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._directory = ground.directory
        self._knowledge: dict[UUID, list[Knowledge]] = {}
        self._book = CallerBook()
        self._clients: frozenset[UUID] = frozenset()
        ground.listeners.add(self._on_event)

    # ---- asking

    @property
    def callers(self) -> CallerBook:
        """All callers, to be asked for one client."""
        return self._book

    def known(self, client_id: UUID, typed: str = "") -> tuple[Knowledge, ...]:
        """What is known of a client and has each of the typed words, the nearest first."""
        mine = self._knowledge.get(client_id, [])
        return known(mine, typed, self._directory.office.region)

    def caller(self, client_id: UUID, number: str, name: str = "") -> CallerCard | None:
        """Who calls a client, by number as it was typed or signalled, else by name."""
        plain = normalised(number, self._directory.office.region)
        return self._book.find(client_id, plain, name, self._ground.clock.now())

    def cards(self, client_id: UUID) -> tuple[CallerCard, ...]:
        """Everybody who is known to call a client, by name."""
        return self._book.cards(client_id, self._ground.clock.now())

    def faults(self, value: Entry) -> dict[str, str]:
        """What is wrong with an entry as it stands in an editor: field to sentence."""
        return people_faults(value, self._directory.current)

    # ---- changing

    def save(self, old: P | None, new: P, then: Callable[[P], object], failed: Failed) -> None:
        """Write what differs from `old`, as it was shown; None for a new entry. A caller's number
        is normalised. `then` gets what is stored now, when the memory has it too."""
        for field, wrong in self.faults(new).items():
            failed(BadInput(wrong, key=field))
            return
        wanted = self._normalised(new)
        who, at = self._directory.receptionist.id, self._ground.clock.now()
        self._write(new, lambda store: store.people.save(old, wanted, who, at), then, failed)

    def move(self, entry: Knowledge, step: int, then: Callable[[], object], failed: Failed) -> None:
        """Move an entry up (-1) or down (1); at the end of its like it stays where it is."""
        mine = {one.id: one for one in self._knowledge.get(entry.client_id, [])}
        after = moved(mine.values(), entry.id, step)
        changes = [(mine[one.id], one) for one in after if one != mine[one.id]]
        if not changes:
            then()
            return
        who, at = self._directory.receptionist.id, self._ground.clock.now()
        self._write(
            entry,
            lambda store: store.people.save_all(changes, who, at),
            lambda _none: then(),
            failed,
        )

    def remove(self, value: Entry, then: Callable[[], object], failed: Failed) -> None:
        """Take an entry out."""
        who, at = self._directory.receptionist.id, self._ground.clock.now()
        self._write(
            value,
            lambda store: store.people.remove(value, who, at),
            lambda _none: then(),
            failed,
        )

    def merge(
        self,
        caller: KnownCaller,
        into: KnownCaller,
        then: Callable[[KnownCaller], object],
        failed: Failed,
    ) -> None:
        """These two are one person; each keeps what was his."""
        try:
            wanted = merged(self._book, caller, into)
        except BadInput as error:
            failed(error)
            return
        self.save(self._book.get(wanted.id), wanted, then, failed)

    def keep_apart(
        self,
        caller: KnownCaller,
        other: KnownCaller,
        then: Callable[[KnownCaller], object],
        failed: Failed,
    ) -> None:
        """These two are not one person, though they have one name."""
        try:
            wanted = kept_apart(self._book, caller, other)
        except BadInput as error:
            failed(error)
            return
        self.save(self._book.get(caller.id), wanted, then, failed)

    def part(
        self, caller: KnownCaller, then: Callable[[KnownCaller], object], failed: Failed
    ) -> None:
        """He was not the same person after all."""
        try:
            wanted = parted(caller)
        except BadInput as error:
            failed(error)
            return
        self.save(caller, wanted, then, failed)

    def leave(
        self,
        caller: KnownCaller,
        text: str,
        expires: datetime | None,
        then: Callable[[CallerNotice], object],
        failed: Failed,
    ) -> None:
        """Leave a message for a caller, to be told when he calls."""
        notice = CallerNotice(
            id=uuid4(),
            client_id=caller.client_id,
            caller_id=caller.id,
            text=text.strip(),
            created=self._ground.clock.now(),
            author_id=self._directory.receptionist.id,
            expires=expires,
        )
        self.save(None, notice, then, failed)

    def told(
        self,
        notice: CallerNotice,
        call_id: UUID | None,
        then: Callable[[CallerNotice], object],
        failed: Failed,
    ) -> None:
        """The message was told, in this call."""
        now, who = self._ground.clock.now(), self._directory.receptionist.id
        said = replace(notice, told=now, told_by=who, call_id=call_id)
        self.save(notice, said, then, failed)

    def not_told(
        self, notice: CallerNotice, then: Callable[[CallerNotice], object], failed: Failed
    ) -> None:
        """The message was not told after all: it waits again."""
        waits = replace(notice, told=None, told_by=None, call_id=None)
        self.save(notice, waits, then, failed)

    # ---- memory

    def open(self, then: Callable[[], object] = lambda: None, failed: Failed | None = None) -> None:
        """Read everything into the memory."""

        def read(notebook: Notebook) -> None:
            self._use(notebook)
            then()

        self._ground.memory.submit(_read, then=read, failed=failed or _failed)

    def _use(self, notebook: Notebook) -> None:
        self._knowledge = {}
        for one in notebook.knowledge:
            self._knowledge.setdefault(one.client_id, []).append(one)
        self._book = CallerBook(notebook.callers, notebook.notices)

    def _write(
        self,
        value: Entry,
        write: Callable[[Store], T],
        then: Callable[[T], object],
        failed: Failed,
    ) -> None:
        assert_main()

        def stored(found: tuple[T, Notebook]) -> None:
            self._use(found[1])
            self._tell(value)
            then(found[0])

        def not_stored(error: Exception) -> None:
            if isinstance(error, StaleRow):
                self.open()
            failed(error)

        self._ground.memory.submit(
            lambda store: (write(store), _read(store)), then=stored, failed=not_stored
        )

    def _tell(self, value: Entry) -> None:
        kind = KnowledgeChanged if isinstance(value, Knowledge) else CallersChanged
        self._ground.listeners.tell(kind(client_id=value.client_id))

    def _normalised(self, new: P) -> P:
        if isinstance(new, KnownCaller):
            return replace(new, number=normalised(new.number, self._directory.office.region))
        mine = self._knowledge.get(new.client_id, [])
        if isinstance(new, Knowledge) and all(one.id != new.id for one in mine):
            return replace(new, position=last_position(mine))
        return new

    def _on_event(self, event: DeskEvent) -> None:
        """Clients who come back bring what was known of them."""
        if isinstance(event, DirectoryChanged):
            here = frozenset(one.id for one in self._directory.clients)
            if here != self._clients:
                self._clients = here
                self.open()


def _read(store: Store) -> Notebook:
    return store.people.notebook()


def _failed(error: Exception) -> None:
    log.error("what is known of clients could not be read: %s", type(error).__name__)
