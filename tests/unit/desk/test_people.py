"""Contacts, rotas, knowledge and callers at the desk: in memory, and told when they change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar
from uuid import uuid4

import pytest

from receptionist.errors import BadInput, NotFound, StaleRow
from receptionist.events import (
    CallersChanged,
    CallIncoming,
    DirectoryChanged,
    KnowledgeChanged,
    ReachChanged,
)
from receptionist.model.callers import KnownCaller
from receptionist.model.contact import Contact, ContactNumber, Standing, StandingReach
from receptionist.model.knowledge import Knowledge
from receptionist.model.reach import Why
from receptionist.model.rota import OnCallRota, Shift
from tests.unit.desk.conftest import LAWYER_NUMBER, PAINTER_NUMBER, Bench
from tests.unit.desk.test_booking import refreshed

T = TypeVar("T")
HOUR = timedelta(hours=1)


def answer(bench: Bench, ask: Callable[..., object], *values: Any) -> Any:
    """What `ask` gives to `then`; what it gives to `failed` is raised."""
    found: list[Any] = []
    ask(*values, lambda *told: found.append(told[0] if told else None), found.append)
    bench.pump.until(lambda: found)
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]


def painter_contact(bench: Bench, name: str = "Anna Muster", **more: object) -> Contact:
    made = Contact(
        id=uuid4(),
        client_id=bench.painter.id,
        key="",
        name=name,
        numbers=(ContactNumber(number="+493023125001"),),
    )
    return answer(bench, bench.desk.people.contacts.save, None, replace(made, **more))


def night(bench: Bench, *keys: str, fallbacks: tuple[str, ...] = ()) -> OnCallRota:
    wanted = OnCallRota(
        id=uuid4(),
        client_id=bench.painter.id,
        key="",
        name="Nachtdienst",
        shifts=(Shift(contacts=keys),),
        fallbacks=fallbacks,
    )
    return answer(bench, bench.desk.people.rotas.save, None, wanted)


def owner_event(bench: Bench, title: str) -> None:
    """In the owner's calendar, for two hours from now on."""
    start = bench.clock.now()
    bench.server.put(
        f"{bench.server.home}painter/{title}.ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//owner//EN\r\nBEGIN:VEVENT\r\n"
        f"UID:{title}\r\nSUMMARY:{title}\r\nDTSTAMP:{start:%Y%m%dT%H%M%SZ}\r\n"
        f"DTSTART:{start:%Y%m%dT%H%M%SZ}\r\nDTEND:{start + 2 * HOUR:%Y%m%dT%H%M%SZ}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
    )


def test_a_new_contact_gets_a_key_and_is_told(bench: Bench) -> None:
    bench.events.clear()
    one = painter_contact(bench)
    assert one.key == "anna-muster"
    assert bench.seen(DirectoryChanged)
    contacts = bench.desk.people.contacts
    assert contacts.of(bench.painter.id) == (one,)
    assert contacts.of(bench.lawyer.id) == ()
    assert painter_contact(bench).key == "anna-muster-2"
    with pytest.raises(NotFound, match="anna-muster, anna-muster-2"):
        contacts.get(bench.painter.id, "bernd")


def test_what_is_wrong_is_refused_by_its_field(bench: Bench) -> None:
    for more, field in (
        ({"name": " "}, "name"),
        ({"numbers": (ContactNumber(number="Zentrale"),)}, "numbers"),
        ({"email": "anna"}, "email"),
        ({"staff": "niemand"}, "staff"),
    ):
        with pytest.raises(BadInput) as told:
            painter_contact(bench, **more)
        assert told.value.key == field


def test_what_somebody_else_changed_is_not_overwritten(bench: Bench) -> None:
    one = painter_contact(bench)
    save = bench.desk.people.contacts.save
    answer(bench, save, one, replace(one, role="Inhaberin"))
    with pytest.raises(StaleRow):
        answer(bench, save, one, replace(one, role="Chefin"))
    assert bench.desk.people.contacts.of(one.client_id)[0].role == "Inhaberin"


def test_who_is_needed_stays(bench: Bench) -> None:
    one, contacts = painter_contact(bench), bench.desk.people.contacts
    rota = night(bench, one.key)
    with pytest.raises(BadInput, match="needed by the on-call rota “Nachtdienst”"):
        answer(bench, contacts.remove, one)
    answer(bench, bench.desk.people.rotas.remove, rota)
    waiting = ["the call-back for Max Muster"]
    contacts.used_by(lambda contact: waiting if contact == one else ())
    with pytest.raises(BadInput, match="needed by the call-back for Max Muster"):
        answer(bench, contacts.remove, one)
    waiting.clear()
    answer(bench, contacts.remove, one)
    assert contacts.of(bench.painter.id) == ()


def test_not_before_three(bench: Bench) -> None:
    one, contacts = painter_contact(bench), bench.desk.people.contacts
    until = bench.clock.now() + 6 * HOUR
    said = Standing(reach=StandingReach.NO, until=until, words="nicht vor 15 Uhr")
    stands = answer(bench, contacts.stand, one, said)
    found = contacts.reached(stands)
    assert (found.reach.why, found.reach.again) == (Why.SAID, until)
    assert found.sentence == ("Anna Muster does not want to be disturbed. Again from 15:00.")
    bench.clock.move(6 * 3600)
    assert contacts.reached(stands).reach.may_connect()


def test_the_owners_calendar_says_how_he_is_reached(bench: Bench) -> None:
    owner = painter_contact(bench, "Der Maler", is_owner=True)
    other = painter_contact(bench, "Die Zentrale")
    contacts = bench.desk.people.contacts
    bench.pump.until(lambda: contacts.reached(owner).reach.may_connect())
    told = len(bench.seen(ReachChanged))
    owner_event(bench, "nicht stören")
    refreshed(bench)
    bench.wait_for(ReachChanged, told + 1)
    bench.pump.until(lambda: not contacts.reached(owner).reach.may_connect())
    found = contacts.reached(owner).reach
    assert (found.why, found.again) == (Why.WORD, bench.clock.now() + 2 * HOUR)
    assert contacts.reached(other).reach.may_connect()


def test_of_who_has_left_the_staff_nobody_knows_and_the_owner_does_not_answer_for_him(
    bench: Bench,
) -> None:
    owner = painter_contact(bench, "Der Maler", is_owner=True)
    contacts = bench.desk.people.contacts
    bench.pump.until(lambda: contacts.reached(owner).reach.may_connect())
    gone = replace(owner, is_owner=False, staff="weg")
    assert contacts.reached(gone).reach.why is Why.UNREAD


def test_what_we_booked_keeps_him_busy_whatever_the_caller_is_called(bench: Bench) -> None:
    owner = painter_contact(bench, "Der Maler", is_owner=True)
    start = bench.clock.now().replace(hour=13)
    bench.book(start, "Herr Urlaub")
    bench.booked()
    done: list[bool] = []
    bench.desk.people.contacts.look(bench.painter, lambda: done.append(True))
    bench.pump.until(lambda: done)
    found = bench.desk.people.contacts.reached(owner, start).reach
    assert (found.why, found.again) == (Why.BUSY, start + HOUR)


def test_who_is_on_call_stands_there_by_name_and_with_his_reach(bench: Bench) -> None:
    anna, bernd = painter_contact(bench), painter_contact(bench, "Bernd Muster")
    rota = night(bench, "bernd-muster", fallbacks=(anna.key,))
    rotas = bench.desk.people.rotas
    said = Standing(reach=StandingReach.NO)
    answer(bench, bench.desk.people.contacts.stand, bernd, said)
    found = rotas.on_call(bench.painter.id)
    assert [one.contact.name for one in found] == ["Bernd Muster", "Anna Muster"]
    assert [one.reach.may_connect() for one in found] == [False, True]
    assert rotas.on_call(bench.lawyer.id) == ()
    assert rotas.gaps() == ()
    answer(bench, rotas.save, rota, replace(rota, shifts=()))
    (gap,) = rotas.gaps(bench.painter.id)
    assert gap.period.duration == timedelta(days=7)
    assert [one.contact.name for one in rotas.on_call(bench.painter.id, "nachtdienst")] == [
        "Anna Muster"
    ]
    with pytest.raises(BadInput, match="no contact “anna”"):
        night(bench, "anna")


def test_what_is_known_is_found_for_its_client_alone(bench: Bench) -> None:
    books = bench.desk.people.notebooks
    entry = Knowledge(id=uuid4(), client_id=bench.painter.id, title="Parken", text="Im Hof.")
    answer(bench, books.save, None, entry)
    assert bench.seen(KnowledgeChanged) == [KnowledgeChanged(client_id=bench.painter.id)]
    assert books.known(bench.painter.id, "HOF") == (entry,)
    assert books.known(bench.lawyer.id) == ()
    with pytest.raises(BadInput) as told:
        answer(bench, books.save, entry, replace(entry, title=""))
    assert told.value.key == "title"
    answer(bench, books.remove, entry)
    assert books.known(bench.painter.id) == ()


def test_callers_are_put_together_and_parted(bench: Bench) -> None:
    books, here = bench.desk.people.notebooks, bench.painter.id
    one = KnownCaller(id=uuid4(), client_id=here, number="0171 3920001", name="Erika", vip=True)
    one = answer(bench, books.save, None, one)
    assert one.number == "+491713920001"
    two = KnownCaller(id=uuid4(), client_id=here, number="030 23125001", note="Vormittags.")
    two = answer(bench, books.save, None, two)
    answer(bench, books.leave, two, " Der Termin steht. ", bench.clock.now() + HOUR)
    answer(bench, books.merge, two, one)
    assert set(bench.seen(CallersChanged)) == {CallersChanged(client_id=here)}
    card = books.caller(here, "+49 30 23125001")
    assert card is not None
    assert (card.name, card.vip, card.note) == ("Erika", True, "Vormittags.")
    (notice,) = card.notices
    assert notice.text == "Der Termin steht."
    answer(bench, books.told, notice, None)
    parts = books.callers.get(two.id)
    assert parts is not None
    answer(bench, books.part, parts)
    apart = books.caller(here, two.number)
    assert apart is not None
    assert (apart.rows, apart.notices) == ((two,), ())
    assert len(books.cards(here)) == 2
    assert books.caller(bench.lawyer.id, one.number) is None


def test_a_message_that_was_not_told_after_all_waits_again(bench: Bench) -> None:
    books = bench.desk.people.notebooks
    one = KnownCaller(id=uuid4(), client_id=bench.painter.id, name="Erika Muster")
    answer(bench, books.save, None, one)
    notice = answer(bench, books.leave, one, "Der Termin steht.", None)
    told = answer(bench, books.told, notice, None)
    assert told.told == bench.clock.now()
    assert answer(bench, books.not_told, told) == notice
    card = books.caller(bench.painter.id, "", "Erika Muster")
    assert card is not None
    assert card.notices == (notice,)


def test_who_is_blocked_by_his_number_rings_without_a_sound(bench: Bench) -> None:
    books, here = bench.desk.people.notebooks, bench.painter.id
    caller = KnownCaller(id=uuid4(), client_id=here, number="+492214710134", blocked=True)
    answer(bench, books.save, None, caller)
    tones = bench.phone.service.tones
    quiet = bench.rings(PAINTER_NUMBER, "+492214710134")
    bench.pump.until(lambda: tones.get(quiet) == "none")
    for dialled, number in (
        (PAINTER_NUMBER, "+4917139200177"),
        (LAWYER_NUMBER, "+492214710134"),
        (PAINTER_NUMBER, "anonymous"),
    ):
        loud = bench.rings(dialled, number)
        assert loud not in tones


def test_a_message_is_no_longer_told_when_it_has_expired(bench: Bench) -> None:
    books = bench.desk.people.notebooks
    one = KnownCaller(id=uuid4(), client_id=bench.painter.id, name="Erika Muster")
    answer(bench, books.save, None, one)
    answer(bench, books.leave, one, "Bis zwölf.", bench.clock.now() + HOUR)
    bench.clock.move(3600)
    card = books.caller(bench.painter.id, "", "erika muster")
    assert card is not None
    assert card.notices == ()


def test_while_it_rings_nothing_is_asked_of_the_store(bench: Bench) -> None:
    """Whoever listens to the call is answered although the store's worker is held up."""
    books, here = bench.desk.people.notebooks, bench.painter.id
    anna = painter_contact(bench)
    night(bench, anna.key)
    caller = KnownCaller(id=uuid4(), client_id=here, number="+492214710134", name="Erika")
    answer(bench, books.save, None, caller)
    seen: list[object] = []

    def heard(event: object) -> None:
        if isinstance(event, CallIncoming):
            seen.append(books.caller(here, event.call.caller.number))
            seen.append(bench.desk.people.rotas.on_call(here))

    bench.desk.subscribe(heard)
    goes_on = threading.Event()
    bench.desk._ground.memory.submit(lambda _store: goes_on.wait(60))
    try:
        bench.rings()
        bench.pump.until(lambda: len(seen) == 2)
    finally:
        goes_on.set()
    assert all(seen)


def test_all_is_there_after_a_restart(bench: Bench) -> None:
    anna = painter_contact(bench)
    rota = night(bench, anna.key)
    entry = Knowledge(id=uuid4(), client_id=bench.painter.id, title="Parken")
    answer(bench, bench.desk.people.notebooks.save, None, entry)
    bench.desk.stop()
    bench.start()
    people, here = bench.desk.people, bench.painter.id
    assert people.contacts.of(here) == (anna,)
    assert people.rotas.of(here) == (rota,)
    bench.pump.until(lambda: people.notebooks.known(here))
    assert people.notebooks.known(here) == (entry,)
