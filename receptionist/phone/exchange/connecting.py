"""Connecting the callers of two workers with each other: neither knows the other's call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from receptionist.events import (
    PhoneCommandFailed,
    PhoneEnded,
    PhoneTransferFailed,
    PhoneTransferred,
)
from receptionist.model.call import Cause

_PATIENCE_S = 10.0
_GONE, _NO_WORD = 410, 408


@dataclass
class _Pair:
    """`other` takes our place in `call`; `end` is its end, kept until it is clear why.

    `asked` is from when the dialog of `other` is known, and the other side of `call` asked. It is
    given up at `until` if that never happens: the worker that was to tell it may have died.
    """

    call: UUID
    other: UUID
    until: float
    asked: bool = False
    end: PhoneEnded | None = None
    done: bool = False


class Connecting:
    """What is reported of such calls is told as if one engine had both."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._pairs: list[_Pair] = []

    def begin(self, call_id: UUID, other_id: UUID) -> None:
        """The other side of `call_id` is to be asked to call that of `other_id`."""
        self._pairs.append(_Pair(call_id, other_id, self._monotonic() + _PATIENCE_S))

    def dialog_came(self, other_id: UUID) -> UUID | None:
        """The dialog of this one is known: the call whose other side can be asked now, if any."""
        pair = next((one for one in self._pairs if one.other == other_id), None)
        if pair is None:
            return None
        pair.asked = True
        return pair.call

    def to_hang_up(self) -> Iterator[UUID]:
        """Calls that have no purpose any more."""
        for pair in self._pairs:
            if pair.done and pair.end is None:
                yield pair.other

    def late(self) -> tuple[Any, ...]:
        """What the desk is told of those about which nothing was heard in time."""
        now = self._monotonic()
        late = [one for one in self._pairs if not one.asked and now >= one.until]
        return tuple(report for pair in late for report in self._failed(pair, _NO_WORD))

    def told(self, report: Any) -> tuple[Any, ...]:
        """What the desk is told of `report`."""
        call_id = getattr(report, "call_id", None)
        for pair in self._pairs:
            if call_id == pair.call:
                return self._of_call(pair, report)
            if call_id == pair.other and isinstance(report, PhoneEnded):
                return self._of_other(pair, report)
            if call_id == pair.other and _no_dialog(report):
                return self._in_vain(pair, report.detail)
        return () if _no_dialog(report) else (report,)

    def _of_call(self, pair: _Pair, report: Any) -> tuple[Any, ...]:
        if isinstance(report, PhoneTransferred):
            pair.done = True
            if pair.end is not None:
                self._pairs.remove(pair)
                return (report, replace(pair.end, cause=Cause.TRANSFERRED))
        elif isinstance(report, PhoneTransferFailed) or (
            isinstance(report, PhoneCommandFailed) and report.command == "transfer_to"
        ):
            self._pairs.remove(pair)
            return (report, pair.end) if pair.end is not None else (report,)
        elif isinstance(report, PhoneEnded) and not pair.done:
            self._pairs.remove(pair)
            return (pair.end, report) if pair.end is not None else (report,)
        return (report,)

    def _of_other(self, pair: _Pair, end: PhoneEnded) -> tuple[Any, ...]:
        if pair.done:
            self._pairs.remove(pair)
            return (replace(end, cause=Cause.TRANSFERRED),)
        if end.cause in (Cause.WE_HUNG_UP, Cause.ENGINE_DIED):
            if not pair.asked:
                return (*self._in_vain(pair, ""), end)
            self._pairs.remove(pair)
            return (end,)
        pair.end = end
        return ()

    def _in_vain(self, pair: _Pair, detail: str) -> tuple[Any, ...]:
        """Nobody was asked, and nobody will be."""
        if pair.end is not None:
            return self._failed(pair, _GONE)
        self._pairs.remove(pair)
        return (PhoneCommandFailed(call_id=pair.call, command="transfer_to", detail=detail),)

    def _failed(self, pair: _Pair, status: int) -> tuple[Any, ...]:
        """Back to who waits; nobody is spoken to when the other has gone."""
        self._pairs.remove(pair)
        failed = PhoneTransferFailed(call_id=pair.call, status=status, reason="")
        return (failed,) if pair.end is None else (pair.end, failed)


def _no_dialog(report: Any) -> bool:
    """Whether a worker could not say what only the exchange asks for."""
    return isinstance(report, PhoneCommandFailed) and report.command == "dialog_of"
