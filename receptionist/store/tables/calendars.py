"""The calendars of the owners, and our copy of when they are busy."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, UniqueConstraint, Uuid

from receptionist.store.tables.parts import (
    at,
    client_id,
    count,
    flag,
    key,
    later_flag,
    later_text,
    metadata,
    reference,
    removed,
    text,
    uuid,
    within_client,
)

calendar_account = Table(
    "calendar_account",
    metadata,
    key(),
    count("position"),
    text("key", unique=True),
    text("url"),
    text("user"),
    removed(),
)
owner_calendar = Table(
    "owner_calendar",
    metadata,
    key(),
    client_id(),
    reference("account_id", "calendar_account"),
    count("position"),
    text("name"),
    text("href"),
    removed(),
    uuid("staff_id"),
    later_flag("tasks"),
    UniqueConstraint("client_id", "account_id", "name"),
    UniqueConstraint("id", "client_id"),
)
sync_state = Table(
    "sync_state",
    metadata,
    Column("calendar_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    text("token"),
    text("ctag"),
    at("horizon_start"),
    at("horizon_end"),
    at("checked"),
    within_client("calendar_id", "owner_calendar"),
)
calendar_object = Table(
    "calendar_object",
    metadata,
    key(),
    Column("client_id", Uuid, nullable=False),
    Column("calendar_id", Uuid, nullable=False),
    text("href"),
    text("etag"),
    text("uid"),
    flag("readable"),
    within_client("calendar_id", "owner_calendar"),
    UniqueConstraint("calendar_id", "href"),
)
occurrence = Table(
    "occurrence",
    metadata,
    Column(
        "object_id", Uuid, ForeignKey("calendar_object.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("client_id", Uuid, nullable=False),
    Column("calendar_id", Uuid, nullable=False),
    text("uid"),
    at("start"),
    at("end"),
    text("summary"),
    flag("all_day"),
    flag("readable"),
    later_flag("blocks", True),
    later_text("categories"),
    Index(None, "client_id", "end", "start"),
)
