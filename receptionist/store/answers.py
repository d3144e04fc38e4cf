"""What was answered in calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from sqlalchemy import Connection, Select, select

from receptionist.model.call import Call
from receptionist.model.script import Answer
from receptionist.store import tables
from receptionist.store.ledger import Ledger
from receptionist.store.rows import value_of, values_of

_table = tables.answer

Ids = Sequence[UUID] | Select[tuple[UUID]]
"""Which calls: named, or looked for."""


def bring(connection: Connection, ledger: Ledger, call_id: UUID, call: Call) -> None:
    """Write the answers of a call over those that are there."""
    of_call = select(_table).where(_table.c.call_id == call_id)
    stored = {row["prompt"]: row for row in connection.execute(of_call).mappings()}
    for position, answer in enumerate(call.answers):
        values = values_of(answer, _table) | {"position": position, "client_id": call.client_id}
        row = stored.pop(answer.prompt, None)
        if row is None:
            ledger.insert(_table, {"id": uuid4(), "call_id": call_id} | values)
        else:
            ledger.update(_table, row, values)
    for row in stored.values():
        ledger.remove(_table, row)


def of_calls(connection: Connection, ids: Ids) -> Mapping[UUID, tuple[Answer, ...]]:
    """The answers of calls, in their order."""
    query = select(_table).where(_table.c.call_id.in_(ids))
    found: defaultdict[UUID, list[Answer]] = defaultdict(list)
    for row in connection.execute(query.order_by(_table.c.position)).mappings():
        found[row["call_id"]].append(value_of(Answer, row))
    return {call_id: tuple(answers) for call_id, answers in found.items()}
