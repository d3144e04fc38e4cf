"""What was typed or pasted becomes a number, or a sentence."""

from __future__ import annotations

import pytest

from receptionist.desk.numbers import target_of
from receptionist.errors import BadInput


@pytest.mark.parametrize(
    "pasted",
    [
        "+49 (0)30 / 2312-5177",
        "+49 30 23125177",
        "0049 (0)30 23125177",
        "030/23125177",
        "Tel.: 030 23125177",
        "Tel: 030 23125177",
        "tel. 030 23125177",
        "Telefon: +49 30 23125177",
        "Tel 030 23125177",
        "Fon.: (030) 2312 5177",
        "T: +49\u00a030\u00a023125177",
        "Mobil: 030 23125177",
        "tel:+49-30-23125177",
        "tel:23125177;phone-context=+4930",
        "TEL:+493023125177;ext=",
        "\u202a+49 30 23125177\u202c",
        "+49 30 2312\u20135177",
        "  030 23125177\n",
    ],
)
def test_a_number_from_a_letter_or_a_page_is_called(pasted: str) -> None:
    assert target_of(pasted, "DE") == "+493023125177"


@pytest.mark.parametrize(("pasted", "called"), [("110", "110"), ("1 1 2", "112"), ("77", "77")])
def test_short_numbers_stay_as_they_are(pasted: str, called: str) -> None:
    assert target_of(pasted, "DE") == called


def test_a_sip_address_is_called_as_it_stands() -> None:
    assert target_of(" sip:otto@sip.example ", "DE") == "sip:otto@sip.example"


def test_another_country_has_its_own_trunk_prefix() -> None:
    assert target_of("+43 (0)1 5880000", "DE") == "+4315880000"
    assert target_of("0221 4710177", "DE") == "+492214710177"


@pytest.mark.parametrize(
    ("pasted", "says"),
    [
        ("Frau Muster", "letters"),
        ("0800-MUSTER", "letters"),
        ("030 23125177 App. 12", "letters"),
        ("tel:otto", "letters"),
        ("", "not a telephone number"),
        ("Tel.:", "not a telephone number"),
        ("+", "not a telephone number"),
        ("*21*030#", "not a telephone number"),
        ("mailto:otto@mail.example", "letters"),
        ("030 23125177 030 23125178", "too long"),
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(pasted: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        target_of(pasted, "DE")
