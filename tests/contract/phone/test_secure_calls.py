"""Calls over TLS with encrypted voices: a real softphone is the other side."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from receptionist.events import (
    LineChanged,
    LineState,
    PhoneEnded,
    PhoneIncoming,
    PhoneRefused,
)
from receptionist.model.call import Cause
from receptionist.model.office import Line, Srtp
from receptionist.reasons import Reason
from tests.contract.phone.speaking import Opened
from tests.contract.phone.world import DIALLED, trunk
from tests.doubles.sip.baresip import Baresip, Way
from tests.doubles.sip.certificates import Authority

NAME = "localhost"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"), "good")


def strict(peer: Baresip, name: str = NAME) -> Line:
    """A line that insists on everything."""
    place = f"{name}:{peer.secure_port}"
    return trunk(place, transport="tls", srtp=Srtp.REQUIRED)


def connected_from(port: int) -> int:
    """The port that a connection to this port of loopback comes from."""
    for row in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        ours, theirs, state = row.split()[1:4]
        if state == "01" and int(theirs.rpartition(":")[2], 16) == port:
            return int(ours.rpartition(":")[2], 16)
    raise AssertionError("nobody is connected")


def test_a_call_over_tls_with_an_encrypted_voice(
    opened: Opened, authority: Authority, tmp_path: Path
) -> None:
    """From us, and by the connection that is there already also to us."""
    file, _ = authority.server(NAME)
    way = Way(certificate=str(file))
    with Baresip(tmp_path / "peer", encryption="srtp-mand", way=way) as peer:
        office = opened(bind="127.0.0.1", authorities=str(authority.file))
        line = office.desk.takes(strict(peer))
        assert office.both_hear(peer, office.calls(line, peer)).encrypted
        assert peer.saw("CALL_MENC", "0,audio,AES_CM_128_HMAC_SHA1_80")
        us = connected_from(peer.secure_port)
        peer.dial(f"sip:{DIALLED}@127.0.0.1:{us};transport=tls")
        call_id = office.desk.wait(PhoneIncoming, line_id=line.id).call_id
        office.desk.phone.answer(call_id)
        assert office.both_hear(peer, call_id, 2).encrypted


def test_a_softphone_that_encrypts_nothing_is_refused(
    opened: Opened, authority: Authority, tmp_path: Path
) -> None:
    """Either way; it sees why, and so do we."""
    file, _ = authority.server(NAME)
    with Baresip(tmp_path / "peer", way=Way(certificate=str(file))) as peer:
        office = opened(bind="127.0.0.1", authorities=str(authority.file))
        line = office.desk.takes(strict(peer))
        call_id = uuid4()
        office.desk.phone.dial(call_id, line.id, "peer")
        assert office.desk.wait(PhoneEnded, call_id=call_id).cause is Cause.NOT_ENCRYPTED
        assert not peer.saw("CALL_ESTABLISHED")
        us = connected_from(peer.secure_port)
        peer.dial(f"sip:{DIALLED}@127.0.0.1:{us};transport=tls")
        refused = office.desk.wait(PhoneRefused, line_id=line.id)
        assert refused.reason is Reason.VOICE_NOT_ENCRYPTED
        peer.wait("CALL_CLOSED", "488 Not Acceptable Here")


@pytest.mark.parametrize("wrong", ["name", "authority", "time"])
def test_a_softphone_that_is_not_who_it_says_is_told_nothing(
    opened: Opened, authority: Authority, tmp_path: Path, wrong: str
) -> None:
    signing = Authority(tmp_path, "other") if wrong == "authority" else authority
    name = "sip.other.example" if wrong == "name" else NAME
    file, _ = signing.server(name, days=(-20, -10) if wrong == "time" else (-1, 1))
    with Baresip(tmp_path / "peer", way=Way(certificate=str(file))) as peer:
        office = opened(bind="127.0.0.1", authorities=str(authority.file))
        line = strict(peer)
        office.desk.phone.register(line, None)
        said = office.desk.wait(LineChanged, line_id=line.id, state=LineState.UNREACHABLE)
        assert (
            said.reason
            is {
                "name": Reason.LINE_WRONG_NAME,
                "authority": Reason.LINE_CERTIFICATE_UNKNOWN,
                "time": Reason.LINE_CERTIFICATE_EXPIRED,
            }[wrong]
        )
        office.desk.phone.dial(uuid4(), line.id, "peer")
        office.desk.wait(PhoneEnded)
        assert peer.events == []
