"""A burst day without a face: real calls, answers, bookings, connections, hang-ups in mid-sentence.

At the end journal, appointments, calendars and work list agree with what was sent in.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.calendars.conftest import Side
from tests.e2e.burst.judging import judge_day, lost
from tests.e2e.burst.plan import Fate
from tests.e2e.burst.world import Size, World, opened

Port = Callable[[], int]
WITHOUT_CONNECTIONS = tuple(one for one in Fate if one not in (Fate.CONNECTED, Fate.BUSY))
"""Whether two are connected when the desk dies in between is not the plan's to say."""
SHORTEST_S, LONGEST_S = 1.0, 20.0
"""How long a desk lives, not counting its start."""


def test_sixty_calls_over_twelve_clients(
    tmp_path: Path, radicale_side: Side, free_udp_port: Port
) -> None:
    with opened(tmp_path, radicale_side, Size(1, 60, 12), free_udp_port) as world:
        world.desk.start()
        world.passes()
        world.desk.settle()
        judge_day(world, radicale_side)


class Death(threading.Thread):
    """Kills the desk at random moments of the day, and starts another, until it is `over`."""

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self.failure: BaseException | None = None
        self.deaths = 0
        self._world, self._chance = world, random.Random(seed)

    def run(self) -> None:
        try:
            while not self.over.wait(self._chance.uniform(SHORTEST_S, LONGEST_S)):
                desk, at = self._world.desk, time.time()
                before, since = desk.found, desk.since
                desk.kill()
                self.deaths += 1
                desk.start()
                assert lost(before, desk.told.lines[since:], at, desk.found) == []
        except BaseException as error:
            self.failure = error
            self._world.failures.append(error)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_whenever_the_desk_is_killed_nothing_typed_is_lost(
    tmp_path: Path,
    radicale_side: Side,
    free_udp_port: Port,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What was typed more than two seconds before is there after the next start."""
    size = Size(2, 400, 40, WITHOUT_CONNECTIONS, word_s=0.05)
    with opened(tmp_path, radicale_side, size, free_udp_port) as world:
        world.desk.start()
        death = Death(world, size.seed)
        death.start()
        try:
            world.passes()
        finally:
            death.over.set()
            death.join()
        assert death.failure is None, death.failure
        world.desk.settle()
        turned_away = judge_day(world, radicale_side, killed=True)
        with capsys.disabled():
            print(f"\n{size.calls} calls, {death.deaths} deaths, {turned_away} turned away")
