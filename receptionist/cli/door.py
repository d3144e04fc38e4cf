"""From a command line to an exit code."""

from __future__ import annotations

import argparse
import io
import logging
import sys
from collections.abc import Mapping, Sequence

from receptionist import i18n, log
from receptionist.cli import (
    appointments,
    calendars,
    changing,
    demo,
    doctor,
    forwarding,
    ical,
    journal,
    notebook,
    office,
    people,
    phoning,
    report,
    scripts,
    serve,
    tasks,
    voices,
    work,
)
from receptionist.cli.answer import Answer, failure, tell
from receptionist.cli.arguments import Service, chosen_language, parser
from receptionist.cli.command import Command
from receptionist.cli.passwords import read_passwords
from receptionist.cli.place import carry_out
from receptionist.errors import ReceptionistError
from receptionist.paths import data_directory

COMMANDS: Mapping[str, Command] = {
    command.name: command
    for group in (
        office,
        scripts,
        appointments,
        changing,
        ical,
        calendars,
        journal,
        work,
        tasks,
        report,
        phoning,
        forwarding,
        voices,
        people,
        notebook,
        doctor,
    )
    for command in group.COMMANDS
}
"""Every command that can be handed over to the owner of the data directory."""

SERVICES: Mapping[str, Service] = {
    service.name: service for service in (serve.SERVICE, demo.SERVICE)
}


def enter(argv: Sequence[str]) -> int:
    """Parse, carry out, print; the exit code."""
    i18n.choose(chosen_language(argv))
    log.set_up(console_level=logging.CRITICAL)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        options = parser((*COMMANDS.values(), *SERVICES.values())).parse_args(argv)
    except ReceptionistError as error:
        return tell(failure(error), (), "--json" in argv)
    command = COMMANDS.get(options.command)
    try:
        answer = _answer(command, options)
        if command is not None and "payload" in answer:
            answer["payload"] = command.finish(options, answer["payload"])
    except Exception as error:
        answer = failure(error)
    show = command.show if command else SERVICES[options.command].show
    return tell(answer, show(answer["payload"]) if "payload" in answer else (), options.json)


def _answer(command: Command | None, options: argparse.Namespace) -> Answer:
    if options.command == demo.SERVICE.name:
        return demo.run(options, COMMANDS)
    data = (options.data or data_directory()).absolute()
    passwords = read_passwords() if getattr(options, "passwords_stdin", False) else None
    if command is None:
        return serve.run(options, data, passwords, COMMANDS)
    return carry_out(command, command.request(options), data, passwords)
