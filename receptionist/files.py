"""Files that people choose for what leaves the program: whole or not at all, theirs alone."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from pathlib import Path

from receptionist.errors import BadInput
from receptionist.i18n import _

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def file_name(*parts: str, ending: str) -> str:
    """A name that every system takes, e.g. `Malerbetrieb Muster 2026-11-24.pdf`."""
    words = _NOT_IN_NAMES.sub(" ", " ".join(parts))
    return " ".join(words.split())[:120].strip(". ") + ending


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; `BadInput` says why it could not be."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
        draft = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            draft.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink()
            raise
    except OSError as error:
        words = _("{path} cannot be written: {reason}. Choose another folder.")
        raise BadInput(words.format(path=path, reason=error.strerror or error)) from error
