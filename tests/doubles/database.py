"""A database as its first start, or an import, leaves it: made once a run, as that takes long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from receptionist.model.office import Directory
from receptionist.ports import Store
from receptionist.store import open_store


def open_new(file: Path) -> Store:
    """Open the database; one that is not there yet is not made, but copied."""
    if not file.exists():
        _write(file, _new())
    return open_store(file)


def furnish(file: Path, office: Callable[[], Directory], at: datetime) -> None:
    """Make a database in which `office` has been imported."""
    _write(file, _furnished(office, at))


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_bytes(content)
    file.chmod(0o600)


@cache
def _new() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "receptionist.db"
        open_store(file).close()
        return file.read_bytes()


@cache
def _furnished(office: Callable[[], Directory], at: datetime) -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "receptionist.db"
        store = open_new(file)
        store.save_directory(office(), store.directory().receptionist.id, at)
        store.close()
        return file.read_bytes()
