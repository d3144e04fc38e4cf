"""From the directory to the text of an office file that `parse` reads back unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from receptionist.model.client import COLOURS, AppointmentKind, CalendarAccount, Client
from receptionist.model.greeting import Greeting
from receptionist.model.office import Directory, Line, Office
from receptionist.model.plain import quoted
from receptionist.officefile.clients import ALL_DAY, WEEKDAYS
from receptionist.officefile.parse import FORMAT

_HEADER = """\
# The office file of Receptionist. Every key is explained in the example `office.toml`.
# It holds no passwords: those lie in the keyring, put there by the command `passwd`.
"""


def write(directory: Directory) -> str:
    """The office file of `directory`, in its order and without secrets, ids and what is default."""
    blocks = [
        [f"format = {FORMAT}"],
        _office(directory.office),
        ["[receptionist]", f"name = {quoted(directory.receptionist.name)}"],
        *(_line(line) for line in directory.lines),
        *(_account(account) for account in directory.accounts),
    ]
    for client in directory.clients:
        blocks.append(list(_client(client, directory.office.zone)))
        if client.hours:
            blocks.append(list(_hours(client)))
        blocks += _calendars(client, directory)
        blocks += [list(_kind(kind)) for kind in client.kinds]
    return _HEADER + "".join("\n" + "\n".join(block) + "\n" for block in blocks)


def _office(office: Office) -> list[str]:
    return [
        "[office]",
        f"name = {quoted(office.name)}",
        *_greeting(office.greeting),
        f"region = {quoted(office.region)}",
        f"zone = {quoted(office.zone)}",
    ]


def _greeting(greeting: Greeting) -> list[str]:
    return [f"greeting = {_lines(greeting.text)}", f"language = {quoted(greeting.language)}"]


def _line(line: Line) -> list[str]:
    texts = {
        "key": line.key,
        "name": line.name,
        "registrar": line.registrar,
        "user": line.user,
        "auth_user": line.auth_user,
        "proxy": line.proxy,
        "transport": line.transport,
    }
    rows = [f"{key} = {quoted(value)}" for key, value in texts.items() if value]
    return ["[[line]]", *rows, *([] if line.register else ["register = false"])]


def _account(account: CalendarAccount) -> list[str]:
    return [
        "[[calendar_account]]",
        f"key = {quoted(account.key)}",
        f"url = {quoted(account.url)}",
        f"user = {quoted(account.user)}",
    ]


def _client(client: Client, office_zone: str) -> Iterator[str]:
    yield "[[client]]"
    yield f"key = {quoted(client.key)}"
    yield f"name = {quoted(client.name)}"
    yield f"numbers = [{', '.join(quoted(number) for number in client.dialled)}]"
    yield from _greeting(client.greeting)
    yield f"colour = {quoted(COLOURS[client.colour % len(COLOURS)])}"
    if client.zone != office_zone:
        yield f"zone = {quoted(client.zone)}"
    if client.minimum_notice_min:
        yield f"minimum_notice_minutes = {client.minimum_notice_min}"
    if not client.all_day_blocks:
        yield f"all_day_events = {quoted(ALL_DAY[1])}"
    if client.notes:
        yield f"notes = {_lines(client.notes)}"


def _hours(client: Client) -> Iterator[str]:
    yield "[client.hours]"
    for weekday, name in enumerate(WEEKDAYS):
        day = [
            quoted(f"{hours.start:%H:%M}-{hours.end:%H:%M}")
            for hours in client.hours
            if hours.weekday == weekday
        ]
        if day:
            yield f"{name} = [{', '.join(day)}]"


def _calendars(client: Client, directory: Directory) -> list[list[str]]:
    keys = {account.id: account.key for account in directory.accounts}
    blocks = []
    for calendar in directory.calendars:
        if calendar.client_id == client.id and calendar.account_id in keys:
            texts = {
                "account": keys[calendar.account_id],
                "name": calendar.name,
                "url": calendar.href,
            }
            rows = [f"{key} = {quoted(value)}" for key, value in texts.items() if value]
            blocks.append(["[[client.calendar]]", *rows])
    return blocks


def _kind(kind: AppointmentKind) -> Iterator[str]:
    yield "[[client.kind]]"
    yield f"key = {quoted(kind.key)}"
    yield f"name = {quoted(kind.name)}"
    yield f"minutes = {kind.minutes}"
    if kind.buffer_before:
        yield f"buffer_before = {kind.buffer_before}"
    if kind.buffer_after:
        yield f"buffer_after = {kind.buffer_after}"


def _lines(text: str) -> str:
    if "\n" not in text:
        return quoted(text)
    return '"""\n' + "\n".join(quoted(row)[1:-1] for row in text.split("\n")) + '"""'
