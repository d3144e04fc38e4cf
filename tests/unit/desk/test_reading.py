"""Readings that take their time: how far they are, giving them up, and going on with them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from receptionist.errors import CalendarError, CalendarUnreachable
from receptionist.events import CalendarChanged, CalendarHealth, CalendarProgress
from receptionist.model.busy import CalendarChanges
from receptionist.model.client import Client
from receptionist.model.period import Period
from receptionist.model.secret import Secret
from receptionist.reasons import Reason
from tests.doubles import calendar as memory
from tests.unit.desk.conftest import Bench, _office

EVENTS = 12
PORTION = 3


class Slow:
    """Lets time pass with every portion, and does what a test wants after one of them."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.seconds, self.read = bench, 0.3, 0
        self.after: dict[int, Callable[[], object]] = {}
        self.fault: CalendarError | None = None

    def __call__(self, changes: CalendarChanges) -> Iterator[CalendarChanges]:
        for number, portion in enumerate(_portions(changes), start=1):
            if portion.total == 0:  # not the painter's
                yield portion
                continue
            self.bench.clock.move(self.seconds)
            self.read += len(portion.changed)
            yield portion
            if number in self.after:
                self.after.pop(number)()
            if self.fault is not None and number == 2:
                fault, self.fault = self.fault, None
                raise fault


_portions = memory.portions


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """A desk that was started; its two calendars were not read yet."""
    monkeypatch.setattr(memory, "PORTION", PORTION)
    bench = Bench(tmp_path)
    bench.start()
    done: list[bool] = []
    bench.desk.import_directory(_office(), lambda: done.append(True), bench.fail)
    bench.pump.until(lambda: done)
    yield bench
    bench.desk.stop()


@pytest.fixture
def slow(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Slow:
    """The painter has some appointments, and his server takes its time."""
    for client in (bench.painter, bench.lawyer):
        bench.server.make_calendar(f"{bench.server.home}{client.key}/", client.key)
    for number in range(EVENTS):
        at = bench.clock.now() + timedelta(days=1 + number)
        bench.server.put(f"{bench.server.home}painter/{number}.ics", _event(number, at))
    slow = Slow(bench)
    monkeypatch.setattr(memory, "portions", slow)
    return slow


def _event(number: int, at: datetime) -> str:
    start = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Owner//EN", "BEGIN:VEVENT")
    more = (f"UID:{number}", "DTSTAMP:20270101T000000Z", f"DTSTART:{start}", "DURATION:PT1H")
    return "\r\n".join((*lines, *more, "END:VEVENT", "END:VCALENDAR", ""))


def log_in(bench: Bench) -> None:
    """Enter every password; what waits for one is read then."""
    for account in bench.directory.accounts:
        bench.desk.passwords.keep(account.id, Secret(memory.PASSWORD))


def progress(bench: Bench) -> list[tuple[int, int, bool]]:
    told = bench.seen(CalendarProgress)
    return [(one.done, one.total, one.over) for one in told if one.client_id == bench.painter.id]


def health(bench: Bench, client: Client) -> tuple[CalendarHealth, Reason]:
    found = bench.desk.calendars.health(client.id)
    assert found is not None
    return found.health, found.reason


def is_good(bench: Bench) -> bool:
    return health(bench, bench.painter)[0] is CalendarHealth.GOOD


def slots(bench: Bench) -> list[Period] | Exception:
    """The next free time, or why there is none."""
    told: list[tuple[Period, ...]] = []
    failed: list[Exception] = []
    kind = bench.painter.kinds[0].id
    bench.desk.booking.slots(bench.painter.id, kind, then=told.append, failed=failed.append)
    bench.pump.until(lambda: told or failed)
    return list(told[0]) if told else failed[0]


def test_a_long_reading_is_told_and_then_over(bench: Bench, slow: Slow) -> None:
    log_in(bench)
    bench.pump.until(lambda: is_good(bench))
    told = progress(bench)
    assert told[0][:2] == (6, EVENTS), "what is over within half a second nobody needs to know"
    assert told[-1] == (0, 0, True)
    assert [one[0] for one in told[:-1]] == sorted(one[0] for one in told[:-1])


def test_a_short_reading_is_not_told(bench: Bench, slow: Slow) -> None:
    slow.seconds = 0.01
    log_in(bench)
    bench.pump.until(lambda: is_good(bench))
    assert progress(bench) == []


def test_it_is_not_told_more_often_than_an_eye_can_follow(bench: Bench, slow: Slow) -> None:
    slow.seconds = 0.0
    slow.after = {1: lambda: bench.clock.move(0.6)}
    log_in(bench)
    bench.pump.until(lambda: is_good(bench))
    assert [one[0] for one in progress(bench)] == [6, 0]


def test_a_server_that_does_not_answer_is_told_too(bench: Bench, slow: Slow) -> None:
    with bench.server.lock:  # nothing is answered meanwhile
        log_in(bench)
        bench.pump.until(lambda: bench.desk.calendars.reading)
        bench.pump.advance(0.6)
        bench.pump.until(lambda: progress(bench))
        assert progress(bench) == [(0, 0, False)]
    bench.pump.until(lambda: is_good(bench))
    assert progress(bench)[-1] == (0, 0, True)


def stopped(bench: Bench, slow: Slow) -> None:
    """Read two portions, then give up."""
    reached, go = threading.Event(), threading.Event()
    slow.after = {2: lambda: (reached.set(), go.wait(20))}
    log_in(bench)
    bench.pump.until(lambda: progress(bench) and reached.is_set())
    bench.desk.calendars.stop_reading()
    go.set()
    bench.pump.until(lambda: not bench.desk.calendars.reading)


def test_a_reading_that_was_given_up_says_so(bench: Bench, slow: Slow) -> None:
    stopped(bench, slow)
    assert health(bench, bench.painter) == (CalendarHealth.WAITING, Reason.READING_STOPPED)
    assert progress(bench)[-1][2]
    assert slow.read < EVENTS


def test_the_others_are_read_all_the_same(bench: Bench, slow: Slow) -> None:
    stopped(bench, slow)
    bench.pump.until(lambda: health(bench, bench.lawyer)[0] is CalendarHealth.GOOD)


def test_the_next_reading_only_reads_what_is_lacking(bench: Bench, slow: Slow) -> None:
    stopped(bench, slow)
    before, slow.read = slow.read, 0
    bench.desk.calendars.refresh_all()
    bench.pump.until(lambda: is_good(bench))
    assert before > 0
    assert slow.read == EVENTS - before


def test_nothing_is_free_in_a_calendar_that_was_not_read_to_its_end(
    bench: Bench, slow: Slow
) -> None:
    found = slots(bench)
    assert isinstance(found, CalendarError)
    assert found.reason is Reason.NEVER_READ
    stopped(bench, slow)
    found = slots(bench)
    assert isinstance(found, CalendarError), "half of his appointments are lacking"
    bench.desk.calendars.refresh_all()
    bench.pump.until(lambda: is_good(bench))
    assert isinstance(slots(bench), list)


def test_a_reading_that_broke_goes_on_where_it_was(bench: Bench, slow: Slow) -> None:
    slow.fault = CalendarUnreachable("the cable")
    log_in(bench)
    bench.pump.until(lambda: health(bench, bench.painter)[1] is Reason.SERVER_UNREACHABLE)
    assert slow.read == 2 * PORTION
    assert isinstance(slots(bench), CalendarError)
    bench.desk.calendars.refresh(bench.painter.id, insist=True)
    bench.pump.until(lambda: is_good(bench))
    assert slow.read == EVENTS


def test_a_copy_that_was_complete_stays_good_when_it_is_read_anew(bench: Bench, slow: Slow) -> None:
    slow.seconds = 0.0
    log_in(bench)
    bench.pump.until(lambda: is_good(bench))
    bench.clock.move(400 * 86_400)  # the horizon has come near: everything is read again
    slow.seconds = 0.3
    for number in range(EVENTS):
        at = bench.clock.now() + timedelta(days=1 + number)
        bench.server.put(f"{bench.server.home}painter/new-{number}.ics", _event(number, at))
    slow.fault = CalendarUnreachable("the cable")
    bench.desk.calendars.refresh(bench.painter.id, insist=True)
    bench.pump.until(lambda: not is_good(bench))
    assert isinstance(slots(bench), list), "it was read to its end once, and is known since"


def test_what_an_answer_to_a_push_says_does_not_hide_that_reading_was_given_up(
    bench: Bench, slow: Slow
) -> None:
    stopped(bench, slow)
    bench.desk.calendars.answered(bench.directory.accounts[0].id, None)
    assert health(bench, bench.painter)[1] is Reason.READING_STOPPED
    assert all(
        one.checked is None for one in bench.of_painter() if isinstance(one, CalendarChanged)
    )
