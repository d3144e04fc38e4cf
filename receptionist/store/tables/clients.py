"""Clients, and what the office knows about them."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Table, Time, UniqueConstraint

from receptionist.model.client import HORIZON_DAYS, NO_ALARM, Cancellation, OwnerRule
from receptionist.model.voice import KEEP_DAYS
from receptionist.store.columns import Word
from receptionist.store.tables.parts import (
    client_id,
    count,
    flag,
    key,
    later_count,
    later_flag,
    later_text,
    later_word,
    metadata,
    removed,
    text,
    uuid,
)

client = Table(
    "client",
    metadata,
    key(),
    count("position"),
    text("key", unique=True),
    text("name"),
    text("greeting_text"),
    text("greeting_language"),
    count("colour"),
    text("notes"),
    text("zone"),
    count("minimum_notice_min"),
    flag("all_day_blocks"),
    removed(),
    later_count("horizon_days", HORIZON_DAYS),
    later_count("daily_limit"),
    later_text("holidays"),
    later_flag("bookable_only"),
    later_count("travel_min"),
    later_text("address"),
    later_text("title"),
    later_count("alarm_min", NO_ALARM),
    later_word("cancellation", Cancellation.DELETE),
    later_flag("tells_callers"),
    later_text("shown_as"),
    later_text("ring_tone"),
    later_text("hold_music"),
    later_flag("records"),
    later_count("keep_days", KEEP_DAYS),
)
dialled_number = Table(
    "dialled_number",
    metadata,
    key(),
    client_id(),
    count("position"),
    text("number", unique=True),
    Index(None, "client_id"),
)
appointment_kind = Table(
    "appointment_kind",
    metadata,
    key(),
    client_id(),
    count("position"),
    text("key"),
    text("name"),
    count("minutes"),
    count("buffer_before"),
    count("buffer_after"),
    removed(),
    later_flag("at_caller"),
    later_count("daily_limit"),
    UniqueConstraint("client_id", "key"),
    UniqueConstraint("id", "client_id"),
)
staff = Table(
    "staff",
    metadata,
    key(),
    client_id(),
    count("position"),
    text("key"),
    text("name"),
    removed(),
    UniqueConstraint("client_id", "key"),
)
hours_exception = Table(
    "hours_exception",
    metadata,
    key(),
    client_id(),
    count("position"),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    text("name"),
    Column("start", Time, nullable=True),
    Column("end", Time, nullable=True),
    Index(None, "client_id"),
)
owner_word = Table(
    "owner_word",
    metadata,
    key(),
    client_id(),
    count("position"),
    text("word"),
    Column("rule", Word(OwnerRule), nullable=False),
    Index(None, "client_id"),
)
travel_zone = Table(
    "travel_zone",
    metadata,
    key(),
    client_id(),
    count("position"),
    text("postcode"),
    count("minutes"),
    Index(None, "client_id"),
)
bookable_hours = Table(
    "bookable_hours",
    metadata,
    key(),
    client_id(),
    count("position"),
    count("weekday"),
    Column("start", Time, nullable=False),
    Column("end", Time, nullable=False),
    uuid("staff_id"),
    Index(None, "client_id"),
)
