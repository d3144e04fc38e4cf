"""The real console as a child with probes, and what a process takes of the memory."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

CEILING_S = 60.0
ROOT = Path(__file__).parents[2]


class Console:
    """`probed` as a child process. What it told before is in `told`, by its word, oldest first."""

    def __init__(self, data: Path, environment: Mapping[str, str]) -> None:
        self.told: dict[str, list[tuple[float, Any]]] = {}
        self._news: queue.SimpleQueue[list[Any] | None] = queue.SimpleQueue()
        self._errors = (data / "stderr.txt").open("w+")
        self.started = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.probed", str(data)],
            env={**environment, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        self.pid = self._process.pid
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def say(self, word: str) -> None:
        """Let it do what the word says."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()

    def wait(self, word: str, containing: str = "") -> tuple[float, Any]:
        """The next time it tells `word` with this text in the value: when, and the value.

        What was told already counts only if nobody waited for a later one.
        """
        deadline = time.monotonic() + CEILING_S
        while True:
            known = self.told.get(word, [])
            while known:
                at, value = known.pop(0)
                if containing in str(value):
                    return at, value
            self._take(max(0.0, deadline - time.monotonic()), word)

    def up(self) -> dict[str, Any]:
        """Wait for the window and the line; `port` of the phone and process id of the `engine`."""
        self.wait("opened")
        found: dict[str, Any] = self.wait("registered")[1]
        return found

    def close(self) -> None:
        try:
            if self._process.poll() is None:
                self.say("quit")
                self._process.wait(20)
        except (OSError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def _take(self, seconds: float, word: str) -> None:
        try:
            news = self._news.get(timeout=seconds)
        except queue.Empty:
            news = None
        if news is None:
            self._errors.seek(0)
            raise AssertionError(f"the console never told {word}:\n{self._errors.read()[-4000:]}")
        self.told.setdefault(news[0], []).append((news[1], news[2]))

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._news.put(json.loads(line))
        self._news.put(None)


def memory_mib(pid: int) -> tuple[float, float]:
    """RSS and PSS of a process in MiB."""
    found = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, _, rest = line.partition(":")
        found[name] = int(rest.split()[0]) / 1024
    return found["Rss"], found["Pss"]
