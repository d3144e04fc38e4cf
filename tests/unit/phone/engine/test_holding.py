"""Hold waits its turn, and a key is one key, whatever the library reports."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pjsua2 as pj
import pytest

from receptionist.events import PhoneCommandFailed, PhoneHeld
from receptionist.phone.engine import holding as module
from receptionist.phone.engine.holding import Holding
from receptionist.phone.engine.leg import Leg, Wish

UNDER_WAY = 70013


class _Leg(SimpleNamespace):
    @property
    def aside(self) -> bool:
        return bool(self.held or self.holding)


class Bench:
    """A `Holding` and one call whose re-INVITEs are recorded, or fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reports: list[Any] = []
        self.sent: list[bool] = []
        self.failing: int | None = None
        self.now = 100.0
        monkeypatch.setattr(module, "reinvite", self._reinvite)
        monkeypatch.setattr(module.time, "monotonic", lambda: self.now)
        self.changed: list[bool] = []
        self.holding = Holding(self.reports.append, lambda leg: self.changed.append(leg.aside))
        self.leg = _Leg(
            call_id=uuid4(),
            confirmed=True,
            over=False,
            held=False,
            holding=None,
            wish=Wish(),
            music="",
            incoming=True,
        )

    def hold(self, held: bool) -> None:
        self.holding.wish(self.leg, held)  # type: ignore[arg-type]

    def tick(self) -> None:
        self.holding.grant(self.leg)  # type: ignore[arg-type]

    def agreed(self, held: bool) -> None:
        self.holding.agreed(self.leg, held)  # type: ignore[arg-type]

    def refused(self, status: int) -> None:
        self.holding.answered(self.leg, status)  # type: ignore[arg-type]

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
    bench.tick()
    assert bench.sent == [True]
    bench.agreed(True)
    bench.tick()
    assert bench.sent == [True, False]
    bench.agreed(False)
    assert held(bench) == [True, False]


def test_another_re_invite_under_way_is_waited_for(bench: Bench) -> None:
    bench.failing = UNDER_WAY
    bench.hold(True)
    bench.failing = None
    bench.tick()
    assert bench.sent == []
    bench.now += 0.2
    bench.tick()
    assert bench.sent == [True]
    assert not bench.reports


def test_it_is_not_waited_for_ever(bench: Bench) -> None:
    bench.failing = UNDER_WAY
    bench.hold(True)
    bench.now += 6
    bench.tick()
    (failed,) = bench.reports
    assert isinstance(failed, PhoneCommandFailed)
    assert failed.command == "hold"
    bench.tick()
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
    bench.tick()
    assert bench.sent == [True]
    bench.now += 2.1
    bench.tick()
    assert bench.sent == [True, True]


def test_a_challenge_is_not_a_refusal(bench: Bench) -> None:
    bench.hold(True)
    bench.refused(401)
    assert not bench.reports
    bench.refused(488)
    assert [report.command for report in bench.reports] == ["hold"]


def test_the_headset_is_off_from_the_asking_and_back_after_a_refusal(bench: Bench) -> None:
    bench.hold(True)
    bench.refused(488)
    assert bench.changed == [True, False]


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
