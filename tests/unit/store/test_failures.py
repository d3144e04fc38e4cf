"""Every failure of a database becomes a sentence that says what to do."""

from __future__ import annotations

import errno
import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from receptionist.errors import SlotTaken, StaleRow, StoreError
from receptionist.store.failures import translated


class _Postgres(Exception):
    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("connection failed: password=geheim")
        self.sqlstate = sqlstate


def of_postgresql(sqlstate: str | None) -> StoreError:
    return translated(OperationalError("INSERT", {}, _Postgres(sqlstate)))


@pytest.mark.parametrize(
    ("sqlstate", "words"),
    [
        (None, "does not answer"),
        ("28P01", "password"),
        ("3D000", "address"),
        ("57P03", "does not answer"),
        ("53100", "disk is full"),
        ("XX001", "damaged"),
        ("42501", "may write"),
        ("23505", "contradicts"),
        ("0A000", "log says more"),
    ],
)
def test_postgresql(sqlstate: str | None, words: str) -> None:
    error = of_postgresql(sqlstate)
    assert type(error) is StoreError
    assert words in str(error)
    assert "geheim" not in str(error)


def test_postgresql_races() -> None:
    assert isinstance(of_postgresql("23P01"), SlotTaken)
    assert isinstance(of_postgresql("40001"), StaleRow)
    assert isinstance(of_postgresql("40P01"), StaleRow)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SQLITE_FULL", "disk is full"),
        ("SQLITE_READONLY_DIRECTORY", "may write"),
        ("SQLITE_CANTOPEN", "may write"),
        ("SQLITE_CORRUPT_VTAB", "damaged"),
        ("SQLITE_NOTADB", "damaged"),
        ("SQLITE_BUSY_SNAPSHOT", "Another program"),
        ("SQLITE_IOERR_WRITE", "disk reports"),
        ("SQLITE_IOERR_SHMSIZE", "disk is full"),
        ("SQLITE_CONSTRAINT_UNIQUE", "contradicts"),
        ("SQLITE_MISUSE", "log says more"),
    ],
)
def test_sqlite(name: str, words: str) -> None:
    error = sqlite3.OperationalError("nonsense")
    error.sqlite_errorname = name
    for one in (error, OperationalError("INSERT", {}, error)):
        assert words in str(translated(one))


def test_the_disk() -> None:
    assert "disk is full" in str(translated(OSError(errno.ENOSPC, "No space left on device")))
    assert "may write" in str(translated(PermissionError(errno.EACCES, "Permission denied")))
