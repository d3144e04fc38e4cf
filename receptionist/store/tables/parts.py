"""What all tables are made of: the metadata, and columns under the names of what they hold."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Uuid,
    false,
    true,
)

from receptionist.store.columns import Instant, Plain, Word

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def key() -> Column[Any]:
    """The key of a row."""
    return Column("id", Uuid, primary_key=True)


def reference(name: str, target: str, *, nullable: bool = False) -> Column[Any]:
    """A reference to a row of another table."""
    return Column(name, Uuid, ForeignKey(f"{target}.id"), nullable=nullable)


def client_id(*, nullable: bool = False) -> Column[Any]:
    """To which client it belongs."""
    return reference("client_id", "client", nullable=nullable)


def text(name: str, *, unique: bool = False) -> Column[Any]:
    """A text, of any length."""
    return Column(name, Plain, nullable=False, unique=unique)


def count(name: str) -> Column[Any]:
    """A whole number."""
    return Column(name, Integer, nullable=False)


def later_text(name: str) -> Column[Any]:
    """A text that came with a later step: rows from before have none."""
    return Column(name, Plain, nullable=False, server_default="")


def later_count(name: str, usual: int = 0) -> Column[Any]:
    """A number that came with a later step, with what it is for rows from before."""
    return Column(name, Integer, nullable=False, server_default=str(usual))


def later_flag(name: str, usual: bool = False) -> Column[Any]:
    """A flag that came with a later step, with what it is for rows from before."""
    default = true() if usual else false()
    return Column(name, Boolean, nullable=False, server_default=default)


def later_word(name: str, usual: StrEnum) -> Column[Any]:
    """A word of a closed list that came with a later step, with what it is for rows from before."""
    return Column(name, Word(type(usual)), nullable=False, server_default=usual.value)


def uuid(name: str) -> Column[Any]:
    """An id that may be missing, of a row that is not held by the database itself."""
    return Column(name, Uuid, nullable=True)


def flag(name: str) -> Column[Any]:
    """Whether it is so."""
    return Column(name, Boolean, nullable=False)


def at(name: str, *, nullable: bool = False) -> Column[Any]:
    """An instant."""
    return Column(name, Instant, nullable=nullable)


def removed() -> Column[Any]:
    """When it was taken out of the directory; the row stays for what refers to it."""
    return at("removed", nullable=True)


def within_client(column: str, target: str) -> ForeignKeyConstraint:
    """A reference that can only point to a row of the same client."""
    return ForeignKeyConstraint([column, "client_id"], [f"{target}.id", f"{target}.client_id"])
