"""Counting packets over streams that begin anew with every re-INVITE."""

from __future__ import annotations

from uuid import uuid4

from receptionist.phone.engine.measuring import Counted, Watched


def counted(packets: int, lost: int) -> Counted:
    return Counted("PCMA", False, packets, lost, 2, 30)


def test_loss_is_told_since_the_last_time_and_on_the_whole() -> None:
    watched = Watched(counted(0, 0), 0.0, 0.0)
    watched.take(counted(250, 0))
    watched.told = watched.all
    watched.take(counted(475, 25))
    call_id = uuid4()
    assert watched.quality(call_id, watched.told).loss_permille == 100
    assert watched.quality(call_id, (0, 0)).loss_permille == 50


def test_a_new_stream_goes_on_counting() -> None:
    watched = Watched(counted(900, 100), 0.0, 0.0)
    watched.take(counted(10, 0))
    watched.take(counted(1000, 0))
    assert watched.all == (1900, 100)
    quality = watched.quality(uuid4(), (0, 0))
    assert (quality.loss_permille, quality.jitter_ms, quality.round_trip_ms) == (50, 2, 30)


def test_nothing_came_yet() -> None:
    assert Watched(counted(0, 0), 0.0, 0.0).quality(uuid4(), (0, 0)).loss_permille == 0
