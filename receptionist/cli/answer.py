"""An answer on its way from a desk to a terminal: payload or error, in words or as JSON."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from receptionist.cli.command import Command, Exit, Request
from receptionist.cli.counter import Counter
from receptionist.errors import (
    BadInput,
    DataDirectoryHeld,
    NotFound,
    ReceptionistError,
    SlotTaken,
    WrongFile,
)
from receptionist.i18n import _

log = logging.getLogger(__name__)

Answer = dict[str, Any]
"""`{"payload": …, "code": …}` or `{"error": …, "code": …}`, as it crosses to another process."""


def answered(command: Command, counter: Counter, request: Request) -> Answer:
    """Run `command`; whatever it raises becomes an error. On the command's own thread."""
    try:
        outcome = command.run(counter, request)
    except Exception as error:
        return failure(error)
    return {"payload": dict(outcome.payload), "code": int(outcome.code)}


def failure(error: Exception) -> Answer:
    """An error as an answer. What nobody expected goes to the log with its traceback."""
    if not isinstance(error, ReceptionistError):
        log.error("a command failed unexpectedly", exc_info=error)
        text = _("Something unexpected went wrong ({kind}). The log says more.")
        return _error(text.format(kind=type(error).__name__), Exit.FAILED)
    answer = _error(str(error), _code(error))
    if isinstance(error, BadInput):
        answer["error"] |= {"key": error.key, "line": error.line}
    if isinstance(error, WrongFile):
        answer["error"]["faults"] = [
            {"error": str(fault), "key": fault.key, "line": fault.line} for fault in error.faults
        ]
    return answer


def _error(sentence: str, code: Exit) -> Answer:
    return {"error": {"error": sentence}, "code": int(code)}


def _code(error: ReceptionistError) -> Exit:
    if isinstance(error, BadInput | NotFound):
        return Exit.BAD_INPUT
    if isinstance(error, SlotTaken):
        return Exit.CONFLICT
    return Exit.HELD if isinstance(error, DataDirectoryHeld) else Exit.FAILED


def tell(answer: Mapping[str, Any], lines: Iterable[str], as_json: bool) -> int:
    """Print an answer and return the exit code: JSON or `lines` out, an error's sentence beside."""
    error = answer.get("error")
    if as_json:
        print_json(error if error is not None else answer["payload"])
    elif error is None:
        for line in lines:
            print(line)
    if error is not None:
        print(error["error"], file=sys.stderr)
    sys.stdout.flush()
    return int(answer["code"])


def print_json(value: Any) -> None:
    """One JSON value on one line of standard output; readable umlauts where the terminal can."""
    encoding = (sys.stdout.encoding or "ascii").lower()
    print(json.dumps(value, ensure_ascii=not encoding.startswith("utf")), flush=True)
