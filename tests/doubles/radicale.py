"""A real Radicale as a child process on loopback."""

from __future__ import annotations

import sys

from tests.doubles.calendar_server import ADMINISTRATOR, PASSWORD, USER, CalendarServer

_RUN = """
import ctypes, runpy, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 15)  # end with the thread that started it, even if that is killed
runpy.run_module("radicale", run_name="__main__", alter_sys=True)
"""
_CONFIG = """\
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = {folder}/storage
[rights]
type = from_file
file = {folder}/rights
[logging]
level = warning
"""
_RIGHTS = """\
[everything]
user: verwaltung
collection: .*
permissions: RrWw
[root]
user: .+
collection:
permissions: R
[home]
user: .+
collection: {user}
permissions: RW
[read-only]
user: .+
collection: {user}/nur-lesen
permissions: r
[calendars]
user: .+
collection: {user}/[^/]+
permissions: rw
"""


class Radicale(CalendarServer):
    """Radicale with htpasswd and rights; its home appears with the first visit."""

    NAME = "Radicale"

    def prepare(self, port: int) -> list[str]:
        users = "".join(f"{name}:{PASSWORD}\n" for name in (USER, ADMINISTRATOR))
        (self.folder / "users").write_text(users, encoding="utf-8")
        (self.folder / "rights").write_text(_RIGHTS.format(user=USER), encoding="utf-8")
        config = self.folder / "config"
        config.write_text(_CONFIG.format(port=port, folder=self.folder), encoding="utf-8")
        return [sys.executable, "-c", _RUN, "--config", str(config)]

    def settle(self) -> None:
        self.owner.request("PROPFIND", self.home)
