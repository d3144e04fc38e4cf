"""Callers nobody answers: a clock that is set, and workers that note what they are told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from receptionist.events import (
    PhoneAnswered,
    PhoneAttended,
    PhoneCommandFailed,
    PhoneEnded,
    PhoneIncoming,
    PhoneMessage,
)
from receptionist.model.call import Cause
from receptionist.model.dialled import Called
from receptionist.model.unattended import CallPlan, Plan, Plans, Step, StepKind
from receptionist.phone import wire
from receptionist.phone.exchange.attendant import Attendant

CLIENT, LINE = UUID(int=1), UUID(int=2)
NUMBER, CALLER = "+493023125010", "+491713920010"


class Exchange:
    """Stands around the attendant: notes what goes out, and reports what workers would."""

    def __init__(self) -> None:
        self.now = 0.0
        self.sent: list[Any] = []
        self.told: list[Any] = []
        self.thrown_away: list[str] = []
        self.attendant = Attendant(
            self.sent.append, self.told.append, lambda: self.now, str, self.thrown_away.append
        )

    def plan(self, *steps: Step, ring_s: int = 10, absent: Plan | None = None, **more: str) -> None:
        present = Plan(ring_s=ring_s, steps=steps)
        one = CallPlan(
            client_id=CLIENT, numbers=(NUMBER,), present=present, absent=absent or Plan()
        )
        self.attendant.follow(Plans(plans=(one,), **more))

    def rings(self, dialled: str = NUMBER, caller: str = CALLER) -> UUID:
        call_id = uuid4()
        self.reports(
            PhoneIncoming(
                call_id=call_id,
                line_id=LINE,
                called=Called(to=f"sip:{dialled}@office.example"),
                caller_uri=f"sip:{caller}@office.example",
                caller_name="",
                at=datetime.now(UTC),
            )
        )
        return call_id

    def reports(self, report: Any) -> None:
        if not self.attendant.heard(report):
            self.told.append(report)

    def passes(self, seconds: float) -> None:
        self.now += seconds
        self.attendant.tick()

    def last(self, kind: type) -> Any:
        return [one for one in self.sent if isinstance(one, kind)][-1]

    def attends(self, call_id: UUID) -> None:
        """The worker has answered him without the headset."""
        asked = self.last(wire.Attend)
        assert asked.call_id == call_id
        self.reports(PhoneAttended(call_id=call_id, step=asked.step, place=asked.place))

    def played(self, call_id: UUID) -> None:
        self.reports(wire.PhonePlayed(call_id=call_id))

    def steps_told(self, call_id: UUID) -> list[tuple[StepKind, int]]:
        return [
            (one.step, one.place)
            for one in self.told
            if isinstance(one, PhoneAttended) and one.call_id == call_id
        ]


@pytest.fixture
def exchange() -> Exchange:
    return Exchange()


def test_it_rings_first_and_is_answered_after_its_time(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.ANNOUNCEMENT, sound="/hours.wav"))
    call_id = exchange.rings()
    exchange.passes(9.9)
    assert exchange.sent == []
    exchange.passes(0.2)
    assert exchange.sent == [wire.Attend(call_id=call_id, step=StepKind.ANNOUNCEMENT)]
    exchange.attends(call_id)
    assert exchange.sent[-1] == wire.Play(call_id=call_id, path="/hours.wav")
    assert exchange.steps_told(call_id) == [(StepKind.ANNOUNCEMENT, 0)]


def test_without_a_plan_it_rings_on(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.BUSY))
    exchange.rings(dialled="+493023125099")
    exchange.passes(3600)
    assert exchange.sent == []


def test_numbers_of_nobody_have_a_plan_of_their_own(exchange: Exchange) -> None:
    steps = (Step(kind=StepKind.BUSY),)
    nobody = CallPlan(client_id=None, numbers=(), present=Plan(steps=steps), absent=Plan())
    exchange.attendant.follow(Plans(plans=(nobody,)))
    call_id = exchange.rings(dialled="+493023125099")
    exchange.passes(0)
    assert exchange.sent == [wire.Decline(call_id=call_id, status=486)]


def test_after_an_announcement_the_next_step_comes(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.ANNOUNCEMENT), Step(kind=StepKind.QUEUE, sound="/m.wav"))
    call_id = exchange.rings()
    exchange.passes(10)
    exchange.attends(call_id)
    exchange.played(call_id)
    assert exchange.sent[-1] == wire.Play(call_id=call_id, path="/m.wav", loop=True)
    assert exchange.steps_told(call_id) == [(StepKind.ANNOUNCEMENT, 0), (StepKind.QUEUE, 1)]


def test_after_the_last_step_the_busy_tone_and_the_end(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.ANNOUNCEMENT))
    call_id = exchange.rings()
    exchange.passes(10)
    exchange.attends(call_id)
    exchange.played(call_id)
    assert exchange.sent[-1] == wire.Play(call_id=call_id, path="busy")
    exchange.played(call_id)
    assert exchange.sent[-1] == wire.HangUp(call_id=call_id)


def test_places_in_the_queue_move_up(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.QUEUE, seconds=300), ring_s=0)
    calls = []
    for _ in range(3):
        calls.append(exchange.rings())
        exchange.passes(1)
        exchange.attends(calls[-1])
    assert [exchange.steps_told(one) for one in calls] == [
        [(StepKind.QUEUE, 1)],
        [(StepKind.QUEUE, 2)],
        [(StepKind.QUEUE, 3)],
    ]
    exchange.attendant.obeyed(wire.Answer(call_id=calls[0]))
    assert exchange.steps_told(calls[1])[-1] == (StepKind.QUEUE, 1)
    assert exchange.steps_told(calls[2])[-1] == (StepKind.QUEUE, 2)
    exchange.reports(PhoneEnded(call_id=calls[1], cause=Cause.CALLER_HUNG_UP))
    assert exchange.steps_told(calls[2])[-1] == (StepKind.QUEUE, 1)


def test_a_queue_does_not_last_for_ever(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.QUEUE, seconds=30), ring_s=0)
    call_id = exchange.rings()
    exchange.passes(0)
    exchange.attends(call_id)
    exchange.passes(29)
    assert isinstance(exchange.sent[-1], wire.Play)
    exchange.passes(1)
    assert exchange.sent[-1] == wire.Play(call_id=call_id, path="busy")


def test_who_is_answered_is_left_alone_at_once(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.QUEUE, seconds=30), Step(kind=StepKind.BUSY), ring_s=0)
    call_id = exchange.rings()
    exchange.passes(0)
    exchange.attends(call_id)
    exchange.attendant.obeyed(wire.Answer(call_id=call_id))
    assert exchange.sent[-1] == wire.StopPlaying(call_id=call_id)
    exchange.reports(PhoneAnswered(call_id=call_id))
    exchange.passes(3600)
    assert exchange.sent[-1] == wire.StopPlaying(call_id=call_id)
    assert exchange.told[-1] == PhoneAnswered(call_id=call_id)


def test_who_is_answered_while_it_rings_hears_no_announcement(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.ANNOUNCEMENT))
    call_id = exchange.rings()
    exchange.attendant.obeyed(wire.Answer(call_id=call_id))
    exchange.passes(3600)
    assert exchange.sent == []


def test_a_message_is_left_after_greeting_and_beep(exchange: Exchange) -> None:
    exchange.plan(
        Step(kind=StepKind.VOICEMAIL, seconds=90, sound="/greet.wav"), directory="/v", key="K"
    )
    call_id = exchange.rings()
    exchange.passes(10)
    exchange.attends(call_id)
    exchange.played(call_id)
    assert exchange.sent[-1] == wire.Play(call_id=call_id, path="beep")
    exchange.played(call_id)
    record = exchange.last(wire.Record)
    assert (record.key, record.message, record.seconds) == ("K", True, 90)
    assert record.path.startswith("/v")
    message = PhoneMessage(call_id=call_id, path=record.path, seconds=12)
    exchange.reports(message)
    assert message in exchange.told
    assert exchange.sent[-1] == wire.Play(call_id=call_id, path="busy")


def test_less_than_a_second_is_no_message(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.VOICEMAIL), ring_s=0, directory="/v", key="K")
    call_id = exchange.rings()
    exchange.passes(0)
    exchange.attends(call_id)
    exchange.played(call_id)
    exchange.played(call_id)
    path = exchange.last(wire.Record).path
    exchange.reports(PhoneMessage(call_id=call_id, path=path, seconds=0))
    ended = PhoneEnded(call_id=call_id, cause=Cause.CALLER_HUNG_UP)
    exchange.reports(ended)
    exchange.reports(PhoneCommandFailed(call_id=call_id, command="play", detail="gone"))
    assert exchange.thrown_away == [path]
    assert exchange.told[-1] == ended


def test_without_a_key_nobody_is_asked_for_a_message(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.VOICEMAIL), Step(kind=StepKind.BUSY), directory="/v")
    call_id = exchange.rings()
    exchange.passes(10)
    assert exchange.sent == [wire.Decline(call_id=call_id, status=486)]


@pytest.mark.parametrize("command", ["redirect", "join", "play", "record"])
def test_what_the_desk_asked_for_in_vain_changes_nothing(exchange: Exchange, command: str) -> None:
    exchange.plan(Step(kind=StepKind.VOICEMAIL), ring_s=0, directory="/v", key="K")
    call_id = exchange.rings()
    exchange.passes(0)
    failed = PhoneCommandFailed(call_id=call_id, command=command, detail="it does not ring")
    exchange.reports(failed)
    assert exchange.told[-1] == failed
    exchange.attends(call_id)
    assert exchange.sent[-1] == wire.Play(call_id=call_id, path="greeting")
    assert exchange.attendant.step(call_id) is StepKind.VOICEMAIL


def test_what_the_desk_cannot_do_with_who_it_answered_is_told(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.QUEUE, seconds=30), ring_s=0)
    call_id = exchange.rings()
    exchange.passes(0)
    exchange.attends(call_id)
    exchange.attendant.obeyed(wire.Answer(call_id=call_id))
    exchange.reports(PhoneCommandFailed(call_id=call_id, command="stop_playing", detail=""))
    assert [one for one in exchange.told if isinstance(one, PhoneCommandFailed)] == []
    failed = PhoneCommandFailed(call_id=call_id, command="record", detail="disk full")
    exchange.reports(failed)
    assert exchange.told[-1] == failed


def test_nobody_there_means_the_other_plan_for_who_rings_too(exchange: Exchange) -> None:
    absent = Plan(ring_s=5, steps=(Step(kind=StepKind.BUSY),))
    exchange.plan(absent=absent)
    call_id = exchange.rings()
    exchange.passes(60)
    assert exchange.sent == []
    exchange.attendant.desk_is(False)
    exchange.passes(0)
    assert exchange.sent == [wire.Decline(call_id=call_id, status=486)]


def test_what_has_begun_goes_on_when_a_desk_comes(exchange: Exchange) -> None:
    absent = Plan(steps=(Step(kind=StepKind.ANNOUNCEMENT), Step(kind=StepKind.QUEUE)))
    exchange.plan(absent=absent)
    exchange.attendant.desk_is(False)
    call_id = exchange.rings()
    exchange.passes(0)
    exchange.attends(call_id)
    exchange.attendant.desk_is(True)
    exchange.played(call_id)
    assert exchange.attendant.step(call_id) is StepKind.QUEUE


def test_what_a_worker_cannot_do_is_passed_over(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.ANNOUNCEMENT), Step(kind=StepKind.QUEUE), ring_s=0)
    call_id = exchange.rings()
    exchange.passes(0)
    exchange.attends(call_id)
    exchange.reports(PhoneCommandFailed(call_id=call_id, command="play", detail="no such file"))
    assert exchange.attendant.step(call_id) is StepKind.QUEUE
    exchange.reports(PhoneCommandFailed(call_id=call_id, command="hold", detail="desk's own"))
    assert [type(one) for one in exchange.told] == [
        PhoneIncoming,
        PhoneAttended,
        PhoneAttended,
        PhoneCommandFailed,
    ]


def test_a_sound_that_never_ends_keeps_nobody(exchange: Exchange) -> None:
    exchange.plan(Step(kind=StepKind.ANNOUNCEMENT), ring_s=0)
    call_id = exchange.rings()
    exchange.passes(0)
    exchange.attends(call_id)
    exchange.passes(300)
    exchange.passes(300)
    assert exchange.sent[-1] == wire.HangUp(call_id=call_id)
