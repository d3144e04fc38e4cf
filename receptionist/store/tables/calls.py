"""Calls, and what callers and owners are written about them."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Table, Uuid

from receptionist.model.call import CallState, Cause, Direction
from receptionist.model.letter import LetterKind, LetterState
from receptionist.model.unattended import StepKind
from receptionist.store.columns import Word
from receptionist.store.tables.parts import (
    at,
    client_id,
    count,
    flag,
    key,
    later_text,
    metadata,
    reference,
    text,
    uuid,
    within_client,
)

call = Table(
    "call",
    metadata,
    key(),
    client_id(nullable=True),
    reference("line_id", "line", nullable=True),
    reference("receptionist_id", "receptionist", nullable=True),
    reference("workstation_id", "workstation", nullable=True),
    Column("direction", Word(Direction), nullable=False),
    text("dialled"),
    text("signalled_number"),
    text("signalled_name"),
    flag("anonymous"),
    text("caller_name"),
    text("caller_number"),
    text("note"),
    Column("consults_for", Uuid, nullable=True),
    later_text("connected_to"),
    later_text("caller_email"),
    later_text("caller_address"),
    count("parked"),
    later_text("parked_for"),
    Column("step", Word(StepKind), nullable=True),
    uuid("script_id"),
    later_text("reason"),
    later_text("language"),
    at("started"),
    at("ended", nullable=True),
    Index(None, "started"),
    Index(None, "client_id", "started"),
    Index(None, "client_id", "signalled_number"),
    Index(None, "client_id", "caller_number"),
    Index(None, "ended"),
)
call_segment = Table(
    "call_segment",
    metadata,
    Column("call_id", Uuid, ForeignKey("call.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    client_id(nullable=True),
    reference("line_id", "line", nullable=True),
    reference("receptionist_id", "receptionist", nullable=True),
    Column("state", Word(CallState), nullable=False),
    at("start"),
    at("ended", nullable=True),
    Column("seconds", Float, nullable=True),
    Column("cause", Word(Cause), nullable=False),
)
task = Table(
    "task",
    metadata,
    key(),
    Column("client_id", Uuid, nullable=False),
    Column("calendar_id", Uuid, nullable=False),
    text("href"),
    text("etag"),
    flag("done"),
    flag("dirty"),
    count("attempts"),
    at("next_attempt", nullable=True),
    within_client("calendar_id", "owner_calendar"),
    Index(None, "dirty", "next_attempt"),
    Index(None, "done"),
)
"""Items of the work list as they stand in an owner's task list; `id` is that of the item."""

letter = Table(
    "letter",
    metadata,
    key(),
    client_id(),
    Column("appointment_id", Uuid, nullable=False),
    Column("kind", Word(LetterKind), nullable=False),
    count("sequence"),
    text("address"),
    Column("state", Word(LetterState), nullable=False),
    count("attempts"),
    at("next_attempt", nullable=True),
    at("created"),
    at("sent", nullable=True),
    Index(None, "appointment_id"),
    Index(None, "state", "next_attempt"),
)
