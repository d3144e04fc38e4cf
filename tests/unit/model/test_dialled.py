"""Which client was called, from the headers of a request."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.dialled import Called, candidates, match, user_part

PRACTICE = "+493023125101"
WORKSHOP = "+492214710134"
MOBILE = "+491713920012"
US = "sip:office@198.51.100.7:5060;transport=udp"
CLIENTS = {PRACTICE: "practice", WORKSHOP: "workshop"}


def whose(called: Called, clients: dict[str, str] | None = None) -> tuple[str, str | None]:
    return match(called, "DE", (CLIENTS if clients is None else clients).get)


@pytest.mark.parametrize(
    ("uri", "user"),
    [
        ("sip:+493023125101@example.org;user=phone", "+493023125101"),
        ("SIPS:+493023125101@example.org", "+493023125101"),
        ("tel:+49-30-23125-101", "+49-30-23125-101"),
        ("tel:+493023125101;ext=12?Reason=SIP%3Bcause%3D302", "+493023125101"),
        ("sip:030%2023125101@example.org", "030 23125101"),
        ("sip:%2B493023125101@example.org", "+493023125101"),
        ("sip:M%C3%BCller@example.org", "Müller"),
        ("sip:a%40b@example.org", "a@b"),
        ("sip:office:secret@example.org", "office"),
        ("sip:+493023125101;npdi;rn=+49@example.org;user=phone", "+493023125101"),
        ("sip:101;phone-context=+493023125@example.org;user=phone", "+493023125101"),
        ("tel:03023125101;phone-context=+49", "+4903023125101"),
        ("tel:101;phone-context=office.example.org", "101"),
        ("sip:office;phone-context=+49@example.org", "office"),
        ('"Muster <sip:0@evil.example>" <sip:030@example.org>;tag=1', "030"),
        ("<tel:110>", "110"),
        (" sip:620@[2001:db8::1]:5060 ", "620"),
        ("sip:example.org", ""),
        ("sip:192.0.2.1:5060", ""),
        ("sip:@example.org", ""),
        ("tel:", ""),
        ("mailto:erika@example.org", ""),
        ("030 23125101", ""),
        ("", ""),
        ("<>", ""),
        ("sip:%ZZ@example.org", "%ZZ"),
    ],
)
def test_user_part(uri: str, user: str) -> None:
    assert user_part(uri) == user


@given(st.text())
def test_garbage_never_raises(text: str) -> None:
    for uri in (text, f"sip:{text}@example.org", f"tel:{text}", f'"{text}" <sip:{text}>'):
        whose(Called(to=uri, request_uri=uri, history=(uri,), diversion=(uri,)))


def test_a_phone_context_completes_a_national_number() -> None:
    called = Called(to="tel:030-23125-101;phone-context=+49")
    assert candidates(called, "DE") == (PRACTICE,)


def test_a_forwarded_mobile_is_known_by_its_diversion() -> None:
    called = Called(
        to=f"<sip:{WORKSHOP}@provider.example>",
        diversion=(f"<sip:{PRACTICE}@provider.example;user=phone>;reason=unconditional",),
        request_uri=US,
    )
    assert whose(called) == (PRACTICE, "practice")


def test_history_info_tells_first_and_its_oldest_entry_decides() -> None:
    called = Called(
        to=f"sip:{WORKSHOP}@provider.example",
        history=(
            f"<sip:{PRACTICE}@provider.example?Reason=SIP%3Bcause%3D302>;index=1",
            f"<sip:{WORKSHOP}@provider.example;cause=302>;index=1.1",
        ),
        diversion=(f"sip:{WORKSHOP}@provider.example",),
        request_uri=US,
    )
    assert whose(called) == (PRACTICE, "practice")


def test_of_several_diversions_the_oldest_known_one_decides() -> None:
    called = Called(
        to="sip:office@provider.example",
        diversion=(
            f"sip:{MOBILE}@provider.example",
            f"sip:{WORKSHOP}@provider.example",
            f"sip:{PRACTICE}@provider.example",
        ),
        request_uri=US,
    )
    assert whose(called) == (WORKSHOP, "workshop")


def test_an_unknown_diverting_number_does_not_hide_a_known_one() -> None:
    called = Called(
        to=f"sip:{PRACTICE}@provider.example",
        diversion=(f"sip:{MOBILE}@provider.example",),
        history=(f"tel:{MOBILE}",),
        request_uri=US,
    )
    assert whose(called) == (PRACTICE, "practice")


def test_a_hidden_diversion_does_not_become_the_dialled_number() -> None:
    called = Called(
        diversion=("sip:anonymous@anonymous.invalid",),
        history=("<sip:Anonymous@anonymous.invalid?Privacy=history>",),
        to="sip:620@provider.example",
        request_uri=US,
    )
    assert whose(called) == ("620", None)


def test_a_registering_proxy_rewrites_the_request_uri_and_to_still_tells() -> None:
    called = Called(to=f"<sip:{PRACTICE}@provider.example>", request_uri=US)
    assert whose(called) == (PRACTICE, "practice")


def test_p_called_party_id_is_asked_before_to() -> None:
    called = Called(
        p_called_party_id=f"<sip:{PRACTICE}@provider.example>",
        to=f"<sip:{WORKSHOP}@provider.example>",
        request_uri=US,
    )
    assert whose(called) == (PRACTICE, "practice")


def test_a_trunk_may_tell_the_number_in_the_request_uri_only() -> None:
    called = Called(
        to="sip:+493023125000@provider.example",
        request_uri="sip:493023125101@198.51.100.7:5060;user=phone",
    )
    assert whose(called) == (PRACTICE, "practice")


def test_nobody_known_names_a_whole_number_before_a_name() -> None:
    called = Called(
        to="sip:office@provider.example", request_uri="sip:0221-4710199@198.51.100.7;user=phone"
    )
    assert whose(called) == ("+492214710199", None)


def test_nobody_known_and_forwarded_names_the_number_that_was_dialled() -> None:
    called = Called(to=f"sip:{PRACTICE}@provider.example", diversion=(f"sip:{MOBILE}@x.example",))
    assert whose(called, {}) == (MOBILE, None)


def test_a_name_can_be_a_client_too() -> None:
    assert whose(Called(to="sip:Praxis@office.example"), {"praxis": "practice"}) == (
        "praxis",
        "practice",
    )


def test_nothing_at_all() -> None:
    assert whose(Called()) == ("", None)
    assert whose(Called(to="sip:192.0.2.1", request_uri="sip:example.org")) == ("", None)


def test_candidates_name_nothing_twice() -> None:
    called = Called(to="sip:030-23125101@example.org", request_uri=f"tel:{PRACTICE}")
    assert candidates(called, "DE") == (PRACTICE,)
