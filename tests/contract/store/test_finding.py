"""Looking up calls and appointments: the same on both databases, and never across clients."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.event import listen, remove

from receptionist.model.appointment import AppointmentState
from receptionist.model.call import Call, Caller, Direction
from receptionist.model.office import Directory
from receptionist.ports import Store
from tests.contract.store.sample import NOW, TEN, WHO, appointment, call, ended

NUMBER = "+493023125177"


@pytest.fixture
def muster(directory: Directory) -> UUID:
    return directory.clients[0].id


@pytest.fixture
def beispiel(directory: Directory) -> UUID:
    return directory.clients[1].id


def _kept(store: Store, directory: Directory, ago: int = 0, **more: Any) -> Call:
    """A finished call so many minutes ago."""
    ringing = call(directory, **more)
    start = NOW - timedelta(minutes=ago)
    ringing = replace(ringing, segments=(replace(ringing.segments[0], start=start),))
    one = ended(ringing, directory.receptionist.id)
    store.record_call(one)
    return one


@pytest.mark.parametrize(
    "words",
    [
        "müller",
        "MÜLLER",
        "Mu\u0308ller",
        "ÜLL",
        "strasse",
        "STRASSE",
        "straße",
        "müller straße",
        "küche MÜLLER",
        "Ängst",
        "İbrahim",
        "50 %",
        "a_b",
        "c\\d",
    ],
)
def test_words_are_found_whatever_their_case(
    store: Store, directory: Directory, words: str
) -> None:
    one = _kept(
        store,
        directory,
        caller_name="Jürgen MÜLLER (İbrahim)",
        note="Küche, Hohe Straße 3\nänGSTlich, 50 % a_b c\\d",
    )
    _kept(store, directory, caller_name="Muller", note="Kueche, Strase, 50 x, axb c/d, ANGST")
    assert store.finding.calls(words, None, 10) == (one,)


def test_every_word_must_occur_but_not_in_one_text(store: Store, directory: Directory) -> None:
    one = _kept(
        store, directory, caller=Caller("", "Erika Muster"), caller_name="", note="Heizung kalt"
    )
    assert store.finding.calls("muster heizung", None, 10) == (one,)
    assert store.finding.calls("muster dach", None, 10) == ()
    assert store.finding.calls("   ", None, 10) == ()


@pytest.mark.parametrize(
    "words",
    [
        "+49 30 23125177",
        "030 23125 177",
        "03023125177",
        "0049 30 23125",
        "23125 177",
        "(030) 231-25",
        "5177",
    ],
)
def test_digits_match_numbers_however_they_are_written(
    store: Store, directory: Directory, words: str
) -> None:
    other = _kept(store, directory, 4, caller=Caller("+492214710134"), caller_name="")
    signalled = _kept(store, directory, 3, caller=Caller(NUMBER))
    typed = _kept(store, directory, 2, caller=Caller("", "", True), caller_number="030 / 23125-177")
    foreign = _kept(store, directory, 1, caller_number="+49 (30) 23125177")
    assert store.finding.calls(words, None, 10) == (foreign, typed, signalled)
    assert other in store.finding.calls("0221 4710", None, 10)


def test_digits_are_also_sought_in_texts(store: Store, directory: Directory) -> None:
    one = _kept(store, directory, note="Lindenstr. 12, 2. Stock")
    _kept(store, directory, note="Lindenstr. 13")
    assert store.finding.calls("lindenstr 12", None, 10) == (one,)


def test_the_newest_come_first_and_no_more_than_wanted(store: Store, directory: Directory) -> None:
    made = [_kept(store, directory, ago, caller_name="Erika Ümläut") for ago in range(5)]
    assert store.finding.calls("ümläut", None, 3) == tuple(made[:3])


def test_false_candidates_do_not_use_up_the_limit(store: Store, directory: Directory) -> None:
    for ago in range(5):
        _kept(store, directory, ago, caller_name="Mxxxller")
    one = _kept(store, directory, 9, caller_name="Müller")
    assert store.finding.calls("müller", None, 1) == (one,)


def test_calls_of_one_client_or_of_all(
    store: Store, directory: Directory, muster: UUID, beispiel: UUID
) -> None:
    ours = _kept(store, directory, 1, caller_name="Erika")
    theirs = _kept(store, directory, 2, caller_name="Erika", client_id=beispiel)
    nobodys = _kept(store, directory, 3, caller_name="Erika", client_id=None)
    assert store.finding.calls("erika", None, 10) == (ours, theirs, nobodys)
    assert store.finding.calls("erika", beispiel, 10) == (theirs,)
    assert store.finding.calls("erika", muster, 10) == (ours,)


def test_appointments_of_one_client_by_caller_number_note_and_kind(
    store: Store, directory: Directory, muster: UUID, beispiel: UUID
) -> None:
    first = appointment(directory, caller_name="Jörg Öhler", caller_number="0171 39200 11")
    second = replace(
        appointment(directory, start=TEN + timedelta(days=1), caller_name="Max", note="Dachgaube"),
        kind_name="Ölstandsprüfung",
    )
    theirs = appointment(directory, "beispiel", caller_name="Jörg Öhler")
    for one in (first, second, theirs):
        store.bookings.book_all((one,), WHO, NOW)
    find = store.finding.appointments
    assert find("ÖHLER", muster, 10) == (first,)
    assert find("+49 171 39200", muster, 10) == (second, first)
    assert find("dachgaube", muster, 10) == (second,)
    assert find("ölstand", muster, 10) == (second,)
    assert find("öhler", beispiel, 10) == (theirs,)
    assert find("171", muster, 1) == (second,)


def test_history_knows_a_number_as_signalled_typed_and_dialled(
    store: Store, directory: Directory, muster: UUID, beispiel: UUID
) -> None:
    signalled = _kept(store, directory, 5, caller=Caller(NUMBER))
    typed = _kept(store, directory, 4, caller=Caller("", "", True), caller_number="030 23125-177")
    dialled = _kept(
        store,
        directory,
        3,
        direction=Direction.OUTGOING,
        dialled=NUMBER,
        caller=Caller(NUMBER),
    )
    _kept(store, directory, 2, caller=Caller(NUMBER), client_id=beispiel)
    _kept(store, directory, 1, caller=Caller("+4930231251770"), caller_number="0221 47105177")
    find = store.finding.calls_with
    assert find(muster, NUMBER, 10) == (dialled, typed, signalled)
    assert find(muster, NUMBER, 2) == (dialled, typed)
    assert find(muster, "", 10) == ()


def test_a_history_is_not_looked_for_among_all_calls(
    store: Store, directory: Directory, muster: UUID
) -> None:
    """What belongs to its calls is asked by their ids, and each way to them has its index."""
    one = _kept(store, directory, caller=Caller(NUMBER))
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    listen(Engine, "before_cursor_execute", note)
    try:
        assert store.finding.calls_with(muster, NUMBER, 10) == (one,)
    finally:
        remove(Engine, "before_cursor_execute", note)
    (found,) = [one for one in asked if "signalled_number =" in one]
    assert " OR " not in found


def test_many_calls_are_read_as_few_are(
    store: Store, directory: Directory, muster: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tuple(_kept(store, directory, ago, caller=Caller(NUMBER)) for ago in (1, 2, 3))
    monkeypatch.setattr("receptionist.store.calls._MANY", 1)
    assert store.finding.calls_with(muster, NUMBER, 2) == kept[:2]


def test_what_was_booked_for_a_number(
    store: Store, directory: Directory, muster: UUID, beispiel: UUID
) -> None:
    booked = appointment(directory, caller_number="(030) 23125 177")
    withdrawn = appointment(
        directory,
        start=TEN + timedelta(hours=2),
        caller_number=NUMBER,
        state=AppointmentState.WITHDRAWN,
    )
    for one in (booked, withdrawn, appointment(directory, "beispiel", caller_number=NUMBER)):
        store.bookings.book_all((one,), WHO, NOW)
    assert store.finding.appointments_with(muster, NUMBER, 10) == (withdrawn, booked)
    assert store.finding.appointments_with(beispiel, "+49302312", 10) == ()


def test_an_internal_number_is_compared_as_it_is(
    store: Store, directory: Directory, muster: UUID
) -> None:
    one = _kept(store, directory, caller=Caller("401"))
    assert store.finding.calls_with(muster, "401", 10) == (one,)


def test_changes_tell_old_and_new_who_and_when(
    store: Store, directory: Directory, beispiel: UUID
) -> None:
    one = _kept(store, directory, caller_name="Erka", note="Küche")
    corrected = replace(one, caller_name="Erika", client_id=beispiel)
    later = NOW + timedelta(hours=1)
    store.change_call(one.id, one, replace(one, note="Küche, Bad"), WHO, NOW)
    store.change_call(
        one.id, replace(one, note="Küche, Bad"), replace(corrected, note="Küche, Bad"), WHO, later
    )
    told = [(c.column, c.old, c.new, c.who, c.at) for c in store.finding.changes(one.id)]
    assert told == [
        ("note", "Küche", "Küche, Bad", WHO, NOW),
        ("client_id", str(one.client_id), str(beispiel), WHO, later),
        ("caller_name", "Erka", "Erika", WHO, later),
    ]
    assert store.finding.changes(WHO) == ()
