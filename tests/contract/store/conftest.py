"""Every case of this folder runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from receptionist.model.office import Directory
from receptionist.ports import Store
from receptionist.store import open_store
from tests.contract.store.sample import NOW, WHO, office
from tests.doubles.database import open_new
from tests.doubles.postgres import Postgres

Opens = Callable[[], Store]


@pytest.fixture(scope="session")
def migrated(postgres: Postgres) -> str:
    """The name of a database that was opened once, to be copied."""
    name = postgres.database()
    open_store(postgres.url(name)).close()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """A database that is new: a path or a URL."""
    if request.param == "sqlite":
        return tmp_path / "Büro Muster" / "receptionist.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.url(server.database(request.getfixturevalue("migrated")))


@pytest.fixture
def opens(where: Path | str) -> Iterator[Opens]:
    """Opens the same database again and again; closed at the end."""
    opened: list[Store] = []

    def opening() -> Store:
        opened.append(open_new(where) if isinstance(where, Path) else open_store(where))
        return opened[-1]

    yield opening
    for store in opened:
        store.close()


@pytest.fixture
def store(opens: Opens) -> Store:
    return opens()


@pytest.fixture
def directory(store: Store) -> Directory:
    """The sample office, as the store holds it."""
    return store.save_directory(office(), WHO, NOW)


@pytest.fixture
def sql(where: Path | str, store: Store) -> Iterator[Connection]:
    """A connection of one's own, to look behind the store's back."""
    url = f"sqlite:///{where}" if isinstance(where, Path) else where
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection
    engine.dispose()
