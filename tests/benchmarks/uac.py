"""A bare SIP user agent client over UDP, one call at a time: times INVITE → 180."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

_SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 40404 RTP/AVP 9\r\na=rtpmap:9 G722/8000\r\n"
)
_TO_TAG = re.compile(r"^(?:To|t):.*?(;tag=[^;\s]+)", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ring:
    """When the INVITE left and when the 180 came, in seconds of the monotonic clock."""

    sent: float
    rang: float

    @property
    def ms(self) -> float:
        return (self.rang - self.sent) * 1000


class UserAgentClient:
    """Rings one peer again and again, one call at a time."""

    def __init__(self, port: int, ceiling_s: float = 10.0) -> None:
        self._peer = ("127.0.0.1", port)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(ceiling_s)
        self._port = self._socket.getsockname()[1]

    def ring(self, user: str, while_ringing: Callable[[], object]) -> Ring:
        """Ring `user`, note the times, let `while_ringing` pass, cancel, wait for the end."""
        call = uuid4().hex
        ring = self._invite(user, call)
        while_ringing()
        self._send("CANCEL", user, call)
        answer = self._wait_for(call, "487")
        self._send("ACK", user, call, answer)
        return ring

    def talk(self, user: str, while_ringing: Callable[[], object], seconds: float) -> None:
        """Ring `user`; `while_ringing` has the call answered. Talk, hang up."""
        call = uuid4().hex
        self._invite(user, call)
        while_ringing()
        answer = self._wait_for(call, "200")
        self._send("ACK", user, call, answer, branch="ack")
        time.sleep(seconds)
        self._send("BYE", user, call, answer, branch="bye", number=2)
        while "BYE" not in self._wait_for(call, "200"):
            continue

    def close(self) -> None:
        self._socket.close()

    def _invite(self, user: str, call: str) -> Ring:
        invite = self._request("INVITE", user, call, "", body=_SDP)
        sent = time.monotonic()
        self._socket.sendto(invite, self._peer)
        self._wait_for(call, "180")
        return Ring(sent, time.monotonic())

    def _wait_for(self, call: str, status: str) -> str:
        while True:
            text = self._socket.recv(65535).decode("utf-8", "replace")
            if call in text and text.startswith(f"SIP/2.0 {status}"):
                return text

    def _send(
        self, method: str, user: str, call: str, answer: str = "", branch: str = "", number: int = 1
    ) -> None:
        tag = _TO_TAG.search(answer)
        text = self._request(method, user, call, tag[1] if tag else "", branch, number)
        self._socket.sendto(text, self._peer)

    def _request(
        self,
        method: str,
        user: str,
        call: str,
        to_tag: str,
        branch: str = "",
        number: int = 1,
        body: str = "",
    ) -> bytes:
        host, port = self._peer
        lines = [
            f"{method} sip:{user}@{host}:{port} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:{self._port};branch=z9hG4bK{call}{branch};rport",
            "Max-Forwards: 70",
            f'From: "Erika Muster" <sip:+492214710134@127.0.0.1:{self._port}>;tag={call[:8]}',
            f"To: <sip:{user}@{host}:{port}>{to_tag}",
            f"Call-ID: {call}",
            f"CSeq: {number} {method}",
            f"Contact: <sip:bench@127.0.0.1:{self._port}>",
        ]
        if body:
            lines.append("Content-Type: application/sdp")
        lines += [f"Content-Length: {len(body)}", "", body]
        return "\r\n".join(lines).encode()
