"""Who is to be called back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from receptionist.errors import NotFound
from receptionist.i18n import _
from receptionist.model.call import CallBack
from receptionist.reasons import Reason
from receptionist.store import tables
from receptionist.store.failures import stale
from receptionist.store.ledger import Ledger
from receptionist.store.rows import value_of, values_of

_table = tables.call_back


def add(connection: Connection, call_back: CallBack) -> bool:
    """Put somebody on the list; False when he is on it. One that was done is open again.

    Who is on it because nobody answered, and has left a message after all, is there for that.
    """
    query = select(_table).where(_table.c.id == call_back.id)
    row = connection.execute(query).mappings().first()
    if row is None:
        connection.execute(insert(_table).values(values_of(call_back, _table)))
        return True
    now: dict[str, Any] = {"done": None}
    if call_back.reason == Reason.MESSAGE_LEFT:
        now["reason"] = call_back.reason
    return Ledger(connection, None, call_back.created).update(_table, row, now)


def finish(connection: Connection, call_back_id: UUID, who: UUID | None, at: datetime) -> None:
    """Done now; `StaleRow` when somebody else was faster."""
    query = select(_table).where(_table.c.id == call_back_id)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(_("This call-back is not on the list."))
    if row["done"] is not None:
        raise stale()
    Ledger(connection, who, at).update(_table, row, {"done": at})


def waiting(connection: Connection) -> tuple[CallBack, ...]:
    """Those not done yet, oldest first."""
    query = select(_table).where(_table.c.done.is_(None)).order_by(_table.c.created, _table.c.id)
    return tuple(value_of(CallBack, row) for row in connection.execute(query).mappings())


def follow(connection: Connection, ledger: Ledger, call_id: UUID, client_id: UUID | None) -> None:
    """The call belongs to another client now, and so do its call-backs."""
    query = select(_table).where(_table.c.call_id == call_id)
    for row in connection.execute(query).mappings().all():
        ledger.update(_table, row, {"client_id": client_id})
