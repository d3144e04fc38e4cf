"""The tables. Keys are UUIDs, and every row that belongs to a client carries `client_id`.

Changing a table here takes a migration too; a test compares the two on both databases.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Time,
    UniqueConstraint,
    Uuid,
    false,
    true,
)

from receptionist.model.agent import AgentState, BreakReason
from receptionist.model.appointment import AppointmentState
from receptionist.model.call import CallState, Cause, Direction
from receptionist.model.client import HORIZON_DAYS, NO_ALARM, Cancellation, OwnerRule
from receptionist.model.letter import LetterKind, LetterState
from receptionist.reasons import Reason
from receptionist.store.columns import COUNTER, Instant, Plain, Word

REVISION = "0003"
"""The step of the migrations after which the tables are as they stand here."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _id() -> Column[Any]:
    return Column("id", Uuid, primary_key=True)


def _to(name: str, target: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Uuid, ForeignKey(f"{target}.id"), nullable=nullable)


def _client(*, nullable: bool = False) -> Column[Any]:
    return _to("client_id", "client", nullable=nullable)


def _text(name: str, *, unique: bool = False) -> Column[Any]:
    return Column(name, Plain, nullable=False, unique=unique)


def _count(name: str) -> Column[Any]:
    return Column(name, Integer, nullable=False)


def _later_text(name: str) -> Column[Any]:
    """A text that came with a later step: rows from before have none."""
    return Column(name, Plain, nullable=False, server_default="")


def _later_count(name: str, usual: int = 0) -> Column[Any]:
    """A number that came with a later step, with what it is for rows from before."""
    return Column(name, Integer, nullable=False, server_default=str(usual))


def _later_flag(name: str, usual: bool = False) -> Column[Any]:
    """A flag that came with a later step, with what it is for rows from before."""
    default = true() if usual else false()
    return Column(name, Boolean, nullable=False, server_default=default)


def _uuid(name: str) -> Column[Any]:
    """An id that may be missing, of a row that is not held by the database itself."""
    return Column(name, Uuid, nullable=True)


def _flag(name: str) -> Column[Any]:
    return Column(name, Boolean, nullable=False)


def _at(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Instant, nullable=nullable)


def _removed() -> Column[Any]:
    """When it was taken out of the directory; the row stays for what refers to it."""
    return _at("removed", nullable=True)


def _of_client(column: str, target: str) -> ForeignKeyConstraint:
    """A reference that can only point to a row of the same client."""
    return ForeignKeyConstraint([column, "client_id"], [f"{target}.id", f"{target}.client_id"])


# ---- the office ---------------------------------------------------------------------------------

office = Table(
    "office",
    metadata,
    _id(),
    _text("name"),
    _text("greeting_text"),
    _text("greeting_language"),
    _text("region"),
    _text("zone"),
)
receptionist = Table("receptionist", metadata, _id(), _text("name"))
workstation = Table("workstation", metadata, _id(), _text("name"))
agent_period = Table(
    "agent_period",
    metadata,
    _id(),
    _to("receptionist_id", "receptionist"),
    _to("workstation_id", "workstation"),
    Column("state", Word(AgentState), nullable=False),
    Column("reason", Word(BreakReason), nullable=False),
    _at("started"),
    _at("ended", nullable=True),
    Column("seconds", Float, nullable=True),
    Index(None, "started"),
    Index(None, "ended"),
)
line = Table(
    "line",
    metadata,
    _id(),
    _count("position"),
    _text("key", unique=True),
    _text("name"),
    _text("registrar"),
    _text("user"),
    _text("auth_user"),
    _text("proxy"),
    _text("transport"),
    _flag("register"),
    _removed(),
)

# ---- clients ------------------------------------------------------------------------------------

client = Table(
    "client",
    metadata,
    _id(),
    _count("position"),
    _text("key", unique=True),
    _text("name"),
    _text("greeting_text"),
    _text("greeting_language"),
    _count("colour"),
    _text("notes"),
    _text("zone"),
    _count("minimum_notice_min"),
    _flag("all_day_blocks"),
    _removed(),
    _later_count("horizon_days", HORIZON_DAYS),
    _later_count("daily_limit"),
    _later_text("holidays"),
    _later_flag("bookable_only"),
    _later_count("travel_min"),
    _later_text("address"),
    _later_text("title"),
    _later_count("alarm_min", NO_ALARM),
    Column(
        "cancellation",
        Word(Cancellation),
        nullable=False,
        server_default=Cancellation.DELETE.value,
    ),
    _later_flag("tells_callers"),
)
dialled_number = Table(
    "dialled_number",
    metadata,
    _id(),
    _client(),
    _count("position"),
    _text("number", unique=True),
    Index(None, "client_id"),
)
appointment_kind = Table(
    "appointment_kind",
    metadata,
    _id(),
    _client(),
    _count("position"),
    _text("key"),
    _text("name"),
    _count("minutes"),
    _count("buffer_before"),
    _count("buffer_after"),
    _removed(),
    _later_flag("at_caller"),
    _later_count("daily_limit"),
    UniqueConstraint("client_id", "key"),
    UniqueConstraint("id", "client_id"),
)
staff = Table(
    "staff",
    metadata,
    _id(),
    _client(),
    _count("position"),
    _text("key"),
    _text("name"),
    _removed(),
    UniqueConstraint("client_id", "key"),
)
hours_exception = Table(
    "hours_exception",
    metadata,
    _id(),
    _client(),
    _count("position"),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    _text("name"),
    Column("start", Time, nullable=True),
    Column("end", Time, nullable=True),
    Index(None, "client_id"),
)
owner_word = Table(
    "owner_word",
    metadata,
    _id(),
    _client(),
    _count("position"),
    _text("word"),
    Column("rule", Word(OwnerRule), nullable=False),
    Index(None, "client_id"),
)
travel_zone = Table(
    "travel_zone",
    metadata,
    _id(),
    _client(),
    _count("position"),
    _text("postcode"),
    _count("minutes"),
    Index(None, "client_id"),
)
bookable_hours = Table(
    "bookable_hours",
    metadata,
    _id(),
    _client(),
    _count("position"),
    _count("weekday"),
    Column("start", Time, nullable=False),
    Column("end", Time, nullable=False),
    _uuid("staff_id"),
    Index(None, "client_id"),
)

# ---- calendars of the owners --------------------------------------------------------------------

calendar_account = Table(
    "calendar_account",
    metadata,
    _id(),
    _count("position"),
    _text("key", unique=True),
    _text("url"),
    _text("user"),
    _removed(),
)
owner_calendar = Table(
    "owner_calendar",
    metadata,
    _id(),
    _client(),
    _to("account_id", "calendar_account"),
    _count("position"),
    _text("name"),
    _text("href"),
    _removed(),
    _uuid("staff_id"),
    _later_flag("tasks"),
    UniqueConstraint("client_id", "account_id", "name"),
    UniqueConstraint("id", "client_id"),
)
sync_state = Table(
    "sync_state",
    metadata,
    Column("calendar_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    _text("token"),
    _text("ctag"),
    _at("horizon_start"),
    _at("horizon_end"),
    _at("checked"),
    _of_client("calendar_id", "owner_calendar"),
)
calendar_object = Table(
    "calendar_object",
    metadata,
    _id(),
    Column("client_id", Uuid, nullable=False),
    Column("calendar_id", Uuid, nullable=False),
    _text("href"),
    _text("etag"),
    _text("uid"),
    _flag("readable"),
    _of_client("calendar_id", "owner_calendar"),
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
    _text("uid"),
    _at("start"),
    _at("end"),
    _text("summary"),
    _flag("all_day"),
    _flag("readable"),
    _later_flag("blocks", True),
    _later_text("categories"),
    Index(None, "client_id", "end", "start"),
)

# ---- calls --------------------------------------------------------------------------------------

call = Table(
    "call",
    metadata,
    _id(),
    _client(nullable=True),
    _to("line_id", "line", nullable=True),
    _to("receptionist_id", "receptionist", nullable=True),
    _to("workstation_id", "workstation", nullable=True),
    Column("direction", Word(Direction), nullable=False),
    _text("dialled"),
    _text("signalled_number"),
    _text("signalled_name"),
    _flag("anonymous"),
    _text("caller_name"),
    _text("caller_number"),
    _text("note"),
    Column("consults_for", Uuid, nullable=True),
    _later_text("connected_to"),
    _later_text("caller_email"),
    _later_text("caller_address"),
    _at("started"),
    _at("ended", nullable=True),
    Index(None, "started"),
    Index(None, "client_id", "started"),
    Index(None, "client_id", "signalled_number"),
    Index(None, "client_id", "caller_number"),
    Index(None, "ended"),
)
call_segment = Table(
    "call_segment",
    metadata,
    Column("call_id", Uuid, ForeignKey("call.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _client(nullable=True),
    _to("line_id", "line", nullable=True),
    _to("receptionist_id", "receptionist", nullable=True),
    Column("state", Word(CallState), nullable=False),
    _at("start"),
    _at("ended", nullable=True),
    Column("seconds", Float, nullable=True),
    Column("cause", Word(Cause), nullable=False),
)
call_back = Table(
    "call_back",
    metadata,
    _id(),
    _client(nullable=True),
    _text("number"),
    _text("name"),
    _text("reason"),
    _at("created"),
    Column("call_id", Uuid, nullable=True),
    Column("appointment_id", Uuid, nullable=True),
    _at("done", nullable=True),
    Index(None, "done", "created"),
    Index(None, "call_id"),
)
task = Table(
    "task",
    metadata,
    _id(),
    Column("client_id", Uuid, nullable=False),
    Column("calendar_id", Uuid, nullable=False),
    _text("href"),
    _text("etag"),
    _flag("done"),
    _flag("dirty"),
    _count("attempts"),
    _at("next_attempt", nullable=True),
    _of_client("calendar_id", "owner_calendar"),
    Index(None, "dirty", "next_attempt"),
)
"""Call-backs as they stand in an owner's task list; `id` is that of the call-back."""

letter = Table(
    "letter",
    metadata,
    _id(),
    _client(),
    Column("appointment_id", Uuid, nullable=False),
    Column("kind", Word(LetterKind), nullable=False),
    _count("sequence"),
    _text("address"),
    Column("state", Word(LetterState), nullable=False),
    _count("attempts"),
    _at("next_attempt", nullable=True),
    _at("created"),
    _at("sent", nullable=True),
    Index(None, "appointment_id"),
    Index(None, "state", "next_attempt"),
)

# ---- appointments: our book and the outbox at once ----------------------------------------------

appointment = Table(
    "appointment",
    metadata,
    _id(),
    _client(),
    Column("calendar_id", Uuid, nullable=False),
    Column("kind_id", Uuid, nullable=False),
    _text("kind_name"),
    _at("start"),
    _at("end"),
    _at("blocked_start"),
    _at("blocked_end"),
    _text("zone"),
    _text("caller_name"),
    _text("caller_number"),
    _text("note"),
    _count("buffer_before"),
    _count("buffer_after"),
    _text("uid"),
    _text("href"),
    _text("etag"),
    _count("sequence"),
    Column("state", Word(AppointmentState), nullable=False),
    Column("reason", Word(Reason), nullable=False),
    _flag("dirty"),
    _count("attempts"),
    _at("next_attempt", nullable=True),
    Column("claimed_by", Uuid, nullable=True),
    _at("claimed_until", nullable=True),
    _at("held_until", nullable=True),
    _at("created"),
    _at("confirmed", nullable=True),
    Column("call_id", Uuid, nullable=True),
    _to("receptionist_id", "receptionist", nullable=True),
    _uuid("staff_id"),
    _uuid("book_id"),
    _later_text("caller_email"),
    _later_text("location"),
    _later_text("title"),
    _later_text("text"),
    _later_count("alarm_min", NO_ALARM),
    _later_flag("marks_cancellation"),
    _uuid("part_of"),
    _uuid("restores"),
    _uuid("series_id"),
    _at("told_start", nullable=True),
    _at("told_end", nullable=True),
    _later_text("told_summary"),
    _later_text("told_text"),
    _later_text("told_location"),
    _of_client("calendar_id", "owner_calendar"),
    _of_client("kind_id", "appointment_kind"),
    CheckConstraint("blocked_start < blocked_end", name="blocked"),
    Index(None, "client_id", "blocked_end"),
    Index(None, "client_id", "caller_number"),
    Index(None, "dirty", "next_attempt"),
    Index(None, "part_of"),
    Index(None, "series_id"),
)

pushed = Table(
    "pushed",
    metadata,
    _id(),
    _client(),
    _uuid("appointment_id"),
    _at("start"),
    _at("end"),
    _text("summary"),
    _text("text"),
    _text("location"),
    Index(None, "appointment_id"),
)
"""What we wrote over an appointment in its owner's calendar, and do not know to have come."""

# ---- who changed what ---------------------------------------------------------------------------

change_log = Table(
    "change_log",
    metadata,
    Column("seq", COUNTER, primary_key=True, autoincrement=True),
    _text("table"),
    Column("row", Uuid, nullable=False),
    Column("client_id", Uuid, nullable=True),
    _text("column"),
    Column("old", Plain, nullable=True),
    Column("new", Plain, nullable=True),
    Column("who", Uuid, nullable=True),
    _at("at"),
    Index(None, "row"),
    Index(None, "client_id"),
    sqlite_autoincrement=True,
)
