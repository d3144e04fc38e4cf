"""The switchboard: what the phone reports becomes calls; what the receptionist wants goes out."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from receptionist.desk.calls import Calls
from receptionist.desk.dialling import Dialling
from receptionist.desk.ending import cause_of, owed_for
from receptionist.desk.focus import Focus
from receptionist.desk.ground import Ground
from receptionist.desk.journal import Journal
from receptionist.desk.numbers import target_of
from receptionist.desk.opening import Opening
from receptionist.desk.owing import Owing
from receptionist.errors import BadInput, NotFound
from receptionist.events import (
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
)
from receptionist.i18n import _
from receptionist.model.call import Call, CallState, Cause, Direction
from receptionist.model.number import shortened
from receptionist.ports import Phone
from receptionist.reasons import Reason
from receptionist.threads import assert_main

log = logging.getLogger(__name__)

E = TypeVar("E")


class Switchboard:
    """The calls at this desk. Main thread.

    A verb asks the phone; only the event that comes back changes a call.
    """

    def __init__(
        self, ground: Ground, phone: Phone, calls: Calls, journal: Journal, owing: Owing
    ) -> None:
        self.focus = Focus(phone, calls)
        self._phone = phone
        self._calls = calls
        self._directory = ground.directory
        self._journal, self._owing = journal, owing
        self._listeners = ground.listeners
        self._engine = EngineChanged(state=EngineState.STARTING)
        self._lines: dict[UUID, LineChanged] = {}
        self._opening = Opening(ground)
        self.dialling = Dialling(ground, phone, calls, self.focus, self._lines)
        self._redirected: dict[UUID, str] = {}
        """Where ringing callers were sent."""
        self._followers: defaultdict[type, list[Callable[[Any], object]]] = defaultdict(list)

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
        self.focus.choose(call_id)
        self._phone.answer(call_id)

    def decline(self, call_id: UUID, status: int = 486, reason: str = "") -> None:
        """Refuse a ringing call, with one of `model.refusal.REFUSALS` for instance."""
        self._phone.decline(self.call(call_id).id, status, reason)

    def redirect(self, call_id: UUID, number: str) -> None:
        """Send a ringing caller to another number, before anybody has answered."""
        call = self.call(call_id)
        if call.state is not CallState.RINGING:
            raise BadInput(_("Only a call that still rings can be sent on. Connect this one."))
        target = target_of(number, self._directory.office.region)
        self._redirected[call.id] = target
        self._phone.redirect(call.id, target)

    def hang_up(self, call_id: UUID) -> None:
        """End a call in whatever state it is; no other way is tried for it."""
        self.dialling.rang(self.call(call_id).id)
        self._phone.hang_up(call_id)

    def hold(self, call_id: UUID) -> None:
        """Put a call on hold, with the music of its client."""
        self.focus.hold(self.call(call_id).id)

    def resume(self, call_id: UUID) -> None:
        """Take a call off hold; whoever is being spoken to is put on hold first."""
        self.call(call_id)
        self.focus.choose(call_id)
        self._phone.resume(call_id)

    def toggle(self) -> UUID:
        """Speak to the other of two calls; the one that is spoken to is held. The other's id."""
        waiting = [one for one in self.calls if one.state is CallState.HELD and not one.parked]
        if not waiting:
            raise BadInput(_("There is no other call on hold."))
        active = {one.id: one for one in self.calls if one.state is CallState.ACTIVE}
        asking = {one.consults_for for one in active.values()}
        pair = [one for one in waiting if one.id in asking or one.consults_for in active]
        other = max(pair or waiting, key=lambda one: one.since)
        self.resume(other.id)
        return other.id

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
        """Call a number over a line (by default the best way there); returns the call's id.

        `consults_for` is the caller for whom it is made; `name` is who is thought to answer, and
        stands where a signalled name would.
        """
        return self.dialling.dial(number, line_id, client_id, consults_for, name).id

    def assign(self, call_id: UUID, client_id: UUID, keep_number: bool = True) -> None:
        """Give a call, with everything typed, to a client, whose script it follows from now on.

        With `keep_number`, a dialled number nobody has yet belongs to the client from now on.
        """
        call = self.call(call_id)
        client = self._directory.client(client_id)
        if client is None:
            raise NotFound(_("This client is no longer there."))
        if call.client_id != client_id:
            language = call.language or self._directory.spoken(client, call.number)
            call = replace(call, client_id=client_id, script_id=None, reason="", language=language)
        self._calls.change(call)
        unknown = call.dialled and self._directory.find(call.dialled) is None
        if keep_number and unknown and call.direction is Direction.INCOMING:
            self._journal.assign_number(call.dialled, client_id)

    def follow(self, kind: type[E], follower: Callable[[E], object]) -> None:
        """Call `follower` with what the phone reports of this kind, once the desk has it."""
        self._followers[kind].append(follower)

    def close(self) -> None:
        """The desk closes: every live call is over, and all that was typed is written."""
        for call in self.calls:
            self._ended(PhoneEnded(call_id=call.id, cause=Cause.WE_HUNG_UP))
        self._calls.flush()

    # ---- what the phone reports

    def heard(self, event: PhoneEvent) -> None:
        """Take in an event of the phone."""
        assert_main()
        self._take_in(event)
        for follower in self._followers[type(event)]:
            follower(event)

    def _take_in(self, event: PhoneEvent) -> None:
        match event:
            case PhoneIncoming():
                self._incoming(event)
            case PhoneRefused():
                self._refused(event)
            case PhoneEnded():
                if not self.dialling.goes_on(event):
                    self._ended(event)
            case LineChanged():
                self._lines[event.line_id] = event
                self._listeners.tell(event)
            case EngineChanged():
                self._engine = event
                self._listeners.tell(event)
            case PhoneCommandFailed():
                self._command_failed(event)
            case PhoneDigit():
                self._listeners.tell(DigitReceived(call_id=event.call_id, digit=event.digit))
            case PhoneProgress() | PhoneAnswered() | PhoneHeld() | PhoneMuted():
                self._moved(event)

    def _moved(self, event: PhoneProgress | PhoneAnswered | PhoneHeld | PhoneMuted) -> None:
        match event:
            case PhoneAnswered():
                self.dialling.rang(event.call_id)
                call = self._calls.advance(event.call_id, CallState.ACTIVE)
                if call is not None and not self._calls.past:
                    self.focus.hold_others(event.call_id)
            case PhoneHeld(held=held):
                state = CallState.HELD if held else CallState.ACTIVE
                call = self._calls.advance(event.call_id, state)
                if call is not None and not held:
                    self.focus.hold_others(event.call_id)
            case PhoneMuted(muted=muted):
                call = self._calls.get(event.call_id)
                if call is not None:
                    self._calls.change(replace(call, muted=muted))
                return
            case _:
                self.dialling.rang(event.call_id)
                call = self._calls.get(event.call_id)
        if call is not None:
            self._calls.tell(call)

    def _incoming(self, event: PhoneIncoming) -> None:
        call, client = self._opening.incoming(event)
        log.info("call for %s from %s", client.key if client else "–", shortened(call.number))
        greeting = self._directory.greeting(client, call)
        ringing = CallIncoming(call=call, client=client, greeting=greeting)
        self._calls.add(call, lambda: self._listeners.tell(ringing))

    def _refused(self, event: PhoneRefused) -> None:
        if event.reason is Reason.STRANGER:
            log.warning("an INVITE from a stranger was refused")
            return
        call, client = self._opening.refused(event)
        if self._calls.get(call.id) is not None:
            return
        self._owing.call_back_for(call, event.reason)
        self._calls.add(call)
        self._listeners.tell(CallEnded(call=call, client=client))

    def _ended(self, event: PhoneEnded) -> None:
        """The call-back is written first: after a crash it is better there twice than never."""
        target = self._redirected.pop(event.call_id, "")
        before = self._calls.get(event.call_id)
        if before is None or before.ended:
            return
        cause = cause_of(before, event)
        reason = owed_for(before, cause)
        if reason is not None:
            self._owing.call_back_for(before, reason)
        if cause is Cause.TRANSFERRED and target:
            self._calls.change(replace(before, connected_to=target))
        call = self._calls.advance(event.call_id, CallState.ENDED, cause)
        self.focus.ended(event.call_id)
        if call is not None:
            client = self._directory.remembered(call.client_id)
            self._listeners.tell(CallEnded(call=call, client=client))

    def _command_failed(self, event: PhoneCommandFailed) -> None:
        log.warning("the phone could not %s: %s", event.command, event.detail)
        if event.call_id is None:
            return
        if event.command == "hold":
            self.focus.not_held(event.call_id)
        if event.command == "redirect":
            self._redirected.pop(event.call_id, None)
        if event.command == "dial" and self.dialling.has_more(event.call_id):
            return
        message = _("The phone could not do this. The call is as it was; please try again.")
        self._listeners.tell(CallFailed(call_id=event.call_id, message=message))
