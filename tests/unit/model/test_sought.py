"""What answers to the words of a search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.sought import sought


@pytest.mark.parametrize(
    ("words", "texts", "numbers", "found"),
    [
        ("müller", ["Frau MÜLLER"], [], True),
        ("muller", ["Müller"], [], False),
        ("strasse", ["Hohe Straße"], [], True),
        ("erika heizung", ["Erika Muster", "Heizung kalt"], [], True),
        ("erika dach", ["Erika Muster", "Heizung kalt"], [], False),
        ("0171 39200", ["Erika"], ["+49 171 39200177"], True),
        ("+49 171 39200", [], ["0171/39200-177"], True),
        ("0049171", [], ["+4917139200177"], True),
        ("+43 171", [], ["+4917139200177"], False),
        ("erika 0171", ["Erika"], ["+4917139200177"], True),
        ("12 erika", ["Erika, Lindenstr. 12"], [], True),
        ("0", ["Zimmer"], ["+4930"], True),
        ("4.", ["am 4. Mai"], ["+49"], True),
        ("110", [], ["110"], True),
    ],
)
def test_terms(words: str, texts: list[str], numbers: list[str], found: bool) -> None:
    assert sought(words, "DE").found_in(texts, numbers) is found


def test_no_words_are_no_search() -> None:
    assert not sought("  \n", "DE")


def test_numbers_are_read_in_the_country_of_the_office() -> None:
    assert sought("+43 1 5339", "AT").found_in([], ["01 5339000"])
    assert not sought("+43 1 5339", "DE").found_in([], ["01 5339000"])


@given(st.text(min_size=1, max_size=40))
def test_a_text_answers_to_its_own_words(text: str) -> None:
    assert sought(text, "DE").found_in([text], [])


def test_of_what_was_pasted_the_first_is_sought() -> None:
    terms = sought("123 " * 30_000, "DE").terms
    assert sum(len(term.words) for term in terms) < 200
    assert len(sought("x" * 100_000, "DE").terms[0].words[0]) < 1_000
