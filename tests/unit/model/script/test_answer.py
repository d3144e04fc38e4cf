"""Answers are read as their kind of prompt wants it; what is not understood is said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.script import Choice, Prompt, PromptKind, Reading, Text, understood

GERMAN = Reading(language="de", today=date(2027, 3, 2))
ENGLISH = Reading(language="en", today=date(2027, 3, 2))
LABEL = Text((("de", "Frage"),))
CHOICES = (
    Choice("neu", Text((("de", "Neukunde"), ("en", "New customer")))),
    Choice("bestand", Text((("de", "Bestandskunde"), ("en", "Existing customer")))),
    Choice("nein", Text((("de", "Nein"),))),
)


def prompt(kind: str) -> Prompt:
    choices = CHOICES if kind == "choice" else ()
    return Prompt(key="frage", label=LABEL, kind=PromptKind(kind), choices=choices)


GOOD = [
    ("text", "  Zwei\nZeilen ", "Zwei\nZeilen", "Zwei\nZeilen"),
    ("choice", "neu", "neu", "Neukunde"),
    ("choice", "existing", "bestand", "Bestandskunde"),
    ("choice", "B", "bestand", "Bestandskunde"),
    ("choice", "3", "nein", "Nein"),
    ("number", "12", "12", "12"),
    ("number", "1.200", "1200", "1200"),
    ("number", "1.200,50", "1200.50", "1200,50"),
    ("number", "3,5", "3.5", "3,5"),
    ("number", "3.5", "3.5", "3,5"),
    ("number", "-4", "-4", "-4"),
    ("date", "12.3.1980", "1980-03-12", "Mittwoch, 12. März 1980"),
    ("date", "morgen", "2027-03-03", "Mittwoch, 3. März 2027"),
    ("date", "Dienstag", "2027-03-02", "Dienstag, 2. März 2027"),
    ("date", "nächsten dienstag", "2027-03-09", "Dienstag, 9. März 2027"),
    ("address", "Musterstr. 1\n10115 Berlin", "Musterstr. 1, 10115 Berlin", None),
    ("phone", "030 / 23125-101", "+493023125101", "+49 30 23125101"),
    ("phone", "12", "12", "12"),
    ("email", "Erika@office.example", "Erika@office.example", None),
]


@pytest.mark.parametrize(("kind", "typed", "value", "shown"), GOOD)
def test_what_is_understood(kind: str, typed: str, value: str, shown: str | None) -> None:
    found = understood(prompt(kind), typed, GERMAN)
    assert (found.value, found.shown, found.fault) == (value, shown or value, "")


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("choice", "ne"),
        ("choice", "4"),
        ("choice", "irgendwas"),
        ("number", "viele"),
        ("number", "12x"),
        ("date", "nächste Woche"),
        ("date", "14 Uhr"),
        ("date", "irgendwann"),
        ("address", "Musterstr. 1"),
        ("phone", "keine"),
        ("phone", "030 1"),
        ("phone", "+49 30"),
        ("email", "erika"),
    ],
)
def test_what_is_not_understood_is_said(kind: str, typed: str) -> None:
    found = understood(prompt(kind), typed, GERMAN)
    assert (found.value, found.shown) == ("", "")
    assert found.fault.endswith((".", "?"))


def test_english_numbers_and_days_are_read_in_english() -> None:
    assert understood(prompt("number"), "1,200.5", ENGLISH).value == "1200.5"
    assert understood(prompt("number"), "1,200", ENGLISH).value == "1200"
    assert understood(prompt("choice"), "b", ENGLISH).shown == "Existing customer"
    assert understood(prompt("date"), "tomorrow", ENGLISH).shown == "Wednesday, 3 March 2027"


@given(st.sampled_from(PromptKind), st.text(max_size=60))
def test_whatever_is_typed_is_either_understood_or_said_to_be_wrong(
    kind: PromptKind, typed: str
) -> None:
    found = understood(prompt(kind), typed, GERMAN)
    if typed.strip() and (found.value or found.fault):
        assert bool(found.value) != bool(found.fault)
    assert "\0" not in found.value
