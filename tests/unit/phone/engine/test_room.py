"""How much a build of pjsua2 takes, and what is said when that is not enough."""

from __future__ import annotations

import subprocess
import sys

import pytest

from receptionist.errors import PhoneError
from receptionist.phone.engine.room import MOST_CALLS, NEEDED_CALLS, NEEDED_PORTS, Room

ASKED = f"""
import os, sys
import pjsua2 as pj
from receptionist.phone.engine.room import room
endpoint = pj.Endpoint()
endpoint.libCreate()
config = pj.EpConfig()
config.uaConfig.threadCnt, config.uaConfig.mainThreadOnly = 0, True
config.uaConfig.maxCalls = {MOST_CALLS}
config.logConfig.level = config.logConfig.consoleLevel = 0
endpoint.libInit(config)
found = room(endpoint)
found.check()
print("room", found.calls, found.ports, flush=True)
os._exit(0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the library tells its names to nobody there")
def test_the_build_says_how_much_it_takes() -> None:
    """And not how much was asked for: the wheel has four."""
    asked = subprocess.run(
        [sys.executable, "-c", ASKED], capture_output=True, text=True, timeout=60
    )
    told = next(line for line in asked.stdout.splitlines() if line.startswith("room "))
    calls, ports = map(int, told.split()[1:])
    assert NEEDED_CALLS <= calls <= MOST_CALLS
    assert ports >= NEEDED_PORTS


@pytest.mark.parametrize("there", [Room(NEEDED_CALLS - 1, 254), Room(None, NEEDED_PORTS - 1)])
def test_too_little_is_said(there: Room) -> None:
    with pytest.raises(PhoneError, match=r"\d+ (calls|ports), \d+ are needed"):
        there.check()


@pytest.mark.parametrize("there", [Room(NEEDED_CALLS, NEEDED_PORTS), Room(None, 254)])
def test_enough_is_enough(there: Room) -> None:
    there.check()
