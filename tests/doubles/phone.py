"""A phone without telephony: the same port, the same events, and an `outside` that tests move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from receptionist.clock import Clock, SystemClock
from receptionist.events import (
    EngineChanged,
    EngineState,
    LineChanged,
    LineState,
    PhoneAnswered,
    PhoneCommandFailed,
    PhoneDigit,
    PhoneEnded,
    PhoneEvent,
    PhoneHeld,
    PhoneIncoming,
    PhoneJoined,
    PhoneMuted,
    PhoneProgress,
    PhoneRefused,
    PhoneResumed,
    PhoneTransferFailed,
    PhoneTransferred,
)
from receptionist.model.call import Cause
from receptionist.model.dialled import Called
from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.reasons import Reason
from receptionist.threads import Post
from tests.doubles.phone_service import SimulatedService

MOST_CALLS = 4
_CAUSES = {
    Cause.BUSY: (486, 600),
    Cause.NO_ANSWER: (408, 480, 487),
    Cause.REFUSED: (403, 603, 607),
}


def at_once(function: Callable[..., object], *values: object) -> None:
    """A `post` for tests without a loop: runs before it returns."""
    function(*values)


@dataclass
class _Call:
    incoming: bool
    up: bool = False
    held: bool = False
    saw: list[str] = field(default_factory=list)


class SimulatedPhone:
    """`ports.Phone` in memory. What the world does to it is in `outside`. Main thread."""

    def __init__(self, post: Post = at_once, clock: Clock | None = None) -> None:
        self.lines: dict[UUID, Line] = {}
        self._joined: set[frozenset[UUID]] = set()
        self.relays: dict[UUID, Secret | None] = {}
        """The passwords of the TURN server that came with the lines."""
        self.calls: dict[UUID, _Call] = {}
        self.running = False
        self.failing: set[str] = set()
        """Names of commands that report `PhoneCommandFailed` instead of working."""
        self.refusing: set[UUID] = set()
        """Lines whose registrar refuses the password."""
        self.outside = Outside(self)
        self.service = SimulatedService()
        self.resumed = PhoneResumed()
        """What the engine of the desk before tells this one."""
        self.clock = clock or SystemClock()
        self._post = post
        self._listener: Callable[[PhoneEvent], None] = lambda event: None

    def start(self, listener: Callable[[PhoneEvent], None]) -> None:
        self._listener = listener
        listener(EngineChanged(state=EngineState.STARTING))
        for live in self.resumed.living:
            up = live.answered_at is not None
            self.calls[live.call_id] = _Call(incoming=live.incoming, up=up, held=live.held)
        self.tell(self.resumed)
        self.outside.engine_comes_up()

    def register(self, line: Line, secret: Secret | None, relay: Secret | None = None) -> None:
        self.lines[line.id] = line
        self.relays[line.id] = relay
        if self.running:
            self.outside.registers(line.id)

    def unregister(self, line_id: UUID) -> None:
        if self.lines.pop(line_id, None) is not None and self.running:
            self.tell(LineChanged(line_id=line_id, state=LineState.STOPPED))

    def answer(self, call_id: UUID) -> None:
        if call := self._usable(call_id, "answer", ringing=True):
            call.up = True
            call.saw.append("answered")
            self.tell(PhoneAnswered(call_id=call_id))

    def decline(self, call_id: UUID, status: int = 486, reason: str = "") -> None:
        if call := self._usable(call_id, "decline", ringing=True):
            call.saw.append(f"refused {status} {reason}".rstrip())
            self.end(call_id, Cause.DECLINED, status)

    def hang_up(self, call_id: UUID) -> None:
        if call := self._usable(call_id, "hang_up"):
            call.saw.append("closed")
            ringing = call.incoming and not call.up
            status = 603 if ringing else 0 if call.up else 487
            self.end(call_id, Cause.DECLINED if ringing else Cause.WE_HUNG_UP, status)

    def redirect(self, call_id: UUID, target: str) -> None:
        if call := self._usable(call_id, "redirect", ringing=True):
            call.saw.append(f"redirected {target}")
            self.end(call_id, Cause.DECLINED, 302)

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
        self.calls[call_id] = _Call(incoming=False)
        if line_id not in self.lines or not target or "dial" in self.failing or self._full():
            self._failed(call_id, "dial")
            self.end(call_id, Cause.FAILED, 0)
            return
        self.outside.dialled[call_id] = target
        self.outside.asked[call_id] = Asked(line_id, shown_as, beside, headset)

    def hold(self, call_id: UUID, music: str = "") -> None:
        self.outside.music[call_id] = music
        self._hold(call_id, True)

    def resume(self, call_id: UUID) -> None:
        self._hold(call_id, False)

    def transfer(self, call_id: UUID, target: str) -> None:
        self._refer(call_id, target, "transfer")

    def transfer_to(self, call_id: UUID, other_id: UUID) -> None:
        self._refer(call_id, other_id, "transfer_to")

    def join(self, call_id: UUID, other_id: UUID) -> None:
        self._join(call_id, other_id, True)

    def part(self, call_id: UUID, other_id: UUID) -> None:
        self._join(call_id, other_id, False)

    def _join(self, call_id: UUID, other_id: UUID, joined: bool) -> None:
        name, pair = "join" if joined else "part", frozenset((call_id, other_id))
        if not joined and pair not in self._joined:
            self._failed(call_id, name)
        elif self._usable(call_id, name, up=True) and self._usable(other_id, name, up=True):
            self._joined = self._joined | {pair} if joined else self._joined - {pair}
            self.tell(PhoneJoined(call_id=call_id, other_id=other_id, joined=joined))

    def leave(self) -> None:
        self.running = False

    def mute(self, call_id: UUID, muted: bool) -> None:
        if call := self._usable(call_id, "mute"):
            call.saw.append("muted" if muted else "unmuted")
            self.tell(PhoneMuted(call_id=call_id, muted=muted))

    def send_digits(self, call_id: UUID, digits: str) -> None:
        if call := self._usable(call_id, "send_digits", up=True):
            call.saw.extend(f"digit {digit}" for digit in digits)

    def stop(self) -> None:
        for call_id, call in list(self.calls.items()):
            call.saw.append("closed")
            self.end(call_id, Cause.WE_HUNG_UP, 0)
        self.running = False

    # ---- for `outside` -----------------------------------------------------------------------

    def tell(self, event: PhoneEvent) -> None:
        self._post(self._listener, event)

    def end(self, call_id: UUID, cause: Cause, status: int) -> None:
        self.outside.referred.pop(call_id, None)
        for pair in [one for one in self._joined if call_id in one]:
            self._joined = self._joined - {pair}
            (other_id,) = pair - {call_id}
            self.tell(PhoneJoined(call_id=call_id, other_id=other_id, joined=False))
        if self.calls.pop(call_id, None) is not None:
            self.tell(PhoneEnded(call_id=call_id, cause=cause, status=status))

    def _hold(self, call_id: UUID, held: bool) -> None:
        name = "hold" if held else "resume"
        if call := self._usable(call_id, name, up=True):
            call.held = held
            call.saw.append("held" if held else "resumed")
            self.tell(PhoneHeld(call_id=call_id, held=held))

    def _refer(self, call_id: UUID, target: UUID | str, command: str) -> None:
        other = self.calls.get(target) if isinstance(target, UUID) else None
        possible = isinstance(target, str) or (other is not None and other.up and call_id != target)
        if not possible or call_id in self.outside.referred:
            self._failed(call_id, command)
        elif call := self._usable(call_id, command, up=True):
            call.saw.append("referred" if other else f"referred to {target}")
            self.outside.referred[call_id] = target

    def _usable(
        self, call_id: UUID, command: str, *, ringing: bool = False, up: bool = False
    ) -> _Call | None:
        call = self.calls.get(call_id)
        wrong = call is None or (ringing and (call.up or not call.incoming)) or (up and not call.up)
        if wrong or command in self.failing or not self.running:
            self._failed(call_id, command)
            return None
        return call

    def _failed(self, call_id: UUID, command: str) -> None:
        self.tell(PhoneCommandFailed(call_id=call_id, command=command, detail="simulated"))

    def _full(self) -> bool:
        return len(self.calls) > MOST_CALLS


@dataclass(frozen=True)
class Asked:
    """How a number was to be called."""

    line_id: UUID
    shown_as: str
    beside: UUID | None
    headset: bool = True


class Outside:
    """The world as tests move it: callers, called parties, and bad luck."""

    def __init__(self, phone: SimulatedPhone) -> None:
        self._phone = phone
        self.dialled: dict[UUID, str] = {}
        self.asked: dict[UUID, Asked] = {}
        self.music: dict[UUID, str] = {}
        """What each caller on hold hears."""
        self.referred: dict[UUID, UUID | str] = {}

    def rings(
        self,
        dialled: str = "+4930231250",
        caller: str = "+4917139200",
        name: str = "",
        *,
        called: Called | None = None,
        line_id: UUID | None = None,
    ) -> UUID | None:
        """A caller rings; the new call's id, or None when there was no room for it."""
        phone = self._phone
        line_id = line_id or next(iter(phone.lines))
        called = called or Called(
            to=f"sip:{dialled}@example.org", request_uri="sip:desk@192.0.2.1:5060"
        )
        caller_uri = caller if ":" in caller else f"sip:{caller}@example.org"
        if len(phone.calls) >= MOST_CALLS:
            self.is_refused(Reason.CALL_LIMIT, called, caller_uri, name, line_id)
            return None
        call_id = uuid4()
        phone.calls[call_id] = _Call(incoming=True, saw=["ringing"])
        phone.tell(
            PhoneIncoming(
                call_id=call_id,
                line_id=line_id,
                called=called,
                caller_uri=caller_uri,
                caller_name=name,
                at=phone.clock.now(),
            )
        )
        return call_id

    def is_refused(
        self,
        reason: Reason,
        called: Called | None = None,
        caller_uri: str = "sip:100@192.0.2.66",
        name: str = "",
        line_id: UUID | None = None,
    ) -> None:
        """An INVITE that never rang: a stranger's, or one too many."""
        self._phone.tell(
            PhoneRefused(
                line_id=line_id,
                called=called or Called(request_uri="sip:900@192.0.2.1"),
                caller_uri=caller_uri,
                caller_name=name,
                reason=reason,
                at=self._phone.clock.now(),
            )
        )

    def hangs_up(self, call_id: UUID) -> None:
        """The other side ends the call, or gives up while it rings."""
        call = self._phone.calls[call_id]
        if call.up:
            self._phone.end(call_id, Cause.CALLER_HUNG_UP, 0)
        elif call.incoming:
            self._phone.end(call_id, Cause.MISSED, 487)
        else:
            self._phone.end(call_id, Cause.BUSY, 486)

    def fails(self, call_id: UUID, status: int) -> None:
        """A call of ours comes to nothing, with this status."""
        cause = next((one for one, known in _CAUSES.items() if status in known), Cause.FAILED)
        self._phone.end(call_id, cause, status)

    def alerts(self, call_id: UUID) -> None:
        """The called party's phone rings."""
        self._phone.tell(PhoneProgress(call_id=call_id))

    def answers(self, call_id: UUID) -> None:
        """The called party answers."""
        call = self._phone.calls[call_id]
        call.up = True
        self._phone.tell(PhoneAnswered(call_id=call_id))

    def takes_the_transfer(self, call_id: UUID) -> None:
        """The other side has reached whom it was asked to call."""
        target = self.referred.pop(call_id)
        self._phone.tell(PhoneTransferred(call_id=call_id))
        for ended in (call_id, target):
            if isinstance(ended, UUID) and ended in self._phone.calls:
                self._phone.calls[ended].saw.append("closed")
                self._phone.end(ended, Cause.TRANSFERRED, 0)

    def refuses_the_transfer(self, call_id: UUID, status: int, reason: str = "") -> None:
        """The other side does not call, or in vain; 408: it never says how it went."""
        del self.referred[call_id]
        self._phone.tell(PhoneTransferFailed(call_id=call_id, status=status, reason=reason))

    def presses(self, call_id: UUID, digit: str) -> None:
        """The other side presses a key."""
        self._phone.tell(PhoneDigit(call_id=call_id, digit=digit))

    def saw(self, call_id: UUID) -> list[str]:
        """What the other side noticed of a living call so far."""
        return self._phone.calls[call_id].saw

    def kills_the_engine(self, *, for_good: bool = False) -> None:
        """The engine dies in the middle of everything, and comes back unless `for_good`."""
        phone = self._phone
        phone.running = False
        phone.tell(EngineChanged(state=EngineState.LOST))
        for line_id in phone.lines:
            state, reason = LineState.CONNECTING, Reason.ENGINE_DIED
            phone.tell(LineChanged(line_id=line_id, state=state, reason=reason))
        for call_id in list(phone.calls):
            phone.end(call_id, Cause.ENGINE_DIED, 0)
        if not for_good:
            self.engine_comes_up()

    def engine_comes_up(self) -> None:
        """The engine is ready (again)."""
        phone = self._phone
        phone.running = True
        phone.tell(EngineChanged(state=EngineState.READY))
        for line_id in phone.lines:
            self.registers(line_id)

    def registers(self, line_id: UUID) -> None:
        """The registrar answers for a line."""
        phone = self._phone
        phone.tell(LineChanged(line_id=line_id, state=LineState.CONNECTING))
        if line_id in phone.refusing:
            state, reason = LineState.REFUSED, Reason.LINE_REFUSED
            phone.tell(LineChanged(line_id=line_id, state=state, reason=reason, status=403))
        else:
            phone.tell(LineChanged(line_id=line_id, state=LineState.READY, status=200))
