"""What only a real peer can judge: headers, refusals, limits, and audio."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist.events import (
    PhoneAnswered,
    PhoneCommandFailed,
    PhoneDigit,
    PhoneEnded,
    PhoneHeld,
    PhoneIncoming,
    PhoneMuted,
    PhoneRefused,
)
from receptionist.model.call import Cause
from receptionist.model.dialled import candidates
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from receptionist.reasons import Reason
from tests.contract.phone.world import DIALLED, Desk, RealWorld, in_call, trunk
from tests.doubles.sip.baresip import loudness, write_tone
from tests.doubles.sip.sipp import Sipp

URI = "sip:desk@127.0.0.1"
NOTHING = "X-Nothing: 1"
LOUD = 1000


class Office(Desk):
    """A phone with a trunk from 127.0.0.1, for sipp to call."""

    def __init__(self, home: Path, port: Callable[[], int], workers: int) -> None:
        self._home = home
        self._port = port
        settings = EngineSettings(bind="127.0.0.1", audio=AudioMode.NULL, workers=workers)
        super().__init__(lambda pump: Supervisor(pump.post, settings))
        assert isinstance(self.phone, Supervisor)
        self.supervisor = self.phone
        try:
            self.line = self.takes(trunk("127.0.0.1"))
        except BaseException:
            self.phone.stop()
            raise

    def sipp(self, scenario: str, **changes: object) -> Sipp:
        """A run of sipp against this phone; `to`, `from_`, `more`, `uri` are header texts."""
        keys = {
            "to": str(changes.pop("to", f"<sip:{DIALLED}@example.org>")),
            "from": str(changes.pop("from_", '"Erika Muster" <sip:+491713920001@example.org>')),
            "more": str(changes.pop("more", NOTHING)),
            "uri": str(changes.pop("uri", URI)),
        }
        target = f"127.0.0.1:{self.supervisor.sip_port}"
        return Sipp(scenario, self._home, target=target, port=self._port(), **keys, **changes)  # type: ignore[arg-type]

    def rings(self, **headers: str) -> PhoneIncoming:
        """What the phone reports of an INVITE with these headers, which is then declined."""
        rang = len(self.all(PhoneIncoming))
        with self.sipp("declined", **headers) as sipp:
            event = self.wait(PhoneIncoming, rang + 1)
            self.phone.decline(event.call_id)
            self.wait(PhoneEnded, call_id=event.call_id)
            sipp.finish()
        return event


@pytest.fixture
def office(
    tmp_path: Path, free_udp_port: Callable[[], int], request: pytest.FixtureRequest
) -> Iterator[Office]:
    office = Office(tmp_path, free_udp_port, getattr(request, "param", 16))
    yield office
    office.phone.stop()


def test_a_forwarded_mobile_call_names_who_was_dialled_first(office: Office) -> None:
    event = office.rings(
        to="<sip:+4930999@example.org>",
        more="Diversion: <sip:+493023125200@example.org>;reason=no-answer\r\n"
        "Diversion: <sip:+493023125100@example.org>;reason=unconditional",
    )
    assert event.called.diversion == (
        "sip:+493023125100@example.org",
        "sip:+493023125200@example.org",
    )
    assert candidates(event.called, "DE")[0] == DIALLED


def test_history_comes_in_the_order_of_its_index(office: Office) -> None:
    event = office.rings(
        more='History-Info: "Praxis, Muster" <sip:+493023125200@example.org>;index=1.1,\r\n'
        " <sip:+493023125100@example.org?Reason=SIP%3Bcause%3D302>;index=1",
    )
    assert event.called.history[0].startswith("sip:+493023125100@")
    assert event.called.history[1] == "sip:+493023125200@example.org"


def test_who_asserts_an_identity_is_believed_before_from(office: Office) -> None:
    event = office.rings(
        from_="<sip:1234@example.org>",
        more='P-Asserted-Identity: "Max Muster" <sip:+491713920002@example.org>',
    )
    assert (event.caller_uri, event.caller_name) == (
        "sip:+491713920002@example.org",
        "Max Muster",
    )


def test_an_anonymous_caller_stays_anonymous(office: Office) -> None:
    event = office.rings(
        from_='"Anonymous" <sip:anonymous@anonymous.invalid>',
        more="P-Asserted-Identity: <tel:+491713920003>\r\nPrivacy: id",
    )
    assert event.caller_uri == "sip:anonymous@anonymous.invalid"
    assert event.caller_name == ""


def test_a_garbage_from_still_rings(office: Office) -> None:
    event = office.rings(from_='"\\"\xff\x01;,<>" <sip:%00%ff;drop@[::1]:99>;x="a,b"')
    assert event.caller_uri.startswith("sip:%00%ff")
    assert event.caller_name.isprintable()


def test_a_call_is_answered_and_ended(office: Office) -> None:
    with office.sipp("call") as sipp:
        call_id = office.wait(PhoneIncoming).call_id
        office.phone.answer(call_id)
        office.wait(PhoneAnswered, call_id=call_id)
        office.phone.hang_up(call_id)
        sipp.finish()


def test_hold_is_sendonly_and_resume_sendrecv(office: Office) -> None:
    with office.sipp("hold") as sipp:
        call_id = office.wait(PhoneIncoming).call_id
        office.phone.answer(call_id)
        office.wait(PhoneAnswered, call_id=call_id)
        office.phone.hold(call_id)
        office.phone.resume(call_id)
        office.wait(PhoneHeld, call_id=call_id, held=True)
        office.wait(PhoneHeld, call_id=call_id, held=False)
        office.phone.hang_up(call_id)
        sipp.finish()


def test_a_refused_hold_is_reported_and_the_call_goes_on(office: Office) -> None:
    with office.sipp("hold_refused") as sipp:
        call_id = office.wait(PhoneIncoming).call_id
        office.phone.answer(call_id)
        office.wait(PhoneAnswered, call_id=call_id)
        office.phone.hold(call_id)
        assert office.wait(PhoneCommandFailed, call_id=call_id).command == "hold"
        assert not office.all(PhoneEnded)
        office.phone.hang_up(call_id)
        sipp.finish()


def test_a_stranger_gets_403_and_never_rings(office: Office) -> None:
    with office.sipp("stranger", source="127.0.0.2") as sipp:
        refused = office.wait(PhoneRefused)
        sipp.finish()
    assert refused.reason is Reason.STRANGER
    assert refused.caller_name == "Erika Muster"
    assert not office.all(PhoneIncoming)
    assert not office.all(PhoneEnded)


@pytest.mark.parametrize("office", [4], indirect=True)
def test_the_fifth_caller_of_four_is_refused_and_reported(office: Office) -> None:
    with office.sipp("declined", calls=4, options=("-r", "20")) as four:
        office.wait(PhoneIncoming, 4)
        with office.sipp("one_too_many") as fifth:
            refused = office.wait(PhoneRefused)
            fifth.finish()
        for event in office.all(PhoneIncoming):
            office.phone.decline(event.call_id)
        office.wait(PhoneEnded, 4, cause=Cause.DECLINED)
        four.finish()
    assert (refused.reason, refused.line_id) == (Reason.CALL_LIMIT, office.line.id)
    assert refused.caller_uri == "sip:+491713920001@example.org"
    assert office.rings().called.to == f"sip:{DIALLED}@example.org"


def test_a_second_line_gets_the_calls_of_its_own_trunk(office: Office) -> None:
    other = office.takes(trunk("127.0.0.3"))
    with office.sipp("declined", source="127.0.0.3") as sipp:
        event = office.wait(PhoneIncoming)
        office.phone.decline(event.call_id)
        sipp.finish()
    assert event.line_id == other.id


@pytest.mark.alone
def test_what_we_say_is_heard_unless_we_are_muted(real: RealWorld) -> None:
    call_id = in_call(real)
    _let_pass(real, 1.0)
    real.desk.phone.mute(call_id, True)
    real.desk.wait(PhoneMuted, call_id=call_id, muted=True)
    _let_pass(real, 1.2)
    real.desk.phone.mute(call_id, False)
    _let_pass(real, 1.2)
    real.desk.phone.hang_up(call_id)
    real.peer.wait("CALL_CLOSED")
    heard = ["loud" if level > LOUD else "quiet" for level in real.peer.heard()]
    first_quiet = heard.index("quiet", heard.index("loud"))
    assert heard[first_quiet : first_quiet + 5] == ["quiet"] * 5, heard
    assert "loud" in heard[first_quiet + 5 :], heard


def test_what_the_caller_says_is_heard_here(real: RealWorld) -> None:
    call_id = in_call(real)
    _let_pass(real, 1.0)
    real.desk.phone.hang_up(call_id)
    real.desk.wait(PhoneEnded, call_id=call_id)
    real.phone.stop()
    assert max(loudness(real.heard_here)) > LOUD


@pytest.mark.alone
def test_a_sound_file_is_played_into_a_call(real: RealWorld, tmp_path: Path) -> None:
    write_tone(tmp_path / "announcement.wav", 1.0)
    call_id = in_call(real)
    real.desk.phone.mute(call_id, True)
    _let_pass(real, 0.5)
    real.phone.service.play(call_id, tmp_path / "announcement.wav")
    _let_pass(real, 2.0)
    real.desk.phone.hang_up(call_id)
    real.peer.wait("CALL_CLOSED")
    loud = [level > LOUD for level in real.peer.heard()]
    assert loud.count(True) >= 8
    assert loud[-3:] == [False] * 3


def test_a_sound_file_that_is_not_there_is_reported(real: RealWorld, tmp_path: Path) -> None:
    call_id = in_call(real)
    real.phone.service.play(call_id, tmp_path / "nothing.wav")
    assert real.desk.wait(PhoneCommandFailed, call_id=call_id).command == "play"


def test_two_engines_talk_to_each_other(office: Office) -> None:
    """As the demo does: a second phone plays the caller, with an identity and a forwarding."""
    settings = EngineSettings(bind="127.0.0.1", audio=AudioMode.NULL)
    other = Desk(lambda pump: Supervisor(pump.post, settings))
    assert isinstance(other.phone, Supervisor)
    line = other.takes(trunk("127.0.0.1"))
    theirs = uuid4()
    target = f"sip:+493023125200@127.0.0.1:{office.supervisor.sip_port}"
    asserted = '"Erika Muster" <sip:+491713920001@example.org>'
    diversion = f"<sip:{DIALLED}@example.org>"
    other.phone.dial(theirs, line.id, target, asserted=asserted, diversion=diversion)
    event = office.wait(PhoneIncoming)
    assert candidates(event.called, "DE") == (DIALLED, "+493023125200")
    assert (event.caller_uri, event.caller_name) == (
        "sip:+491713920001@example.org",
        "Erika Muster",
    )
    office.phone.answer(event.call_id)
    other.wait(PhoneAnswered, call_id=theirs)
    office.wait(PhoneAnswered, call_id=event.call_id)
    other.phone.send_digits(theirs, "1223")
    office.wait(PhoneDigit, digit="3")
    other.phone.hang_up(theirs)
    office.wait(PhoneEnded, call_id=event.call_id)
    assert "".join(digit.digit for digit in office.all(PhoneDigit)) == "1223"
    other.phone.stop()


def test_a_caller_cannot_make_us_call_somebody_else(office: Office) -> None:
    with office.sipp("refer") as sipp:
        call_id = office.wait(PhoneIncoming).call_id
        office.phone.answer(call_id)
        sipp.wait_for("SIP/2.0 603")
        office.phone.hang_up(call_id)
        sipp.finish()


def _let_pass(real: RealWorld, seconds: float) -> None:
    """Sound takes its time: the main thread runs on meanwhile."""
    until = time.monotonic() + seconds
    real.desk.until(lambda: time.monotonic() >= until)
