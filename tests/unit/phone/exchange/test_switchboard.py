"""What a desk has begun goes on without it only where somebody sees that."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

from receptionist.events import (
    PhoneAnswered,
    PhoneAttended,
    PhoneEnded,
    PhoneIncoming,
    PhoneJoined,
    PhoneRecorded,
)
from receptionist.model.call import Cause
from receptionist.model.dialled import Called
from receptionist.model.office import Line
from receptionist.model.unattended import StepKind
from receptionist.phone import wire
from receptionist.phone.exchange.central import Central
from receptionist.phone.exchange.dialogs import Dialog
from receptionist.phone.exchange.switchboard import Switchboard
from receptionist.phone.exchange.workers import Worker, Workers
from receptionist.phone.sip.message import request

LINE = uuid4()


class Office:
    """One worker that notes what it is told."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.reports: list[Any] = []
        hello = wire.Hello(version=wire.VERSION, settings=wire.EngineSettings())
        self.worker = Worker(1, cast(wire.Child, SimpleNamespace(send=self.sent.append)))
        registrar = cast(Any, SimpleNamespace())
        self.switchboard = Switchboard(Workers(lambda: hello, 1), registrar, self.reports.append)

    def tell(self, report: Any) -> None:
        self.switchboard.reported(self.worker, report)

    def rings(self) -> UUID:
        call_id = uuid4()
        self.tell(
            PhoneIncoming(
                call_id=call_id,
                line_id=uuid4(),
                called=Called(to="sip:desk@office.example"),
                caller_uri="sip:+491713920010@office.example",
                caller_name="",
                at=datetime.now(UTC),
            )
        )
        return call_id

    def stopped(self) -> list[UUID]:
        self.switchboard.desk_gone(lambda call_id: False)
        return [one.call_id for one in self.sent if isinstance(one, wire.StopRecording)]


def record(call_id: UUID, message: bool = False) -> wire.Record:
    return wire.Record(call_id=call_id, path="/v/1.voice", key="K", message=message)


async def in_office(test: Any) -> None:
    test(Office())


def run(test: Any) -> None:
    asyncio.run(in_office(test))


def test_what_a_desk_records_is_completed_when_it_is_gone() -> None:
    def test(office: Office) -> None:
        call_id, other_id = office.rings(), office.rings()
        office.tell(PhoneAnswered(call_id=call_id))
        office.tell(PhoneAnswered(call_id=other_id))
        office.switchboard.obey(record(call_id))
        assert office.stopped() == [call_id]
        recorded = PhoneRecorded(call_id=call_id, path="/v/1.voice", seconds=3)
        office.tell(recorded)
        assert office.reports[-1] == recorded
        assert office.stopped() == [call_id]

    run(test)


def test_a_message_goes_on_without_a_desk() -> None:
    def test(office: Office) -> None:
        call_id = office.rings()
        office.tell(PhoneAttended(call_id=call_id, step=StepKind.VOICEMAIL))
        office.switchboard.obey_inside(record(call_id, message=True))
        office.switchboard.obey(record(call_id))
        assert office.stopped() == []

    run(test)


def test_what_nobody_hears_ends_with_its_desk() -> None:
    """A test of a forwarding, but neither a call that is spoken nor a forward of the exchange."""

    def test(office: Office) -> None:
        caller, tried, forward = office.rings(), uuid4(), uuid4()
        for call_id in (tried, forward):
            dial = wire.Dial(call_id=call_id, line_id=LINE, target="1", headset=False)
            office.switchboard.calls.dialled(dial, office.worker, datetime.now(UTC))
        office.switchboard.desk_gone(lambda call_id: call_id == forward)
        ended = [one for one in office.sent if isinstance(one, wire.HangUp)]
        assert ended == [wire.HangUp(call_id=tried)]
        assert office.switchboard.calls.get(caller)

    run(test)


def test_who_waits_for_a_worker_is_not_called_for_a_desk_that_is_gone() -> None:
    """Nobody would be there when he answers."""

    def test(office: Office) -> None:
        waiting: list[Any] = []
        workers = cast(Any, office.switchboard._workers)
        workers.take = lambda taker, patience_s: waiting.append(taker)
        workers.settle = lambda worker: None
        office.switchboard._registrar = cast(Any, SimpleNamespace(register=lambda *line: None))
        line = Line(id=LINE, key="main", name="Main", registrar="office.example", user="desk")
        office.switchboard.obey(wire.Register(line=line, secret=None))
        call_id = uuid4()
        office.switchboard.obey(wire.Dial(call_id=call_id, line_id=LINE, target="1"))
        office.switchboard.desk_gone(lambda call_id: False)
        assert office.reports == [PhoneEnded(call_id=call_id, cause=Cause.WE_HUNG_UP)]
        waiting[0](office.worker)
        assert not [one for one in office.sent if isinstance(one, wire.Dial)]

    run(test)


def test_a_conference_and_for_whom_it_is_stand_in_the_calls() -> None:
    def test(office: Office) -> None:
        caller, asked, forward = office.rings(), uuid4(), uuid4()
        for call_id, headset in ((asked, True), (forward, False)):
            dial = wire.Dial(
                call_id=call_id, line_id=LINE, target="1", beside=caller, headset=headset
            )
            office.switchboard.calls.dialled(dial, office.worker, datetime.now(UTC))

        def joined() -> list[tuple[UUID | None, UUID | None]]:
            return [(one.live.beside, one.live.joined) for one in office.switchboard.calls]

        office.tell(PhoneJoined(call_id=caller, other_id=forward, joined=True))
        assert joined() == [(None, None), (caller, None), (None, None)]
        office.tell(PhoneJoined(call_id=caller, other_id=asked, joined=True))
        assert joined() == [(None, asked), (caller, caller), (None, None)]
        office.tell(PhoneJoined(call_id=asked, other_id=caller, joined=False))
        assert joined() == [(None, None), (caller, None), (None, None)]

    run(test)


def test_the_exchange_says_when_the_desk_is_gone() -> None:
    async def test() -> None:
        hello = wire.Hello(version=wire.VERSION, settings=wire.EngineSettings())
        central = Central(hello, cast(wire.Link, SimpleNamespace()))
        gone: list[bool] = []
        central._switchboard.desk_gone = lambda ours: gone.append(True)  # type: ignore[method-assign]
        central.gone()
        assert gone == [True]

    asyncio.run(test())


def test_a_call_that_was_never_made_leaves_its_name_to_nobody() -> None:
    """Or everybody whom that worker calls later would be traced as somebody else."""

    async def test() -> None:
        hello = wire.Hello(version=wire.VERSION, settings=wire.EngineSettings())
        central = Central(hello, cast(wire.Link, SimpleNamespace()))
        worker = Worker(1, cast(wire.Child, SimpleNamespace(send=lambda command: None)))
        failed, made = uuid4(), uuid4()
        for call_id in (failed, made):
            dial = wire.Dial(call_id=call_id, line_id=LINE, target="1")
            central._switchboard._dial_at(worker, dial)
        central._worker_told(worker, PhoneEnded(call_id=failed, cause=Cause.FAILED))
        dialogs = central._edge.dialogs
        invite = request("INVITE", "sip:1@office.example", [])
        dialogs.add(Dialog("made", incoming=False, line_id=LINE, invite=invite, worker=worker))
        assert (dialogs.call_id(failed), dialogs.call_id(made)) == ("", "made")

    asyncio.run(test())
