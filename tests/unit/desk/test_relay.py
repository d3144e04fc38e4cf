"""The password of the TURN server goes with every line, however late it is known."""

from __future__ import annotations

import pytest

from receptionist.desk.lines import Lines
from receptionist.model.secret import RELAY_SECRET, Secret
from tests.unit.desk.conftest import Bench


@pytest.fixture
def relayed(bench: Bench) -> Bench:
    """A desk with a TURN server whose password nobody has entered."""
    desk = bench.desk
    heard = desk.switchboard.heard
    desk._lines = Lines(desk.directory, bench.phone, desk.passwords, heard, relayed=True)
    return bench


def revealed(bench: Bench) -> list[str]:
    return [one.reveal() if one else "" for one in bench.phone.relays.values()]


def test_without_it_lines_are_registered_all_the_same(relayed: Bench) -> None:
    relayed.phone.relays.clear()
    relayed.desk._lines.start()
    relayed.pump.until(lambda: relayed.phone.relays)
    assert revealed(relayed) == [""]


def test_it_goes_with_the_lines(relayed: Bench) -> None:
    relayed.credentials.keep(RELAY_SECRET, Secret("correct horse"))
    relayed.phone.relays.clear()
    relayed.desk._lines.start()
    relayed.pump.until(lambda: relayed.phone.relays)
    assert revealed(relayed) == ["correct horse"]


def test_once_it_is_entered_the_lines_are_registered_anew(relayed: Bench) -> None:
    relayed.phone.relays.clear()
    relayed.desk._lines.start()
    relayed.pump.until(lambda: relayed.phone.relays)
    relayed.desk.passwords.keep(RELAY_SECRET, Secret("correct horse"))
    relayed.pump.until(lambda: revealed(relayed) == ["correct horse"])
