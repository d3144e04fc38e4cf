"""The softphone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from receptionist.events import PhoneEvent
from receptionist.model.office import Line
from receptionist.model.secret import Secret


class Phone(Protocol):
    """The softphone. Main thread; every command returns at once, its outcome comes as an event.

    Call ids are ours: the phone makes one for an incoming call, the desk for an outgoing one.
    A command for a call that is gone reports `PhoneCommandFailed`.
    """

    def start(self, listener: Callable[[PhoneEvent], None]) -> None:
        """Bring the engine up and keep it up; `listener` is called on the main thread."""

    def register(self, line: Line, secret: Secret | None) -> None:
        """Register `line` now and after every restart of the engine."""

    def unregister(self, line_id: UUID) -> None: ...

    def answer(self, call_id: UUID) -> None: ...

    def decline(self, call_id: UUID, status: int = 486) -> None:
        """Refuse a ringing call with a SIP status (486 Busy Here, 603 Decline, …)."""

    def hang_up(self, call_id: UUID) -> None: ...

    def dial(self, call_id: UUID, line_id: UUID, target: str) -> None:
        """Call `target`, a normalised number or a `sip:` URI, over a line."""

    def hold(self, call_id: UUID) -> None: ...

    def resume(self, call_id: UUID) -> None: ...

    def transfer(self, call_id: UUID, target: str) -> None:
        """Ask the other side to call `target` in our place (REFER).

        `PhoneTransferred` and `PhoneEnded` follow, or `PhoneTransferFailed`: the call is as it was.
        """

    def transfer_to(self, call_id: UUID, other_id: UUID) -> None:
        """Connect the other sides of two calls with each other (REFER with Replaces).

        As `transfer`, told of `call_id`; when it worked both calls end.
        """

    def mute(self, call_id: UUID, muted: bool) -> None: ...

    def send_digits(self, call_id: UUID, digits: str) -> None:
        """Send DTMF (RFC 4733): `0-9*#A-D`."""

    def stop(self) -> None:
        """Hang up, end the engine, wait for it (bounded)."""
