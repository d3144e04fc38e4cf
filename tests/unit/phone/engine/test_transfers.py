"""Transfers whose words come in an order that real peers show only by chance."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from receptionist.errors import PhoneError
from receptionist.events import PhoneEnded, PhoneTransferFailed, PhoneTransferred
from receptionist.model.call import Cause
from receptionist.phone.engine import transfers as module
from receptionist.phone.engine.overheard import Word
from receptionist.phone.engine.transfers import Transfers


class _Leg:
    """What `Transfers` asks of a leg."""

    def __init__(self) -> None:
        self.call_id: UUID = uuid4()
        self.confirmed = self.held = True
        self.over = False
        self.ours = Cause.NONE
        self.asked: list[str] = []

    def xfer(self, refer_to: str, operation: object) -> None:
        self.asked.append(refer_to)

    def xferReplaces(self, other: _Leg, operation: object) -> None:  # noqa: N802
        self.asked.append("to the other")

    def hangup(self, operation: object) -> None:
        self.asked.append("bye")


class Switch:
    """Transfers with two legs, and what was told."""

    def __init__(self, patience_s: float = 60) -> None:
        self.told: list[Any] = []
        self.transfers = Transfers(self.told.append, patience_s)
        self.caller, self.owner = _Leg(), _Leg()

    def connect(self) -> None:
        self.transfers.connect(self.caller, self.owner)  # type: ignore[arg-type]

    def send(self) -> None:
        self.transfers.send(self.caller, "sip:owner@192.0.2.1")  # type: ignore[arg-type]

    def ends(self, leg: _Leg) -> PhoneEnded:
        """The other side of a leg hangs up."""
        leg.over = True
        end = PhoneEnded(call_id=leg.call_id, cause=leg.ours or Cause.CALLER_HUNG_UP)
        if not self.transfers.ended(leg, end):  # type: ignore[arg-type]
            self.told.append(end)
        return end

    def says(self, status: int, refer: int | None = None) -> None:
        self.hears(Word(refer, status, "", status >= 200))

    def hears(self, word: Word) -> None:
        self.transfers.notified(self.caller, word)  # type: ignore[arg-type]

    def answers(self, status: int) -> None:
        self.transfers.answered(self.caller, status, "")  # type: ignore[arg-type]

    def refers(self, number: int) -> None:
        self.transfers.asked(self.caller, number)  # type: ignore[arg-type]

    def gone(self, leg: _Leg) -> PhoneEnded:
        return PhoneEnded(call_id=leg.call_id, cause=Cause.TRANSFERRED)

    @property
    def connected(self) -> PhoneTransferred:
        return PhoneTransferred(call_id=self.caller.call_id)

    def failed(self, status: int) -> PhoneTransferFailed:
        return PhoneTransferFailed(call_id=self.caller.call_id, status=status, reason="")


@pytest.fixture
def switch() -> Switch:
    return Switch()


def test_the_owner_is_taken_over_before_it_is_said(switch: Switch) -> None:
    switch.connect()
    switch.ends(switch.owner)
    assert switch.told == []
    switch.says(200)
    assert switch.told == [switch.connected, switch.gone(switch.owner)]
    assert switch.caller.asked == ["to the other", "bye"]
    assert switch.caller.ours is Cause.TRANSFERRED


def test_an_owner_who_hangs_up_on_the_way_has_hung_up(switch: Switch) -> None:
    switch.connect()
    end = switch.ends(switch.owner)
    switch.says(481)
    assert switch.told == [switch.failed(481), end]
    assert "bye" not in switch.caller.asked


def test_both_leave_without_a_word(switch: Switch) -> None:
    switch.connect()
    switch.ends(switch.owner)
    switch.ends(switch.caller)
    assert switch.told == [
        switch.connected,
        switch.gone(switch.owner),
        switch.gone(switch.caller),
    ]


def test_a_caller_who_gives_up_was_not_connected(switch: Switch) -> None:
    switch.connect()
    end = switch.ends(switch.caller)
    assert switch.told == [end]
    switch.says(200)
    assert switch.told == [end]


def test_we_hang_up_on_the_way(switch: Switch) -> None:
    switch.connect()
    theirs = switch.ends(switch.owner)
    switch.caller.ours = Cause.WE_HUNG_UP
    ours = switch.ends(switch.caller)
    assert switch.told == [theirs, ours]


def test_nothing_is_heard_in_time(switch: Switch) -> None:
    switch = Switch(patience_s=-1)
    switch.connect()
    end = switch.ends(switch.owner)
    switch.transfers.tick()
    switch.transfers.tick()
    assert switch.told == [switch.failed(408), end]


@pytest.mark.parametrize("held", [True, False])
def test_it_works_later_than_we_waited(held: bool) -> None:
    """We leave whom we had not taken back; with whom we speak again we stay."""
    switch = Switch(patience_s=-1)
    switch.connect()
    switch.transfers.tick()
    switch.caller.held = held
    switch.says(200)
    assert (switch.connected in switch.told) is held
    assert ("bye" in switch.caller.asked) is held


def test_every_word_gives_more_time(switch: Switch) -> None:
    switch = Switch(patience_s=-1)
    switch.connect()
    switch.transfers._patience_s = 60
    switch.says(180)
    switch.transfers.tick()
    assert switch.told == []


def test_one_transfer_at_a_time_and_again_after_it_failed(switch: Switch) -> None:
    switch.connect()
    with pytest.raises(PhoneError):
        switch.connect()
    switch.says(486)
    switch.connect()
    assert switch.caller.asked == ["to the other", "to the other"]


def test_who_took_the_refer_and_leaves_was_transferred(switch: Switch) -> None:
    """There are exchanges that never say how it went."""
    switch.send()
    switch.answers(202)
    switch.ends(switch.caller)
    assert switch.told == [switch.connected, switch.gone(switch.caller)]


def test_both_leave_after_the_refer_the_asked_one_first(switch: Switch) -> None:
    switch.connect()
    switch.answers(202)
    switch.ends(switch.caller)
    assert switch.told == []
    switch.ends(switch.owner)
    assert set(switch.told) == {
        switch.connected,
        switch.gone(switch.owner),
        switch.gone(switch.caller),
    }


def test_who_leaves_alone_has_hung_up_and_the_owner_stays(
    switch: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BOTH_GO_S", -1.0)
    switch.connect()
    switch.answers(202)
    end = switch.ends(switch.caller)
    switch.transfers.tick()
    assert switch.told == [end]
    assert switch.owner.asked == []


def test_who_hangs_up_long_after_a_transfer_that_failed_has_hung_up() -> None:
    switch = Switch(patience_s=-1)
    switch.send()
    switch.answers(202)
    switch.transfers.tick()
    switch.caller.held = False
    end = switch.ends(switch.caller)
    assert switch.told == [switch.failed(408), end]


@pytest.mark.parametrize("named", [True, False])
def test_a_late_word_about_an_earlier_transfer_is_not_about_the_next(named: bool) -> None:
    """Named by the REFER's number, or without one: then it is about the first."""
    switch = Switch(patience_s=-1)
    switch.send()
    switch.refers(2)
    switch.transfers.tick()
    switch.transfers._patience_s = 60
    switch.send()
    switch.refers(3)
    switch.says(200, 2 if named else None)
    assert switch.told == [switch.failed(408)]
    switch.says(200, 3 if named else None)
    assert switch.told == [switch.failed(408), switch.connected]


def test_a_refused_refer_has_failed_and_a_challenge_has_not(switch: Switch) -> None:
    switch.send()
    switch.answers(407)
    assert switch.told == []
    switch.answers(603)
    assert switch.told == [switch.failed(603)]
