"""The office itself, who works in it, and its lines."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Table

from receptionist.model.agent import AgentState, BreakReason
from receptionist.model.office import Identity, Srtp
from receptionist.store.columns import Word
from receptionist.store.tables.parts import (
    at,
    count,
    flag,
    key,
    later_text,
    later_word,
    metadata,
    reference,
    removed,
    text,
    uuid,
)

office = Table(
    "office",
    metadata,
    key(),
    text("name"),
    text("greeting_text"),
    text("greeting_language"),
    text("region"),
    text("zone"),
    later_text("holidays"),
)
receptionist = Table("receptionist", metadata, key(), text("name"))
workstation = Table("workstation", metadata, key(), text("name"))
agent_period = Table(
    "agent_period",
    metadata,
    key(),
    reference("receptionist_id", "receptionist"),
    reference("workstation_id", "workstation"),
    Column("state", Word(AgentState), nullable=False),
    Column("reason", Word(BreakReason), nullable=False),
    at("started"),
    at("ended", nullable=True),
    Column("seconds", Float, nullable=True),
    uuid("call_id"),
    Index(None, "started"),
    Index(None, "ended"),
    Index(None, "call_id"),
)
line = Table(
    "line",
    metadata,
    key(),
    count("position"),
    text("key", unique=True),
    text("name"),
    text("registrar"),
    text("user"),
    text("auth_user"),
    text("proxy"),
    text("transport"),
    flag("register"),
    removed(),
    later_word("srtp", Srtp.OFF),
    later_word("identity", Identity.NONE),
)
