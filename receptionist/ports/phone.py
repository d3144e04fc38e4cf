"""The softphone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from receptionist.events import PhoneEvent
from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.model.sound import Sound, Trial
from receptionist.model.unattended import Plans


class PhoneService(Protocol):
    """What the phone does beside the calls themselves. Main thread, as `Phone`."""

    def record(self, call_id: UUID, path: str, key: str) -> None:
        """Record both sides into a file that only the owner of the public key `key` can read."""

    def stop_recording(self, call_id: UUID) -> None:
        """Complete the recording; `PhoneRecorded` follows."""

    def plan(self, plans: Plans) -> None:
        """What happens to callers nobody answers, from now on; also while no desk is there."""

    def ring_tone(self, call_id: UUID, tone: str) -> None:
        """Ring for a call with a WAV file of its own; `none` for not at all."""

    def sound(self, wanted: Sound) -> None:
        """Use other devices and gains from now on, also in a call."""

    def listen(self, on: bool, trial: Trial = Trial.NOWHERE) -> None:
        """Tell how loud microphone and headset are (`PhoneLevels`), or stop that.

        The ring tone is played meanwhile where it is to be tried.
        """

    def trace(self, call_id: UUID) -> None:
        """Tell the SIP messages of a call, without secrets (`PhoneTrace`)."""

    def receipt(self) -> Callable[[], None]:
        """What to call once all that was told until now is in the journal.

        What never is, the next desk is told again.
        """


class Phone(Protocol):
    """The softphone. Main thread; every command returns at once, its outcome comes as an event.

    Call ids are ours: the phone makes one for an incoming call, the desk for an outgoing one.
    A command for a call that is gone reports `PhoneCommandFailed`.
    """

    @property
    def service(self) -> PhoneService:
        """Plans, devices, recordings, traces."""

    def start(self, listener: Callable[[PhoneEvent], None]) -> None:
        """Bring the engine up and keep it up; `listener` is called on the main thread."""

    def register(self, line: Line, secret: Secret | None, relay: Secret | None = None) -> None:
        """Register `line` now and after every restart of the engine.

        `relay` is the password of the TURN server that its media may need.
        """

    def unregister(self, line_id: UUID) -> None: ...

    def answer(self, call_id: UUID) -> None: ...

    def decline(self, call_id: UUID, status: int = 486, reason: str = "") -> None:
        """Refuse a ringing call with a SIP status (486 Busy Here, 603 Decline, …) and words."""

    def redirect(self, call_id: UUID, target: str) -> None:
        """Send a ringing caller to another number (302); `PhoneEnded` follows."""

    def hang_up(self, call_id: UUID) -> None: ...

    def dial(
        self,
        call_id: UUID,
        line_id: UUID,
        target: str,
        *,
        shown_as: str = "",
        beside: UUID | None = None,
        headset: bool = True,
    ) -> None:
        """Call `target`, a normalised number or a `sip:` URI, over a line.

        `shown_as` is the number in whose name is called, as the line allows; `beside` is the call
        that it is made for. Without `headset` nobody speaks in it, and it ends with the desk. The
        id of a call that has ended may be dialled again.
        """

    def hold(self, call_id: UUID, music: str = "") -> None:
        """Put on hold, with the music of a WAV file; empty for the one that ships."""

    def resume(self, call_id: UUID) -> None: ...

    def transfer(self, call_id: UUID, target: str) -> None:
        """Ask the other side to call `target` in our place (REFER).

        `PhoneTransferred` and `PhoneEnded` follow, or `PhoneTransferFailed`: the call is as it was.
        """

    def transfer_to(self, call_id: UUID, other_id: UUID) -> None:
        """Connect the other sides of two calls with each other (REFER with Replaces).

        As `transfer`, told of `call_id`; when it worked both calls end.
        """

    def join(self, call_id: UUID, other_id: UUID) -> None:
        """A conference of three: both calls and the headset hear each other (`PhoneJoined`)."""

    def part(self, call_id: UUID, other_id: UUID) -> None:
        """The two calls hear each other no more."""

    def mute(self, call_id: UUID, muted: bool) -> None: ...

    def send_digits(self, call_id: UUID, digits: str) -> None:
        """Send DTMF (RFC 4733): `0-9*#A-D`."""

    def leave(self) -> None:
        """The desk goes while calls go on; the engine ends some time after the last of them."""

    def stop(self) -> None:
        """Hang up, end the engine, wait for it (bounded)."""
