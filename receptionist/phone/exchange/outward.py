"""From the workers to outside: requests go out, what is answered there comes in.

Loop thread only.
"""

from __future__ import annotations

import logging
import re
from uuid import UUID

from receptionist.phone.exchange import hiding
from receptionist.phone.exchange.dialogs import Dialog, Dialogs
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.inward import Inside
from receptionist.phone.exchange.outside import Outside
from receptionist.phone.exchange.workers import Worker, Workers
from receptionist.phone.sip.message import Message, response_to
from receptionist.phone.sip.via import own_via

log = logging.getLogger(__name__)

_BRANCH = re.compile(rf"{re.escape(hiding.COOKIE)}w(\d+)-(.+)")
_URI = re.compile(r"<([^<>]*)>")


class Outward:
    """Requests of the workers and their answers."""

    def __init__(
        self, dialogs: Dialogs, workers: Workers, inside: Inside, outside: Outside
    ) -> None:
        self._dialogs = dialogs
        self._workers = workers
        self._inside = inside
        self._outside = outside

    # ---- requests ----------------------------------------------------------------------------

    def request(self, message: Message, worker: Worker) -> None:
        """A worker asks for something."""
        dialog = self._dialogs.inside(message, worker)
        if dialog is None and message.method == "INVITE":
            dialog = self._begin(message, worker)
        if dialog is None or not hiding.hopped(message):
            self._answer(message, worker, 481 if dialog is None else 483)
            return
        hiding.without_ours(message)
        routes = message.all("route")
        if routes and self._inside.place in routes[0]:
            message.remove_first("route")
        elif not dialog.incoming:
            self._by_proxy(message, dialog)
        if message.method == "BYE":
            dialog.over = True
        if dialog.way is not None and _branch(message, worker) == _sent_branch(dialog):
            self._send(message, worker, dialog, dialog.way)
            return
        target, place = _target(message), dialog
        self._outside.reach(
            dialog.line_id, target, lambda way: self._send(message, worker, place, way), dialog.way
        )

    def _begin(self, message: Message, worker: Worker) -> Dialog | None:
        try:
            line_id = UUID(message.get(hiding.LINE_HEADER) or "")
        except ValueError:
            return None
        call_id = message.get("call-id") or ""
        dialog = Dialog(call_id, incoming=False, line_id=line_id, invite=message, worker=worker)
        dialog.ours = hiding.tag_of(message.get("from"))
        return self._dialogs.add(dialog)

    def _by_proxy(self, message: Message, dialog: Dialog) -> None:
        """What begins a dialog, or ends that attempt, goes by the proxy of its line."""
        proxy = self._outside.proxy(dialog.line_id)
        if proxy:
            message.prepend("Route", f"<{proxy}>")

    def _send(self, message: Message, worker: Worker, dialog: Dialog, way: Hop | None) -> None:
        if way is None:
            self._answer(message, worker, 503)
            return
        branch = _branch(message, worker)
        message.remove_first("via")
        host, port = self._outside.local(way)
        message.prepend("Via", own_via(way.transport, host, port, branch))
        message.uri = hiding.secured(message.uri)
        hiding.our_contact(message, f"{host}:{port}", way.transport)
        if message.method == "INVITE" and not hiding.tag_of(message.get("to")):
            if branch != _sent_branch(dialog):
                dialog.rang, dialog.over, dialog.status = False, False, 0
            dialog.invite, dialog.way = message, way
        self._outside.send(message, way)

    def _answer(self, message: Message, worker: Worker, status: int) -> None:
        if message.method == "ACK":
            return
        phrase = "Service Unavailable" if status == 503 else "Not Possible"
        answer = response_to(message, status, phrase, f"edge{worker.number}")
        self._inside.send(answer.to_bytes(), worker.port)

    # ---- answers -----------------------------------------------------------------------------

    def answer(self, message: Message) -> bool:
        """An answer came from outside; false if it is not for a worker."""
        found = _BRANCH.fullmatch(hiding.branch_of(message.get("via") or ""))
        if found is None:
            return False
        message.remove_first("via")
        worker = self._workers.get(int(found[1]))
        if worker is None:
            return True
        if message.method == "INVITE":
            self._note(message, worker)
            message.headers.append(("Record-Route", f"<sip:{self._inside.place};lr>"))
        hiding.plain(message)
        hiding.without_ours(message)
        place = f"127.0.0.1:{worker.port}"
        message.prepend("Via", f"SIP/2.0/UDP {place};rport={worker.port};branch={found[2]}")
        self._inside.send(hiding.trimmed(message), worker.port)
        return True

    def lost(self, way: Hop) -> None:
        """A connection broke, or never stood: who was to be called by it cannot be (16.9)."""
        for dialog in self._dialogs:
            waits = dialog.worker is not None and not (dialog.rang or dialog.over)
            if not dialog.incoming and dialog.way == way and waits:
                self.answer(response_to(dialog.invite, 503, "Service Unavailable", "edge"))

    def _note(self, message: Message, worker: Worker) -> None:
        dialog = self._dialogs.inside(message, worker)
        if dialog is None or message.status <= 100:
            return
        dialog.rang = True
        if message.status < 300:
            dialog.target = message.get("contact") or dialog.target
        if 200 <= message.status < 300:
            dialog.ok = dialog.ok or message.copy()
        elif message.status >= 300 and message.status not in (401, 407) and dialog.ok is None:
            dialog.over, dialog.status = True, message.status


def _branch(message: Message, worker: Worker) -> str:
    """Our branch for a worker's request: the same for an INVITE, its CANCEL and its refusal's ACK.

    They have to meet at one server (RFC 3261 9.1 and 17.1.1.3).
    """
    return f"{hiding.COOKIE}w{worker.number}-{hiding.branch_of(message.get('via') or '')}"


def _sent_branch(dialog: Dialog) -> str:
    return hiding.branch_of(dialog.invite.get("via") or "")


def _target(message: Message) -> str:
    """Where a request goes next: its topmost Route, or its Request-URI (RFC 3261 16.6)."""
    routes = message.all("route")
    found = _URI.search(routes[0]) if routes else None
    return found[1] if found else hiding.secured(message.uri)
