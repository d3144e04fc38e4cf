"""Numbers as they come from files, keyboards and SIP trunks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.number import complete, normalised, shortened, shown

BERLIN = "+493023125101"


@pytest.mark.parametrize(
    "raw",
    [
        "+49 30 23125 101",
        "+49 (0)30 23125-101",
        "+49(30)23125.101",
        "0049 30 23125101",
        "030 23125101",
        "030/23125 101",
        "030–23125—101",
        "030\u00a023125\u2011101",
        "\u202a+49 30 23125101\u202c",
        "＋４９ ３０ ２３１２５１０１",
        "493023125101",
        "+49\r\n3023125101",
    ],
)
def test_every_way_to_write_one_number_is_one_number(raw: str) -> None:
    assert normalised(raw, "DE") == BERLIN


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("4917139200 12", "+491713920012"),
        ("0171 39200 12", "+491713920012"),
        ("43 1 5880 4321", "+43158804321"),
        ("0043 1 58804321", "+43158804321"),
        ("0800 1234567", "+498001234567"),
        ("0900 1234567", "+499001234567"),
    ],
)
def test_mobile_foreign_and_service_numbers(raw: str, expected: str) -> None:
    assert normalised(raw, "DE") == expected


@pytest.mark.parametrize("raw", ["0", "12", "620", "**620", "110", "112", "116117", "*21#", "#31#"])
def test_extensions_emergency_numbers_and_codes_stay(raw: str) -> None:
    assert normalised(raw, "DE") == raw


def test_a_local_number_without_area_code_is_not_moved_to_another_town() -> None:
    assert normalised("23125 101", "DE") == "23125101"


@pytest.mark.parametrize("raw", ["", " ", "\t\r\n", "()", "-", "+", " + ", "\u202e", "\x00"])
def test_emptiness(raw: str) -> None:
    assert normalised(raw, "DE") == ""


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Praxis.Muster", "praxis.muster"),
        ("1234567e0", "1234567e0"),
        ("0800-PRAXIS", "0800-praxis"),
        ("Müller", "müller"),
        ("anonymous", "anonymous"),
        ("ev\u202eil\x07", "evil"),
    ],
)
def test_letters_are_a_user_part(raw: str, expected: str) -> None:
    assert normalised(raw, "DE") == expected


@pytest.mark.parametrize("raw", ["+49", "+9991234567", "012345678901234567890", "+49" + "1" * 15])
def test_what_is_no_possible_number_stays_as_it_is(raw: str) -> None:
    assert normalised(raw, "DE") == raw


def test_other_regions_read_their_own_numbers() -> None:
    assert normalised("01 5880 4321", "AT") == "+43158804321"
    assert normalised("06 1234 5678", "IT") == "+390612345678"
    assert normalised("(212) 736-5000", "US") == "+12127365000"
    assert normalised("1 212 736 5000", "US") == "+12127365000"
    assert normalised("030 23125101", "XX") == "03023125101"


def test_superfluous_zeros_go_at_once() -> None:
    assert normalised("+49 00 30 23125101", "DE") == BERLIN
    assert normalised("+4900302312510", "DE") == "+49302312510"


@given(st.text(), st.sampled_from(["DE", "AT", "CH", "IT", "US", "HU", "RU"]))
def test_normalising_twice_changes_nothing(raw: str, region: str) -> None:
    once = normalised(raw, region)
    assert normalised(once, region) == once


@given(st.text("+0123456789 -/()", max_size=22), st.sampled_from(["DE", "IT", "US", "HU"]))
def test_normalising_digits_twice_changes_nothing(raw: str, region: str) -> None:
    once = normalised(raw, region)
    assert normalised(once, region) == once


@given(st.integers(10**8, 10**10))
def test_what_is_shown_is_the_same_number(subscriber: int) -> None:
    number = normalised(f"0{subscriber}", "DE")
    assert normalised(shown(number), "DE") == number


def test_shown_and_shortened() -> None:
    assert shown("+492214710134") == "+49 221 4710134"
    assert shown("620") == "620"
    assert shown("+praxis49") == "+praxis49"
    assert shown("+99912345678") == "+99912345678"
    assert shortened("+492214710134") == "+49221471…"
    assert shortened("110") == "…"


@pytest.mark.parametrize(
    ("number", "is_complete"),
    [("+493023125101", True), ("+49", False), ("0049", False), ("620", True), ("praxis", True)],
)
def test_a_number_that_names_a_country_has_enough_digits(number: str, is_complete: bool) -> None:
    assert complete(number) is is_complete
