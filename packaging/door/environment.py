"""The virtual environment `.venv` of a checkout: made once, filled from a lock, stamped."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from door.system import install
from door.words import SetUpFailed, say

RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"

_PIP = ("install", "--require-hashes", "--only-binary=:all:", "--no-input", "-qq")


class Environment:
    """The environment of one checkout. The dev lock holds everything that the run lock holds."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / ".venv"
        self._mark = self._folder / "pyvenv.cfg"
        self._stamp = self._folder / "receptionist-stamp.json"
        self.python = self._folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def ensure(self, lock: str) -> None:
        """Make the environment hold what `lock` names; `SetUpFailed` says why it cannot."""
        if self.ready(lock):
            return
        try:
            with _alone(self._root / ".venv.lock"):
                if not self.ready(lock):
                    self._fill(lock)
        except OSError as error:
            raise SetUpFailed(f"{self._folder} cannot be set up: {error}") from error

    def ready(self, lock: str) -> bool:
        """Whether the environment was filled from this very lock, for the Python that is there."""
        try:
            stamp = json.loads(self._stamp.read_text("utf-8"))
            return self._mark.exists() and bool(stamp == {**stamp, **self._facts(lock)})
        except (OSError, ValueError, TypeError):
            return False

    def _facts(self, lock: str) -> dict[str, str]:
        digest = hashlib.sha256((self._root / lock).read_bytes()).hexdigest()
        return {"python": str(self.python.resolve(strict=True)), lock: digest}

    def _fill(self, lock: str) -> None:
        self._stamp.unlink(missing_ok=True)
        if not self._has_pip():
            self._remake()
        say(f"installing the Python packages of {lock} into {self._folder} (once, a minute)")
        command = [str(self.python), "-m", "pip", *_PIP, "-r", str(self._root / lock)]
        if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode != 0:
            raise SetUpFailed(
                "the Python packages could not be installed; the lines above say why."
                " Is this machine a 64-bit PC, and can it reach the package index?"
            )
        facts = {name: fact for each in _locks_in(lock) for name, fact in self._facts(each).items()}
        self._stamp.write_text(json.dumps(facts), "utf-8")

    def _has_pip(self) -> bool:
        """Whether the environment runs this very version of Python, with a pip that starts."""
        if not self._mark.exists():
            return False
        same = f"import sys, pip; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
        try:
            tried = subprocess.run(
                [self.python, "-c", same], stdin=subprocess.DEVNULL, capture_output=True
            )
        except OSError:
            return False
        return tried.returncode == 0

    def _remake(self) -> None:
        if self._folder.is_symlink() or self._folder.is_file():
            self._folder.unlink()
        elif self._folder.exists():
            say(f"{self._folder} is not whole, making it anew")
            shutil.rmtree(self._folder)
        _require_venv()
        made = subprocess.run(
            [sys.executable, "-m", "venv", self._folder],
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
        )
        if made.returncode != 0:
            raise SetUpFailed(f"{sys.executable} could not make {self._folder}; see above")


def _locks_in(lock: str) -> tuple[str, ...]:
    return (RUN_LOCK, DEV_LOCK) if lock == DEV_LOCK else (RUN_LOCK,)


def _require_venv() -> None:
    """Debian keeps the part of Python that makes environments in a package of its own."""
    test = [sys.executable, "-c", "import ensurepip, venv"]
    if subprocess.run(test, capture_output=True).returncode == 0:
        return
    if not sys.executable.startswith("/usr/bin/"):
        raise SetUpFailed(f"{sys.executable} lacks the modules venv and ensurepip; reinstall it")
    install([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"])


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`; waits while another process holds it."""
    with path.open("ab") as file:
        if not _locked(file, wait=False):
            say("another run.py is setting up, waiting for it")
            _locked(file, wait=True)
        yield


if sys.platform == "win32":
    import msvcrt
    import time

    def _locked(file: BinaryIO, *, wait: bool) -> bool:
        while True:
            try:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                time.sleep(0.2)
            else:
                return True

else:
    import fcntl

    def _locked(file: BinaryIO, *, wait: bool) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
