"""What is said when a call is answered."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.greeting import LANGUAGES, Greeting, time_of_day


def said(text: str, at: time = time(9), language: str = "de", client: str = "Praxis Muster") -> str:
    return Greeting(text, language).spoken(client=client, receptionist="Erika Muster", at=at)


def test_a_german_greeting() -> None:
    text = "{client}, {time_of_day}, Sie sprechen mit {receptionist}."
    assert said(text) == "Praxis Muster, guten Morgen, Sie sprechen mit Erika Muster."


def test_the_time_of_day_has_a_capital_where_a_sentence_begins() -> None:
    assert said("{time_of_day}!") == "Guten Morgen!"
    assert said("Ja. „{time_of_day}“, {time_of_day}") == "Ja. „Guten Morgen“, guten Morgen"


def test_names_stay_as_they_are_written() -> None:
    assert said("{client}, {time_of_day}", client="eMobil GmbH") == "eMobil GmbH, guten Morgen"


@pytest.mark.parametrize(
    ("language", "at", "words"),
    [
        ("de", time(0), "guten Abend"),
        ("de", time(3, 59), "guten Abend"),
        ("de", time(4), "guten Morgen"),
        ("de", time(10, 59, 59), "guten Morgen"),
        ("de", time(11), "guten Tag"),
        ("de", time(17, 59), "guten Tag"),
        ("de", time(18), "guten Abend"),
        ("en", time(11, 59), "good morning"),
        ("en", time(12), "good afternoon"),
        ("en", time(23, 59), "good evening"),
        ("fr", time(12), "good afternoon"),
    ],
)
def test_time_of_day(language: str, at: time, words: str) -> None:
    assert time_of_day(at, language) == words


def test_values_are_never_expanded_again() -> None:
    assert said("{client}", client="{receptionist} {0.__class__}") == "{receptionist} {0.__class__}"


def test_unknown_placeholders_stay_visible_and_are_named() -> None:
    greeting = Greeting("{clinet} {client} {} { client }")
    assert greeting.unknown_placeholders() == ("clinet", "", " client ")
    assert said("{clinet}") == "{clinet}"


@pytest.mark.parametrize("text", ["{client", "client}", "{{client}}", "}{"])
def test_a_lonely_brace_is_seen(text: str) -> None:
    assert Greeting(text).has_stray_brace()


def test_whole_placeholders_are_not_stray() -> None:
    assert not Greeting("{client} {time_of_day} {receptionist}").has_stray_brace()


@given(st.text(), st.text(), st.times(), st.sampled_from(LANGUAGES))
def test_any_text_can_be_said(text: str, client: str, at: time, language: str) -> None:
    said(text, at, language, client)
