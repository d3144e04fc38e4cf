"""A block of a script as a form: what is filled in is read back, and nothing else is touched."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from receptionist.errors import WrongFile
from receptionist.model.script import Choice, Comparison, Condition, PromptKind, Text
from receptionist.scriptfile import parse
from receptionist.scriptfile.blockform import field_at, fields_of, fill_in
from receptionist.scriptfile.outline import Block, BlockKind, block_at, outline
from receptionist.scriptfile.templates import TRADES, template

SCRIPT = """\
# what was agreed
format = 1
language = "de"  # his own

[[greeting]]
text.de = "Guten Tag."   # short
text.en = "Hello."
# at night
[greeting.when]
hours = "18:00-07:00"    # over midnight

[[greeting]]
text = { de = "Moin.", en = "Hi." }
when = { days = ["saturday"], first = 2027-12-24 }

[[warning]]
text = \"\"\"
Nie Preise nennen.
Auch keine ungefähren.\"\"\"

# ---- why

[[reason]]
key = "notfall"
  title = "Notfall"
[reason.say]
de = "Sofort."
# belongs to the reason

[[reason.prompt]]   # first
key = "was"
label = "Was ist passiert?"
required = true
kind = "choice"
choices = [
  "Wasser", # much of it
  "Strom",
]

# asked with care
[[reason.prompt]]
key = "seit"
label = "Seit wie vielen Stunden?"
kind = "number"
when = { prompt = "was", is_not = "Strom" }
# so much for that

[[reason.action]]
do = "connect"
contact = "chef"
when = [
  { prompt = "was", is = ["Wasser", "Strom"] },
  { prompt = "seit", at_least = 2 },
]

[[reason.action]]
do = "urgent"
text = ""

[[reason]]
key = "nachricht"
title = "Nachricht"
"""
ALL = outline(SCRIPT)
SAID = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
LINE = SAID.map(lambda words: words.replace("\n", " "))
KEYS = st.text("abz09-", min_size=1, max_size=8)
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


def texts(words: st.SearchStrategy[str]) -> st.SearchStrategy[Text]:
    """In none, one or both languages, the usual one first."""

    def made(german: str, english: str) -> Text:
        return Text(tuple(pair for pair in (("de", german), ("en", english)) if pair[1]))

    return st.builds(made, words, words)


def choices() -> st.SearchStrategy[tuple[Choice, ...]]:
    both = st.tuples(st.sampled_from(["", "Wasser", "Strom"]), texts(LINE.filter(bool)))
    return st.lists(both, max_size=4, unique_by=lambda one: one[0]).map(
        lambda found: tuple(Choice(key, words or Text((("de", ""),))) for key, words in found)
    )


def conditions() -> st.SearchStrategy[tuple[Condition, ...]]:
    number = st.integers(-9, 999).map(str) | st.decimals(-9, 9, places=2).map("{:f}".format)
    one = st.one_of(
        st.builds(
            Condition,
            KEYS,
            st.sampled_from([Comparison.IS, Comparison.IS_NOT]),
            st.lists(LINE, max_size=3).map(tuple),
        ),
        st.builds(Condition, KEYS, st.sampled_from([Comparison.ANSWERED, Comparison.MISSING])),
        st.builds(
            Condition,
            KEYS,
            st.sampled_from([Comparison.AT_LEAST, Comparison.AT_MOST]),
            st.tuples(number | LINE),
        ),
    )
    return st.lists(one, max_size=3).map(tuple)


FIELDS: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("text", "say", "instruct", "hint"), texts(SAID)),
    **dict.fromkeys(("title", "label"), texts(LINE)),
    **dict.fromkeys(("hours", "number", "line"), LINE),
    **dict.fromkeys(("kind", "contact", "rota", "into"), KEYS),
    **dict.fromkeys(("language", "caller"), st.sampled_from(["de", "en"])),
    **dict.fromkeys(("first", "last"), st.none() | DAYS | LINE),
    "days": st.sets(st.integers(0, 6)).map(lambda days: tuple(sorted(days))),
    "holiday": st.none() | st.booleans(),
    "required": st.booleans(),
    "do": st.sampled_from(["book", "note", "connect", "on-call", "urgent", "shout"]),
    "choices": choices(),
    "when": conditions(),
}


@st.composite
def fillings(draw: st.DrawFn) -> tuple[Block, str, Any]:
    block = draw(st.sampled_from(ALL))
    fields = fields_of(SCRIPT, block)
    assert fields is not None
    name = draw(st.sampled_from(sorted(fields)))
    if name == "kind" and block.kind is BlockKind.PROMPT:
        return block, name, draw(st.sampled_from(PromptKind))
    return block, name, draw(FIELDS[name])


def same(name: str, one: Any, other: Any) -> bool:
    """Whether two values mean the same; a choice is known by its words."""
    if name == "choices":
        return [dict(each.label.words) for each in one] == [dict(e.label.words) for e in other]
    if isinstance(one, Text) and isinstance(other, Text):
        return dict(one.words) == dict(other.words)
    return (one or None) == (other or None) or (name == "holiday" and one is other)


def others(text: str, number: int) -> list[str]:
    """The rows of a text but for those of the block with this number."""
    block = outline(text)[number]
    rows = text.split("\n")
    return [*rows[: block.first - 1], *rows[block.last :]]


@settings(max_examples=60, deadline=None)
@given(fillings())
def test_what_is_filled_in_is_read_back_and_all_other_lines_stay(
    filling: tuple[Block, str, Any],
) -> None:
    block, name, value = filling
    number = ALL.index(block)
    after = fill_in(SCRIPT, block.first, name, value)
    fields, before = fields_of(after, outline(after)[number]), fields_of(SCRIPT, block)
    assert fields is not None
    assert before is not None
    assert same(name, fields[name], value), after
    follows = {"kind": {"choices", "into"}, "do": {"kind", "contact", "rota"}}.get(name, set())
    for each in set(fields) - {name} - follows - ({"text"} if name == "language" else set()):
        assert same(each, fields[each], before[each]), (each, after)
    if name != "choices":
        assert others(after, number) == others(SCRIPT, number)
    comments = [row for row in SCRIPT.split("\n") if row.startswith("#")]
    assert [row for row in after.split("\n") if row in comments] == comments


@settings(max_examples=60, deadline=None)
@given(fillings())
def test_what_is_filled_in_again_as_it_was_changes_nothing_more(
    filling: tuple[Block, str, Any],
) -> None:
    block, name, value = filling
    once = fill_in(SCRIPT, block.first, name, value)
    fields = fields_of(once, outline(once)[ALL.index(block)])
    assert fields is not None
    assert fill_in(once, block.first, name, fields[name]) == once


@settings(max_examples=20, deadline=None)
@given(st.lists(fillings(), min_size=2, max_size=6))
def test_one_field_after_another_can_be_filled_in(found: list[tuple[Block, str, Any]]) -> None:
    text = SCRIPT
    for block, name, value in found:
        number = ALL.index(block)
        here = outline(text)[number]
        if name not in (fields_of(text, here) or {}):
            continue
        text = fill_in(text, here.first, name, value)
        fields = fields_of(text, outline(text)[number])
        assert fields is not None
        assert same(name, fields[name], value), text
    assert len(outline(text)) == len(ALL)


@pytest.mark.parametrize("trade", TRADES)
def test_every_block_of_every_template_is_a_form(trade: str) -> None:
    text = template(trade)
    for block in outline(text):
        fields = fields_of(text, block)
        assert fields is not None, block
        for name, value in fields.items():
            assert fill_in(text, block.first, name, value) == text, (block, name)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('do = "urgent"', 'do = "urgent'),
        ('do = "urgent"', "do = urgent"),
        ('do = "urgent"', 'do = "urgent"\nloud = true'),
        ('do = "urgent"', "do = 1"),
        ('text = ""', "text = 5"),
        ('text = ""', 'text.fr = "Bonjour"'),
        ('text = ""', 'when = { prompt = "was" }'),
        ('text = ""', 'when = { prompt = "was", is = "a", is_not = "b" }'),
    ],
)
def test_what_no_field_can_show_is_no_form(old: str, new: str) -> None:
    text = SCRIPT.replace(old, new)
    block = outline(text)[8]
    assert block.kind is BlockKind.ACTION
    assert fields_of(text, block) is None
    assert fields_of(text, outline(text)[9]) is not None, "the others are"


def change(words: str, name: str, value: Any) -> list[tuple[str, str]]:
    """The rows that go and those that come, when a field is filled in where `words` stand."""
    line = SCRIPT[: SCRIPT.index(words)].count("\n") + 1
    old, new = SCRIPT.split("\n"), fill_in(SCRIPT, line, name, value).split("\n")
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return [("-", row) for row in old] + [("+", row) for row in new]


def german(words: str, english: str = "") -> Text:
    return Text((("de", words), ("en", english)) if english else (("de", words),))


def test_a_value_is_changed_in_its_place_with_its_comment() -> None:
    assert change("Guten Tag", "text", german("Moin.", "Hello.")) == [
        ("-", 'text.de = "Guten Tag."   # short'),
        ("+", 'text.de = "Moin."   # short'),
    ]
    assert change("Guten Tag", "hours", "20:00-07:00") == [
        ("-", 'hours = "18:00-07:00"    # over midnight'),
        ("+", 'hours = "20:00-07:00"    # over midnight'),
    ]
    assert change("Moin", "holiday", True) == [
        ("-", 'when = { days = ["saturday"], first = 2027-12-24 }'),
        ("+", 'when = { days = ["saturday"], first = 2027-12-24, holiday = true }'),
    ]
    assert change("Notfall", "title", german("Notfall", "Emergency")) == [
        ("-", '  title = "Notfall"'),
        ("+", '  title.de = "Notfall"'),
        ("+", '  title.en = "Emergency"'),
    ]


def test_what_is_new_comes_where_it_belongs() -> None:
    assert change("Seit wie", "required", True) == [("+", "required = true")]
    assert change("Nie Preise", "last", date(2027, 1, 2)) == [
        ("+", "[warning.when]"),
        ("+", "last = 2027-01-02"),
    ]
    assert change("Sofort", "instruct", german("Ruhig bleiben.\nNicht auflegen.")) == [
        ("+", 'instruct = """'),
        ("+", "Ruhig bleiben."),
        ("+", 'Nicht auflegen."""'),
    ]
    assert change("Guten Tag", "days", (5, 6)) == [("+", 'days = ["saturday", "sunday"]')]


def test_the_last_of_a_schedule_takes_its_heading_with_it() -> None:
    assert change("Guten Tag", "hours", "") == [
        ("-", "[greeting.when]"),
        ("-", 'hours = "18:00-07:00"    # over midnight'),
    ]


def test_a_choice_with_another_word_is_named_by_the_conditions_below() -> None:
    line = SCRIPT[: SCRIPT.index('key = "was"')].count("\n") + 1
    was = (Choice("Strom", german("Elektrik")), Choice("Wasser", german("Wasser")))
    script = parse(fill_in(SCRIPT, line, "choices", was))
    assert [one.key for one in script.reasons[0].prompts[0].choices] == ["Elektrik", "Wasser"]
    assert script.reasons[0].prompts[1].when[0].values == ("Elektrik",)
    assert script.reasons[0].actions[0].when[0].values == ("Wasser", "Elektrik")
    both = (Choice("Wasser", german("Wasser läuft", "Water")), Choice("Strom", german("Strom")))
    script = parse(fill_in(SCRIPT, line, "choices", both))
    assert [one.key for one in script.reasons[0].prompts[0].choices] == ["wasser-laeuft", "strom"]
    assert script.reasons[0].actions[0].when[0].values == ("wasser-laeuft", "strom")


def test_an_answer_that_is_emptied_and_typed_anew_is_named_by_the_conditions_below() -> None:
    line = SCRIPT[: SCRIPT.index('key = "was"')].count("\n") + 1
    text = SCRIPT
    for words in ("Stro", "", "K", "Klar"):
        fields = fields_of(text, block_at(outline(text), line))
        assert fields is not None
        first, other = fields["choices"]  # type: ignore[misc]
        text = fill_in(text, line, "choices", (first, Choice(other.key, german(words))))
        if not words:
            with pytest.raises(WrongFile, match="label: This may not be empty") as found:
                parse(text)
            assert len(found.value.faults) == 1
    script = parse(text)
    assert [one.key for one in script.reasons[0].prompts[0].choices] == ["Wasser", "Klar"]
    assert script.reasons[0].prompts[1].when[0].values == ("Klar",)
    assert script.reasons[0].actions[0].when[0].values == ("Wasser", "Klar")
    assert '  "Klar"' in text or '"Wasser", "Klar"' in text, "words alone, as before"


def test_two_choices_that_are_called_alike_are_not_taken_for_each_other() -> None:
    line = SCRIPT[: SCRIPT.index('key = "was"')].count("\n") + 1
    alike = (Choice("Wasser", german("Strom")), Choice("Strom", german("Strom")))
    after = fill_in(SCRIPT, line, "choices", alike)
    assert 'is = ["Wasser", "Strom"]' in after


def test_another_kind_of_answer_takes_its_choices_with_it() -> None:
    line = SCRIPT[: SCRIPT.index('key = "was"')].count("\n") + 1
    after = fill_in(SCRIPT, line, "kind", "phone")
    fields = fields_of(after, block_at(outline(after), line))
    assert fields is not None
    assert fields["choices"] == ()
    after = fill_in(fill_in(after, line, "into", "phone"), line, "kind", "date")
    assert "into" not in after
    again = fill_in(after, line, "kind", "choice")
    fields = fields_of(again, block_at(outline(again), line))
    assert fields is not None
    assert [one.key for one in fields["choices"]] == ["Ja", "Nein"]  # type: ignore[union-attr]


def test_what_is_done_names_only_what_it_is_done_with() -> None:
    assert change('do = "connect"', "do", "on-call")[1:2] == [("-", 'contact = "chef"')]
    assert ("+", 'contact = ""') in change('do = "urgent"', "do", "connect")


def test_a_line_tells_its_field() -> None:
    def field(words: str) -> str:
        return field_at(SCRIPT, SCRIPT[: SCRIPT.index(words)].count("\n") + 1)

    places = ("Guten", "over midnight", "Moin", "Auch keine")
    assert [field(one) for one in places] == ["text", "hours", "text", "text"]
    places = ('"Strom",', "seit", "at_least", "# first")
    assert [field(one) for one in places] == ["choices", "", "when", ""]
