"""A database as its first start leaves it: made once a run, because the steps to it take long."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from receptionist.ports import Store
from receptionist.store import open_store


def open_new(file: Path) -> Store:
    """Open the database; one that is not there yet is not made, but copied."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_bytes(_new())
        file.chmod(0o600)
    return open_store(file)


@cache
def _new() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "receptionist.db"
        open_store(file).close()
        return file.read_bytes()
