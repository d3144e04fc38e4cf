"""An upgrade copies first, is whole or not at all, and never touches a newer database."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from types import ModuleType
from uuid import uuid4

import pytest
from alembic import op
from sqlalchemy import Column, Text

from receptionist.errors import StoreError
from receptionist.store import open_store
from receptionist.store.engine import Database
from receptionist.store.migrations import STEPS
from receptionist.store.tables import REVISION
from receptionist.store.upgrade import upgrade


@pytest.fixture
def file(data_directory: Path) -> Path:
    file = data_directory / "receptionist.db"
    open_store(file).close()
    return file


def step(fails: bool = False) -> ModuleType:
    """A step of the future."""
    module = ModuleType("m9999_future")
    module.revision = "9999"
    module.down_revision = STEPS[-1].revision

    def change() -> None:
        op.add_column("office", Column("mood", Text(), nullable=True))
        op.create_table("plant", Column("name", Text(), primary_key=True))
        if fails:
            op.execute("INSERT INTO nowhere VALUES (1)")

    module.upgrade = change
    return module


def run(file: Path, *steps: ModuleType) -> None:
    database = Database(file)
    try:
        upgrade(database, (*STEPS, *steps))
    finally:
        database.close()


def tables(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in names}


def copies(file: Path) -> list[Path]:
    return sorted(file.parent.glob("*.before-*"))


def test_an_upgrade_copies_the_file_first(file: Path) -> None:
    office = uuid4().hex
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE office SET name = ?", (office,))
    before = tables(file)
    run(file, step())
    assert tables(file) == before | {"plant"}
    (copy,) = copies(file)
    assert copy.name == "receptionist.before-9999.db"
    assert tables(copy) == before
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT name FROM office").fetchall() == [(office,)]
    if os.name == "posix":
        assert copy.stat().st_mode & 0o777 == 0o600


def test_a_step_that_fails_leaves_everything_as_it_was(file: Path) -> None:
    before = tables(file)
    with pytest.raises(StoreError):
        run(file, step(fails=True))
    assert tables(file) == before
    store = open_store(file)
    assert store.directory().clients == ()
    store.close()


def test_a_newer_database_is_refused_and_untouched(file: Path) -> None:
    run(file, step())
    before = file.read_bytes()
    with pytest.raises(StoreError, match="newer version"):
        open_store(file)
    assert file.read_bytes() == before


def test_a_new_or_current_database_needs_no_copy(file: Path) -> None:
    open_store(file).close()
    assert copies(file) == []


def test_every_step_follows_the_one_before() -> None:
    revisions = [None, *(one.revision for one in STEPS)]
    assert [one.down_revision for one in STEPS] == revisions[:-1]
    assert revisions[-1] == REVISION
