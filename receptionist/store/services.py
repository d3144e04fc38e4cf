"""Errands with their stretches, and what was handled for clients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, Select, and_, insert, or_, select, update

from receptionist.model.errand import Errand, Stretch, StretchEnd
from receptionist.model.handled import Handled, Missed
from receptionist.model.period import Period
from receptionist.store import handled, tables
from receptionist.store.directory import seat
from receptionist.store.engine import Database
from receptionist.store.ledger import Ledger
from receptionist.store.rows import Row, value_of, values_of

_errands, _stretches = tables.errand, tables.errand_stretch
_KEPT = ("id", "client_id")
_TYPED = ("text", "result")
_OVER = ("finished", "removed")
"""What is over stays so, whatever another workstation still has of it."""


class SqlServices:
    """The port `ServiceStore`, which says what each method does. Store worker."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, errand: Errand, who: UUID, at: datetime, seen: Errand | None = None) -> None:
        with self._database.writing() as connection:
            ledger = Ledger(connection, who, at)
            values = values_of(errand, _errands)
            query = select(_errands).where(_errands.c.id == errand.id)
            row = connection.execute(query).mappings().first()
            if row is None:
                ledger.insert(_errands, values)
            else:
                over = [name for name in _OVER if row[name] is not None]
                late = {n: values[n] for n in values if n not in (*_KEPT, *over)}
                before = values_of(seen, _errands) if seen is not None else row
                ledger.update(_errands, row, _both(row, before, late))
            client_id = errand.client_id if row is None else row["client_id"]
            _bring(connection, ledger, errand, client_id)

    def interrupt(self, workstation_id: UUID, kept: Collection[UUID], at: datetime) -> None:
        begun_here = _errands.c.workstation_id == workstation_id
        of_ours = _stretches.c.errand_id.in_(select(_errands.c.id).where(begun_here))
        named = _stretches.c.workstation_id
        here = or_(named == workstation_id, and_(named.is_(None), of_ours))
        lasting = (_stretches.c.end == StretchEnd.NONE, _stretches.c.errand_id.not_in(kept))
        with self._database.writing() as connection:
            cut = update(_stretches).where(here, *lasting)
            connection.execute(cut.values(end=StretchEnd.INTERRUPTED))

    def open_errands(self) -> tuple[Errand, ...]:
        client = tables.client
        query = (
            select(_errands)
            .join(client, _errands.c.client_id == client.c.id)
            .where(_errands.c.finished.is_(None), _errands.c.removed.is_(None))
            .where(client.c.removed.is_(None))
            .order_by(_errands.c.created, _errands.c.id)
        )
        with self._database.reading() as connection:
            return _read(connection, query)

    def errands(self, client_id: UUID, period: Period) -> tuple[Errand, ...]:
        query = (
            select(_errands)
            .where(_errands.c.client_id == client_id, _errands.c.removed.is_(None))
            .where(_errands.c.finished >= period.start, _errands.c.finished < period.end)
            .order_by(_errands.c.finished, _errands.c.id)
        )
        with self._database.reading() as connection:
            return _read(connection, query)

    def handled(self, client_id: UUID, period: Period) -> tuple[Handled, ...]:
        with self._database.reading() as connection:
            return handled.handled(connection, client_id, period)

    def missed(self, client_id: UUID, period: Period) -> tuple[Missed, ...]:
        with self._database.reading() as connection:
            return handled.missed(connection, client_id, period)


def _both(row: Row, seen: Row, wanted: dict[str, Any]) -> dict[str, Any]:
    """What is `wanted` in place of what was `seen`, and beside what others wrote into the row."""
    changed = {name: value for name, value in wanted.items() if value != seen[name]}
    for name in _TYPED:
        if name in changed and row[name] not in (seen[name], changed[name]):
            changed[name] = _joined(row[name], seen[name], changed[name])
    return changed


def _joined(theirs: str, seen: str, ours: str) -> str:
    """Both texts: ours where the lines of the common one stand in theirs, else below it."""
    lines, common = f"\n{theirs}\n", f"\n{seen}\n"
    if seen and common in lines:
        return lines.replace(common, f"\n{ours}\n", 1)[1:-1]
    return f"{theirs}\n{ours}".strip()


def follow(connection: Connection, ledger: Ledger, call_id: UUID, client_id: UUID) -> None:
    """A call belongs to another client now, and so do the errands that came out of it."""
    query = select(_errands).where(_errands.c.call_id == call_id)
    for row in connection.execute(query).mappings().all():
        ledger.update(_errands, row, {"client_id": client_id})
        of_errand = _stretches.c.errand_id == row["id"]
        connection.execute(update(_stretches).where(of_errand).values(client_id=client_id))


def _bring(connection: Connection, ledger: Ledger, errand: Errand, client_id: UUID) -> None:
    """Write the stretches; what a person changes in one that is over stands in the change log.

    A stretch is known by its start: another workstation may have worked on the same errand.
    """
    query = select(_stretches).where(_stretches.c.errand_id == errand.id)
    stored = connection.execute(query.order_by(_stretches.c.position)).mappings().all()
    left, position = list(stored), len(stored)
    for stretch in errand.stretches:
        values: dict[str, Any] = values_of(stretch, _stretches)
        row = next((one for one in left if one["start"] == stretch.start), None)
        if row is None:
            values |= {"id": uuid5(errand.id, f"stretch {position}"), "errand_id": errand.id}
            values |= {"client_id": client_id, "position": position}
            values["workstation_id"] = seat(connection).get("id")
            connection.execute(insert(_stretches).values(values))
            position += 1
            continue
        left.remove(row)
        if row["end"] is StretchEnd.NONE:
            here = _stretches.c.id == row["id"]
            connection.execute(update(_stretches).where(here).values(values))
        elif row["end"] is StretchEnd.INTERRUPTED:
            ledger.update(_stretches, row, values)


def _read(connection: Connection, query: Select[Any]) -> tuple[Errand, ...]:
    """The errands of a query for whole rows, in its order."""
    rows: Sequence[Row] = connection.execute(query).mappings().all()
    ids = query.with_only_columns(_errands.c.id).order_by(None).subquery()
    stretches: defaultdict[UUID, list[Stretch]] = defaultdict(list)
    in_order = select(_stretches).where(_stretches.c.errand_id.in_(select(ids.c.id)))
    for row in connection.execute(in_order.order_by(_stretches.c.position)).mappings():
        stretches[row["errand_id"]].append(value_of(Stretch, row))
    return tuple(value_of(Errand, row, stretches=tuple(stretches[row["id"]])) for row in rows)
