"""Step 6: contacts, who is on call, callers."""

from __future__ import annotations

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables of this step."""
