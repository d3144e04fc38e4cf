"""Every event can be told as JSON, with the same names everywhere."""

from __future__ import annotations

import json
import typing
from dataclasses import fields
from datetime import UTC, datetime, time
from uuid import UUID

import pytest

from receptionist import events, i18n
from receptionist.cli.jsonform import event_form, local
from receptionist.cli.serve import in_words
from receptionist.model.agent import AgentPeriod, AgentState, BreakReason
from receptionist.model.appointment import Appointment
from receptionist.model.call import Call, Caller, CallState, Direction, Segment
from receptionist.model.client import BookableHours, Client
from receptionist.model.dialled import Called
from receptionist.model.errand import Errand, Stretch, StretchEnd
from receptionist.model.forwarding import ForwardingOutcome
from receptionist.model.greeting import Greeting
from receptionist.model.letter import Letter, LetterKind
from receptionist.model.office import Line
from receptionist.model.quality import Quality
from receptionist.model.script import Action, ActionKind, ScriptVersion
from receptionist.model.service import ServiceKind
from receptionist.model.unattended import StepKind
from receptionist.model.voice import Voice, VoiceKind
from receptionist.model.worklist import WorkItem, WorkKind
from receptionist.reasons import Reason

ID = UUID(int=7)
AT = datetime(2026, 12, 1, 8, 30, 0, 5000, tzinfo=UTC)
CLIENT = Client(
    id=ID,
    key="maler",
    name="Malerbetrieb Muster",
    greeting=Greeting("{client}!"),
    hours=(BookableHours(weekday=0, start=time(8), end=time(12)),),
)
CALL = Call(
    id=ID,
    direction=Direction.INCOMING,
    line_id=None,
    dialled="+493023125120",
    caller=Caller("+492214710134", "Otto\x1b[31m Beispiel"),
    segments=(Segment(state=CallState.RINGING, start=AT),),
)
APPOINTMENT = Appointment(
    id=ID,
    client_id=ID,
    calendar_id=ID,
    kind_id=ID,
    kind_name="Besichtigung",
    start=AT,
    end=AT,
    zone="Europe/Berlin",
    caller_name="Erika Muster",
    uid=str(ID),
    href="http://127.0.0.1/x.ics",
    created=AT,
)
ITEM = WorkItem(
    id=ID,
    client_id=None,
    kind=WorkKind.MISSED,
    number="+492214710134",
    reason=Reason.MISSED,
    created=AT,
    due=AT,
)
VOICE = Voice(
    id=ID,
    kind=VoiceKind.MESSAGE,
    call_id=ID,
    client_id=ID,
    file="message.sealed",
    at=AT,
    expires=AT,
)
ERRAND = Errand(
    id=ID,
    client_id=ID,
    kind=ServiceKind.RESEARCH,
    receptionist_id=ID,
    workstation_id=ID,
    created=AT,
    text="Preise\x1b[31m",
    stretches=(Stretch(start=AT, seen=AT, seconds=60.0, end=StretchEnd.CALL),),
)
VALUES: dict[str, object] = {
    "call": CALL,
    "client": CLIENT,
    "greeting": "Guten Tag",
    "call_id": ID,
    "client_id": ID,
    "account_id": ID,
    "line_id": ID,
    "message": "Satz",
    "digit": "5",
    "action": Action(do=ActionKind.URGENT),
    "lines": ("Neuer Warnhinweis",),
    "version": ScriptVersion(id=ID, client_id=ID, number=1, text="", who=ID, at=AT),
    "caller_id": ID,
    "asked_id": ID,
    "joined": True,
    "seconds": 60,
    "parked_for": "Erika Muster",
    "failed_line_id": ID,
    "number": "+493023125120",
    "arrived": Called(to="sip:+493023125120@sip.example"),
    "text": "INVITE",
    "step": StepKind.QUEUE,
    "last": Quality(codec="G722", mos_tenths=42),
    "worst": Quality(codec="G722", mos_tenths=31),
    "on": True,
    "voice": VOICE,
    "recording": VOICE,
    "item": ITEM,
    "errand": ERRAND,
    "appointment": APPOINTMENT,
    "period": AgentPeriod(
        id=ID,
        receptionist_id=ID,
        workstation_id=ID,
        state=AgentState.BREAK,
        started=AT,
        reason=BreakReason.LUNCH,
    ),
    "until": AT,
    "before": APPOINTMENT,
    "wanted": APPOINTMENT,
    "letter": Letter(
        id=ID,
        client_id=ID,
        appointment_id=ID,
        kind=LetterKind.CONFIRMED,
        sequence=0,
        address="erika.muster@example.org",
        created=AT,
    ),
}


def _example(kind: type) -> object:
    known = {one.name: VALUES[one.name] for one in fields(kind) if one.name in VALUES}
    states = {
        events.CalendarChanged: {"health": events.CalendarHealth.GOOD, "checked": AT},
        events.CalendarProgress: {"done": 300, "total": 1200},
        events.LineChanged: {"state": events.LineState.READY},
        events.EngineChanged: {"state": events.EngineState.READY},
        events.ChangeRefused: {"reason": Reason.OWNER_WAS_FIRST},
        events.OwnerChanged: {"reason": Reason.OWNER_MOVED},
        events.MessageLeft: {"message": VOICE},
        events.MessageHeard: {"message": VOICE},
        events.ForwardingTested: {"outcome": ForwardingOutcome.MATCHED},
    }
    return kind(**(known | states.get(kind, {})))


@pytest.mark.parametrize("kind", typing.get_args(events.DeskEvent), ids=lambda kind: kind.__name__)
def test_every_event_is_told(kind: type) -> None:
    event = typing.cast(events.DeskEvent, _example(kind))
    form = json.loads(json.dumps(event_form(event)))
    assert form["event"] == "".join(
        f"-{c.lower()}" if c.isupper() else c for c in kind.__name__
    ).lstrip("-")
    assert set(form) == {"event", *(one.name for one in fields(kind))}
    assert "\x1b" not in in_words(event)


def test_a_client_is_told_in_short() -> None:
    form = event_form(events.CallIncoming(call=CALL, client=CLIENT, greeting="Guten Tag"))
    assert form["client"] == {"id": str(ID), "key": "maler", "name": "Malerbetrieb Muster"}
    assert form["call"]["segments"][0]["start"] == "2026-12-01T08:30:00.005+00:00"


def test_local_times_carry_their_offset() -> None:
    assert local(AT, "Europe/Berlin") == "2026-12-01T09:30:00+01:00"


@pytest.mark.parametrize("state", events.LineState)
def test_a_line_is_told_by_its_key_and_in_german(state: events.LineState) -> None:
    line = Line(id=ID, key="haupt", name="Haupt", registrar="sip.example.org", user="x")
    before = i18n.language()
    i18n.choose("de")
    try:
        words = in_words(events.LineChanged(line_id=ID, state=state), [line])
        phone = [in_words(events.EngineChanged(state=one)) for one in events.EngineState]
    finally:
        i18n.choose(before)
    assert words.startswith("Leitung haupt: ")
    assert state.value not in words
    assert all(one.startswith("Das Telefon ") for one in phone)
