"""What an exchange reported while no desk was there, in a file of the data directory.

One JSON line a report, on the disk before anything else happens. The exchange writes while it has
no desk; the desk reads when it has come, and takes the file away once all of it was told. Whoever
dies in between leaves it: better twice than never.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from receptionist.errors import BadFrame
from receptionist.events import (
    PhoneAnswered,
    PhoneAttended,
    PhoneEnded,
    PhoneEvent,
    PhoneIncoming,
    PhoneMessage,
    PhoneRecorded,
    PhoneRefused,
    PhoneTransferFailed,
    PhoneTransferred,
)
from receptionist.phone.wire.codec import decode, encode

log = logging.getLogger(__name__)

KEPT: tuple[type[PhoneEvent], ...] = (
    PhoneIncoming,
    PhoneAnswered,
    PhoneAttended,
    PhoneMessage,
    PhoneRecorded,
    PhoneEnded,
    PhoneRefused,
    PhoneTransferred,
    PhoneTransferFailed,
)
"""What the journal cannot do without; of the rest only the newest counts, and that is asked for."""

Kept = tuple[datetime, PhoneEvent]
"""A report, and when it was made (UTC)."""


def _now() -> datetime:
    return datetime.now(UTC)


class Spool:
    """The exchange's end: writes. One thread."""

    def __init__(self, data: str, now: Callable[[], datetime] = _now) -> None:
        """Without a data directory nothing is kept."""
        self._path = _files(data)[0] if data else None
        self._now = now
        self._unwritten: list[Kept] = []

    def add(self, *reports: object) -> None:
        """Keep those that are of `KEPT`; with a full disk as soon as there is room."""
        at = self._now()
        kept = [(at, report) for report in reports if isinstance(report, KEPT)]
        if self._path is not None and kept:
            self._unwritten.extend(kept)
            self._write(self._path)

    def rest(self) -> tuple[PhoneEvent, ...]:
        """What still cannot be written, for a desk that is there now; it is let go."""
        if self._path is not None and self._unwritten:
            self._write(self._path)
        rest = tuple(report for _, report in self._unwritten)
        self._unwritten.clear()
        return rest

    def _write(self, path: Path) -> None:
        try:
            _append(path, b"".join(_line(at, report) for at, report in self._unwritten))
        except OSError as error:
            log.error("what no desk heard cannot be written: %s", error.strerror)
        else:
            self._unwritten.clear()


def _line(at: datetime, report: PhoneEvent) -> bytes:
    try:
        line = {"at": at.isoformat(), "report": encode(report).decode()}
    except BadFrame as error:
        log.error("what no desk heard cannot be written: %s", error)
        return b""
    return json.dumps(line, ensure_ascii=False).encode() + b"\n"


def _append(path: Path, lines: bytes) -> None:
    """After a line that broke off, on a line of its own; what does not fit is taken out again."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(file).st_size
        os.lseek(file, max(0, size - 1), os.SEEK_SET)
        if size and os.read(file, 1) != b"\n":
            lines = b"\n" + lines
        try:
            while lines:
                lines = lines[os.write(file, lines) :]
            os.fsync(file)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(file, size)
            raise
    finally:
        os.close(file)


def kept(data: str) -> tuple[Kept, ...]:
    """The desk's end: everything that no desk heard, oldest first; it stays until `told`.

    A line that broke off is left out, and so is one of another version.
    """
    if not data:
        return ()
    fresh, taken = _files(data)
    try:
        if fresh.exists():
            _append(taken, fresh.read_bytes())
            fresh.unlink()
        return tuple(_reports(taken)) if taken.exists() else ()
    except OSError as error:
        log.error("what no desk heard cannot be read: %s", error.strerror)
        return ()


def told(data: str) -> None:
    """All that was `kept` reached its journal."""
    if data:
        with contextlib.suppress(OSError):
            _files(data)[1].unlink(missing_ok=True)


def _reports(path: Path) -> Iterator[Kept]:
    for line in path.read_bytes().splitlines():
        try:
            found: Any = json.loads(line)
            at = datetime.fromisoformat(found["at"])
            yield at, decode(found["report"].encode(), KEPT)
        except (BadFrame, ValueError, KeyError, TypeError, AttributeError):
            log.warning("a report that no desk heard is damaged: %d bytes", len(line))


def _files(data: str) -> tuple[Path, Path]:
    """What is being written, and what a desk has taken."""
    return Path(data) / "unheard.jsonl", Path(data) / "unheard.taken.jsonl"
