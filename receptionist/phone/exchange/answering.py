"""What we answer by ourselves, without any worker. Loop thread only."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable

from receptionist.phone.exchange.dialogs import Dialog
from receptionist.phone.exchange.hiding import transaction
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.sip.message import Message, response_to

_PHRASES = {
    100: "Trying",
    200: "OK",
    403: "Forbidden",
    405: "Method Not Allowed",
    481: "Call/Transaction Does Not Exist",
    483: "Too Many Hops",
    486: "Busy Here",
    487: "Request Terminated",
    488: "Not Acceptable Here",
    500: "Server Internal Error",
    501: "Not Implemented",
    503: "Service Unavailable",
    513: "Message Too Large",
}
_ALLOWED = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, PRACK, UPDATE, REFER, NOTIFY"
_RETRY_AFTER_S = 10
_PAUSES_S = (0.5, 1.0, 2.0, 4.0, 4.0)


class Answering:
    """Final answers are given once; an INVITE that was told to wait hears them until its ACK."""

    def __init__(self, send: Callable[[Message, Hop], None]) -> None:
        self._send = send
        self._unheard: dict[Dialog, asyncio.TimerHandle] = {}

    def trying(self, message: Message, way: Hop) -> None:
        """100: no need to send that again (RFC 3261 8.2.6.1)."""
        self._send(response_to(message, 100, _PHRASES[100]), way)

    def once(self, message: Message, way: Hop, status: int) -> None:
        """Answer; should it get lost, the request comes again. Nobody answers an ACK."""
        if message.method != "ACK":
            self._send(_answer(message, status), way)

    def until_acknowledged(self, dialog: Dialog, status: int) -> None:
        """Refuse an INVITE that stopped asking when it was told to wait (RFC 3261 17.2.1)."""
        dialog.status = status
        self._repeat(dialog, 0)

    def again(self, dialog: Dialog) -> None:
        """The refused INVITE came again."""
        if dialog.way is not None:
            self._send(_answer(dialog.invite, dialog.status, dialog.ours), dialog.way)

    def acknowledged(self, dialog: Dialog) -> None:
        """Its ACK came."""
        timer = self._unheard.pop(dialog, None)
        if timer is not None:
            timer.cancel()

    def _repeat(self, dialog: Dialog, times: int) -> None:
        self._unheard.pop(dialog, None)
        self.again(dialog)
        if times < len(_PAUSES_S):
            later = asyncio.get_running_loop().call_later
            self._unheard[dialog] = later(_PAUSES_S[times], self._repeat, dialog, times + 1)


def _answer(message: Message, status: int, tag: str = "") -> Message:
    """The same one for the same request, with the same tag."""
    own = hashlib.blake2b(transaction(message).encode(), digest_size=6).hexdigest()
    answer = response_to(message, status, _PHRASES[status], tag or own)
    if status == 503:
        answer.set("Retry-After", str(_RETRY_AFTER_S))
    if status in (200, 405):
        answer.set("Allow", _ALLOWED)
    return answer
