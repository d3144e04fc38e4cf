"""A call's way through a script: what is asked, what is lacking, what it leads to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receptionist.model.script import (
    Action,
    ActionKind,
    CallReason,
    Choice,
    Comparison,
    Condition,
    Course,
    Prompt,
    PromptKind,
    Reading,
    Script,
    Text,
)
from receptionist.model.script.course import holds

TODAY = date(2027, 3, 2)
GERMAN = Reading(language="de", today=TODAY)


def text(words: str) -> Text:
    return Text((("de", words),))


def prompt(key: str, kind: PromptKind = PromptKind.TEXT, **more: object) -> Prompt:
    return replace(Prompt(key=key, label=text(key.title()), kind=kind), **more)  # type: ignore[arg-type]


def when(key: str, test: Comparison, *values: str) -> dict[str, object]:
    return {"when": (Condition(key, test, values),)}


YES_NO = (Choice("ja", text("Ja")), Choice("nein", text("Nein")))
URGENT = CallReason(
    key="notfall",
    title=text("Notfall"),
    prompts=(
        prompt("name", required=True),
        prompt("wasser", PromptKind.CHOICE, required=True, choices=YES_NO),
        prompt("hahn", PromptKind.CHOICE, choices=YES_NO, **when("wasser", Comparison.IS, "ja")),
        prompt("wer", required=True, **when("hahn", Comparison.IS, "nein")),
        prompt("alter", PromptKind.NUMBER),
    ),
    actions=(
        Action(do=ActionKind.URGENT, **when("hahn", Comparison.IS, "nein")),  # type: ignore[arg-type]
        Action(do=ActionKind.ON_CALL, **when("alter", Comparison.AT_LEAST, "10")),  # type: ignore[arg-type]
    ),
)
OTHER = CallReason(key="frage", title=text("Frage"), prompts=(prompt("name", required=True),))
SCRIPT = Script(reasons=(URGENT, OTHER))


def course(**typed: str) -> Course:
    made = Course(script=SCRIPT).choose("notfall")
    for key, words in typed.items():
        made = made.type(key, words, GERMAN)
    return made


def keys(prompts: tuple[Prompt, ...]) -> list[str]:
    return [one.key for one in prompts]


def test_without_a_reason_nothing_is_asked_and_the_owner_gets_a_note() -> None:
    empty = Course(script=SCRIPT)
    assert (empty.asked, empty.lacking, empty.action.do) == ((), (), ActionKind.NOTE)
    assert empty.type("name", "Max", GERMAN) == empty
    assert empty.choose("nichts").reason is None


def test_what_is_asked_depends_on_what_is_answered() -> None:
    assert keys(course().asked) == ["name", "wasser", "alter"]
    assert keys(course().lacking) == ["name", "wasser"]
    assert keys(course(wasser="ja").asked) == ["name", "wasser", "hahn", "alter"]
    deep = course(wasser="ja", hahn="nein")
    assert keys(deep.asked) == ["name", "wasser", "hahn", "wer", "alter"]
    assert keys(deep.lacking) == ["name", "wer"]


def test_what_is_no_longer_asked_counts_for_nothing_and_comes_back() -> None:
    deep = course(wasser="ja", hahn="nein", wer="Nachbar")
    assert deep.action.do is ActionKind.URGENT
    dry = deep.type("wasser", "nein", GERMAN)
    assert keys(dry.asked) == ["name", "wasser", "alter"]
    assert dry.action.do is ActionKind.NOTE
    assert [one.prompt for one in dry.given] == ["wasser"]
    again = dry.type("wasser", "ja", GERMAN)
    assert [one.shown for one in again.given] == ["Ja", "Nein", "Nachbar"]


def test_the_first_action_that_holds_is_done() -> None:
    assert course(alter="12").action.do is ActionKind.ON_CALL
    assert course(alter="9").action.do is ActionKind.NOTE
    assert course(alter="12", wasser="ja", hahn="nein").action.do is ActionKind.URGENT


def test_what_is_not_understood_is_kept_as_it_was_typed_and_is_lacking() -> None:
    half = course(wasser="vielleicht")
    answer = half.answer("wasser")
    assert answer is not None
    assert (answer.typed, answer.value, answer.label) == ("vielleicht", "", "Wasser")
    assert "wasser" in keys(half.lacking)
    assert half.verify("wasser") == half


def test_a_tick_falls_off_with_another_value_and_stays_with_the_same() -> None:
    ticked = course(wasser="ja").verify("wasser")
    assert ticked.answer("wasser").verified  # type: ignore[union-attr]
    assert ticked.type("wasser", "Ja", GERMAN).answer("wasser").verified  # type: ignore[union-attr]
    assert not ticked.type("wasser", "nein", GERMAN).answer("wasser").verified  # type: ignore[union-attr]
    assert not ticked.verify("wasser", False).answer("wasser").verified  # type: ignore[union-attr]
    assert ticked.verify("nichts") == ticked


def test_another_call_reason_takes_the_answers_along() -> None:
    moved = course(name="Max", wasser="ja").choose("frage")
    assert [one.prompt for one in moved.given] == ["name"]
    assert moved.lacking == ()
    assert len(moved.choose("notfall").given) == 2


@pytest.mark.parametrize(
    ("test", "values", "value", "wanted"),
    [
        (Comparison.IS, ("a", "b"), "b", True),
        (Comparison.IS, ("a",), "b", False),
        (Comparison.IS, ("a",), "", False),
        (Comparison.IS_NOT, ("a",), "b", True),
        (Comparison.IS_NOT, ("a",), "", False),
        (Comparison.ANSWERED, (), "b", True),
        (Comparison.ANSWERED, (), "", False),
        (Comparison.MISSING, (), "", True),
        (Comparison.MISSING, (), "b", False),
        (Comparison.AT_LEAST, ("3",), "3.0", True),
        (Comparison.AT_MOST, ("3",), "10", False),
        (Comparison.AT_MOST, ("3",), "", False),
    ],
)
def test_conditions(test: Comparison, values: tuple[str, ...], value: str, wanted: bool) -> None:
    assert holds(Condition("x", test, values), value) is wanted


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*keys(URGENT.prompts), "nichts"]),
            st.sampled_from(["", "ja", "nein", "12", "x", "Max"]),
        ),
        max_size=12,
    )
)
def test_whatever_is_typed_is_kept_and_the_way_is_one(steps: list[tuple[str, str]]) -> None:
    """The last that was typed for a prompt is there, and what is asked follows from it alone."""
    way = Course(script=SCRIPT).choose("notfall")
    for key, words in steps:
        way = way.type(key, words, GERMAN)
    typed = {key: words for key, words in steps if key != "nichts"}
    assert {one.prompt: one.typed for one in way.answers} == typed
    straight = course(**typed)
    assert (way.asked, way.lacking, way.action) == (
        straight.asked,
        straight.lacking,
        straight.action,
    )
    assert set(keys(way.lacking)) <= set(keys(way.asked))


def test_the_same_key_of_another_call_reason_is_read_as_that_asks() -> None:
    number = CallReason(
        key="zahl",
        title=text("Zahl"),
        prompts=(prompt("wasser", PromptKind.NUMBER, required=True),),
        actions=(Action(do=ActionKind.BOOK, **when("wasser", Comparison.AT_LEAST, "2")),),  # type: ignore[arg-type]
    )
    begun = replace(course(wasser="Ja"), script=Script(reasons=(URGENT, number)))
    elsewhere = begun.choose("zahl").reread(GERMAN)
    assert keys(elsewhere.lacking) == ["wasser"]
    assert elsewhere.action.do is ActionKind.NOTE
    back = elsewhere.choose("notfall").reread(GERMAN).answer("wasser")
    assert back is not None
    assert (back.typed, back.value) == ("Ja", "ja")


def test_what_is_no_number_is_not_compared() -> None:
    condition = Condition("alter", Comparison.AT_MOST, ("3",))
    assert [holds(condition, value) for value in ("drei", "ja", "2.5")] == [False, False, True]
