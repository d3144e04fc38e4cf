"""What stood on the list of call-backs before there was a work list."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Text, Uuid, column, insert, table

from receptionist.model.worklist import Disposition, WorkKind
from receptionist.store import open_store, tables
from receptionist.store.columns import Instant
from receptionist.store.engine import Database
from receptionist.store.migrations import STEPS
from receptionist.store.upgrade import upgrade
from tests.contract.store.sample import NOW, WHO
from tests.contract.store.test_worklist import LATER, item
from tests.doubles.postgres import Postgres

CALL_BACK = table(
    "call_back",
    *(column(name, Uuid()) for name in ("id", "appointment_id")),
    *(column(name, Text()) for name in ("number", "name", "reason")),
    *(column(name, Instant()) for name in ("created", "done")),
)
"""As it was before the work list."""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_call_backs_from_before_are_items_with_who_settled_them(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    where: Path | str = tmp_path / "receptionist.db"
    if kind == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        where = server.url(server.database())
    old = Database(where)
    upgrade(old, STEPS[:6])
    backs = {name: uuid4() for name in ("open", "done", "owner", "message", "moved", "push")}
    with old.writing() as connection:
        _call_back(connection, backs["open"])
        _call_back(connection, backs["done"], done=LATER, who=WHO)
        _call_back(connection, backs["owner"], done=LATER, who=None)
        _call_back(connection, backs["message"], reason="message-left")
        _call_back(connection, backs["moved"], reason="owner-moved", about=uuid4())
        _call_back(connection, backs["push"], reason="too-late", about=uuid4())
    old.close()
    store = open_store(where)
    found = {name: store.work.get(one) for name, one in backs.items()}
    assert {name: one and one.kind for name, one in found.items()} == {
        "open": WorkKind.MISSED,
        "done": WorkKind.MISSED,
        "owner": WorkKind.MISSED,
        "message": WorkKind.MESSAGE,
        "moved": WorkKind.CONFLICT,
        "push": WorkKind.PUSH,
    }
    assert found["open"] == item(id=backs["open"])
    settled = {"disposed": LATER, "done": LATER}
    assert found["done"] == item(
        id=backs["done"], disposition=Disposition.DONE, disposed_by=WHO, **settled
    )
    assert found["owner"] == item(id=backs["owner"], disposition=Disposition.NOTED, **settled)
    assert len(store.work.open()) == 4
    store.close()


def _call_back(
    connection: Connection,
    back_id: UUID,
    reason: str = "missed",
    done: Any = None,
    who: UUID | None = None,
    about: UUID | None = None,
) -> None:
    """A row as the sixth step has it."""
    values = {
        "id": back_id,
        "number": "+491713920011",
        "name": "Max Beispiel",
        "reason": reason,
        "created": NOW,
        "appointment_id": about,
        "done": done,
    }
    connection.execute(insert(CALL_BACK).values(values))
    if done is not None:
        row = {"table": "call_back", "row": back_id, "column": "done", "old": None, "new": "x"}
        connection.execute(insert(tables.change_log).values(**row, who=who, at=done))
