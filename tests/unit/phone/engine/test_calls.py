"""Small rules of the engine's calls: what may be dialled, and why a call ended."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from receptionist.errors import PhoneError
from receptionist.model.call import Cause
from receptionist.phone.engine.dialling import target_uri
from receptionist.phone.engine.leg import Leg
from receptionist.phone.engine.process import main


@pytest.mark.parametrize(
    ("target", "uri"),
    [
        ("+493023125100", "sip:+493023125100@example.org:5070"),
        ("*21#", "sip:*21%23@example.org:5070"),
        ("a b@c", "sip:a%20b%40c@example.org:5070"),
        ("sip:1@192.0.2.1:5060", "sip:1@192.0.2.1:5060"),
        ("sip:1@example.org?Replaces=x%3Bto-tag", "sip:1@example.org"),
        ("sip:1@192.0.2.1;transport=tcp", "sip:1@192.0.2.1;transport=tcp"),
        ("SIP:1@example.org>\r\nX: y", "SIP:1@example.org"),
    ],
)
def test_what_is_dialled(target: str, uri: str) -> None:
    assert target_uri(target, "example.org:5070", "") == uri


@pytest.mark.parametrize(
    "target", ["", "  ", "sip:", "sip:@", "sip:a\r\nb@c", "sip:<x>@y z", "sip:ä@example.org"]
)
def test_what_cannot_be_dialled(target: str) -> None:
    with pytest.raises(PhoneError):
        target_uri(target, "example.org", "")


@pytest.mark.parametrize(
    ("incoming", "confirmed", "ours", "status", "cause"),
    [
        (True, True, Cause.NONE, 200, Cause.CALLER_HUNG_UP),
        (True, True, Cause.WE_HUNG_UP, 200, Cause.WE_HUNG_UP),
        (True, False, Cause.NONE, 487, Cause.MISSED),
        (True, False, Cause.DECLINED, 486, Cause.DECLINED),
        (True, False, Cause.NONE, 488, Cause.FAILED),
        (False, False, Cause.NONE, 486, Cause.BUSY),
        (False, False, Cause.NONE, 600, Cause.BUSY),
        (False, False, Cause.NONE, 408, Cause.NO_ANSWER),
        (False, False, Cause.NONE, 480, Cause.NO_ANSWER),
        (False, False, Cause.NONE, 603, Cause.REFUSED),
        (False, False, Cause.NONE, 404, Cause.FAILED),
        (False, False, Cause.WE_HUNG_UP, 487, Cause.WE_HUNG_UP),
    ],
)
def test_why_it_ended(
    incoming: bool, confirmed: bool, ours: Cause, status: int, cause: Cause
) -> None:
    leg = SimpleNamespace(incoming=incoming, confirmed=confirmed, ours=ours, taken=True)
    assert Leg.cause(leg, status) is cause


def test_who_hangs_up_before_anybody_took_him_was_missed() -> None:
    leg = SimpleNamespace(incoming=True, confirmed=True, ours=Cause.NONE, taken=False)
    assert Leg.cause(leg, 200) is Cause.MISSED


def test_the_engine_is_not_started_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "not by hand" in capsys.readouterr().err
