"""Three at the telephone: a caller who waits, the desk, and whom he wants; simulated or real."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from uuid import UUID, uuid4

from receptionist.events import PhoneAnswered, PhoneHeld, PhoneIncoming
from receptionist.model.office import Line
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from tests.contract.phone.world import DIALLED, Desk, trunk
from tests.doubles.phone import SimulatedPhone
from tests.doubles.sip.softphone import Softphone


class Trio(Protocol):
    """What a case about transfers may do."""

    desk: Desk
    line: Line
    owner_number: str

    def caller_rings(self) -> UUID: ...

    def owner_agrees(self, beside: UUID | None = None) -> UUID:
        """We call the owner, for a caller or for nobody, and he answers at once."""

    def goes_on(self, call_id: UUID) -> None:
        """The caller, who was asked to call the owner, does so, or does not."""

    def all_three_talk(self) -> None:
        """Wait until caller and owner hear somebody, and the desk is still there."""

    def caller_and_owner_talk(self) -> None:
        """Wait until they hear each other, and nobody hears us."""


def waiting(trio: Trio) -> UUID:
    """A caller who was answered and is on hold."""
    call_id = trio.caller_rings()
    trio.desk.phone.answer(call_id)
    trio.desk.wait(PhoneAnswered, call_id=call_id)
    trio.desk.phone.hold(call_id)
    trio.desk.wait(PhoneHeld, call_id=call_id, held=True)
    return call_id


class SimulatedTrio:
    """In memory. `owner` and `refer` are the statuses the owner's and the caller's phone give."""

    def __init__(self, owner: int, refer: int) -> None:
        self.desk = Desk(lambda pump: SimulatedPhone(pump.post))
        assert isinstance(self.desk.phone, SimulatedPhone)
        self._phone = self.desk.phone
        self.line = self.desk.takes(trunk("127.0.0.1"))
        self.owner_number = "+492214710177"
        self._status = refer if refer >= 300 else owner
        self._talk = False

    def caller_rings(self) -> UUID:
        call_id = self._phone.outside.rings(DIALLED)
        assert call_id is not None
        self.desk.wait(PhoneIncoming, call_id=call_id)
        return call_id

    def owner_agrees(self, beside: UUID | None = None) -> UUID:
        call_id = uuid4()
        self._phone.dial(call_id, self.line.id, self.owner_number, beside=beside)
        self._phone.outside.answers(call_id)
        self.desk.wait(PhoneAnswered, call_id=call_id)
        return call_id

    def goes_on(self, call_id: UUID) -> None:
        if self._status >= 300:
            self._phone.outside.refuses_the_transfer(call_id, self._status)
        else:
            self._phone.outside.takes_the_transfer(call_id)
            self._talk = True

    def all_three_talk(self) -> None:
        assert len(self._phone.calls) == 2

    def caller_and_owner_talk(self) -> None:
        assert self._talk

    def close(self) -> None:
        self._phone.stop()


class RealTrio:
    """An engine, and two softphones that know REFER and Replaces, over SIP and RTP on loopback."""

    def __init__(self, owner: int, refer: int, port: Callable[[], int]) -> None:
        self.caller = Softphone(port(), refer=refer)
        self.owner = Softphone(port(), answers=owner)
        settings = EngineSettings(bind="127.0.0.1", audio=AudioMode.NULL)
        self.desk = Desk(lambda pump: Supervisor(pump.post, settings))
        self.line = self.desk.takes(trunk(self.caller.address))
        self.owner_number = f"sip:owner@{self.owner.address}"

    def caller_rings(self) -> UUID:
        assert isinstance(self.desk.phone, Supervisor)
        self.caller.do(f"dial sip:{DIALLED}@127.0.0.1:{self.desk.phone.sip_port}")
        return self.desk.wait(PhoneIncoming).call_id

    def owner_agrees(self, beside: UUID | None = None) -> UUID:
        call_id = uuid4()
        self.desk.phone.dial(call_id, self.line.id, self.owner_number, beside=beside)
        self.desk.wait(PhoneAnswered, call_id=call_id)
        self.owner.wait("up 1")
        return call_id

    def goes_on(self, call_id: UUID) -> None:
        self.caller.wait("asked")

    def all_three_talk(self) -> None:
        """Our own microphone is silent here: whom the owner hears is the caller."""
        for phone in (self.caller, self.owner):
            phone.wait_until(phone.hears_the_newest)
        assert not self.caller.saw("gone")

    def caller_and_owner_talk(self) -> None:
        self.caller.wait("up 2")
        for phone in (self.caller, self.owner):
            phone.wait_until(phone.hears_the_newest)
        self.caller.wait("gone 1")

    def close(self) -> None:
        self.desk.phone.stop()
        for phone in (self.caller, self.owner):
            phone.close()
