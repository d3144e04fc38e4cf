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
    PhoneJoined,
    PhoneTransferred,
)
from receptionist.model.call import Cause
from tests.contract.phone.office import Office
from tests.contract.phone.world import DIALLED
from tests.doubles.sip.baresip import Baresip, write_tone
from tests.doubles.sip.sipp import Sipp
from tests.doubles.sip.softphone import Softphone

CEILING_S = 60.0
HEADERS = re.compile(r"(?im)^(?:via|contact|record-route|route):.*?127\.0\.0\.1:(\d+)")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.phone.stop()


class Peers:
    """Everybody at the other end; all of them are gone afterwards."""

    def __init__(self, office: Office, port: Callable[[], int], all_of_them: ExitStack) -> None:
        self._office, self._port, self._all = office, port, all_of_them

    def phone(self) -> Softphone:
        """A telephone of its own."""
        return self._all.enter_context(Softphone(self._port()))

    def play(self, scenario: str, many: int = 1, **more: str) -> Sipp:
        """So many callers who play a scenario."""
        return self._all.enter_context(self._office.sipp(scenario, self._port(), many, **more))

    def calls(self) -> tuple[UUID, Softphone]:
        """Somebody calls with a telephone of his own."""
        who = self.phone()
        place = self._office.place
        return self._office.newest(lambda: who.do(f"dial sip:{DIALLED}@{place}")), who

    def agrees(self, beside: UUID) -> tuple[UUID, Softphone]:
        """An owner is called for a caller, and answers."""
        who, call_id, office = self.phone(), uuid4(), self._office
        office.phone.dial(call_id, office.line.id, f"sip:owner@{who.address}", beside=beside)
        office.wait(PhoneAnswered, call_id=call_id)
        return call_id, who


@pytest.fixture
def peers(office: Office, free_udp_port: Callable[[], int]) -> Iterator[Peers]:
    with ExitStack() as all_of_them:
        yield Peers(office, free_udp_port, all_of_them)


def test_ten_callers_at_once_on_one_trunk(office: Office, peers: Peers) -> None:
    """Six are answered and hung up, one is held, one sent on, one connected with the owner, and
    one meets another owner and us.
    """
    six = peers.play("call", 6)
    office.wait(PhoneIncoming, 6)
    plain = [event.call_id for event in office.all(PhoneIncoming)]
    patient = peers.play("hold")
    held = office.wait(PhoneIncoming, 7).call_id
    blind = peers.play("transferred", outcome="200 OK")
    sent_on = office.wait(PhoneIncoming, 8).call_id
    (waits, caller), (meets, third) = peers.calls(), peers.calls()
    for call_id in (*plain, held, sent_on, waits, meets):
        office.answer(call_id)
    assert not office.all(PhoneEnded)

    quiet = office.home / "quiet.wav"
    write_tone(quiet, 1.0, height=0)
    for call_id in (held, waits, meets):
        office.phone.hold(call_id, str(quiet))
        office.wait(PhoneHeld, call_id=call_id, held=True)
    (agrees, owner), (joins, other_owner) = peers.agrees(waits), peers.agrees(meets)
    office.phone.transfer_to(waits, agrees)
    office.phone.join(meets, joins)
    office.wait(PhoneTransferred, call_id=waits)
    owner.wait("replaced 1 2")
    caller.wait("heard 2")
    office.wait(PhoneJoined, call_id=meets, other_id=joins, joined=True)
    for member in (third, other_owner):
        member.wait("heard 1")
    office.phone.transfer(sent_on, "+492214710177")
    office.wait(PhoneEnded, call_id=sent_on, cause=Cause.TRANSFERRED)
    blind.finish()
    office.phone.resume(held)
    office.wait(PhoneHeld, call_id=held, held=False)
    for call_id in (*plain, held, meets, joins):
        office.phone.hang_up(call_id)
    patient.finish()
    six.finish()
    office.wait(PhoneEnded, 9, cause=Cause.WE_HUNG_UP)


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
        office.serve(many)
        sipp.finish()


def test_thirty_calls_ten_a_second(office: Office, free_udp_port: Callable[[], int]) -> None:
    _talk(office, free_udp_port, 30)


@pytest.mark.alone
def test_three_hundred_calls_ten_a_second(office: Office, free_udp_port: Callable[[], int]) -> None:
    _talk(office, free_udp_port, 300)
