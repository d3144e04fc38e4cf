"""The work list: what is open, and who tried what."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from receptionist.model.worklist import AttemptOutcome, Disposition, WorkKind
from receptionist.store.columns import Word
from receptionist.store.tables.parts import at, client_id, key, metadata, reference, text, uuid

work_item = Table(
    "work_item",
    metadata,
    key(),
    client_id(nullable=True),
    Column("kind", Word(WorkKind), nullable=False),
    text("number"),
    text("name"),
    text("reason"),
    text("text"),
    at("created"),
    at("due"),
    at("begins", nullable=True),
    at("ends", nullable=True),
    uuid("call_id"),
    uuid("appointment_id"),
    uuid("about_id"),
    Column("disposition", Word(Disposition), nullable=True),
    text("result"),
    at("disposed", nullable=True),
    uuid("disposed_by"),
    at("done", nullable=True),
    Index(None, "done", "due"),
    Index(None, "client_id", "done"),
    Index(None, "call_id"),
    Index(None, "number"),
)
work_attempt = Table(
    "work_attempt",
    metadata,
    key(),
    client_id(nullable=True),
    reference("work_id", "work_item"),
    at("at"),
    uuid("who"),
    Column("outcome", Word(AttemptOutcome), nullable=False),
    text("text"),
    uuid("call_id"),
    Index(None, "work_id"),
)
