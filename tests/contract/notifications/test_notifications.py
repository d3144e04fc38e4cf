"""Notifications come, go, and are clicked; a server that is not there or hangs stops nobody."""

from __future__ import annotations

import queue
import time
from typing import Any
from uuid import uuid4

import pytest

from tests.contract.notifications.conftest import Desk, until
from tests.doubles.notification_server import NotificationServer

SERVER_GONE_S = 5.0


def test_one_a_call_comes_and_goes(server: Any, desk: Desk) -> None:
    one, two = uuid4(), uuid4()
    desk.rings(one, "Call for Muster Heizung", "Jörg Müßig, +49 171 3920077")
    until(lambda: server.count() == 1, "the first")
    desk.rings(two, "Call for <b>A & B</b>", "<i>Otto</i> & Co")
    until(lambda: server.count() == 2, "the second")
    desk.is_over(one)
    until(lambda: server.count() == 1, "one is gone")
    desk.is_over(two)
    until(lambda: server.count() == 0, "both are gone")
    first, second = server.texts()
    assert first == ("Call for Muster Heizung", "Jörg Müßig, +49 171 3920077")
    assert "A & B" in second[0]
    assert second[1] == "&lt;i&gt;Otto&lt;/i&gt; &amp; Co"


def test_a_call_that_is_over_at_once_leaves_nothing(server: Any, desk: Desk) -> None:
    for _call in range(20):
        call_id = uuid4()
        desk.rings(call_id)
        desk.is_over(call_id)
    last = uuid4()
    desk.rings(last)
    until(lambda: server.count() == 1, "only the last is there")
    desk.is_over(last)
    until(lambda: server.count() == 0, "all are gone")


def test_a_click_is_told_and_the_rest_goes_on(server: Any, desk: Desk) -> None:
    one, two = uuid4(), uuid4()
    desk.rings(one)
    until(lambda: server.count() == 1)
    server.click()
    desk.chosen.get(timeout=30)
    desk.rings(two)
    until(lambda: server.count() == 1)
    desk.is_over(one)
    desk.is_over(two)
    until(lambda: server.count() == 0)
    assert desk.chosen.empty()


def test_leaving_takes_everything_away(server: Any, desk: Desk) -> None:
    desk.rings(uuid4())
    until(lambda: server.count() == 1)
    desk.notifications.close()
    until(lambda: server.count() == 0)


def test_a_click_carries_the_leave_of_the_desktop(double: NotificationServer, desk: Desk) -> None:
    desk.rings(uuid4())
    until(lambda: double.count() == 1)
    (shown,) = double.seen
    assert (shown.actions[0], shown.urgency) == ("default", 2)
    assert 0 < shown.lasts_ms < 600_000
    double.click("leave")
    assert desk.chosen.get(timeout=30) == "leave"


def test_clicks_on_what_is_not_ours_mean_nothing(double: NotificationServer, desk: Desk) -> None:
    call_id = uuid4()
    desk.rings(call_id)
    until(lambda: double.count() == 1)
    double._tell("ActionInvoked", "us", (4711, "default"))
    double._tell("ActionInvoked", "s", ("default",))
    double.click()
    desk.chosen.get(timeout=30)
    with pytest.raises(queue.Empty):
        desk.chosen.get_nowait()


def test_a_server_that_hangs_keeps_nobody_waiting(double: NotificationServer, desk: Desk) -> None:
    double.hung = True
    calls = [uuid4() for _ in range(50)]
    for call_id in calls:
        desk.rings(call_id)
        desk.is_over(call_id)
    double.wait_for_a_question(len(calls))
    started = time.monotonic()
    desk.notifications.close()
    assert time.monotonic() - started < SERVER_GONE_S


def test_a_server_that_comes_later_is_used(bus: str, desk: Desk) -> None:
    desk.rings(uuid4(), "too early")
    with NotificationServer(bus) as late:
        call_id = uuid4()
        desk.rings(call_id, "in time")
        until(lambda: ("in time", "who") in late.texts())
        before = late.count()
        desk.is_over(call_id)
        until(lambda: late.count() == before - 1)


def test_without_a_bus_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    desk = Desk()
    desk.rings(uuid4())
    desk.is_over(uuid4())
    desk.notifications.close()
    assert desk.chosen.empty()
