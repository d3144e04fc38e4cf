"""A script as a page that its client reads: complete, in both languages, and harmless."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from receptionist import i18n
from receptionist.model.script import CallReason, Script, ScriptWarning, Text
from receptionist.paths import resources
from receptionist.scriptfile import Heading, page, parse

EXAMPLE = parse(resources("templates", "script.toml").read_text("utf-8"))
HEADING = Heading(
    client="Malerei Muster & Söhne",
    office="Büro Muster",
    number=7,
    day=date(2027, 3, 2),
    names={"besichtigung": "Besichtigung vor Ort"},
)


class Words(HTMLParser):
    """The text of a page, and whether each tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("How we answer for Malerei Muster & Söhne", "We ask", "Your agreement")),
        ("de", ("Malerei Muster & Söhne", "Wir fragen", "Ihre Zustimmung")),
    ],
)
def test_everything_that_is_agreed_stands_on_the_page(
    language: str, words: tuple[str, ...]
) -> None:
    with i18n.speaking(language):
        read = Words(page(EXAMPLE, HEADING))
    text = "\n".join(read.words)
    assert read.open == []
    for wanted in (*words, "Nie Preise nennen.", "Besichtigung vor Ort", "Wasser läuft aus"):
        assert wanted in text
    for reason in EXAMPLE.reasons:
        assert all(one.label.to("de") in text for one in reason.prompts)
    said = "Malerei Muster & Söhne, good afternoon, this is [our name]. How may I help you?"
    assert said in text
    assert read.tags.isdisjoint({"script", "link", "img", "iframe"})


def test_no_word_of_a_script_is_markup() -> None:
    evil = '<script>alert("1")</script><img src=x onerror=y>'
    text = Text((("de", evil),))
    script = Script(
        warnings=(ScriptWarning(text=text),),
        reasons=(CallReason(key="a", title=text, say=text, instruct=text),),
    )
    made = page(script, replace(HEADING, client=evil, office=evil))
    read = Words(made)
    assert "img" not in read.tags
    assert "script" not in read.tags
    assert evil in "".join(read.words)
