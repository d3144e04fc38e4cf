"""When nobody answers: what a caller and a forward target see and hear, and what the journal says.

A whole desk makes the plans of its rules, a real exchange and its workers carry them out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from receptionist.events import CallAttended, CallEnded, CallIncoming, WorkAdded
from receptionist.model.agent import BreakReason
from receptionist.model.call import Call, Cause
from receptionist.model.office import Identity
from receptionist.model.unattended import (
    CallPlan,
    Occasion,
    Plan,
    Plans,
    Step,
    StepKind,
    UnattendedRule,
)
from receptionist.phone.exchange.sounds import shipped
from receptionist.reasons import Reason
from tests.contract.phone.test_desk import Reception
from tests.contract.phone.windows import LOUD, Office, port_of
from tests.contract.phone.world import DIALLED, trunk
from tests.doubles.envelope import likeness, of_file
from tests.doubles.sip.softphone import Softphone
from tests.doubles.sip.talker import Talker

Port = Callable[[], int]
CALLER, OWNER = "+491713920010", "+491713920002"
BUSY = Step(kind=StepKind.BUSY)
QUEUE = Step(kind=StepKind.QUEUE, seconds=300)
FORWARD = Step(kind=StepKind.FORWARD, seconds=60, target=OWNER)
ANNOUNCEMENT = Step(kind=StepKind.ANNOUNCEMENT)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Unmanned(Reception):
    """A desk with a client whose calls nobody answers."""

    def rule(self, *steps: Step, office: dict[str, Any] | None = None, **more: Any) -> None:
        """From now on the client has this rule alone."""
        book = self.desk.directory
        client = book.clients[0]
        rules = (UnattendedRule(steps=steps, **more),)
        done: list[bool] = []
        mine = replace(
            book.current,
            office=replace(book.office, **(office or {})),
            clients=(replace(client, rules=rules),),
        )
        self.desk.import_directory(mine, lambda: done.append(True), _fail)
        self.pump.until(lambda: done)

    def called_by(self, caller: Talker) -> None:
        """He calls the client's number, and is told that it rings, or what there is instead."""
        caller.call(DIALLED, self.phone.sip_port)

    def sees(self, kind: type[Any], **fields: Any) -> Any:
        """The first event of this kind with these fields, waited for."""

        def found() -> list[Any]:
            every = [vars_of(one) for one in self.seen(kind)]
            at = [n for n, one in enumerate(every) if fields.items() <= one.items()]
            return [self.seen(kind)[n] for n in at]

        self.pump.until(found)
        return found()[0]

    def journal(self) -> tuple[Call, ...]:
        """Every call, as the command `journal` reads them."""
        found: list[tuple[Call, ...]] = []
        self.desk.journal.since(LONG_AGO, found.append, None)
        self.pump.until(lambda: found)
        return found[0]


def vars_of(event: Any) -> dict[str, Any]:
    return {name: getattr(event, name) for name in event.__dataclass_fields__}


def _fail(error: Exception) -> None:
    raise error


@pytest.fixture
def desk_at(tmp_path: Path) -> Iterator[Callable[..., Unmanned]]:
    """Opens a desk with a line."""
    opened: list[Unmanned] = []

    def open_desk(registrar: str, **line: Any) -> Unmanned:
        opened.append(Unmanned(tmp_path, trunk(registrar, **line)))
        return opened[-1]

    yield open_desk
    for one in opened:
        one.desk.stop()


Opens = Callable[..., Unmanned]


def loud(caller: Talker, packets: int) -> None:
    """He hears somebody for so many packets."""
    caller.until(lambda: sum(one.loudness > LOUD for one in caller.packets) >= packets)


def test_the_number_a_caller_is_forwarded_to_answers(desk_at: Opens, free_udp_port: Port) -> None:
    """Both hear each other, the owner sees who calls, and nobody is owed a call."""
    with Softphone(free_udp_port()) as owner, Talker() as caller:
        desk = desk_at(owner.address, identity=Identity.FROM)
        desk.rule(FORWARD, ring_s=1)
        desk.called_by(caller)
        caller.wait_for("SIP/2.0 180")
        owner.wait(f"up 1 <sip:{CALLER}@")
        caller.talk()
        loud(caller, 50)
        owner.wait("heard 1")
        assert desk.sees(CallAttended).step is StepKind.FORWARD
        caller.hang_up()
        owner.wait("gone 1")
        desk.sees(CallEnded)
        (call,) = desk.journal()
        assert (call.cause, call.connected_to) == (Cause.TRANSFERRED, OWNER)
        assert not desk.seen(WorkAdded)


def test_a_busy_target_leads_from_the_announcement_to_the_queue(
    desk_at: Opens, free_udp_port: Port
) -> None:
    """What he hears is the announcement, and then music; the window says his place."""
    with (
        Softphone(free_udp_port(), answers=486) as owner,
        Talker() as caller,
        Talker() as second,
    ):
        desk = desk_at(owner.address)
        desk.rule(ANNOUNCEMENT, FORWARD, QUEUE, ring_s=0)
        desk.called_by(caller)
        caller.talk()
        owner.wait("gone 1 486")
        said = of_file(Path(shipped("announcement")))
        heard = [one.loudness for one in caller.packets]
        assert likeness(said, heard) > 0.8
        first = desk.sees(CallAttended, step=StepKind.QUEUE)
        assert first.place == 1
        before = len(caller.packets)
        caller.until(lambda: any(one.loudness > LOUD for one in caller.packets[before + 50 :]))
        desk.called_by(second)
        second.talk()
        assert desk.sees(CallAttended, step=StepKind.QUEUE, place=2).call.id != first.call.id
        caller.hang_up()
        moved = desk.sees(WorkAdded).item
        assert (moved.reason, moved.number) == (Reason.MISSED, CALLER)
        desk.pump.until(lambda: desk.desk.switchboard.calls[0].place == 1)
        second.hang_up()
        desk.pump.until(lambda: len(desk.seen(CallEnded)) == 2)
        assert [one.cause for one in desk.journal()] == [Cause.MISSED, Cause.MISSED]


@pytest.mark.parametrize(
    ("later", "office", "rule"),
    [
        (timedelta(), {}, {"start": time(9), "end": time(10)}),
        (timedelta(days=56), {"holidays": "DE-BE"}, {"occasion": Occasion.HOLIDAY}),
        (timedelta(), {}, {"occasion": Occasion.BREAK}),
    ],
    ids=["hour", "holiday", "break"],
)
def test_at_quiet_times_a_caller_is_busy_at_once(
    desk_at: Opens, later: timedelta, office: dict[str, Any], rule: dict[str, Any]
) -> None:
    """Monday, 11 January at 9 in Berlin, and 8 March, which is a holiday there."""
    with Talker() as caller:
        desk = desk_at(caller.address)
        desk.rule(BUSY, ring_s=0, office=office, **rule)
        desk.pump.clock.move(later.total_seconds() - 60)
        desk.pump.advance(60)
        if rule.get("occasion") is Occasion.BREAK:
            desk.desk.agent.take_break(BreakReason.LUNCH)
        desk.called_by(caller)
        caller.wait_for("SIP/2.0 486")
        ended = desk.sees(CallEnded).call
        assert desk.sees(CallIncoming).call.id == ended.id
        assert desk.sees(WorkAdded).item.call_id == ended.id
        (call,) = desk.journal()
        assert call.id == ended.id


def test_without_a_window_he_is_forwarded_all_the_same(tmp_path: Path, free_udp_port: Port) -> None:
    with Softphone(free_udp_port()) as owner:
        office = Office(tmp_path)
        office.line = replace(office.line, registrar=owner.address)
        try:
            desk = office.desk()
            desk.takes(office.line)
            absent = Plan(steps=(FORWARD,))
            plan = CallPlan(client_id=None, numbers=(), present=Plan(), absent=absent)
            desk.phone.service.plan(Plans(plans=(plan,)))
            office.caller.call(DIALLED, port_of(desk))
            office.caller.wait_for("SIP/2.0 180")
            desk.phone.leave()
            owner.wait("up 1")
            office.caller.talk()
            loud(office.caller, 50)
            owner.wait("heard 1")
        finally:
            office.close()
