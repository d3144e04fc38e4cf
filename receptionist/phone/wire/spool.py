"""What an exchange reported and no desk has written down, in a file of the data directory.

One JSON line a report. While there is no desk it is on the disk before anything else happens; while
there is one it waits in memory until the desk says that it is in its journal, and goes to the disk
if the desk dies before. The next desk reads the file when it has come, and takes it away once all
of it is in its journal. Whoever dies in between leaves it: better twice than never.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from receptionist.errors import BadFrame
from receptionist.events import JOURNALLED, PhoneEvent
from receptionist.phone.wire.codec import decode, encode

log = logging.getLogger(__name__)

Kept = tuple[datetime, PhoneEvent]
"""A report, and when it was made (UTC)."""

_reading = threading.Lock()
"""The keeper takes more while the main thread lets go of what is written down."""


def _now() -> datetime:
    return datetime.now(UTC)


class Spool:
    """The exchange's end: writes. One thread."""

    def __init__(self, data: str, now: Callable[[], datetime] = _now) -> None:
        """Without a data directory nothing is kept."""
        self._path = _files(data)[0] if data else None
        self._now = now
        self._unwritten: list[Kept] = []
        self._told: deque[Kept] = deque()
        self._heard = 0

    def add(self, report: object) -> None:
        """Nobody hears it: keep it if the journal needs it; with a full disk as soon as it can."""
        if isinstance(report, JOURNALLED):
            self._keep((self._now(), report))

    def told(self, report: object) -> None:
        """A desk is told it. It is remembered until that is `heard`."""
        if self._path is not None and isinstance(report, JOURNALLED):
            self._told.append((self._now(), report))

    def heard(self, count: int) -> None:
        """The first `count` of what this desk was told are in its journal."""
        already = self._heard
        for _ in range(min(count - already, len(self._told))):
            self._told.popleft()
        self._heard = max(already, count)

    def desk_gone(self) -> None:
        """What it was told and has not written down is for the next one."""
        told = tuple(self._told)
        self._told.clear()
        self._heard = 0
        self._keep(*told)

    def rest(self) -> tuple[PhoneEvent, ...]:
        """What still cannot be written, for a desk that is there now; it is let go."""
        if self._path is not None and self._unwritten:
            self._write(self._path)
        rest = tuple(report for _, report in self._unwritten)
        self._unwritten.clear()
        return rest

    def _keep(self, *kept: Kept) -> None:
        if self._path is not None and kept:
            self._unwritten.extend(kept)
            self._write(self._path)

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
    """The desk's end: everything that no desk wrote down, oldest first; it stays until `told`.

    A line that broke off is left out, and so is one of another version. Any thread.
    """
    if not data:
        return ()
    fresh, taken = _files(data)
    try:
        with _reading:
            if fresh.exists():
                _append(taken, fresh.read_bytes())
                fresh.unlink()
            return tuple(_reports(taken)) if taken.exists() else ()
    except OSError as error:
        log.error("what no desk heard cannot be read: %s", error.strerror)
        return ()


def told(data: str, count: int) -> bool:
    """The first `count` reports of `kept` are in the journal: whether those were all. Any thread.

    If so there is no file any more, or there was none already; else all of it stays.
    """
    taken = _files(data)[1]
    with _reading, contextlib.suppress(OSError):
        if not taken.exists() or sum(1 for _ in _reports(taken)) <= count:
            taken.unlink(missing_ok=True)
            return True
    return False


def _reports(path: Path) -> Iterator[Kept]:
    for line in path.read_bytes().splitlines():
        try:
            found: Any = json.loads(line)
            at = datetime.fromisoformat(found["at"])
            yield at, decode(found["report"].encode(), JOURNALLED)
        except (BadFrame, ValueError, KeyError, TypeError, AttributeError):
            log.warning("a report that no desk heard is damaged: %d bytes", len(line))


def _files(data: str) -> tuple[Path, Path]:
    """What is being written, and what a desk has taken."""
    return Path(data) / "unheard.jsonl", Path(data) / "unheard.taken.jsonl"
