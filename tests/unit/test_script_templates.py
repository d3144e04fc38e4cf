"""The scripts that ship: each can be used as it is, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from receptionist.model.greeting import LANGUAGES
from receptionist.model.script import ActionKind, CallField, Course, Reading, Script, Text
from receptionist.model.script.script import WITH_KEYS
from receptionist.paths import resources
from receptionist.scriptfile import ANYWHERE, parse, write
from receptionist.scriptfile.templates import TRADES, from_template, template, trades


def texts(script: Script) -> Iterator[Text]:
    """Everything that is shown or said."""
    yield from (one.text for one in (*script.greetings, *script.warnings))
    for reason in script.reasons:
        yield from (reason.title, reason.say, reason.instruct)
        yield from (one.text for one in reason.actions)
        for prompt in reason.prompts:
            yield from (prompt.label, prompt.hint, *(one.label for one in prompt.choices))


def test_every_file_is_named_and_none_is_missing() -> None:
    files = {file.stem for file in resources("templates", "scripts").glob("*.toml")}
    assert files == set(TRADES)
    assert len(files) >= 12
    assert list(trades().values()) == sorted(trades().values(), key=str.casefold)
    with pytest.raises(KeyError):
        template("../office")


@pytest.mark.parametrize("trade", TRADES)
def test_it_is_read_and_written_back(trade: str) -> None:
    script = from_template(trade)
    assert parse(write(script), ANYWHERE) == script


@pytest.mark.parametrize("trade", TRADES)
def test_it_is_whole(trade: str) -> None:
    script = from_template(trade)
    for text in texts(script):
        assert not text.words or {tag for tag, _words in text.words} == set(LANGUAGES), text
    assert any(one.when.always for one in script.greetings)
    assert any(one.when.holiday for one in script.greetings)
    assert script.warnings
    assert 3 <= len(script.reasons) <= WITH_KEYS, "each has its key"
    assert "nachricht" in [one.key for one in script.reasons]
    books = [one for each in script.reasons for one in each.actions if one.do is ActionKind.BOOK]
    assert books, "appointments are why most clients have us"


@pytest.mark.parametrize("trade", TRADES)
def test_who_called_is_always_asked(trade: str) -> None:
    script = from_template(trade)
    for reason in script.reasons:
        course = Course(script=script, reason=reason)
        asked = [prompt.into for prompt in course.asked]
        if reason.key != "werbung":
            assert CallField.NAME in asked, reason.key


def test_a_doctors_caller_in_danger_is_not_asked_for_his_complaints() -> None:
    script = from_template("doctor")
    reading = Reading(language="de", today=date(2027, 6, 16))
    course = Course(script=script, reason=script.reason("notfall"))
    assert "text" in [one.key for one in course.type("gefahr", "nein", reading).asked]
    danger = course.type("gefahr", "ja", reading)
    assert {one.key for one in danger.asked} == {"gefahr", "notruf", "name", "rueckruf"}
    assert "ort" in [one.key for one in danger.type("notruf", "nein", reading).asked]
    assert danger.action.do is ActionKind.NOTE
