"""What is known is found by any part of it, the title first."""

from __future__ import annotations

from uuid import uuid4

from receptionist.model.knowledge import Knowledge, KnowledgeKind, known, suggested

HERE = uuid4()


def entry(title: str, text: str = "", words: str = "") -> Knowledge:
    return Knowledge(id=uuid4(), client_id=HERE, title=title, text=text, words=words)


PARKING = entry("Wo kann ich parken?", "Im Hof, Einfahrt Müllerstraße.", "Auto Stellplatz")
HOURS = entry("Öffnungszeiten", "Montag bis Freitag ab 8 Uhr, im Hof klingeln.")
AUNT = Knowledge(
    id=uuid4(),
    client_id=HERE,
    kind=KnowledgeKind.PERSON,
    title="Hofmann",
    text="Buchhaltung, +49 30 23125 007",
)
ALL = (PARKING, HOURS, AUNT)


def titles(typed: str) -> list[str]:
    return [one.title for one in known(ALL, typed, "DE")]


def test_nothing_typed_shows_everything_by_title() -> None:
    assert titles("  ") == ["Hofmann", "Wo kann ich parken?", "Öffnungszeiten"]


def test_case_and_umlauts_count_as_in_every_search() -> None:
    assert titles("MÜLLERSTRASSE") == ["Wo kann ich parken?"]
    assert titles("öffn") == ["Öffnungszeiten"]


def test_every_word_must_occur_somewhere() -> None:
    assert titles("parken hof") == ["Wo kann ich parken?"]
    assert titles("parken buchhaltung") == []


def test_the_title_comes_before_other_words_and_the_text() -> None:
    assert titles("hof") == ["Hofmann", "Wo kann ich parken?", "Öffnungszeiten"]
    assert titles("stellplatz") == ["Wo kann ich parken?"]


def test_a_number_is_found_however_it_is_written() -> None:
    assert titles("030 23125007") == ["Hofmann"]


def suggestion(note: str) -> str:
    found = suggested(ALL, note)
    return found.title if found else ""


def test_a_note_suggests_what_it_speaks_of_whatever_its_endings() -> None:
    assert suggestion("möchte wissen, wo er das Auto parkt, Parkplatz") == "Wo kann ich parken?"
    assert suggestion("fragt nach der Öffnungszeit") == "Öffnungszeiten"
    assert suggestion("will Herrn HOFMANN sprechen") == "Hofmann"


def test_short_words_texts_and_what_was_noted_long_ago_suggest_nothing() -> None:
    assert suggestion("") == suggestion("wo im Hof") == suggestion("ab 8 Uhr klingeln") == ""
    assert suggestion("parken " + "und noch etwas ganz anderes am Telefon " * 2) == ""


def test_what_shares_most_is_suggested() -> None:
    assert suggestion("Stellplatz parken, Hofmann") == "Wo kann ich parken?"
