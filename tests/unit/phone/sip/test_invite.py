"""What an INVITE says: the real shapes, the allowed oddities, and garbage."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.phone.sip.invite import ANONYMOUS, Invite, clean, parse


def invite(*headers: str, uri: str = "sip:desk@192.0.2.1:5060", end: str = "\r\n") -> Invite:
    lines = (
        f"INVITE {uri} SIP/2.0",
        "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1",
        *headers,
        "",
        "",
    )
    return parse(end.join(lines) + "v=0\r\nTo: <sip:body@example.org>\r\n")


def as_surrogates(data: bytes) -> str:
    """Bytes as the binding hands them over."""
    return data.decode("utf-8", "surrogateescape")


def test_plain_call() -> None:
    read = invite(
        "From: Erika Muster <sip:+491713920001@example.org>;tag=1",
        "To: <sip:+493023125100@example.org;user=phone>",
    )
    assert read.called.to == "sip:+493023125100@example.org;user=phone"
    assert read.called.request_uri == "sip:desk@192.0.2.1:5060"
    assert (read.caller_uri, read.caller_name) == (
        "sip:+491713920001@example.org",
        "Erika Muster",
    )


def test_the_body_is_not_read_as_headers() -> None:
    assert invite("From: <sip:1@example.org>").called.to == ""


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_any_line_end(end: str) -> None:
    read = invite("From: <sip:1@example.org>", "To: <sip:2@example.org>", end=end)
    assert (read.caller_uri, read.called.to) == ("sip:1@example.org", "sip:2@example.org")


def test_compact_forms_any_case_and_space_before_the_colon() -> None:
    read = invite("f : <sip:1@example.org>;tag=x", "T:<sip:2@example.org>")
    assert (read.caller_uri, read.called.to) == ("sip:1@example.org", "sip:2@example.org")


def test_folded_lines() -> None:
    read = invite("From: Erika\r\n\tMuster\r\n  <sip:1@example.org>", "To: <sip:2@example.org>")
    assert (read.caller_name, read.caller_uri) == ("Erika Muster", "sip:1@example.org")


def test_quoted_commas_brackets_and_escapes_stay_in_the_name() -> None:
    read = invite(r'From: "Muster, \"Eri\" <sip:no@example.org>" <sip:1@example.org>;tag="a,b"')
    assert read.caller_name == 'Muster, "Eri" <sip:no@example.org>'
    assert read.caller_uri == "sip:1@example.org"


def test_address_without_brackets_leaves_its_parameters() -> None:
    read = invite("From: sip:1@example.org;tag=abc", "To: tel:+493023125100;phone-context=x")
    assert (read.caller_uri, read.called.to) == ("sip:1@example.org", "tel:+493023125100")


def test_diversions_come_oldest_first() -> None:
    read = invite(
        "Diversion: <sip:+4930231253@example.org>;reason=no-answer",
        'Diversion: "B, C" <sip:+4930231252@example.org>, <tel:+4930231251>;counter=1',
    )
    assert read.called.diversion == (
        "tel:+4930231251",
        "sip:+4930231252@example.org",
        "sip:+4930231253@example.org",
    )


def test_history_is_ordered_by_index_as_numbers() -> None:
    read = invite(
        "History-Info: <sip:c@example.org>;index=1.10, <sip:b@example.org>;index=1.2",
        "History-Info: <sip:a@example.org?Privacy=history;index=9>;index=1;np=1",
    )
    assert read.called.history == (
        "sip:a@example.org?Privacy=history;index=9",
        "sip:b@example.org",
        "sip:c@example.org",
    )


def test_called_party_id() -> None:
    read = invite("P-Called-Party-ID: <sip:+493023125100@example.org>")
    assert read.called.p_called_party_id == "sip:+493023125100@example.org"


def test_asserted_identity_before_from() -> None:
    read = invite(
        "From: <sip:anonymous@anonymous.invalid>",
        'P-Asserted-Identity: "Max Muster" <sip:+491713920002@example.org>, <tel:+491713920002>',
    )
    assert (read.caller_uri, read.caller_name) == ("sip:+491713920002@example.org", "Max Muster")


def test_asserted_identity_without_a_name_takes_that_of_from() -> None:
    read = invite('From: "Erika" <sip:1@example.org>', "P-Asserted-Identity: <tel:+491713920002>")
    assert (read.caller_uri, read.caller_name) == ("tel:+491713920002", "Erika")


def test_the_word_anonymous_is_no_name() -> None:
    read = invite(
        'From: "Anonymous" <sip:anonymous@anonymous.invalid>',
        "P-Asserted-Identity: <tel:+491713920002>",
    )
    assert (read.caller_uri, read.caller_name) == ("tel:+491713920002", "")


@pytest.mark.parametrize("privacy", ["id", "user;id;critical", "FULL", "header, x", "none;id"])
def test_privacy_hides_even_an_asserted_identity(privacy: str) -> None:
    read = invite(
        "From: <sip:1@example.org>", "P-Asserted-Identity: <tel:+49171>", f"Privacy: {privacy}"
    )
    assert (read.caller_uri, read.caller_name) == (ANONYMOUS, "")


@pytest.mark.parametrize("privacy", ["none", "history", ""])
def test_other_privacy_hides_nothing(privacy: str) -> None:
    read = invite("From: <sip:1@example.org>", f"Privacy: {privacy}")
    assert read.caller_uri == "sip:1@example.org"


@pytest.mark.parametrize(
    "value",
    [
        '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1',
        "<sip:Anonymous@example.org>",
        "<sip:x@ANONYMOUS.invalid:5060;transport=udp>",
        "sip:anonymous.invalid",
    ],
)
def test_anonymous_in_every_spelling(value: str) -> None:
    assert invite(f"From: {value}").caller_uri == ANONYMOUS


def test_names_in_utf_8_and_in_latin_1() -> None:
    text = "INVITE sip:1@example.org SIP/2.0\r\nFrom: Jörg <sip:2@example.org>\r\n\r\n"
    assert parse(as_surrogates(text.encode("utf-8"))).caller_name == "Jörg"
    assert parse(as_surrogates(text.encode("latin-1"))).caller_name == "Jörg"


def test_control_and_direction_characters_are_gone() -> None:
    read = invite('From: "A\x00B\x1b[31m\u202eC\x85" <sip:1\x07@example.org>')
    assert read.caller_name == "A B [31mC"
    assert "\x07" not in read.caller_uri


def test_nothing_usable() -> None:
    read = parse("")
    assert (read.caller_uri, read.caller_name) == ("", "")
    assert read.called.request_uri == ""


def test_a_from_that_is_no_address_shows_what_came() -> None:
    assert invite("From: what is this").caller_name == "what is this"


def test_many_and_long_headers_are_bounded() -> None:
    read = invite(*[f"Diversion: <sip:{'9' * 5000}@example.org>"] * 100)
    assert len(read.called.diversion) == 16
    assert max(map(len, read.called.diversion)) == 256


HEADERS = ("From", "f", "To", "Diversion", "History-Info", "P-Asserted-Identity", "Privacy", "X")
ODD = st.text(alphabet='<>",;:\\ \t=sip@1.indexé\x00\r\n', max_size=60)


@given(st.lists(st.tuples(st.sampled_from(HEADERS), ODD), max_size=8), st.binary(max_size=40))
def test_any_bytes_are_survived(headers: list[tuple[str, str]], tail: bytes) -> None:
    lines = [b"INVITE sip:1@example.org SIP/2.0"]
    lines += [f"{name}: {value}".encode() + tail for name, value in headers]
    read = parse(as_surrogates(b"\r\n".join(lines)))
    texts = (
        read.caller_uri,
        read.caller_name,
        *read.called.history,
        *read.called.diversion,
        read.called.to,
        read.called.request_uri,
    )
    for text in texts:
        text.encode("utf-8")
        assert all(unicodedata.category(c) not in ("Cc", "Cs", "Cf") for c in text)


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    parse(text)


def test_clean_keeps_one_line() -> None:
    assert clean(" a\r\n b\u2028c ") == "a b c"
