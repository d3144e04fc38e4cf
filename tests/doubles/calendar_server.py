"""A real calendar server as a child process on loopback, and the owner who works in it.

The owner speaks plain HTTP: no part of `receptionist.calendars` is used here.
"""

from __future__ import annotations

import http.client
import socket
import subprocess
import time
from base64 import b64encode
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from tests.doubles.ports import free_port

USER = "erika"
ADMINISTRATOR = "verwaltung"
PASSWORD = "Straße & 5 €, geheim"
READ_ONLY = "nur-lesen"
START_S = 30.0
ANSWER_S = 120.0
STOP_S = 10.0


class Owner:
    """The calendar's owner at work with another program: raw `http.client`, no conditions."""

    def __init__(self, url: str, user: str = USER, password: str = PASSWORD) -> None:
        parts = urlsplit(url)
        self._address = (parts.hostname or "", parts.port or 80)
        credentials = b64encode(f"{user}:{password}".encode()).decode()
        self._headers = {"Authorization": f"Basic {credentials}"}

    def request(
        self, method: str, url: str, body: bytes = b"", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in lower case) and body of one request on its own connection."""
        connection = http.client.HTTPConnection(*self._address, timeout=ANSWER_S)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, urlsplit(url).path, body, self._headers | named)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, found, answer.read()
        finally:
            connection.close()

    def put(self, href: str, text: str) -> None:
        """Write an object whatever is there."""
        status, _, body = self.request(
            "PUT", href, text.encode(), Content_Type="text/calendar; charset=utf-8"
        )
        assert status in (201, 204), (status, body)

    def get(self, href: str) -> str | None:
        """The text of an object."""
        status, _, body = self.request("GET", href)
        return body.decode() if status == 200 else None

    def delete(self, href: str) -> None:
        """Delete an object or a collection."""
        status, _, body = self.request("DELETE", href)
        assert status in (200, 204), (status, body)

    def make_calendar(self, href: str, name: str, holds: str = "") -> None:
        """A new calendar collection, for components of the kind `holds` alone if that is said."""
        only = (
            f'<C:supported-calendar-component-set><C:comp name="{holds}"/>'
            "</C:supported-calendar-component-set>"
        )
        body = (
            '<?xml version="1.0"?><C:mkcalendar xmlns="DAV:"'
            ' xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>'
            f"<displayname>{name}</displayname>{only if holds else ''}"
            "</prop></set></C:mkcalendar>"
        )
        status, _, answer = self.request(
            "MKCALENDAR", href, body.encode(), Content_Type="application/xml; charset=utf-8"
        )
        assert status == 201, (status, answer)


class CalendarServer:
    """A server with its storage in `folder`; `url` is its root. Use it in a `with` statement."""

    NAME = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    def prepare(self, port: int) -> list[str]:
        """Write what the server reads at its start; the command that starts it on `port`."""
        raise NotImplementedError

    def settle(self) -> None:
        """What is done once the server answers."""

    @property
    def url(self) -> str:
        """The root of the server."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def principal(self) -> str:
        """What stands for the only user."""
        return f"{self.url}{USER}/"

    @property
    def home(self) -> str:
        """The calendar home of the only user."""
        return f"{self.url}{USER}/"

    @property
    def owner(self) -> Owner:
        """The owner of the calendars."""
        return Owner(self.url)

    @property
    def administrator(self) -> Owner:
        """Somebody who may do everything, also in the calendar that its owner may only read."""
        return Owner(self.url, ADMINISTRATOR)

    def make_read_only(self, name: str) -> None:
        """Make the calendar that its owner may only read, and call it `name`."""
        self.administrator.make_calendar(f"{self.home}{READ_ONLY}/", name)

    def start(self) -> None:
        """Start on the port of the first start, or on a free one; wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        port = self.port or free_port()
        command = self.prepare(port)
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        self.port = port
        self._wait()
        self.settle()

    def _wait(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        self.stop()
        log = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
        raise AssertionError(f"{self.NAME} did not start:\n{log}")

    def stop(self) -> None:
        """End the server; its storage stays."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
