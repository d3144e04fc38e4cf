"""Opening SQLite and PostgreSQL, transactions on them, and all that is said to only one of them."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from receptionist.errors import SlotTaken, StoreError
from receptionist.i18n import _
from receptionist.store.failures import in_short, translated

log = logging.getLogger(__name__)

WAIT_FOR_LOCK_MS = 10_000

_PRAGMAS = (
    f"PRAGMA busy_timeout = {WAIT_FOR_LOCK_MS}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)


class Database:
    """An open database: transactions that read, transactions that write. Any thread."""

    def __init__(self, where: Path | str, workstation_id: UUID | None = None) -> None:
        """Open a SQLite file (created for its owner alone if missing) or a `postgresql://` URL.

        `workstation_id` says at which workstation, where there are several.
        """
        self.file = None if "://" in str(where) else Path(where)
        with translating():
            if self.file is None:
                engine = _postgresql(str(where)).execution_options(workstation_id=workstation_id)
                reader = engine.execution_options(isolation_level="REPEATABLE READ")
            else:
                engine = _sqlite(self.file).execution_options(workstation_id=workstation_id)
                reader = engine.execution_options(reads_only=True)
        self._engine: Engine = engine
        self._reader = reader

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction in which every query sees the same state."""
        with translating(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, on disk when this ends; on SQLite no other writes meanwhile."""
        with translating(), self._engine.begin() as connection:
            yield connection

    def copy_to(self, target: Path) -> None:
        """Copy a SQLite database while it is open; PostgreSQL is copied by its own tools."""
        if self.file is None:
            return
        with translating():
            _create_private(target)
            source = sqlite3.connect(self.file)
            with closing(source), closing(sqlite3.connect(target)) as copy:
                source.backup(copy)

    def close(self) -> None:
        """Close every connection; a later use opens new ones."""
        self._engine.dispose()


def workstation_of(connection: Connection) -> UUID | None:
    """At which workstation this database was opened; None where there is only one."""
    named: UUID | None = connection.get_execution_options().get("workstation_id")
    return named


@contextmanager
def translating() -> Iterator[None]:
    """Turn exceptions of the database and of the disk into `StoreError`."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        failure = translated(error)
        if not isinstance(failure, SlotTaken):
            log.warning("the database failed: %s", in_short(error))
        raise failure from error


def _sqlite(file: Path) -> Engine:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _create_private(file)
    engine = create_engine(URL.create("sqlite", database=str(file)), hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _create_private(file: Path) -> None:
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    if os.name == "posix":
        file.chmod(0o600)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # BEGIN is ours to send: Python's own is deferred, so two writers could both read before one
    # fails. https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#sqlite-transactions
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get("reads_only")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def _postgresql(url: str) -> Engine:
    try:
        address = make_url(url)
        if address.drivername in ("postgresql", "postgres"):
            address = address.set(drivername="postgresql+psycopg")
        return create_engine(address, pool_pre_ping=True, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(
            _("The address of the database is not understood. It begins with postgresql://.")
        ) from error
    except ImportError as error:
        raise StoreError(
            _("PostgreSQL needs the Python package psycopg. Install it, or use a SQLite file.")
        ) from error


# ---- two appointments of one client never overlap ------------------------------------------------

_OVERLAP_TRIGGER = """
CREATE TRIGGER appointment_overlap_{on} BEFORE {event} ON appointment
WHEN NEW.state IN ({states})
BEGIN
  SELECT RAISE(ABORT, 'slot taken') WHERE EXISTS (
    SELECT 1 FROM appointment AS other
    WHERE other.{whose} = NEW.{whose} AND other.id <> NEW.id
      AND other.state IN ({states})
      AND other.blocked_end > NEW.blocked_start AND other.blocked_start < NEW.blocked_end);
END
"""

_OVERLAP_CONSTRAINT = """
ALTER TABLE appointment ADD CONSTRAINT appointment_overlap EXCLUDE USING gist
  ({whose} WITH =, int8range(blocked_start, blocked_end) WITH &&) WHERE (state IN ({states}))
"""


def forbid_overlaps(
    connection: Connection, states: tuple[str, ...], whose: str = "client_id"
) -> None:
    """Make the database itself refuse overlaps of blocked periods among `states` of one book.

    `whose` is the column that tells the books from each other; what was forbidden before is not
    any more.

    PostgreSQL compares UUIDs in a GiST index by its own extension btree_gist, which an owner of the
    database may create (it is marked trusted).
    """
    words = ", ".join(f"'{state}'" for state in states)
    if connection.dialect.name == "sqlite":
        watched = f"UPDATE OF {whose}, state, blocked_start, blocked_end"
        for on, what in (("insert", "INSERT"), ("update", watched)):
            connection.execute(text(f"DROP TRIGGER IF EXISTS appointment_overlap_{on}"))
            sql = _OVERLAP_TRIGGER.format(on=on, event=what, states=words, whose=whose)
            connection.execute(text(sql))
    else:
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS btree_gist"))
        drop = "ALTER TABLE appointment DROP CONSTRAINT IF EXISTS appointment_overlap"
        connection.execute(text(drop))
        connection.execute(text(_OVERLAP_CONSTRAINT.format(states=words, whose=whose)))
