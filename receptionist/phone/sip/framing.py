"""Messages out of a stream (RFC 3261 18.3) and the pings between them (RFC 5626 4.4.1). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from receptionist.phone.sip.message import Message, parse
from receptionist.phone.sip.reading import MOST_BYTES, BadSip

PING = b"\r\n\r\n"
PONG = b"\r\n"

_START = re.compile(rb"SIP/2\.0 |[^\r\n]* SIP/2\.0\r\n")
_LENGTH = re.compile(
    rb"\r\n(?:content-length|l)[ \t]*:[ \t]*([0-9]{1,6})[ \t]*(?=\r\n)", re.IGNORECASE
)


class Framer:
    """Cuts what arrives into messages. After `BadSip` the stream cannot be used any more.

    What is malformed in itself, but has a length, is left out and counted in `bad`.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._blank = 0
        self.pings = 0
        self.bad = 0

    def feed(self, data: bytes) -> Iterator[Message]:
        """Take more bytes in and give the messages that are complete; count pings in `pings`."""
        self._buffer += data
        self._skip()
        while self._buffer:
            length = self._whole()
            if length == 0:
                return
            whole = bytes(self._buffer[:length])
            del self._buffer[:length]
            try:
                message = parse(whole)
            except BadSip:
                self.bad += 1
            else:
                yield message
            self._skip()

    def _skip(self) -> None:
        """Take CRLFs between messages away; two in a row are a ping."""
        at = 0
        while self._buffer[at : at + 2] == PONG:
            at += 2
            self._blank += 1
            if self._blank == 2:
                self.pings, self._blank = self.pings + 1, 0
        rest = len(self._buffer) - at
        if rest and self._buffer[at : at + 2] != PONG[:rest]:
            self._blank = 0
        del self._buffer[:at]

    def _whole(self) -> int:
        """How long the message at the front is, 0 while it is not complete."""
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            if len(self._buffer) > MOST_BYTES:
                raise BadSip("no end of the headers")
            return 0
        if not _START.match(self._buffer):
            raise BadSip("no SIP in a stream")
        lengths = {int(found[1]) for found in _LENGTH.finditer(self._buffer, 0, end + 2)}
        if len(lengths) != 1:
            raise BadSip("not one Content-Length in a stream")
        length = end + 4 + lengths.pop()
        if length > MOST_BYTES:
            raise BadSip("too long")
        return length if len(self._buffer) >= length else 0
