"""What is put into a script by its name fits wherever it is wished for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from receptionist import i18n
from receptionist.errors import BadInput, WrongFile
from receptionist.model.script import Script
from receptionist.scriptfile import parse
from receptionist.scriptfile.outline import BlockKind, block_at, outline
from receptionist.scriptfile.pieces import (
    ACTIONS,
    Insertion,
    Piece,
    detail,
    details,
    insertion,
)
from receptionist.scriptfile.templates import template

TODAY = date(2026, 11, 23)
EMPTY = 'format = 1\nlanguage = "de"\n'
SMALL = """\
format = 1
language = "de"

[[greeting]]
text = "Guten Tag."

[[warning]]
text = "Nie Preise nennen."

[[reason]]
key = "notfall"
title = { de = "Notfall", en = "Emergency" }

[[reason.prompt]]
key = "was"
label = "Was ist passiert?"
# gleich fragen

[[reason.action]]
do = "on-call"

[[reason]]
key = "nachricht"
title = "Nachricht"
"""


@pytest.fixture(autouse=True, params=["de", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The receptionist speaks either, and is no guest whose language was chosen."""
    before = i18n.language()
    yield i18n.choose(request.param)
    i18n.choose(before)


def put(text: str, found: Insertion) -> str:
    rows = text.split("\n")
    return "\n".join([*rows[: found.after], *found.rows, *rows[found.after :]])


def read(text: str, found: Insertion) -> Script:
    whole = put(text, found)
    assert found.chosen in whole.split("\n")[found.at - 1]
    return parse(whole)


def test_the_outline_says_what_stands_where() -> None:
    blocks = outline(SMALL)
    assert [(one.kind, one.first, one.last, one.title) for one in blocks] == [
        (BlockKind.HEAD, 1, 2, "de"),
        (BlockKind.GREETING, 4, 5, "Guten Tag."),
        (BlockKind.WARNING, 7, 8, "Nie Preise nennen."),
        (BlockKind.REASON, 10, 12, "Notfall"),
        (BlockKind.PROMPT, 14, 16, "Was ist passiert?"),
        (BlockKind.ACTION, 19, 20, "on-call"),
        (BlockKind.REASON, 22, 24, "Nachricht"),
    ]
    assert block_at(blocks, 3).kind is BlockKind.HEAD
    assert block_at(blocks, 17).kind is BlockKind.PROMPT


def test_a_broken_text_has_an_outline_too() -> None:
    broken = SMALL.replace('"Notfall"', '"Notfall').replace('text = "Guten', 'text = """\nGuten')
    kinds = [one.kind for one in outline(broken)]
    assert kinds == [one.kind for one in outline(SMALL)]
    assert outline("")[0].kind is BlockKind.HEAD
    assert outline(SMALL.replace('"Guten Tag."', '"""\nGuten Tag."""'))[1].title == "Guten Tag."


@pytest.mark.parametrize("piece", Piece)
def test_every_piece_fits_wherever_the_keyboard_is(piece: Piece) -> None:
    text = template("plumbing")
    if piece is Piece.GREETING:  # that one is said at night there already
        text = text.replace('hours = "18:00-07:00"', 'hours = "19:00-07:00"')
    before = parse(text)
    for line in range(1, text.count("\n") + 2, 45):
        after = read(text, insertion(text, line, piece, contacts=("chef",)))
        assert after != before
        for kind in ("greetings", "warnings", "reasons"):
            added = len(getattr(after, kind)) - len(getattr(before, kind))
            assert added == (f"{piece}s" == kind)


def test_an_empty_script_is_made_of_pieces() -> None:
    text = EMPTY
    for piece in (Piece.REASON, Piece.WARNING, Piece.GREETING, Piece.GREETING, Piece.CHOICE):
        text = put(text, insertion(text, 1, piece))
        parse(text)
    for piece in (Piece.NOTE, Piece.URGENT):
        text = put(text, insertion(text, 99, piece))
    script = parse(text)
    assert [one.when.always for one in script.greetings] == [True, False]
    assert [one.do for one in script.reasons[0].actions] == ["urgent", "note"]
    assert script.reasons[0].actions[0].when, "or the one below would never be done"


@pytest.mark.parametrize("piece", [Piece.PROMPT, *ACTIONS])
def test_what_belongs_into_a_call_reason_needs_one(piece: Piece) -> None:
    with pytest.raises(BadInput, match=r"Anliegen|call reason"):
        insertion(EMPTY, 1, piece)


def test_a_second_one_has_a_key_of_its_own() -> None:
    text = put(SMALL, insertion(SMALL, 11, Piece.REASON))
    text = put(text, insertion(text, 11, Piece.REASON))
    script = parse(text)
    assert len(script.reasons) == 4
    assert script.reasons[1].title == script.reasons[2].title, "right below where one was"


def test_words_are_those_of_the_script(language: str) -> None:
    english = SMALL.replace('language = "de"', 'language = "en"')
    assert parse(put(english, insertion(english, 1, Piece.REASON))).reasons[-1].title.to("en") == (
        "New call reason"
    )
    german = parse(put(SMALL, insertion(SMALL, 1, Piece.REASON)))
    assert german.reasons[-1].title.to("de") == "Neues Anliegen", language
    assert german.reasons[-1].key == "anliegen"


def test_more_is_said_of_the_block_where_one_is() -> None:
    text = SMALL
    for line, name in ((15, "required"), (11, "say"), (8, "last"), (8, "hours"), (5, "days")):
        found = detail(text, line, name, TODAY)
        assert name in details(text, line)
        read(text, found)
        text = put(text, found)
        line = next(n for n, row in enumerate(text.split("\n"), 1) if row.startswith(f"{name} ="))
        again = detail(text, line, name, TODAY)
        assert (again.rows, again.at) == ((), line), "where it is there, it is gone to"
    script = parse(text)
    assert script.warnings[0].when.last == date(2026, 12, 7)
    assert script.greetings[0].when.weekdays == (5, 6)


def test_a_condition_is_about_what_is_asked_above() -> None:
    (one,) = parse(put(SMALL, detail(SMALL, 20, "when", TODAY))).reasons[0].actions
    assert [each.prompt for each in one.when] == ["was"]
    with pytest.raises(WrongFile):
        parse(put(SMALL, detail(SMALL, 15, "when", TODAY)))
