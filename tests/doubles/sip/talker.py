"""A caller that sends and takes every packet itself: when each came, and what was in it.

One call over UDP on loopback, PCMA in both directions: it speaks a tone, and keeps for each RTP
packet it gets the time, the sequence number, the timestamp and the loudness.
"""

from __future__ import annotations

import array
import itertools
import re
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from uuid import uuid4

CEILING_S = 60.0
FRAME_S = 0.02
_SAMPLES = 160
_TO = re.compile(r"^To:[ \t]*(.+?)\r?$", re.MULTILINE | re.IGNORECASE)
_CONTACT = re.compile(r"^Contact:[^<\r\n]*<([^>]+)>", re.MULTILINE | re.IGNORECASE)
_ROUTE = re.compile(r"^Record-Route:[ \t]*(.+?)\r?$", re.MULTILINE | re.IGNORECASE)
_MEDIA = re.compile(r"^m=audio (\d+)", re.MULTILINE)
_COPIED = ("via", "from", "to", "call-id", "cseq", "record-route")
_TONE = bytes([0xA5 ^ 0x80] * 10 + [0xA5] * 10) * (_SAMPLES // 20)
"""A square tone of 400 Hz in A-law."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One RTP packet: when it came (monotonic), and what it says of itself."""

    at: float
    number: int
    timestamp: int
    loudness: int


def _level(code: int) -> int:
    """The size of an A-law sample."""
    code ^= 0x55
    exponent, mantissa = (code & 0x70) >> 4, code & 0x0F
    return (mantissa << 4) + 8 if not exponent else ((mantissa << 4) + 0x108) << (exponent - 1)


_LEVELS = array.array("i", (_level(code) for code in range(256)))


class Talker:
    """One caller. `call` it, then `packets` grows while the call is up. `saw` are SIP messages."""

    def __init__(self) -> None:
        self.packets: list[Packet] = []
        self.saw: list[str] = []
        self._sip, self._rtp = _socket(), _socket()
        self._call = uuid4().hex
        self._changed = threading.Condition()
        self._peer = ("127.0.0.1", 0)
        self._to = self._remote = ""
        self._routes: list[str] = []
        self._headers: tuple[str, ...] = ()
        self._closed = threading.Event()
        self._threads: list[threading.Thread] = []
        self._run(self._listen)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def address(self) -> str:
        """Where its SIP is, as a line's registrar."""
        return f"127.0.0.1:{self._sip.getsockname()[1]}"

    @property
    def replaces(self) -> str:
        """How others name the call (RFC 3891), once it is answered."""
        return f"{self._call};to-tag={self._to.partition('tag=')[2]};from-tag={self._call[:8]}"

    def call(self, user: str, port: int, *headers: str) -> None:
        """Call; `wait_for` says what comes of it. These headers are added to the INVITE."""
        self._headers = headers
        self._peer = ("127.0.0.1", port)
        self._remote = f"sip:{user}@127.0.0.1:{port}"
        self._to = f"<{self._remote}>"
        self._request("INVITE", 1, self._offer())

    def talk(self) -> None:
        """Wait until the call is answered, then speak and listen."""
        answer = self.wait_for("SIP/2.0 200")
        to, contact, media = _TO.search(answer), _CONTACT.search(answer), _MEDIA.search(answer)
        if not (to and contact and media):
            raise AssertionError(answer)
        self._to, self._remote = to[1], contact[1]
        self._routes = _ROUTE.findall(answer)[::-1]
        self._request("ACK", 1)
        self._run(self._hear)
        self._run(lambda: self._speak(int(media[1])))

    def hang_up(self) -> None:
        """Say BYE, or CANCEL before the answer."""
        if self.packets:
            self._request("BYE", 2)
        else:
            self._request("CANCEL", 1)

    def written(self, method: str, number: int, body: str = "") -> bytes:
        """A request of the call, as it would be sent."""
        host = self.address
        branch = self._call if method in ("INVITE", "CANCEL") else uuid4().hex
        lines = [
            f"{method} {self._remote} SIP/2.0",
            f"Via: SIP/2.0/UDP {host};branch=z9hG4bK{branch};rport",
            *(f"Route: {route}" for route in self._routes),
            "Max-Forwards: 70",
            f'From: "Erika Muster" <sip:+491713920010@{host}>;tag={self._call[:8]}',
            f"To: {self._to}",
            f"Call-ID: {self._call}",
            f"CSeq: {number} {method}",
            f"Contact: <sip:talker@{host}>",
            *(self._headers if method == "INVITE" else ()),
        ]
        if body:
            lines.append("Content-Type: application/sdp")
        lines += [f"Content-Length: {len(body)}", "", body]
        return "\r\n".join(lines).encode()

    def wait_for(self, start: str) -> str:
        """The first SIP message that begins so, waited for."""

        def found() -> str:
            return next((text for text in self.saw if text.startswith(start)), "")

        self.until(lambda: bool(found()))
        return found()

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something that was received makes it true."""
        with self._changed:
            assert self._changed.wait_for(condition, CEILING_S), self.saw

    def close(self) -> None:
        """End it, however the call is."""
        self._closed.set()
        for thread in self._threads:
            thread.join()
        self._sip.close()
        self._rtp.close()

    # ---- inside

    def _run(self, function: Callable[[], None]) -> None:
        self._threads.append(threading.Thread(target=function, daemon=True))
        self._threads[-1].start()

    def _listen(self) -> None:
        while not self._closed.is_set():
            try:
                data, source = self._sip.recvfrom(65_535)
            except TimeoutError:
                continue
            text = data.decode("utf-8", "replace")
            if not text.startswith("SIP/2.0") and not text.startswith("ACK"):
                self._sip.sendto(self._ok(text), source)
            elif text.startswith(("SIP/2.0 4", "SIP/2.0 6")) and "INVITE" in text:
                to = _TO.search(text)
                self._to = to[1] if to else self._to
                self._request("ACK", 1)
            with self._changed:
                self.saw.append(text)
                self._changed.notify_all()

    def _hear(self) -> None:
        while not self._closed.is_set():
            try:
                data = self._rtp.recv(2048)
            except TimeoutError:
                continue
            at = time.monotonic()
            number, timestamp = struct.unpack("!HI", data[2:8])
            loudness = sum(_LEVELS[code] for code in data[12:]) // max(1, len(data) - 12)
            with self._changed:
                self.packets.append(Packet(at, number, timestamp, loudness))
                self._changed.notify_all()

    def _speak(self, port: int) -> None:
        began, number = time.monotonic(), 0
        while not self._closed.wait(max(0.0, began + number * FRAME_S - time.monotonic())):
            header = struct.pack("!BBHII", 0x80, 8, number & 0xFFFF, number * _SAMPLES, 0x5EED)
            self._rtp.sendto(header + _TONE, ("127.0.0.1", port))
            number += 1

    def _offer(self, way: str = "sendrecv") -> str:
        rtp = self._rtp.getsockname()[1]
        return (
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            f"m=audio {rtp} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na={way}\r\n"
        )

    def _ok(self, request: str) -> bytes:
        """We agree to everything, also to being held."""
        head, _, offer = request.partition("\r\n\r\n")
        kept = [
            line
            for line in head.split("\r\n")[1:]
            if line.partition(":")[0].strip().lower() in _COPIED
        ]
        kept.append(f"Contact: <sip:talker@{self.address}>")
        body = ""
        if offer:
            held = "a=sendonly" in offer or "a=inactive" in offer
            body = self._offer("recvonly" if held else "sendrecv")
            kept.append("Content-Type: application/sdp")
        answer = ["SIP/2.0 200 OK", *kept, f"Content-Length: {len(body)}", "", body]
        return "\r\n".join(answer).encode()

    def _request(self, method: str, number: int, body: str = "") -> None:
        self._sip.sendto(self.written(method, number, body), self._peer)


def longest_gap(packets: list[Packet]) -> float:
    """The longest time between two packets, in seconds."""
    return max(after.at - before.at for before, after in itertools.pairwise(packets))


def _socket() -> socket.socket:
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.bind(("127.0.0.1", 0))
    one.settimeout(0.1)
    return one
