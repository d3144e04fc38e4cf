"""People of clients: contacts, who is on call, what is known, who calls and what waits for them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, UniqueConstraint

from receptionist.model.knowledge import KnowledgeKind
from receptionist.store.columns import Word
from receptionist.store.peopletexts import (
    CONTACT_HOURS,
    IDS,
    KEYS,
    NEEDED_HOURS,
    NUMBERS,
    OTHER_DAYS,
    SHIFTS,
    STANDING,
)
from receptionist.store.tables.parts import (
    at,
    client_id,
    flag,
    key,
    later_count,
    later_flag,
    later_text,
    metadata,
    reference,
    removed,
    text,
    uuid,
)

contact = Table(
    "contact",
    metadata,
    key(),
    client_id(),
    text("key"),
    text("name"),
    text("role"),
    Column("numbers", NUMBERS, nullable=False),
    text("email"),
    text("note"),
    Column("hours", CONTACT_HOURS, nullable=False),
    flag("is_owner"),
    text("staff"),
    flag("urgent"),
    Column("standing", STANDING, nullable=True),
    removed(),
    UniqueConstraint("client_id", "key"),
)
on_call_rota = Table(
    "on_call_rota",
    metadata,
    key(),
    client_id(),
    text("key"),
    text("name"),
    Column("shifts", SHIFTS, nullable=False),
    Column("others", OTHER_DAYS, nullable=False),
    Column("fallbacks", KEYS, nullable=False),
    Column("needed", NEEDED_HOURS, nullable=False),
    removed(),
    UniqueConstraint("client_id", "key"),
)
knowledge = Table(
    "knowledge",
    metadata,
    key(),
    client_id(),
    Column("kind", Word(KnowledgeKind), nullable=False),
    text("title"),
    text("text"),
    text("words"),
    text("language"),
    removed(),
    later_count("position"),
    later_flag("pinned"),
    Index(None, "client_id"),
)
known_caller = Table(
    "known_caller",
    metadata,
    key(),
    client_id(),
    text("number"),
    text("name"),
    flag("vip"),
    flag("blocked"),
    text("note"),
    uuid("into_id"),
    removed(),
    later_text("language"),
    Column("apart", IDS, nullable=False, server_default="[]"),
    Index(None, "client_id"),
)
caller_notice = Table(
    "caller_notice",
    metadata,
    key(),
    client_id(),
    reference("caller_id", "known_caller"),
    text("text"),
    at("created"),
    reference("author_id", "receptionist"),
    at("expires", nullable=True),
    at("told", nullable=True),
    reference("told_by", "receptionist", nullable=True),
    uuid("call_id"),
    removed(),
    Index(None, "client_id"),
    Index(None, "caller_id"),
)
