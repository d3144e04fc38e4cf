"""What follows when no desk is there, by a clock that is set."""

from __future__ import annotations

from receptionist.phone.exchange.absence import Absence


def test_absent_after_five_seconds_without_a_desk() -> None:
    now = [100.0]
    absence = Absence(lambda: now[0], 30)
    absence.look(there=True, calls=0)
    now[0] += 3600
    assert not absence.absent
    absence.look(there=False, calls=0)
    now[0] += 4.9
    assert not absence.absent
    now[0] += 0.1
    assert absence.absent
    absence.look(there=True, calls=0)
    assert not absence.absent


def test_over_some_time_after_the_last_call() -> None:
    now = [0.0]
    absence = Absence(lambda: now[0], 30)
    absence.look(there=False, calls=2)
    now[0] += 3600
    absence.look(there=False, calls=1)
    assert not absence.over
    absence.look(there=False, calls=0)
    now[0] += 29
    assert not absence.over
    absence.look(there=False, calls=1)
    absence.look(there=False, calls=0)
    now[0] += 29
    assert not absence.over
    now[0] += 1
    assert absence.over


def test_a_desk_that_comes_back_keeps_it_alive() -> None:
    now = [0.0]
    absence = Absence(lambda: now[0], 30)
    absence.look(there=False, calls=0)
    now[0] += 29
    absence.look(there=True, calls=0)
    now[0] += 3600
    assert not absence.over
