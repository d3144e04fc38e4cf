"""What a command is: arguments, what it does at a desk, and how its outcome reads."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from receptionist.cli.counter import Counter

Request = Mapping[str, Any]
"""What a command is asked, as JSON can carry it: it may be answered by another process."""
Payload = Mapping[str, Any]


class Exit(IntEnum):
    """Exit codes of all commands; documented in `--help` and in the manual."""

    OK = 0
    FAILED = 1
    BAD_INPUT = 2
    DELAYED = 3
    CONFLICT = 4
    PARKED = 5
    HELD = 6
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command brought: one JSON object, the same in every language, and an exit code."""

    payload: Payload
    code: Exit = Exit.OK


def _options(options: argparse.Namespace) -> dict[str, Any]:
    mine = {"command", "data", "json", "lang", "passwords_stdin"}
    return {name: value for name, value in vars(options).items() if name not in mine}


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command. `run` works on a thread of its own at a desk that may be another process's.

    `request` makes the JSON that crosses, in the process of whoever typed it: there files are read
    and written. `show` puts the payload in words there; `finish` may take it elsewhere.
    """

    name: str
    summary: str
    run: Callable[[Counter, Request], Outcome]
    show: Callable[[Payload], Iterable[str]]
    arguments: Callable[[argparse.ArgumentParser], object] = field(default=lambda parser: None)
    request: Callable[[argparse.Namespace], dict[str, Any]] = field(default=_options)
    finish: Callable[[argparse.Namespace, Payload], Payload] = field(
        default=lambda options, payload: payload
    )
    takes_passwords: bool = False
