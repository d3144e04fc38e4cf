"""The owner's week and whether he can be reached, as time passes and in his zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.doubles.desk import HEATING
from tests.unit.ui.conftest import Desk
from tests.unit.ui.week import (
    at,
    grid,
    heading,
    on_the_phone,
    owner_has,
)


@pytest.fixture
def called(desk: Desk) -> Desk:
    """A caller of the heating firm is on the phone, and his week is there."""
    return on_the_phone(desk)


# ---- as time passes


def test_what_has_become_too_soon_is_free_no_longer(called: Desk) -> None:
    assert grid(called).shape.starts[0].at == at(23, 11, 45)
    called.reception.clock.move(30 * 60)
    called.window.tick()
    called.until(lambda: grid(called).shape.starts[0].at == at(23, 12, 15))
    assert grid(called)._moment is not None
    assert grid(called)._moment.words == "10:12"


def test_the_day_and_the_week_go_on(called: Desk) -> None:
    called.reception.clock.move(24 * 3600)
    called.window.tick()
    called.until(lambda: [day.today for day in grid(called).shape.columns].index(True) == 1)
    called.reception.clock.move(6 * 24 * 3600)
    called.window.tick()
    called.until(lambda: heading(called).endswith("week 49"))
    called.until(lambda: grid(called).shape.columns[0].today)


def test_on_a_week_without_anything_free_the_next_one_with_it_is_shown(desk: Desk) -> None:
    desk.reception.clock.move(4 * 24 * 3600 + 9 * 3600)
    desk.talks(HEATING)
    desk.until(lambda: heading(desk).endswith("49"))
    desk.window.panels.week.turned.emit(0)
    desk.until(lambda: heading(desk).endswith("48"))


# ---- whether he can be reached


def test_the_owner_is_told_as_busy_or_free_as_time_passes(called: Desk) -> None:
    client = called.window.panels.client
    assert client.owner_words == "free until 16:30 according to the calendar"
    owner_has(called, at(23, 9), at(23, 10, 30))
    called.until(lambda: client.owner_words.startswith("according"))
    assert client.owner_words == "according to the calendar busy until 10:30 (“Baustelle”)"
    called.reception.clock.move(50 * 60)
    called.window.tick()
    assert client.owner_words == "free until 16:30 according to the calendar"
    called.reception.clock.move(8 * 3600)
    called.window.tick()
    words = "outside the bookable hours, again from tomorrow 07:30"
    called.until(lambda: client.owner_words == words)


def test_an_owner_in_another_zone_is_told_in_his_time(desk: Desk) -> None:

    reception = desk.reception
    directory = reception.desk.directory.current
    clients = tuple(
        replace(one, zone="Europe/Lisbon") if one.key == "haustechnik" else one
        for one in directory.clients
    )
    done: list[bool] = []
    reception.desk.import_directory(
        replace(directory, clients=clients), lambda: done.append(True), pytest.fail
    )
    reception.spin(lambda: done)
    desk.talks(HEATING)
    desk.until(lambda: grid(desk).shape.starts)
    assert heading(desk) == "Owner's calendar · week 48 · time in Europe/Lisbon"
    assert grid(desk)._moment is not None
    assert grid(desk)._moment.words == "08:42"
    start = grid(desk).shape.starts[0]
    assert start.at - timedelta(minutes=start.start) == datetime(2026, 11, 23, tzinfo=UTC)
