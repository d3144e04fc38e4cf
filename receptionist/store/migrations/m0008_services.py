"""Step 8: what is agreed with clients, errands with their time, and whose call a wrap-up was of."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the tables of this step."""
    _table("agreed_service", _count("position"), *_texts("kind", "title"))
    op.create_index("ix_agreed_service_client_id", "agreed_service", ["client_id"])
    _table(
        "errand",
        *_texts("kind", "title"),
        _reference("receptionist_id", "receptionist"),
        _reference("workstation_id", "workstation"),
        _at("created", nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        *_texts("text", "result"),
        _at("finished"),
        _at("removed"),
    )
    for columns in (("finished",), ("client_id", "finished"), ("call_id",)):
        op.create_index(f"ix_errand_{'_'.join(columns)}", "errand", list(columns))
    _table(
        "errand_stretch",
        _reference("errand_id", "errand"),
        _count("position"),
        _at("start", nullable=False),
        _at("seen", nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        *_texts("end"),
        sa.UniqueConstraint("errand_id", "position"),
    )
    op.create_index("ix_errand_stretch_end", "errand_stretch", ["end"])
    op.add_column("agent_period", sa.Column("call_id", sa.Uuid(), nullable=True))
    op.create_index("ix_agent_period_call_id", "agent_period", ["call_id"])


def _table(name: str, *columns: Any) -> None:
    own = sa.Column("id", sa.Uuid(), primary_key=True)
    op.create_table(name, own, _reference("client_id", "client"), *columns)


def _reference(name: str, target: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), sa.ForeignKey(f"{target}.id"), nullable=False)


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _count(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _at(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)
