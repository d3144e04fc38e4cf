"""The command line: options every command has, and argparse in the chosen language."""

from __future__ import annotations

import argparse
import ipaddress
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import receptionist
from receptionist import i18n, settings
from receptionist.cli.command import Command, Exit, Payload
from receptionist.errors import BadInput
from receptionist.i18n import N_, _
from receptionist.paths import data_directory

ARGPARSE_TEXTS = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
)
"""What argparse says; here so that the catalogue has it."""

_EXITS = {
    Exit.OK: N_("done; an appointment is confirmed"),
    Exit.FAILED: N_("it did not work, or `doctor` found something"),
    Exit.BAD_INPUT: N_("something you wrote is wrong; nothing was changed"),
    Exit.DELAYED: N_("booked, but not in the owner's calendar yet; it is tried again"),
    Exit.CONFLICT: N_("the time is taken; nothing was booked"),
    Exit.PARKED: N_("booked, but the owner's calendar refuses it; call the owner"),
    Exit.HELD: N_("another process uses the data directory and does not answer"),
    Exit.INTERRUPTED: N_("interrupted"),
}


class Parser(argparse.ArgumentParser):
    """Raises `BadInput` instead of ending the process."""

    def error(self, message: str) -> NoReturn:
        message = message[:1].upper() + message[1:].rstrip(".")
        raise BadInput(
            _("{message}. Try “{program} --help”.").format(message=message, program=self.prog)
        )


@dataclass(frozen=True, slots=True)
class Service:
    """A command that goes on until it is ended, and is never handed over: `serve`, `demo`."""

    name: str
    summary: str
    arguments: Callable[[argparse.ArgumentParser], object]
    show: Callable[[Payload], Iterable[str]]


def seconds(text: str) -> float:
    """An option in seconds: 0 up to a day."""
    return _between(text, 0.0, 86_400.0)


def days(text: str) -> float:
    """An option in days: more than none, up to ten years."""
    return _between(text, 0.001, 3660.0)


def port(text: str) -> int:
    """A port; 0 for a free one."""
    return int(_between(text, 0, 65_535))


def address(text: str) -> str:
    """An IPv4 address of this computer, or nothing."""
    try:
        return str(ipaddress.IPv4Address(text)) if text else ""
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("“{text}” is no IPv4 address").format(text=text)
        ) from None


def _between(text: str, low: float, high: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise argparse.ArgumentTypeError(
            _("“{text}” is no number from {low} to {high}").format(
                text=text, low=f"{low:g}", high=f"{high:g}"
            )
        )
    return value


def parser(commands: Iterable[Command | Service]) -> Parser:
    """The parser of the whole program."""
    _translate_argparse()
    top = Parser(
        prog="python3 run.py",
        description=_("The desk for answering the telephone in other firms' names."),
        epilog=_exits(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument(
        "--version",
        action="version",
        version=receptionist.VERSION,
        help=_("show program's version number and exit"),
    )
    shared = _shared()
    top.add_argument("--lang", choices=i18n.LANGUAGES, help=argparse.SUPPRESS)
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser] = top.add_subparsers(
        dest="command", metavar=_("COMMAND"), required=True, parser_class=Parser
    )
    for command in commands:
        one = subparsers.add_parser(
            command.name,
            help=_(command.summary),
            description=_(command.summary),
            parents=[shared],
        )
        command.arguments(one)
        if isinstance(command, Command) and command.takes_passwords:
            add_passwords(one)
    return top


def add_passwords(parser: argparse.ArgumentParser) -> None:
    """The option for a machine without a keyring."""
    parser.add_argument(
        "--passwords-stdin",
        action="store_true",
        help=_("read lines “KEY PASSWORD” of lines and calendar accounts from standard input"),
    )


def value_of(option: str, argv: Sequence[str]) -> str | None:
    """The value of an option before anything is parsed, because parsing already speaks."""
    for word, following in zip(argv, [*argv, ""][1:], strict=True):
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
        if word == option:
            return following
    return None


def chosen_language(argv: Sequence[str]) -> str | None:
    """The language of this command: `--lang`, else what is set; None follows the system."""
    option = value_of("--lang", argv)
    if option is not None:
        return option
    data = Path(value_of("--data", argv) or data_directory())
    language = settings.load(data)[0].language
    return None if language == "auto" else language


def _shared() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--data",
        type=Path,
        default=None,
        metavar=_("DIR"),
        help=_("the data directory (default: {path})").format(path=data_directory()),
    )
    shared.add_argument("--json", action="store_true", help=_("one JSON object on standard output"))
    shared.add_argument(
        "--lang", choices=i18n.LANGUAGES, default=None, help=_("the language of this command")
    )
    return shared


def _exits() -> str:
    rows = [f"  {code:>3}  {_(text)}" for code, text in _EXITS.items()]
    return "\n".join([_("exit codes:"), *rows])


def _translate_argparse() -> None:
    """argparse looks its texts up by names of its own module; these are ours now."""
    module: Any = argparse
    module._ = i18n._
    module.ngettext = i18n.ngettext
