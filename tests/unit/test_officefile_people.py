"""Contacts and rotas in an office file: what they mean, and what is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from receptionist.errors import WrongFile
from receptionist.model.contact import Contact, ContactHours, ContactNumber
from receptionist.model.plain import harmful
from receptionist.model.rota import NeededHours, OnCallRota, OtherDays, Shift
from receptionist.officefile import load, parse, write
from receptionist.paths import resources

HEAD = """format = 1
[office]
name = "Büro"
greeting = "Guten Tag."
[receptionist]
name = "Erika"
[[client]]
key = "praxis"
name = "Praxis"
greeting = "Praxis."
"""
ANNA = '[[client.contact]]\nkey = "anna"\nname = "Anna"\n'


def test_the_documented_example() -> None:
    directory = load(resources("templates", "office.toml"))
    doctor, substitute = directory.contacts
    assert (doctor.is_owner, doctor.urgent, doctor.number) == (True, True, "+491713920001")
    assert doctor.numbers[0] == ContactNumber(number="+491713920001", label="Mobil")
    assert doctor.hours[0] == ContactHours(weekday=0, start=time(8), end=time(12))
    assert substitute.client_id == directory.clients[0].id
    (rota,) = directory.rotas
    assert rota.shifts[1] == Shift(weekdays=(5, 6), contacts=("substitute", "doctor"))
    assert (rota.shifts[0].start, rota.shifts[0].end) == (time(18), time(8))
    assert rota.others == (
        OtherDays(
            first=date(2026, 12, 24),
            last=date(2026, 12, 26),
            contacts=("substitute",),
            name="Weihnachten",
        ),
    )
    assert (rota.fallbacks, rota.needed) == (("doctor",), (NeededHours(weekdays=(5, 6)),))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ANNA + ANNA, "is the key of another entry"),
        (ANNA + 'numbers = [{ number = "Zentrale" }]', "is no telephone number"),
        (ANNA + 'email = "anna"', "is no e-mail address"),
        (ANNA + 'staff = "max"', "with the key “max”"),
        (ANNA + 'hours = { monday = ["18:00-08:00"] }', "goes over midnight"),
        (ANNA + 'hours = { monday = ["25:00-26:00"] }', "does not exist"),
        ('[[client.on_call]]\nkey = "a"\nname = "A"\nfallbacks = ["anna"]', "no contact “anna”"),
        (
            ANNA + '[[client.on_call]]\nkey = "a"\nname = "A"\nfallbacks = ["anna", "anna"]',
            "“anna” stands here twice",
        ),
        (
            '[[client.on_call]]\nkey = "a"\nname = "A"\n'
            "others = [{ first = 2027-01-02, last = 2027-01-01 }]",
            "Exchange the two",
        ),
        (
            '[[client.on_call]]\nkey = "a"\nname = "A"\nshifts = [{ hours = "früh" }]',
            "is no period of a day",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(rows: str, said: str) -> None:
    with pytest.raises(WrongFile, match=said) as told:
        parse(f"{HEAD}{rows}\n")
    assert all(fault.line and fault.line > HEAD.count("\n") for fault in told.value.faults)


def test_a_rota_may_name_whom_only_the_store_knows() -> None:
    known = parse(HEAD + ANNA)
    rows = '[[client.on_call]]\nkey = "a"\nname = "A"\nfallbacks = ["anna"]\n'
    assert parse(HEAD + rows, known).rotas[0].fallbacks == ("anna",)
    elsewhere = replace(known, contacts=())
    with pytest.raises(WrongFile):
        parse(HEAD + rows, elsewhere)


def test_an_end_at_midnight_is_the_end_of_the_day() -> None:
    (anna,) = parse(HEAD + ANNA + 'hours = { sunday = ["18:00-00:00"] }').contacts
    assert anna.hours == (ContactHours(weekday=6, start=time(18), end=time()),)


# ---- there and back again

STAFF = parse(f'{HEAD}[[client.staff]]\nkey = "max"\nname = "Max"\n{ANNA}')
(PRAXIS,) = STAFF.clients
KEYS = ("anna", "b-2", "c_3")
letters = st.characters(exclude_categories=["Cs", "Cc"]).filter(lambda c: not harmful(c))
texts = st.text(letters, max_size=20).map(str.strip)
names = texts.filter(bool)
clocks = st.integers(0, 1439).map(lambda cut: time(cut // 60, cut % 60))
days = st.sets(st.integers(0, 6)).map(lambda some: tuple(sorted(some)))
chains = st.lists(st.sampled_from(KEYS), unique=True).map(tuple)
numbers = st.builds(
    ContactNumber, number=st.sampled_from(["+493023125001", "+491713920002"]), label=texts
)
spans = st.tuples(st.integers(0, 6), clocks, clocks).filter(
    lambda span: span[1] < span[2] or span[2] == time()
)
hours = st.lists(spans, max_size=3).map(
    lambda some: tuple(
        ContactHours(weekday=day, start=start, end=end)
        for day, start, end in sorted(some, key=lambda span: span[0])
    )
)
shifts = st.builds(Shift, weekdays=days, start=clocks, end=clocks, contacts=chains)
needs = st.builds(NeededHours, weekdays=days, start=clocks, end=clocks)


@st.composite
def other_days(draw: st.DrawFn) -> OtherDays:
    first = draw(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
    start, end = draw(st.one_of(st.just((None, None)), st.tuples(clocks, clocks)))
    return OtherDays(
        first=first,
        last=first + draw(st.integers(0, 9)) * timedelta(days=1),
        start=start,
        end=end,
        contacts=draw(chains),
        name=draw(texts),
    )


def known_as(table: str, key: str) -> UUID:
    """The id that every import gives it."""
    found = parse(f'{HEAD}[[client.{table}]]\nkey = "{key}"\nname = "x"\n')
    return (found.contacts or found.rotas)[0].id


IDS = {(table, key): known_as(table, key) for table in ("contact", "on_call") for key in KEYS}


def contact(key: str) -> st.SearchStrategy[Contact]:
    return st.builds(
        Contact,
        id=st.just(IDS["contact", key]),
        client_id=st.just(PRAXIS.id),
        key=st.just(key),
        name=names,
        role=texts,
        numbers=st.lists(numbers, max_size=2).map(tuple),
        email=st.sampled_from(["", "a@praxis.example"]),
        note=st.lists(texts, max_size=3).map(lambda rows: "\n".join(filter(None, rows))),
        hours=hours,
        is_owner=st.booleans(),
        staff=st.sampled_from(["", "max"]),
        urgent=st.booleans(),
    )


def rota(key: str) -> st.SearchStrategy[OnCallRota]:
    some: dict[str, Any] = {"max_size": 2}
    return st.builds(
        OnCallRota,
        id=st.just(IDS["on_call", key]),
        client_id=st.just(PRAXIS.id),
        key=st.just(key),
        name=names,
        shifts=st.lists(shifts, **some).map(tuple),
        others=st.lists(other_days(), **some).map(tuple),
        fallbacks=chains,
        needed=st.lists(needs, **some).map(tuple),
    )


@settings(max_examples=60)
@given(st.tuples(*map(contact, KEYS)), st.tuples(rota("anna"), rota("b-2")))
def test_what_is_written_is_read_back(
    contacts: tuple[Contact, ...], rotas: tuple[OnCallRota, ...]
) -> None:
    directory = replace(STAFF, contacts=contacts, rotas=rotas)
    text = write(directory)
    again = parse(text)
    assert (again.contacts, again.rotas) == (contacts, rotas)
    assert again == directory
    assert write(again) == text
    assert parse(text, directory) == directory
