"""Where things lie: resources that ship with the program, and the data directory of its user."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

import platformdirs

_NAME = "receptionist"
LOCK = "lock"
"""The file in the data directory that its owner holds; it is empty while nobody does."""


def resources(*parts: str) -> Path:
    """A file or folder that ships with the program, from a checkout or from a frozen bundle."""
    root = getattr(sys, "_MEIPASS", None)
    start = Path(root) if root else Path(__file__).resolve().parent.parent
    return start.joinpath("resources", *parts)


def data_directory() -> Path:
    """The user's data directory; nothing is created here."""
    return Path(platformdirs.user_data_dir(_NAME, appauthor=False))


def private_directory(path: Path) -> Path:
    """Create `path` for its owner alone (0700) if it is missing, and return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix":
        path.chmod(0o700)
    return path


def runtime_directory() -> Path:
    """A directory for local sockets that only its user may enter (0700), created if missing.

    Its path is short, because the path of a socket may not be longer than some 100 characters.
    Raises `OSError` when somebody else put something there.
    """
    if os.name != "posix":
        return Path(tempfile.gettempdir())
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and len(runtime) < 40 and os.access(runtime, os.W_OK):
        return private_directory(Path(runtime) / _NAME)
    path = Path("/tmp") / f"{_NAME}-{os.getuid()}"
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError(f"{path} belongs to somebody else or is open to others")
    return path
