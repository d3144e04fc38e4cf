"""The versions of clients' scripts: added and marked, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Select, func, select

from receptionist.errors import NotFound
from receptionist.i18n import _
from receptionist.model.script import ClientScript, ScriptVersion
from receptionist.store import tables
from receptionist.store.engine import Database
from receptionist.store.failures import stale
from receptionist.store.ledger import Ledger
from receptionist.store.rows import Kept, value_of, values_of

_table = tables.script_version


class SqlScripts:
    """The port `ScriptStore`, which says what each method does. Store worker."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, version: ScriptVersion, newest: int) -> ScriptVersion:
        with self._database.writing() as connection:
            if _newest(connection, version.client_id) != newest:
                raise stale()
            return _add(connection, replace(version, number=newest + 1))

    def get(self, version_id: UUID) -> ScriptVersion:
        with self._database.reading() as connection:
            return _get(connection, version_id)

    def versions(self, client_id: UUID) -> tuple[ScriptVersion, ...]:
        query = select(_table).where(_table.c.client_id == client_id)
        with self._database.reading() as connection:
            return _read(connection, query.order_by(_table.c.number.desc()))

    def counting(self, client_id: UUID, at: datetime) -> ScriptVersion | None:
        query = _in_force().where(_table.c.client_id == client_id, _table.c.counts_from <= at)
        with self._database.reading() as connection:
            return next(iter(_read(connection, query.limit(1))), None)

    def count(self, version_id: UUID, who: UUID, at: datetime) -> ScriptVersion:
        return self._mark(version_id, who, at, "counts_from", counts_from=at)

    def sent(self, version_id: UUID, who: UUID, at: datetime) -> ScriptVersion:
        return self._mark(version_id, who, at, "", sent=at)

    def approve(
        self, version_id: UUID, by: str, how: str, who: UUID, at: datetime
    ) -> ScriptVersion:
        said = {"approved": at, "approved_by": by, "approved_how": how}
        return self._mark(version_id, who, at, "approved", **said)

    def last_answered(
        self, client_id: UUID, receptionist_id: UUID, before: datetime
    ) -> datetime | None:
        calls = tables.call
        query = select(func.max(calls.c.started)).where(
            calls.c.client_id == client_id,
            calls.c.receptionist_id == receptionist_id,
            calls.c.started < before,
        )
        with self._database.reading() as connection:
            found: datetime | None = connection.execute(query).scalar_one()
            return found

    def _mark(
        self, version_id: UUID, who: UUID, at: datetime, once: str, **values: Any
    ) -> ScriptVersion:
        """Write marks into a version, unless its column `once` is filled already."""
        with self._database.writing() as connection:
            row = values_of(_get(connection, version_id), _table)
            if not once or row[once] is None:
                Ledger(connection, who, at).update(_table, row, values)
            return _get(connection, version_id)


def counting(connection: Connection) -> tuple[ClientScript, ...]:
    """What counts for each client."""
    last = (
        select(_table.c.client_id, func.max(_table.c.counts_from).label("since"))
        .group_by(_table.c.client_id)
        .subquery()
    )
    same = (_table.c.client_id == last.c.client_id) & (_table.c.counts_from == last.c.since)
    found: dict[UUID, ClientScript] = {}
    for one in _read(connection, _in_force().join(last, same)):
        script = ClientScript(
            client_id=one.client_id, text=one.text, version_id=one.id, number=one.number
        )
        found.setdefault(one.client_id, script)
    return tuple(sorted(found.values(), key=lambda one: one.client_id))


def bring(
    connection: Connection, scripts: Iterable[ClientScript], kept: Kept, who: UUID, at: datetime
) -> None:
    """Let texts that came with an office file count, each as a new version if it is another."""
    before = {one.client_id: one.text for one in counting(connection)}
    for script in scripts:
        client_id = kept[script.client_id]
        if before.get(client_id) == script.text:
            continue
        version = ScriptVersion(
            id=uuid4(),
            client_id=client_id,
            number=_newest(connection, client_id) + 1,
            text=script.text,
            who=who,
            at=at,
            why=_("It came with an office file."),
            counts_from=at,
        )
        _add(connection, version)


def _in_force() -> Select[Any]:
    """Versions that counted, the last one first."""
    in_force = select(_table).where(_table.c.counts_from.is_not(None))
    return in_force.order_by(_table.c.counts_from.desc(), _table.c.number.desc())


def _newest(connection: Connection, client_id: UUID) -> int:
    query = select(func.max(_table.c.number)).where(_table.c.client_id == client_id)
    return int(connection.execute(query).scalar_one() or 0)


def _add(connection: Connection, version: ScriptVersion) -> ScriptVersion:
    ledger = Ledger(connection, version.who, version.at)
    ledger.insert(_table, values_of(version, _table))
    return version


def _get(connection: Connection, version_id: UUID) -> ScriptVersion:
    found = _read(connection, select(_table).where(_table.c.id == version_id))
    if not found:
        raise NotFound(_("There is no such version of a script."))
    return found[0]


def _read(connection: Connection, query: Select[Any]) -> tuple[ScriptVersion, ...]:
    rows = connection.execute(query).mappings()
    return tuple(value_of(ScriptVersion, row) for row in rows)
