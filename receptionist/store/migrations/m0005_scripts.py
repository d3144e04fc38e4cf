"""Step 5: scripts with their versions, and what is known of clients."""

from __future__ import annotations

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables of this step."""
