"""Letters to callers: once a state of an appointment, unless it did not get away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, or_, select, update

from receptionist.model.letter import Letter, LetterState
from receptionist.store import tables
from receptionist.store.engine import Database
from receptionist.store.rows import value_of, values_of

_table = tables.letter


class SqlLetters:
    """The port `LetterStore`, which says what each method does. Store worker."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, letter: Letter) -> bool:
        with self._database.writing() as connection:
            here = _table.c.id == letter.id
            known = connection.execute(select(_table.c.state).where(here)).scalar()
            if known is None:
                connection.execute(insert(_table).values(values_of(letter, _table)))
            elif known in (LetterState.REFUSED, LetterState.UNKNOWN):
                connection.execute(update(_table).where(here).values(values_of(letter, _table)))
            else:
                return False
            return True

    def due(self, at: datetime) -> tuple[Letter, ...]:
        waits = _table.c.state == LetterState.WAITING
        now = or_(_table.c.next_attempt.is_(None), _table.c.next_attempt <= at)
        with self._database.reading() as connection:
            query = select(_table).where(waits, now).order_by(_table.c.created, _table.c.id)
            return tuple(value_of(Letter, row) for row in connection.execute(query).mappings())

    def take(self, letter: Letter) -> bool:
        same = (_table.c.id == letter.id) & (_table.c.attempts == letter.attempts)
        waits = update(_table).where(same, _table.c.state == LetterState.WAITING)
        with self._database.writing() as connection:
            return connection.execute(waits.values(state=LetterState.UNKNOWN)).rowcount == 1

    def settle(self, letter: Letter) -> None:
        with self._database.writing() as connection:
            here = update(_table).where(_table.c.id == letter.id)
            connection.execute(here.values(values_of(letter, _table)))

    def of(self, appointment_id: UUID) -> tuple[Letter, ...]:
        with self._database.reading() as connection:
            query = select(_table).where(_table.c.appointment_id == appointment_id)
            rows = connection.execute(query.order_by(_table.c.created, _table.c.id)).mappings()
            return tuple(value_of(Letter, row) for row in rows)
