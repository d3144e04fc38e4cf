"""The work list: what is open, what came of it, and who tried what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, insert, or_, select, update

from receptionist.errors import NotFound
from receptionist.i18n import _
from receptionist.model.gaps import recognised
from receptionist.model.worklist import (
    NO_LONGER,
    Attempt,
    Disposition,
    NoLonger,
    WorkItem,
    WorkKind,
    disposed,
    put_off_by_trying,
    reopened,
    why_not_found,
)
from receptionist.reasons import Reason
from receptionist.store import tables
from receptionist.store.engine import Database
from receptionist.store.failures import stale
from receptionist.store.ledger import Ledger
from receptionist.store.rows import Row, value_of, values_of

_table, _attempts = tables.work_item, tables.work_attempt


class SqlWork:
    """The port `WorkStore`, which says what each method does. Store worker."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, item: WorkItem) -> WorkItem | None:
        with self._database.writing() as connection:
            return add(connection, item)

    def bring(
        self, found: Sequence[WorkItem], kinds: Collection[WorkKind], at: datetime
    ) -> tuple[tuple[WorkItem, ...], tuple[WorkItem, ...], tuple[WorkItem, ...]]:
        with self._database.writing() as connection:
            here = recognised(found, _read(connection, _gaps(at)))
            came = {one.id: _came(connection, one, at) for one in here}
            gone = _gone(connection, came.keys(), kinds, at)
            new, other = (
                _read(connection, _of_ids(one for one, how in came.items() if how is wanted))
                for wanted in (True, False)
            )
            return new, other, gone

    def dispose(
        self,
        item_id: UUID,
        disposition: Disposition,
        who: UUID | None,
        at: datetime,
        result: str = "",
        follow_up: datetime | None = None,
        seen: WorkItem | None = None,
    ) -> WorkItem:
        with self._database.writing() as connection:
            row = _row(connection, item_id)
            if row["done"] is not None or (seen and seen.disposed != row["disposed"]):
                raise stale()
            wanted = disposed(value_of(WorkItem, row), disposition, who, at, result, follow_up)
            Ledger(connection, who, at).update(_table, row, values_of(wanted, _table))
            return _one(connection, item_id)

    def say(self, item_id: UUID, number: str, name: str, who: UUID, at: datetime) -> WorkItem:
        with self._database.writing() as connection:
            row = _row(connection, item_id)
            said = {"number": number, "name": name} if row["done"] is None else {}
            if Ledger(connection, who, at).update(_table, row, said):
                _tell_owner(connection, item_id)
            return _one(connection, item_id)

    def attempt(self, item_id: UUID, attempt: Attempt, until: datetime | None = None) -> WorkItem:
        with self._database.writing() as connection:
            row = _row(connection, item_id)
            there = select(_attempts.c.id).where(_attempts.c.id == attempt.id)
            if connection.execute(there).first() is None:
                of = {"work_id": item_id, "client_id": row["client_id"]}
                values = values_of(attempt, _attempts) | of
                connection.execute(insert(_attempts).values(values))
                if until is not None and row["done"] is None:
                    now = put_off_by_trying(value_of(WorkItem, row), attempt.who, attempt.at, until)
                    ledger = Ledger(connection, attempt.who, attempt.at)
                    ledger.update(_table, row, values_of(now, _table))
            return _one(connection, item_id)

    def withdraw(self, appointment_id: UUID, over: NoLonger, at: datetime) -> tuple[WorkItem, ...]:
        about = select(_table).where(
            _table.c.appointment_id == appointment_id,
            _table.c.done.is_(None),
            _table.c.reason.in_(over.reasons),
        )
        with self._database.writing() as connection:
            if over.why is Reason.IN_CALENDAR_NOW and _is_on_its_way(connection, appointment_id):
                return ()
            rows = connection.execute(about.with_for_update()).mappings().all()
            items = {one.id: one for one in _read(connection, about)}
            for row in rows:
                now: dict[str, Any] = {"reason": over.why}
                if not items[row["id"]].touched:
                    now = _void(row, over.why, at)
                Ledger(connection, None, at).update(_table, row, now)
            return _read(connection, _of_ids(items))

    def reopen(self, item_id: UUID, who: UUID, at: datetime) -> WorkItem:
        with self._database.writing() as connection:
            row = _row(connection, item_id)
            if row["done"] is None:
                raise stale()
            wanted = reopened(value_of(WorkItem, row), at)
            Ledger(connection, who, at).update(_table, row, values_of(wanted, _table))
            return _one(connection, item_id)

    def get(self, item_id: UUID) -> WorkItem | None:
        with self._database.reading() as connection:
            return next(iter(_read(connection, _of_ids([item_id]))), None)

    def open(self) -> tuple[WorkItem, ...]:
        query = select(_table).where(_table.c.done.is_(None))
        with self._database.reading() as connection:
            return _read(connection, query.order_by(_table.c.due, _table.c.created, _table.c.id))

    def closed(
        self, since: datetime, client_id: UUID | None = None, limit: int = 500
    ) -> tuple[WorkItem, ...]:
        query = select(_table).where(_table.c.done >= since)
        if client_id is not None:
            query = query.where(_table.c.client_id == client_id)
        with self._database.reading() as connection:
            newest = query.order_by(_table.c.done.desc(), _table.c.id).limit(limit)
            return _read(connection, newest)


def add(connection: Connection, item: WorkItem) -> WorkItem | None:
    """As `WorkStore.add`, inside a transaction."""
    row = _found(connection, item.id)
    if row is None:
        item = _of_call(connection, item)
        connection.execute(insert(_table).values(values_of(item, _table)))
        return item
    now: dict[str, Any] = {}
    if row["done"] is not None:
        anew = reopened(value_of(WorkItem, row), item.due)
        said = {"number": item.number, "name": item.name, "text": item.text}
        now = values_of(anew, _table) | said
    elif item.kind is WorkKind.NOTE and item.text not in row["text"]:
        now = {"text": f"{row['text']}\n{item.text}".strip()}
    elif row["reason"] in NO_LONGER and item.reason != row["reason"]:
        now = {"reason": item.reason}
    elif item.kind is WorkKind.PROMISED and item.created > row["created"]:
        now = {"due": item.due, "text": item.text}
    if item.reason == Reason.MESSAGE_LEFT:
        now |= {"reason": item.reason, "kind": item.kind}
    if not Ledger(connection, None, item.created).update(_table, row, now):
        return None
    _tell_owner(connection, item.id)
    return _one(connection, item.id)


def follow(connection: Connection, ledger: Ledger, call_id: UUID, client_id: UUID | None) -> None:
    """The call belongs to another client now, and so does what came of it.

    An appointment stays where it was booked, and what is owed about it stays with its owner.
    """
    query = select(_table).where(_table.c.call_id == call_id, _table.c.appointment_id.is_(None))
    for row in connection.execute(query).mappings().all():
        ledger.update(_table, row, {"client_id": client_id})
        tries = select(_attempts).where(_attempts.c.work_id == row["id"])
        for attempt in connection.execute(tries).mappings().all():
            ledger.update(_attempts, attempt, {"client_id": client_id})


def _of_call(connection: Connection, item: WorkItem) -> WorkItem:
    """The item as that of its call's client: the call may have been given away meanwhile."""
    if item.appointment_id is not None:
        return item
    query = select(tables.call.c.client_id).where(tables.call.c.id == item.call_id)
    client_id = connection.execute(query).first()
    return item if client_id is None else replace(item, client_id=client_id[0])


def by_ids(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, WorkItem]:
    """These items, whether they are open or not."""
    return {one.id: one for one in _read(connection, _of_ids(ids))}


def _tell_owner(connection: Connection, item_id: UUID) -> None:
    """Where it stands in an owner's task list it has to be written anew."""
    listed = (tables.task.c.id == item_id) & ~tables.task.c.done
    connection.execute(update(tables.task).where(listed).values(dirty=True))


def _gaps(at: datetime) -> Select[Any]:
    """Gaps in rotas that last, whether they are open or not."""
    lasts = _table.c.ends.is_(None) | (_table.c.ends > at)
    return select(_table).where(_table.c.kind == WorkKind.GAP, lasts).order_by(_table.c.begins)


def _came(connection: Connection, item: WorkItem, at: datetime) -> bool | None:
    """Put what was found on the list, unless somebody has settled it; True where it came.

    False where it was on the list and is another now, None where nothing is to be said.
    """
    row, ledger = _found(connection, item.id), Ledger(connection, None, at)
    if row is None:
        connection.execute(insert(_table).values(values_of(item, _table)))
        return True
    period = {"begins": item.begins, "ends": item.ends}
    if row["disposition"] is Disposition.VOID:
        wanted = values_of(reopened(value_of(WorkItem, row), item.due), _table)
        return True if ledger.update(_table, row, wanted | period) else None
    if row["done"] is None and any(row[name] != value for name, value in period.items()):
        due = {} if row["disposition"] is not None else {"due": item.due}
        ledger.update(_table, row, period | due)
        return False
    return None


def _gone(
    connection: Connection, found: Collection[UUID], kinds: Collection[WorkKind], at: datetime
) -> tuple[WorkItem, ...]:
    """Open items of these kinds that are no longer so leave as void."""
    here = _table.c.done.is_(None) & _table.c.kind.in_(kinds)
    lasts = _table.c.ends.is_(None) | (_table.c.ends > at)
    rows = connection.execute(select(_table).where(here, lasts)).mappings().all()
    gone = [row for row in rows if row["id"] not in found]
    ledger, left = Ledger(connection, None, at), _left(connection)
    for row in gone:
        why = why_not_found(row["kind"], client_left=row["client_id"] in left)
        ledger.update(_table, row, _void(row, why, at))
    return _read(connection, _of_ids(row["id"] for row in gone))


def _void(row: Row, why: Reason, at: datetime) -> dict[str, Any]:
    """What a row says that leaves by itself."""
    return values_of(disposed(value_of(WorkItem, row), Disposition.VOID, None, at, why), _table)


def _is_on_its_way(connection: Connection, appointment_id: UUID) -> bool:
    """Whether the owner's calendar does not say an appointment yet, or the travel to it."""
    book = tables.appointment.c
    of_it = or_(book.id == appointment_id, book.part_of == appointment_id)
    return connection.execute(select(book.id).where(of_it, book.dirty)).first() is not None


def _left(connection: Connection) -> set[UUID]:
    """Who is no client any more."""
    query = select(tables.client.c.id).where(tables.client.c.removed.is_not(None))
    return set(connection.execute(query).scalars())


def _found(connection: Connection, item_id: UUID) -> Row | None:
    query = select(_table).where(_table.c.id == item_id).with_for_update()
    return connection.execute(query).mappings().first()


def _row(connection: Connection, item_id: UUID) -> Row:
    row = _found(connection, item_id)
    if row is None:
        raise NotFound(_("This is not on the work list."))
    return row


def _of_ids(ids: Iterable[UUID]) -> Select[Any]:
    return select(_table).where(_table.c.id.in_(list(ids))).order_by(_table.c.due, _table.c.id)


def _one(connection: Connection, item_id: UUID) -> WorkItem:
    return _read(connection, _of_ids([item_id]))[0]


def _read(connection: Connection, query: Select[Any]) -> tuple[WorkItem, ...]:
    rows = connection.execute(query).mappings().all()
    of = _attempts.c.work_id.in_([row["id"] for row in rows])
    tried = select(_attempts).where(of).order_by(_attempts.c.at, _attempts.c.id)
    attempts: dict[UUID, list[Attempt]] = {}
    for row in connection.execute(tried).mappings() if rows else ():
        attempts.setdefault(row["work_id"], []).append(value_of(Attempt, row))
    return tuple(
        value_of(WorkItem, row, attempts=tuple(attempts.get(row["id"], ()))) for row in rows
    )
