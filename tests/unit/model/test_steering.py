"""What agreed words in an owner's events mean."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from receptionist.model.client import OwnerRule, OwnerWord
from receptionist.model.steering import Steering, folded, steering
from tests.unit.model.times import client, event

NINE = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
AWAY, BOOKABLE, DO_NOT_DISTURB, REACHABLE, URGENT_ONLY = (
    OwnerRule.AWAY,
    OwnerRule.BOOKABLE,
    OwnerRule.DO_NOT_DISTURB,
    OwnerRule.REACHABLE,
    OwnerRule.URGENT_ONLY,
)


def rules(summary: str, categories: str = "", *words: OwnerWord) -> set[OwnerRule]:
    found = steering(client(words=words)).rules(event(NINE, 60, summary, categories=categories))
    return set(found)


@pytest.mark.parametrize(
    ("summary", "rule"),
    [
        ("Sprechstunde", BOOKABLE),
        ("Offene SPRECHSTUNDE (nur Mo)", BOOKABLE),
        ("buchbar", BOOKABLE),
        ("Office  hours", BOOKABLE),
        ("Urlaub in Cuxhaven", AWAY),
        ("Out of office – away", AWAY),
        ("Bitte nicht stören!", DO_NOT_DISTURB),
        ("NICHT STOEREN", DO_NOT_DISTURB),
        (unicodedata.normalize("NFD", "nicht stören"), DO_NOT_DISTURB),
        ("Do not disturb", DO_NOT_DISTURB),
        ("Messe, nur dringend", URGENT_ONLY),
        ("Fahrt: erreichbar", REACHABLE),
    ],
)
def test_the_usual_words(summary: str, rule: OwnerRule) -> None:
    assert rules(summary) == {rule}
    assert rules("", f"Privat,{summary}") == {rule}


@pytest.mark.parametrize(
    "summary",
    ["Urlaubsplanung mit Team", "Frau Urlauber", "unreachable island", "Sprechstundenhilfe", ""],
)
def test_only_whole_words_count(summary: str) -> None:
    assert rules(summary) == set()


def test_not_reachable_is_the_opposite() -> None:
    assert rules("nicht erreichbar") == {DO_NOT_DISTURB}
    assert rules("Not reachable") == {DO_NOT_DISTURB}


@pytest.mark.parametrize("summary", ["keine Sprechstunde", "nicht buchbar", "No vacation"])
def test_a_word_behind_a_not_means_nothing(summary: str) -> None:
    assert rules(summary) == set()


def test_a_phrase_with_not_may_be_agreed() -> None:
    words = (
        OwnerWord(word="erreichbar", rule=REACHABLE),
        OwnerWord(word="nicht erreichbar", rule=AWAY),
    )
    assert rules("nicht erreichbar", "", *words) == {AWAY}
    assert rules("erreichbar", "", *words) == {REACHABLE}


def test_several_words_mean_several_things_and_none_spans_title_and_category() -> None:
    assert rules("Sprechstunde", "nur dringend") == {BOOKABLE, URGENT_ONLY}
    assert rules("nur", "dringend") == set()


def test_what_was_agreed_replaces_the_usual_words() -> None:
    assert rules("Urlaub", "", OwnerWord(word="C++ (Kurs)", rule=AWAY)) == set()
    assert rules("c++ (kurs)", "", OwnerWord(word="C++ (Kurs)", rule=AWAY)) == {AWAY}


def test_what_cannot_be_read_opens_nothing() -> None:
    broken = event(NINE, 60, "Sprechstunde, nur dringend", readable=False)
    steers = steering(client())
    assert steers.rules(broken) == {URGENT_ONLY}
    assert steers.blocks(broken, all_day_blocks=True)


def test_without_a_word_nothing_is_said() -> None:
    assert Steering([OwnerWord(word="  ", rule=AWAY)]).rules(event(NINE, 60, "egal")) == set()


def test_umlauts_and_their_letters_are_the_same() -> None:
    assert folded("Ärger,  Größe  CAFÉ") == folded("aerger, groesse cafe")
