"""The database: everything the desk must still know after a crash. Only importer of SQLAlchemy.

`open_store` imports the heavy libraries itself, so that importing this package costs nothing; call
it on the store worker.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from receptionist.ports import Store


def open_store(where: Path | str, workstation_id: UUID | None = None) -> Store:
    """Open the database at a path (SQLite) or a `postgresql://` URL, create or upgrade it first.

    Where several workstations share one, each names itself; it is added when it is new.

    A SQLite file is copied before it is upgraded. Raises `StoreError` with a sentence that says
    what to do when it cannot be opened, is damaged, or was written by a newer program.
    """
    from receptionist.store.sqlstore import SqlStore

    return SqlStore(where, workstation_id)
