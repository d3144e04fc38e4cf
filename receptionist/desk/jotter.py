"""What is typed and stands nowhere else yet: in a file beside the database, from letter to letter.

A database may have its hands full for seconds: with a report, a file that is moved in, a full disk
cache. Whatever ends the program meanwhile (`kill -9`, a crash) must not take what somebody typed.
So each text is appended to a file by a thread that does nothing else, and struck out when it is
kept where it belongs. What another run left is found again under its name.

A line that is written is safe from the end of the program, not from that of the power: nothing
waits for the disk here. The database does, a second later.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from receptionist.clock import Clock
from receptionist.threads import Post, Worker

log = logging.getLogger(__name__)

FILE = "jotted.jsonl"
KEPT_FOR = timedelta(days=7)
"""What nobody has taken up by then is let go."""
_LARGE = 1_000_000
"""Bytes from which the file is written anew, without what is struck out."""


@dataclass(frozen=True, slots=True)
class Jotting:
    """Texts by the names of their fields, as values of JSON, and when they were typed."""

    at: datetime
    texts: Mapping[str, Any]


class Jotter:
    """Any thread. Without a file nothing outlives the program."""

    def __init__(self, file: Path | None, post: Post, clock: Clock) -> None:
        self._file, self._clock = file, clock
        self._lock = threading.Lock()
        self._kept: dict[str, Jotting] = {}
        self._changed: dict[str, None] = {}
        self._left: set[str] = set()
        self._behind = False
        """Whether the file has what is struck out, or lacks what is not: it is written anew."""
        self._worker = Worker("jotter", post) if file is not None else None

    def open(self) -> None:
        """Take up what an earlier run has left; newer is what this one typed already."""
        if self._file is None:
            return
        try:
            found = read(self._file)
        except OSError as error:
            log.error("what was jotted down cannot be read: %s", error.strerror)
            return
        oldest = self._clock.now() - KEPT_FOR
        left = {name: one for name, one in found.items() if one.at >= oldest}
        with self._lock:
            self._left |= left.keys() - self._kept.keys()
            self._kept = left | self._kept
            self._behind = bool(found) or self._behind

    def jot(self, name: str, texts: Mapping[str, Any]) -> None:
        """This is typed now, in place of what was under this name."""
        with self._lock:
            self._kept[name] = Jotting(self._clock.now(), dict(texts))
            self._left.discard(name)
            self._due(name)

    def strike(self, name: str, known: Jotting | None = None) -> None:
        """It is kept elsewhere, or given up; with `known` only if nothing was typed since that."""
        with self._lock:
            there = self._kept.get(name)
            if there is not None and (known is None or known is there):
                del self._kept[name]
                self._due(name)

    def newest(self, name: str) -> Jotting | None:
        """What is jotted down under a name."""
        return self._kept.get(name)

    def left(self, prefix: str) -> Mapping[str, Jotting]:
        """What another run left under names that begin so, and nobody has taken up."""
        with self._lock:
            names = (name for name in self._left if name.startswith(prefix))
            return {name: self._kept[name] for name in names if name in self._kept}

    def take_up(self, name: str) -> Jotting | None:
        """What another run left under a name, once; it stays jotted down."""
        found = self.left(name).get(name)
        self._left.discard(name)
        return found

    @property
    def all(self) -> Mapping[str, Jotting]:
        """Everything that is jotted down, by its name."""
        with self._lock:
            return dict(self._kept)

    def close(self) -> None:
        """Write what is to be written, and end."""
        if self._worker is not None:
            if self._behind:
                self._worker.submit(self._write)
            self._worker.close()

    def _due(self, name: str) -> None:
        """What is typed while the worker writes goes with its next line."""
        if self._worker is not None and not self._changed:
            self._worker.submit(self._write)
        self._changed[name] = None

    def _write(self) -> None:
        assert self._file is not None
        with self._lock:
            changed, self._changed = tuple(self._changed), {}
            kept = dict(self._kept)
            anew, self._behind = self._behind or not kept, False
        try:
            if not anew and _size(self._file) < _LARGE:
                _append(self._file, (_line(name, kept.get(name)) for name in changed))
            else:
                _rewrite(self._file, (_line(name, one) for name, one in kept.items()))
        except OSError as error:
            self._behind = True
            log.error("what is typed cannot be jotted down: %s", error.strerror)


def read(file: Path) -> dict[str, Jotting]:
    """What is jotted down in a file; a line that broke off is left out."""
    found: dict[str, Jotting] = {}
    lines = file.read_bytes().splitlines() if file.exists() else []
    for line in filter(None, lines):
        try:
            told: Any = json.loads(line)
            name, texts = str(told["name"]), told["texts"]
            found.pop(name, None)
            if isinstance(texts, dict):
                found[name] = Jotting(datetime.fromisoformat(told["at"]), texts)
        except (ValueError, KeyError, TypeError):
            log.warning("something jotted down is damaged: %d bytes", len(line))
    return found


def _line(name: str, jotting: Jotting | None) -> bytes:
    told = {"name": name, "at": jotting.at.isoformat() if jotting else "", "texts": None}
    if jotting is not None:
        told["texts"] = jotting.texts  # type: ignore[assignment]
    return json.dumps(told).encode() + b"\n"


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _append(file: Path, lines: Iterable[bytes]) -> None:
    """Behind a line that broke off begins a new one."""
    _put(file, b"\n" + b"".join(lines), os.O_APPEND)


def _rewrite(file: Path, lines: Iterable[bytes]) -> None:
    """Whole or not at all."""
    beside = file.with_suffix(".new")
    _put(beside, b"".join(lines), os.O_TRUNC)
    beside.replace(file)


def _put(file: Path, data: bytes, how: int) -> None:
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | how, 0o600)
    try:
        while data:
            data = data[os.write(opened, data) :]
    finally:
        os.close(opened)
