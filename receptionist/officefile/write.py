"""From the directory to the text of an office file that `parse` reads back unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from receptionist.model.client import CalendarAccount
from receptionist.model.office import Directory, Identity, Line, Srtp
from receptionist.model.plain import quoted
from receptionist.officefile.parse import FORMAT
from receptionist.officefile.writeclient import client_blocks, greeting_rows
from receptionist.officefile.writerules import route_blocks, rule_blocks, week_block

_HEADER = """\
# The office file of Receptionist. Every key is explained in the example `office.toml`.
# It holds no passwords: those lie in the keyring, put there by the command `passwd`.
"""


def write(directory: Directory) -> str:
    """The office file of `directory`, in its order and without secrets, ids and what is default."""
    blocks = [
        [f"format = {FORMAT}"],
        *_office(directory),
        ["[receptionist]", f"name = {quoted(directory.receptionist.name)}"],
        *(_line(line) for line in directory.lines),
        *(_account(account) for account in directory.accounts),
    ]
    for client in directory.clients:
        blocks += client_blocks(client, directory)
    return _HEADER + "".join("\n" + "\n".join(block) + "\n" for block in blocks)


def _office(directory: Directory) -> Iterator[list[str]]:
    office = directory.office
    rows = [
        "[office]",
        f"name = {quoted(office.name)}",
        *greeting_rows(office.greeting),
        f"region = {quoted(office.region)}",
        f"zone = {quoted(office.zone)}",
    ]
    yield [*rows, f"holidays = {quoted(office.holidays)}"] if office.holidays else rows
    yield from week_block("[office.hours]", office.hours)
    yield from rule_blocks("office", office.rules)
    yield from route_blocks("office", office.routes, {one.id: one.key for one in directory.lines})


def _line(line: Line) -> list[str]:
    texts = {
        "key": line.key,
        "name": line.name,
        "registrar": line.registrar,
        "user": line.user,
        "auth_user": line.auth_user,
        "proxy": line.proxy,
        "transport": line.transport,
        "srtp": "" if line.srtp is Srtp.OFF else line.srtp,
        "identity": "" if line.identity is Identity.NONE else line.identity,
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
