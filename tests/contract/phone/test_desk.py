"""A whole desk at a real phone: what its verbs bring about at the other end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import pytest

from receptionist.credentials import MemoryCredentials
from receptionist.desk.desk import Desk
from receptionist.events import (
    CallFailed,
    CallIncoming,
    CallParked,
    CallRecalled,
    ConferenceChanged,
    DeskEvent,
    ForwardingTested,
    LineState,
    WayTaken,
)
from receptionist.model.call import CallState, Cause
from receptionist.model.forwarding import ForwardingOutcome
from receptionist.model.office import Line
from receptionist.model.route import Way, Why
from receptionist.model.secret import Secret
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from receptionist.store import open_store
from tests.contract.phone.world import DIALLED, trunk
from tests.doubles.calendar import MemoryCalendars, MemoryServer
from tests.doubles.mail import MemoryMail
from tests.doubles.pump import ManualClock, Pump
from tests.doubles.sip.kamailio import PASSWORD, USER, Kamailio
from tests.doubles.sip.softphone import Softphone
from tests.unit.desk.conftest import _office

Port = Callable[[], int]
E = TypeVar("E")


class Reception:
    """A desk with a real engine; its only client is dialled by `DIALLED`."""

    def __init__(self, data: Path, *lines: Line) -> None:
        self.events: list[DeskEvent] = []
        self.pump = Pump(ManualClock())
        settings = EngineSettings(bind="127.0.0.1", audio=AudioMode.NULL)
        self.phone = Supervisor(self.pump.post, settings)
        self.desk = Desk(
            phone=self.phone,
            calendars=MemoryCalendars(MemoryServer()),
            credentials=MemoryCredentials(),
            mail=MemoryMail(),
            open_store=lambda: open_store(data / "receptionist.db"),
            post=self.pump.post,
            later=self.pump.later,
            clock=self.pump.clock,
        )
        self.desk.subscribe(self.events.append)
        self._opened(lines)

    def _opened(self, lines: tuple[Line, ...]) -> None:
        done: list[bool] = []
        self.desk.open(lambda: done.append(True), _fail)
        self.pump.until(lambda: done)
        painter = _office().clients[0]
        mine = replace(
            _office(),
            lines=lines,
            clients=(replace(painter, dialled=(DIALLED,), shown_as="", kinds=()),),
            accounts=(),
            calendars=(),
        )
        self.desk.import_directory(mine, lambda: done.append(True), _fail)
        self.pump.until(lambda: len(done) == 2)
        for line in lines:
            if line.register:
                self.desk.passwords.keep(line.id, Secret(PASSWORD))
        self.desk.start_phone()
        self.pump.until(lambda: len(self._ready()) == len(lines))

    def _ready(self) -> list[UUID]:
        states = self.desk.switchboard.line_states
        return [one for one, state in states.items() if state.state is LineState.READY]

    def rings(self, caller: Softphone) -> UUID:
        """The caller rings and is answered; his call."""
        before = len(self.seen(CallIncoming))
        caller.do(f"dial sip:{DIALLED}@127.0.0.1:{self.phone.sip_port}")
        self.pump.until(lambda: len(self.seen(CallIncoming)) > before)
        call_id = self.seen(CallIncoming)[-1].call.id
        self.desk.switchboard.answer(call_id)
        self.comes_into(call_id, CallState.ACTIVE)
        return call_id

    def comes_into(self, call_id: UUID, state: CallState) -> None:
        """Wait until a call is in a state."""
        self.pump.until(lambda: self.desk.switchboard.call(call_id).state is state)

    def seen(self, kind: type[E]) -> list[E]:
        """The events of a kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    def told(self, kind: type[E]) -> E:
        """The newest event of a kind, waited for."""
        self.pump.until(lambda: self.seen(kind))
        return self.seen(kind)[-1]


def _fail(error: Exception) -> None:
    raise error


Opened = Callable[..., Reception]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Opens a desk with lines."""
    receptions: list[Reception] = []

    def open_desk(*lines: Line) -> Reception:
        receptions.append(Reception(tmp_path, *lines))
        return receptions[-1]

    yield open_desk
    for one in receptions:
        one.desk.stop()


def test_a_caller_is_parked_and_recalled(opened: Opened, free_udp_port: Port) -> None:
    with Softphone(free_udp_port()) as caller:
        reception = opened(trunk(caller.address))
        call_id = reception.rings(caller)
        reception.desk.parking.park(call_id, "für Frau Muster")
        assert reception.told(CallParked).call.parked == 1
        reception.desk.parking.recall(1)
        assert reception.told(CallRecalled).parked_for == "für Frau Muster"
        assert not caller.saw("gone")


def test_an_owner_who_is_busy_leads_back_to_the_caller(opened: Opened, free_udp_port: Port) -> None:
    with Softphone(free_udp_port()) as caller, Softphone(free_udp_port(), answers=486) as owner:
        reception = opened(trunk(caller.address))
        call_id = reception.rings(caller)
        reception.desk.transfers.consult(call_id, f"sip:owner@{owner.address}")
        assert "is busy" in reception.told(CallFailed).message
        reception.comes_into(call_id, CallState.ACTIVE)
        assert not caller.saw("gone")


def test_a_blind_transfer_in_vain_brings_the_caller_back(
    opened: Opened, free_udp_port: Port
) -> None:
    with Softphone(free_udp_port()) as caller, Softphone(free_udp_port(), answers=486) as owner:
        reception = opened(trunk(caller.address))
        call_id = reception.rings(caller)
        reception.desk.transfers.send(call_id, f"sip:owner@{owner.address}")
        reception.pump.until(lambda: caller.saw("asked"))
        assert "is busy" in reception.told(CallFailed).message
        reception.comes_into(call_id, CallState.ACTIVE)


def test_three_confer_and_we_leave(opened: Opened, free_udp_port: Port) -> None:
    with Softphone(free_udp_port()) as caller, Softphone(free_udp_port()) as owner:
        reception = opened(trunk(caller.address))
        call_id = reception.rings(caller)
        asked = reception.desk.transfers.consult(call_id, f"sip:owner@{owner.address}")
        reception.comes_into(asked, CallState.ACTIVE)
        reception.comes_into(call_id, CallState.HELD)
        reception.desk.conference.join(call_id)
        assert reception.told(ConferenceChanged).joined
        owner.wait_until(owner.hears_the_newest)
        assert reception.desk.switchboard.call(call_id).state is CallState.ACTIVE
        reception.desk.conference.leave()
        reception.comes_into(call_id, CallState.ENDED)
        reception.comes_into(asked, CallState.ENDED)
        assert reception.desk.switchboard.call(call_id).cause is Cause.TRANSFERRED
        caller.wait("up 2")
        owner.wait_until(owner.hears_the_newest)


def test_a_line_that_fails_gives_place_to_the_next(opened: Opened, free_udp_port: Port) -> None:
    with Softphone(free_udp_port(), answers=503) as broken, Softphone(free_udp_port()) as good:
        first = replace(trunk(broken.address), key="first", name="Erste")
        second = replace(trunk(good.address), key="second", name="Zweite")
        reception = opened(first, second)
        by_key = {line.key: line.id for line in reception.desk.directory.lines}
        ways = tuple(Way(line_id=by_key[key], why=Why.UNKNOWN) for key in ("first", "second"))
        board = reception.desk.switchboard
        board.dialling.ways_to = lambda number, client_id: ways
        call_id = board.dial("+492214710177")
        reception.comes_into(call_id, CallState.ACTIVE)
        assert "Zweite" in reception.told(WayTaken).message
        broken.wait("gone 1 503")
        good.wait("up 1")


def test_a_forwarding_is_found_by_what_a_real_proxy_sends(
    opened: Opened, tmp_path: Path, free_udp_port: Port
) -> None:
    with (
        Softphone(free_udp_port()) as outside,
        Kamailio(tmp_path / "kamailio", free_udp_port(), outside.address) as kamailio,
    ):
        reception = opened(replace(trunk(kamailio.address), user=USER, register=True))
        client = reception.desk.directory.clients[0]
        reception.desk.forwarding.test(client.id)
        reception.pump.until(lambda: reception.seen(CallIncoming))
        reception.pump.advance(2)
        told = reception.told(ForwardingTested)
        assert told.outcome is ForwardingOutcome.MATCHED, told.message
        assert told.arrived is not None
        assert DIALLED in told.arrived.to
        reception.pump.until(lambda: not reception.desk.switchboard.calls)
