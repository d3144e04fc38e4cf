"""The tables. Keys are UUIDs, and every row that belongs to a client carries `client_id`.

Changing a table here takes a migration too; a test compares the two on both databases.
"""

from __future__ import annotations

from receptionist.store.tables.book import appointment, pushed
from receptionist.store.tables.calendars import (
    calendar_account,
    calendar_object,
    occurrence,
    owner_calendar,
    sync_state,
)
from receptionist.store.tables.calls import call, call_segment, letter, task
from receptionist.store.tables.clients import (
    appointment_kind,
    bookable_hours,
    client,
    dialled_number,
    hours_exception,
    owner_word,
    staff,
    travel_zone,
)
from receptionist.store.tables.log import change_log
from receptionist.store.tables.office import agent_period, line, office, receptionist, workstation
from receptionist.store.tables.parts import metadata
from receptionist.store.tables.people import (
    caller_notice,
    contact,
    knowledge,
    known_caller,
    on_call_rota,
)
from receptionist.store.tables.scripts import answer, script_version
from receptionist.store.tables.services import agreed_service, errand, errand_stretch
from receptionist.store.tables.unattended import office_hours, route, unattended_rule
from receptionist.store.tables.voices import call_quality, consent, voice
from receptionist.store.tables.work import work_attempt, work_item

__all__ = [
    "REVISION",
    "agent_period",
    "agreed_service",
    "answer",
    "appointment",
    "appointment_kind",
    "bookable_hours",
    "calendar_account",
    "calendar_object",
    "call",
    "call_quality",
    "call_segment",
    "caller_notice",
    "change_log",
    "client",
    "consent",
    "contact",
    "dialled_number",
    "errand",
    "errand_stretch",
    "hours_exception",
    "knowledge",
    "known_caller",
    "letter",
    "line",
    "metadata",
    "occurrence",
    "office",
    "office_hours",
    "on_call_rota",
    "owner_calendar",
    "owner_word",
    "pushed",
    "receptionist",
    "route",
    "script_version",
    "staff",
    "sync_state",
    "task",
    "travel_zone",
    "unattended_rule",
    "voice",
    "work_attempt",
    "work_item",
    "workstation",
]

REVISION = "0009"
"""The step of the migrations after which the tables are as they stand here."""
