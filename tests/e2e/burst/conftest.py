"""A real calendar server for the day."""

from __future__ import annotations

from tests.contract.calendars.conftest import radicale_server, radicale_side

__all__ = ["radicale_server", "radicale_side"]
