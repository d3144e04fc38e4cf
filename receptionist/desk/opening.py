"""How a call begins: an INVITE, or a number to be called, becomes a `Call`. Main thread."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from receptionist.desk.directory import DirectoryBook
from receptionist.desk.ground import Ground
from receptionist.desk.numbers import caller_of
from receptionist.events import PhoneIncoming, PhoneLive, PhoneRefused
from receptionist.model.call import Call, Caller, CallState, Cause, Direction, Segment
from receptionist.model.client import Client
from receptionist.model.dialled import Called, match
from receptionist.reasons import Reason

_NO_LINE = UUID(int=0)


class Opening:
    """Makes calls as they are at their beginning. Main thread."""

    def __init__(self, ground: Ground) -> None:
        self._directory: DirectoryBook = ground.directory
        self._clock = ground.clock

    def who(self, called: Called) -> tuple[str, Client | None]:
        """The number that was dialled, and whose it is."""
        return match(called, self._directory.office.region, self._directory.find)

    def incoming(self, event: PhoneIncoming) -> tuple[Call, Client | None]:
        """The call of an INVITE that rings."""
        return self._received(event, event.line_id, event.call_id)

    def refused(self, event: PhoneRefused) -> tuple[Call, Client | None]:
        """The call of an INVITE that never rang: over as soon as it began."""
        call, client = self._received(event, event.line_id, refused_id(event))
        plain = event.reason is Reason.VOICE_NOT_ENCRYPTED
        cause = Cause.NOT_ENCRYPTED if plain else Cause.REFUSED
        return call.advanced(CallState.ENDED, event.at, 0.0, cause), client

    def outgoing(
        self, line_id: UUID, target: str, name: str, client_id: UUID | None, for_: UUID | None
    ) -> Call:
        """A call of ours to `target`, made for the caller `for_` if there is one."""
        return Call(
            id=uuid4(),
            direction=Direction.OUTGOING,
            line_id=line_id,
            dialled=target,
            caller=Caller(number=target, name=name),
            client_id=client_id,
            receptionist_id=self._directory.receptionist.id,
            workstation_id=self._directory.workstation.id,
            segments=_begun(CallState.DIALLING, self._clock.now()),
            consults_for=for_,
            language=self._language(self._directory.client(client_id), target, for_),
        )

    def resumed(self, live: PhoneLive, beside: Call | None = None) -> tuple[Call, Client | None]:
        """A call that goes on and that no journal knows; `beside` is for whom it was made."""
        if live.incoming:
            rang = PhoneIncoming(
                call_id=live.call_id,
                line_id=live.line_id,
                called=live.called or Called(),
                caller_uri=live.caller_uri,
                caller_name=live.caller_name,
                at=live.at,
            )
            return self.incoming(rang)
        client_id, for_ = (beside.client_id, beside.id) if beside is not None else (None, None)
        call = self.outgoing(live.line_id, live.target, "", client_id, for_)
        begun = _begun(CallState.DIALLING, live.at)
        return replace(call, id=live.call_id, segments=begun), None

    def _received(
        self, event: PhoneIncoming | PhoneRefused, line_id: UUID | None, call_id: UUID
    ) -> tuple[Call, Client | None]:
        dialled, client = self.who(event.called)
        caller = caller_of(event, self._directory.office.region)
        call = Call(
            id=call_id,
            direction=Direction.INCOMING,
            line_id=line_id,
            dialled=dialled,
            caller=caller,
            client_id=client.id if client else None,
            workstation_id=self._directory.workstation.id,
            segments=_begun(CallState.RINGING, event.at),
            language=self._language(client, caller.number),
        )
        return call, client

    def _language(self, client: Client | None, number: str, for_: UUID | None = None) -> str:
        """The one in which whoever calls, or is called, has been spoken to before."""
        if client is None or not number or for_ is not None:
            return ""
        return self._directory.spoken(client, number)


def refused_id(event: PhoneRefused) -> UUID:
    """The id of the call of an INVITE that never rang: the same one, however often it is told."""
    told = (event.at.isoformat(), event.caller_uri, event.called.to, event.called.request_uri)
    return uuid5(event.line_id or _NO_LINE, "\n".join(told))


def _begun(state: CallState, at: datetime) -> tuple[Segment, ...]:
    return (Segment(state=state, start=at),)
