"""Files that commands write where they were typed: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from receptionist.errors import BadInput
from receptionist.i18n import _


def write(path: Path, text: str) -> None:
    """Put `text` (line ends as they are) into the file; `BadInput` when that cannot be."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(text.encode())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        message = _("The file “{name}” cannot be written: {why}.")
        raise BadInput(message.format(name=path, why=error.strerror)) from None
