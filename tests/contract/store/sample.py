"""A small office with two clients, and appointments, calls and owner's events in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from receptionist.model.appointment import Appointment
from receptionist.model.busy import Busy, CalendarChanges, CalendarObject
from receptionist.model.call import Call, Caller, CallState, Cause, Direction, Segment
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
from receptionist.model.office import Directory, Line, Office, Receptionist, Workstation
from receptionist.model.period import Period
from receptionist.model.route import Route
from receptionist.model.service import Service, ServiceKind
from receptionist.model.unattended import Occasion, Step, StepKind, UnattendedRule

NOW = datetime(2027, 3, 1, 9, 0, 0, 123456, tzinfo=UTC)
TEN = datetime(2027, 3, 2, 10, tzinfo=UTC)
DAY = Period(datetime(2027, 3, 2, tzinfo=UTC), datetime(2027, 3, 3, tzinfo=UTC))
HORIZON = Period(NOW - timedelta(days=7), NOW + timedelta(days=730))
WHO = UUID("00000000-0000-4000-8000-00000000000a")


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def client(key: str, name: str, *dialled: str) -> Client:
    return Client(
        id=uuid4(),
        key=key,
        name=name,
        greeting=Greeting(f"{{time_of_day}}, {name}, {{receptionist}}.", "de"),
        colour=3,
        notes="Ruft nie vor neun an.",
        dialled=dialled,
        kinds=(
            AppointmentKind(id=uuid4(), key="kurz", name="Beratung", minutes=30),
            AppointmentKind(
                id=uuid4(), key="lang", name="Aufmaß", minutes=60, buffer_before=15, buffer_after=10
            ),
        ),
        hours=(
            BookableHours(weekday=0, start=time(9), end=time(12)),
            BookableHours(weekday=0, start=time(13), end=time(17, 30)),
        ),
        minimum_notice_min=120,
    )


def firm() -> Client:
    """A client of whom everything is known that can be known."""
    erika, max_ = (
        Staff(id=uuid4(), key="erika", name="Erika Muster"),
        Staff(id=uuid4(), key="max", name="Max Beispiel"),
    )
    made = client("firma", "Firma Muster", "+493023125009")
    short, long = made.kinds
    return replace(
        made,
        kinds=(short, replace(long, at_caller=True, daily_limit=3)),
        hours=(
            *made.hours,
            BookableHours(weekday=2, start=time(9), end=time(12), staff_id=max_.id),
        ),
        horizon_days=28,
        daily_limit=8,
        holidays="DE-BY",
        exceptions=(
            HoursException(first=date(2027, 12, 24), last=date(2028, 1, 2), name="Betriebsferien"),
            HoursException(
                first=date(2027, 5, 7), last=date(2027, 5, 7), start=time(9), end=time(11, 30)
            ),
        ),
        bookable_only=True,
        words=(
            OwnerWord(word="Sprechstunde", rule=OwnerRule.BOOKABLE),
            OwnerWord(word="nicht stören", rule=OwnerRule.DO_NOT_DISTURB),
        ),
        staff=(erika, max_),
        travel_min=25,
        travel_zones=(TravelZone(postcode="10", minutes=15), TravelZone(postcode="1", minutes=30)),
        address="Musterstraße 1, 10115 Berlin",
        title="{kind}: {caller}",
        alarm_min=15,
        cancellation=Cancellation.MARK,
        tells_callers=True,
        **CALLS,
    )


QUIET = UnattendedRule(
    occasion=Occasion.CLOSED,
    weekdays=(5, 6),
    start=time(22),
    end=time(6),
    ring_s=0,
    steps=(
        Step(kind=StepKind.ANNOUNCEMENT, sound="zu.wav"),
        Step(kind=StepKind.VOICEMAIL, seconds=120),
    ),
)
BREAK = UnattendedRule(
    occasion=Occasion.BREAK,
    steps=(Step(kind=StepKind.FORWARD, seconds=20, target="+491713920002"),),
)

CALLS: dict[str, Any] = {
    "shown_as": "+493023125009",
    "ring_tone": "bell.wav",
    "hold_music": "music.wav",
    "rules": (QUIET, BREAK),
    "records": True,
    "keep_days": 90,
    "services": (
        Service(kind=ServiceKind.CALLS),
        Service(kind=ServiceKind.APPOINTMENTS),
        Service(kind=ServiceKind.OWN, title="Rezepte vorbereiten"),
    ),
}


def routes(line_id: UUID) -> tuple[Route, ...]:
    """Two rules over one line."""
    return (
        Route(prefix="+4917", line_id=line_id, cents=Decimal("9.9"), currency="CHF"),
        Route(prefix="", line_id=line_id, flat=True, on_net=True),
    )


def office() -> Directory:
    """Two clients, a calendar each on one account."""
    clients = (
        client("muster", "Malerei Muster", "+493023125001", "+493023125002"),
        client("beispiel", "Kanzlei Beispiel", "+492214710003"),
    )
    account = CalendarAccount(
        id=uuid4(), key="owners", url="https://calendars.example.org/", user="erika"
    )
    return Directory(
        office=Office(id=uuid4(), name="Büro Muster", greeting=Greeting("Guten Tag.", "de")),
        receptionist=Receptionist(id=uuid4(), name="Erika Muster"),
        workstation=Workstation(id=uuid4(), name="Platz 1"),
        lines=(
            Line(id=uuid4(), key="trunk", name="Trunk", registrar="sip.example.org", user="1001"),
        ),
        clients=clients,
        accounts=(account,),
        calendars=tuple(
            OwnerCalendar(id=uuid4(), client_id=one.id, account_id=account.id, name="Termine")
            for one in clients
        ),
    )


def appointment(directory: Directory, client_key: str = "muster", **more: Any) -> Appointment:
    """Half an hour at ten with this client; `more` are fields."""
    owner = next(one for one in directory.clients if one.key == client_key)
    calendar = next(one for one in directory.calendars if one.client_id == owner.id)
    key = uuid4()
    start = more.pop("start", TEN)
    made = Appointment(
        id=key,
        client_id=owner.id,
        calendar_id=calendar.id,
        kind_id=owner.kinds[0].id,
        kind_name=owner.kinds[0].name,
        start=start,
        end=more.pop("end", start + minutes(30)),
        zone="Europe/Berlin",
        caller_name="Max Beispiel",
        caller_number="+491713920011",
        note="Küche; 2. Stock",
        uid=f"{key}@example.org",
        href=f"https://calendars.example.org/erika/{key}.ics",
        created=NOW,
        receptionist_id=directory.receptionist.id,
    )
    return replace(made, **more)


def call(directory: Directory, **more: Any) -> Call:
    """A ringing call on the first line for the first client."""
    made = Call(
        id=uuid4(),
        direction=Direction.INCOMING,
        line_id=directory.lines[0].id,
        dialled="+493023125001",
        caller=Caller("+491713920011", "Max Beispiel", False),
        client_id=directory.clients[0].id,
        workstation_id=directory.workstation.id,
        segments=(Segment(state=CallState.RINGING, start=NOW),),
    )
    return replace(made, **more)


def ended(ringing: Call, receptionist_id: UUID) -> Call:
    """The same call after 5 s of ringing and 60 s of conversation."""
    start = ringing.started
    return replace(
        ringing,
        receptionist_id=receptionist_id,
        segments=(
            replace(ringing.segments[0], seconds=5.0),
            Segment(state=CallState.ACTIVE, start=start + timedelta(seconds=5), seconds=60.25),
            Segment(
                state=CallState.ENDED,
                start=start + timedelta(seconds=65),
                seconds=0.0,
                cause=Cause.CALLER_HUNG_UP,
            ),
        ),
    )


def event(start: datetime, end: datetime, name: str = "a", **more: Any) -> CalendarObject:
    """An object of the owner's calendar with one occurrence."""
    uid = more.pop("uid", f"{name}@owner.example")
    one = Busy(period=Period(start, end), uid=uid, summary="Zahnarzt", **more)
    return CalendarObject(
        href=f"https://c.example/{name}.ics", etag=f"{name}1", uid=uid, busy=(one,)
    )


def changes(*changed: CalendarObject, **more: Any) -> CalendarChanges:
    return CalendarChanges(
        **{"changed": changed, "token": "t1", "ctag": "c1", "horizon": HORIZON} | more
    )
