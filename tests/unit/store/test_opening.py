"""Opening a SQLite file: private, durable, and in plain words when it cannot be."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist.errors import StoreError
from receptionist.model.worklist import WorkItem, WorkKind
from receptionist.store import open_store
from receptionist.store.engine import Database

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def file(data_directory: Path) -> Path:
    return data_directory / "receptionist.db"


def call_back(words: str = "") -> WorkItem:
    return WorkItem(
        id=uuid4(),
        client_id=None,
        kind=WorkKind.MISSED,
        number="+493023125001",
        name=words,
        created=NOW,
        due=NOW,
    )


def test_importing_the_package_imports_nothing_heavy() -> None:
    heavy = "{'sqlalchemy', 'alembic', 'mako'} & set(sys.modules)"
    code = f"import sys, receptionist.store; print({heavy})"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout == "set()\n"


def test_a_current_database_is_opened_without_alembic(file: Path) -> None:
    open_store(file).close()
    code = (
        "import sys, pathlib; from receptionist.store import open_store\n"
        "open_store(pathlib.Path(sys.argv[1])).close()\n"
        "print({'alembic', 'mako', 'sqlalchemy.orm'} & set(sys.modules))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(file)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert found.stdout == "set()\n"


def test_opening_says_nothing_on_standard_output(
    file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    open_store(file).close()
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps it by the rights of the profile")
def test_the_files_are_the_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "receptionist.db"
    store = open_store(file)
    store.work.add(call_back())
    names = {one.name: one.stat().st_mode & 0o777 for one in file.parent.iterdir()}
    assert names == {
        "receptionist.db": 0o600,
        "receptionist.db-wal": 0o600,
        "receptionist.db-shm": 0o600,
    }
    assert file.parent.stat().st_mode & 0o777 == 0o700
    store.close()
    file.chmod(0o644)
    open_store(file).close()
    assert file.stat().st_mode & 0o777 == 0o600


def test_what_makes_it_durable_is_on(file: Path) -> None:
    database = Database(file)
    with database.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.close()
    full = 2
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
    }


def test_a_file_that_is_no_database(file: Path) -> None:
    file.write_bytes(b"Dear diary, today nobody called. " * 100)
    with pytest.raises(StoreError, match="damaged or is not one"):
        open_store(file)
    assert file.read_bytes().startswith(b"Dear diary")


def test_the_database_of_another_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE cookies (name TEXT)")
    with pytest.raises(StoreError, match="not made by this program"):
        open_store(file)


def test_a_damaged_database(file: Path) -> None:
    store = open_store(file)
    for _ in range(200):
        store.work.add(call_back("x" * 500))
    store.close()
    with file.open("r+b") as pages:
        pages.seek(4096)
        pages.write(os.urandom(file.stat().st_size - 4096))
    with pytest.raises(StoreError, match="damaged"):
        open_store(file).work.open()


def test_a_folder_in_its_place(file: Path) -> None:
    file.mkdir()
    with pytest.raises(StoreError, match="may write to its folder"):
        open_store(file)


def test_a_path_that_cannot_be(file: Path) -> None:
    file.write_text("")
    with pytest.raises(StoreError, match="may write to its folder"):
        open_store(file / "receptionist.db")


def test_another_program_holds_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(file).close()
    quick = ("PRAGMA busy_timeout = 50", "PRAGMA journal_mode = WAL")
    monkeypatch.setattr("receptionist.store.engine._PRAGMAS", quick)
    store = open_store(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="Another program holds"):
            store.work.add(call_back())
        assert store.work.open() == ()
    store.work.add(call_back())
    store.close()


@pytest.mark.skipif(os.name != "posix", reason="only POSIX limits the size of files")
def test_a_full_disk_loses_nothing_that_was_saved(file: Path) -> None:
    store = open_store(file)
    kept = [call_back(str(n)) for n in range(5)]
    for one in kept:
        store.work.add(one)
    with _files_end_at(file.with_name("receptionist.db-wal").stat().st_size + 1000):
        with pytest.raises(StoreError, match="disk"):
            store.work.add(call_back("x" * 10_000))
        assert len(store.work.open()) == 5
    store.work.add(last := call_back("again"))
    assert {one.id for one in store.work.open()} == {one.id for one in [*kept, last]}
    store.close()


@contextmanager
def _files_end_at(size: int) -> Iterator[None]:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("oracle+nonsense://x/y", "begins with postgresql://"),
        ("postgresql://127.0.0.1:1/nothing", "does not answer"),
        ("postgresql://office@/nothing?host=/nowhere", "does not answer"),
    ],
)
def test_addresses_that_lead_nowhere(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        open_store(url)
