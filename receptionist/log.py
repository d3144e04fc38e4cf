"""The log: a file in the data directory that turns over, and standard error. English, plain text.

Every line goes through one formatter that hides what must not be kept: passwords and tokens are
removed, telephone numbers lose their last digits, and control characters are escaped, so that
nothing a caller or a server sends can forge a line or speak to a terminal.
"""

from __future__ import annotations

import logging
import re
import sys
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from receptionist.paths import private_directory

FILE_BYTES = 2_000_000
FILES_KEPT = 5

_LAYOUT = "%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s"
_HIDDEN = "***"

_SECRET_HEADER = re.compile(
    r"\b((?:proxy-)?authorization|(?:set-)?cookie|(?:www|proxy)-authenticate)"
    r"(['\"]?\s*[:=]\s*)[^\r\n]*",
    re.IGNORECASE,
)
_SECRET_VALUE = re.compile(
    r"\b([\w-]*(?:password|passwort|passwd|secret|token|api[_-]?key))"
    r"(['\"]?\s*[:=]\s*)(\"[^\"\r\n]*\"?|'[^'\r\n]*'?|[^\s,;&)}\]]+)",
    re.IGNORECASE,
)
_SECRET_IN_URL = re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s/:@]*):[^\s/@]*@", re.IGNORECASE)
_SECRET_IN_SIP = re.compile(r"(\bsips?:[^\s:@;>]+):[^\s@;>]+@", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\w.-])(?!\d{4}-\d\d-\d\d)"  # not inside an id or a decimal, not a date
    r"(\+?\d(?:[ ()/-]{0,2}\d){2,})(?:[ ()/-]{0,2}\d){4}(?![\w-]|[.:]\d)"
)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def cleaned(text: str) -> str:
    """`text` without secrets, with numbers shortened (`+49 30 2312…`), control characters escaped.

    Line feeds stay: a traceback has them. A message must not (see `Formatter`).
    """
    text = _SECRET_HEADER.sub(rf"\1\2{_HIDDEN}", text)
    text = _SECRET_VALUE.sub(rf"\1\2{_HIDDEN}", text)
    text = _SECRET_IN_URL.sub(rf"\1:{_HIDDEN}@", text)
    text = _SECRET_IN_SIP.sub(rf"\1:{_HIDDEN}@", text)
    text = _NUMBER.sub(r"\1…", text)
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


class Formatter(logging.Formatter):
    """Writes one record: UTC time, level, thread, module, message; a traceback on further lines.

    Further lines are indented, so a line that begins with a time is always one of ours.
    """

    def __init__(self) -> None:
        super().__init__(_LAYOUT)

    def formatTime(  # noqa: N802 - logging's name
        self, record: logging.LogRecord, datefmt: str | None = None
    ) -> str:
        """The instant in UTC, ISO 8601, with milliseconds."""
        instant = datetime.fromtimestamp(record.created, UTC).replace(tzinfo=None)
        return f"{instant.isoformat(timespec='milliseconds')}Z"

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """The line itself; line feeds in the message are escaped."""
        return super().formatMessage(record).replace("\n", r"\n")

    def format(self, record: logging.LogRecord) -> str:
        """The whole record, cleaned."""
        return cleaned(super().format(record)).replace("\n", "\n    ")


def set_up(
    directory: Path | None = None,
    *,
    name: str = "receptionist",
    level: int = logging.INFO,
    console: TextIO | None = None,
    console_level: int = logging.WARNING,
) -> None:
    """Log to `directory`/logs/`name`.log (0700, in UTF-8, turning over) and to `console`.

    `console` is standard error unless given. Without a directory there is no file. Two processes
    never share a `name`. A second call replaces what the first one set up.
    """
    handlers: list[logging.Handler] = []
    stream = console or sys.stderr
    if stream is not None:
        shown = logging.StreamHandler(stream)
        shown.setLevel(console_level)
        handlers.append(shown)
    if directory is not None:
        folder = private_directory(directory / "logs")
        handlers.append(
            RotatingFileHandler(
                folder / f"{name}.log",
                maxBytes=FILE_BYTES,
                backupCount=FILES_KEPT,
                encoding="utf-8",
                errors="backslashreplace",
                delay=True,
            )
        )
    for handler in handlers:
        handler.setFormatter(Formatter())
    # A full disk must not fill the screen with tracebacks of the log itself.
    logging.raiseExceptions = False
    logging.captureWarnings(True)
    logging.basicConfig(level=level, handlers=handlers, force=True)
    _quieten_libraries()


def _quieten_libraries() -> None:
    """Libraries below WARNING tell addresses and contents that are nobody's business."""
    for library in ("caldav", "niquests", "urllib3", "urllib3_future", "alembic", "sqlalchemy"):
        logging.getLogger(library).setLevel(logging.WARNING)
