"""What is agreed with clients, and work for them beside calls."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Table, UniqueConstraint

from receptionist.model.errand import StretchEnd
from receptionist.model.service import ServiceKind
from receptionist.store.columns import Word
from receptionist.store.tables.parts import (
    at,
    client_id,
    count,
    key,
    metadata,
    reference,
    removed,
    text,
    uuid,
)

agreed_service = Table(
    "agreed_service",
    metadata,
    key(),
    client_id(),
    count("position"),
    Column("kind", Word(ServiceKind), nullable=False),
    text("title"),
    Index(None, "client_id"),
)
errand = Table(
    "errand",
    metadata,
    key(),
    client_id(),
    Column("kind", Word(ServiceKind), nullable=False),
    text("title"),
    reference("receptionist_id", "receptionist"),
    reference("workstation_id", "workstation"),
    at("created"),
    uuid("call_id"),
    text("text"),
    text("result"),
    at("finished", nullable=True),
    removed(),
    Index(None, "finished"),
    Index(None, "client_id", "finished"),
    Index(None, "call_id"),
)
errand_stretch = Table(
    "errand_stretch",
    metadata,
    key(),
    client_id(),
    reference("errand_id", "errand"),
    count("position"),
    at("start"),
    at("seen"),
    Column("seconds", Float, nullable=False),
    Column("end", Word(StretchEnd), nullable=False),
    uuid("workstation_id"),
    UniqueConstraint("errand_id", "position"),
    Index(None, "end"),
)
"""An empty `end` says that it lasts, measured until `seen`."""
