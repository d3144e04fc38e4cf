"""What is said in the place of a worker that died: its callers shall not wait in silence.

A call that was up gets a BYE, one that rang at us 500, one that rang outside a CANCEL.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable, Iterable
from functools import partial

from receptionist.phone.exchange.dialogs import Dialog
from receptionist.phone.exchange.hiding import COOKIE, branch_of, secured
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.outside import Outside
from receptionist.phone.sip.message import Message, request
from receptionist.phone.sip.via import own_via

_AHEAD = 1000
"""The dead one has counted on; the next number has to be higher, by how much does not matter."""

_PAUSES_S = (0.5, 1.0, 2.0, 4.0)
_MARK = f"{COOKIE}bye-"
_URI = re.compile(r"<([^<>]*)>")


class Farewell:
    """Loop thread only. `bury` refuses an INVITE that nobody answered."""

    def __init__(self, outside: Outside, bury: Callable[[Dialog], None]) -> None:
        self._outside = outside
        self._bury = bury
        self._unheard: dict[str, asyncio.TimerHandle] = {}

    def speak_for(self, dialogs: Iterable[Dialog]) -> None:
        """End these dialogs."""
        for dialog in dialogs:
            if dialog.confirmed:
                self._bye(dialog)
            elif dialog.over:
                continue
            elif dialog.incoming:
                self._bury(dialog)
            elif dialog.way is not None:
                cancel = _beside(dialog.invite, "CANCEL")
                self._send(cancel, dialog.way, branch_of(cancel.get("via") or ""), 0)

    def answer(self, message: Message) -> None:
        """An answer that no worker waits for."""
        timer = self._unheard.pop(branch_of(message.get("via") or ""), None)
        if timer is not None and message.status >= 200:
            timer.cancel()

    def _bye(self, dialog: Dialog) -> None:
        ok, target = dialog.ok, _uri(dialog.target)
        if ok is None or not target:
            return
        peer, us = ("from", "to") if dialog.incoming else ("to", "from")
        routes = dialog.invite.all("record-route")
        if not dialog.incoming:
            routes = ok.all("record-route")[::-1]
        number = int((ok.get("cseq") or "0").partition(" ")[0]) if not dialog.incoming else 0
        headers = [("Route", one) for one in routes]
        headers += [
            ("From", ok.get(us) or ""),
            ("To", ok.get(peer) or ""),
            ("Call-ID", dialog.call_id),
            ("CSeq", f"{number + _AHEAD} BYE"),
            ("Max-Forwards", "70"),
        ]
        bye = request("BYE", target, headers)
        first = _uri(routes[0]) if routes else target
        found = partial(self._first, bye)
        self._outside.reach(dialog.line_id, first, found, dialog.way)

    def _first(self, message: Message, way: Hop | None) -> None:
        if way is None:
            return
        branch = _MARK + secrets.token_hex(8)
        message.prepend("Via", own_via(way.transport, *self._outside.local(way), branch))
        self._send(message, way, branch, 0)

    def _send(self, message: Message, way: Hop, branch: str, times: int) -> None:
        self._unheard.pop(branch, None)
        self._outside.send(message, way)
        if times < len(_PAUSES_S):
            later = asyncio.get_running_loop().call_later
            self._unheard[branch] = later(
                _PAUSES_S[times], self._send, message, way, branch, times + 1
            )


def _beside(invite: Message, method: str) -> Message:
    """A request of the same transaction as an INVITE that we had sent (RFC 3261 9.1)."""
    number = (invite.get("cseq") or "").partition(" ")[0]
    kept = ("via", "route", "from", "to", "call-id", "max-forwards")
    headers = [pair for pair in invite.headers if pair[0].lower() in kept]
    return request(method, invite.uri, [*headers, ("CSeq", f"{number} {method}")])


def _uri(value: str) -> str:
    found = _URI.search(value)
    return secured(found[1] if found else value.partition(";")[0].strip())
