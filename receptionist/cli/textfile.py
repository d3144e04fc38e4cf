"""Text files that a command is given: read where it was typed."""

from __future__ import annotations

import sys
from pathlib import Path

from receptionist.errors import BadInput
from receptionist.i18n import _

LARGEST = 16 * 1024 * 1024


def read_text(name: str) -> str:
    """The text of a file, or with “-” of standard input. Raises `BadInput`."""
    content = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _content(Path(name))
    if len(content) > LARGEST:
        raise BadInput(_("This file is larger than 16 MiB."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = _("Line {number}: the file is not UTF-8. Save it as UTF-8 in your editor.")
        raise BadInput(message.format(number=line), line=line) from None


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        message = _("The file “{name}” cannot be opened: {why}.")
        raise BadInput(message.format(name=path, why=error.strerror)) from None
