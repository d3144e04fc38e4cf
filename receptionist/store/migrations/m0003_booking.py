"""Step 3: availability and staff of clients, what owners' events say, and the life of appointments.

Until now a client had one book; from now on each member of his staff has one as well.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from receptionist.store.engine import forbid_overlaps

revision = "0003"
down_revision = "0002"

_OCCUPYING = ("hold", "booked", "confirmed", "delayed", "parked")

_TOLD_SO_FAR = """
    UPDATE appointment
    SET told_start = start, told_end = "end",
        told_summary = kind_name
            || CASE WHEN caller_name = '' THEN '' ELSE ': ' || caller_name END
    WHERE state = 'confirmed'
"""
"""What the owners' calendars say of what was confirmed, as far as the rows know it."""


def upgrade() -> None:
    """Add columns with what they mean for older rows, new tables, and the book of each row."""
    _staff()
    _set_of_client("hours_exception", _date("first"), _date("last"), _text("name"), *_span())
    _set_of_client("owner_word", _text("word"), _text("rule"))
    _set_of_client("travel_zone", _text("postcode"), _number("minutes"))
    _task()
    _pushed()
    _letter()
    _directory()
    _add("occurrence", _flag("blocks", True), _text("categories", ""))
    op.drop_index("ix_occurrence_client_id_end", "occurrence")
    _index("occurrence", "client_id", "end", "start")
    _add("call", _text("caller_email", ""), _text("caller_address", ""))
    _appointment()


def _directory() -> None:
    _add(
        "client",
        _number("horizon_days", 56),
        _number("daily_limit", 0),
        _text("holidays", ""),
        _flag("bookable_only", False),
        _number("travel_min", 0),
        _text("address", ""),
        _text("title", ""),
        _number("alarm_min", -1),
        _text("cancellation", "delete"),
        _flag("tells_callers", False),
    )
    _add("appointment_kind", _flag("at_caller", False), _number("daily_limit", 0))
    _add("bookable_hours", _uuid("staff_id"))
    _add("owner_calendar", _uuid("staff_id"), _flag("tasks", False))


def _appointment() -> None:
    ids = (_uuid(n) for n in ("staff_id", "book_id", "part_of", "restores", "series_id"))
    names = ("caller_email", "location", "title", "text")
    told = ("told_summary", "told_text", "told_location")
    _add("appointment", *ids, *(_text(name, "") for name in (*names, *told)))
    _add("appointment", _number("alarm_min", -1), _flag("marks_cancellation", False))
    _add("appointment", _at("told_start", nullable=True), _at("told_end", nullable=True))
    op.execute(sa.text("UPDATE appointment SET book_id = client_id"))
    op.execute(sa.text(_TOLD_SO_FAR))
    _index("appointment", "part_of")
    _index("appointment", "series_id")
    forbid_overlaps(op.get_bind(), _OCCUPYING, "book_id")


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _client(),
        _number("position"),
        _text("key"),
        _text("name"),
        _at("removed", nullable=True),
        sa.UniqueConstraint("client_id", "key"),
    )


def _task() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        _text("href"),
        _text("etag"),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("dirty", sa.Boolean(), nullable=False),
        _number("attempts"),
        _at("next_attempt", nullable=True),
        sa.ForeignKeyConstraint(
            ["calendar_id", "client_id"], ["owner_calendar.id", "owner_calendar.client_id"]
        ),
    )
    _index("task", "dirty", "next_attempt")


def _letter() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _client(),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        _text("kind"),
        _number("sequence"),
        _text("address"),
        _text("state"),
        _number("attempts"),
        _at("next_attempt", nullable=True),
        _at("created"),
        _at("sent", nullable=True),
    )
    _index("letter", "appointment_id")
    _index("letter", "state", "next_attempt")


def _pushed() -> None:
    op.create_table(
        "pushed",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _client(),
        _uuid("appointment_id"),
        _at("start"),
        _at("end"),
        _text("summary"),
        _text("text"),
        _text("location"),
    )
    _index("pushed", "appointment_id")


def _set_of_client(table: str, *columns: sa.Column[object]) -> None:
    key = sa.Column("id", sa.Uuid(), primary_key=True)
    op.create_table(table, key, _client(), _number("position"), *columns)
    _index(table, "client_id")


def _span() -> tuple[sa.Column[object], sa.Column[object]]:
    return sa.Column("start", sa.Time(), nullable=True), sa.Column("end", sa.Time(), nullable=True)


def _add(table: str, *columns: sa.Column[object]) -> None:
    for column in columns:
        op.add_column(table, column)


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _client() -> sa.Column[object]:
    return sa.Column("client_id", sa.Uuid(), sa.ForeignKey("client.id"), nullable=False)


def _uuid(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=True)


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _date(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=False)


def _text(name: str, usual: str | None = None) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=usual)


def _number(name: str, usual: int | None = None) -> sa.Column[object]:
    default = None if usual is None else str(usual)
    return sa.Column(name, sa.Integer(), nullable=False, server_default=default)


def _flag(name: str, usual: bool) -> sa.Column[object]:
    default = sa.true() if usual else sa.false()
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=default)
