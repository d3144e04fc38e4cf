"""Whatever office can be described is written and read back as it was."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from receptionist.errors import WrongFile
from receptionist.model.client import (
    AppointmentKind,
    BookableHours,
    CalendarAccount,
    Cancellation,
    Client,
    HoursException,
    OwnerCalendar,
    OwnerRule,
    OwnerWord,
    Staff,
    TravelZone,
)
from receptionist.model.greeting import Greeting
from receptionist.model.office import (
    Directory,
    Identity,
    Line,
    Office,
    OfficeHours,
    Receptionist,
    Srtp,
    Workstation,
)
from receptionist.model.plain import harmful
from receptionist.model.route import Route
from receptionist.model.script import ClientScript
from receptionist.model.service import Service, ServiceKind
from receptionist.model.servicechecks import service_faults
from receptionist.model.steering import folded
from receptionist.model.unattended import Occasion, Step, StepKind, UnattendedRule
from receptionist.officefile import parse, write
from receptionist.officefile.identity import CalendarChoice, Identities

IDS = Identities(None)
ZONES = ("Europe/Berlin", "Europe/Vienna", "America/New_York", "UTC")

SCRIPTS = (
    "",
    "format = 1",
    "format = 1\n\n[[warning]]\ntext = \"Nie Preise „nennen“.\"  # 'so'\n",
    "\nformat=1\n[[warning]]\ntext = '''Nie\n\tPreise \\ nennen.'''",
)

letters = st.characters(exclude_categories=["Cs", "Cc"]).filter(lambda c: not harmful(c))
names = st.text(letters, min_size=1, max_size=40).filter(lambda text: bool(text.strip()))
spoken = st.text(st.one_of(letters, st.just("\n")), min_size=1, max_size=60).filter(
    lambda text: bool(text.strip()) and not set(text) & set("{}")
)
greetings = st.builds(Greeting, spoken, st.sampled_from(["de", "en"]))
keys = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)
minutes = st.integers(1, 1440)


cuts = st.lists(st.integers(0, 1439), unique=True, max_size=5)
spans = cuts.map(lambda found: _spans(sorted(found)))
spoken_words = names.filter(lambda word: any(map(str.isalnum, folded(word))))


def _spans(cuts: list[int]) -> list[tuple[time, time]]:
    points = [time(cut // 60, cut % 60) for cut in cuts]
    return list(zip(points[::2], points[1::2], strict=False))


@st.composite
def weeks(draw: st.DrawFn, staff_id: UUID | None = None) -> tuple[BookableHours, ...]:
    return tuple(
        BookableHours(weekday=day, start=start, end=end, staff_id=staff_id)
        for day in range(7)
        for start, end in draw(spans)
    )


@st.composite
def exceptions(draw: st.DrawFn) -> tuple[HoursException, ...]:
    first = draw(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
    last = first + timedelta(days=draw(st.integers(0, 20)))
    closed = HoursException(first=first, last=last, name=draw(st.one_of(st.just(""), names)))
    return tuple(replace(closed, start=a, end=b) for a, b in draw(spans)) or (closed,)


steps = st.one_of(
    st.builds(Step, kind=st.just(StepKind.ANNOUNCEMENT), sound=st.sampled_from(["", "a b.wav"])),
    st.builds(Step, kind=st.just(StepKind.QUEUE), seconds=st.integers(5, 3600)),
    st.builds(
        Step,
        kind=st.just(StepKind.FORWARD),
        seconds=st.integers(5, 60),
        target=st.sampled_from(["+491713920002", "12"]),
    ),
)
last_steps = st.one_of(
    st.builds(Step, kind=st.just(StepKind.VOICEMAIL), sound=st.sampled_from(["", "ä.wav"])),
    st.builds(Step, kind=st.just(StepKind.BUSY)),
)
spans_of_rules = st.one_of(
    st.just((None, None)),
    st.tuples(minutes, minutes)
    .filter(lambda two: two[0] != two[1])
    .map(lambda two: tuple(time(one % 1440 // 60, one % 60) for one in two)),
)


@st.composite
def one_rule(draw: st.DrawFn) -> UnattendedRule:
    start, end = draw(spans_of_rules)
    if start == end:
        start = end = None
    return UnattendedRule(
        occasion=draw(st.sampled_from(Occasion)),
        weekdays=tuple(sorted(draw(st.sets(st.integers(0, 6))))),
        start=start,
        end=end,
        ring_s=draw(st.integers(1, 180)),
        steps=(*draw(st.lists(steps, max_size=3)), *draw(st.lists(last_steps, max_size=1))),
    )


rule_sets = st.lists(one_rule(), max_size=3).map(tuple)


@st.composite
def routes(draw: st.DrawFn, line_ids: list[UUID]) -> tuple[Route, ...]:
    if not line_ids:
        return ()
    made = st.builds(
        Route,
        prefix=st.sampled_from(["", "+4917", "116117"]),
        line_id=st.sampled_from(line_ids),
        cents=st.decimals(0, 1000, places=2),
        currency=st.sampled_from(["EUR", "CHF"]),
        flat=st.booleans(),
        on_net=st.booleans(),
    )
    key = lambda route: (route.prefix, route.line_id)  # noqa: E731
    return tuple(draw(st.lists(made, unique_by=key, max_size=3)))


services = st.lists(
    st.builds(Service, kind=st.sampled_from(ServiceKind), title=st.one_of(st.just(""), names)),
    max_size=4,
).map(lambda found: () if any(service_faults(found)) else tuple(found))


@st.composite
def everything(draw: st.DrawFn, key: str) -> dict[str, Any]:
    """What can be known of a client beside what must be."""
    staff = tuple(
        Staff(id=IDS.of("staff", key, member), key=member, name=draw(names))
        for member in draw(st.lists(keys, unique=True, max_size=2))
    )
    agreed = draw(st.lists(spoken_words, unique_by=folded, max_size=4))
    rules = sorted((draw(st.sampled_from(OwnerRule)) for _ in agreed), key=list(OwnerRule).index)
    zones = draw(st.lists(st.from_regex(r"[0-9]{1,5}", fullmatch=True), unique=True, max_size=3))
    return {
        "hours": draw(weeks()) + tuple(h for one in staff for h in draw(weeks(one.id))),
        "horizon_days": draw(st.integers(1, 365)),
        "daily_limit": draw(st.integers(0, 20)),
        "holidays": draw(st.sampled_from(["", "DE-BY", "AT"])),
        "exceptions": tuple(e for some in draw(st.lists(exceptions(), max_size=3)) for e in some),
        "bookable_only": draw(st.booleans()),
        "words": tuple(OwnerWord(word=w, rule=r) for w, r in zip(agreed, rules, strict=True)),
        "staff": staff,
        "travel_min": draw(st.integers(0, 90)),
        "travel_zones": tuple(TravelZone(postcode=p, minutes=draw(minutes)) for p in zones),
        "address": draw(st.one_of(st.just(""), names)),
        "title": draw(st.sampled_from(["", "{kind}: {caller}", "{number} {note}"])),
        "alarm_min": draw(st.sampled_from([-1, 0, 15])),
        "cancellation": draw(st.sampled_from(Cancellation)),
        "tells_callers": draw(st.booleans()),
        "services": draw(services),
        "shown_as": draw(st.sampled_from(["", "+493023125101"])),
        "ring_tone": draw(st.sampled_from(["", "none", "bell.wav"])),
        "hold_music": draw(st.sampled_from(["", "Musik im Büro.wav"])),
        "rules": draw(rule_sets),
        "records": draw(st.booleans()),
        "keep_days": draw(st.integers(1, 3650)),
    }


@st.composite
def clients(draw: st.DrawFn, key: str, number: int) -> Client:
    kinds = tuple(
        AppointmentKind(
            id=IDS.of("kind", key, kind),
            key=kind,
            name=draw(names),
            minutes=draw(minutes),
            buffer_before=draw(st.integers(0, 60)),
            buffer_after=draw(st.integers(0, 60)),
            at_caller=draw(st.booleans()),
            daily_limit=draw(st.integers(0, 5)),
        )
        for kind in draw(st.lists(keys, unique=True, max_size=2))
    )
    return Client(
        id=IDS.of("client", key),
        key=key,
        name=draw(names),
        greeting=draw(greetings),
        colour=draw(st.integers(0, 11)),
        notes=draw(st.one_of(st.just(""), spoken)),
        zone=draw(st.sampled_from(ZONES)),
        dialled=tuple(f"+49302312{number:02}{i}1" for i in range(draw(st.integers(0, 2)))),
        kinds=kinds,
        minimum_notice_min=draw(st.integers(0, 1000)),
        all_day_blocks=draw(st.booleans()),
        **draw(everything(key)),
    )


accounts = st.builds(
    lambda key, user: CalendarAccount(
        id=IDS.of("account", key),
        key=key,
        url=f"https://{key.strip('_-')}.example.org/dav/",
        user=user,
    ),
    keys,
    names,
)
lines = st.builds(
    lambda key, **values: Line(id=IDS.of("line", key), key=key, user="user", **values),
    keys,
    name=names,
    registrar=st.sampled_from(["sip.example.org:5061", "[2001:db8::1]"]),
    auth_user=st.one_of(st.just(""), names),
    proxy=st.sampled_from(["", "192.0.2.1"]),
    transport=st.sampled_from(["udp", "tcp"]),
    register=st.booleans(),
    identity=st.sampled_from(Identity),
) | st.builds(
    lambda key, **values: Line(id=IDS.of("line", key), key=key, user="user", **values),
    keys,
    name=names,
    registrar=st.just("sip.example.org"),
    transport=st.just("tls"),
    srtp=st.sampled_from(Srtp),
)
office_hours = weeks().map(
    lambda week: tuple(
        OfficeHours(weekday=one.weekday, start=one.start, end=one.end) for one in week
    )
)
offices = st.builds(
    Office,
    id=st.just(IDS.of("office")),
    name=names,
    greeting=greetings,
    region=st.just("DE"),
    zone=st.sampled_from(ZONES),
    hours=office_hours,
    holidays=st.sampled_from(["", "DE-BE"]),
    rules=rule_sets,
)


@st.composite
def calendars(draw: st.DrawFn, client: Client, account: CalendarAccount) -> OwnerCalendar:
    name = draw(st.one_of(st.just(""), names))
    href = draw(st.sampled_from(["", account.url + "t/"]))
    calendar = IDS.calendar(client.key, CalendarChoice(account.key, name, href))
    whose = draw(st.sampled_from([None, *(member.id for member in client.staff)]))
    return replace(calendar, staff_id=whose, tasks=draw(st.booleans()))


@st.composite
def directories(draw: st.DrawFn) -> Directory:
    chosen = tuple(draw(st.lists(accounts, unique_by=lambda a: a.key, max_size=2)))
    some_keys = draw(st.lists(keys, unique=True, max_size=3))
    some_lines = tuple(draw(st.lists(lines, unique_by=lambda line: line.key, max_size=2)))
    ids = [line.id for line in some_lines]
    everybody = tuple(
        replace(draw(clients(key, number)), routes=draw(routes(ids)))
        for number, key in enumerate(some_keys)
    )
    return Directory(
        office=replace(draw(offices), routes=draw(routes(ids))),
        receptionist=Receptionist(id=IDS.of("receptionist"), name=draw(names)),
        workstation=Workstation(id=IDS.of("workstation"), name=""),
        lines=some_lines,
        clients=everybody,
        accounts=chosen,
        calendars=tuple(draw(calendars(c, a)) for c in everybody for a in chosen),
        scripts=tuple(
            ClientScript(client_id=one.id, text=text)
            for one in everybody
            if (text := draw(st.sampled_from(SCRIPTS)))
        ),
    )


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(directories())
def test_what_is_written_is_read_back(directory: Directory) -> None:
    text = write(directory)
    assert parse(text) == directory
    assert parse(text, directory) == directory
    assert write(parse(text)) == text


@settings(max_examples=200)
@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    for attempt in (text, f"format = 1\n{text}", f"format = 1\n[[client]]\nname = {text}"):
        with suppress(WrongFile):
            parse(attempt)


def test_an_office_that_was_never_set_up_goes_out_and_in() -> None:
    greeting = Greeting("Guten Tag.", "de")
    empty = Directory(
        office=Office(id=IDS.of("office"), name="", greeting=greeting),
        receptionist=Receptionist(id=IDS.of("receptionist"), name=""),
        workstation=Workstation(id=IDS.of("workstation"), name=""),
    )
    assert parse(write(empty), empty) == empty
