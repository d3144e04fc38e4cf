"""Links from pages and letters: what they name, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.errors import BadInput
from receptionist.model.link import Link, is_link, read


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("tel:+493023125120", "+493023125120"),
        ("TEL:+49-30-23125-120", "+493023125120"),
        ("tel:+49%2030%2023125%20120", "+493023125120"),
        ("tel:%2B49(30)23125.120", "+493023125120"),
        ("tel://+493023125120", "+493023125120"),
        ("tel:030%C2%A023125120", "03023125120"),
        ("tel:+49%E2%80%9130%E2%80%9323125120", "+493023125120"),
        ("tel:+49%20(0)30%2023125120", "+493023125120"),
        ("tel:110", "110"),
        ("tel:+493023125120;isub=12?body=x", "+493023125120"),
        ("tel:23125120;phone-context=+49-30", "+493023125120"),
        ("tel:2312;phone-context=example.org", "2312"),
        ("tel:+493023125120;phone-context=+1", "+493023125120"),
        ("callto:+493023125120", "+493023125120"),
        ("callto://+493023125120", "+493023125120"),
        ("sip:+493023125120@example.org;user=phone?Subject=x", "+493023125120"),
        ("sips:+49-30-23125120:secret@example.org", "+493023125120"),
        ("sip:110@example.org", "110"),
        ("sip:erika@example.org;transport=tcp", "sip:erika@example.org"),
        ("sip:erika:secret@example.org:5070", "sip:erika@example.org:5070"),
        ("sip:03023125120", "03023125120"),
    ],
)
def test_a_link_names_a_number(text: str, number: str) -> None:
    assert is_link(text)
    assert read(text) == Link(number)


def test_an_extension_is_told_apart_from_the_number() -> None:
    assert read("tel:+4930-23125;ext=1-20") == Link("+493023125", "120")
    assert read("sip:+493023125;ext=120@example.org") == Link("+493023125", "120")
    assert read("tel:+493023125;ext=1*20") == Link("+493023125")


@pytest.mark.parametrize(
    "text",
    [
        "tel:",
        "tel:+",
        "tel:Erika",
        "tel:1-800-MUSTER",
        "tel:%FF",
        "tel:+4930%0A23125120",
        "tel:+4930%E2%80%AE23125",
        "tel:+4930%00",
        "tel:" + "1" * 21,
        "tel:1;" + "x" * 600,
        "tel:１２３",
        "sip:",
        "sip:erika",
        "sip:erika@",
        "sip:er%20ika@example.org",
        "sip:erika@exa mple.org",
        "sip:erika@-example.org",
        "callto:erika.muster",
        "https://example.org",
        "030 23125120",
        "",
    ],
)
def test_what_names_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="does not name"):
        read(text)


@pytest.mark.parametrize("text", ["tel:*21*+493023125120%23", "tel:%23%2306%23", "sip:*21*1@x.org"])
def test_a_code_is_refused_because_it_can_divert_the_line(text: str) -> None:
    with pytest.raises(BadInput, match="divert"):
        read(text)


@pytest.mark.parametrize("text", ["demo", "import", "--data", "C:", "telephone", "mailto:a@b"])
def test_other_words_are_no_links(text: str) -> None:
    assert not is_link(text)


@given(st.sampled_from(["tel:", "sip:", "callto://"]), st.text(max_size=60))
def test_no_text_breaks_reading_and_nothing_odd_comes_out(scheme: str, text: str) -> None:
    try:
        link = read(scheme + text)
    except BadInput:
        return
    assert link.number.isascii()
    assert link.number.isprintable()
    assert link.number.startswith("sip:") or link.number.lstrip("+").isdigit()
