"""Blocks of a script as wholes: moved, and taken out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.scriptfile import parse
from receptionist.scriptfile.blockmoves import moved, without
from receptionist.scriptfile.outline import Block, BlockKind, block_at, outline
from tests.unit.test_script_form import ALL, SCRIPT


@given(st.sampled_from(ALL), st.sampled_from([-1, 1]))
def test_what_is_moved_and_moved_back_is_where_it_was(block: Block, step: int) -> None:
    found = moved(SCRIPT, block.first, step)
    if found is None:
        return
    text, line = found
    assert sorted(text.split("\n")) == sorted(SCRIPT.split("\n"))
    here = block_at(outline(text), line)
    assert (here.first, here.kind, here.title) == (line, block.kind, block.title)
    assert moved(text, line, -step) == (SCRIPT, block.first)


def test_a_call_reason_moves_with_all_that_is_asked() -> None:
    found = moved(SCRIPT, SCRIPT[: SCRIPT.index('"nachricht"')].count("\n") + 1, -1)
    assert found is not None
    before, after = parse(SCRIPT), parse(found[0])
    assert after.reasons == before.reasons[::-1]
    prompts = [one for one in ALL if one.kind is BlockKind.PROMPT]
    text, _line = moved(SCRIPT, prompts[1].first, -1) or ("", 0)
    assert text.index("# asked with care") < text.index('key = "seit"') < text.index('key = "was"')
    assert text.index("# so much for that") < text.index('key = "was"')


STREWN = """\
format = 1
language = "de"

[[reason]]
key = "a"
title = "A"

[[greeting]]
text = "Guten Tag."

[[reason.prompt]]
key = "p"
label = "P"

[[reason]]
key = "b"
title = "B"

[[reason.prompt]]
key = "q"
label = "Q"
"""


def test_what_is_asked_below_a_greeting_moves_with_its_reason() -> None:
    before = parse(STREWN)
    down, _line = moved(STREWN, 4, 1) or ("", 0)
    assert parse(down).reasons == before.reasons[::-1]
    assert [one.title for one in outline(down) if one.kind is BlockKind.GREETING] == ["Guten Tag."]


def test_what_is_asked_below_a_greeting_goes_with_its_reason_and_the_greeting_stays() -> None:
    before, after = parse(STREWN), parse(without(STREWN, 4))
    assert after.reasons == before.reasons[1:]
    assert after.greetings == before.greetings


@pytest.mark.parametrize("block", ALL[1:])
def test_a_block_is_taken_out_and_nothing_else(block: Block) -> None:
    text = without(SCRIPT, block.first)
    gone = 5 if block.title == "Notfall" else 1
    assert len(outline(text)) == len(ALL) - gone
    assert "\n\n\n" not in text
    assert text.endswith("\n")
    left = iter(SCRIPT.split("\n"))
    assert all(row in left for row in text.split("\n")), "in its order"


def test_the_beginning_stays() -> None:
    assert without(SCRIPT, 1) == SCRIPT
    assert moved(SCRIPT, 1, 1) is None
