"""The versions of clients' scripts, and what was answered in calls."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint, Uuid

from receptionist.store.tables.parts import (
    at,
    client_id,
    count,
    flag,
    key,
    metadata,
    text,
    uuid,
)

script_version = Table(
    "script_version",
    metadata,
    key(),
    client_id(),
    count("number"),
    text("text"),
    uuid("who"),
    at("at"),
    text("why"),
    uuid("based_on"),
    at("counts_from", nullable=True),
    at("sent", nullable=True),
    at("approved", nullable=True),
    text("approved_by"),
    text("approved_how"),
    UniqueConstraint("client_id", "number"),
    Index(None, "client_id", "counts_from"),
)
answer = Table(
    "answer",
    metadata,
    key(),
    Column("call_id", Uuid, ForeignKey("call.id"), nullable=False),
    client_id(nullable=True),
    count("position"),
    text("prompt"),
    text("label"),
    text("typed"),
    text("value"),
    text("shown"),
    flag("verified"),
    UniqueConstraint("call_id", "prompt"),
)
"""One row a prompt and call, over what was typed before."""
