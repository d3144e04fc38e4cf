"""Calls, times and conditions in words, in English and German."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from receptionist import i18n
from receptionist.model.appointment import Appointment, AppointmentState
from receptionist.model.call import Call, Caller, CallState, Cause, Direction, Segment
from receptionist.reasons import Reason
from ui.models.moments import date_words, slot_words
from ui.models.outcome import outcome, short_outcome
from ui.models.words import (
    caller_words,
    elapsed,
    ended_words,
    lasting_since,
    number_words,
    one_line,
    outcome_words,
    state_words,
    went_wrong,
)

NOW = datetime(2026, 11, 23, 8, 42, 5, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def call(*segments: Segment, **values: object) -> Call:
    plain = Call(
        id=uuid4(),
        direction=Direction.INCOMING,
        line_id=None,
        dialled="+4930231250",
        caller=Caller("+492214710134"),
        segments=segments or (Segment(state=CallState.RINGING, start=NOW),),
    )
    return replace(plain, **values)  # type: ignore[arg-type]


def over(cause: Cause, *, talked: bool = False, direction: Direction = Direction.INCOMING) -> Call:
    parts = [Segment(state=CallState.RINGING, start=NOW, seconds=4.0)]
    if talked:
        parts.append(Segment(state=CallState.ACTIVE, start=NOW, seconds=125.4))
    parts.append(Segment(state=CallState.ENDED, start=NOW, cause=cause))
    return call(*parts, direction=direction)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "00:00"), (59.9, "00:59"), (3599, "59:59"), (3600, "1:00:00"), (-3, "00:00")],
)
def test_a_timer(seconds: float, words: str) -> None:
    assert elapsed(seconds) == words


def test_text_from_outside_becomes_one_short_line() -> None:
    assert one_line("a\r\nb\x00\u202ec") == "a b c"
    assert one_line("x" * 500) == "x" * 119 + "…"


def test_who_is_there() -> None:
    assert caller_words(call()) == "name not known yet"
    assert caller_words(call(caller=Caller("", "Erika", True))) == "Erika"
    assert caller_words(call(caller=Caller("", "CNAM"), caller_name="Erika")) == "Erika"
    assert number_words(call()) == "+49 221 4710134"
    assert number_words(call(caller=Caller("", "", True))) == "number withheld"
    assert number_words(call(direction=Direction.OUTGOING)) == "+49 30 231250"


def test_states() -> None:
    active = call(Segment(state=CallState.ACTIVE, start=NOW))
    assert state_words(call()) == "ringing"
    assert state_words(replace(active, muted=True)) == "talking, muted"


def test_every_end_has_its_sentence_and_its_word() -> None:
    for cause in Cause:
        for direction in Direction:
            assert ended_words(over(cause)).endswith(".")
            assert outcome_words(over(cause, direction=direction))
    assert outcome_words(over(Cause.MISSED)) == "missed"
    assert outcome_words(over(Cause.WE_HUNG_UP, talked=True)) == "talked 02:05"
    assert went_wrong(over(Cause.MISSED))
    assert went_wrong(over(Cause.ENGINE_DIED, talked=True))
    assert not went_wrong(over(Cause.CALLER_HUNG_UP, talked=True))
    assert not went_wrong(over(Cause.NO_ANSWER, direction=Direction.OUTGOING))


def test_the_timer_counts_the_conversation_through_holds() -> None:
    later = NOW.replace(minute=50)
    talking = call(
        Segment(state=CallState.ACTIVE, start=NOW, seconds=3.0),
        Segment(state=CallState.HELD, start=later, seconds=3.0),
        Segment(state=CallState.ACTIVE, start=later),
    )
    assert lasting_since(talking) == NOW
    assert lasting_since(replace(talking, segments=talking.segments[:2])) == later


@pytest.mark.parametrize(
    ("language", "when", "words"),
    [
        ("en", (23, 10, 45), "today, Monday, 23 November at 11:45"),
        ("de", (23, 10, 45), "heute, Montag, 23. November, 11 Uhr 45"),
        ("de", (24, 8, 0), "morgen, Dienstag, 24. November, 9 Uhr"),
        ("de", (26, 8, 5), "Donnerstag, 26. November, 9 Uhr 05"),
        # Half past midnight in Berlin is still the day before in UTC.
        ("en", (23, 23, 30), "tomorrow, Tuesday, 24 November at 0:30"),
    ],
)
def test_times_as_they_are_said(language: str, when: tuple[int, int, int], words: str) -> None:
    i18n.choose(language)
    day, hour, minute = when
    assert slot_words(datetime(2026, 11, day, hour, minute, tzinfo=UTC), BERLIN, NOW) == words


def test_the_zone_of_the_client_decides_the_day() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert date_words(late, "America/New_York") == "Monday, 23 November"
    assert date_words(late, BERLIN) == "Tuesday, 24 November"


def _appointment(state: AppointmentState, reason: Reason = Reason.NONE) -> Appointment:
    return Appointment(
        id=uuid4(),
        client_id=uuid4(),
        calendar_id=uuid4(),
        kind_id=uuid4(),
        kind_name="Visit",
        start=datetime(2026, 11, 24, 8, tzinfo=UTC),
        end=datetime(2026, 11, 24, 9, tzinfo=UTC),
        zone=BERLIN,
        caller_name="Erika",
        uid="1",
        href="",
        state=state,
        reason=reason,
        created=NOW,
        next_attempt=NOW,
        confirmed=NOW if state is AppointmentState.CONFIRMED else None,
    )


def test_every_outcome_says_when_and_what() -> None:
    for state in AppointmentState:
        told = outcome(_appointment(state), NOW, BERLIN)
        assert told.text.startswith("Tomorrow, Tuesday, 24 November at 9 o'clock: ")
        assert told.tone in ("good", "plain", "attention", "danger")
        assert short_outcome(_appointment(state), BERLIN)[0]


def test_only_what_was_read_back_is_good() -> None:
    good = [s for s in AppointmentState if outcome(_appointment(s), NOW, BERLIN).tone == "good"]
    assert good == [AppointmentState.CONFIRMED]
    told = outcome(_appointment(AppointmentState.CONFIRMED), NOW, BERLIN)
    assert told.text.endswith("In the owner's calendar since 09:42:05.")


def test_a_password_is_asked_for_only_where_it_helps() -> None:
    refused = _appointment(AppointmentState.DELAYED, Reason.PASSWORD_REFUSED)
    down = _appointment(AppointmentState.DELAYED, Reason.SERVER_UNREACHABLE)
    assert outcome(refused, NOW, BERLIN).needs_password
    assert "Next attempt" not in outcome(refused, NOW, BERLIN).text
    assert not outcome(down, NOW, BERLIN).needs_password
    assert "Next attempt at 09:42:05." in outcome(down, NOW, BERLIN).text
