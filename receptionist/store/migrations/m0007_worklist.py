"""Step 7: the work list. Call-backs become items of it, with who settled them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_LOST = ("call-lost", "engine-died", "gave-up-on-hold", "voice-not-encrypted")
_NOT_IN_CALENDAR = (
    "not-told-yet",
    "change-not-told-yet",
    "too-late",
    "password-refused",
    "password-missing",
    "no-calendar",
    "calendar-forbidden",
    "calendar-gone",
    "calendar-full",
    "object-rejected",
    "read-back-differs",
)


def upgrade() -> None:
    """Make the tables of this step and bring every call-back over."""
    op.create_table(
        "work_item",
        *_own(),
        *_texts("kind", "number", "name", "reason", "text"),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        *_instants("begins", "ends"),
        *_ids("call_id", "appointment_id", "about_id"),
        sa.Column("disposition", sa.Text(), nullable=True),
        *_texts("result"),
        *_instants("disposed"),
        *_ids("disposed_by"),
        *_instants("done"),
    )
    for columns in (("done", "due"), ("call_id",), ("number",)):
        op.create_index(f"ix_work_item_{'_'.join(columns)}", "work_item", list(columns))
    op.create_table(
        "work_attempt",
        *_own(),
        sa.Column("work_id", sa.Uuid(), sa.ForeignKey("work_item.id"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        *_ids("who"),
        *_texts("outcome", "text"),
        *_ids("call_id"),
    )
    op.create_index("ix_work_attempt_work_id", "work_attempt", ["work_id"])
    op.execute(sa.text(_BROUGHT))
    op.execute(
        sa.text("""UPDATE change_log SET "table" = 'work_item' WHERE "table" = 'call_back'""")
    )
    op.drop_table("call_back")


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


_BROUGHT = f"""
INSERT INTO work_item (
    id, client_id, kind, number, name, reason, text, created, due, call_id, appointment_id,
    disposition, result, disposed, disposed_by, done
)
SELECT
    id, client_id,
    CASE
        WHEN reason = 'message-left' THEN 'message'
        WHEN appointment_id IS NOT NULL AND reason IN ({_words(_NOT_IN_CALENDAR)}) THEN 'push'
        WHEN appointment_id IS NOT NULL THEN 'conflict'
        WHEN reason IN ({_words(_LOST)}) THEN 'lost'
        ELSE 'missed'
    END,
    number, name, reason, '', created, created, call_id, appointment_id,
    CASE WHEN done IS NULL THEN NULL WHEN who IS NULL THEN 'kn' ELSE 'ok' END,
    '', done, who, done
FROM (
    SELECT call_back.*, (
        SELECT who FROM change_log
        WHERE "table" = 'call_back' AND "row" = call_back.id AND "column" = 'done'
        ORDER BY seq DESC LIMIT 1
    ) AS who
    FROM call_back
) AS settled
"""
"""What the owner ticked off himself has nobody in the change log."""


def _own() -> list[sa.Column[Any]]:
    client = sa.Column("client_id", sa.Uuid(), sa.ForeignKey("client.id"), nullable=True)
    return [sa.Column("id", sa.Uuid(), primary_key=True), client]


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _instants(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger(), nullable=True) for name in names]


def _ids(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Uuid(), nullable=True) for name in names]
