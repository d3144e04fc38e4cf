"""A real registrar and proxy: kamailio with digest, in front of one peer as the outside world."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.doubles.sip.sipp import SCENARIOS

USER = "desk"
PASSWORD = "Straße & 5 €"
NUMBER = "+493023125100"
CEILING_S = 60.0

_CONTACT = re.compile(r"Address: (\S+)")
_EXPIRES = re.compile(r"Expires: (\d+)")


class Kamailio:
    """On one UDP port of loopback, with one user who has one number, and others who have none.

    `gateway` (host:port) gets what its user calls. A registration lasts at most `expires_s`, and is
    kept in memory: after `stop` and `start` nobody is registered. A `deaf` one answers no OPTIONS.
    """

    def __init__(
        self,
        home: Path,
        port: int,
        gateway: str,
        expires_s: int = 3600,
        more_users: tuple[str, ...] = (),
        *,
        deaf: bool = False,
    ) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.address = f"127.0.0.1:{port}"
        self._home = home
        self._control = f"{home}/control"
        self._process: subprocess.Popen[bytes] | None = None
        text = (SCENARIOS / "kamailio.cfg").read_text("utf-8")
        values = {
            "PORT": str(port),
            "CONTROL": self._control,
            "EXPIRES": str(expires_s),
            "USER": USER,
            "PASSWORD": PASSWORD,
            "NUMBER": NUMBER,
            "GATEWAY": gateway,
            "DEAF": 'if (is_method("OPTIONS")) exit;' if deaf else "",
            "OTHERS": "\n    ".join(f'$sht(users=>{u}) = "{PASSWORD}";' for u in more_users),
        }
        text = re.sub(rf"\b({'|'.join(values)})\b", lambda found: values[found[0]], text)
        (home / "kamailio.cfg").write_text(text, "utf-8")
        self.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start it and wait until it answers; nobody is registered then."""
        command = ["/usr/sbin/kamailio", "-DD", "-E", "-f", f"{self._home}/kamailio.cfg"]
        command += ["-m", "32", "-M", "8", "-Y", str(self._home)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        deadline = time.monotonic() + CEILING_S
        while self._ask("core.uptime") is None:
            alive = self._process.poll() is None and time.monotonic() < deadline
            assert alive, f"kamailio did not start:\n{self.log()}"
            time.sleep(0.02)

    def stop(self) -> None:
        """End it with its children; registrations are lost."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(CEILING_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def contacts(self, user: str = USER) -> tuple[str, ...]:
        """Where a user of its can be reached now."""
        return tuple(_CONTACT.findall(self._ask("ul.lookup", "location", user) or ""))

    def registered(self) -> int:
        """How many contacts it knows, of all users."""
        return len(_CONTACT.findall(self._ask("ul.dump") or ""))

    def expires_s(self) -> int:
        """For how many seconds its user is still registered."""
        found = _EXPIRES.search(self._ask("ul.lookup", "location", USER) or "")
        return int(found[1]) if found else 0

    def saw(self, text: str) -> int:
        """How many requests it took whose line in the log holds `text`, each once."""
        told = {line.partition("saw ")[2] for line in self.log().splitlines() if "saw " in line}
        return sum(text in line for line in told)

    def log(self) -> str:
        """What it wrote since its first start."""
        return self._log.read_text("utf-8", "replace")

    @property
    def _log(self) -> Path:
        return self._home / "log"

    def _ask(self, *command: str) -> str | None:
        ran = subprocess.run(
            ["/usr/sbin/kamcmd", "-s", f"unix:{self._control}", *command],
            capture_output=True,
            text=True,
            check=False,
            timeout=CEILING_S,
        )
        return ran.stdout if ran.returncode == 0 else None
