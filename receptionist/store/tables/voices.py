"""Messages and recordings, the consents they rest on, and how calls sounded."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Uuid

from receptionist.model.voice import VoiceKind
from receptionist.store.columns import Word
from receptionist.store.tables.parts import (
    at,
    client_id,
    count,
    flag,
    key,
    metadata,
    reference,
    text,
    uuid,
)

consent = Table(
    "consent",
    metadata,
    key(),
    client_id(nullable=True),
    Column("call_id", Uuid, nullable=False),
    text("who"),
    text("wording"),
    at("at"),
    reference("heard_by", "receptionist"),
    Index(None, "call_id"),
)
voice = Table(
    "voice",
    metadata,
    key(),
    client_id(nullable=True),
    Column("kind", Word(VoiceKind), nullable=False),
    Column("call_id", Uuid, nullable=False),
    text("file"),
    at("at"),
    at("expires"),
    Column("seconds", Integer, nullable=True),
    uuid("consent_id"),
    at("heard", nullable=True),
    reference("heard_by", "receptionist", nullable=True),
    at("deleted", nullable=True),
    Index(None, "call_id"),
    Index(None, "at"),
    Index(None, "deleted", "expires"),
)
call_quality = Table(
    "call_quality",
    metadata,
    Column("call_id", Uuid, ForeignKey("call.id"), primary_key=True),
    Column("worst", Boolean, primary_key=True),
    client_id(nullable=True),
    text("codec"),
    flag("encrypted"),
    count("loss_permille"),
    count("jitter_ms"),
    count("round_trip_ms"),
    count("mos_tenths"),
)
"""The last that was measured of a call, and the worst of all."""
