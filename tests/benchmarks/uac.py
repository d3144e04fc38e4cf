"""A bare SIP user agent client over UDP that times one answer: INVITE out, 180 in, CANCEL."""

from __future__ import annotations

import re
import socket
import time
from dataclasses import dataclass
from uuid import uuid4

_SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 40404 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n"
)


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

    def __init__(self, port: int, ceiling_s: float = 5.0) -> None:
        self._peer = ("127.0.0.1", port)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(ceiling_s)
        self._port = self._socket.getsockname()[1]

    def ring(self, user: str, hold_s: float = 0.0) -> Ring:
        """Ring `user`, note the times, cancel, and wait until the call is over."""
        call = uuid4().hex
        invite = self._request("INVITE", user, call, "", _SDP)
        sent = time.monotonic()
        self._socket.sendto(invite, self._peer)
        self._wait_for(call, "180")
        rang = time.monotonic()
        time.sleep(hold_s)
        self._socket.sendto(self._request("CANCEL", user, call, ""), self._peer)
        answer = self._wait_for(call, "487")
        tag = re.search(r"^(?:To|t):.*?;tag=([^;\s]+)", answer, re.MULTILINE | re.IGNORECASE)
        ack = self._request("ACK", user, call, f";tag={tag[1]}" if tag else "")
        self._socket.sendto(ack, self._peer)
        return Ring(sent, rang)

    def close(self) -> None:
        self._socket.close()

    def _wait_for(self, call: str, status: str) -> str:
        while True:
            text = self._socket.recv(65535).decode("utf-8", "replace")
            if call in text and text.startswith(f"SIP/2.0 {status}"):
                return text

    def _request(self, method: str, user: str, call: str, to_tag: str, body: str = "") -> bytes:
        host, port = self._peer
        lines = [
            f"{method} sip:{user}@{host}:{port} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:{self._port};branch=z9hG4bK{call};rport",
            "Max-Forwards: 70",
            f'From: "Erika Muster" <sip:+492214710134@127.0.0.1:{self._port}>;tag={call[:8]}',
            f"To: <sip:{user}@{host}:{port}>{to_tag}",
            f"Call-ID: {call}",
            f"CSeq: 1 {method}",
            f"Contact: <sip:bench@127.0.0.1:{self._port}>",
        ]
        if body:
            lines.append("Content-Type: application/sdp")
        lines += [f"Content-Length: {len(body)}", "", body]
        return "\r\n".join(lines).encode()
