"""Items of the work list on their way into owners' task lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, and_, delete, insert, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from receptionist.model.task import TaskPlace
from receptionist.model.worklist import WorkItem
from receptionist.store import tables, worklist
from receptionist.store.engine import Database
from receptionist.store.rows import value_of, values_of

_table, _items = tables.task, tables.work_item


class SqlTasks:
    """The port `TaskStore`, which says what each method does. Store worker."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, task: TaskPlace, *, again: bool = False) -> None:
        with self._database.writing() as connection:
            here = _table.c.id == task.id
            done = connection.execute(select(_table.c.done).where(here)).scalar()
            if done is None and _owner(connection, task.id) == task.client_id:
                connection.execute(insert(_table).values(values_of(task, _table)))
            elif done and again:
                anew = {"done": False, "dirty": True, "attempts": 0, "next_attempt": None}
                connection.execute(update(_table).where(here).values(anew))

    def due(self, at: datetime) -> tuple[tuple[TaskPlace, WorkItem], ...]:
        """Also those whose item has left since they were written."""
        waits = or_(_table.c.dirty, and_(~_table.c.done, _items.c.done.is_not(None)))
        now = or_(_table.c.next_attempt.is_(None), _table.c.next_attempt <= at)
        query = (
            select(_table, _items.c.done.label("settled"))
            .join(_items, _items.c.id == _table.c.id)
            .where(waits, now)
            .order_by(_items.c.created, _table.c.id)
        )
        with self._database.reading() as connection:
            places = connection.execute(query).mappings().all()
            ids = [row["id"] for row in places]
            of = worklist.by_ids(connection, ids)
            return tuple((value_of(TaskPlace, row), of[row["id"]]) for row in places)

    def settle(self, task: TaskPlace) -> None:
        with self._database.writing() as connection:
            values = values_of(task, _table)
            if _owner(connection, task.id) != task.client_id:
                values["dirty"] = True
            connection.execute(update(_table).where(_here(task)).values(values))

    def leave(self, task: TaskPlace, lists: Mapping[UUID, UUID]) -> None:
        with self._database.writing() as connection:
            if not connection.execute(delete(_table).where(_here(task))).rowcount:
                return
            open_for = _owner(connection, task.id, _items.c.done.is_(None))
            if open_for is not None and open_for in lists:
                anew = TaskPlace(id=task.id, client_id=open_for, calendar_id=lists[open_for])
                connection.execute(insert(_table).values(values_of(anew, _table)))

    def places(self, calendar_id: UUID) -> tuple[TaskPlace, ...]:
        here = (_table.c.calendar_id == calendar_id) & ~_table.c.done
        with self._database.reading() as connection:
            rows = connection.execute(select(_table).where(here)).mappings()
            return tuple(value_of(TaskPlace, row) for row in rows)


def follow(connection: Connection, call_id: UUID) -> None:
    """Items of a call that belong to another client now have to leave the list of the first one."""
    moved = select(_items.c.id).where(
        _items.c.call_id == call_id, _items.c.client_id.is_distinct_from(_table.c.client_id)
    )
    now = {"dirty": True, "attempts": 0, "next_attempt": None}
    here = _table.c.id.in_(moved.correlate(_table))
    connection.execute(update(_table).where(here).values(now))


def _here(task: TaskPlace) -> ColumnElement[bool]:
    """As long as it stands in the same list."""
    return (_table.c.id == task.id) & (_table.c.calendar_id == task.calendar_id)


def _owner(connection: Connection, item_id: UUID, *only_if: ColumnElement[bool]) -> UUID | None:
    """The client of an item."""
    query = select(_items.c.client_id).where(_items.c.id == item_id, *only_if)
    return connection.execute(query).scalar()
