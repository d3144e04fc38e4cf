"""Errands: one timer at a time, which calls and breaks pause, and what a crash leaves of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from receptionist.errors import BadInput, NotAgreed, NotFound
from receptionist.events import CallChanged, ErrandChanged, ErrandWaits, StoreFailed
from receptionist.model.agent import AgentState, BreakReason
from receptionist.model.client import Client
from receptionist.model.errand import Errand, ErrandState, StretchEnd
from receptionist.model.service import Service, ServiceKind
from tests.unit.desk.conftest import LAWYER_NUMBER, Bench
from tests.unit.desk.test_agent import hangs_up, state, talks

RESEARCH = ServiceKind.RESEARCH


def begun(bench: Bench, text: str = "", call_id: UUID | None = None) -> UUID:
    return bench.desk.errands.begin(bench.painter.id, RESEARCH, text=text, call_id=call_id)


def of(bench: Bench, errand_id: UUID) -> Errand:
    return bench.desk.errands.get(errand_id)


def stored(bench: Bench) -> tuple[Errand, ...]:
    """The open errands as the database has them."""
    found: list[tuple[Errand, ...]] = []
    bench.desk._ground.memory.submit(
        lambda store: store.services.open_errands(), then=found.append, failed=bench.fail
    )
    bench.pump.until(lambda: found)
    return found[0]


def agree(bench: Bench, client: Client, *services: Service) -> None:
    """Agree a list with a client."""
    calendars = tuple(o for o in bench.directory.calendars if o.client_id == client.id)
    done: list[object] = []
    bench.desk.editing.save_client(
        client, replace(client, services=services), calendars, done.append, bench.fail
    )
    bench.pump.until(lambda: done)


def refused(doing: Callable[[], object], kind: type[Exception] = BadInput) -> str:
    with pytest.raises(kind) as caught:
        doing()
    return str(caught.value)


# ---- by hand


def test_the_timer_runs_stands_still_goes_on_and_is_over(bench: Bench) -> None:
    errands = bench.desk.errands
    one = begun(bench, " Preise vergleichen\n")
    assert (of(bench, one).state, of(bench, one).text) == (
        ErrandState.RUNNING,
        "Preise vergleichen",
    )
    bench.pump.advance(25)
    assert errands.worked_s(one) == 25
    errands.pause()
    bench.pump.advance(100)
    assert (errands.running, errands.worked_s(one)) == (None, 25)
    errands.resume(one)
    bench.pump.advance(5.5)
    errands.finish(one, "Drei gefunden")
    assert errands.all == ()
    (told,) = [e.errand for e in bench.seen(ErrandChanged) if e.errand.finished]
    assert (told.worked_s, told.result) == (30.5, "Drei gefunden")
    assert [stretch.seconds for stretch in told.stretches] == [25, 5.5]
    assert stored(bench) == ()


def test_one_runs_at_a_time(bench: Bench) -> None:
    one, errands = begun(bench), bench.desk.errands
    bench.pump.advance(10)
    two = errands.begin(bench.lawyer.id, ServiceKind.DOCUMENTS)
    assert of(bench, one).why is StretchEnd.OTHER
    assert "another task has begun" in bench.seen(ErrandChanged)[1].message
    bench.pump.advance(7)
    errands.resume(one)
    assert errands.running == of(bench, one)
    assert (of(bench, two).state, errands.worked_s(two)) == (ErrandState.PAUSED, 7)
    assert errands.all == (of(bench, one), of(bench, two))
    errands.resume(one)
    assert len(of(bench, one).stretches) == 2


def test_what_cannot_be_done_says_why(bench: Bench) -> None:
    errands = bench.desk.errands
    assert refused(errands.pause) == "No task is running."
    one = begun(bench)
    errands.finish(one)
    for doing in (errands.resume, errands.finish, errands.discard, errands.confirm):
        assert "not open any more" in refused(lambda do=doing: do(one), NotFound)  # type: ignore[misc]
    two = begun(bench)
    assert "nothing to confirm" in refused(lambda: errands.confirm(two))
    gone = UUID(int=1)
    refused(lambda: errands.begin(gone, RESEARCH), NotFound)
    for kind in (ServiceKind.CALLS, ServiceKind.CALL_BACKS):
        refused(lambda kind=kind: errands.begin(bench.painter.id, kind))  # type: ignore[misc]
    assert "empty" in refused(lambda: errands.begin(bench.painter.id, ServiceKind.OWN))
    assert "too long" in refused(lambda: errands.type(two, result="x" * 20_001))


def test_what_was_begun_by_mistake_is_gone(bench: Bench) -> None:
    one = begun(bench)
    bench.pump.advance(9)
    bench.desk.errands.discard(one)
    assert (bench.desk.errands.all, bench.desk.errands.running, stored(bench)) == ((), None, ())
    assert bench.seen(ErrandChanged)[-1].errand.removed is not None


def test_what_is_typed_is_written_within_two_seconds(bench: Bench) -> None:
    one = begun(bench)
    bench.desk.errands.type(one, text="Zehn Adressen")
    bench.desk.errands.type(one, result="Drei")
    bench.pump.advance(1.9)
    assert [(o.text, o.result) for o in stored(bench)] == [("Zehn Adressen", "Drei")]
    bench.events.clear()
    bench.desk.errands.type(one, result="Drei")
    assert bench.seen(ErrandChanged) == []


# ---- what is agreed


def test_what_is_not_agreed_is_refused_with_what_is(bench: Bench) -> None:
    agree(
        bench,
        bench.painter,
        Service(kind=ServiceKind.CALLS),
        Service(kind=ServiceKind.DOCUMENTS, title="Angebote tippen"),
        Service(kind=ServiceKind.OWN, title="Farben bestellen"),
    )
    errands, painter = bench.desk.errands, bench.painter.id
    said = refused(lambda: begun(bench), NotAgreed)
    assert said == (
        "“Research” is not agreed with Malerbetrieb Muster."
        " Agreed are: Answering calls, Angebote tippen, Farben bestellen."
    )
    refused(lambda: errands.begin(painter, ServiceKind.OWN, "Rezepte"), NotAgreed)
    one = errands.begin(painter, ServiceKind.DOCUMENTS)
    two = errands.begin(painter, ServiceKind.OWN, " farben  Bestellen")
    assert [of(bench, o).service.name for o in (one, two)] == [
        "Angebote tippen",
        "Farben bestellen",
    ]
    services = bench.desk.services
    assert [o.kind for o in services.timed(painter)] == [ServiceKind.DOCUMENTS, ServiceKind.OWN]
    assert services.is_agreed(painter, ServiceKind.CALLS)
    assert "Agreed are" in services.refusal(painter, ServiceKind.APPOINTMENTS)
    assert services.refusal(painter, ServiceKind.CALLS) == ""


def test_without_a_list_everything_is_agreed(bench: Bench) -> None:
    services, lawyer = bench.desk.services, bench.lawyer.id
    assert all(services.is_agreed(lawyer, kind) for kind in ServiceKind)
    assert len(services.offered(lawyer)) == len(ServiceKind) - 1
    one = bench.desk.errands.begin(lawyer, ServiceKind.OWN, "Akten ordnen")
    assert of(bench, one).service.name == "Akten ordnen"


# ---- calls, wrap-up and breaks


def test_an_answered_call_pauses_it_and_it_goes_on_by_hand(bench: Bench) -> None:
    one = begun(bench)
    bench.pump.advance(30)
    ringing = bench.rings(LAWYER_NUMBER)
    bench.pump.advance(4)
    assert bench.desk.errands.running is not None
    bench.phone.outside.hangs_up(ringing)
    bench.pump.until(lambda: bench.desk.switchboard.call(ringing).ended)
    bench.events.clear()
    call_id = talks(bench)
    (told,) = bench.seen(ErrandChanged)
    assert (told.errand.why, told.errand.worked_s) == (StretchEnd.CALL, 34)
    assert "somebody is on the line" in told.message
    assert "on the line" in refused(lambda: bench.desk.errands.resume(one))
    bench.pump.advance(60)
    bench.desk.switchboard.hold(call_id)
    bench.wait_for(CallChanged)
    hangs_up(bench, call_id)
    assert (state(bench), bench.seen(ErrandWaits)) == (AgentState.WRAP_UP, [])
    bench.pump.advance(31)
    (waits,) = bench.seen(ErrandWaits)
    assert (waits.errand.id, waits.errand.worked_s) == (one, 34)
    assert "still paused" in waits.message
    assert bench.desk.errands.running is None
    bench.desk.errands.resume(one)
    bench.pump.advance(6)
    assert bench.desk.errands.worked_s(one) == 40


def test_resuming_ends_the_wrap_up_and_asks_no_more(bench: Bench) -> None:
    one = begun(bench)
    hangs_up(bench, talks(bench))
    assert state(bench) is AgentState.WRAP_UP
    bench.desk.errands.resume(one)
    assert state(bench) is AgentState.READY
    bench.pump.advance(60)
    assert bench.seen(ErrandWaits) == []
    assert of(bench, one).state is ErrandState.RUNNING


def test_without_wrap_up_it_is_asked_for_at_once(bench: Bench) -> None:
    bench.desk.agent.wrap_up_s = 0
    one = begun(bench)
    hangs_up(bench, talks(bench))
    assert [told.errand.id for told in bench.seen(ErrandWaits)] == [one]


def test_what_was_finished_during_the_call_is_not_asked_for(bench: Bench) -> None:
    one = begun(bench)
    call_id = talks(bench)
    bench.desk.errands.finish(one)
    hangs_up(bench, call_id)
    bench.pump.advance(60)
    assert bench.seen(ErrandWaits) == []


def test_a_break_pauses_it(bench: Bench) -> None:
    one = begun(bench)
    bench.pump.advance(12)
    bench.desk.agent.take_break(BreakReason.LUNCH)
    assert (of(bench, one).why, of(bench, one).worked_s) == (StretchEnd.BREAK, 12)
    bench.pump.advance(1800)
    bench.desk.agent.ready()
    assert [told.errand.id for told in bench.seen(ErrandWaits)] == [one]
    assert bench.desk.errands.worked_s(one) == 12


def test_who_works_during_a_break_may(bench: Bench) -> None:
    bench.desk.agent.take_break(BreakReason.MEETING)
    one = begun(bench)
    bench.pump.advance(10)
    assert bench.desk.errands.worked_s(one) == 10
    assert state(bench) is AgentState.BREAK


def test_what_comes_out_of_a_call_is_noted_and_begun_afterwards(bench: Bench) -> None:
    call_id = talks(bench)
    bench.events.clear()
    one = begun(bench, "Muster zusenden", call_id=call_id)
    (told,) = bench.seen(ErrandChanged)
    assert "is noted" in told.message
    assert (of(bench, one).state, of(bench, one).stretches) == (ErrandState.PAUSED, ())
    hangs_up(bench, call_id)
    bench.pump.advance(31)
    assert [told.errand.id for told in bench.seen(ErrandWaits)] == [one]
    bench.desk.errands.resume(one)
    bench.pump.advance(3)
    assert (bench.desk.errands.worked_s(one), of(bench, one).call_id) == (3, call_id)


def test_it_belongs_to_the_client_of_its_call(bench: Bench) -> None:
    call_id = talks(bench)
    said = refused(lambda: bench.desk.errands.begin(bench.lawyer.id, RESEARCH, call_id=call_id))
    assert said == "This call is for another client."
    refused(lambda: begun(bench, call_id=UUID(int=1)), NotFound)
    one = begun(bench, call_id=call_id)
    bench.desk.switchboard.assign(call_id, bench.lawyer.id)
    assert of(bench, one).client_id == bench.lawyer.id
    assert bench.seen(ErrandChanged)[-1].errand.client_id == bench.lawyer.id
    bench.pump.advance(2)
    assert [found.client_id for found in stored(bench)] == [bench.lawyer.id]


# ---- ends that nobody wanted


def test_the_end_of_the_program_pauses_it(bench: Bench) -> None:
    one = begun(bench)
    bench.pump.advance(42)
    bench.desk.errands.type(one, result="halb fertig")
    bench.desk.stop()
    bench.start()
    bench.wait_for(ErrandChanged)
    found = of(bench, one)
    assert (found.state, found.why) == (ErrandState.PAUSED, StretchEnd.LEFT)
    assert (found.worked_s, found.result) == (42, "halb fertig")
    assert bench.seen(ErrandChanged)[0].message == ""


def crash(bench: Bench) -> None:
    """End as `kill -9` does: nothing more is written."""
    bench.desk._ground.memory.close()
    bench.clock.move(600)
    bench.start()
    bench.wait_for(ErrandChanged)


def test_after_a_crash_it_counts_up_to_the_last_sign_of_life(bench: Bench) -> None:
    one = begun(bench)
    bench.pump.advance(47)
    assert stored(bench)[0].worked_s == 40
    crash(bench)
    found = of(bench, one)
    assert (found.state, found.worked_s) == (ErrandState.INTERRUPTED, 40)
    assert bench.desk.errands.running is None
    message = bench.seen(ErrandChanged)[0].message
    assert "was interrupted at" in message
    assert "after 1 minute." in message
    for doing in (bench.desk.errands.resume, bench.desk.errands.finish):
        assert "Say first how long" in refused(lambda do=doing: do(one))  # type: ignore[misc]
    bench.desk.errands.confirm(one)
    assert (of(bench, one).why, of(bench, one).worked_s) == (StretchEnd.CONFIRMED, 40)
    bench.desk.errands.resume(one)
    bench.pump.advance(5)
    bench.desk.errands.finish(one, "fertig")
    assert bench.seen(ErrandChanged)[-1].errand.worked_s == 45


def test_a_person_may_say_how_long_it_was(bench: Bench) -> None:
    one = begun(bench)
    bench.pump.advance(47)
    stored(bench)
    crash(bench)
    confirm = bench.desk.errands.confirm
    for seconds in (-1.0, 648.0):
        assert "So much time" in refused(lambda s=seconds: confirm(one, s))  # type: ignore[misc]
    confirm(one, 300)
    assert of(bench, one).worked_s == 300
    bench.pump.advance(2)
    assert [found.worked_s for found in stored(bench)] == [300]


def test_a_computer_that_slept_has_not_worked(bench: Bench) -> None:
    one = begun(bench)
    bench.pump.advance(25)
    bench.clock.move(3600)
    bench.pump.advance(10)
    found = of(bench, one)
    assert (found.state, found.worked_s) == (ErrandState.INTERRUPTED, 20)
    assert "was interrupted" in bench.seen(ErrandChanged)[-1].message


def test_finishing_after_a_sleep_asks_first(bench: Bench) -> None:
    one = begun(bench)
    bench.pump.advance(25)
    bench.clock.move(3600)
    assert "Say first how long" in refused(lambda: bench.desk.errands.finish(one, "fertig"))
    assert of(bench, one).state is ErrandState.INTERRUPTED
    bench.desk.errands.confirm(one, 60)
    bench.desk.errands.finish(one)
    told = bench.seen(ErrandChanged)[-1].errand
    assert (told.result, told.worked_s, told.finished) == ("fertig", 60, bench.clock.now())


@pytest.mark.usefixtures("errors_expected")
def test_what_the_database_refuses_is_written_later(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*values: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr("receptionist.store.services.SqlServices.record", full)
        one = begun(bench)
        bench.wait_for(StoreFailed)
        bench.pump.advance(2)
        bench.desk.errands.pause()
        bench.wait_for(StoreFailed, 2)
    bench.pump.advance(6)
    assert [(found.id, found.worked_s) for found in stored(bench)] == [(one, 2)]


def test_reading_again_changes_nothing(bench: Bench) -> None:
    one = begun(bench)
    bench.pump.advance(3)
    bench.events.clear()
    done: list[bool] = []
    bench.desk.errands.open(lambda: done.append(True), bench.fail)
    bench.pump.until(lambda: done)
    assert (bench.seen(ErrandChanged), bench.desk.errands.running) == ([], of(bench, one))
    assert [found.state for found in stored(bench)] == [ErrandState.RUNNING]
