"""The steps lead from an empty database to exactly the tables the queries believe in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Table, insert, inspect, text

from receptionist.errors import SlotTaken
from receptionist.model.appointment import Appointment, AppointmentState, Told
from receptionist.model.editing import Part
from receptionist.model.office import Directory
from receptionist.ports import Store
from receptionist.store import open_store, tables
from receptionist.store.directory import client_values, office_values
from receptionist.store.engine import Database
from receptionist.store.migrations import STEPS
from receptionist.store.rows import values_of
from receptionist.store.upgrade import upgrade
from tests.contract.store.by_hand import saved
from tests.contract.store.conftest import Opens
from tests.contract.store.sample import NOW, TEN, WHO, appointment, firm, minutes, office
from tests.doubles.postgres import Postgres

OURS_ALONE = {
    "office",
    "office_hours",
    "receptionist",
    "workstation",
    "line",
    "calendar_account",
    "agent_period",
}
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


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_stood_in_the_first_tables_stands_in_the_new_ones(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    where: Path | str = tmp_path / "receptionist.db"
    if kind == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        where = server.url(server.database())
    first, wanted = Database(where), office()
    upgrade(first, STEPS[:1])
    booked = appointment(wanted)
    with first.writing() as connection:
        _fill(connection, wanted)
        _put(connection, tables.appointment, _row(booked) | {"dirty": True})
    first.close()
    store = open_store(where)
    assert store.directory() == wanted
    assert store.outbox() == (booked,)
    for taken in (booked.start, booked.start + minutes(29)):
        with pytest.raises(SlotTaken):
            store.bookings.book_all((appointment(wanted, start=taken),), WHO, NOW)
    assert store.agents.since(NOW) == ()
    assert store.editing.remove(Part.LINE, wanted.lines[0].id, WHO, NOW).lines == ()
    store.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_was_confirmed_before_can_be_moved_afterwards(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Its push asks what the owner's calendar said of it."""
    where: Path | str = tmp_path / "receptionist.db"
    if kind == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        where = server.url(server.database())
    first, wanted = Database(where), office()
    upgrade(first, STEPS[:1])
    confirmed = appointment(wanted, state=AppointmentState.CONFIRMED, confirmed=NOW)
    waiting = appointment(wanted, start=TEN + minutes(60), caller_name="")
    with first.writing() as connection:
        _fill(connection, wanted)
        for one in (confirmed, waiting):
            _put(connection, tables.appointment, _row(one) | {"dirty": False})
    first.close()
    store = open_store(where)
    now, other = (store.bookings.get(one.id) for one in (confirmed, waiting))
    assert now is not None
    assert now.told == Told(start=TEN, end=TEN + minutes(30), summary=confirmed.summary)
    assert other == waiting
    store.close()


def test_two_of_the_staff_may_be_booked_at_once_and_one_may_not(
    store: Store, directory: Directory
) -> None:
    calendar = replace(directory.calendars[0], id=uuid4())
    saved(store, None, firm(), (calendar,), ())
    office = store.directory()
    erika, max_ = (one.id for one in office.clients[-1].staff)
    for staff_id in (erika, max_, None):
        store.bookings.book_all((appointment(office, "firma", staff_id=staff_id),), WHO, NOW)
    for staff_id in (erika, max_, None):
        with pytest.raises(SlotTaken):
            store.bookings.book_all((appointment(office, "firma", staff_id=staff_id),), WHO, NOW)


def _row(one: Appointment) -> dict[str, Any]:
    blocked = one.blocked
    values = values_of(one, tables.appointment)
    return values | {"blocked_start": blocked.start, "blocked_end": blocked.end}


def _put(connection: Connection, table: Table, *rows: dict[str, Any]) -> None:
    """Rows with the columns that were there already."""
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    for position, row in enumerate(rows):
        values = {"position": position, **row}
        known = {name: value for name, value in values.items() if name in there}
        connection.execute(insert(table).values(known))


def _fill(connection: Connection, wanted: Directory) -> None:
    """The office, written as the first tables take it."""

    put = partial(_put, connection)

    put(tables.office, office_values(wanted.office))
    put(tables.receptionist, values_of(wanted.receptionist, tables.receptionist))
    put(tables.workstation, values_of(wanted.workstation, tables.workstation))
    put(tables.line, *(values_of(one, tables.line) for one in wanted.lines))
    accounts = tables.calendar_account
    put(accounts, *(values_of(one, accounts) for one in wanted.accounts))
    put(tables.client, *map(client_values, wanted.clients))
    calendars = tables.owner_calendar
    put(calendars, *(values_of(one, calendars) for one in wanted.calendars))
    for one in wanted.clients:
        of = {"client_id": one.id}
        put(tables.dialled_number, *({"id": uuid4(), "number": n} | of for n in one.dialled))
        kinds, hours = tables.appointment_kind, tables.bookable_hours
        put(kinds, *(values_of(kind, kinds) | of for kind in one.kinds))
        put(hours, *(values_of(hour, hours) | of | {"id": uuid4()} for hour in one.hours))
