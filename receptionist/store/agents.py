"""When who was ready, on a break, in wrap-up: periods that are written once and ended once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, or_, select, update

from receptionist.model.agent import AgentPeriod
from receptionist.store import tables
from receptionist.store.engine import Database
from receptionist.store.rows import value_of, values_of

_table = tables.agent_period
_LATE = ("ended", "seconds")


class SqlAgents:
    """`ports.AgentStore` on a SQL database, each method a transaction. Store worker."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, period: AgentPeriod) -> None:
        """Insert a period, or write the end of one that has none; an end is never changed."""
        values = values_of(period, _table)
        here = _table.c.id == period.id
        with self._database.writing() as connection:
            if connection.execute(select(_table.c.id).where(here)).first() is None:
                connection.execute(insert(_table).values(values))
            elif period.ended is not None:
                late = {name: values[name] for name in _LATE}
                still_open = _table.c.ended.is_(None)
                connection.execute(update(_table).where(here, still_open).values(late))

    def close_open(self, workstation_id: UUID, at: datetime) -> None:
        """How long it lasted nobody has measured."""
        here = _table.c.workstation_id == workstation_id
        left_open = (here, _table.c.ended.is_(None), _table.c.started < at)
        with self._database.writing() as connection:
            connection.execute(update(_table).where(*left_open).values(ended=at))

    def since(self, at: datetime) -> tuple[AgentPeriod, ...]:
        lasting = or_(_table.c.ended.is_(None), _table.c.ended > at)
        open_last = _table.c.ended.is_(None)
        in_order = (_table.c.started, open_last, _table.c.ended, _table.c.id)
        query = select(_table).where(lasting).order_by(*in_order)
        with self._database.reading() as connection:
            return tuple(value_of(AgentPeriod, row) for row in connection.execute(query).mappings())
