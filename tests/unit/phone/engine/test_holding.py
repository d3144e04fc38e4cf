"""Hold waits its turn, and a key is one key, whatever the library reports."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pjsua2 as pj
import pytest

from receptionist.events import PhoneCommandFailed, PhoneHeld
from receptionist.phone.engine import calls as calls_module
from receptionist.phone.engine.calls import Calls
from receptionist.phone.engine.leg import Leg, Wish
from receptionist.phone.engine.transfers import Transfers

UNDER_WAY = 70013


class Bench:
    """A `Calls` with one call in it whose re-INVITEs are recorded, or fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reports: list[Any] = []
        self.sent: list[bool] = []
        self.failing: int | None = None
        self.now = 100.0
        monkeypatch.setattr(calls_module, "_reinvite", self._reinvite)
        monkeypatch.setattr(calls_module.time, "monotonic", lambda: self.now)
        voice = SimpleNamespace(join=lambda leg: None, leave=lambda leg: None)
        lines = SimpleNamespace(new_leg=None)
        report = self.reports.append
        transfers = Transfers(report, 60)
        self.calls = Calls(lines, voice, report, lambda *values: None, transfers)  # type: ignore[arg-type]
        self.leg = SimpleNamespace(
            call_id=uuid4(),
            confirmed=True,
            over=False,
            held=False,
            holding=None,
            wish=Wish(),
            isActive=lambda: True,
            incoming=True,
        )
        self.calls._legs[self.leg.call_id] = self.leg  # type: ignore[assignment]

    def hold(self, held: bool) -> None:
        self.calls.hold(self.leg.call_id, held)

    def agreed(self, held: bool) -> None:
        local = pj.PJSUA_CALL_MEDIA_LOCAL_HOLD
        self.calls.media(self.leg, local if held else pj.PJSUA_CALL_MEDIA_ACTIVE)  # type: ignore[arg-type]

    def refused(self, status: int) -> None:
        self.calls.reinvited(self.leg, status)  # type: ignore[arg-type]

    def _reinvite(self, leg: Any, held: bool) -> None:
        if self.failing is not None:
            raise pj.Error(self.failing, "title", "reason", "file", 1)
        self.sent.append(held)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(monkeypatch)


def held(bench: Bench) -> list[bool]:
    return [report.held for report in bench.reports if isinstance(report, PhoneHeld)]


def test_resume_waits_for_the_answer_to_hold(bench: Bench) -> None:
    bench.hold(True)
    bench.hold(False)
    bench.calls.tick()
    assert bench.sent == [True]
    bench.agreed(True)
    bench.calls.tick()
    assert bench.sent == [True, False]
    bench.agreed(False)
    assert held(bench) == [True, False]


def test_another_re_invite_under_way_is_waited_for(bench: Bench) -> None:
    bench.failing = UNDER_WAY
    bench.hold(True)
    bench.failing = None
    bench.calls.tick()
    assert bench.sent == []
    bench.now += 0.2
    bench.calls.tick()
    assert bench.sent == [True]
    assert not bench.reports


def test_it_is_not_waited_for_ever(bench: Bench) -> None:
    bench.failing = UNDER_WAY
    bench.hold(True)
    bench.now += 6
    bench.calls.tick()
    (failed,) = bench.reports
    assert isinstance(failed, PhoneCommandFailed)
    assert failed.command == "hold"
    bench.calls.tick()
    assert len(bench.reports) == 1


def test_any_other_error_fails_at_once(bench: Bench) -> None:
    bench.failing = 70004
    bench.hold(True)
    assert [report.command for report in bench.reports] == ["hold"]


def test_hold_twice_is_reported_twice_and_sent_once(bench: Bench) -> None:
    bench.hold(True)
    bench.agreed(True)
    bench.hold(True)
    assert (bench.sent, held(bench)) == ([True], [True, True])


def test_request_pending_is_tried_again_later(bench: Bench) -> None:
    bench.hold(True)
    bench.refused(491)
    bench.calls.tick()
    assert bench.sent == [True]
    bench.now += 2.1
    bench.calls.tick()
    assert bench.sent == [True, True]


def test_a_challenge_is_not_a_refusal(bench: Bench) -> None:
    bench.hold(True)
    bench.refused(401)
    assert not bench.reports
    bench.refused(488)
    assert [report.command for report in bench.reports] == ["hold"]


def pressed(*events: tuple[str, int], method: int = pj.PJSUA_DTMF_METHOD_RFC2833) -> str:
    digits: list[str] = []
    happened: Callable[..., None] = lambda kind, leg, digit: digits.append(digit)  # noqa: E731
    leg = SimpleNamespace(_pressed=None, _happened=happened)
    for digit, timestamp in events:
        prm = SimpleNamespace(method=method, digit=digit, timestamp=timestamp)
        Leg.onDtmfEvent(leg, prm)
    return "".join(digits)


def test_one_timestamp_is_one_key() -> None:
    assert pressed(("1", 320), ("1", 320), ("2", 560), ("2", 560), ("2", 960)) == "122"


def test_keys_by_info_have_no_timestamps() -> None:
    assert pressed(("1", 0), ("1", 0), method=pj.PJSUA_DTMF_METHOD_SIP_INFO) == "11"
