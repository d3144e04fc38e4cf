"""Writing rows so that nothing is lost unseen: compare-and-set, and who changed what and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, and_, delete, insert, update
from sqlalchemy.sql.elements import ColumnElement

from receptionist.store import tables
from receptionist.store.columns import Written
from receptionist.store.failures import stale
from receptionist.store.rows import Row

_UNLOGGED = {"dirty", "claimed_by", "claimed_until", "blocked_start", "blocked_end", "book_id"}
"""Leases, and columns that follow from others."""


class Ledger:
    """Changes rows inside one transaction, each change with its entry in the change log."""

    def __init__(self, connection: Connection, who: UUID | None, at: datetime) -> None:
        """`who` is a receptionist's id, None for the program itself."""
        self._connection = connection
        self._who = who
        self._at = at

    def insert(self, table: Table, values: Row) -> None:
        """A new row; its entry in the log has an empty column."""
        self._connection.execute(insert(table).values(dict(values)))
        self._log([self._entry(table, values, "", None, None)])

    def update(
        self,
        table: Table,
        old: Row,
        new: Mapping[str, Any],
        only_if: Iterable[ColumnElement[bool]] = (),
    ) -> bool:
        """Write what differs from `old`; whether anything did.

        Raises `StaleRow` when a column to be written no longer holds its old value, or a condition
        of `only_if` does not hold.
        """
        changed = {name: value for name, value in new.items() if old[name] != value}
        if not changed:
            return False
        same = [table.c[name].is_not_distinct_from(old[name]) for name in changed]
        where = and_(table.c.id == old["id"], *same, *only_if)
        if self._connection.execute(update(table).where(where).values(changed)).rowcount != 1:
            raise stale()
        row = {**old, **changed}
        self._log(
            self._entry(table, row, name, old[name], value)
            for name, value in changed.items()
            if name not in _UNLOGGED
        )
        return True

    def over(self, table: Table, row: Row, seen: Row, wanted: Row) -> bool:
        """Write what `wanted` changes in what was `seen`, unless it stands in `row` already."""
        changed = {
            name: value
            for name, value in wanted.items()
            if name != "id" and seen[name] != value and row[name] != value
        }
        return self.update(table, {**row, **{name: seen[name] for name in changed}}, changed)

    def note(self, table: Table, row: Row, event: str) -> None:
        """Write that something happened with a row which changes nothing in it."""
        self._log([self._entry(table, row, "", None, None) | {"column": event}])

    def remove(self, table: Table, row: Row) -> None:
        """Delete a row; the log keeps what stood in it."""
        self._connection.execute(delete(table).where(table.c.id == row["id"]))
        self._log(
            self._entry(table, row, name, row[name], None)
            for name in row
            if name != "id" and row[name] is not None
        )

    def _entry(self, table: Table, row: Row, column: str, old: Any, new: Any) -> dict[str, Any]:
        return {
            "table": table.name,
            "row": row["id"],
            "client_id": row["id"] if table is tables.client else row.get("client_id"),
            "column": column,
            "old": _written(table, column, old),
            "new": _written(table, column, new),
            "who": self._who,
            "at": self._at,
        }

    def _log(self, entries: Iterable[dict[str, Any]]) -> None:
        rows = list(entries)
        if rows:
            self._connection.execute(insert(tables.change_log), rows)


def _written(table: Table, column: str, value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    kept_as = table.c[column].type
    return kept_as.write(value) if isinstance(kept_as, Written) else str(value)
