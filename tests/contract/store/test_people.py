"""Contacts, rotas, knowledge and callers: field by field, logged, of one client."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4

import pytest

from receptionist.errors import BadInput, StaleRow
from receptionist.model.callers import CallerNotice, KnownCaller
from receptionist.model.contact import (
    Contact,
    ContactHours,
    ContactNumber,
    Standing,
    StandingReach,
)
from receptionist.model.editing import Part
from receptionist.model.knowledge import Knowledge, KnowledgeKind
from receptionist.model.office import Directory
from receptionist.model.rota import NeededHours, OnCallRota, OtherDays, Shift
from receptionist.ports import Store
from tests.contract.store.conftest import Opens
from tests.contract.store.sample import NOW, WHO, minutes


def contact(client_id: UUID, key: str = "anna") -> Contact:
    return Contact(
        id=uuid4(),
        client_id=client_id,
        key=key,
        name="Anna Müster",
        role="Inhaberin",
        numbers=(
            ContactNumber(number="+491713920001", label="Mobil"),
            ContactNumber(number="+493023125001"),
        ),
        email="anna@praxis.example",
        note="Nur bis 18 Uhr.\nSonst Bernd.",
        hours=(ContactHours(weekday=0, start=time(9), end=time(12, 30)),),
        is_owner=True,
        staff="erika",
        urgent=True,
        standing=Standing(reach=StandingReach.URGENT, until=NOW, words="nicht vor 15 Uhr"),
    )


ANOTHER: dict[str, Any] = {
    "name": "Anna Muster-Beispiel",
    "role": "",
    "numbers": (ContactNumber(number="+493023125002", label="Büro"),),
    "email": "",
    "note": "",
    "hours": (ContactHours(weekday=6, start=time(), end=time()),),
    "is_owner": False,
    "staff": "",
    "urgent": False,
    "standing": None,
}


def rota(client_id: UUID) -> OnCallRota:
    return OnCallRota(
        id=uuid4(),
        client_id=client_id,
        key="nacht",
        name="Nachtdienst",
        shifts=(
            Shift(weekdays=(0, 4), start=time(18), end=time(8), contacts=("anna",)),
            Shift(contacts=("anna", "bernd")),
        ),
        others=(
            OtherDays(first=date(2027, 12, 24), last=date(2027, 12, 26), contacts=("bernd",)),
            OtherDays(
                first=date(2027, 12, 31),
                last=date(2027, 12, 31),
                start=time(12),
                end=time(3, 30),
                name="Silvester",
            ),
        ),
        fallbacks=("chef",),
        needed=(NeededHours(weekdays=(5, 6)), NeededHours(start=time(18), end=time(8))),
    )


def of(directory: Directory, number: int = 0) -> UUID:
    return directory.clients[number].id


@pytest.fixture
def anna(store: Store, directory: Directory) -> Contact:
    return store.people.save(None, contact(of(directory)), WHO, NOW)


def test_all_of_it_is_there_after_a_restart(
    store: Store, directory: Directory, anna: Contact, opens: Opens
) -> None:
    night = store.people.save(None, rota(anna.client_id), WHO, NOW)
    again = opens().directory()
    assert (again.contacts, again.rotas) == ((anna,), (night,))
    assert replace(again, contacts=(), rotas=()) == directory


@pytest.mark.parametrize("field", ANOTHER)
def test_each_field_is_written_over_what_was_seen(store: Store, anna: Contact, field: str) -> None:
    changed = replace(anna, **{field: ANOTHER[field]})
    assert store.people.save(anna, changed, WHO, NOW) == changed
    other = "role" if field != "role" else "note"
    beside = replace(anna, **{other: "nebenbei"})
    assert store.people.save(anna, beside, WHO, NOW) == replace(changed, **{other: "nebenbei"})
    third: Any = {"name": "C", "role": "C", "email": "C", "note": "C", "staff": "C"}.get(
        field, () if field in ("numbers", "hours") else None
    )
    if third is not None:
        with pytest.raises(StaleRow):
            store.people.save(anna, replace(anna, **{field: third}), WHO, NOW)


def test_what_was_changed_stands_in_the_log(store: Store, anna: Contact) -> None:
    store.people.save(anna, replace(anna, standing=None, name="Anna"), WHO, NOW)
    found = {one.column: (one.old, one.new) for one in store.finding.changes(anna.id)}
    assert found["name"] == ("Anna Müster", "Anna")
    assert found["standing"][1] is None
    assert "nicht vor 15 Uhr" in (found["standing"][0] or "")


def test_a_key_is_one_of_a_client_and_never_changes(
    store: Store, directory: Directory, anna: Contact
) -> None:
    with pytest.raises(BadInput, match="has the key “anna” already") as told:
        store.people.save(None, contact(anna.client_id), WHO, NOW)
    assert told.value.key == "key"
    with pytest.raises(BadInput, match="never changes"):
        store.people.save(anna, replace(anna, key="anne"), WHO, NOW)
    elsewhere = contact(of(directory, 1))
    assert store.people.save(None, elsewhere, WHO, NOW) == elsewhere


def test_what_was_taken_out_comes_back_by_its_key(store: Store, anna: Contact) -> None:
    store.people.remove(anna, WHO, NOW)
    assert store.directory().contacts == ()
    with pytest.raises(StaleRow):
        store.people.remove(anna, WHO, NOW)
    with pytest.raises(StaleRow):
        store.people.save(anna, replace(anna, name="Neu"), WHO, NOW)
    back = replace(contact(anna.client_id), name="Wieder da")
    assert store.people.save(None, back, WHO, NOW) == replace(back, id=anna.id)


def test_who_stands_in_a_rota_stays(store: Store, anna: Contact) -> None:
    night = store.people.save(None, rota(anna.client_id), WHO, NOW)
    with pytest.raises(BadInput, match="needed by the on-call rota “Nachtdienst”"):
        store.people.remove(anna, WHO, NOW)
    store.people.remove(night, WHO, NOW)
    store.people.remove(anna, WHO, NOW)
    assert store.directory().contacts == ()


def test_many_contacts_are_written_or_none(store: Store, anna: Contact) -> None:
    bernd = contact(anna.client_id, "bernd")
    stale = replace(anna, name="Nie gesehen")
    changes = [(None, bernd), (stale, replace(stale, name="Ganz anders"))]
    with pytest.raises(StaleRow):
        store.people.save_all(changes, WHO, NOW)
    assert store.directory().contacts == (anna,)
    store.people.save_all([(None, bernd), (anna, replace(anna, name="A"))], WHO, NOW)
    assert [one.name for one in store.directory().contacts] == ["A", "Anna Müster"]


def test_who_was_taken_out_may_stand_twice_in_a_file(store: Store, anna: Contact) -> None:
    store.people.remove(anna, WHO, NOW)
    first = replace(anna, id=uuid4(), role="")
    store.people.save_all([(None, first), (first, replace(first, role="Chefin"))], WHO, NOW)
    assert store.directory().contacts == (replace(anna, role="Chefin"),)


def test_who_was_taken_out_comes_back_without_what_he_said_by_hand(
    store: Store, anna: Contact
) -> None:
    known = store.directory()
    assert anna.standing is not None
    store.people.remove(anna, WHO, NOW)
    wanted = replace(anna, id=uuid4(), standing=None)
    found = store.save_directory(replace(known, contacts=(wanted,)), WHO, NOW)
    assert found.contacts == (replace(anna, standing=None),)


def test_an_import_keeps_what_was_said_by_hand_and_removes_nothing(
    store: Store, anna: Contact
) -> None:
    night = store.people.save(None, rota(anna.client_id), WHO, NOW)
    known = store.directory()
    wanted = replace(anna, id=uuid4(), name="Anna", standing=None)
    bernd = replace(contact(anna.client_id, "bernd"), standing=None)
    other = replace(night, id=uuid4(), name="Nacht", fallbacks=())
    found = store.save_directory(replace(known, contacts=(wanted, bernd), rotas=(other,)), WHO, NOW)
    assert found.contacts == (replace(wanted, id=anna.id, standing=anna.standing), bernd)
    assert found.rotas == (replace(other, id=night.id),)
    assert store.save_directory(replace(found, contacts=(), rotas=()), WHO, NOW) == found


def test_people_of_a_client_who_is_gone_are_not_shown(store: Store, anna: Contact) -> None:
    store.people.save(None, Knowledge(id=uuid4(), client_id=anna.client_id, title="A"), WHO, NOW)
    client = next(one for one in store.directory().clients if one.id == anna.client_id)
    store.editing.remove(Part.CLIENT, anna.client_id, WHO, NOW)
    assert store.directory().contacts == ()
    assert store.people.notebook().knowledge == ()
    store.editing.save_client(None, client, (), (), WHO, NOW)
    assert store.directory().contacts == (anna,)


def test_what_is_known(store: Store, directory: Directory, opens: Opens) -> None:
    asked = Knowledge(
        id=uuid4(),
        client_id=of(directory),
        kind=KnowledgeKind.DIRECTIONS,
        title="Anfahrt",
        text="Tram 12,\nHaltestelle Müllerstraße",
        words="Weg",
        language="de",
    )
    assert store.people.save(None, asked, WHO, NOW) == asked
    assert opens().people.notebook().knowledge == (asked,)
    shorter = store.people.save(asked, replace(asked, text="Tram 12"), WHO, NOW)
    assert shorter == replace(asked, text="Tram 12")
    store.people.remove(shorter, WHO, NOW)
    assert store.people.notebook().knowledge == ()


def test_callers_and_what_waits_for_them(store: Store, directory: Directory, opens: Opens) -> None:
    here, me = of(directory), directory.receptionist.id
    erika = KnownCaller(
        id=uuid4(), client_id=here, number="+491713920001", name="Erika", vip=True, note="Siezen."
    )
    twin = KnownCaller(id=uuid4(), client_id=here, name="E. Muster", blocked=True)
    waiting = CallerNotice(
        id=uuid4(),
        client_id=here,
        caller_id=erika.id,
        text="Der Termin steht.",
        created=NOW,
        author_id=me,
        expires=NOW + minutes(60),
    )
    people = store.people
    for one in (erika, twin):
        assert people.save(None, one, WHO, NOW) == one
    assert people.save(None, waiting, WHO, NOW) == waiting
    into = people.save(twin, replace(twin, into_id=erika.id), WHO, NOW)
    told = replace(waiting, told=NOW, told_by=me, call_id=uuid4())
    assert people.save(waiting, told, WHO, NOW) == told
    with pytest.raises(StaleRow):
        people.save(waiting, replace(waiting, told=datetime(2027, 1, 1, tzinfo=UTC)), WHO, NOW)
    book = opens().people.notebook()
    assert set(book.callers) == {erika, into}
    assert book.notices == (told,)
    assert people.save(into, twin, WHO, NOW) == twin
    english = people.save(erika, replace(erika, language="en"), WHO, NOW)
    erika = people.save(erika, replace(erika, note="Duzen."), WHO, NOW)
    assert (english.language, erika.note, erika.language) == ("en", "Duzen.", "en")
    erika = people.save(erika, replace(erika, apart=(twin.id, uuid4())), WHO, NOW)
    assert erika.apart[0] == twin.id
    assert erika in people.notebook().callers
    for one in (twin, told):
        people.remove(one, WHO, NOW)
    left = people.notebook()
    assert (left.callers, left.notices) == ((erika,), ())


def test_knowledge_is_kept_in_its_order_all_or_nothing(
    store: Store, directory: Directory, opens: Opens
) -> None:
    here, people = directory.clients[0].id, store.people
    one, other = (
        people.save(None, Knowledge(id=uuid4(), client_id=here, title=title), WHO, NOW)
        for title in ("Anfahrt?", "Zahlung?")
    )
    moved = (replace(one, position=2), replace(other, position=1, pinned=True))
    people.save_all(tuple(zip((one, other), moved, strict=True)), WHO, NOW)
    assert set(opens().people.notebook().knowledge) == set(moved)
    late = tuple(
        zip((one, other), (replace(one, position=9), replace(other, position=8)), strict=True)
    )
    with pytest.raises(StaleRow):
        people.save_all(late, WHO, NOW)
    assert set(people.notebook().knowledge) == set(moved)
