"""A proxy in front of a calendar server: records every request, and breaks the one it is told to.

It is a reverse proxy: its `url` stands for the server's. A fault is used up by the first request
that it matches, so that a repetition goes through.
"""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self, cast
from urllib.parse import urlsplit

CAPTIVE_PORTAL = b"<!DOCTYPE html><html><body>Please accept our terms of use</body></html>"
GIVE_UP_S = 60.0
_SILENT = ("drop", "reset", "hang", "late")


@dataclass(frozen=True)
class Seen:
    """A request as it arrived, the status that was given (0 for none), and the client's port."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    status: int = 0
    port: int = 0


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What to do to a request of `method` whose path ends in `path`.

    `acts` lets the server act before the answer is spoilt. Spoiling is one of: `status` (with
    `headers` and `body`) instead of the answer, or `way`: `drop` (close without a byte), `reset`
    (RST), `hang` (silence until the client leaves), `late` (the same, and only then the server gets
    to see it), `truncate` (half of the body), `drip` (a body
    that never ends, byte by byte), `no-etag` (the answer without its ETag), `leave` (the whole
    answer, then the connection is closed without a word). `strip` takes request headers away
    before the server sees them.
    """

    method: str = ""
    path: str = ""
    acts: bool = False
    way: str = ""
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    strip: tuple[str, ...] = ()
    times: int = 1

    def matches(self, seen: Seen) -> bool:
        return seen.path.endswith(self.path) and self.method in ("", seen.method)


class RecordingProxy:
    """Stands at `url` before `server`; its own threads. Use it in a `with` statement."""

    def __init__(self, server: str) -> None:
        parts = urlsplit(server)
        self.upstream = (parts.hostname or "", parts.port or 80)
        self.seen: list[Seen] = []
        self._faults: list[tuple[Fault, list[int]]] = []
        self._after: list[tuple[Callable[[Seen], bool], Callable[[], None]]] = []
        self._lock = threading.Lock()
        self.closing = threading.Event()
        self.left = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.proxy = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        """The root, in place of the server's."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def through(self, url: str) -> str:
        """A URL of the server as it is reached through the proxy."""
        return self.url.rstrip("/") + urlsplit(url).path

    def break_next(self, fault: Fault) -> None:
        """Apply `fault` to the next `fault.times` requests it matches."""
        with self._lock:
            self._faults.append((fault, [fault.times]))

    def heal(self) -> None:
        """Forget all faults."""
        with self._lock:
            self._faults.clear()

    def after(self, when: Callable[[Seen], bool], action: Callable[[], None]) -> None:
        """Run `action` once, when the server answered such a request and the client waits."""
        with self._lock:
            self._after.append((when, action))

    def of(self, method: str) -> list[Seen]:
        """What was seen of one method."""
        return [seen for seen in list(self.seen) if seen.method == method]

    def fault_for(self, seen: Seen) -> Fault | None:
        """The fault that this request uses up."""
        with self._lock:
            for fault, left in self._faults:
                if left[0] and fault.matches(seen):
                    left[0] -= 1
                    return fault
        return None

    def record(self, seen: Seen) -> None:
        """Note a request, and do what was asked to be done after it."""
        with self._lock:
            self.seen.append(seen)
            due = [pair for pair in self._after if pair[0](seen)]
            self._after = [pair for pair in self._after if pair not in due]
        for _, action in due:
            action()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(GIVE_UP_S)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    proxy: RecordingProxy


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name.startswith("do_"):
            return self._pass_on
        raise AttributeError(name)

    def _pass_on(self) -> None:
        proxy = cast(_Server, self.server).proxy
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        seen = Seen(self.command, self.path, headers, body)
        fault = proxy.fault_for(seen) or Fault(acts=True)
        if fault.way == "late":
            self._until_the_client_leaves()
        status, given, answer = fault.status, dict(fault.headers), fault.body
        if fault.acts or fault.strip or fault.way in ("truncate", "no-etag", "leave", "late"):
            found = self._ask_server(seen, fault)
            if not fault.status:
                status, given, answer = found
        shown = 0 if fault.way in _SILENT else status
        proxy.record(replace(seen, status=shown, port=int(self.client_address[1])))
        self._answer(fault, status, given, answer)

    def _ask_server(self, seen: Seen, fault: Fault) -> tuple[int, dict[str, str], bytes]:
        proxy = cast(_Server, self.server).proxy
        connection = http.client.HTTPConnection(*proxy.upstream, timeout=GIVE_UP_S)
        dropped = ("connection", *(name.lower() for name in fault.strip))
        headers = {name: value for name, value in seen.headers.items() if name not in dropped}
        try:
            connection.request(seen.method, seen.path, seen.body, headers)
            answer = connection.getresponse()
            hop = ("connection", "transfer-encoding", "content-length", "server", "date")
            kept = {k: v for k, v in answer.getheaders() if k.lower() not in hop}
            return answer.status, kept, answer.read()
        except OSError:
            return 502, {}, b""
        finally:
            connection.close()

    def _answer(self, fault: Fault, status: int, headers: dict[str, str], body: bytes) -> None:
        if fault.way in _SILENT:
            self._silence(fault.way)
            return
        if fault.way == "no-etag":
            headers = {name: value for name, value in headers.items() if name.lower() != "etag"}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        empty = status in (204, 304) or self.command == "HEAD"
        if not empty:
            announced = len(body) if fault.way != "drip" else 1_000_000
            self.send_header("Content-Length", str(announced))
        self.end_headers()
        if fault.way == "drip":
            self._drip()
        elif fault.way == "truncate":
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self._silence("drop")
        elif not empty:
            self.wfile.write(body)
        if fault.way == "leave":
            self.wfile.flush()
            self._silence("drop")
            cast(_Server, self.server).proxy.left.set()

    def _drip(self) -> None:
        closing = cast(_Server, self.server).proxy.closing
        self.close_connection = True
        while not closing.wait(0.05):
            self.wfile.write(b" ")
            self.wfile.flush()

    def _silence(self, way: str) -> None:
        self.close_connection = True
        if way == "reset":
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        if way == "hang":
            self._until_the_client_leaves()
        if way != "reset":
            self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()

    def _until_the_client_leaves(self) -> None:
        closing = cast(_Server, self.server).proxy.closing
        deadline = time.monotonic() + GIVE_UP_S
        self.connection.settimeout(0.1)
        while time.monotonic() < deadline and not closing.is_set():
            try:
                if not self.connection.recv(1, socket.MSG_PEEK):
                    return
            except TimeoutError:
                continue

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""
