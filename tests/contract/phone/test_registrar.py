"""Behind a real registrar: digest, calls both ways through it, and what happens when it forgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import pytest

from receptionist.events import (
    LineChanged,
    LineState,
    PhoneAnswered,
    PhoneEnded,
    PhoneIncoming,
    PhoneProgress,
    PhoneRefused,
)
from receptionist.model.call import Cause
from receptionist.model.dialled import candidates
from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.phone.supervisor import Supervisor
from receptionist.phone.wire import AudioMode, EngineSettings
from receptionist.reasons import Reason
from tests.contract.phone.world import Desk, trunk
from tests.doubles.sip.baresip import Baresip
from tests.doubles.sip.kamailio import NUMBER, PASSWORD, USER, Kamailio
from tests.doubles.sip.sipp import Sipp

SETTINGS = EngineSettings(bind="127.0.0.1", audio=AudioMode.NULL)
SHORT_S = 10
BEFORE_IT_RUNS_OUT_S = 30


@dataclass
class Office:
    """A desk whose line is registered at kamailio, with baresip as the world behind it."""

    desk: Desk
    line: Line
    kamailio: Kamailio
    peer: Baresip
    home: Path

    def register(self, password: str = PASSWORD) -> None:
        """Register the line, and wait for the registrar's answer."""
        self.desk.phone.register(self.line, Secret(password))
        answered = (LineState.READY, LineState.REFUSED)
        self.desk.until(lambda: any(e.state in answered for e in self.desk.all(LineChanged)))

    @property
    def sip_port(self) -> int:
        assert isinstance(self.desk.phone, Supervisor)
        return self.desk.phone.sip_port

    def rings(self) -> PhoneIncoming:
        """The peer calls our number at the registrar."""
        rang = len(self.desk.all(PhoneIncoming))
        self.peer.dial(f"sip:{NUMBER}@{self.kamailio.address}")
        return self.desk.wait(PhoneIncoming, rang + 1)


@pytest.fixture
def office(
    tmp_path: Path, free_udp_port: Callable[[], int], request: pytest.FixtureRequest
) -> Iterator[Office]:
    expires_s = getattr(request, "param", 3600)
    with Baresip(tmp_path / "peer") as peer:
        home = tmp_path / "kamailio"
        with Kamailio(home, free_udp_port(), peer.address, expires_s) as kamailio:
            desk = Desk(lambda pump: Supervisor(pump.post, SETTINGS))
            line = replace(trunk(kamailio.address), user=USER, register=True)
            yield Office(desk, line, kamailio, peer, tmp_path)
            desk.phone.stop()


def test_a_line_registers_by_digest_and_is_where_we_listen(office: Office) -> None:
    office.register()
    assert office.desk.all(LineChanged)[-1].status == 200
    (contact,) = office.kamailio.contacts()
    assert contact.startswith(f"sip:{USER}@127.0.0.1:{office.sip_port}")
    assert office.kamailio.saw("REGISTER of desk") == 2, "once without and once with the digest"


def test_a_wrong_password_is_refused_and_nobody_registered(office: Office) -> None:
    office.register("falsch")
    refused = office.desk.wait(LineChanged, state=LineState.REFUSED)
    assert refused.reason is Reason.LINE_REFUSED
    assert office.kamailio.contacts() == ()
    assert office.kamailio.saw("REGISTER of desk") == 2, "a wrong password is tried once"


def test_a_call_through_the_registrar_names_who_was_dialled(office: Office) -> None:
    office.register()
    event = office.rings()
    assert event.line_id == office.line.id
    assert event.called.request_uri.startswith(f"sip:{USER}@127.0.0.1:{office.sip_port}")
    assert event.called.to == f"sip:{NUMBER}@{office.kamailio.address}"
    assert event.called.p_called_party_id == f"sip:{NUMBER}@{office.kamailio.address}"
    assert candidates(event.called, "DE")[0] == NUMBER
    office.desk.phone.answer(event.call_id)
    office.peer.wait("CALL_ESTABLISHED")
    office.desk.wait(PhoneAnswered, call_id=event.call_id)
    office.desk.phone.hang_up(event.call_id)
    office.peer.wait("CALL_CLOSED")


def test_a_diversion_comes_through_the_registrar(
    office: Office, free_udp_port: Callable[[], int]
) -> None:
    office.register()
    keys = {
        "uri": f"sip:{NUMBER}@{office.kamailio.address}",
        "from": "<sip:+491713920001@example.org>",
        "to": f"<sip:{NUMBER}@example.org>",
        "more": "Diversion: <sip:+493023125200@example.org>;reason=unconditional",
    }
    target, port = office.kamailio.address, free_udp_port()
    with Sipp("declined", office.home, target=target, port=port, **keys) as sipp:
        event = office.desk.wait(PhoneIncoming)
        office.desk.phone.decline(event.call_id)
        sipp.finish()
    assert event.called.diversion == ("sip:+493023125200@example.org",)
    assert candidates(event.called, "DE")[:2] == ("+493023125200", NUMBER)
    assert event.caller_uri == "sip:+491713920001@example.org"


def test_we_call_out_through_the_proxy(office: Office) -> None:
    office.register()
    call_id = uuid4()
    office.desk.phone.dial(call_id, office.line.id, "+492214710134")
    office.desk.wait(PhoneProgress, call_id=call_id)
    office.peer.accept()
    office.desk.wait(PhoneAnswered, call_id=call_id)
    asked = f"INVITE of {USER} to sip:+492214710134@{office.kamailio.address}"
    assert office.kamailio.saw(asked) == 2, "once without and once with the digest"
    office.peer.hang_up()
    assert office.desk.wait(PhoneEnded, call_id=call_id).cause is Cause.CALLER_HUNG_UP


def test_the_password_is_wanted_for_calls_too(office: Office) -> None:
    office.register("falsch")
    call_id = uuid4()
    office.desk.phone.dial(call_id, office.line.id, "+492214710134")
    ended = office.desk.wait(PhoneEnded, call_id=call_id)
    assert (ended.cause, ended.status) == (Cause.FAILED, 407)
    assert not office.peer.saw("CALL_INCOMING")


@pytest.mark.parametrize("office", [SHORT_S], indirect=True)
def test_a_registrar_that_forgot_us_is_told_again(office: Office) -> None:
    """It restarted: nobody tells us, and only the next REGISTER mends it (RFC 3261 10.2.4)."""
    office.register()
    office.kamailio.stop()
    office.kamailio.start()
    assert office.kamailio.contacts() == ()
    office.desk.until(office.kamailio.contacts)
    event = office.rings()
    office.desk.phone.decline(event.call_id)
    office.desk.wait(PhoneEnded, call_id=event.call_id)


def test_a_registration_is_never_asked_for_longer_than_a_minute(office: Office) -> None:
    office.register()
    assert 0 < office.kamailio.expires_s() <= 60


def test_the_registrar_sees_us_go(office: Office) -> None:
    office.register()
    assert office.kamailio.contacts()
    office.desk.phone.stop()
    office.desk.until(lambda: not office.kamailio.contacts(), BEFORE_IT_RUNS_OUT_S)


def test_a_line_that_is_taken_away_is_unregistered(office: Office) -> None:
    office.register()
    office.desk.phone.unregister(office.line.id)
    office.desk.until(lambda: not office.kamailio.contacts(), BEFORE_IT_RUNS_OUT_S)


def test_an_invite_past_the_registrar_is_refused(
    office: Office, free_udp_port: Callable[[], int]
) -> None:
    office.register()
    keys = {
        "uri": f"sip:{USER}@127.0.0.1:{office.sip_port}",
        "from": "<sip:+491713920001@example.org>",
        "to": f"<sip:{NUMBER}@example.org>",
        "more": f"P-Called-Party-ID: <sip:{NUMBER}@example.org>",
    }
    target, port = f"127.0.0.1:{office.sip_port}", free_udp_port()
    with Sipp(
        "stranger", office.home, target=target, source="127.0.0.2", port=port, **keys
    ) as sipp:
        refused = office.desk.wait(PhoneRefused)
        sipp.finish()
    assert refused.reason is Reason.STRANGER
    assert not office.desk.all(PhoneIncoming)
