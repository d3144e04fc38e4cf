"""The program starts with the desktop's session: XDG autostart on Linux, the Run key on Windows."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ui.models.keeping import Autostart

NAME = "receptionist"

_ENTRY = """\
[Desktop Entry]
Type=Application
Name=Receptionist
Comment=The desk for answering the telephone in other firms' names
Comment[de]=Der Platz für alle, die im Namen anderer Firmen ans Telefon gehen
Exec={command}
Icon=receptionist
Terminal=false
X-GNOME-Autostart-enabled=true
"""


def command() -> list[str]:
    """How this program is started without a person: its window waits in the tray."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--hidden"]
    root = Path(__file__).resolve().parents[2]
    return [sys.executable, str(root / "run.py"), "--hidden"]


def autostart() -> Autostart | None:
    """This desktop's way, or None where there is none."""
    if sys.platform == "win32":
        return RunKey()
    return DesktopEntry() if sys.platform == "linux" else None


class DesktopEntry:
    """`autostart/receptionist.desktop` in the user's configuration. Main thread.

    https://specifications.freedesktop.org/autostart-spec/ describes it: `Hidden=true`, which
    desktops write, counts as switched off.
    """

    def __init__(self) -> None:
        home = os.environ.get("XDG_CONFIG_HOME", "")
        folder = Path(home) if Path(home).is_absolute() else Path.home() / ".config"
        self.path = folder / "autostart" / f"{NAME}.desktop"

    @property
    def on(self) -> bool:
        """Whether the program starts with the session."""
        try:
            rows = self.path.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            return False
        off = ("hidden=true", "x-gnome-autostart-enabled=false")
        return not any(row.replace(" ", "").lower() in off for row in rows)

    def switch(self, on: bool) -> None:
        """Write or remove the entry; raises `OSError`."""
        if not on:
            self.path.unlink(missing_ok=True)
            return
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self.path.with_suffix(".part")
        part.write_text(_ENTRY.format(command=quoted(command())), "utf-8")
        part.replace(self.path)


def quoted(words: Sequence[str]) -> str:
    """A command for `Exec=`, quoted twice: as an argument, then as a string of the file."""
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    argument = "".join(f"\\{one}" if one in '"`$\\' else one for one in word)
    return '"' + argument.replace("\\", "\\\\").replace("%", "%%") + '"'


if sys.platform == "win32":
    import subprocess
    import winreg

    _RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"

    class RunKey:
        """A value in the user's own Run key. Main thread. No right of an administrator is used."""

        @property
        def on(self) -> bool:
            """Whether the program starts with the session."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
                    value, kind = winreg.QueryValueEx(key, NAME)
            except OSError:
                return False
            return kind == winreg.REG_SZ and bool(value)

        def switch(self, on: bool) -> None:
            """Write or remove the value; raises `OSError`."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
                if on:
                    words = subprocess.list2cmdline(command())
                    winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, words)
                    return
                try:
                    winreg.DeleteValue(key, NAME)
                except FileNotFoundError:
                    return

else:

    class RunKey(DesktopEntry):
        """There is no such key here."""
