"""Who calls is known by number and name, for one client; the same person is put together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.errors import BadInput
from receptionist.model.callers import (
    CallerBook,
    CallerNotice,
    KnownCaller,
    are_apart,
    kept_apart,
    merged,
    parted,
)

HERE, THERE = uuid4(), uuid4()
NOW = datetime(2027, 6, 16, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def caller(number: str = "", name: str = "", **more: object) -> KnownCaller:
    return replace(
        KnownCaller(id=uuid4(), client_id=HERE, number=number, name=name),
        **more,  # type: ignore[arg-type]
    )


def notice(to: KnownCaller, text: str, **more: object) -> CallerNotice:
    made = CallerNotice(
        id=uuid4(),
        client_id=to.client_id,
        caller_id=to.id,
        text=text,
        created=NOW,
        author_id=uuid4(),
    )
    return replace(made, **more)  # type: ignore[arg-type]


ERIKA = caller("+491713920001", "Erika Muster", vip=True, note="Zahlt bar.")
HER_OFFICE = caller("+493023125001", "E. Muster", note="Nur vormittags.")
MAX = caller(name="Max Mustermann", blocked=True)


def test_the_number_counts_before_the_name() -> None:
    book = CallerBook([ERIKA, HER_OFFICE, MAX])
    found = book.find(HERE, ERIKA.number, MAX.name)
    assert found is not None
    assert found.rows == (ERIKA,)
    by_name = book.find(HERE, "+491713920009", "  max MUSTERMANN ")
    assert by_name is not None
    assert by_name.blocked


def test_a_name_that_two_have_finds_nobody() -> None:
    twin = caller("+491713920005", "Max Mustermann")
    assert CallerBook([MAX, twin]).find(HERE, "", "Max Mustermann") is None


def test_nothing_is_found_for_another_client() -> None:
    book = CallerBook([ERIKA], [notice(ERIKA, "Bitte zurückrufen.")])
    assert book.find(THERE, ERIKA.number, ERIKA.name, NOW) is None
    assert book.cards(THERE) == ()
    assert book.notices(THERE) == ()


def test_nobody_without_number_and_name_is_found() -> None:
    assert CallerBook([caller()]).find(HERE, "", " ") is None


def test_what_is_put_together_stands_on_one_card() -> None:
    together = merged(CallerBook([ERIKA, HER_OFFICE]), HER_OFFICE, ERIKA)
    book = CallerBook([ERIKA, together], [notice(HER_OFFICE, "Der Termin steht.")])
    for one in (ERIKA, HER_OFFICE):
        card = book.find(HERE, one.number, now=NOW)
        assert card is not None
        assert card.caller == ERIKA
        assert card.numbers == (ERIKA.number, HER_OFFICE.number)
        assert (card.vip, card.note) == (True, "Zahlt bar.\nNur vormittags.")
        assert [one.text for one in card.notices] == ["Der Termin steht."]
    assert parted(together) == HER_OFFICE


def test_what_cannot_be_put_together() -> None:
    elsewhere = replace(caller("+491713920001"), client_id=THERE)
    book = CallerBook([ERIKA, HER_OFFICE, elsewhere])
    with pytest.raises(BadInput, match="two clients"):
        merged(book, elsewhere, ERIKA)
    with pytest.raises(BadInput, match="the same caller already"):
        merged(book, ERIKA, ERIKA)
    with pytest.raises(BadInput, match="not put together"):
        parted(ERIKA)


def test_a_message_waits_until_it_is_told_or_has_expired() -> None:
    told = notice(ERIKA, "a", told=NOW)
    over = notice(ERIKA, "b", expires=NOW)
    still = notice(ERIKA, "c", expires=NOW + HOUR)
    ever = notice(ERIKA, "d", created=NOW - HOUR)
    card = CallerBook([ERIKA], [told, over, still, ever]).find(HERE, ERIKA.number, now=NOW)
    assert card is not None
    assert [one.text for one in card.notices] == ["d", "c"]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12))
def test_whatever_is_put_together_can_be_parted_again(pairs: list[tuple[int, int]]) -> None:
    people = [caller(f"+49171392000{number}", f"Name {number}") for number in range(8)]
    rows = {one.id: one for one in people}
    groups = [{number} for number in range(8)]
    steps: list[UUID] = []
    for one, other in pairs:
        book = CallerBook(rows.values())
        try:
            changed = merged(book, rows[people[one].id], rows[people[other].id])
        except BadInput:
            assert groups[one] is groups[other]
            continue
        rows[changed.id] = changed
        steps.append(changed.id)
        groups[other] |= groups[one]
        for number in groups[one]:
            groups[number] = groups[other]
    book = CallerBook(rows.values())
    for number, one in enumerate(people):
        card = book.find(HERE, one.number)
        assert card is not None
        assert set(card.numbers) == {people[other].number for other in groups[number]}
    for row_id in reversed(steps):
        rows[row_id] = parted(rows[row_id])
    assert list(rows.values()) == people


def test_two_who_were_put_together_crosswise_are_one_and_can_be_parted() -> None:
    """Two desks at once: each row points to the other."""
    left, right = replace(ERIKA, into_id=HER_OFFICE.id), replace(HER_OFFICE, into_id=ERIKA.id)
    third = replace(MAX, into_id=right.id)
    book = CallerBook([left, right, third])
    (card,) = book.cards(HERE)
    assert set(card.rows) == {left, right, third}
    assert book.find(HERE, left.number) == book.find(HERE, right.number) == card
    assert len(CallerBook([parted(left), right, third]).cards(HERE)) == 1


def test_namesakes_are_those_of_one_client_each_once() -> None:
    same = caller("+491713920007", " erika  MUSTER")
    elsewhere = replace(caller("+491713920008", "Erika Muster"), client_id=THERE)
    rows = [ERIKA, same, elsewhere, MAX]
    book = CallerBook(rows)
    assert [one.caller for one in book.namesakes(HERE, "Erika Muster")] == [ERIKA, same]
    assert book.namesakes(HERE, " ") == []
    together = CallerBook([ERIKA, merged(book, same, ERIKA), elsewhere])
    assert [one.caller for one in together.namesakes(HERE, "Erika Muster")] == [ERIKA]


def test_what_was_told_is_still_known_of_him() -> None:
    told = notice(ERIKA, "Schon gesagt.", told=NOW)
    book = CallerBook([ERIKA, MAX], [told, notice(MAX, "Für einen anderen.")])
    card = book.find(HERE, ERIKA.number, now=NOW)
    assert card is not None
    assert card.notices == ()
    assert book.notices_for(card) == (told,)


def test_two_who_are_kept_apart_stay_so_whoever_else_is_put_together() -> None:
    other, third = (caller(f"+49301234{n}", "Max Beispiel") for n in (1, 2))
    book = CallerBook([MAX, other, third])
    said = kept_apart(book, MAX, other)
    book = CallerBook([said, other, third])
    mine, his = book.card(MAX.id), book.card(other.id)
    assert mine is not None
    assert his is not None
    assert are_apart(mine, his)
    assert are_apart(his, mine)
    assert kept_apart(book, said, other) == said
    book = CallerBook([said, merged(book, other, third), third])
    together = book.card(third.id)
    assert together is not None
    assert are_apart(mine, together)
    with pytest.raises(BadInput, match="same caller already"):
        kept_apart(book, third, together.rows[1])
    with pytest.raises(BadInput, match="two clients"):
        kept_apart(book, MAX, replace(other, client_id=UUID(int=9)))
