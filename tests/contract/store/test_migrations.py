"""The steps lead from an empty database to exactly the tables the queries believe in."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from receptionist.store import tables
from receptionist.store.migrations import STEPS
from tests.contract.store.conftest import Opens

OURS_ALONE = {"office", "receptionist", "workstation", "line", "calendar_account", "agent_period"}
"""Tables of the office itself."""


def test_the_steps_make_the_tables(sql: Connection) -> None:
    context = MigrationContext.configure(sql)
    assert compare_metadata(context, tables.metadata) == []
    assert context.get_current_revision() == STEPS[-1].revision


def test_the_comparison_would_see_a_difference(sql: Connection) -> None:
    sql.execute(text("DROP INDEX ix_call_ended"))
    sql.execute(text("ALTER TABLE office ADD COLUMN mood TEXT"))
    found = compare_metadata(MigrationContext.configure(sql), tables.metadata)
    assert sorted(entry[0] for entry in found) == ["add_index", "remove_column"]


def test_opening_again_changes_nothing(where: Path | str, opens: Opens) -> None:
    first = opens().directory()
    assert opens().directory() == first
    if isinstance(where, Path):
        assert [file.name for file in where.parent.glob("*before*")] == []


def test_every_row_of_a_client_carries_its_id(sql: Connection) -> None:
    names = set(inspect(sql).get_table_names()) - OURS_ALONE - {"client", "alembic_version"}
    for name in names:
        assert "client_id" in {column["name"] for column in inspect(sql).get_columns(name)}, name
