"""The script file: what it says is read, what is wrong in it is told with its place."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from receptionist import officefile, scriptfile
from receptionist.errors import WrongFile
from receptionist.model.plain import harmful
from receptionist.model.schedule import Schedule
from receptionist.model.script import (
    Action,
    ActionKind,
    CallField,
    CallReason,
    Choice,
    Comparison,
    Condition,
    Prompt,
    PromptKind,
    Script,
    ScriptGreeting,
    ScriptWarning,
    Text,
)
from receptionist.paths import resources
from receptionist.scriptfile import Surroundings, parse, write

EXAMPLE = resources("templates", "script.toml").read_text("utf-8")
KNOWN = Surroundings(
    kinds=frozenset({"besichtigung"}),
    contacts=frozenset({"meister"}),
    lines=frozenset({"amt"}),
    dialled=frozenset({"+493023125101"}),
)


def faults(text: str, known: Surroundings = KNOWN) -> list[tuple[str, str, int | None]]:
    with pytest.raises(WrongFile) as caught:
        parse(text, known)
    return [(fault.key, str(fault), fault.line) for fault in caught.value.faults]


def test_the_example_is_read_and_written_back() -> None:
    script = parse(EXAMPLE, KNOWN)
    assert [one.key for one in script.reasons] == ["notfall", "angebot", "nachricht"]
    water = script.reasons[0].prompts[2].choices[0]
    assert (water.key, water.label.to("en")) == ("wasser", "Water is leaking")
    assert script.reasons[0].actions[0].when[1] == Condition(
        "haupthahn", Comparison.IS_NOT, ("Ja",)
    )
    assert script.greetings[2].when == Schedule(first=date(2027, 12, 24), last=date(2028, 1, 1))
    assert parse(write(script), KNOWN) == script


WRONG: tuple[tuple[str, str, str, str], ...] = (
    ("hilft {on_call}", "hilft {oncall}", "greeting 3, text", "Did you mean “on_call”?"),
    (
        'key = "haupthahn"\nlabel',
        'key = "haupthahn"\nlable',
        "prompt 4, lable",
        "Did you mean “label”",
    ),
    ('is = "wasser" }\n\n', 'is = "waser" }\n\n', "prompt 4, when, is", "“wasser”"),
    ('prompt = "was", is = "wasser" }\n\n', 'prompt = "seit" }\n\n', "when, prompt", "above"),
    ('do = "on-call"', 'do = "oncall"', "action 2, do", "urgent"),
    ('kind = "besichtigung"', 'kind = "besuch"', "action 1, kind", "besichtigung"),
    ('{ de = "Notfall",', "{", "call reason “Emergency”, title", "“de” is missing"),
    ('title = "Nachricht"', 'title = "{client}"', "title", "braces"),
    ('into = "phone"', 'into = "name"', "prompt 2, into", "text"),
    ('label = "Rückrufnummer"', 'label = ""', "prompt 2, label", "empty"),
    ('key = "rueckruf"', 'key = "name"', "prompt 2, key", "already"),
    ('choices = ["Ja", "Nein"]', 'choices = ["Ja"]', "prompt 4, choices", "2 to"),
    ('hours = "18:00-07:00"', 'hours = "18-7"', "greeting 2, when, hours", "22:00-06:00"),
    ('hours = "18:00-07:00"', 'line = "amtt"', "greeting 2, when, line", "“amt”"),
    ('hours = "18:00-07:00"', 'number = "030 23125109"', "number", "+49 30 23125101"),
    ('[greeting.when]\nhours = "18:00-07:00"', "", "greeting 2, when", "never be said"),
    ("last = 2028-01-01", "last = 2027-12-01", "greeting 3, when, last", "Exchange"),
    ('kind = "number"', 'kind = "zahl"', "prompt 5, kind", "number"),
    ('do = "urgent"', 'do = "connect"', "action 1", "“contact” is missing"),
    ('is = ["wasser", "heizung"]', "at_least = 3", "when, at_least", "number"),
    ('is_not = "Ja"', 'is_not = "Ja", answered = true', "condition 2", "exactly one"),
    ("format = 1", "format = 2", "format", "newer version"),
)


@pytest.mark.parametrize(("good", "bad", "where", "says"), WRONG)
def test_what_is_wrong_is_told_with_its_place(good: str, bad: str, where: str, says: str) -> None:
    assert good in EXAMPLE
    found = faults(EXAMPLE.replace(good, bad, 1))
    place, sentence, line = next(one for one in found if where in one[0])
    assert says in f"{place} {sentence}"
    changed = EXAMPLE[: EXAMPLE.index(good)].count("\n") + 1
    assert line is not None
    assert abs(line - changed) <= 8
    assert "notfall" not in place


def test_a_place_names_the_call_reason_as_people_call_it() -> None:
    place, _sentence, line = faults(EXAMPLE.replace('label = "Rückrufnummer"', "label = 7"))[0]
    assert place == "call reason “Notfall”, prompt 2, label"
    assert line == EXAMPLE[: EXAMPLE.index('label = "Rückrufnummer"')].count("\n") + 1


def test_an_action_behind_one_that_always_holds_is_never_done() -> None:
    text = EXAMPLE.replace('do = "on-call"', 'do = "on-call"\n\n[[reason.action]]\ndo = "note"')
    assert [place for place, _sentence, _line in faults(text)] == [
        "call reason “Notfall”, action 3, do"
    ]


def test_what_is_no_toml_is_told_by_its_line() -> None:
    assert faults('format = 1\n[[reason]\nkey = "a"')[0][2] == 2
    assert faults("format = 1\na = " + "[" * 5000)[0][0] == ""
    assert "out of range" in faults("format = 1e99999999999999999999")[0][1]
    assert "U+202E" in faults("format = 1\n# \u202e")[0][1]


def test_without_surroundings_whatever_is_named_is_believed() -> None:
    text = EXAMPLE.replace('kind = "besichtigung"', 'kind = "besuch"')
    assert parse(text).reasons[1].actions[0].target == "besuch"


def test_a_fault_in_a_script_of_an_office_file_stands_in_its_line_there() -> None:
    good = resources("templates", "office.toml").read_text("utf-8")
    broken = EXAMPLE.replace("hilft {on_call}", "{oncall}").replace('"besichtigung"', '"checkup"')
    text = good.replace("# tells_callers", f"script = '''\n{broken}'''\n# tells_callers", 1)
    with pytest.raises(WrongFile) as caught:
        officefile.parse(text)
    first = caught.value.faults[0]
    assert first.line == text[: text.index("{oncall}")].count("\n") + 1
    assert "greeting 3, text" in str(first)


def test_an_office_whose_script_names_something_gone_comes_in_as_it_went_out() -> None:
    good = resources("templates", "office.toml").read_text("utf-8")
    text = good.replace("# tells_callers", f"script = '''\n{EXAMPLE}'''\n# tells_callers", 1)
    office = officefile.parse(text)
    assert office.scripts[0].text == EXAMPLE
    assert officefile.parse(officefile.write(office)).scripts == office.scripts


# ---- whatever can be described is written and read back

letters = st.characters(exclude_categories=["Cs", "Cc"]).filter(
    lambda c: not harmful(c) and c not in "{}"
)
lines = st.text(letters, min_size=1, max_size=20).filter(lambda text: bool(text.strip()))
several = st.lists(lines, min_size=1, max_size=3).map("\n".join)
keys = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,5}", fullmatch=True)
clocks = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))


def texts(words: st.SearchStrategy[str], language: str) -> st.SearchStrategy[Text]:
    other = "en" if language == "de" else "de"
    alone = words.map(lambda one: Text(((language, one),)))
    both = st.tuples(words, words).map(lambda two: Text(((language, two[0]), (other, two[1]))))
    return alone | both


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    start, end = draw(st.tuples(clocks, clocks))
    first = draw(st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1)))
    last = draw(
        st.none() | st.integers(0, 30).map(lambda n: (first or date.today()) + timedelta(n))
    )
    timed = start != end and draw(st.booleans())
    return Schedule(
        weekdays=tuple(sorted(draw(st.sets(st.integers(0, 6))))),
        start=start if timed else None,
        end=end if timed else None,
        first=first,
        last=last,
        holiday=draw(st.sampled_from([None, True, False])),
        dialled=draw(st.sampled_from(["", "+493023125101"])),
        line=draw(st.sampled_from(["", "amt"])),
        language=draw(st.sampled_from(["", "de", "en"])),
    )


def conditions(prompts: list[Prompt]) -> st.SearchStrategy[tuple[Condition, ...]]:
    if not prompts:
        return st.just(())

    def one(prompt: Prompt) -> st.SearchStrategy[Condition]:
        there = st.sampled_from([Comparison.ANSWERED, Comparison.MISSING])
        found = there.map(lambda test: Condition(prompt.key, test))
        if prompt.kind is PromptKind.CHOICE:
            some = st.lists(
                st.sampled_from([c.key for c in prompt.choices]), min_size=1, max_size=2
            )
            named = st.sampled_from([Comparison.IS, Comparison.IS_NOT])
            found |= st.builds(
                lambda test, values: Condition(prompt.key, test, tuple(values)), named, some
            )
        if prompt.kind is PromptKind.NUMBER:
            sides = st.sampled_from([Comparison.AT_LEAST, Comparison.AT_MOST])
            found |= st.builds(
                lambda test, value: Condition(prompt.key, test, (str(value),)),
                sides,
                st.integers(-50, 50),
            )
        return found

    return st.lists(st.sampled_from(prompts).flatmap(one), max_size=2).map(tuple)


@st.composite
def prompts_of(draw: st.DrawFn, language: str) -> list[Prompt]:
    said = st.just(Text()) | texts(several, language)
    prompts: list[Prompt] = []
    free = list(CallField)[1:]
    for name in draw(st.lists(keys, unique=True, max_size=4)):
        kind = draw(st.sampled_from(PromptKind))
        into = CallField.PHONE if kind is PromptKind.PHONE else CallField.NONE
        choices: tuple[Choice, ...] = ()
        if kind is PromptKind.CHOICE:
            names = draw(st.lists(keys, unique=True, min_size=2, max_size=4))
            choices = tuple(Choice(one, draw(texts(lines, language))) for one in names)
        prompts.append(
            Prompt(
                key=name,
                label=draw(texts(lines, language)),
                kind=kind,
                required=draw(st.booleans()),
                hint=draw(said),
                choices=choices,
                into=into if into in free and draw(st.booleans()) else CallField.NONE,
                when=draw(conditions(prompts)),
            )
        )
        if prompts[-1].into:
            free.remove(into)
    return prompts


ACTIONS = (
    (ActionKind.BOOK, "besichtigung"),
    (ActionKind.CONNECT, "meister"),
    (ActionKind.ON_CALL, ""),
    (ActionKind.URGENT, ""),
    (ActionKind.NOTE, ""),
)


def actions_of(prompts: list[Prompt], said: st.SearchStrategy[Text]) -> st.SearchStrategy[Action]:
    return st.builds(
        lambda named, text, when: Action(do=named[0], target=named[1], text=text, when=when),
        st.sampled_from(ACTIONS),
        said,
        conditions(prompts),
    )


@st.composite
def reasons(draw: st.DrawFn, key: str, language: str) -> CallReason:
    said = st.just(Text()) | texts(several, language)
    prompts = draw(prompts_of(language))
    actions = draw(st.lists(actions_of(prompts, said), max_size=3))
    ends = next((n for n, one in enumerate(actions) if not one.when), len(actions))
    return CallReason(
        key=key,
        title=draw(texts(lines, language)),
        say=draw(said),
        instruct=draw(said),
        prompts=tuple(prompts),
        actions=tuple(actions[: ends + 1]),
    )


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    language = draw(st.sampled_from(["de", "en"]))
    said: Any = texts(several, language)
    unique: Any = {"unique_by": lambda one: one.when, "max_size": 3}
    return Script(
        language=language,
        greetings=tuple(
            draw(st.lists(st.builds(ScriptGreeting, text=said, when=schedules()), **unique))
        ),
        warnings=tuple(
            draw(st.lists(st.builds(ScriptWarning, text=said, when=schedules()), max_size=2))
        ),
        reasons=tuple(
            draw(reasons(key, language)) for key in draw(st.lists(keys, unique=True, max_size=3))
        ),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(scripts())
def test_what_is_written_is_read_back(script: Script) -> None:
    text = write(script)
    assert parse(text, KNOWN) == script
    assert write(parse(text, KNOWN)) == text


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    for attempt in (text, f"format = 1\n{text}", f"format = 1\n[[reason]]\ntitle = {text}"):
        with suppress(WrongFile):
            scriptfile.parse(attempt)


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e10", "1e999999999", "-1_000_000_001"])
def test_what_no_answer_can_be_compared_with_is_refused(number: str) -> None:
    with pytest.raises(WrongFile) as caught:
        parse(compared(number))
    assert "must lie between" in str(caught.value)


@pytest.mark.parametrize(
    ("number", "value"), [("1e-999999", "0"), ("2.50", "2.5"), ("-3", "-3"), ("1e9", "1000000000")]
)
def test_with_what_an_answer_is_compared(number: str, value: str) -> None:
    script = parse(compared(number))
    assert script.reasons[0].actions[0].when[0].values == (value,)
    assert parse(write(script)) == script


def compared(number: str) -> str:
    return (
        'format = 1\n[[reason]]\nkey = "a"\ntitle = "A"\n[[reason.prompt]]\nkey = "n"\n'
        'label = "N"\nkind = "number"\n[[reason.action]]\ndo = "note"\n'
        f'when = {{ prompt = "n", at_least = {number} }}\n'
    )
