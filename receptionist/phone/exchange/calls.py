"""The calls there are, as the desk sees them, and which worker has each. No sockets, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from receptionist.events import (
    PhoneAnswered,
    PhoneAttended,
    PhoneEnded,
    PhoneHeld,
    PhoneIncoming,
    PhoneJoined,
    PhoneLive,
    PhoneMuted,
    PhoneRecorded,
)
from receptionist.phone import wire
from receptionist.phone.exchange.workers import Worker


@dataclass
class Call:
    """One call. `tone` is its ring tone, `heard` whether it is one for the headset.

    `recorded` says that a desk asked for a recording of it, which has not ended.
    """

    worker: Worker
    live: PhoneLive
    heard: bool = True
    tone: str = ""
    recorded: bool = False

    @property
    def rings(self) -> bool:
        """Nobody has answered it, neither the desk nor a machine."""
        return self.live.incoming and self.live.answered_at is None and self.live.step is None

    @property
    def active(self) -> bool:
        """Somebody speaks in it here."""
        return self.heard and self.live.answered_at is not None and not self.live.held


class Calls:
    """The calls by id, oldest first."""

    def __init__(self) -> None:
        self._calls: dict[UUID, Call] = {}

    def __iter__(self) -> Iterator[Call]:
        return iter(tuple(self._calls.values()))

    def __len__(self) -> int:
        return len(self._calls)

    def get(self, call_id: UUID | None) -> Call | None:
        """The call of this id, if there is one."""
        return self._calls.get(call_id) if call_id is not None else None

    def of(self, worker: Worker) -> tuple[UUID, ...]:
        """The calls that a worker has."""
        return tuple(one for one, call in self._calls.items() if call.worker is worker)

    def rang(self, report: PhoneIncoming, worker: Worker) -> None:
        """A caller rings."""
        live = PhoneLive(
            call_id=report.call_id,
            line_id=report.line_id,
            incoming=True,
            at=report.at,
            called=report.called,
            caller_uri=report.caller_uri,
            caller_name=report.caller_name,
        )
        self._add(Call(worker, live))

    def dialled(self, command: wire.Dial, worker: Worker, at: datetime) -> None:
        """Somebody is called."""
        live = PhoneLive(
            call_id=command.call_id,
            line_id=command.line_id,
            incoming=False,
            at=at,
            target=command.target,
            beside=command.beside if command.headset else None,
        )
        self._add(Call(worker, live, heard=command.headset))

    def note(self, report: Any, at: datetime) -> None:
        """What was reported of a call."""
        call = self._calls.get(getattr(report, "call_id", None))  # type: ignore[arg-type]
        if call is None:
            return
        match report:
            case PhoneAnswered():
                call.live = replace(call.live, answered_at=at, step=None)
            case PhoneAttended():
                call.live = replace(call.live, step=report.step)
            case PhoneHeld():
                call.live = replace(call.live, held=report.held)
            case PhoneMuted():
                call.live = replace(call.live, muted=report.muted)
            case PhoneJoined():
                self._joined(call, report)
            case PhoneRecorded():
                call.recorded = False
            case PhoneEnded():
                del self._calls[report.call_id]
                call.worker.calls.discard(report.call_id)

    def _joined(self, call: Call, report: PhoneJoined) -> None:
        """In conference are only those whom the desk hears."""
        other = self._calls.get(report.other_id)
        for one, with_ in ((call, other), (other, call)):
            if one is not None and with_ is not None and one.heard and with_.heard:
                joined = with_.live.call_id if report.joined else None
                one.live = replace(one.live, joined=joined)

    def _add(self, call: Call) -> None:
        self._calls[call.live.call_id] = call
        call.worker.calls.add(call.live.call_id)
