"""Transfers whose words come in an order that real peers show only by chance."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from receptionist.errors import PhoneError
from receptionist.events import PhoneEnded, PhoneTransferFailed, PhoneTransferred
from receptionist.model.call import Cause
from receptionist.phone.engine.transfers import Transfers


class _Leg:
    """What `Transfers` asks of a leg."""

    def __init__(self) -> None:
        self.call_id: UUID = uuid4()
        self.confirmed = self.held = True
        self.over = False
        self.ours = Cause.NONE
        self.asked: list[str] = []

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

    def ends(self, leg: _Leg) -> PhoneEnded:
        """The other side of a leg hangs up."""
        leg.over = True
        end = PhoneEnded(call_id=leg.call_id, cause=leg.ours or Cause.CALLER_HUNG_UP)
        if not self.transfers.ended(leg, end):  # type: ignore[arg-type]
            self.told.append(end)
        return end

    def says(self, status: int) -> None:
        self.transfers.notified(self.caller, status, "", status >= 200)  # type: ignore[arg-type]

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
