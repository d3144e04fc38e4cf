"""A call through real devices stays, however often they are plugged and unplugged."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.contract.audio.conftest import Bridge, eventually, pitched
from tests.doubles.pulse import Pulse

pytestmark = [pytest.mark.alone, pytest.mark.soak, pytest.mark.timeout(4000)]

CHANGES = 60


def test_the_headset_comes_and_goes_all_the_time(
    pulse: Pulse, bridge: Callable[..., Bridge]
) -> None:
    call = bridge(microphone="Mic", headset="Ear", ringing="Bell")
    call.ask("talk", True)
    call.ask("say", 1000)
    for change in range(CHANGES):
        eventually(lambda: pitched(pulse.record(0.1), 1000), "heard in the headset")
        pulse.unplug("ear")
        eventually(lambda: pitched(pulse.record(0.1, "mouth.monitor"), 1000), "at the default")
        if change % 3 == 0:
            call.ask("ring", True)
            eventually(lambda: max(pulse.record(0.3, "bell.monitor")) > 200, "it rings")
            call.ask("ring", False)
        pulse.plug("ear")
