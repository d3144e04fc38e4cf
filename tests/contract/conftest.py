"""A real PostgreSQL: for the store, and for a calendar server that keeps everything in one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.doubles.postgres import Postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One cluster for all tests of the run."""
    with Postgres() as server:
        yield server
