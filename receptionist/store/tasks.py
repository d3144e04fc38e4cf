"""Items of the work list on their way into owners' task lists."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, insert, or_, select, update

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
            if done is None:
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
            here = update(_table).where(_table.c.id == task.id)
            connection.execute(here.values(values_of(task, _table)))

    def places(self, calendar_id: UUID) -> tuple[TaskPlace, ...]:
        here = (_table.c.calendar_id == calendar_id) & ~_table.c.done
        with self._database.reading() as connection:
            rows = connection.execute(select(_table).where(here)).mappings()
            return tuple(value_of(TaskPlace, row) for row in rows)
