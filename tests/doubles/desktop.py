"""A desktop of our own: an X display with a window manager and German keys, a session bus with a
keyring, a sound system, and a person's eyes and hands at it.

Nothing of the machine's own desktop is touched or seen.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.doubles.keyring_daemon import running_keyring
from tests.doubles.pulse import Pulse

START_S = 60.0
_QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Desktop:
    """Use it in a `with` statement; `environment` makes a program appear on it.

    The devices are called `Mic`, `Ear` and `Bell` (see `pulse`).
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._open = ExitStack()
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        with ExitStack() as opened:
            session = opened.enter_context(running_keyring(self._home))
            pulse = opened.enter_context(Pulse())
            display = opened.enter_context(_screen())
            self.environment = {
                **session,
                "DISPLAY": display,
                "PULSE_SERVER": pulse.environment["PULSE_SERVER"],
                "QT_QPA_PLATFORM": "xcb",
                "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            }
            opened.enter_context(self._window_manager())
            self.keyboard("de")  # not before: without a client the server forgets it
            self._open = opened.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def windows(self, process: int) -> list[str]:
        """The X windows of a program that are on the screen."""
        found = self._xdotool("search", "--onlyvisible", "--pid", str(process), check=False)
        return found.split()

    def active(self) -> str:
        """The X window that has the keyboard, "" if none has."""
        return self._xdotool("getactivewindow", check=False).strip()

    def keyboard(self, layout: str) -> None:
        """Put another keyboard on the desk: `de`, `us`."""
        self._run("setxkbmap", layout)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as xdotool calls them: `F2`, `alt+1`."""
        self._xdotool("key", "--delay", "20", *keys)

    def write(self, text: str) -> None:
        """Type a text."""
        self._xdotool("type", "--delay", "8", text)

    def minimise(self, window: str) -> None:
        """Put a window away, as its button in the title bar does."""
        self._xdotool("windowminimize", window)

    def _xdotool(self, *words: str, check: bool = True) -> str:
        return self._run("xdotool", *words, check=check)

    def _run(self, *command: str, check: bool = True) -> str:
        ran = subprocess.run(
            command, env=self.environment, check=check, capture_output=True, text=True, timeout=60
        )
        return ran.stdout

    @contextmanager
    def _window_manager(self) -> Iterator[None]:
        with _child(["openbox"], self.environment) as openbox:
            deadline = time.monotonic() + START_S
            while self._xdotool("get_num_desktops", check=False).strip() in ("", "0"):
                assert openbox.poll() is None, "openbox did not start"
                assert time.monotonic() < deadline, "openbox did not start"
                time.sleep(0.02)
            yield


@contextmanager
def _screen() -> Iterator[str]:
    """The name of a display of 1366×768."""
    ours, theirs = os.pipe()
    size = ["-screen", "0", "1366x768x24"]
    command = ["Xvfb", "-displayfd", str(theirs), *size, "-nolisten", "tcp", "-noreset"]
    with _child(command, dict(os.environ), theirs):
        os.close(theirs)
        with os.fdopen(ours) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"


@contextmanager
def _child(
    command: Sequence[str], environment: dict[str, str], *passed: int
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environment, pass_fds=passed, **_QUIET)
    try:
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(START_S)
        process.kill()
        process.wait()
