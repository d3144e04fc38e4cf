"""What is known is found by any part of it, the title first."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.knowledge import (
    Knowledge,
    KnowledgeKind,
    in_order,
    known,
    last_position,
    moved,
    suggested,
)

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


def test_what_is_pinned_comes_first_and_what_was_moved_stays_there() -> None:
    pinned = replace(HOURS, pinned=True)
    assert in_order([PARKING, AUNT, pinned]) == [pinned, AUNT, PARKING]
    after = moved([PARKING, AUNT, pinned], AUNT.id, 1)
    assert [(one.id, one.position) for one in after] == [
        (pinned.id, 1),
        (PARKING.id, 2),
        (AUNT.id, 3),
    ]
    assert [one.id for one in in_order(after)] == [pinned.id, PARKING.id, AUNT.id]
    assert moved(after, AUNT.id, 1) == moved(after, PARKING.id, -1) == moved(after, HERE, 1) == ()
    assert last_position(after) == 4
    assert last_position(ALL) == 0
    assert next(iter(known(after, "", "DE"))) == after[0]


@given(st.lists(st.booleans(), min_size=1, max_size=8), st.data())
def test_moving_up_and_down_again_changes_nothing(pins: list[bool], data: st.DataObject) -> None:
    entries = [
        Knowledge(id=UUID(int=n), client_id=HERE, title=f"T {n % 3}", pinned=pin)
        for n, pin in enumerate(pins)
    ]
    before = [one.id for one in in_order(entries)]
    chosen = data.draw(st.sampled_from(before))
    after = moved(entries, chosen, 1)
    if after:
        assert sorted(one.position for one in after) == list(range(1, len(pins) + 1))
        back = moved(after, chosen, -1)
        assert [one.id for one in in_order(back)] == before


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
