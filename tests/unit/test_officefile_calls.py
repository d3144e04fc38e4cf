"""How calls are handled, as an office file says it: every fault names its place."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest

from receptionist.errors import WrongFile
from receptionist.model.office import Identity, OfficeHours, Srtp
from receptionist.model.unattended import Occasion, Step, StepKind, UnattendedRule
from receptionist.officefile import load, parse, write
from receptionist.paths import resources

SMALL = (Path(__file__).parents[1] / "data" / "small-office.toml").read_text("utf-8")
LINE = """
[[line]]
key = "main"
registrar = "sip.example.org"
user = "office"
transport = "tls"
srtp = "required"
identity = "asserted"
"""
ROUTE = """
[[client.route]]
line = "main"
prefix = "+4917"
cents = 9.9
"""
RULE = """
[[client.unanswered]]
when = "break"
days = ["sunday", "monday"]
hours = "22:00-06:00"
ring_seconds = 15
steps = [
  { do = "announcement", sound = "a.wav" },
  { do = "forward", to = "0171 39200 02", seconds = 25 },
  { do = "voicemail" },
]
"""


def fault(text: str) -> tuple[str, str]:
    with pytest.raises(WrongFile) as caught:
        parse(text)
    assert len(caught.value.faults) == 1, caught.value.faults
    return caught.value.faults[0].key, str(caught.value.faults[0])


def test_what_it_means() -> None:
    directory = parse(SMALL + ROUTE + RULE + LINE)
    (line,) = directory.lines
    client = directory.clients[0]
    assert (line.transport, line.srtp, line.identity) == ("tls", Srtp.REQUIRED, Identity.ASSERTED)
    assert [(one.prefix, one.line_id, one.cents) for one in client.routes] == [
        ("+4917", line.id, Decimal("9.9"))
    ]
    assert client.rules == (
        UnattendedRule(
            occasion=Occasion.BREAK,
            weekdays=(0, 6),
            start=time(22),
            end=time(6),
            ring_s=15,
            steps=(
                Step(kind=StepKind.ANNOUNCEMENT, sound="a.wav"),
                Step(kind=StepKind.FORWARD, seconds=25, target="+491713920002"),
                Step(kind=StepKind.VOICEMAIL),
            ),
        ),
    )


def test_the_documented_example() -> None:
    directory = load(resources("templates", "office.toml"))
    office, client = directory.office, directory.clients[0]
    assert office.hours[0] == OfficeHours(weekday=0, start=time(8), end=time(18))
    assert [rule.occasion for rule in office.rules] == [Occasion.ALWAYS, Occasion.CLOSED]
    assert office.rules[1].ring_s == 0
    assert client.routes[0].on_net
    assert client.keep_days == 30
    assert not client.records


def test_a_line_that_only_the_store_knows_can_be_named() -> None:
    known = parse(SMALL + LINE)
    again = parse(SMALL + ROUTE, known)
    assert again.clients[0].routes[0].line_id == known.lines[0].id


def test_a_route_over_a_line_that_is_gone_is_not_written() -> None:
    directory = parse(SMALL + ROUTE + LINE)
    written = write(type(directory)(**{**_fields(directory), "lines": ()}))
    assert "route" not in written


def _fields(directory: object) -> dict[str, object]:
    return {name: getattr(directory, name) for name in type(directory).__dataclass_fields__}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("old", "new", "key", "sentence"),
    [
        ('"break"', '"lunch"', "unanswered[1].when", "always, closed"),
        ('"sunday"', '"sonday"', "unanswered[1].days[1]", "Did you mean “sunday”"),
        ('"22:00-06:00"', '"22-6"', "unanswered[1].hours", "22:00-06:00"),
        ('"22:00-06:00"', '"22:00-22:00"', "unanswered[1].hours", "whole day"),
        ('"22:00-06:00"', '"22:00-24:00"', "unanswered[1].hours", "23:59"),
        ("ring_seconds = 15", "ring_seconds = 181", "unanswered[1].ring_seconds", "0 and 180"),
        ('"a.wav"', '"../a.wav"', "steps[1].sound", "file alone"),
        ('"a.wav"', '"a.mp3"', "steps[1].sound", "WAV"),
        ('"0171 39200 02"', '"112"', "steps[2].to", "emergency"),
        ('"0171 39200 02"', '""', "steps[2].to", "empty"),
        ('to = "0171 39200 02", ', "", "steps[2]", "“to” is missing"),
        ('do = "voicemail"', 'do = "mail"', "steps[3].do", "announcement, queue"),
        ('do = "voicemail"', 'do = "busy", seconds = 5', "steps[3].seconds", "Possible are: do."),
        ("seconds = 25", "seconds = 4", "steps[2].seconds", "between 5 and"),
        ('"a.wav"', '"a.wav", seconds = 5', "steps[1].seconds", "mean “sound”"),
        ('{ do = "announcement", sound = "a.wav" },', "{ },", "steps[1]", "“do” is missing"),
        ('"main"\nprefix', '"mian"\nprefix', "route[1].line", "Did you mean “main”"),
        ('"+4917"', '"0171"', "route[1].prefix", "with the country"),
        ("cents = 9.9", "cents = -1", "route[1].cents", "between 0 and"),
        ("cents = 9.9", "cents = nan", "route[1].cents", "between 0 and"),
        ("cents = 9.9", 'cents = "9,9"', "route[1].cents", "without quotes"),
        ("cents = 9.9", "cents = true", "route[1].cents", "without quotes"),
        ("cents = 9.9", "", "route[1].cents", "what a minute costs"),
        ("cents = 9.9", 'cents = 9.9\ncurrency = "€"', "route[1].currency", "three capital"),
        ("cents = 9.9", "cents = 9.9" + ROUTE, "route[2].prefix", "twice"),
    ],
)
def test_faults(old: str, new: str, key: str, sentence: str) -> None:
    text = SMALL + ROUTE + RULE + LINE
    assert text.count(old) == 1
    found, message = fault(text.replace(old, new))
    assert found.endswith(key)
    assert sentence in message


@pytest.mark.parametrize(
    ("row", "key", "sentence"),
    [
        ('shown_as = "12"', "shown_as", "from everywhere"),
        ('shown_as = "0171 392OO 01"', "shown_as", "not a telephone"),
        ('ring_tone = "bell"', "ring_tone", "WAV"),
        ('hold_music = "none"', "hold_music", "WAV"),
        ("keep_days = 0", "keep_days", "between 1 and 3650"),
        ('records = "yes"', "records", "true or false"),
    ],
)
def test_faults_of_a_client(row: str, key: str, sentence: str) -> None:
    name = 'name = "Praxis Muster"'
    found, message = fault(SMALL.replace(name, f"{name}\n{row}"))
    assert found == f"client.practice.{key}"
    assert sentence in message


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ('[{ do = "busy" }, { do = "queue" }]', "Put it last"),
        ('[{ do = "voicemail" }, { do = "announcement" }]', "Put it last"),
        ("[" + '{ do = "queue" }, ' * 9 + "]", "At most 8"),
        ("[]", "what happens to the caller"),
    ],
)
def test_steps_that_lead_nowhere(steps: str, sentence: str) -> None:
    text = f"\n[[client.unanswered]]\nring_seconds = 0\nsteps = {steps}\n"
    found, message = fault(SMALL + text)
    assert found == "client.practice.unanswered[1].steps"
    assert sentence in message
