"""Transfers: who is connected with whom, and that a transfer that fails loses nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist.events import (
    LineChanged,
    LineState,
    PhoneAnswered,
    PhoneCommandFailed,
    PhoneEnded,
    PhoneHeld,
    PhoneIncoming,
    PhoneJoined,
    PhoneMuted,
    PhoneTransferFailed,
    PhoneTransferred,
)
from receptionist.model.call import Cause
from receptionist.model.secret import Secret
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from tests.contract.phone.trio import RealTrio, SimulatedTrio, Trio, waiting
from tests.contract.phone.world import DIALLED, Desk, RealWorld, in_call, trunk
from tests.doubles.sip.baresip import Baresip
from tests.doubles.sip.kamailio import NUMBER, PASSWORD, USER, Kamailio
from tests.doubles.sip.sipp import Sipp
from tests.doubles.sip.softphone import Softphone

Made = Callable[..., Trio]
OWNER = "+492214710177"


@pytest.fixture(params=["simulated", "real"])
def made(request: pytest.FixtureRequest, free_udp_port: Callable[[], int]) -> Iterator[Made]:
    """Makes a trio; `owner` and `refer` are the statuses the owner and the caller's phone give."""
    trios: list[SimulatedTrio | RealTrio] = []

    def make(owner: int = 200, refer: int = 202) -> Trio:
        if request.param == "simulated":
            trios.append(SimulatedTrio(owner, refer))
        else:
            trios.append(RealTrio(owner, refer, free_udp_port))
        return trios[-1]

    yield make
    for trio in trios:
        trio.close()


def test_a_caller_is_transferred_without_announcement(made: Made) -> None:
    trio = made()
    caller = waiting(trio)
    trio.desk.phone.transfer(caller, trio.owner_number)
    trio.goes_on(caller)
    trio.desk.wait(PhoneTransferred, call_id=caller)
    ended = trio.desk.wait(PhoneEnded, call_id=caller)
    assert (ended.cause, ended.status) == (Cause.TRANSFERRED, 0)
    trio.caller_and_owner_talk()


@pytest.mark.parametrize("beside", [True, False])
def test_a_caller_and_the_owner_are_connected(made: Made, beside: bool) -> None:
    """Whom we called for him is with him; whom we called before or besides is elsewhere."""
    trio = made()
    caller = waiting(trio)
    owner = trio.owner_agrees(caller if beside else None)
    trio.desk.phone.transfer_to(caller, owner)
    trio.goes_on(caller)
    trio.desk.wait(PhoneTransferred, call_id=caller)
    trio.desk.wait(PhoneEnded, call_id=caller, cause=Cause.TRANSFERRED)
    trio.desk.wait(PhoneEnded, call_id=owner, cause=Cause.TRANSFERRED)
    assert len(trio.desk.all(PhoneEnded)) == 2
    trio.caller_and_owner_talk()


@pytest.mark.parametrize("statuses", [{"owner": 486}, {"refer": 603}, {"refer": 405}])
def test_a_transfer_that_fails_leaves_the_caller_on_hold(
    made: Made, statuses: dict[str, int]
) -> None:
    trio = made(**statuses)
    caller = waiting(trio)
    trio.desk.phone.transfer(caller, trio.owner_number)
    trio.goes_on(caller)
    failed = trio.desk.wait(PhoneTransferFailed, call_id=caller)
    assert failed.status in statuses.values()
    assert not trio.desk.all(PhoneEnded)
    trio.desk.phone.resume(caller)
    trio.desk.wait(PhoneHeld, call_id=caller, held=False)


def test_a_refused_connection_leaves_both(made: Made) -> None:
    trio = made(refer=603)
    caller = waiting(trio)
    owner = trio.owner_agrees()
    trio.desk.phone.transfer_to(caller, owner)
    trio.goes_on(caller)
    assert trio.desk.wait(PhoneTransferFailed, call_id=caller).status == 603
    assert not trio.desk.all(PhoneEnded)
    trio.desk.phone.hang_up(owner)
    trio.desk.wait(PhoneEnded, call_id=owner, cause=Cause.WE_HUNG_UP)
    trio.desk.phone.resume(caller)
    trio.desk.wait(PhoneHeld, call_id=caller, held=False)


def test_caller_and_owner_are_in_conference_with_us_and_parted_again(made: Made) -> None:
    trio = made()
    caller = waiting(trio)
    owner = trio.owner_agrees(caller)
    trio.desk.phone.resume(caller)
    trio.desk.wait(PhoneHeld, call_id=caller, held=False)
    trio.desk.phone.join(caller, owner)
    trio.desk.wait(PhoneJoined, call_id=caller, other_id=owner, joined=True)
    trio.all_three_talk()
    trio.desk.phone.part(caller, owner)
    trio.desk.wait(PhoneJoined, call_id=caller, other_id=owner, joined=False)
    trio.desk.phone.hold(caller)
    trio.desk.wait(PhoneHeld, 2, call_id=caller, held=True)
    assert not trio.desk.all(PhoneEnded)


def test_who_goes_out_of_a_conference_leaves_the_other_with_us(made: Made) -> None:
    trio = made()
    caller = waiting(trio)
    owner = trio.owner_agrees(caller)
    trio.desk.phone.resume(caller)
    trio.desk.wait(PhoneHeld, call_id=caller, held=False)
    trio.desk.phone.join(caller, owner)
    trio.desk.wait(PhoneJoined, call_id=caller, joined=True)
    trio.desk.phone.hang_up(owner)
    trio.desk.wait(PhoneEnded, call_id=owner, cause=Cause.WE_HUNG_UP)
    trio.desk.phone.mute(caller, True)
    trio.desk.wait(PhoneMuted, call_id=caller)
    assert not trio.desk.all(PhoneEnded, call_id=caller)


def test_who_has_not_answered_is_in_no_conference(made: Made) -> None:
    trio = made()
    caller = waiting(trio)
    ringing = trio.caller_rings()
    trio.desk.phone.join(caller, ringing)
    assert trio.desk.wait(PhoneCommandFailed, command="join").call_id in (caller, ringing)
    trio.desk.phone.part(caller, ringing)
    trio.desk.wait(PhoneCommandFailed, command="part")
    assert not trio.desk.all(PhoneJoined)


def test_who_is_not_up_cannot_be_transferred(made: Made) -> None:
    trio = made()
    ringing = trio.caller_rings()
    trio.desk.phone.transfer(ringing, OWNER)
    assert trio.desk.wait(PhoneCommandFailed, call_id=ringing).command == "transfer"
    trio.desk.phone.answer(ringing)
    trio.desk.wait(PhoneAnswered, call_id=ringing)
    for other in (uuid4(), ringing):
        trio.desk.phone.transfer_to(ringing, other)
    trio.desk.wait(PhoneCommandFailed, 2, call_id=ringing, command="transfer_to")
    assert not trio.desk.all(PhoneEnded)


def test_baresip_takes_a_transfer(real: RealWorld, tmp_path: Path) -> None:
    with Baresip(tmp_path / "owner") as owner:
        caller = in_call(real)
        real.desk.phone.transfer(caller, f"sip:peer@{owner.address}")
        owner.wait("CALL_INCOMING")
        owner.accept()
        owner.wait("CALL_ESTABLISHED")
        real.desk.wait(PhoneTransferred, call_id=caller)
        real.desk.wait(PhoneEnded, call_id=caller, cause=Cause.TRANSFERRED)
        real.peer.wait("CALL_ESTABLISHED", count=2)
        real.peer.wait("CALL_CLOSED")


# ---- what only the bytes show


class Office(Desk):
    """A phone that waits two seconds for each word about a transfer."""

    def __init__(self) -> None:
        settings = EngineSettings(bind="127.0.0.1", audio=AudioMode.NULL, transfer_s=2)
        super().__init__(lambda pump: Supervisor(pump.post, settings))
        self.line = self.takes(trunk("127.0.0.1"))

    def calls(self, home: Path, port: int, outcome: str, wait_ms: int = 0) -> Sipp:
        """A caller who takes a REFER and tells its `outcome` after a while."""
        assert isinstance(self.phone, Supervisor)
        keys = {"uri": "sip:desk@127.0.0.1", "to": f"<sip:{DIALLED}@example.org>"}
        keys |= {"from": "<sip:+491713920001@example.org>", "outcome": outcome}
        options = ("-d", str(wait_ms))
        target = f"127.0.0.1:{self.phone.sip_port}"
        return Sipp("transferred", home, target=target, port=port, options=options, **keys)


@pytest.fixture
def office() -> Iterator[Office]:
    office = Office()
    yield office
    office.phone.stop()


def test_we_hang_up_when_the_new_call_is_up(
    office: Office, tmp_path: Path, free_udp_port: Callable[[], int]
) -> None:
    with office.calls(tmp_path, free_udp_port(), "200 OK") as sipp:
        caller = office.wait(PhoneIncoming).call_id
        office.phone.answer(caller)
        office.wait(PhoneAnswered, call_id=caller)
        office.phone.transfer(caller, OWNER)
        office.wait(PhoneEnded, call_id=caller, cause=Cause.TRANSFERRED)
        sipp.finish()


def test_a_word_that_never_comes_is_not_waited_for(
    office: Office, tmp_path: Path, free_udp_port: Callable[[], int]
) -> None:
    """Should it come after all, we stay with whom we speak to again."""
    with office.calls(tmp_path, free_udp_port(), "200 OK", 4000) as sipp:
        caller = office.wait(PhoneIncoming).call_id
        office.phone.answer(caller)
        office.wait(PhoneAnswered, call_id=caller)
        office.phone.transfer(caller, OWNER)
        assert office.wait(PhoneTransferFailed, call_id=caller).status == 408
        sipp.wait_for("NOTIFY sip:")
        office.phone.mute(caller, True)
        office.wait(PhoneMuted, call_id=caller)
        assert not office.all(PhoneEnded)
        office.phone.hang_up(caller)
        office.wait(PhoneEnded, call_id=caller, cause=Cause.WE_HUNG_UP)
        sipp.finish()


def test_caller_and_owner_are_connected_by_way_of_a_proxy(
    tmp_path: Path, free_udp_port: Callable[[], int]
) -> None:
    """Both calls went through it; the new one is asked for at the number that we had called."""
    settings = EngineSettings(bind="127.0.0.1", audio=AudioMode.NULL)
    with (
        Softphone(free_udp_port()) as caller,
        Softphone(free_udp_port()) as owner,
        Kamailio(tmp_path / "kamailio", free_udp_port(), owner.address) as kamailio,
    ):
        desk = Desk(lambda pump: Supervisor(pump.post, settings))
        line = replace(trunk(kamailio.address), user=USER, register=True)
        desk.phone.register(line, Secret(PASSWORD))
        desk.wait(LineChanged, state=LineState.READY)
        caller.do(f"dial sip:{NUMBER}@{kamailio.address}")
        waits = desk.wait(PhoneIncoming).call_id
        desk.phone.answer(waits)
        desk.wait(PhoneAnswered, call_id=waits)
        desk.phone.hold(waits)
        desk.wait(PhoneHeld, call_id=waits)
        agrees = uuid4()
        desk.phone.dial(agrees, line.id, OWNER)
        desk.wait(PhoneAnswered, call_id=agrees)
        desk.phone.transfer_to(waits, agrees)
        for call_id in (waits, agrees):
            desk.wait(PhoneEnded, call_id=call_id, cause=Cause.TRANSFERRED)
        caller.wait(f"asked <sip:{OWNER}@{kamailio.address}")
        caller.wait("heard 2")
        owner.wait("replaced 1 2")
        owner.wait("heard 2")
        desk.phone.stop()
