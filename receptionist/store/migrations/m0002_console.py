"""Step 2: states of receptionists, parts of the directory that were taken out, look-ups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

REMOVABLE = ("line", "client", "appointment_kind", "calendar_account", "owner_calendar")


def upgrade() -> None:
    """Add one table, one column each, how calls were connected, and callers' numbers' indices."""
    _agent_period()
    for table in REMOVABLE:
        op.add_column(table, sa.Column("removed", sa.BigInteger(), nullable=True))
    op.add_column("call", sa.Column("consults_for", sa.Uuid(), nullable=True))
    text = sa.Column("connected_to", sa.Text(), nullable=False, server_default="")
    op.add_column("call", text)
    _index("appointment", "client_id", "caller_number")
    _index("call", "client_id", "caller_number")
    _index("call", "client_id", "signalled_number")


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _agent_period() -> None:
    op.create_table(
        "agent_period",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("receptionist_id", sa.Uuid(), sa.ForeignKey("receptionist.id"), nullable=False),
        sa.Column("workstation_id", sa.Uuid(), sa.ForeignKey("workstation.id"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
    )
    for column in ("started", "ended"):
        _index("agent_period", column)
