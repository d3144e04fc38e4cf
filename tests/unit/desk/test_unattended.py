"""Callers nobody answers: the phone always has the plans of this minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any
from uuid import uuid4

import pytest

from receptionist.credentials import MemoryCredentials
from receptionist.desk.unattended import NOBODY_THERE
from receptionist.errors import CredentialsError
from receptionist.events import (
    CallAttended,
    CallEnded,
    MessageLeft,
    PhoneAttended,
    PhoneEnded,
    PhoneMessage,
    PhoneTransferred,
    WorkAdded,
)
from receptionist.model.agent import BreakReason
from receptionist.model.call import Cause
from receptionist.model.office import OfficeHours
from receptionist.model.secret import SEAL_SECRET, Secret
from receptionist.model.unattended import (
    CallPlan,
    Occasion,
    Plan,
    Plans,
    Step,
    StepKind,
    UnattendedRule,
)
from receptionist.reasons import Reason
from tests.unit.desk.conftest import PAINTER_NUMBER, Bench

ANNOUNCEMENT = Step(kind=StepKind.ANNOUNCEMENT)
QUEUE = Step(kind=StepKind.QUEUE, seconds=120)
MOBILE = Step(kind=StepKind.FORWARD, seconds=20, target="+491713920002")
VOICEMAIL = Step(kind=StepKind.VOICEMAIL)
WEEKDAYS = tuple(OfficeHours(weekday=day, start=time(8), end=time(18)) for day in range(5))


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Secrets outlive the program."""
    monkeypatch.setattr(MemoryCredentials, "persistent", True)


def rule(*steps: Step, **more: Any) -> UnattendedRule:
    return UnattendedRule(steps=steps, **more)


def use(bench: Bench, *, office: dict[str, Any] | None = None, **painter: Any) -> None:
    """Save what the office and the painter say."""
    done: list[object] = []
    directory = bench.directory
    if office:
        bench.desk.editing.save_office(
            directory,
            replace(directory.office, **office),
            directory.receptionist,
            done.append,
            bench.fail,
        )
        bench.pump.until(lambda: done)
    done.clear()
    if painter:
        old = bench.painter
        calendars = tuple(one for one in bench.directory.calendars if one.client_id == old.id)
        new = replace(old, **painter)
        bench.desk.editing.save_client(old, new, calendars, done.append, bench.fail)
        bench.pump.until(lambda: done)


def plans(bench: Bench) -> Plans:
    assert bench.phone.service.plans is not None
    return bench.phone.service.plans


def plan(bench: Bench, number: str = PAINTER_NUMBER) -> CallPlan:
    """The plan that the phone follows for a dialled number."""
    every = plans(bench).plans
    return next((one for one in every if number in one.numbers), every[0])


def is_at(bench: Bench, day: int, hour: int, minute: int = 0) -> None:
    """Move on to an instant in UTC, in January."""
    goal = datetime(2027, 1, day, hour, minute, tzinfo=UTC)
    bench.clock.move((goal - bench.clock.now()).total_seconds() - 60)
    bench.pump.advance(60)


def test_without_rules_it_rings_on_and_callers_are_told_when_nobody_is_there(bench: Bench) -> None:
    bench.pump.until(lambda: bench.phone.service.plans)
    (usual,) = plans(bench).plans
    assert usual.client_id is None
    assert usual.present == Plan()
    assert usual.absent == NOBODY_THERE == Plan(ring_s=0, steps=(ANNOUNCEMENT,))
    assert plans(bench).key == ""


def test_what_is_saved_counts_at_once_and_only_for_that_client(bench: Bench) -> None:
    use(bench, rules=(rule(QUEUE, MOBILE, ring_s=15),))
    mine = plan(bench)
    assert (mine.client_id, mine.numbers) == (bench.painter.id, bench.painter.dialled)
    assert mine.present == Plan(ring_s=15, steps=(QUEUE, MOBILE))
    assert [one.client_id for one in plans(bench).plans] == [None, bench.painter.id]


def test_a_client_without_a_plan_of_his_own_is_known_by_his_numbers(bench: Bench) -> None:
    """Else a call that was forwarded by him would follow the plan of whom it was forwarded to."""
    use(bench, rules=(rule(VOICEMAIL),))
    usual = next(one for one in plans(bench).plans if one.client_id is None)
    others = [one for one in bench.desk.directory.clients if PAINTER_NUMBER not in one.dialled]
    assert others
    assert {number for one in others for number in one.dialled} <= set(usual.numbers)
    assert PAINTER_NUMBER not in usual.numbers


def test_while_nobody_is_there_nobody_waits_for_an_answer(bench: Bench) -> None:
    use(bench, rules=(rule(QUEUE, MOBILE, ring_s=15),))
    assert plan(bench).absent == Plan(ring_s=0, steps=(MOBILE,))
    use(bench, rules=(rule(QUEUE, ring_s=15),))
    assert plan(bench).absent == NOBODY_THERE


def test_a_break_changes_the_plans_and_its_end_takes_them_back(bench: Bench) -> None:
    use(bench, rules=(rule(MOBILE, occasion=Occasion.BREAK, ring_s=5),))
    assert plan(bench).present == Plan()
    bench.desk.agent.take_break(BreakReason.LUNCH)
    assert plan(bench).present == Plan(ring_s=5, steps=(MOBILE,))
    bench.desk.agent.ready()
    assert plan(bench).present == Plan()


def test_the_office_closes_to_the_minute(bench: Bench) -> None:
    quiet = rule(ANNOUNCEMENT, occasion=Occasion.CLOSED, ring_s=0)
    use(bench, office={"hours": WEEKDAYS, "rules": (quiet,)})
    assert plan(bench).present == Plan()
    is_at(bench, 11, 16, 59)
    assert plan(bench).present == Plan()
    is_at(bench, 11, 17, 0)
    assert plan(bench).present == Plan(ring_s=0, steps=(ANNOUNCEMENT,))
    is_at(bench, 12, 6, 59)
    assert plan(bench).present.steps
    is_at(bench, 12, 7, 0)
    assert plan(bench).present == Plan()


def test_a_public_holiday_closes_the_office_and_says_more_where_there_is_a_rule(
    bench: Bench,
) -> None:
    """Epiphany is kept in Bavaria and not in Berlin."""
    bench.clock.move((datetime(2028, 1, 6, 9, tzinfo=UTC) - bench.clock.now()).total_seconds())
    closed = rule(ANNOUNCEMENT, occasion=Occasion.CLOSED, ring_s=0)
    holiday = rule(MOBILE, occasion=Occasion.HOLIDAY, ring_s=0)
    use(bench, office={"hours": WEEKDAYS, "holidays": "DE-BE", "rules": (closed, holiday)})
    assert plan(bench).present == Plan()
    use(bench, holidays="DE-BY")
    assert plan(bench).present == Plan(steps=(MOBILE,))
    use(bench, office={"holidays": "DE-BY", "rules": (closed,)})
    assert plan(bench).present == Plan(steps=(ANNOUNCEMENT,))


def test_his_own_rules_come_before_the_offices(bench: Bench) -> None:
    use(bench, office={"rules": (rule(ANNOUNCEMENT, start=time(8), end=time(10)),)})
    assert plan(bench).present.steps == (ANNOUNCEMENT,)
    use(bench, rules=(rule(MOBILE),))
    assert plan(bench).present.steps == (MOBILE,)
    use(bench, rules=(rule(MOBILE, start=time(20), end=time(21)),))
    assert plan(bench).present.steps == (ANNOUNCEMENT,)


def test_rules_go_by_the_clients_clock(bench: Bench) -> None:
    """Nine in Berlin is eight in Lisbon."""
    early = rule(MOBILE, start=time(8), end=time(9))
    use(bench, rules=(early,))
    assert plan(bench).present == Plan()
    use(bench, zone="Europe/Lisbon")
    assert plan(bench).present.steps == (MOBILE,)


def test_sounds_are_given_as_files_and_missing_ones_as_the_usual(bench: Bench) -> None:
    sound = bench.data / "sounds" / "zu.wav"
    sound.parent.mkdir()
    sound.write_bytes(b"RIFF")
    steps = (replace(ANNOUNCEMENT, sound="zu.wav"), replace(QUEUE, sound="weg.wav"))
    use(bench, rules=(rule(*steps),))
    assert [step.sound for step in plan(bench).present.steps] == [str(sound), ""]


def test_the_same_plans_are_told_once_but_to_each_engine(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(bench, rules=(rule(MOBILE),))
    told: list[Plans] = []
    monkeypatch.setattr(bench.phone.service, "plan", told.append)
    is_at(bench, 11, 10)
    assert told == []
    bench.phone.outside.kills_the_engine()
    bench.pump.until(lambda: told)
    assert len(told) == 1


def test_many_clients_fit_into_one_message(bench: Bench) -> None:
    """Only those who differ are told, and all may."""
    from receptionist.phone.wire import COMMANDS, decode, encode

    clients = tuple(
        replace(
            bench.painter,
            id=uuid4(),
            key=f"c{number}",
            dialled=(f"+4930231250{number:04}",),
            rules=(rule(ANNOUNCEMENT, QUEUE, MOBILE, VOICEMAIL, ring_s=number % 60),),
        )
        for number in range(1000)
    )
    bench.desk._use(replace(bench.directory, clients=clients))
    assert decode(encode(plans(bench)), COMMANDS) == plans(bench)
    bench.desk._use(
        replace(bench.directory, clients=tuple(replace(one, rules=()) for one in clients))
    )
    assert len(plans(bench).plans) == 1


# ---- messages


@pytest.mark.usefixtures("kept")
def test_a_key_is_made_when_messages_are_taken_and_found_again(bench: Bench) -> None:
    assert plans(bench).key == ""
    use(bench, rules=(rule(VOICEMAIL),))
    bench.pump.until(lambda: plans(bench).key)
    assert plans(bench).directory == str(bench.data / "voices" / "message")
    key = plans(bench).key
    assert bench.credentials.secret(SEAL_SECRET).reveal().startswith(key + " ")
    bench.desk.stop()
    bench.start()
    bench.pump.until(lambda: plans(bench).key)
    assert plans(bench).key == key


def test_without_a_keyring_nobody_is_asked_for_a_message(bench: Bench) -> None:
    """What is kept with a key that is gone tomorrow could never be heard."""
    use(bench, rules=(rule(VOICEMAIL),))
    bench.pump.until(lambda: bench.desk.unattended.trouble)
    assert plans(bench).key == ""
    with pytest.raises(CredentialsError):
        bench.credentials.secret(SEAL_SECRET)


@pytest.mark.usefixtures("kept")
def test_a_locked_keyring_makes_no_second_key(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_self: object, _secret_id: object) -> Secret:
        raise CredentialsError("locked")

    bench.credentials.keep(SEAL_SECRET, Secret("public private"))
    with monkeypatch.context() as patched:
        patched.setattr(MemoryCredentials, "secret", locked)
        use(bench, rules=(rule(VOICEMAIL),))
        bench.pump.until(lambda: bench.desk.unattended.trouble == "locked")
    assert plans(bench).key == ""
    assert bench.credentials.secret(SEAL_SECRET).reveal() == "public private"
    bench.phone.outside.kills_the_engine()
    bench.pump.until(lambda: plans(bench).key == "public")


def test_what_the_phone_does_is_told_and_stands_in_the_journal(bench: Bench) -> None:
    call_id = bench.rings()
    bench.phone.tell(PhoneAttended(call_id=call_id, step=StepKind.QUEUE, place=2))
    bench.wait_for(CallAttended)
    (told,) = bench.seen(CallAttended)
    assert (told.step, told.place, told.client) == (StepKind.QUEUE, 2, bench.painter)
    assert bench.desk.switchboard.call(call_id).place == 2
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(CallEnded)
    assert journal(bench)[0].step is StepKind.QUEUE
    assert [one.reason for one in call_backs(bench)] == [Reason.MISSED]


def test_who_was_forwarded_and_answered_there_is_not_owed_a_call(bench: Bench) -> None:
    use(bench, rules=(rule(MOBILE),))
    call_id = bench.rings()
    bench.phone.tell(PhoneAttended(call_id=call_id, step=StepKind.FORWARD))
    bench.phone.tell(PhoneTransferred(call_id=call_id, target=MOBILE.target))
    bench.phone.tell(PhoneEnded(call_id=call_id, cause=Cause.WE_HUNG_UP))
    bench.wait_for(CallEnded)
    over = bench.seen(CallEnded)[0].call
    assert (over.cause, over.connected_to) == (Cause.TRANSFERRED, MOBILE.target)
    assert call_backs(bench) == []
    assert journal(bench)[0].step is StepKind.FORWARD


def test_who_was_forwarded_in_vain_is_owed_a_call(bench: Bench) -> None:
    use(bench, rules=(rule(MOBILE),))
    call_id = bench.rings()
    bench.phone.tell(PhoneAttended(call_id=call_id, step=StepKind.FORWARD))
    bench.phone.tell(PhoneEnded(call_id=call_id, cause=Cause.CALLER_HUNG_UP))
    bench.wait_for(CallEnded)
    assert [one.reason for one in call_backs(bench)] == [Reason.MISSED]


@pytest.mark.parametrize("early", [True, False])
def test_a_message_is_owed_a_call_whichever_is_told_first(bench: Bench, early: bool) -> None:
    call_id = bench.rings()
    left = PhoneMessage(call_id=call_id, path="/somewhere/a.sealed", seconds=7)
    if early:
        bench.phone.tell(left)
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(CallEnded)
    if not early:
        bench.phone.tell(left)
    bench.wait_for(MessageLeft)
    (told,) = bench.seen(MessageLeft)
    assert (told.message.file, told.message.seconds) == ("a.sealed", 7)
    assert told.message.client_id == bench.painter.id
    assert (told.message.expires - told.message.at).days == bench.painter.keep_days
    assert call_backs(bench) == [told.item]
    assert told.item.reason == Reason.MESSAGE_LEFT
    assert bench.seen(WorkAdded)[-1].item == told.item


def test_a_message_of_somebody_without_a_number_is_on_the_list(bench: Bench) -> None:
    call_id = bench.rings(caller="anonymous")
    bench.phone.tell(PhoneMessage(call_id=call_id, path="/a.sealed", seconds=7))
    bench.wait_for(MessageLeft)
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(CallEnded)
    (owed,) = call_backs(bench)
    assert (owed.number, owed.reason, owed.call_id) == ("", Reason.MESSAGE_LEFT, call_id)


def test_who_hangs_up_at_the_tone_was_missed(bench: Bench) -> None:
    call_id = bench.rings()
    bench.phone.tell(PhoneMessage(call_id=call_id, path="/a.sealed", seconds=0))
    bench.phone.outside.hangs_up(call_id)
    bench.wait_for(CallEnded)
    assert [one.reason for one in call_backs(bench)] == [Reason.MISSED]
    assert bench.seen(MessageLeft) == []


def journal(bench: Bench) -> list[Any]:
    found: list[Any] = []
    bench.desk.journal.today(found.append)
    bench.pump.until(lambda: found)
    return list(found[0])


def call_backs(bench: Bench) -> list[Any]:
    found: list[Any] = []
    bench.desk.work.read(found.append)
    bench.pump.until(lambda: found)
    return list(found[0])
