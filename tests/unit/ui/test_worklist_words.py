"""Items of the work list in words, and which of them a call is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from receptionist.model.worklist import Attempt, AttemptOutcome, WorkCounts, WorkItem, WorkKind
from receptionist.reasons import Reason
from tests.unit.ui.worklist import OTTO
from ui.models.settled import item_of
from ui.models.workwords import attempts_words, count_words, detail_words, tone, tries_words

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 23, 9, 42, 5, tzinfo=ZoneInfo(BERLIN))


@pytest.fixture
def plain() -> WorkItem:
    return WorkItem(
        id=UUID(int=1),
        client_id=None,
        kind=WorkKind.MISSED,
        created=NOW,
        due=NOW,
        number=OTTO,
        name="Otto Beispiel",
        reason=Reason.MISSED,
    )


def tried(minutes: int, outcome: AttemptOutcome, text: str = "") -> Attempt:
    return Attempt(
        id=uuid4(), at=NOW - timedelta(minutes=minutes), who=None, outcome=outcome, text=text
    )


def test_attempts_in_words(plain: WorkItem) -> None:
    assert tries_words(plain, BERLIN, NOW) == ""
    attempts = (
        tried(42, AttemptOutcome.NO_ANSWER),
        tried(12, AttemptOutcome.BUSY),
        tried(90, AttemptOutcome.MAILBOX, "bitte um Rückruf"),
    )
    one = replace(plain, attempts=attempts)
    assert tries_words(one, BERLIN, NOW) == "tried 3 times, last 09:30"
    assert attempts_words(attempts, BERLIN, NOW, lambda who: f"Erika {who}").splitlines() == [
        "09:30 busy · Erika None",
        "09:00 no answer · Erika None",
        "08:12 message left: bitte um Rückruf · Erika None",
    ]
    assert attempts_words(attempts[:1], BERLIN, NOW, lambda _who: "") == "09:00 no answer"
    reached = replace(plain, attempts=(*attempts, tried(1, AttemptOutcome.CALLED)))
    assert tries_words(reached, BERLIN, NOW) == (
        "tried 3 times, last 09:30 · 09:41 has called himself"
    )


def test_how_late_it_is_stands_there_in_words_and_not_in_colour_alone(plain: WorkItem) -> None:
    assert tone(plain, BERLIN, NOW) == "attention"
    assert detail_words(plain, BERLIN, NOW) == "Otto Beispiel · missed"
    later = NOW + timedelta(hours=3)
    assert tone(plain, BERLIN, later) == "danger"
    assert detail_words(plain, BERLIN, later) == "Otto Beispiel · missed · 3 hours overdue"
    waits = replace(plain, due=later)
    assert tone(waits, BERLIN, NOW) == "quiet"


def test_counts_in_words() -> None:
    assert count_words(WorkCounts()) == "Nothing open"
    assert count_words(WorkCounts(overdue=2, today=1, later=4)) == "7 open, 2 due"


def test_which_item_a_call_is_about(plain: WorkItem) -> None:
    call_id = uuid4()
    by_number = plain
    of_call = replace(plain, id=UUID(int=2), number="", call_id=call_id)
    attempt = replace(tried(1, AttemptOutcome.BUSY), call_id=call_id)
    by_attempt = replace(plain, id=UUID(int=3), attempts=(attempt,))
    everything = (by_number, of_call, by_attempt)
    assert item_of(call_id, OTTO, None, everything) == by_attempt
    assert item_of(call_id, OTTO, None, everything[:2]) == of_call
    assert item_of(call_id, OTTO, None, everything[:1]) == by_number
    assert item_of(call_id, OTTO, uuid4(), everything[:1]) is None
    assert item_of(call_id, "", None, everything[:1]) is None
