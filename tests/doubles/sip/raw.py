"""A peer of bytes: it sends exactly what a test wants, and keeps what it was sent."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
import time
from types import TracebackType
from typing import Self
from uuid import uuid4

CEILING_S = 60.0
_PCMA = 8

_SDP = """v=0
o=peer 1 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio {port} RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
a={direction}
"""


class Message(str):
    """A SIP message as it came."""

    @property
    def media_port(self) -> int:
        """The port for RTP in its SDP."""
        return int(re.findall(r"m=audio (\d+)", self)[0])

    @property
    def start(self) -> str:
        """Its first line."""
        return self.split("\r\n", 1)[0]

    def header(self, name: str) -> str:
        """The value of a header, the first if there are more, empty if there is none."""
        found = re.search(rf"(?im)^{name}[ \t]*:[ \t]*(.*?)\r?$", self)
        return found[1] if found else ""

    def headers(self, name: str) -> list[str]:
        """All values of a header, as lines."""
        return [f"{name}: {value}" for value in re.findall(rf"(?im)^{name}:[ \t]*(.*?)\r?$", self)]


class RawPhone:
    """One UDP port of loopback. `got` is what came, oldest first, without repetitions; `heard` has
    a letter for every packet of RTP: `L` for a loud one, `q` for a quiet one; `heard_from` has the
    addresses that sent them.

    It has one dialog at a time: `invite` begins it towards an engine, `take` from one. Every
    request in it but INVITE and ACK is answered with 200, a REFER with 202, unless `mute`.
    """

    def __init__(self, host: str = "127.0.0.1") -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, 0))
        self._media = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._media.bind((host, 0))
        self.place = f"{host}:{self._socket.getsockname()[1]}"
        self.got: list[Message] = []
        self.mute: set[str] = set()
        self._target = ("", 0)
        self._sequence = 1
        self._changed = threading.Condition()
        self._call = self._us = self._them = self._uri = ""
        self.heard = ""
        self.heard_from: set[str] = set()
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()
        self._media.close()

    def invite(self, port: int, *more: str, user: str = "desk", body: str = "") -> None:
        """Call an engine at `port` of loopback; `more` are whole header lines."""
        self._target = ("127.0.0.1", port)
        self._call, self._us = uuid4().hex, f"<sip:+491713920001@example.org>;tag={uuid4().hex}"
        self._uri = f"sip:{user}@127.0.0.1:{port}"
        self._them = "<sip:+493023125100@example.org>"
        self._sequence = 1
        self.request("INVITE", *more, body=body or self.sdp())

    def confirm(self, status: str = "200") -> Message:
        """ACK the final answer to our INVITE, which is waited for (RFC 3261 13.2.2.4, 17.1.1.3)."""
        with self._changed:
            came = self._changed.wait_for(lambda: self._answers(status), CEILING_S)
        assert came, f"no {status}\n" + "\n".join(one.start for one in self.got)
        answer = self._answers(status)[-1]
        self._them = answer.header("To")
        if status == "200":
            self._uri = answer.header("Contact").strip("<>")
        self.request("ACK", branch=self._branch("INVITE") if status != "200" else "")
        return answer

    def _answers(self, status: str) -> list[Message]:
        ours = f"{self._sequence} INVITE"
        return [
            one
            for one in self.seen(f"SIP/2.0 {status}", ours)
            if one.header("Call-ID") == self._call
        ]

    def reinvite(self, direction: str) -> None:
        """Offer another direction, and confirm what is answered."""
        self._sequence += 1
        self.request("INVITE", body=self.sdp(direction))
        self.confirm()

    def notify(self, outcome: str, refer: str, ends: bool = True) -> None:
        """Tell how a transfer went, by the CSeq of its REFER."""
        state = "terminated;reason=noresource" if ends else "active;expires=60"
        headers = (f"Event: refer;id={refer}", f"Subscription-State: {state}")
        self.request("NOTIFY", *headers, body=f"SIP/2.0 {outcome}\n")

    def take(self, status: str, *more: str, to: str = "INVITE", body: bool | str = False) -> None:
        """Answer the newest request of a kind with `status`, e.g. `200 OK`.

        `body` is whether with SDP, or the direction it has.
        """
        request = [one for one in self.got if one.start.startswith(to)][-1]
        if to == "INVITE" and not self._call:
            self._call = request.header("Call-ID")
            self._us = request.header("To") + f";tag={uuid4().hex}"
            self._them = request.header("From")
            self._uri = request.header("Contact").strip("<>")
        direction = body if isinstance(body, str) else "sendrecv"
        self._answer(request, status, more, self.sdp(direction) if body else "")

    def request(self, method: str, *more: str, body: str = "", branch: str = "") -> None:
        """Send a request of the dialog."""
        branch = branch or self._branch(method)
        if method not in ("ACK", "CANCEL", "INVITE"):
            self._sequence += 1
        lines = [
            f"{method} {self._uri} SIP/2.0",
            f"Via: SIP/2.0/UDP {self.place};branch=z9hG4bK{branch}",
            f"From: {self._us}",
            f"To: {self._them}",
            f"Call-ID: {self._call}",
            f"CSeq: {self._sequence} {method}",
            f"Contact: <sip:peer@{self.place}>",
            "Max-Forwards: 70",
            *more,
        ]
        self._send(lines, body)

    def speak(self, seconds: float, port: int) -> None:
        """Send a loud tone by RTP (PCMA) to a port of loopback, in the time it takes."""
        tone = (b"\x2a" * 10 + b"\xaa" * 10) * 8
        for number in range(round(seconds * 50)):
            head = struct.pack(">BBHII", 0x80, _PCMA, number, number * 160, 7)
            try:
                self._media.sendto(head + tone, ("127.0.0.1", port))
            except OSError:
                return  # closed meanwhile
            time.sleep(0.02)

    def speaks(self, port: int) -> None:
        """Speak all the time from now on."""
        threading.Thread(target=self.speak, args=(60.0, port), daemon=True).start()

    def wait(self, start: str, of: str = "", count: int = 1) -> Message:
        """The `count`-th message that begins so (and whose CSeq names the method `of`)."""
        with self._changed:
            came = self._changed.wait_for(lambda: len(self.seen(start, of)) >= count, CEILING_S)
        assert came, f"never came: {start} {of}\n" + "\n".join(one.start for one in self.got)
        return self.seen(start, of)[count - 1]

    def seen(self, start: str, of: str = "") -> list[Message]:
        """The messages that begin so, so far."""
        return [one for one in list(self.got) if one.startswith(start) and of in one.header("CSeq")]

    def sdp(self, direction: str = "sendrecv") -> str:
        """An offer or an answer of this peer."""
        return _SDP.format(port=self._media.getsockname()[1], direction=direction)

    def wait_heard(self, letters: str) -> None:
        """Wait until it heard this from now on."""
        start = len(self.heard)
        with self._changed:
            came = self._changed.wait_for(lambda: letters in self.heard[start:], CEILING_S)
        assert came, f"never heard {letters}: {self.heard[start:]}"

    def until_heard_from(self, address: str) -> None:
        """Wait until a voice came from there."""
        with self._changed:
            came = self._changed.wait_for(lambda: address in self.heard_from, CEILING_S)
        assert came, self.heard_from

    def _listen(self) -> None:
        while True:
            try:
                packet, source = self._media.recvfrom(2048)
            except OSError:
                return
            if packet[1] & 0x7F == _PCMA:
                loud = sum((byte ^ 0x55) & 0x7F > 0x40 for byte in packet[12:])
                with self._changed:
                    self.heard += "L" if loud > 80 else "q"
                    self.heard_from.add(source[0])
                    self._changed.notify_all()

    def _branch(self, method: str) -> str:
        known = method in ("INVITE", "CANCEL")
        return f"{self._call}{self._sequence}" if known else uuid4().hex

    def _answer(
        self, request: Message, status: str, more: tuple[str, ...] = (), body: str = ""
    ) -> None:
        ours = self._us if request.header("Call-ID") == self._call else request.header("To")
        lines = [
            f"SIP/2.0 {status}",
            *request.headers("Via"),
            *request.headers("Record-Route"),
            f"From: {request.header('From')}",
            f"To: {ours}",
            f"Call-ID: {request.header('Call-ID')}",
            f"CSeq: {request.header('CSeq')}",
            f"Contact: <sip:peer@{self.place}>",
            *more,
        ]
        self._send(lines, body)

    def _send(self, lines: list[str], body: str) -> None:
        body = body.replace("\n", "\r\n")
        kind = "application/sdp" if body.startswith("v=0") else "message/sipfrag;version=2.0"
        lines = [
            *lines,
            *([f"Content-Type: {kind}"] if body else []),
            f"Content-Length: {len(body)}",
        ]
        data = ("\r\n".join(lines) + "\r\n\r\n" + body).encode()
        with contextlib.suppress(OSError):  # closed meanwhile
            self._socket.sendto(data, self._target)

    def _read(self) -> None:
        while True:
            try:
                data, self._target = self._socket.recvfrom(65536)
            except OSError:
                return
            message = Message(data.decode("utf-8", "replace"))
            method = message.start.split(" ")[0]
            if method not in ("SIP/2.0", "INVITE", "ACK", "", *self.mute):
                self._answer(message, "202 Accepted" if method == "REFER" else "200 OK")
            with self._changed:
                if message not in self.got:
                    self.got.append(message)
                self._changed.notify_all()
