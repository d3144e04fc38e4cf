"""Step 4: callers nobody answers, what calls cost, voices that are kept, how calls sounded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add columns with what they mean for older rows, and new tables."""
    _add("line", _text("srtp", "off"), _text("identity", "none"))
    _add("office", _text("holidays", ""))
    _add("client", *(_text(name, "") for name in ("shown_as", "ring_tone", "hold_music")))
    _add("client", _flag("records", False), _number("keep_days", 30))
    _add("call", _number("parked", 0), _text("parked_for", ""))
    _add("call", sa.Column("step", sa.Text(), nullable=True))
    _hours()
    _rules()
    _routes()
    _consent()
    _voice()
    _quality()


def _hours() -> None:
    op.create_table(
        "office_hours",
        _key(),
        _number("position"),
        _number("weekday"),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
    )


def _rules() -> None:
    op.create_table(
        "unattended_rule",
        _key(),
        _client(),
        _number("position"),
        _text("occasion"),
        _text("weekdays"),
        sa.Column("start", sa.Time(), nullable=True),
        sa.Column("end", sa.Time(), nullable=True),
        _number("ring_s"),
        _text("steps"),
    )
    _index("unattended_rule", "client_id")


def _routes() -> None:
    op.create_table(
        "route",
        _key(),
        _client(),
        _number("position"),
        _text("prefix"),
        sa.Column("line_id", sa.Uuid(), sa.ForeignKey("line.id"), nullable=False),
        _text("cents"),
        _text("currency"),
        _flag("flat"),
        _flag("on_net"),
    )
    _index("route", "client_id")
    _index("route", "line_id")


def _consent() -> None:
    op.create_table(
        "consent",
        _key(),
        _client(),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        _text("who"),
        _text("wording"),
        _at("at"),
        _receptionist(nullable=False),
    )
    _index("consent", "call_id")


def _voice() -> None:
    op.create_table(
        "voice",
        _key(),
        _client(),
        _text("kind"),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        _text("file"),
        _at("at"),
        _at("expires"),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        _at("heard", nullable=True),
        _receptionist(nullable=True),
        _at("deleted", nullable=True),
    )
    _index("voice", "call_id")
    _index("voice", "at")
    _index("voice", "deleted", "expires")


def _quality() -> None:
    numbers = ("loss_permille", "jitter_ms", "round_trip_ms", "mos_tenths")
    op.create_table(
        "call_quality",
        sa.Column("call_id", sa.Uuid(), sa.ForeignKey("call.id"), primary_key=True),
        sa.Column("worst", sa.Boolean(), primary_key=True),
        _client(),
        _text("codec"),
        _flag("encrypted"),
        *(_number(name) for name in numbers),
    )


def _add(table: str, *columns: sa.Column[object]) -> None:
    for column in columns:
        op.add_column(table, column)


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _key() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), primary_key=True)


def _client() -> sa.Column[object]:
    return sa.Column("client_id", sa.Uuid(), sa.ForeignKey("client.id"), nullable=True)


def _receptionist(*, nullable: bool) -> sa.Column[object]:
    return sa.Column("heard_by", sa.Uuid(), sa.ForeignKey("receptionist.id"), nullable=nullable)


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _text(name: str, usual: str | None = None) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=usual)


def _number(name: str, usual: int | None = None) -> sa.Column[object]:
    default = None if usual is None else str(usual)
    return sa.Column(name, sa.Integer(), nullable=False, server_default=default)


def _flag(name: str, usual: bool | None = None) -> sa.Column[object]:
    default = None if usual is None else sa.true() if usual else sa.false()
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=default)
