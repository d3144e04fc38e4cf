"""The switchboard: what the phone reports becomes calls; what the receptionist wants goes out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from receptionist.desk.calls import Calls
from receptionist.desk.ground import Ground
from receptionist.desk.journal import Journal
from receptionist.desk.numbers import caller_of, line_out, target_of
from receptionist.errors import BadInput, NotFound
from receptionist.events import (
    CallChanged,
    CallEnded,
    CallFailed,
    CallIncoming,
    DigitReceived,
    EngineChanged,
    EngineState,
    LineChanged,
    PhoneAnswered,
    PhoneCommandFailed,
    PhoneDigit,
    PhoneEnded,
    PhoneEvent,
    PhoneHeld,
    PhoneIncoming,
    PhoneMuted,
    PhoneProgress,
    PhoneRefused,
    PhoneTransferFailed,
    PhoneTransferred,
)
from receptionist.i18n import _
from receptionist.model.call import Call, Caller, CallState, Cause, Direction, Segment
from receptionist.model.client import Client
from receptionist.model.dialled import Called, match
from receptionist.model.number import shortened
from receptionist.ports import Phone
from receptionist.reasons import Reason
from receptionist.threads import assert_main

log = logging.getLogger(__name__)


class Switchboard:
    """The calls at this desk. Main thread.

    A verb asks the phone; only the event that comes back changes a call.
    """

    def __init__(self, ground: Ground, phone: Phone, calls: Calls, journal: Journal) -> None:
        self._phone = phone
        self._calls = calls
        self._directory = ground.directory
        self._journal = journal
        self._listeners = ground.listeners
        self._clock = ground.clock
        self._engine = EngineChanged(state=EngineState.STARTING)
        self._lines: dict[UUID, LineChanged] = {}
        self._chosen: UUID | None = None
        """The call that was last chosen to be spoken to."""
        self._cut_off: set[UUID] = set()
        """Calls that refused to be held and must not hear what is said to another."""
        self._follow: Callable[[Any], object] = lambda event: None

    # ---- what there is

    @property
    def calls(self) -> tuple[Call, ...]:
        """Calls that are not over, oldest first."""
        return self._calls.live

    def call(self, call_id: UUID) -> Call:
        """A call, live or over."""
        call = self._calls.get(call_id)
        if call is None:
            raise NotFound(_("This call is not at the desk."))
        return call

    @property
    def engine(self) -> EngineChanged:
        """Whether there is a phone."""
        return self._engine

    @property
    def line_states(self) -> Mapping[UUID, LineChanged]:
        """The newest state of each line of the office."""
        return {one: state for one, state in self._lines.items() if self._directory.line(one)}

    # ---- what the receptionist wants

    def answer(self, call_id: UUID) -> None:
        """Take a ringing call; whoever is being spoken to is put on hold first."""
        assert_main()
        self.call(call_id)
        self._choose(call_id)
        self._phone.answer(call_id)

    def decline(self, call_id: UUID, status: int = 486) -> None:
        """Refuse a ringing call."""
        self._phone.decline(self.call(call_id).id, status)

    def hang_up(self, call_id: UUID) -> None:
        """End a call in whatever state it is."""
        self._phone.hang_up(self.call(call_id).id)

    def hold(self, call_id: UUID) -> None:
        """Put a call on hold."""
        self._phone.hold(self.call(call_id).id)

    def resume(self, call_id: UUID) -> None:
        """Take a call off hold; whoever is being spoken to is put on hold first."""
        self.call(call_id)
        self._choose(call_id)
        self._phone.resume(call_id)

    def mute(self, call_id: UUID, muted: bool) -> None:
        """Cut the microphone off from a call, or join it again."""
        self._phone.mute(self.call(call_id).id, muted)

    def digits(self, call_id: UUID, digits: str) -> None:
        """Send DTMF digits into a call."""
        if not digits or set(digits.upper()) - set("0123456789*#ABCD"):
            raise BadInput(_("Only the digits 0–9, *, # and A–D can be sent as tones."))
        self._phone.send_digits(self.call(call_id).id, digits.upper())

    def dial(
        self,
        number: str,
        line_id: UUID | None = None,
        client_id: UUID | None = None,
        consults_for: UUID | None = None,
        name: str = "",
    ) -> UUID:
        """Call a number over a line (by default the first that is ready); returns the call's id.

        `consults_for` is the caller for whom it is made; `name` is who is thought to answer, and
        stands where a signalled name would.
        """
        assert_main()
        line = line_out(self._directory.lines, self._lines, line_id)
        target = target_of(number, self._directory.office.region)
        called = Caller(number=target, name=name)
        call = self._new_call(Direction.OUTGOING, line.id, target, called, client_id)
        call = replace(call, consults_for=consults_for)
        self._choose(call.id)
        self._calls.add(call)
        self.tell_changed(call)
        self._phone.dial(call.id, line.id, target)
        return call.id

    def assign(self, call_id: UUID, client_id: UUID, keep_number: bool = True) -> None:
        """Give a call, with everything typed, to a client.

        With `keep_number`, a dialled number nobody has yet belongs to the client from now on.
        """
        call = self.call(call_id)
        if self._directory.client(client_id) is None:
            raise NotFound(_("This client is no longer there."))
        self._calls.change(replace(call, client_id=client_id))
        unknown = call.dialled and self._directory.find(call.dialled) is None
        if keep_number and unknown and call.direction is Direction.INCOMING:
            self._journal.assign_number(call.dialled, client_id)

    def on_transfer(self, follow: Callable[[Any], object]) -> None:
        """Call `follow` with what the phone reports of transfers."""
        self._follow = follow

    def close(self) -> None:
        """The desk closes: every live call is over, and all that was typed is written."""
        for call in self.calls:
            self._ended(PhoneEnded(call_id=call.id, cause=Cause.WE_HUNG_UP))
        self._calls.flush()

    # ---- what the phone reports

    def heard(self, event: PhoneEvent) -> None:
        """Take in an event of the phone."""
        assert_main()
        match event:
            case PhoneIncoming():
                self._incoming(event)
            case PhoneRefused():
                self._refused(event)
            case PhoneEnded():
                self._ended(event)
            case LineChanged():
                self._lines[event.line_id] = event
                self._listeners.tell(event)
            case EngineChanged():
                self._engine = event
                self._listeners.tell(event)
            case PhoneCommandFailed():
                self._command_failed(event)
            case PhoneTransferred() | PhoneTransferFailed():
                self._follow(event)
            case PhoneDigit():
                self._listeners.tell(DigitReceived(call_id=event.call_id, digit=event.digit))
            case PhoneProgress() | PhoneAnswered() | PhoneHeld() | PhoneMuted():
                self._moved(event)

    def _moved(self, event: PhoneProgress | PhoneAnswered | PhoneHeld | PhoneMuted) -> None:
        match event:
            case PhoneAnswered():
                call = self._calls.advance(event.call_id, CallState.ACTIVE)
                self._hold_others(event.call_id)
            case PhoneHeld(held=held):
                state = CallState.HELD if held else CallState.ACTIVE
                call = self._calls.advance(event.call_id, state)
            case PhoneMuted(muted=muted):
                call = self._calls.get(event.call_id)
                if call is not None:
                    self._calls.change(replace(call, muted=muted))
                return
            case _:
                call = self._calls.get(event.call_id)
        if call is not None:
            self.tell_changed(call)

    def _incoming(self, event: PhoneIncoming) -> None:
        dialled, client = self._who(event.called)
        caller = caller_of(event, self._directory.office.region)
        call = self._new_call(
            Direction.INCOMING,
            event.line_id,
            dialled,
            caller,
            client.id if client else None,
            event.call_id,
            event.at,
        )
        log.info("call for %s from %s", client.key if client else "–", shortened(caller.number))
        ringing = CallIncoming(call=call, client=client, greeting=self._directory.greeting(client))
        self._calls.add(call, lambda: self._listeners.tell(ringing))

    def _refused(self, event: PhoneRefused) -> None:
        if event.reason is Reason.STRANGER:
            log.warning("an INVITE from a stranger was refused")
            return
        dialled, client = self._who(event.called)
        caller = caller_of(event, self._directory.office.region)
        client_id = client.id if client else None
        call = self._new_call(
            Direction.INCOMING, event.line_id, dialled, caller, client_id, None, event.at
        ).advanced(CallState.ENDED, event.at, 0.0, Cause.REFUSED)
        self._journal.call_back_for(call, event.reason)
        self._calls.add(call)
        self._listeners.tell(CallEnded(call=call, client=client))

    def _ended(self, event: PhoneEnded) -> None:
        """The call-back is written first: after a crash it is better there twice than never."""
        before = self._calls.get(event.call_id)
        if before is None or before.ended:
            return
        missed = before.direction is Direction.INCOMING and not before.answered
        cause = event.cause
        if missed and cause in (Cause.CALLER_HUNG_UP, Cause.WE_HUNG_UP):
            cause = Cause.MISSED  # a ringing call is only hung up by us when the desk closes
        if cause is Cause.ENGINE_DIED:
            self._journal.call_back_for(before, Reason.CALL_LOST)
        elif missed and cause not in (Cause.DECLINED, Cause.REFUSED):
            self._journal.call_back_for(before, Reason.MISSED)
        elif before.state is CallState.HELD and cause is Cause.CALLER_HUNG_UP:
            self._journal.call_back_for(before, Reason.GAVE_UP_ON_HOLD)
        call = self._calls.advance(event.call_id, CallState.ENDED, cause)
        self._cut_off.discard(event.call_id)
        if event.call_id == self._chosen:
            self._join_again(*self._cut_off)
        if call is not None:
            client = self._directory.remembered(call.client_id)
            self._listeners.tell(CallEnded(call=call, client=client))

    def _command_failed(self, event: PhoneCommandFailed) -> None:
        log.warning("the phone could not %s: %s", event.command, event.detail)
        if event.command in ("transfer", "transfer_to"):
            self._follow(event)
        if event.command == "hold" and event.call_id is not None:
            self._not_held(event.call_id)
        message = _("The phone could not do this. The call is as it was; please try again.")
        self._listeners.tell(CallFailed(call_id=event.call_id, message=message))

    # ---- inside

    def _choose(self, call_id: UUID) -> None:
        """From now on this call is spoken to, and nobody else."""
        self._chosen = call_id
        self._hold_others(call_id)
        self._join_again(call_id)

    def _not_held(self, call_id: UUID) -> None:
        """While another is spoken to, who cannot be held is cut off from the microphone."""
        if call_id != self._chosen and any(call.id == self._chosen for call in self.calls):
            self._cut_off.add(call_id)
            self._phone.mute(call_id, True)

    def _join_again(self, *call_ids: UUID) -> None:
        for call_id in self._cut_off.intersection(call_ids):
            self._cut_off.discard(call_id)
            self._phone.mute(call_id, False)

    def _hold_others(self, call_id: UUID) -> None:
        """Hold who else is spoken to; a call chosen later may have been faster than this one."""
        active = [call.id for call in self.calls if call.state is CallState.ACTIVE]
        spoken_to = self._chosen if self._chosen in active else call_id
        for other in active:
            if other != spoken_to:
                self._phone.hold(other)

    def _who(self, called: Called) -> tuple[str, Client | None]:
        return match(called, self._directory.office.region, self._directory.find)

    def _new_call(
        self,
        direction: Direction,
        line_id: UUID | None,
        dialled: str,
        caller: Caller,
        client_id: UUID | None,
        call_id: UUID | None = None,
        at: datetime | None = None,
    ) -> Call:
        incoming = direction is Direction.INCOMING
        state = CallState.RINGING if incoming else CallState.DIALLING
        return Call(
            id=call_id or uuid4(),
            direction=direction,
            line_id=line_id,
            dialled=dialled,
            caller=caller,
            client_id=client_id,
            receptionist_id=None if incoming else self._directory.receptionist.id,
            workstation_id=self._directory.workstation.id,
            segments=(Segment(state=state, start=at or self._clock.now()),),
        )

    def tell_changed(self, call: Call) -> None:
        """Tell faces that there is something new about a call."""
        client = self._directory.remembered(call.client_id)
        self._listeners.tell(
            CallChanged(call=call, client=client, greeting=self._directory.greeting(client))
        )
