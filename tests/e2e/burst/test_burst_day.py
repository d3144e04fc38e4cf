"""A burst day without a face: real calls, answers, bookings, connections, hang-ups in mid-sentence.

At the end journal, appointments, calendars and work list agree with what was sent in.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.contract.calendars.conftest import Side
from tests.e2e.burst.judging import judge_day
from tests.e2e.burst.world import Size, opened


def test_sixty_calls_over_twelve_clients(
    tmp_path: Path, radicale_side: Side, free_udp_port: Callable[[], int]
) -> None:
    with opened(tmp_path, radicale_side, Size(1, 60, 12), free_udp_port) as world:
        world.desk.start()
        world.passes()
        world.desk.settle()
        judge_day(world, radicale_side)
