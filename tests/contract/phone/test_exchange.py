"""Many callers at once through one exchange, by what their telephones saw."""

from __future__ import annotations

import os
import re
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from receptionist.events import (
    EngineChanged,
    EngineState,
    PhoneAnswered,
    PhoneDigit,
    PhoneEnded,
    PhoneHeld,
    PhoneIncoming,
    PhoneRefused,
    PhoneTransferred,
)
from receptionist.model.call import Cause
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from tests.contract.phone.world import DIALLED, Desk, E, trunk
from tests.doubles.processes import children
from tests.doubles.sip.baresip import Baresip
from tests.doubles.sip.sipp import Sipp
from tests.doubles.sip.softphone import Softphone

CEILING_S = 20.0
PATIENCE_S = 100
HEADERS = re.compile(r"(?im)^(?:via|contact|record-route|route):.*?127\.0\.0\.1:(\d+)")


class Office(Desk):
    """A phone with a trunk from this computer."""

    def __init__(self, home: Path) -> None:
        self.home = home
        settings = EngineSettings(bind="127.0.0.1", audio=AudioMode.NULL)
        super().__init__(lambda pump: Supervisor(pump.post, settings))
        assert isinstance(self.phone, Supervisor)
        self.supervisor = self.phone
        self.line = self.takes(trunk("127.0.0.1"))

    def until(self, condition: Callable[[], object]) -> None:
        """With the patience for ten workers that start at a time."""
        self._pump.until(condition, PATIENCE_S)

    def wait(self, kind: type[E], count: int = 1, **fields: object) -> E:
        """The same for an event."""
        self.until(lambda: len(self.all(kind, **fields)) >= count)
        return self.all(kind, **fields)[count - 1]

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.supervisor.sip_port}"

    @property
    def workers(self) -> list[int]:
        """Their processes, the oldest first."""
        exchange = self.supervisor.engine_process
        assert exchange is not None
        return sorted(children(exchange))

    def sipp(self, scenario: str, port: int, calls: int = 1, **more: str) -> Sipp:
        """So many callers who play a scenario, ten a second."""
        keys = {"to": f"<sip:{DIALLED}@example.org>", "uri": f"sip:{DIALLED}@{self.place}"}
        keys |= {"from": "<sip:+491713920001@example.org>", "more": "X-Nothing: 1", **more}
        options = ("-r", "10", "-d", "0", "-timeout", f"{PATIENCE_S}s")
        return Sipp(
            scenario, self.home, target=self.place, port=port, calls=calls, options=options, **keys
        )

    def answer(self, call_id: UUID) -> UUID:
        """Answer a call and wait until it is up."""
        self.phone.answer(call_id)
        self.wait(PhoneAnswered, call_id=call_id)
        return call_id

    def newest(self, begin: Callable[[], object]) -> UUID:
        """The call that rings when somebody begins it."""
        rang = len(self.all(PhoneIncoming))
        begin()
        return self.wait(PhoneIncoming, rang + 1).call_id


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.phone.stop()


def test_ten_callers_at_once_on_one_trunk(office: Office, free_udp_port: Callable[[], int]) -> None:
    """Seven are answered and hung up, one is held, one sent on, one connected with the owner."""
    with ExitStack() as all_of_them:
        caller, owner = (all_of_them.enter_context(Softphone(free_udp_port())) for _ in "12")

        def calls(scenario: str, many: int = 1, **more: str) -> Sipp:
            return all_of_them.enter_context(office.sipp(scenario, free_udp_port(), many, **more))

        seven = calls("call", 7)
        office.wait(PhoneIncoming, 7)
        plain = [event.call_id for event in office.all(PhoneIncoming)]
        patient = calls("hold")
        held = office.wait(PhoneIncoming, 8).call_id
        blind = calls("transferred", outcome="200 OK")
        sent_on = office.wait(PhoneIncoming, 9).call_id
        waits = office.newest(lambda: caller.do(f"dial sip:{DIALLED}@{office.place}"))
        for call_id in (*plain, held, sent_on, waits):
            office.answer(call_id)
        assert not office.all(PhoneEnded)

        for call_id in (held, waits):
            office.phone.hold(call_id)
            office.wait(PhoneHeld, call_id=call_id, held=True)
        agrees = uuid4()
        office.phone.dial(agrees, office.line.id, f"sip:owner@{owner.address}", beside=waits)
        office.wait(PhoneAnswered, call_id=agrees)
        office.phone.transfer_to(waits, agrees)
        office.wait(PhoneTransferred, call_id=waits)
        owner.wait("replaced 1 2")
        caller.wait("heard 2")
        office.phone.transfer(sent_on, "+492214710177")
        office.wait(PhoneEnded, call_id=sent_on, cause=Cause.TRANSFERRED)
        blind.finish()
        office.phone.resume(held)
        office.wait(PhoneHeld, call_id=held, held=False)
        for call_id in (*plain, held):
            office.phone.hang_up(call_id)
        patient.finish()
        seven.finish()
        office.wait(PhoneEnded, 8, cause=Cause.WE_HUNG_UP)


def test_a_worker_that_dies_takes_one_caller_with_it(office: Office, tmp_path: Path) -> None:
    """Who was with it is told so; the others talk on, and the next one rings."""
    with Baresip(tmp_path / "one") as one, Baresip(tmp_path / "two") as two:
        first = office.answer(office.newest(lambda: one.dial(f"sip:{DIALLED}@{office.place}")))
        second = office.answer(office.newest(lambda: two.dial(f"sip:{DIALLED}@{office.place}")))
        os.kill(office.workers[0], signal.SIGKILL)
        assert office.wait(PhoneEnded, call_id=first).cause is Cause.ENGINE_DIED
        one.wait("CALL_CLOSED")
        two.press("5")
        assert office.wait(PhoneDigit, call_id=second).digit == "5"
        third = office.newest(lambda: one.dial(f"sip:{DIALLED}@{office.place}"))
        office.answer(third)
        assert len(office.all(PhoneEnded)) == 1
        assert not office.all(EngineChanged, state=EngineState.LOST)


def test_who_rings_at_a_worker_that_dies_is_refused(office: Office, tmp_path: Path) -> None:
    with Baresip(tmp_path / "one") as one:
        call_id = office.newest(lambda: one.dial(f"sip:{DIALLED}@{office.place}"))
        one.wait("CALL_RINGING")
        os.kill(office.workers[0], signal.SIGKILL)
        assert office.wait(PhoneEnded, call_id=call_id).cause is Cause.ENGINE_DIED
        one.wait("CALL_CLOSED", "500 Server Internal Error")


def test_whom_we_call_is_told_when_the_worker_dies(office: Office, tmp_path: Path) -> None:
    """CANCEL while it rings there, BYE when it was answered (RFC 3261 9.1 and 15)."""
    with Baresip(tmp_path / "ringing") as ringing, Baresip(tmp_path / "talking") as talking:
        calls = [uuid4(), uuid4()]
        for call_id, peer in zip(calls, (ringing, talking), strict=True):
            office.phone.dial(call_id, office.line.id, f"sip:peer@{peer.address}", beside=calls[0])
            peer.wait("CALL_INCOMING")
        talking.accept()
        office.wait(PhoneAnswered, call_id=calls[1])
        os.kill(office.workers[0], signal.SIGKILL)
        for call_id, peer in zip(calls, (ringing, talking), strict=True):
            assert office.wait(PhoneEnded, call_id=call_id).cause is Cause.ENGINE_DIED
            peer.wait("CALL_CLOSED")


def test_nobody_outside_sees_a_worker(office: Office, free_udp_port: Callable[[], int]) -> None:
    port = free_udp_port()
    with office.sipp("hold", port) as sipp:
        call_id = office.answer(office.wait(PhoneIncoming).call_id)
        office.phone.hold(call_id)
        office.wait(PhoneHeld, call_id=call_id)
        office.phone.resume(call_id)
        office.wait(PhoneHeld, call_id=call_id, held=False)
        office.phone.hang_up(call_id)
        sipp.finish()
        ports = {int(found) for found in HEADERS.findall(sipp.messages())}
    assert ports == {port, office.supervisor.sip_port}
    assert "X-Receptionist" not in sipp.messages()


def test_what_fits_no_call_is_answered(office: Office) -> None:
    expected = {"OPTIONS": 200, "BYE": 481, "INFO": 481, "SUBSCRIBE": 405, "FOO": 501}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.bind(("127.0.0.1", 0))
        peer.settimeout(CEILING_S)
        peer.connect(("127.0.0.1", office.supervisor.sip_port))
        for method, status in expected.items():
            lines = [
                f"{method} sip:{office.place} SIP/2.0",
                f"Via: SIP/2.0/UDP 127.0.0.1:{peer.getsockname()[1]};branch=z9hG4bK{method}",
                "From: <sip:peer@example.org>;tag=1",
                f"To: <sip:{DIALLED}@example.org>",
                f"Call-ID: {uuid4()}",
                f"CSeq: 1 {method}",
                "Max-Forwards: 70",
            ]
            peer.send("\r\n".join([*lines, "", ""]).encode())
            assert peer.recv(4096).startswith(f"SIP/2.0 {status} ".encode())


def _talk(office: Office, free_udp_port: Callable[[], int], many: int) -> None:
    """So many calls, ten a second: each rings, is answered, and is hung up by us."""
    with office.sipp("call", free_udp_port(), many) as sipp:
        done = ended = 0
        while ended < many:
            office.until(lambda at=done: len(office.events) > at)
            new, done = office.events[done:], len(office.events)
            for event in new:
                if isinstance(event, PhoneIncoming):
                    office.phone.answer(event.call_id)
                elif isinstance(event, PhoneAnswered):
                    office.phone.hang_up(event.call_id)
                ended += isinstance(event, PhoneEnded | PhoneRefused)
        sipp.finish()
    assert len(office.all(PhoneEnded, cause=Cause.WE_HUNG_UP)) == many


def test_thirty_calls_ten_a_second(office: Office, free_udp_port: Callable[[], int]) -> None:
    _talk(office, free_udp_port, 30)


@pytest.mark.alone
def test_three_hundred_calls_ten_a_second(office: Office, free_udp_port: Callable[[], int]) -> None:
    _talk(office, free_udp_port, 300)
