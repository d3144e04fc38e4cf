"""The console's process, and the owners who work in their calendars meanwhile."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.doubles.desktop import Desktop
from tests.doubles.processes import children
from tests.doubles.radicale import Radicale
from tests.doubles.recording_proxy import RecordingProxy
from tests.doubles.screen import Screen
from tests.e2e.console.office import ACCOUNTS

ROOT = Path(__file__).resolve().parents[3]
CEILING_S = 60.0

_SETTINGS = """\
bind = "127.0.0.1"
sip_port = {sip_port}
microphone = "Mic"
headset = "Ear"
ringing = "Bell"
wrap_up_s = 1
"""


class Console:
    """One data directory, and the window on it: `screen` reads it, `press` and `write` type."""

    screen: Screen

    def __init__(self, desktop: Desktop, data: Path, *, sip_port: int) -> None:
        self.data = data
        self.sip_port = sip_port
        self.pressed: list[str] = []
        self._desktop = desktop
        self._environment = {**desktop.environment, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        self._process: subprocess.Popen[bytes] | None = None
        self._begun: list[subprocess.Popen[bytes]] = []

    @property
    def process(self) -> int:
        """The process of the window."""
        assert self._process is not None
        return self._process.pid

    @property
    def engine(self) -> int:
        """The process between the window and the network: the exchange."""
        (exchange,) = _exchanges(self.process)
        return exchange

    @property
    def window(self) -> str:
        """The X window."""
        (window,) = self._desktop.windows(self.process)
        return window

    def start(self, more: str = "") -> None:
        """Start the window, with `more` settings, and wait until calls can come."""
        self._process = self.begin(more)
        self.screen = Screen(self._environment["DBUS_SESSION_BUS_ADDRESS"], self.process)
        try:
            self.screen.until("1 Leitung bereit", "TopBar")
            self.screen.until("Kalender: aktuell", "TopBar")
        except AssertionError as never:
            raise AssertionError(f"{never}\n{self._told()}") from None
        self.screen.wait(lambda: self._desktop.active() == self.window)

    def begin(self, more: str = "", *words: str) -> subprocess.Popen[bytes]:
        """Start the window and wait for nothing."""
        settings = _SETTINGS.format(sip_port=self.sip_port) + more
        (self.data / "settings.toml").write_text(settings, encoding="utf-8")
        with (self.data / "output.txt").open("ab") as output:
            process = subprocess.Popen(
                self._command(*words), env=self._environment, stdout=output, stderr=output
            )
        self._begun.append(process)
        return process

    def start_again(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Start the program once more, while the window is there; wait until that has ended."""
        return subprocess.run(
            self._command(*words),
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=CEILING_S,
        )

    @contextmanager
    def serving(self) -> Iterator[None]:
        """The desk without a window owns the directory meanwhile."""
        words = ["serve", "--audio", "null", "--json", "--data", str(self.data)]
        process = subprocess.Popen(
            [sys.executable, "-m", "receptionist", *words],
            env=self._environment,
            stdout=subprocess.PIPE,
        )
        try:
            assert process.stdout is not None
            assert process.stdout.readline()
            yield
        finally:
            process.terminate()
            process.communicate(timeout=CEILING_S)

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "ui", "--data", str(self.data), "--lang", "de", *words]

    def stop(self) -> None:
        """End what still runs, and what would go on by itself. None may have logged an error."""
        lasting = [one for process in self._begun for one in _exchanges(process.pid)]
        if self._process is not None:
            self.kill()
        for process in self._begun:
            process.kill()
            process.wait(CEILING_S)
        for exchange in lasting:
            with suppress(ProcessLookupError):
                os.kill(exchange, signal.SIGKILL)
        told = self._told()
        assert not re.search("ERROR|Traceback", told), told

    def _told(self) -> str:
        """All that the program has logged so far."""
        logs = [self.data / "output.txt", *(self.data / "logs").glob("*.log")]
        return "".join(log.read_text(encoding="utf-8") for log in logs if log.exists())

    def kill(self) -> None:
        """As a crash of the whole program would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(CEILING_S)
        self.screen.close()
        self._process = None

    def wait_for_end(self) -> int:
        """Wait until the process has ended; its exit code."""
        assert self._process is not None
        return self._process.wait(CEILING_S)

    def press(self, *keys: str) -> None:
        """Press keys; every one of them is counted, Ctrl and Alt too."""
        self.pressed += [one for key in keys for one in key.split("+")]
        self._desktop.press(*keys)

    def write(self, text: str, name: str = "") -> None:
        """Type; with the `name` of a field, wait until the text has arrived in it."""
        self._desktop.write(text)
        if name:
            field = self.screen.field
            self.screen.wait(lambda: text in field(name), lambda: f"{text} in {field(name)}")

    def has_keyboard(self) -> bool:
        """Whether the window is the one that is typed into."""
        return self._desktop.active() in self._desktop.windows(self.process)

    def number(self, dialled: str) -> str:
        """Where a caller reaches this console as `dialled`."""
        return f"sip:{dialled}@127.0.0.1:{self.sip_port}"

    def command(self, *words: str, stdin: str = "", code: int = 0) -> Any:
        """The JSON that a command on this data directory answers."""
        ran = subprocess.run(
            [sys.executable, "-m", "receptionist", *words, "--data", str(self.data)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=CEILING_S,
            env=self._environment,
        )
        assert ran.returncode == code, (words, ran.stdout, ran.stderr)
        return json.loads(ran.stdout)

    def calls(self) -> dict[str, Any]:
        """The journal by the callers' numbers."""
        calls = self.command("journal", "--json")["calls"]
        return {call["caller_number"]: call for call in calls}

    def call_backs(self) -> dict[str, Any]:
        """Who is to be called back, by number."""
        backs = self.command("journal", "--json")["call_backs"]
        return {back["number"]: back for back in backs}

    def appointments(self, client: str) -> list[Any]:
        """The appointments of a client."""
        listed = self.command("appointments", f"--client={client}", "--json")["appointments"]
        return list(listed)


class Owners:
    """The owners' calendars: one a client, called like the account, on one server."""

    def __init__(self, server: Radicale, proxy: RecordingProxy) -> None:
        self._server, self.proxy = server, proxy

    def begin_anew(self) -> None:
        """Empty calendars, a proxy that does nothing and knows nothing."""
        self.proxy.heal()
        self.proxy.seen.clear()
        for account in ACCOUNTS:
            href = self.home(account)
            self._server.owner.request("DELETE", href)
            self._server.owner.make_calendar(href, account)

    def home(self, account: str) -> str:
        """The calendar of a client."""
        return f"{self._server.home}{account}/"

    def objects(self, account: str) -> dict[str, str]:
        """What is in a calendar: iCalendar text by the name of the object."""
        owner, home = self._server.owner, self.home(account)
        status, _, body = owner.request("PROPFIND", home, Depth="1")
        assert status == 207, status
        hrefs = [part.split("<")[0] for part in body.decode().split("<href>") if ".ics<" in part]
        return {Path(href).stem: owner.get(href) or "" for href in hrefs}

    def writes(self, account: str, name: str, text: str) -> None:
        """The owner puts an event into his calendar."""
        self._server.owner.put(f"{self.home(account)}{name}.ics", text)

    def stop(self) -> None:
        """The server dies."""
        self._server.stop()

    def start(self) -> None:
        """The server is back, or never went."""
        self._server.stop()
        self._server.start()


def _exchanges(window: int) -> list[int]:
    """The exchanges that a window has started and that live."""
    try:
        found = {child: Path(f"/proc/{child}/cmdline").read_bytes() for child in children(window)}
    except FileNotFoundError:
        return []
    return [child for child, words in found.items() if b"receptionist.phone.exchange" in words]


def until(condition: Callable[[], object], what: str) -> None:
    """Wait until it is so; fails after a generous ceiling."""
    deadline = time.monotonic() + CEILING_S
    while not condition():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.05)
