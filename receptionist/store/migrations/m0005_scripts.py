"""Step 5: scripts with their versions, and what was answered in calls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables of this step, and what a call knows of its way through a script."""
    _versions()
    op.add_column("call", sa.Column("script_id", sa.Uuid(), nullable=True))
    for name in ("reason", "language"):
        op.add_column("call", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    _answers()


def _versions() -> None:
    op.create_table(
        "script_version",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("client_id", sa.Uuid(), sa.ForeignKey("client.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("text"),
        sa.Column("who", sa.Uuid(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _text("why"),
        sa.Column("based_on", sa.Uuid(), nullable=True),
        sa.Column("counts_from", sa.BigInteger(), nullable=True),
        sa.Column("sent", sa.BigInteger(), nullable=True),
        sa.Column("approved", sa.BigInteger(), nullable=True),
        _text("approved_by"),
        _text("approved_how"),
        sa.UniqueConstraint("client_id", "number"),
    )
    op.create_index(
        op.f("ix_script_version_client_id_counts_from"),
        "script_version",
        ["client_id", "counts_from"],
    )


def _answers() -> None:
    texts = ("prompt", "label", "typed", "value", "shown")
    op.create_table(
        "answer",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("call_id", sa.Uuid(), sa.ForeignKey("call.id"), nullable=False),
        sa.Column("client_id", sa.Uuid(), sa.ForeignKey("client.id"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        *map(_text, texts),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("call_id", "prompt"),
    )


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=False)
