"""Looking up calls and appointments by words, by the caller's number, and what was changed.

The database narrows by patterns that both kinds understand alike; `model.sought` then decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, or_, select

from receptionist.model.appointment import Appointment
from receptionist.model.call import Call
from receptionist.model.editing import Change
from receptionist.model.number import normalised
from receptionist.model.sought import Sought, Term, sought
from receptionist.store import calls, tables
from receptionist.store.engine import Database
from receptionist.store.rows import Row, value_of

_AT_ONCE = 200
_ESCAPE = "\\"
_ALIKE = 4
"""So many last digits are compared before a number is taken apart."""
_NO_DIGIT = re.compile(r"[^0-9]+")
_CALL_TEXTS = ("caller_name", "signalled_name", "note")
_CALL_NUMBERS = ("caller_number", "signalled_number")
_BOOKED_TEXTS = ("caller_name", "note", "kind_name")
_BOOKED_NUMBERS = ("caller_number",)


class SqlFinding:
    """The port `FindingStore` on a SQL database. Store worker.

    A typed number is kept as it was typed and normalised when it is compared.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def calls(self, words: str, client_id: UUID | None, limit: int) -> tuple[Call, ...]:
        table = tables.call
        with self._database.reading() as connection:
            wanted = sought(words, _region(connection))
            query = _narrowed(table, wanted, _CALL_TEXTS, _CALL_NUMBERS)
            if client_id is not None:
                query = query.where(table.c.client_id == client_id)
            query = query.order_by(table.c.started.desc(), table.c.id)
            ids = _ids(connection, query, wanted, _CALL_TEXTS, _CALL_NUMBERS, limit)
            return calls.of_ids(connection, ids)

    def appointments(self, words: str, client_id: UUID, limit: int) -> tuple[Appointment, ...]:
        table = tables.appointment
        with self._database.reading() as connection:
            wanted = sought(words, _region(connection))
            query = _narrowed(table, wanted, _BOOKED_TEXTS, _BOOKED_NUMBERS)
            query = query.where(table.c.client_id == client_id)
            query = query.order_by(table.c.start.desc(), table.c.id)
            ids = _ids(connection, query, wanted, _BOOKED_TEXTS, _BOOKED_NUMBERS, limit)
            return _appointments(connection, table.c.id.in_(ids), limit)

    def calls_with(self, client_id: UUID, number: str, limit: int) -> tuple[Call, ...]:
        table = tables.call
        if not number:
            return ()
        with self._database.reading() as connection:
            typed = _typed_as(connection, table, client_id, number)
            mine = select(table.c.id).where(table.c.client_id == client_id)
            either = mine.where(table.c.signalled_number == number).union(
                mine.where(table.c.caller_number.in_(typed))
            )  # each has its index; one question for both goes through all calls of the client
            query = select(table).where(table.c.id.in_(either))
            return calls.read(connection, _newest(query, table.c.started, limit))

    def appointments_with(
        self, client_id: UUID, number: str, limit: int
    ) -> tuple[Appointment, ...]:
        table = tables.appointment
        if not number:
            return ()
        with self._database.reading() as connection:
            typed = _typed_as(connection, table, client_id, number)
            where = and_(table.c.client_id == client_id, table.c.caller_number.in_(typed))
            return _appointments(connection, where, limit)

    def changes(self, row: UUID) -> tuple[Change, ...]:
        log = tables.change_log
        query = select(log).where(log.c.row == row).order_by(log.c.seq)
        with self._database.reading() as connection:
            return tuple(value_of(Change, one) for one in connection.execute(query).mappings())


def _typed_as(connection: Connection, table: Table, client_id: UUID, number: str) -> list[str]:
    """Every way in which this number stands in the rows of a client."""
    region, column = _region(connection), table.c.caller_number
    ending = _NO_DIGIT.sub("", number)[-_ALIKE:]
    alike = select(column).where(
        table.c.client_id == client_id, column > "", column.like("%".join(("", *ending, "")) or "%")
    )
    typed = connection.execute(alike.distinct()).scalars()
    close = [one for one in typed if _NO_DIGIT.sub("", one).endswith(ending)]
    return [one for one in close if normalised(one, region) == number]


def _appointments(
    connection: Connection, where: ColumnElement[bool], limit: int
) -> tuple[Appointment, ...]:
    table = tables.appointment
    query = _newest(select(table).where(where), table.c.start, limit)
    return tuple(value_of(Appointment, row) for row in connection.execute(query).mappings())


def _newest(query: Select[Any], instant: ColumnElement[Any], limit: int) -> Select[Any]:
    key = query.selected_columns["id"]
    return query.order_by(instant.desc(), key).limit(limit)


def _ids(
    connection: Connection,
    query: Select[Any],
    wanted: Sought,
    texts: Sequence[str],
    numbers: Sequence[str],
    limit: int,
) -> list[UUID]:
    """The keys of the first rows that answer; reads no further than it must."""
    if not wanted or limit < 1:
        return []
    found: list[UUID] = []
    reader = connection.execution_options(yield_per=_AT_ONCE)
    with reader.execute(query) as rows:
        for row in rows.mappings():
            if wanted.found_in(_values(row, texts), _values(row, numbers)):
                found.append(row["id"])
                if len(found) == limit:
                    break
    return found


def _values(row: Row, names: Sequence[str]) -> list[str]:
    return [row[name] for name in names]


def _narrowed(
    table: Table, wanted: Sought, texts: Sequence[str], numbers: Sequence[str]
) -> Select[Any]:
    columns = [table.c[name] for name in ("id", *texts, *numbers)]
    in_texts, in_numbers = [table.c[name] for name in texts], [table.c[name] for name in numbers]
    return select(*columns).where(*(_maybe(term, in_texts, in_numbers) for term in wanted.terms))


def _maybe(
    term: Term, texts: Sequence[ColumnElement[str]], numbers: Sequence[ColumnElement[str]]
) -> ColumnElement[bool]:
    """Never false where the term occurs; now and then true where it does not."""
    words = and_(*(_any(texts, _word_pattern(word)) for word in term.words))
    return or_(words, *(_any(numbers, "%".join(("", *digits, ""))) for digits in term.digits))


def _any(columns: Sequence[ColumnElement[str]], pattern: str) -> ColumnElement[bool]:
    return or_(*(column.ilike(pattern, escape=_ESCAPE) for column in columns))


def _word_pattern(word: str) -> str:
    """SQLite knows the case of ASCII alone, so any other letter may be anything, and so may `ss`
    and a dotted `i`, which `ß` and `İ` are when they are folded. Letters that no keyboard has
    (ligatures) are not found."""
    parts = ["%"]
    for letter in word.replace("ss", "ß").replace("i\u0307", "\u0307"):
        plain = f"{_ESCAPE}{letter}" if letter in "%_\\" else letter
        parts.append(plain if letter.isascii() else "%")
    return "".join((*parts, "%"))


def _region(connection: Connection) -> str:
    return str(connection.execute(select(tables.office.c.region)).scalar_one())
