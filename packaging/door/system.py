"""System packages: which are missing, and how to get them with apt.

The lists in `packaging/linux/apt-*.txt` name a Debian package and a probe a line. A probe is a
library (tried with dlopen), a path pattern, or a program.
"""

from __future__ import annotations

import ctypes
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from door.words import SetUpFailed, say

APT_LISTS = Path("/var/lib/apt/lists")


def missing(folder: Path, lists: Iterable[str]) -> list[str]:
    """Packages named in `folder/apt-<list>.txt` whose probe fails; none on other systems."""
    if not sys.platform.startswith("linux"):
        return []
    return [
        package
        for name in lists
        for package, probe in _needs(folder / f"apt-{name}.txt")
        if not present(probe)
    ]


def present(probe: str) -> bool:
    """Whether a library can be loaded, a path pattern matches, or a program is on the path."""
    if probe.startswith("/"):
        return any(Path("/").glob(probe[1:]))
    if ".so" not in probe:
        return shutil.which(probe) is not None
    try:
        ctypes.CDLL(probe)
    except OSError:
        return False
    return True


def require(folder: Path, lists: Sequence[str]) -> None:
    """Install what is missing if that is allowed; else `SetUpFailed` with the line to type."""
    packages = missing(folder, lists)
    if packages:
        install(packages)
        packages = missing(folder, lists)
    if packages:
        raise SetUpFailed(f"still missing after the installation: {' '.join(packages)}")


def install(packages: Sequence[str]) -> None:
    """Install Debian packages as root or with sudo; `SetUpFailed` when it may not or cannot."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    line = f"sudo {shlex.join(command)}"
    if shutil.which("apt-get") is None:
        raise SetUpFailed(
            "parts of the system are missing. Install what your system calls the following"
            f" Debian packages, then give the same command again:\n  {' '.join(packages)}"
        )
    become_root = _rights(packages)
    if become_root is None:
        raise SetUpFailed(
            "parts of the system are missing. Install them with the following line,"
            f" then give the same command again:\n  {line}"
        )
    say(f"installing {' '.join(packages)}")
    if not _apt(become_root, command):
        raise SetUpFailed(f"apt could not install what is missing. Try it by hand:\n  {line}")


def _needs(path: Path) -> list[tuple[str, str]]:
    lines = (line.split() for line in path.read_text("utf-8").splitlines())
    return [(words[0], words[1]) for words in lines if words and not words[0].startswith("#")]


def _rights(packages: Sequence[str]) -> list[str] | None:
    """The prefix that makes a command run as root, or None when that is not allowed."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    if sys.stdin is not None and sys.stdin.isatty():
        say(f"these system packages are missing: {' '.join(packages)}")
        print("Install them with sudo? [Y/n] ", end="", file=sys.stderr, flush=True)
        agreed = sys.stdin.readline().strip().lower() in ("", "y", "yes", "j", "ja")
        return ["sudo"] if agreed else None
    allowed = subprocess.run(
        ["sudo", "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return ["sudo", "-n"] if allowed.returncode == 0 else None


def _apt(become_root: list[str], command: list[str]) -> bool:
    """Run `command`; look for new package lists first if there are none, or if it fails."""
    known = any(APT_LISTS.glob("*_Packages*"))
    if known and _quietly(become_root, command):
        return True
    return _quietly(become_root, ["apt-get", "update"]) and _quietly(become_root, command)


def _quietly(become_root: list[str], command: list[str]) -> bool:
    asks_nothing = ["env", "DEBIAN_FRONTEND=noninteractive"]
    waits_for_others = [command[0], "-qq", "-o", "DPkg::Lock::Timeout=600"]
    done = subprocess.run(
        [*become_root, *asks_nothing, *waits_for_others, *command[1:]],
        stdin=None if become_root == ["sudo"] else subprocess.DEVNULL,
        stdout=sys.stderr,
        check=False,
    )
    return done.returncode == 0
