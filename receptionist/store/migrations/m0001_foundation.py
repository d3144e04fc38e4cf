"""Step 1: the whole foundation. Instants are microseconds since 1970 UTC in a BIGINT."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from receptionist.store.engine import forbid_overlaps

revision = "0001"
down_revision = None

OCCUPYING = ("hold", "booked", "confirmed", "delayed", "parked")


def upgrade() -> None:
    """Create every table."""
    _office()
    _clients()
    _calendars()
    _occurrences()
    _calls()
    _call_backs()
    _appointments()
    _appointment_rules()
    _change_log()


def _id(name: str = "id") -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), primary_key=True)


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _to(name: str, target: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), sa.ForeignKey(f"{target}.id"), nullable=nullable)


def _client(*, nullable: bool = False) -> sa.Column[Any]:
    return _to("client_id", "client", nullable=nullable)


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _counts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _at(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _of_client(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column, "client_id"], [f"{target}.id", f"{target}.client_id"])


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _office() -> None:
    op.create_table(
        "office",
        _id(),
        *_texts("name", "greeting_text", "greeting_language", "region", "zone"),
    )
    op.create_table("receptionist", _id(), *_texts("name"))
    op.create_table("workstation", _id(), *_texts("name"))
    op.create_table(
        "line",
        _id(),
        *_counts("position"),
        *_texts("key", "name", "registrar", "user", "auth_user", "proxy", "transport"),
        _flag("register"),
        sa.UniqueConstraint("key"),
    )


def _clients() -> None:
    op.create_table(
        "client",
        _id(),
        *_counts("position"),
        *_texts("key", "name", "greeting_text", "greeting_language", "notes", "zone"),
        *_counts("colour", "minimum_notice_min"),
        _flag("all_day_blocks"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "dialled_number",
        _id(),
        _client(),
        *_counts("position"),
        *_texts("number"),
        sa.UniqueConstraint("number"),
    )
    _index("dialled_number", "client_id")
    op.create_table(
        "appointment_kind",
        _id(),
        _client(),
        *_texts("key", "name"),
        *_counts("position", "minutes", "buffer_before", "buffer_after"),
        sa.UniqueConstraint("client_id", "key"),
        sa.UniqueConstraint("id", "client_id"),
    )
    op.create_table(
        "bookable_hours",
        _id(),
        _client(),
        *_counts("position", "weekday"),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
    )
    _index("bookable_hours", "client_id")


def _calendars() -> None:
    op.create_table(
        "calendar_account",
        _id(),
        *_counts("position"),
        *_texts("key", "url", "user"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "owner_calendar",
        _id(),
        _client(),
        _to("account_id", "calendar_account"),
        *_counts("position"),
        *_texts("name", "href"),
        sa.UniqueConstraint("client_id", "account_id", "name"),
        sa.UniqueConstraint("id", "client_id"),
    )
    op.create_table(
        "sync_state",
        _id("calendar_id"),
        _uuid("client_id"),
        *_texts("token", "ctag"),
        _at("horizon_start"),
        _at("horizon_end"),
        _at("checked"),
        _of_client("calendar_id", "owner_calendar"),
    )


def _occurrences() -> None:
    op.create_table(
        "calendar_object",
        _id(),
        _uuid("client_id"),
        _uuid("calendar_id"),
        *_texts("href", "etag", "uid"),
        _flag("readable"),
        _of_client("calendar_id", "owner_calendar"),
        sa.UniqueConstraint("calendar_id", "href"),
    )
    op.create_table(
        "occurrence",
        sa.Column(
            "object_id",
            sa.Uuid(),
            sa.ForeignKey("calendar_object.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        _uuid("client_id"),
        _uuid("calendar_id"),
        *_texts("uid", "summary"),
        _at("start"),
        _at("end"),
        _flag("all_day"),
        _flag("readable"),
    )
    _index("occurrence", "client_id", "end")


def _calls() -> None:
    op.create_table(
        "call",
        _id(),
        _client(nullable=True),
        _to("line_id", "line", nullable=True),
        _to("receptionist_id", "receptionist", nullable=True),
        _to("workstation_id", "workstation", nullable=True),
        *_texts("direction", "dialled", "signalled_number", "signalled_name"),
        *_texts("caller_name", "caller_number", "note"),
        _flag("anonymous"),
        _at("started"),
        _at("ended", nullable=True),
    )
    _index("call", "started")
    _index("call", "client_id", "started")
    _index("call", "ended")
    op.create_table(
        "call_segment",
        sa.Column("call_id", sa.Uuid(), sa.ForeignKey("call.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        _client(nullable=True),
        _to("line_id", "line", nullable=True),
        _to("receptionist_id", "receptionist", nullable=True),
        *_texts("state", "cause"),
        _at("start"),
        _at("ended", nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
    )


def _call_backs() -> None:
    op.create_table(
        "call_back",
        _id(),
        _client(nullable=True),
        *_texts("number", "name", "reason"),
        _at("created"),
        _uuid("call_id", nullable=True),
        _uuid("appointment_id", nullable=True),
        _at("done", nullable=True),
    )
    _index("call_back", "done", "created")
    _index("call_back", "call_id")


def _appointments() -> None:
    op.create_table(
        "appointment",
        _id(),
        _client(),
        _uuid("calendar_id"),
        _uuid("kind_id"),
        *_texts("kind_name", "zone", "caller_name", "caller_number", "note"),
        *_texts("uid", "href", "etag", "state", "reason"),
        _at("start"),
        _at("end"),
        _at("blocked_start"),
        _at("blocked_end"),
        *_counts("buffer_before", "buffer_after", "sequence", "attempts"),
        _flag("dirty"),
        _at("next_attempt", nullable=True),
        _uuid("claimed_by", nullable=True),
        _at("claimed_until", nullable=True),
        _at("held_until", nullable=True),
        _at("created"),
        _at("confirmed", nullable=True),
        _uuid("call_id", nullable=True),
        _to("receptionist_id", "receptionist", nullable=True),
        _of_client("calendar_id", "owner_calendar"),
        _of_client("kind_id", "appointment_kind"),
        sa.CheckConstraint("blocked_start < blocked_end", name="blocked"),
    )


def _appointment_rules() -> None:
    _index("appointment", "client_id", "blocked_end")
    _index("appointment", "dirty", "next_attempt")
    forbid_overlaps(op.get_bind(), OCCUPYING)


def _change_log() -> None:
    op.create_table(
        "change_log",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        *_texts("table", "column"),
        _uuid("row"),
        _uuid("client_id", nullable=True),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        _uuid("who", nullable=True),
        _at("at"),
        sqlite_autoincrement=True,
    )
    _index("change_log", "row")
    _index("change_log", "client_id")
