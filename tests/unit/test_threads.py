"""The queue of a worker, the lanes of the calendars, and the loop of a face without Qt."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator

import pytest

from receptionist import threads
from receptionist.threads import Lanes, MainLoop, Worker, assert_main, assert_not_main

CEILING_S = 60.0


def at_once(function: Callable[..., object], *values: object) -> None:
    """A `Post` that runs where it is called."""
    function(*values)


def broken_post(function: Callable[..., object], *values: object) -> None:
    """A `Post` whose other side is gone."""
    raise RuntimeError("nobody there")


def elsewhere(function: Callable[[], object]) -> list[BaseException]:
    """Run `function` on a thread of its own; what it raised."""
    raised: list[BaseException] = []

    def body() -> None:
        try:
            function()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=body)
    thread.start()
    thread.join(CEILING_S)
    assert not thread.is_alive()
    return raised


class Collected:
    """Values handed over from other threads, in the order they came."""

    def __init__(self) -> None:
        self.values: list[object] = []
        self._changed = threading.Condition()

    def add(self, value: object) -> None:
        with self._changed:
            self.values.append(value)
            self._changed.notify_all()

    def wait_for(self, count: int) -> list[object]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.values) >= count, CEILING_S)
            return list(self.values)


@pytest.fixture
def collected() -> Collected:
    return Collected()


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker("worker-under-test", at_once)
    yield worker
    worker.close()


@pytest.fixture
def lanes() -> Iterator[Lanes]:
    lanes = Lanes("lanes-under-test", at_once, threads=2)
    yield lanes
    lanes.close()


def test_the_asserts_know_the_main_thread() -> None:
    assert_main()
    with pytest.raises(AssertionError):
        assert_not_main()
    assert [type(error) for error in elsewhere(assert_main)] == [AssertionError]
    assert elsewhere(assert_not_main) == []


def test_a_worker_runs_jobs_in_order_on_its_own_thread(
    worker: Worker, collected: Collected
) -> None:
    for number in range(50):
        worker.submit(lambda n=number: (n, threading.current_thread().name), then=collected.add)
    expected = [(number, "worker-under-test") for number in range(50)]
    assert collected.wait_for(50) == expected


def test_a_workers_exception_goes_to_failed(worker: Worker, collected: Collected) -> None:
    worker.submit(int, "no number", then=collected.add, failed=collected.add)
    (error,) = collected.wait_for(1)
    assert isinstance(error, ValueError)


@pytest.mark.usefixtures("errors_expected")
def test_a_worker_outlives_a_job_that_nobody_asked_about(
    worker: Worker, collected: Collected, caplog: pytest.LogCaptureFixture
) -> None:
    worker.submit(int, "no number")
    worker.submit(lambda: "next", then=collected.add)
    assert collected.wait_for(1) == ["next"]
    assert "no number" in caplog.text


@pytest.mark.usefixtures("errors_expected")
def test_a_worker_outlives_a_post_that_fails() -> None:
    worker = Worker("worker-under-test", broken_post)
    worker.submit(lambda: 1, then=lambda value: None)
    answers: list[int] = []
    assert elsewhere(lambda: answers.append(worker.ask(lambda: 2))) == []
    assert answers == [2]
    worker.close()


def test_ask_waits_for_the_answer_and_for_the_exception(worker: Worker) -> None:
    answers: list[int] = []
    assert elsewhere(lambda: answers.append(worker.ask(int, "7"))) == []
    assert answers == [7]
    assert [type(e) for e in elsewhere(lambda: worker.ask(int, "x"))] == [ValueError]
    assert [type(e) for e in elsewhere(lambda: worker.ask(exit))] == [SystemExit]


def test_ask_from_the_worker_itself_does_not_wait_for_itself(
    worker: Worker, collected: Collected
) -> None:
    worker.submit(lambda: worker.ask(lambda: "inside"), then=collected.add)
    assert collected.wait_for(1) == ["inside"]


def test_ask_is_refused_on_the_main_thread(worker: Worker) -> None:
    with pytest.raises(AssertionError):
        worker.ask(lambda: None)


def test_close_finishes_what_is_queued_and_refuses_what_comes_later(collected: Collected) -> None:
    worker = Worker("worker-under-test", at_once)
    gate = threading.Event()
    worker.submit(gate.wait, CEILING_S)
    worker.submit(lambda: "queued", then=collected.add)
    threading.Timer(0.05, gate.set).start()
    worker.close(CEILING_S)
    assert collected.values == ["queued"]
    worker.submit(lambda: "late", then=collected.add)
    assert [type(e) for e in elsewhere(lambda: worker.ask(lambda: "late"))] == [RuntimeError]
    assert collected.values == ["queued"]


def test_close_gives_up_on_a_hung_job(caplog: pytest.LogCaptureFixture) -> None:
    worker = Worker("hung", at_once)
    gate = threading.Event()
    worker.submit(gate.wait, CEILING_S)
    with caplog.at_level(logging.WARNING):
        worker.close(0.05)
    gate.set()
    assert "hung still works" in caplog.text


def test_lanes_keep_the_order_of_a_key(lanes: Lanes, collected: Collected) -> None:
    for number in range(100):
        lanes.submit(number % 3, lambda n=number: n, then=collected.add)
    numbers = collected.wait_for(100)
    for key in range(3):
        mine = [number for number in numbers if isinstance(number, int) and number % 3 == key]
        assert mine == list(range(key, 100, 3))


def test_a_key_never_has_two_jobs_at_once(collected: Collected) -> None:
    lanes = Lanes("lanes-under-test", at_once, threads=8)
    at_work: dict[int, int] = dict.fromkeys(range(4), 0)
    most: list[int] = []

    def job(key: int) -> None:
        at_work[key] += 1
        most.append(at_work[key])
        at_work[key] -= 1

    for number in range(400):
        lanes.submit(number % 4, job, number % 4, then=collected.add)
    collected.wait_for(400)
    lanes.close()
    assert max(most) == 1


def test_a_hung_key_does_not_stall_another(lanes: Lanes, collected: Collected) -> None:
    gate = threading.Event()
    lanes.submit("hung", gate.wait, CEILING_S)
    lanes.submit("hung", lambda: "behind the hung one", then=collected.add)
    for number in range(20):
        lanes.submit(f"well {number % 5}", lambda n=number: n, then=collected.add)
    assert set(collected.wait_for(20)) == set(range(20))
    gate.set()
    assert "behind the hung one" in collected.wait_for(21)


def test_different_keys_work_side_by_side(lanes: Lanes, collected: Collected) -> None:
    meeting = threading.Barrier(2)
    lanes.submit("one", meeting.wait, CEILING_S, then=collected.add)
    lanes.submit("other", meeting.wait, CEILING_S, then=collected.add)
    assert sorted(map(str, collected.wait_for(2))) == ["0", "1"]


def test_lanes_start_no_more_threads_than_allowed(lanes: Lanes, collected: Collected) -> None:
    for number in range(200):
        lanes.submit(number, lambda: threading.current_thread().name, then=collected.add)
    assert set(collected.wait_for(200)) <= {"lanes-under-test-1", "lanes-under-test-2"}


@pytest.mark.usefixtures("errors_expected")
def test_a_lane_goes_on_after_a_post_that_fails(collected: Collected) -> None:
    lanes = Lanes("lanes-under-test", broken_post, threads=1)
    lanes.submit("key", lambda: 1, then=lambda value: None)
    lanes.submit("key", lambda: collected.add("still there"))
    assert collected.wait_for(1) == ["still there"]
    lanes.close()


def test_none_is_a_key_like_any_other(lanes: Lanes, collected: Collected) -> None:
    lanes.submit(None, lambda: 1, then=collected.add)
    lanes.submit("next", lambda: 2, then=collected.add)
    assert set(collected.wait_for(2)) == {1, 2}


def test_closed_lanes_drop_what_is_queued(collected: Collected) -> None:
    lanes = Lanes("lanes-under-test", at_once, threads=1)
    entered, gate = threading.Event(), threading.Event()

    def first() -> str:
        entered.set()
        gate.wait(CEILING_S)
        return "running"

    lanes.submit("key", first, then=collected.add)
    lanes.submit("key", lambda: "queued", then=collected.add)
    assert entered.wait(CEILING_S)
    lanes.close()
    lanes.submit("other", lambda: "late", then=collected.add)
    gate.set()
    assert collected.wait_for(1) == ["running"]
    (thread,) = [t for t in threading.enumerate() if t.name == "lanes-under-test-1"] or [None]
    if thread is not None:
        thread.join(CEILING_S)
        assert not thread.is_alive()
    assert collected.values == ["running"]


def test_the_loop_runs_what_is_posted_until_stop() -> None:
    loop, seen = MainLoop(), []
    threading.Thread(target=lambda: [loop.post(seen.append, n) for n in (1, 2)]).start()
    loop.later(0.05, loop.stop)
    loop.run()
    assert seen == [1, 2]


@pytest.mark.usefixtures("errors_expected")
def test_the_loop_outlives_a_failing_job() -> None:
    loop, seen = MainLoop(), []
    loop.post(int, "no number")
    loop.post(seen.append, "next")
    loop.stop()
    loop.run()
    assert seen == ["next"]


def test_a_cancelled_timer_never_runs_even_when_it_is_already_queued() -> None:
    loop, seen = MainLoop(), []
    due = threading.Event()
    queued = MainLoop.post

    def post(function: Callable[..., object], *values: object) -> None:
        queued(loop, function, *values)
        due.set()

    loop.post = post  # type: ignore[method-assign]
    cancel = loop.later(0.0, lambda: seen.append("cancelled"))
    assert due.wait(CEILING_S)
    cancel()
    loop.stop()
    loop.run()
    assert seen == []


def test_a_timer_runs_on_the_main_thread() -> None:
    loop, seen = MainLoop(), []

    def on_time() -> None:
        assert_main()
        seen.append("on time")
        loop.stop()

    loop.later(0.01, on_time)
    loop.run()
    assert seen == ["on time"]


def test_a_worker_waits_while_the_main_thread_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "_LONGEST_WAIT_S", 20.0)
    seen: list[str] = []
    reached = threading.Event()

    def work() -> None:
        reached.set()
        threads.give_way()
        seen.append("worker")

    threads.main_works()
    worker = threading.Thread(target=work)
    worker.start()
    assert reached.wait(20)
    seen.append("main")
    threads.main_rests()
    worker.join(20)
    assert seen == ["main", "worker"]


def test_a_worker_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "_LONGEST_WAIT_S", 0.001)
    threads.main_works()
    worker = threading.Thread(target=threads.give_way)
    worker.start()
    worker.join(20)
    assert not worker.is_alive()
    threads.main_rests()


def test_the_main_thread_never_waits_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "_LONGEST_WAIT_S", 3600.0)
    threads.main_works()
    threads.give_way()
    threads.main_rests()
