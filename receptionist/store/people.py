"""People of clients: contacts, rotas, knowledge, callers, messages that wait for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Table, select

from receptionist.errors import BadInput
from receptionist.i18n import _
from receptionist.model.callers import CallerNotice, KnownCaller
from receptionist.model.checks import brief
from receptionist.model.contact import Contact
from receptionist.model.knowledge import Knowledge
from receptionist.model.notebook import Notebook
from receptionist.model.office import Directory
from receptionist.model.peoplechecks import in_use
from receptionist.model.rota import OnCallRota
from receptionist.ports.contacts import Kept as Person
from receptionist.store import tables
from receptionist.store.directory import by_client
from receptionist.store.engine import Database
from receptionist.store.failures import stale
from receptionist.store.ledger import Ledger
from receptionist.store.rows import Kept, Row, value_of, values_of

_TABLES: dict[type[Any], Table] = {
    Contact: tables.contact,
    OnCallRota: tables.on_call_rota,
    Knowledge: tables.knowledge,
    KnownCaller: tables.known_caller,
    CallerNotice: tables.caller_notice,
}

P = TypeVar("P", Contact, OnCallRota, Knowledge, KnownCaller, CallerNotice)
N = TypeVar("N", Knowledge, KnownCaller, CallerNotice)


class SqlPeople:
    """The port `PeopleStore`, which says what each method does. Store worker."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def notebook(self) -> Notebook:
        with self._database.reading() as connection:
            return Notebook(
                knowledge=_living(connection, Knowledge),
                callers=_living(connection, KnownCaller),
                notices=_living(connection, CallerNotice),
            )

    def save(self, old: P | None, new: P, who: UUID, at: datetime) -> P:
        with self._database.writing() as connection:
            return _save(connection, Ledger(connection, who, at), old, new)

    def save_all(self, changes: Sequence[tuple[P | None, P]], who: UUID, at: datetime) -> None:
        with self._database.writing() as connection:
            ledger = Ledger(connection, who, at)
            rows: dict[UUID, UUID] = {}
            for old, new in changes:
                here = rows.get(old.id) if old is not None else None
                seen = old if old is None or here is None else replace(old, id=here)
                rows[new.id] = _save(connection, ledger, seen, new).id

    def remove(self, value: Person, who: UUID, at: datetime) -> None:
        table = _TABLES[type(value)]
        with self._database.writing() as connection:
            row = _row(connection, table, value.id)
            if isinstance(value, Contact):
                _check_unused(connection, row)
            Ledger(connection, who, at).update(table, row, {"removed": at})


def bring_people(
    connection: Connection, ledger: Ledger, directory: Directory, clients: Kept
) -> None:
    """Bring the contacts and rotas of a directory in by their keys; nothing is removed.

    `clients` says which rows stand for the clients. What somebody said by hand stays.
    """
    for kind, values in ((Contact, directory.contacts), (OnCallRota, directory.rotas)):
        table = _TABLES[kind]
        there = by_client(connection.execute(select(table)).mappings())
        for one in values:
            client_id = clients.get(one.client_id, one.client_id)
            stored = {row["key"]: row for row in there[client_id]}.get(one.key)
            wanted = values_of(one, table) | {"client_id": client_id}
            if stored is None:
                ledger.insert(table, wanted)
                continue
            mine = ("id",) if stored["removed"] else ("id", "standing")
            kept = {name: stored[name] for name in mine if name in wanted}
            ledger.update(table, stored, wanted | kept | {"removed": None})


def _save(connection: Connection, ledger: Ledger, old: P | None, new: P) -> P:
    table = _TABLES[type(new)]
    wanted = values_of(new, table)
    if old is None:
        return _insert(connection, ledger, table, new, wanted)
    row = _row(connection, table, old.id)
    if "key" in wanted and wanted["key"] != row["key"]:
        raise BadInput(
            _("A key never changes, because scripts and rotas name it. Make a new entry."),
            key="key",
        )
    ledger.over(table, row, values_of(old, table), wanted)
    return value_of(type(new), _row(connection, table, old.id))


def _insert(
    connection: Connection, ledger: Ledger, table: Table, new: P, wanted: dict[str, Any]
) -> P:
    same = _same_key(connection, table, wanted)
    if same is None:
        ledger.insert(table, wanted)
        return new
    if same["removed"] is None:
        message = _("“{name}” has the key “{key}” already. Choose another one.")
        raise BadInput(
            message.format(name=brief(same["name"]), key=same["key"]),
            key="key",
        )
    ledger.update(table, same, {**wanted, "id": same["id"], "removed": None})
    return value_of(type(new), _row(connection, table, same["id"]))


def _same_key(connection: Connection, table: Table, wanted: dict[str, Any]) -> Row | None:
    if "key" not in wanted:
        return None
    query = select(table).where(
        table.c.client_id == wanted["client_id"], table.c.key == wanted["key"]
    )
    return connection.execute(query.with_for_update()).mappings().first()


def _row(connection: Connection, table: Table, row_id: UUID) -> Row:
    query = select(table).where(table.c.id == row_id, table.c.removed.is_(None))
    row = connection.execute(query.with_for_update()).mappings().first()
    if row is None:
        raise stale()
    return row


def _check_unused(connection: Connection, contact: Row) -> None:
    rota = tables.on_call_rota
    query = select(rota).where(rota.c.client_id == contact["client_id"], rota.c.removed.is_(None))
    found = [value_of(OnCallRota, row) for row in connection.execute(query).mappings()]
    names = [one.name for one in found if contact["key"] in one.contacts]
    if names:
        raise in_use(contact["name"], (_("the on-call rota “{name}”").format(name=names[0]),))


def _living(connection: Connection, kind: type[N]) -> tuple[N, ...]:
    table, client = _TABLES[kind], tables.client
    query = (
        select(table)
        .join(client, table.c.client_id == client.c.id)
        .where(table.c.removed.is_(None), client.c.removed.is_(None))
        .order_by(table.c.id)
    )
    return tuple(value_of(kind, row) for row in connection.execute(query).mappings())
