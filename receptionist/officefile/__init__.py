"""The office file (`format = 1`, TOML): the office, its lines, its clients, their calendars.

Its keys are explained in `resources/templates/office.toml`. It never holds a password.
"""

from __future__ import annotations

from pathlib import Path

from receptionist.errors import BadInput, WrongFile
from receptionist.i18n import _
from receptionist.model.office import Directory
from receptionist.officefile.parse import parse
from receptionist.officefile.write import write

__all__ = ["load", "parse", "write"]

_LIMIT = 16 * 1024 * 1024


def load(path: Path, known: Directory | None = None) -> Directory:
    """Read and `parse` a file. Raises `WrongFile`; a sentence says when it cannot be opened."""
    try:
        with path.open("rb") as file:
            content = file.read(_LIMIT + 1)
    except OSError as error:
        message = _("The file “{name}” cannot be opened: {why}.")
        raise WrongFile(
            [BadInput(message.format(name=path.name, why=error.strerror or error))]
        ) from None
    if len(content) > _LIMIT:
        raise WrongFile([BadInput(_("This is no office file: it is larger than 16 MiB."))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = _("The file is not UTF-8. Save it as UTF-8 in your editor.")
        raise WrongFile([BadInput(message, line=line)]) from None
    return parse(text, known)
