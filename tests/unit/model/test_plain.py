"""Text from outside, made harmless."""

from __future__ import annotations

import csv
import io
import tomllib

from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.plain import cell, code_point, harmful, plain, quoted


def test_terminal_sequences_and_overrides_lose_their_power() -> None:
    assert plain("Mus\x1b[31mter\x07 GmbH\u202egpj") == "Mus [31mter GmbHgpj"


def test_words_stay() -> None:
    for text in ("Müller & Söhne <b>", "محمد", "שלום", "👩‍⚕️ Ärztin", "e\u0301"):
        assert plain(text) == text
        assert harmful(text) == ()


def test_one_line_or_lines() -> None:
    assert plain(" a\r\n\tb\u2028c ") == "a b c"
    assert plain("a\r\n\n b \x00\n", lines=True) == "a\n\nb"


def test_a_limit_cuts() -> None:
    assert plain("a" * 50, limit=10) == "a" * 10
    assert plain("abc\n" * 50, lines=True, limit=10) == "abc\nabc\nab"


def test_harmful_names_what_it_found() -> None:
    assert harmful("a\x00b\u202e\x00\n") == ("\x00", "\u202e", "\n")
    assert harmful("a\n\tb", lines=True) == ()
    assert code_point("\u202e") == "U+202E"


@given(st.text())
def test_plain_is_harmless_and_stable(text: str) -> None:
    assert harmful(plain(text)) == ()
    assert plain(plain(text)) == plain(text)
    kept = plain(text, lines=True)
    assert harmful(kept, lines=True) == ()
    assert plain(kept, lines=True) == kept


@given(st.text())
def test_a_cell_is_no_formula_and_survives_csv(text: str) -> None:
    row = cell(text)
    assert not row.lstrip().startswith(("=", "+", "-", "@"))
    written = io.StringIO()
    csv.writer(written).writerow([row, "end"])
    read = next(csv.reader(io.StringIO(written.getvalue(), newline="")))
    assert read == [row, "end"]


def test_long_cells_are_whole() -> None:
    assert len(cell("a" * 9000)) == 9000


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_quoted_is_toml(text: str) -> None:
    assert tomllib.loads(f"a = {quoted(text)}") == {"a": text}
