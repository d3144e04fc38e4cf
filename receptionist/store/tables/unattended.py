"""What happens to callers nobody answers, and what calls cost: of the office and of clients."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Column, Index, Table, Time

from receptionist.model.unattended import Occasion
from receptionist.store.columns import Word, Written
from receptionist.store.tables.parts import (
    client_id,
    count,
    flag,
    key,
    metadata,
    reference,
    text,
)
from receptionist.store.texts import days_of, days_text, steps_of, steps_text

office_hours = Table(
    "office_hours",
    metadata,
    key(),
    count("position"),
    count("weekday"),
    Column("start", Time, nullable=False),
    Column("end", Time, nullable=False),
)
unattended_rule = Table(
    "unattended_rule",
    metadata,
    key(),
    client_id(nullable=True),
    count("position"),
    Column("occasion", Word(Occasion), nullable=False),
    Column("weekdays", Written(days_text, days_of), nullable=False),
    Column("start", Time, nullable=True),
    Column("end", Time, nullable=True),
    count("ring_s"),
    Column("steps", Written(steps_text, steps_of), nullable=False),
    Index(None, "client_id"),
)
"""Without a client it is the office's."""

route = Table(
    "route",
    metadata,
    key(),
    client_id(nullable=True),
    count("position"),
    text("prefix"),
    reference("line_id", "line"),
    Column("cents", Written(str, Decimal), nullable=False),
    text("currency"),
    flag("flat"),
    flag("on_net"),
    Index(None, "client_id"),
    Index(None, "line_id"),
)
"""Without a client it is the office's."""
