"""Where things lie: resources that ship with the program, and the data directory of its user."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

_NAME = "receptionist"


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
