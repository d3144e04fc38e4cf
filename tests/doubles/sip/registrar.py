"""A registrar on the loop of the test: digest of every kind, and everything that may go wrong.

It reads and computes by itself, and shares no code with what it judges.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import ssl
from dataclasses import dataclass, field
from typing import cast

USER = "desk"
PASSWORD = "Straße & 5 €"
REALM = "phone.example"
CEILING_S = 60.0


@dataclass
class Manners:
    """How it behaves. Tests change it while it runs."""

    algorithms: tuple[str, ...] = ("MD5",)
    qop: str = "auth"
    status: int = 401
    stale_after: int = 10**9
    says_stale: bool = True
    least_s: int = 0
    most_s: int = 3600
    refuses: int = 0
    silent: bool = False
    answers_options: bool = True
    seen_as: tuple[str, int] | None = None


@dataclass
class Asked:
    """One request as it came."""

    method: str
    uri: str
    headers: list[tuple[str, str]]
    came_from: tuple[str, int]

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def get(self, name: str) -> str:
        return next(iter(self.all(name)), "")


@dataclass
class Registrar:
    """Listens on loopback by UDP, TCP and, with a context, TLS."""

    manners: Manners = field(default_factory=Manners)
    asked: list[Asked] = field(default_factory=list)
    bindings: dict[str, int] = field(default_factory=dict)
    port: int = 0

    def __post_init__(self) -> None:
        self._nonces = 0
        self._uses: dict[str, int] = {}
        self._changed = asyncio.Event()
        self._udp: asyncio.DatagramTransport | None = None
        self._server: asyncio.Server | None = None
        self.writers: list[asyncio.StreamWriter] = []

    async def open_udp(self, port: int = 0) -> None:
        loop = asyncio.get_running_loop()
        self._udp, _ = await loop.create_datagram_endpoint(
            lambda: _Udp(self), local_addr=("127.0.0.1", port)
        )
        self.port = self._udp.get_extra_info("sockname")[1]

    async def open_stream(self, context: ssl.SSLContext | None = None, port: int = 0) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]

    def close(self) -> None:
        if self._udp is not None:
            self._udp.close()
        if self._server is not None:
            self._server.close()
        for writer in self.writers:
            writer.transport.abort()

    def registers(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.method == "REGISTER"]

    async def until(self, true: object) -> None:
        """Wait until the callable `true` is true; it is asked after every request."""
        assert callable(true)
        async with asyncio.timeout(CEILING_S):
            while not true():
                self._changed.clear()
                await self._changed.wait()

    def answer(self, data: bytes, came_from: tuple[str, int]) -> bytes:
        """The answer to one request; empty for none."""
        asked = _read(data, came_from)
        self.asked.append(asked)
        self._changed.set()
        manners = self.manners
        if manners.silent or (asked.method == "OPTIONS" and not manners.answers_options):
            return b""
        if asked.method != "REGISTER":
            return self._reply(asked, 200, "OK", [])
        return self._register(asked)

    def _register(self, asked: Asked) -> bytes:
        manners = self.manners
        if manners.refuses:
            return self._reply(asked, manners.refuses, "No", [("Retry-After", "1 (soon)")])
        right = self._right(asked)
        if right != "yes":
            return self._reply(asked, manners.status, "Who?", self._challenges(right == "stale"))
        wanted = int(asked.get("expires") or 0)
        if 0 < wanted < manners.least_s:
            return self._reply(asked, 423, "Too Brief", [("Min-Expires", str(manners.least_s))])
        given = min(wanted, manners.most_s)
        for uri, expires in re.findall(r"<([^>]+)>;expires=(\d+)", asked.get("contact")):
            if int(expires):
                self.bindings[uri] = given
            else:
                self.bindings.pop(uri, None)
        contacts = [("Contact", f"<{uri}>;expires={s}") for uri, s in self.bindings.items()]
        return self._reply(asked, 200, "OK", contacts)

    def _challenges(self, stale: bool) -> list[tuple[str, str]]:
        name = "WWW-Authenticate" if self.manners.status == 401 else "Proxy-Authenticate"
        made = []
        for algorithm in self.manners.algorithms:
            self._nonces += 1
            parts = [f'realm="{REALM}"', f'nonce="nonce{self._nonces}"', 'opaque="a\\"b"']
            parts += [f"algorithm={algorithm}", f"stale={'true' if stale else 'false'}"]
            if self.manners.qop:
                parts.append(f'qop="{self.manners.qop}"')
            made.append((name, "Digest " + ", ".join(parts)))
        return made

    def _right(self, asked: Asked) -> str:
        name = "Authorization" if self.manners.status == 401 else "Proxy-Authorization"
        given = dict(re.findall(r'(\w+)="?((?:\\.|[^",])*)"?', asked.get(name).partition(" ")[2]))
        if not given:
            return "no"
        nonce = given["nonce"]
        kind = {"MD5": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512_256"}
        base = given["algorithm"].removesuffix("-sess")
        named = kind[base]

        def h(text: str) -> str:
            return hashlib.new(named, text.encode()).hexdigest()

        first = h(f"{USER}:{REALM}:{PASSWORD}")
        if given["algorithm"].endswith("-sess"):
            first = h(f"{first}:{nonce}:{given['cnonce']}")
        second = f"{asked.method}:{given['uri']}"
        if self.manners.qop == "auth-int":
            second += f":{h('')}"
        middle = ""
        if self.manners.qop:
            middle = f"{given['nc']}:{given['cnonce']}:{given['qop']}:"
            if int(given["nc"], 16) != self._uses.get(nonce, 0) + 1:
                return "no"
        if h(f"{first}:{nonce}:{middle}{h(second)}") != given["response"]:
            return "no"
        if given["username"] != USER or given["opaque"] != 'a\\"b' or given["uri"] != asked.uri:
            return "no"
        self._uses[nonce] = self._uses.get(nonce, 0) + 1
        if self._uses[nonce] <= self.manners.stale_after:
            return "yes"
        return "stale" if self.manners.says_stale else "no"

    def _reply(self, asked: Asked, status: int, reason: str, more: list[tuple[str, str]]) -> bytes:
        host, port = self.manners.seen_as or asked.came_from
        lines = [f"SIP/2.0 {status} {reason}"]
        for name, value in asked.headers:
            if name.lower() == "via":
                value = value.replace(";rport", f";rport={port};received={host}")
            if name.lower() == "to":
                value += ";tag=there"
            if name.lower() in ("via", "from", "to", "call-id", "cseq"):
                lines.append(f"{name}: {value}")
        lines += [f"{name}: {value}" for name, value in more]
        return ("\r\n".join([*lines, "Content-Length: 0"]) + "\r\n\r\n").encode()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)
        peer = writer.get_extra_info("peername")
        while True:
            try:
                data = await reader.readuntil(b"\r\n\r\n")
            except (asyncio.IncompleteReadError, OSError):
                break
            if data.strip():
                writer.write(self.answer(data, peer[:2]))
        writer.close()


class _Udp(asyncio.DatagramProtocol):
    def __init__(self, registrar: Registrar) -> None:
        self._registrar = registrar
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        answer = self._registrar.answer(data, addr)
        if answer and self._transport is not None:
            self._transport.sendto(answer, addr)


def _read(data: bytes, came_from: tuple[str, int]) -> Asked:
    head = data.decode().partition("\r\n\r\n")[0]
    start, *lines = head.split("\r\n")
    method, uri, _ = start.split(" ")
    pairs = (line.partition(":") for line in lines)
    headers = [(name.strip(), value.strip()) for name, _, value in pairs]
    return Asked(method, uri, headers, came_from)
