"""The work list: an item leaves only by a disposition, and each kind takes those that fit it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.errors import BadInput
from receptionist.model.worklist import (
    FOUND,
    KEEPS,
    OF_OWNER,
    OWES_CALL,
    PUTS_OFF,
    REACHED,
    Attempt,
    AttemptOutcome,
    Disposition,
    Urgency,
    WorkCounts,
    WorkItem,
    WorkKind,
    counted,
    disposed,
    dispositions,
    due_of,
    kind_for_appointment,
    kind_for_call,
    reopened,
)
from receptionist.reasons import Reason

NOW = datetime(2027, 1, 11, 8, tzinfo=UTC)
WHO = UUID(int=1)
BERLIN = "Europe/Berlin"


def item(kind: WorkKind = WorkKind.MISSED, **more: object) -> WorkItem:
    made = WorkItem(id=uuid4(), client_id=None, kind=kind, created=NOW, due=NOW)
    return replace(made, **more)  # type: ignore[arg-type]


STEPS = st.tuples(
    st.sampled_from(Disposition),
    st.sampled_from([WHO, None]),
    st.one_of(st.none(), st.integers(-60, 60)),
)


@given(st.sampled_from(WorkKind), st.lists(STEPS, max_size=6))
def test_an_item_leaves_only_by_a_disposition_that_closes(
    kind: WorkKind, steps: list[tuple[Disposition, UUID | None, int | None]]
) -> None:
    open_item = item(kind)
    for minute, (said, who, minutes) in enumerate(steps):
        at = NOW + timedelta(minutes=minute)
        follow_up = None if minutes is None else at + timedelta(minutes=minutes)
        try:
            after = disposed(open_item, said, who, at, "Ergebnis", follow_up)
        except BadInput:
            continue
        assert (after.disposition, after.result) == (said, "Ergebnis")
        assert (after.disposed, after.disposed_by) == (at, who)
        if after.done is None:
            assert said in PUTS_OFF
            assert after.due == follow_up
            assert after.due > at
            open_item = after
            continue
        assert said not in KEEPS
        assert follow_up is None
        assert after.due == open_item.due
        assert who is None or said is not Disposition.VOID
        assert reopened(after, at) == replace(item(kind), id=after.id, due=at)
        return
    assert open_item.done is None


@pytest.mark.parametrize("kind", WorkKind)
def test_whatever_is_offered_is_taken_and_each_kind_can_leave(kind: WorkKind) -> None:
    later = NOW + timedelta(hours=1)
    offered = dispositions(kind)
    assert offered[0] is Disposition.DONE
    assert Disposition.VOID not in offered
    for said in Disposition:
        follow_up = later if said in KEEPS else None
        if said in offered:
            after = disposed(item(kind), said, WHO, NOW, follow_up=follow_up)
            assert (after.done is None) == (said in KEEPS)
        else:
            with pytest.raises(BadInput) as wrong:
                disposed(item(kind), said, WHO, NOW, follow_up=follow_up)
            assert wrong.value.key == "disposition"


def test_a_promise_is_not_kept_by_taking_note_unless_the_owner_does() -> None:
    assert Disposition.NOTED not in dispositions(WorkKind.PROMISED)
    assert disposed(item(WorkKind.PROMISED), Disposition.NOTED, None, NOW).done == NOW


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        (Disposition.DONE, 5),
        (Disposition.NOTED, 5),
        (Disposition.CALL_BACK, None),
        (Disposition.FOLLOW_UP, None),
        (Disposition.FOLLOW_UP, 0),
        (Disposition.CALLS_AGAIN, -5),
    ],
)
def test_a_follow_up_is_said_where_it_means_something(
    said: Disposition, minutes: int | None
) -> None:
    follow_up = None if minutes is None else NOW + timedelta(minutes=minutes)
    with pytest.raises(BadInput) as wrong:
        disposed(item(), said, WHO, NOW, follow_up=follow_up)
    assert wrong.value.key == "follow_up"


def test_who_calls_again_by_himself_may_be_waited_for() -> None:
    later = NOW + timedelta(hours=2)
    assert disposed(item(), Disposition.CALLS_AGAIN, WHO, NOW).done == NOW
    waits = disposed(item(), Disposition.CALLS_AGAIN, WHO, NOW, follow_up=later)
    assert (waits.done, waits.due) == (None, later)


@pytest.mark.parametrize(
    ("minutes", "urgency"),
    [
        (-1, Urgency.OVERDUE),
        (0, Urgency.OVERDUE),
        (1, Urgency.TODAY),
        (15 * 60 - 1, Urgency.TODAY),
        (15 * 60, Urgency.LATER),
    ],
)
def test_urgency_follows_the_clock_of_the_office(minutes: int, urgency: Urgency) -> None:
    """It is nine in Berlin; midnight is fifteen hours away."""
    assert item(due=NOW + timedelta(minutes=minutes)).urgency(NOW, BERLIN) is urgency


@given(st.lists(st.integers(-3000, 3000), max_size=20))
def test_every_item_is_counted_once(minutes: list[int]) -> None:
    items = [item(due=NOW + timedelta(minutes=one)) for one in minutes]
    counts = counted(items, NOW, BERLIN)
    assert counts.total == len(items)
    assert counts.overdue == sum(one <= 0 for one in minutes)
    assert counts == WorkCounts(
        overdue=counts.overdue,
        today=sum(0 < one < 900 for one in minutes),
        later=sum(one >= 900 for one in minutes),
    )


def test_who_answered_was_not_tried_in_vain() -> None:
    attempts = tuple(
        Attempt(id=uuid4(), at=NOW, who=WHO, outcome=outcome) for outcome in AttemptOutcome
    )
    tried = item(attempts=attempts)
    assert tried.tries == len(AttemptOutcome) - 2
    assert {one.outcome for one in attempts} - {one.outcome for one in tried.in_vain} == REACHED


def test_a_kind_for_every_reason() -> None:
    assert kind_for_call(Reason.MISSED) is WorkKind.MISSED
    assert kind_for_call(Reason.CALL_LIMIT) is WorkKind.MISSED
    assert kind_for_call(Reason.GAVE_UP_ON_HOLD) is WorkKind.LOST
    assert kind_for_call(Reason.MESSAGE_LEFT) is WorkKind.MESSAGE
    assert kind_for_appointment(Reason.OWNER_WAS_FIRST) is WorkKind.CONFLICT
    assert kind_for_appointment(Reason.OWNER_MOVED) is WorkKind.CONFLICT
    assert kind_for_appointment(Reason.NOT_TOLD_YET) is WorkKind.PUSH
    assert kind_for_appointment(Reason.CALENDAR_GONE) is WorkKind.PUSH
    assert not OWES_CALL & FOUND
    assert OWES_CALL < OF_OWNER


def test_only_a_note_may_wait_a_little() -> None:
    assert {kind for kind in WorkKind if due_of(kind, NOW) > NOW} == {WorkKind.NOTE}
