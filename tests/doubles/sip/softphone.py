"""A softphone of its own as the other side: it takes transfers (REFER) and calls with Replaces.

Baresip knows no Replaces. It is pjsua2 with its own defaults, in a process of its own. Each line of
its standard input is a command (`dial URI`, `hangup`), each line of its output what it saw:

    ringing N URI, up N URI, gone N STATUS    its N-th call, and who is at the other end
    heard N                                   the other end of a call is loud
    asked URI                                 a REFER came
    replaced N M                              call M has taken the place of call N
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

CEILING_S = 60.0
PROCESS = Path(__file__).with_name("softphone_process.py")


class Softphone:
    """One peer on loopback. What it saw is in `lines`, oldest first.

    `answers` and `refer` are the statuses it answers every call and every REFER with, at once.
    """

    def __init__(self, port: int, *, answers: int = 200, refer: int = 202) -> None:
        self.address = f"127.0.0.1:{port}"
        self.lines: list[str] = []
        self._changed = threading.Condition()
        arguments = [str(port), str(answers), str(refer)]
        self._process = subprocess.Popen(
            [sys.executable, str(PROCESS), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        threading.Thread(target=self._read, daemon=True).start()
        self.wait("ready")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End it, whatever it does."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(CEILING_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def do(self, command: str) -> None:
        """Tell it what to do."""
        assert self._process.stdin is not None
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()

    def saw(self, start: str) -> bool:
        """Whether it saw something that begins so."""
        return any(line.startswith(start) for line in list(self.lines))

    def hears_the_newest(self) -> bool:
        """Whether it hears somebody in the last call that came up."""
        up = [line.split()[1] for line in list(self.lines) if line.startswith("up ")]
        return bool(up) and self.saw(f"heard {up[-1]}")

    def wait(self, start: str) -> None:
        """Wait until it `saw`; fails after a generous ceiling."""
        self.wait_until(lambda: self.saw(start), f"“{start}”")

    def wait_until(self, condition: Callable[[], bool], what: str = "it") -> None:
        """Wait until something is so, looking whenever it has said more."""
        with self._changed:
            seen = self._changed.wait_for(condition, CEILING_S)
        assert seen, f"the softphone never saw {what}: {self.lines}"

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line[:1].isdigit():
                continue  # the library's own log
            with self._changed:
                self.lines.append(line.strip())
                self._changed.notify_all()
