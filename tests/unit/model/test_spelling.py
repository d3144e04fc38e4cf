"""What is said for a letter, and how a number is cut."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.spelling import SpellingTable, in_pairs, said_in_pairs, spelled


def said(text: str, table: SpellingTable) -> list[str]:
    return [one.word for one in spelled(text, table)]


def test_cities() -> None:
    assert said("Jäßy", SpellingTable.CITIES) == ["Jena", "Umlaut Aachen", "Eszett", "Ypsilon"]
    assert said("Schach", SpellingTable.CITIES)[:3] == ["Salzwedel", "Chemnitz", "Hamburg"]
    assert said("ÖÜ", SpellingTable.CITIES) == ["Umlaut Offenbach", "Umlaut Unna"]


def test_names_know_sch_and_ch() -> None:
    assert said("Schmachtel", SpellingTable.NAMES) == [
        *("Schule", "Martha", "Anton", "Charlotte", "Theodor", "Emil", "Ludwig")
    ]
    assert said("Sc", SpellingTable.NAMES) == ["Samuel", "Cäsar"]


def test_nato_has_two_words_for_what_english_does_not_know() -> None:
    assert said("Köß", SpellingTable.NATO) == ["Kilo", "Oscar Echo", "Sierra Sierra"]


def test_addresses_of_mail() -> None:
    assert said("x1@a-b.de", SpellingTable.CITIES) == [
        *("Xanten", "eins", "at", "Aachen", "Bindestrich", "Berlin", "Punkt"),
        *("Düsseldorf", "Essen"),
    ]
    assert said("2_", SpellingTable.NATO) == ["two", "underscore"]


def test_letters_of_other_languages_are_named_by_their_marks() -> None:
    assert said("Éñ", SpellingTable.CITIES) == ["Essen Akut", "Nürnberg Tilde"]
    assert said("ç", SpellingTable.NATO) == ["Charlie cedilla"]
    assert said("ł漢", SpellingTable.NATO) == ["ł", "漢"]


@pytest.mark.parametrize("table", SpellingTable)
def test_every_letter_of_the_alphabet_has_a_word_that_begins_with_it(table: SpellingTable) -> None:
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        assert said(letter.lower(), table)[0].upper().startswith(letter)


@given(st.text(), st.sampled_from(SpellingTable))
def test_nothing_is_left_out(text: str, table: SpellingTable) -> None:
    found = spelled(text, table)
    assert "".join(one.letters for one in found) == unicodedata.normalize("NFC", text)
    assert all(one.word for one in found)


@pytest.mark.parametrize(
    ("number", "pairs"),
    [
        ("+492214710134", (("02", "21"), ("4", "71", "01", "34"))),
        ("+493023125001", (("0", "30"), ("23", "12", "50", "01"))),
        ("+4317909000", (("+43",), ("1",), ("7", "90", "90", "00"))),
        ("110", (("1", "10"),)),
        ("", ()),
    ],
)
def test_pairs(number: str, pairs: tuple[tuple[str, ...], ...]) -> None:
    assert in_pairs(number) == pairs


def test_pairs_in_words() -> None:
    assert said_in_pairs("+493023125001", "de") == (
        "null, drei null; zwo drei, eins zwo, fünf null, null eins"
    )
    assert said_in_pairs("+43", "en") == "plus four three"


@given(st.from_regex(r"\+?[0-9]{1,15}", fullmatch=True), st.sampled_from(["DE", "AT", "US"]))
def test_no_digit_is_lost(number: str, region: str) -> None:
    digits = "".join(pair for group in in_pairs(number, region) for pair in group)
    wanted = number.lstrip("+")
    assert wanted.lstrip("0")[-6:] in digits
    assert all(
        len(pair) <= 2 for group in in_pairs(number, region) for pair in group if "+" not in pair
    )
