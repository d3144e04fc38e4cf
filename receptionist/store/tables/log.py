"""Who changed what."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Uuid

from receptionist.store.columns import COUNTER, Plain
from receptionist.store.tables.parts import at, metadata, text

change_log = Table(
    "change_log",
    metadata,
    Column("seq", COUNTER, primary_key=True, autoincrement=True),
    text("table"),
    Column("row", Uuid, nullable=False),
    Column("client_id", Uuid, nullable=True),
    text("column"),
    Column("old", Plain, nullable=True),
    Column("new", Plain, nullable=True),
    Column("who", Uuid, nullable=True),
    at("at"),
    Index(None, "row"),
    Index(None, "client_id"),
    sqlite_autoincrement=True,
)
