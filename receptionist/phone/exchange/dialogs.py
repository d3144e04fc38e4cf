"""The dialogs that pass through us (RFC 3261 12), and which worker has them. No sockets here."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from receptionist.phone.exchange.hiding import tag_of, transaction
from receptionist.phone.exchange.hops import Hop
from receptionist.phone.exchange.workers import Worker
from receptionist.phone.sip.message import Message

_KEPT_S = 64.0
_MOST_NAMES = 500


@dataclass(eq=False)
class Dialog:
    """One INVITE and what became of it, as it is seen outside.

    `invite` is the newest INVITE that began it, `ok` what confirmed it, `target` the peer's
    Contact, `way` where the INVITE came from or went. `ours` is our tag.
    `worker` is nothing until there is one.
    """

    call_id: str
    incoming: bool
    line_id: UUID
    invite: Message
    way: Hop | None = None
    worker: Worker | None = None
    ours: str = ""
    key: str = ""
    target: str = ""
    ok: Message | None = None
    rang: bool = False
    status: int = 0
    attempt: int = 0
    number: int = 0
    name: UUID | None = None
    over: bool = False
    used: float = field(default_factory=time.monotonic)

    @property
    def confirmed(self) -> bool:
        """Whether it was answered, and nobody hung up yet."""
        return self.ok is not None and not self.over


class Dialogs:
    """By what outside messages and workers' messages say."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._by_key: dict[str, Dialog] = {}
        self._by_call: dict[str, list[Dialog]] = {}
        self._expected: dict[int, list[UUID]] = {}
        self._names: OrderedDict[UUID, str] = OrderedDict()

    def __len__(self) -> int:
        return sum(map(len, self._by_call.values()))

    def __iter__(self) -> Iterator[Dialog]:
        return iter([one for dialogs in self._by_call.values() for one in dialogs])

    def add(self, dialog: Dialog) -> Dialog:
        """A new one."""
        self._by_call.setdefault(dialog.call_id, []).append(dialog)
        if dialog.incoming:
            dialog.key = transaction(dialog.invite)
            self._by_key[dialog.key] = dialog
        elif dialog.worker is not None and self._expected.get(dialog.worker.number):
            self._name(dialog, self._expected[dialog.worker.number].pop(0))
        return dialog

    def outside(self, message: Message) -> Dialog | None:
        """The dialog of a request that came from outside: by our tag, or by its transaction."""
        tag = tag_of(message.get("to"))
        found = None
        if tag:
            dialogs = self._by_call.get(message.get("call-id") or "", ())
            found = next((one for one in dialogs if one.ours == tag), None)
        if found is None and (not tag or message.method == "ACK"):
            found = self._by_key.get(transaction(message))
        return self._used(found)

    def handed_over(self, replaces: str) -> bool:
        """Whether a call that comes in the place of others (RFC 3891) names one that we have.

        Our peer hands its own call with us on to the new caller, and hangs up when that is
        answered. To us he is a caller as any other, who rings: nobody is put through unseen.
        """
        if not replaces:
            return True
        call_id, _, rest = replaces.partition(";")
        tags = dict(part.strip().partition("=")[::2] for part in rest.split(";"))
        dialogs = self._by_call.get(call_id.strip(), ())
        return any(one.confirmed and one.ours == tags.get("to-tag") for one in dialogs)

    def inside(self, message: Message, worker: Worker) -> Dialog | None:
        """The dialog of a message from or to a worker."""
        dialogs = self._by_call.get(message.get("call-id") or "", ())
        return self._used(next((one for one in dialogs if one.worker is worker), None))

    def of(self, worker: Worker) -> tuple[Dialog, ...]:
        """Those that a worker has."""
        return tuple(one for one in self if one.worker is worker)

    def called(self, worker: Worker, name: UUID, *, incoming: bool) -> None:
        """The desk knows the newest dialog of a worker, or the next one, by this id."""
        if not incoming:
            self._expected.setdefault(worker.number, []).append(name)
            return
        for one in self.of(worker):
            if one.incoming and one.name is None and not one.over:
                self._name(one, name)

    def not_called(self, worker: Worker, name: UUID) -> None:
        """If the next dialog of a worker was to have this name, that one never comes."""
        expected = self._expected.get(worker.number, [])
        if name in expected:
            expected.remove(name)

    def call_id(self, name: UUID) -> str:
        """The Call-ID of a call, also of one that is over; empty if nothing is known."""
        return self._names.get(name, "")

    def sweep(self) -> None:
        """Forget what is over for long, or was never heard of again by a worker without calls."""
        before = self._clock() - _KEPT_S
        for one in self:
            idle = one.over or one.worker is None or not one.worker.calls
            if idle and one.used < before:
                self.drop(one)

    def drop(self, dialog: Dialog) -> None:
        """Forget one."""
        self._by_key.pop(dialog.key, None)
        left = [one for one in self._by_call.get(dialog.call_id, ()) if one is not dialog]
        if left:
            self._by_call[dialog.call_id] = left
        else:
            self._by_call.pop(dialog.call_id, None)

    def forget(self, worker: Worker) -> None:
        """A worker is gone; its dialogs nobody has any more."""
        self._expected.pop(worker.number, None)
        for one in self.of(worker):
            one.over, one.worker = True, None

    def _name(self, dialog: Dialog, name: UUID) -> None:
        dialog.name = name
        self._names[name] = dialog.call_id
        if len(self._names) > _MOST_NAMES:
            self._names.popitem(last=False)

    def _used(self, dialog: Dialog | None) -> Dialog | None:
        if dialog is not None:
            dialog.used = self._clock()
        return dialog
