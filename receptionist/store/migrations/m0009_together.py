"""Step 9: which workstation measured, callers who are two, an order of what is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the columns and indexes of this step."""
    op.add_column("errand_stretch", sa.Column("workstation_id", sa.Uuid(), nullable=True))
    op.add_column(
        "known_caller", sa.Column("apart", sa.Text(), nullable=False, server_default="[]")
    )
    op.add_column(
        "known_caller", sa.Column("language", sa.Text(), nullable=False, server_default="")
    )
    for column in (
        sa.Column("position", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("pinned", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("knowledge", column)
    for table, *columns in (
        ("task", "done"),
        ("work_item", "client_id", "done"),
        ("appointment", "client_id", "created"),
    ):
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
