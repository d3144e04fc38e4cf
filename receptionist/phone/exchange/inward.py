"""From outside to the workers: requests go in, what the workers answer comes out.

Loop thread only.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from receptionist.events import PhoneRefused
from receptionist.phone.exchange import hiding
from receptionist.phone.exchange.answering import Answering
from receptionist.phone.exchange.dialogs import Dialog, Dialogs
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.outside import Outside
from receptionist.phone.exchange.workers import Worker, Workers
from receptionist.phone.sip.invite import parse as read_invite
from receptionist.phone.sip.limits import Bucket
from receptionist.phone.sip.message import Message
from receptionist.phone.sip.via import via
from receptionist.phone.sip.voice import is_plain
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

_PATIENCE_S = 20.0
_ATTEMPTS = 3
_KEPT_S = 64.0
_ELSEWHERE = (486, 500, 503)
"""So a worker refuses without ringing where another one may well take the call."""

_STRANGERS = (0.2, 10.0)
"""So many a second are told, and so many at once; each is written down where no desk listens."""

_IN_DIALOGS = ("BYE", "INFO", "PRACK", "UPDATE", "REFER", "NOTIFY", "CANCEL")
_KNOWN = ("REGISTER", "SUBSCRIBE", "PUBLISH", "MESSAGE")


class Inside(Protocol):
    """The socket on loopback. `place` is its `host:port`."""

    @property
    def place(self) -> str:
        """Where workers find us."""

    def send(self, data: bytes, port: int) -> None:
        """Send to the worker at a port."""


class Inward:
    """Requests from outside and their answers. `report` takes what the desk is to hear."""

    def __init__(
        self,
        dialogs: Dialogs,
        workers: Workers,
        inside: Inside,
        outside: Outside,
        report: Callable[[Any], None],
    ) -> None:
        self._dialogs = dialogs
        self._workers = workers
        self._inside = inside
        self._outside = outside
        self._report = report
        self._answering = Answering(outside.send)
        self._returns: dict[str, tuple[Hop, float]] = {}
        self._strangers = Bucket(*_STRANGERS, time.monotonic())

    # ---- requests ----------------------------------------------------------------------------

    def request(self, message: Message, way: Hop) -> None:
        """A request came from outside."""
        source, way = way, _back(message, way)
        hiding.without_ours(message)
        dialog = self._dialogs.outside(message)
        if message.method == "ACK" and dialog is not None:
            self._answering.acknowledged(dialog)
        if not hiding.hopped(message):
            self._answering.once(message, way, 483)
        elif dialog is None and message.method == "INVITE" and not hiding.tag_of(message.get("to")):
            self._new(message, way, source)
        elif dialog is None:
            self._stray(message, way)
        elif dialog.worker is None:
            self._early(message, way, dialog)
        else:
            self._pass_in(message, way, dialog, dialog.worker)

    def _new(self, message: Message, way: Hop, source: Hop) -> None:
        line_id = self._outside.line_for(message.uri, source)
        if line_id is None:
            self._answering.once(message, way, 403)
            if self._strangers.take(time.monotonic()):
                self._refused(message, None, Reason.STRANGER)
        elif not self._outside.admits(source.host):
            self._answering.once(message, way, 503)
            self._refused(message, line_id, Reason.CALL_LIMIT)
        elif not self._dialogs.handed_over(hiding.without_replaces(message)):
            self._answering.once(message, way, 481)
        else:
            self._answering.trying(message, way)
            call_id = message.get("call-id") or ""
            dialog = Dialog(call_id, incoming=True, line_id=line_id, invite=message, way=way)
            self._dialogs.add(dialog)
            dialog.target = message.get("contact") or ""
            if self._outside.insists(line_id) and is_plain(message.body):
                self._give_up(dialog, 488, Reason.VOICE_NOT_ENCRYPTED)
            else:
                self._workers.take(lambda worker: self._given(dialog, worker), _PATIENCE_S)

    def _given(self, dialog: Dialog, worker: Worker | None) -> None:
        """A worker is there for a caller, or none can be had; he may have given up meanwhile."""
        if worker is None and not dialog.over:
            self._give_up(dialog, 486 if self._workers.full else 503)
        elif worker is not None and dialog.over:
            self._workers.settle(worker)
        elif worker is not None and dialog.way is not None:
            dialog.worker = worker
            if not self._pass_in(dialog.invite.copy(), dialog.way, dialog, worker):
                dialog.worker = None
                self._workers.settle(worker)
                self._give_up(dialog, 513, Reason.MISSED)

    def _give_up(self, dialog: Dialog, status: int, reason: Reason = Reason.CALL_LIMIT) -> None:
        dialog.over = True
        self._answering.until_acknowledged(dialog, status)
        self._refused(dialog.invite, dialog.line_id, reason)

    def _stray(self, message: Message, way: Hop) -> None:
        """It fits nothing that we know."""
        method = message.method
        if method == "ACK":
            return
        if hiding.tag_of(message.get("to")) or method in _IN_DIALOGS:
            self._answering.once(message, way, 481)
        elif method == "OPTIONS":
            self._answering.once(message, way, 200)
        else:
            self._answering.once(message, way, 405 if method in _KNOWN else 501)

    def _early(self, message: Message, way: Hop, dialog: Dialog) -> None:
        """He waits for a worker, or there will be none."""
        if message.method == "CANCEL":
            self._answering.once(message, way, 200)
            if not dialog.over:
                self._give_up(dialog, 487)
        elif message.method == "INVITE" and not dialog.over:
            self._answering.trying(message, way)
        elif message.method == "INVITE" and dialog.status:
            self._answering.again(dialog)
        elif message.method != "ACK":
            self._answering.once(message, way, 481)

    def _pass_in(self, message: Message, way: Hop, dialog: Dialog, worker: Worker) -> bool:
        """Hand a request to a worker; false if it begins a call and is too long to be read."""
        branch = f"{hiding.COOKIE}{hiding.transaction(message)}.{dialog.attempt}"
        self._returns[branch] = (way, time.monotonic())
        message.prepend("Via", f"SIP/2.0/UDP {self._inside.place};branch={branch}")
        message.remove("Route")
        if message.method == "INVITE":
            dialog.target = message.get("contact") or dialog.target
            message.prepend("Record-Route", f"<sip:{self._inside.place};lr>")
            message.set(hiding.LINE_HEADER, str(dialog.line_id))
        elif message.method == "BYE":
            dialog.over = True
        hiding.plain(message)
        data = hiding.trimmed(message)
        begins = message.method == "INVITE" and not hiding.tag_of(message.get("to"))
        if begins and len(data) > hiding.LONGEST:
            return False
        self._inside.send(data, worker.port)
        return True

    # ---- answers -----------------------------------------------------------------------------

    def answer(self, message: Message, worker: Worker) -> None:
        """A worker answered a request from outside."""
        branch = hiding.branch_of(message.remove_first("via") or "")
        dialog = self._dialogs.inside(message, worker)
        way = self._way_back(message, dialog, branch)
        if way is None or (message.method == "INVITE" and message.status == 100):
            return
        if dialog is not None and message.method == "INVITE":
            if self._goes_elsewhere(message, dialog, worker, branch):
                return
            self._note(message, dialog, worker)
        routes = message.all("record-route")
        if routes and self._inside.place in routes[0]:
            message.remove_first("record-route")
        if not 300 <= message.status < 400:
            hiding.our_contact(message, self._outside.place(way), way.transport)
        hiding.without_ours(message)
        self._outside.send(message, way)

    def _way_back(self, message: Message, dialog: Dialog | None, branch: str) -> Hop | None:
        """Where a request came from. An INVITE may ring for longer than others are remembered."""
        way, _ = self._returns.get(branch, (None, 0.0))
        if way is None and dialog is not None and message.method == "INVITE":
            return dialog.way if branch.startswith(f"{hiding.COOKIE}{dialog.key}.") else None
        return way

    def _note(self, message: Message, dialog: Dialog, worker: Worker) -> None:
        """What an answer to an INVITE tells about the dialog."""
        dialog.ours = hiding.tag_of(message.get("to")) or dialog.ours
        rang, dialog.rang = dialog.rang, True
        if 200 <= message.status < 300:
            dialog.ok = dialog.ok or message.copy()
        elif message.status >= 300 and dialog.ok is None:
            known, dialog.status = dialog.status, message.status
            dialog.over = True
            if not rang and not known:
                self._workers.settle(worker)
                full = Reason.CALL_LIMIT if message.status in _ELSEWHERE else Reason.NONE
                self._refused(dialog.invite, dialog.line_id, full)

    def _goes_elsewhere(
        self, message: Message, dialog: Dialog, worker: Worker, branch: str
    ) -> bool:
        """Whether a worker that cannot take a call had it taken on by another one."""
        if dialog.rang or dialog.ok or message.status not in _ELSEWHERE:
            return False
        dialog.attempt += 1
        if dialog.attempt >= _ATTEMPTS or not dialog.incoming:
            return False
        self._acknowledge(message, dialog, worker, branch)
        dialog.worker = None
        self._workers.take(lambda other: self._given(dialog, other), _PATIENCE_S)
        self._workers.settle(worker)
        return True

    def _acknowledge(self, message: Message, dialog: Dialog, worker: Worker, branch: str) -> None:
        number = (message.get("cseq") or "").partition(" ")[0]
        headers = [
            ("Via", f"SIP/2.0/UDP {self._inside.place};branch={branch}"),
            ("From", message.get("from") or ""),
            ("To", message.get("to") or ""),
            ("Call-ID", dialog.call_id),
            ("CSeq", f"{number} ACK"),
            ("Max-Forwards", "70"),
        ]
        ack = Message(f"ACK {dialog.invite.uri} SIP/2.0", headers)
        hiding.plain(ack)
        self._inside.send(ack.to_bytes(), worker.port)

    def sweep(self) -> None:
        """Forget the ways back that nobody takes any more."""
        before = time.monotonic() - _KEPT_S
        for branch in [one for one, (_, at) in self._returns.items() if at < before]:
            del self._returns[branch]

    def bury(self, dialog: Dialog) -> None:
        """The worker of a caller who was not answered is dead, perhaps before it told of him."""
        self._answering.until_acknowledged(dialog, 500)
        if dialog.name is None:
            self._refused(dialog.invite, dialog.line_id, Reason.CALL_LOST)

    def _refused(self, message: Message, line_id: UUID | None, reason: Reason) -> None:
        invite = read_invite(message.to_bytes().decode("utf-8", "surrogateescape"))
        self._report(
            PhoneRefused(
                line_id=line_id,
                called=invite.called,
                caller_uri=invite.caller_uri,
                caller_name=invite.caller_name,
                reason=reason,
                at=datetime.now(UTC),
            )
        )


def _back(message: Message, source: Hop) -> Hop:
    """Where the answer to a request goes: back over a stream, else where its Via says."""
    if source.transport != "udp":
        return source
    return Hop("udp", *via(message.get("via") or "").back)
