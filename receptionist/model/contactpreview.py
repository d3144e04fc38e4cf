"""What an import of contacts would do, shown before anything is written. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from receptionist.model.contact import Contact, ContactNumber
from receptionist.model.sought import folded


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadContact:
    """A contact as a file says it, from `line` on; None where the file says nothing of it.

    `fault` is why it cannot be read; then nothing else counts.
    """

    line: int
    key: str = ""
    name: str = ""
    role: str | None = None
    numbers: tuple[ContactNumber, ...] | None = None
    email: str | None = None
    note: str | None = None
    fault: str = ""


class Outcome(StrEnum):
    """What becomes of an entry of the file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed:
    """One entry: what is there `before`, what it would be, which fields differ, or why not."""

    line: int
    outcome: Outcome
    name: str = ""
    before: Contact | None = None
    contact: Contact | None = None
    fields: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """All entries of a file in their order."""

    client_id: UUID
    entries: tuple[Previewed, ...] = ()

    @property
    def changes(self) -> tuple[tuple[Contact | None, Contact], ...]:
        """What is to be written: before and after."""
        wanted = (Outcome.NEW, Outcome.CHANGED)
        return tuple(
            (one.before, one.contact)
            for one in self.entries
            if one.outcome in wanted and one.contact is not None
        )

    def count(self, outcome: Outcome) -> int:
        """How many entries come out so."""
        return Counter(one.outcome for one in self.entries)[outcome]


class _Present:
    """The contacts there are by now, by key and by name."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self.keys: dict[str, Contact] = {}
        self._named: dict[str, set[str]] = {}
        for one in contacts:
            self.put(one)

    def put(self, contact: Contact) -> None:
        """This is how a contact is now."""
        before = self.keys.get(contact.key)
        if before is not None:
            self._named[_plain(before.name)].discard(contact.key)
        self.keys[contact.key] = contact
        self._named.setdefault(_plain(contact.name), set()).add(contact.key)

    def meant(self, one: ReadContact) -> Contact | None:
        """Whom an entry means; None for somebody new."""
        if one.key:
            return self.keys.get(one.key)
        same = self._named.get(_plain(one.name), set())
        return self.keys[next(iter(same))] if len(same) == 1 else None


def previewed(
    read: Iterable[ReadContact],
    contacts: Sequence[Contact],
    client_id: UUID,
    new_key: Callable[[str, Iterable[str]], str],
    fault_of: Callable[[Contact], str],
) -> Preview:
    """What `read` would change in the `contacts` of a client.

    An entry means the contact of its key, else the only one of its name, also one that came before
    it in the file; what the file does not say stays. `new_key` makes a free key from a name,
    `fault_of` says what is wrong with a contact.
    """
    present = _Present(contacts)
    entries = []
    for one in read:
        found = _entry(one, present, client_id, new_key, fault_of)
        if found.contact is not None:
            present.put(found.contact)
        entries.append(found)
    return Preview(client_id=client_id, entries=tuple(entries))


def _entry(
    one: ReadContact,
    present: _Present,
    client_id: UUID,
    new_key: Callable[[str, Iterable[str]], str],
    fault_of: Callable[[Contact], str],
) -> Previewed:
    if one.fault:
        return Previewed(line=one.line, outcome=Outcome.UNREADABLE, name=one.name, reason=one.fault)
    before = present.meant(one)
    if before is None:
        key = one.key or new_key(one.name, present.keys)
        start = Contact(id=uuid4(), client_id=client_id, key=key, name=one.name)
    else:
        start = before
    contact = replace(start, **_said(one))
    if wrong := fault_of(contact):
        return Previewed(line=one.line, outcome=Outcome.UNREADABLE, name=one.name, reason=wrong)
    if before is None:
        return Previewed(line=one.line, outcome=Outcome.NEW, name=one.name, contact=contact)
    fields = tuple(name for name, value in _said(one).items() if getattr(before, name) != value)
    return Previewed(
        line=one.line,
        outcome=Outcome.CHANGED if fields else Outcome.SAME,
        name=one.name,
        before=before,
        contact=contact,
        fields=fields,
    )


def _said(one: ReadContact) -> dict[str, Any]:
    found = {name: getattr(one, name) for name in ("name", "role", "numbers", "email", "note")}
    return {name: value for name, value in found.items() if value is not None}


def _plain(name: str) -> str:
    return " ".join(folded(name).split())
