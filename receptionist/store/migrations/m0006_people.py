"""Step 6: contacts, who is on call, what is known of clients, and callers."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables of this step."""
    _keyed(
        "contact",
        *_texts("role", "numbers", "email", "note", "hours"),
        _flag("is_owner"),
        *_texts("staff"),
        _flag("urgent"),
        sa.Column("standing", sa.Text(), nullable=True),
    )
    _keyed("on_call_rota", *_texts("shifts", "others", "fallbacks", "needed"))
    _table("knowledge", *_texts("kind", "title", "text", "words", "language"))
    _table(
        "known_caller",
        *_texts("number", "name"),
        _flag("vip"),
        _flag("blocked"),
        *_texts("note"),
        sa.Column("into_id", sa.Uuid(), nullable=True),
    )
    _table(
        "caller_notice",
        sa.Column("caller_id", sa.Uuid(), sa.ForeignKey("known_caller.id"), nullable=False),
        *_texts("text"),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("receptionist.id"), nullable=False),
        _at("expires"),
        _at("told"),
        sa.Column("told_by", sa.Uuid(), sa.ForeignKey("receptionist.id"), nullable=True),
        sa.Column("call_id", sa.Uuid(), nullable=True),
    )
    op.create_index("ix_caller_notice_caller_id", "caller_notice", ["caller_id"])


def _keyed(name: str, *columns: sa.Column[Any]) -> None:
    """A table whose rows have keys, each once for a client."""
    once = sa.UniqueConstraint("client_id", "key")
    op.create_table(name, *_own(), *_texts("key", "name"), *columns, _at("removed"), once)


def _table(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(name, *_own(), *columns, _at("removed"))
    op.create_index(f"ix_{name}_client_id", name, ["client_id"])


def _own() -> list[sa.Column[Any]]:
    client = sa.Column("client_id", sa.Uuid(), sa.ForeignKey("client.id"), nullable=False)
    return [sa.Column("id", sa.Uuid(), primary_key=True), client]


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _at(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=True)
