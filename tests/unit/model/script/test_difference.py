"""What changed in a script is said in words, what matters most first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from receptionist.model.schedule import ALWAYS, Schedule
from receptionist.model.script import Script, differences, implied, in_two_lines
from receptionist.model.script.wording import schedule_words
from receptionist.paths import resources
from receptionist.scriptfile import parse
from tests.unit.model.times import client, kind

EXAMPLE = resources("templates", "script.toml").read_text("utf-8")
BEFORE = parse(EXAMPLE)
NAMES = {"besichtigung": "Besichtigung vor Ort"}


def changed(*pairs: tuple[str, str]) -> Script:
    text = EXAMPLE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return parse(text)


def told(*pairs: tuple[str, str]) -> list[str]:
    return list(differences(BEFORE, changed(*pairs), NAMES))


def test_nothing_is_told_of_nothing() -> None:
    assert told() == []
    assert told(("# A script file", "# This script file")) == []


def test_warnings_are_told_first() -> None:
    found = told(
        ('text = "Nie Preise nennen."', 'text = "Preise nennt der Meister."'),
        ('title = "Nachricht"', 'title = "Notiz"'),
        ("last = 2027-08-20", "last = 2027-08-27"),
    )
    assert found == [
        "New warning: “Preise nennt der Meister.”",
        "No longer a warning: “Nie Preise nennen.”",
        "Holds at other times: “Herr Muster ist im Urlaub. Keine Termine mit ihm.”",
        "“Notiz”: was called “Nachricht” before",
    ]


def test_what_is_done_and_asked_is_told() -> None:
    assert told(('do = "on-call"', 'do = "note"')) == [
        "“Notfall”: what is done is now: call the urgent chain until somebody answers if"
        " “Was ist passiert?” is “Wasser läuft aus” and “Ist der Haupthahn zu?” is not “Ja”;"
        " write a note for the owner"
    ]
    assert told(('key = "seit"\nlabel = "Seit', 'key = "dauer"\nlabel = "Seit')) == [
        "“Notfall”: also ask “Seit wie vielen Stunden?”",
        "“Notfall”: no longer ask “Seit wie vielen Stunden?”",
    ]
    assert told(('kind = "phone"\nrequired = true', 'kind = "phone"')) == [
        "“Notfall”: “Rückrufnummer” may now be left out"
    ]
    assert told(('kind = "number"', 'kind = "number"\nrequired = true')) == [
        "“Notfall”: “Seit wie vielen Stunden?” must now be asked"
    ]
    assert told(('choices = ["Ja", "Nein"]', 'choices = ["Ja", "Nein", "Unklar"]')) == [
        "“Notfall”: other choices for “Ist der Haupthahn zu?”"
    ]
    assert told(("Ruhig bleiben.", "Ganz ruhig bleiben.")) == [
        "“Notfall”: new instruction: “Ganz ruhig bleiben. Läuft Wasser: Haupthahn zudrehen lassen.”"
    ]


def test_call_reasons_greetings_and_keys_are_told() -> None:
    again = replace(BEFORE, reasons=(BEFORE.reasons[2], BEFORE.reasons[0]), greetings=())
    assert differences(BEFORE, again, NAMES) == (
        "Call reason taken out: “Angebot oder Besichtigung”",
        *(
            f"No longer a greeting: “{one.text.to('de')[:90].rstrip()}"
            f"{'…' if len(one.text.to('de')) > 90 else ''}”"
            for one in BEFORE.greetings
        ),
        "Alt+1 is now “Nachricht”",
        "Alt+2 is now “Notfall”",
    )
    assert differences(again, BEFORE, NAMES)[0] == "New call reason: “Angebot oder Besichtigung”"


def test_more_than_two_lines_are_counted() -> None:
    assert in_two_lines(()) == ()
    assert in_two_lines(("a", "b")) == ("a", "b")
    assert in_two_lines(("a", "b", "c")) == ("a", "b – and 1 more change")
    assert in_two_lines(("a", "b", "c", "d")) == ("a", "b – and 2 more changes")


def test_who_has_no_script_has_what_can_be_booked_and_a_note() -> None:
    painter = client()
    kinds = [replace(kind(), key=f"k{number}", name=f"K{number}") for number in range(12)]
    few = implied(replace(painter, kinds=tuple(kinds[:2])))
    assert [one.title.to("de") for one in few.reasons] == ["K0", "K1", "Message"]
    many = implied(replace(painter, kinds=tuple(kinds)))
    assert many.reasons[8].title.to("de") == "Message"
    assert len(many.reasons) == 13
    taken = implied(replace(painter, kinds=(replace(kind(), key="note"),)))
    assert [one.key for one in taken.reasons] == ["note", "to-owner-note"]


def test_a_schedule_in_words() -> None:
    assert schedule_words(ALWAYS) == ""
    assert schedule_words(Schedule(weekdays=(5, 6))) == "Sat, Sun"
    when = Schedule(
        weekdays=(0, 1, 2, 3, 4),
        start=time(18),
        end=time(7),
        first=date(2027, 12, 24),
        holiday=False,
        dialled="+493023125101",
        line="amt",
        language="en",
    )
    assert schedule_words(when) == (
        "Mon–Fri, from 24.12.2027, 18:00–07:00, not on public holidays,"
        " when +49 30 23125101 is called, over the line amt, to callers who speak English"
    )
