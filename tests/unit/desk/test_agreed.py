"""What is not agreed with a client is not offered, and the refusal says what is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from receptionist.errors import BadInput, NotAgreed, WrongFile
from receptionist.events import AppointmentBooked, WorkAdded
from receptionist.model.service import Service, ServiceKind
from receptionist.model.week import Outlook
from tests.unit.desk.conftest import Bench
from tests.unit.desk.test_agent import hangs_up, talks
from tests.unit.desk.test_errands import agree, refused
from tests.unit.desk.test_scripts import save

TEN = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
CALLS, DOCUMENTS = Service(kind=ServiceKind.CALLS), Service(kind=ServiceKind.DOCUMENTS)
SENTENCE = (
    "“Appointments” is not agreed with Malerbetrieb Muster."
    " Agreed are: Answering calls, Typing and documents."
)


@pytest.fixture
def agreed(bench: Bench) -> Bench:
    """The painter wants no appointments and no call-backs from us."""
    agree(bench, bench.painter, CALLS, DOCUMENTS)
    return bench


def outlook(bench: Bench, hold_id: UUID | None = None) -> Outlook:
    found: list[Outlook] = []
    bench.desk.booking.outlook(
        bench.painter.id,
        bench.painter.kinds[0].id,
        date(2027, 1, 11),
        hold_id=hold_id,
        then=found.append,
        failed=bench.fail,
    )
    bench.pump.until(lambda: found)
    return found[0]


def test_no_appointment_is_offered_held_or_booked(agreed: Bench) -> None:
    booking, painter = agreed.desk.booking, agreed.painter
    kind = painter.kinds[0].id
    asked: tuple[Callable[[], object], ...] = (
        lambda: booking.slots(painter.id, kind, then=agreed.fail),  # type: ignore[arg-type]
        lambda: booking.hold(client_id=painter.id, kind_id=kind, start=TEN),
        lambda: agreed.book(TEN),
    )
    for doing in asked:
        assert refused(doing, NotAgreed) == SENTENCE
    assert outlook(agreed).slots == ()


def test_what_is_agreed_again_is_booked_again(agreed: Bench) -> None:
    agree(agreed, agreed.painter, CALLS, Service(kind=ServiceKind.APPOINTMENTS, title="Besuche"))
    assert outlook(agreed).slots
    agreed.book(TEN)
    agreed.wait_for(AppointmentBooked)


def test_what_is_booked_already_can_be_moved_all_the_same(bench: Bench) -> None:
    bench.book(TEN)
    bench.wait_for(AppointmentBooked)
    (booked,) = [event.appointment for event in bench.seen(AppointmentBooked)]
    agree(bench, bench.painter, CALLS)
    assert outlook(bench).slots == ()
    assert outlook(bench, booked.id).slots


BOOKS = """format = 1
[[reason]]
key = "t"
title = "T"
[[reason.action]]
do = "book"
"""


def imported(bench: Bench, *services: Service) -> None:
    """The list of the painter as an office file says it, which asks nobody."""
    directory = bench.desk.directory.current
    clients = tuple(
        replace(one, services=services) if one.id == bench.painter.id else one
        for one in directory.clients
    )
    bench.desk._use(replace(directory, clients=clients))


def test_a_script_that_books_is_refused_where_it_does(agreed: Bench) -> None:
    painter = agreed.desk.directory.client(agreed.painter.id)
    assert painter is not None
    with pytest.raises(WrongFile) as caught:
        agreed.desk.scripts.check(painter, BOOKS)
    (fault,) = caught.value.faults
    assert (str(fault), fault.line) == (SENTENCE, 6)


def test_a_script_that_books_by_now_is_a_fault_and_books_nothing(bench: Bench) -> None:
    save(bench, BOOKS)
    assert bench.desk.scripts.faults(bench.painter) == ()
    imported(bench, CALLS, DOCUMENTS)
    painter = bench.desk.directory.client(bench.painter.id)
    assert painter is not None
    assert [str(one) for one in bench.desk.scripts.faults(painter)] == [SENTENCE]
    call_id = talks(bench)
    bench.desk.courses.choose(call_id, "t")
    assert refused(lambda: bench.desk.carriers.carry_out(call_id), NotAgreed) == SENTENCE


def test_call_backs_are_not_promised_and_who_is_missed_is_owed_one_all_the_same(
    agreed: Bench,
) -> None:
    due = agreed.clock.now() + timedelta(hours=1)
    call_id = talks(agreed)
    owing = agreed.desk.owing
    assert "“Call-backs” is not agreed" in refused(lambda: owing.promise(call_id, due), NotAgreed)
    hangs_up(agreed, call_id)
    assert agreed.seen(WorkAdded) == []
    hangs_up(agreed, agreed.rings())
    agreed.wait_for(WorkAdded)


def test_other_clients_are_not_touched(agreed: Bench) -> None:
    lawyer = agreed.lawyer
    agreed.desk.booking.book(
        client_id=lawyer.id, kind_id=lawyer.kinds[0].id, start=TEN, caller_name="Erika Muster"
    )
    agreed.wait_for(AppointmentBooked)


def test_an_agreed_list_is_checked_before_it_is_saved(bench: Bench) -> None:
    wrong = replace(bench.painter, services=(CALLS, CALLS))
    assert "stands here twice" in bench.desk.editing.faults(wrong)["services"]
    own = replace(bench.painter, services=(Service(kind=ServiceKind.OWN),))
    assert "empty" in bench.desk.editing.faults(own)["services"]


# ---- what is in use stays


def stays(bench: Bench, *services: Service) -> str:
    """What is wrong with this list for the painter."""
    painter = bench.desk.directory.client(bench.painter.id)
    assert painter is not None
    return bench.desk.editing.faults(replace(painter, services=services)).get("services", "")


def test_a_task_that_is_open_keeps_its_agreement(bench: Bench) -> None:
    research = Service(kind=ServiceKind.RESEARCH, title="Preise")
    agree(bench, bench.painter, CALLS, research)
    errand = bench.desk.errands.begin(bench.painter.id, ServiceKind.RESEARCH)
    assert stays(bench, CALLS) == (
        "“Research” is in use and stays. A task of it is open: finish it first."
    )
    assert stays(bench, CALLS, replace(research, title="Preisvergleiche")) == ""
    assert stays(bench) == "", "everything is agreed where there is no list"
    refusal: list[Exception] = []
    painter = bench.desk.directory.client(bench.painter.id)
    assert painter is not None
    bench.desk.editing.save_client(
        painter, replace(painter, services=(CALLS,)), (), bench.fail, refusal.append
    )
    (error,) = refusal
    assert isinstance(error, BadInput)
    assert (error.key, "is in use" in str(error)) == ("services", True)
    bench.desk.errands.finish(errand)
    assert stays(bench, CALLS) == ""


def test_a_task_of_own_words_is_known_by_them(bench: Bench) -> None:
    own = Service(kind=ServiceKind.OWN, title="Farben bestellen")
    agree(bench, bench.painter, CALLS, own, Service(kind=ServiceKind.OWN, title="Anderes"))
    bench.desk.errands.begin(bench.painter.id, ServiceKind.OWN, "farben  bestellen")
    assert "“Farben bestellen” is in use" in stays(bench, CALLS, replace(own, title="Anderes"))


def test_a_promised_call_back_and_a_script_that_books_keep_theirs(bench: Bench) -> None:
    appointments, backs = (
        Service(kind=ServiceKind.APPOINTMENTS),
        Service(kind=ServiceKind.CALL_BACKS),
    )
    agree(bench, bench.painter, CALLS, appointments, backs)
    assert stays(bench, CALLS) == ""
    call_id = talks(bench)
    bench.desk.owing.promise(call_id, bench.clock.now() + timedelta(hours=1))
    bench.wait_for(WorkAdded)
    assert "A call-back is promised" in stays(bench, CALLS, appointments)
    reason = '[[reason]]\nkey = "t"\ntitle = "Termin"\n[[reason.action]]\ndo = "book"\n'
    save(bench, f"format = 1\n{reason}")
    assert "in the call reason “Termin”: change the script" in stays(bench, CALLS, backs)
    assert stays(bench, CALLS, appointments, backs) == ""


def test_what_was_never_agreed_is_not_kept(bench: Bench) -> None:
    save(bench, BOOKS)
    imported(bench, CALLS)
    assert stays(bench, CALLS, DOCUMENTS) == ""
