"""Scripts and rotas as a hostile hand leaves them: refused in words, or read; never a crash."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from receptionist import scriptfile
from receptionist.desk.peoplefaults import people_faults
from receptionist.errors import WrongFile
from receptionist.model.contact import Contact
from receptionist.model.findings import gaps_of
from receptionist.model.period import Period
from receptionist.model.rota import (
    NeededHours,
    OnCallRota,
    OtherDays,
    Shift,
    duties,
    next_shift,
    on_call,
)
from receptionist.model.script import Script
from receptionist.paths import resources
from receptionist.store.peopletexts import KEYS, NEEDED_HOURS, OTHER_DAYS, SHIFTS
from tests.contract.store.sample import office

SCRIPTS = [
    file.read_text("utf-8") for file in sorted(resources("templates", "scripts").glob("*.toml"))[:4]
]
VALUES = st.sampled_from(
    [
        *('""', '"x"', "1", "-1", "1e400", "nan", "true", "[]", "[1]", '["a", "a"]', "{}"),
        *('{ de = "x" }', "{ first = 2027-02-30 }", "9999-12-31", "0001-01-01", "25:00", '"25:00"'),
        *('{ start = "09:00" }', '{ start = "09:00", end = "09:00" }', '["mo", "so"]', "[[1]]"),
        *('"{client}{"', '"{unbekannt}"', '"\\u0000"', '"\u202e"', f'"{"a" * 9000}"', '"text"'),
    ]
)
NAMES = st.sampled_from(["key", "title", "when", "ask", "to", "kind", "format", "x y", '"a.b"'])
TABLES = st.sampled_from(
    ["[[reason]]", "[[reason.prompt]]", "[[reason.action]]", "[[greeting]]", "[reason]", "[", "]]]"]
)
BESIDE = st.sampled_from([" # x", '"', "\\", "'''", "\0", "é"])


def spoilt_line(line: str) -> st.SearchStrategy[list[str]]:
    """What may stand in the place of a line."""
    name, sign, value = line.partition("=")
    return st.one_of(
        st.sampled_from([[], [line, line]]),
        VALUES.map(lambda other: [f"{name}{sign} {other}"]),
        NAMES.map(lambda other: [f"{other} {sign}{value}"]),
        TABLES.map(lambda table: [table, line]),
        BESIDE.map(lambda more: [line + more]),
        st.integers(0, len(line)).map(lambda end: [line[:end]]),
    )


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """A script in which some lines are lost, doubled, cut off or say something else."""
    lines = draw(st.sampled_from(SCRIPTS)).split("\n")
    for _change in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        lines[at : at + 1] = draw(spoilt_line(lines[at]))
    return "\n".join(lines)


def read(text: str) -> Script | None:
    """The script, or nothing where it is refused with its faults."""
    try:
        return scriptfile.parse(text)
    except WrongFile as error:
        return None if error.faults else scriptfile.parse(text)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(spoilt())
def test_a_spoilt_script_is_refused_or_read_as_it_is_written(text: str) -> None:
    script = read(text)
    if script is not None:
        assert scriptfile.parse(scriptfile.write(script)) == script


DIRECTORY = office()
HERE = DIRECTORY.clients[0].id
CLOCKS = st.times() | st.sampled_from([time(), time(2, 30), time(23, 59, 59, 999999)])
DATES = st.dates() | st.sampled_from([date.min, date.max, date(2027, 3, 28), date(2027, 10, 31)])
CHAINS = st.lists(st.sampled_from(["a", "b", "x", ""]), max_size=3).map(tuple)
WEEKDAYS = st.lists(st.integers(-1, 8), max_size=8).map(tuple)
ROTAS = st.builds(
    OnCallRota,
    id=st.uuids(),
    client_id=st.just(HERE),
    key=st.just("n"),
    name=st.just("Notdienst"),
    shifts=st.lists(
        st.builds(Shift, weekdays=WEEKDAYS, start=CLOCKS, end=CLOCKS, contacts=CHAINS), max_size=3
    ).map(tuple),
    others=st.lists(
        st.builds(
            OtherDays,
            first=DATES,
            last=DATES,
            start=st.none() | CLOCKS,
            end=st.none() | CLOCKS,
            contacts=CHAINS,
        ),
        max_size=3,
    ).map(tuple),
    fallbacks=CHAINS,
    needed=st.lists(
        st.builds(NeededHours, weekdays=WEEKDAYS, start=CLOCKS, end=CLOCKS), max_size=2
    ).map(tuple),
)
CHANGES = [datetime(2027, 3, 28, 0, 59, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)]
WHO = tuple(Contact(id=uuid4(), client_id=HERE, key=key, name=key.upper()) for key in ("a", "b"))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(ROTAS, st.sampled_from(CHANGES))
def test_a_rota_is_refused_in_words_or_says_at_any_time_who_is_on_call(
    rota: OnCallRota, at: datetime
) -> None:
    faults = people_faults(rota, replace(DIRECTORY, contacts=WHO))
    assert all(faults.values())
    assert faults.keys() <= {"name", "shifts", "others", "fallbacks"}
    if faults:
        return
    zone, fortnight = "Europe/Berlin", Period(at, at + timedelta(days=14))
    found = duties(rota, fortnight, zone)
    assert all(one.period.start < one.period.end for one in found)
    assert set(on_call(rota, at, zone)) <= {"a", "b"}
    next_shift(rota, at, zone)
    assert all(one.text == rota.name for one in gaps_of(rota, zone, at))
    for column, value in (
        (SHIFTS, rota.shifts),
        (OTHER_DAYS, rota.others),
        (KEYS, rota.fallbacks),
        (NEEDED_HOURS, rota.needed),
    ):
        assert column.read(column.write(value)) == value
