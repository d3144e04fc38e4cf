"""An office of any size for the figures, brought into a data directory by the real import."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

RECEPTIONIST = "Erika Muster"
LINE_USER = "desk"
_HEAD = """\
format = 1
[office]
name = "Büroservice Muster"
greeting = "{{client}}, {{time_of_day}}, {{receptionist}}."
[receptionist]
name = "{receptionist}"
[[line]]
key = "main"
registrar = "{registrar}"
user = "{user}"
"""
_ACCOUNT = """\
[[calendar_account]]
key = "{key}"
url = "{owners}"
user = "{owner}"
"""
NOBODY = "http://127.0.0.1:9/"
_CLIENT = """\
[[client]]
key = "client-{number}"
name = "{name}"
numbers = ["{dialled}"]
greeting = "{name}, {{time_of_day}}, Sie sprechen mit {{receptionist}}."
notes = "Rückruf immer am selben Tag."
[client.hours]
monday = ["08:00-18:00"]
tuesday = ["08:00-18:00"]
[[client.kind]]
key = "check-up"
name = "Kontrolle"
minutes = 30
"""
_CALENDAR = """\
[[client.calendar]]
account = "{account}"
name = "{name}"
"""


def dialled(number: int) -> str:
    """The number of a client, from 0 to 999."""
    return f"+493023125{number:03d}"


def client_name(number: int) -> str:
    """The name of a client."""
    return f"Praxis Muster {number:03d}"


def everybody(_number: int) -> str:
    """Every client has a calendar on the account `owners`."""
    return "owners"


def move_in(
    data: Path,
    registrar: str,
    clients: int,
    *,
    owners: str = NOBODY,
    owner: str = "owners",
    accounts: tuple[str, ...] = ("owners",),
    account_of: Callable[[int], str] = everybody,
) -> None:
    """An office with one line and this many clients, in the database of `data`.

    `account_of` says on which of `accounts` a client has a calendar of his name, "" for none. All
    of them are `owner`'s at `owners`, where nobody answers if it is not named.
    """
    parts = [_HEAD.format(receptionist=RECEPTIONIST, registrar=registrar, user=LINE_USER)]
    parts += [_ACCOUNT.format(key=key, owners=owners, owner=owner) for key in accounts]
    for number in range(clients):
        name, account = client_name(number), account_of(number)
        parts.append(_CLIENT.format(number=number, name=name, dialled=dialled(number)))
        if account:
            parts.append(_CALENDAR.format(name=name, account=account))
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = data / "office.toml"
    file.write_text("".join(parts), encoding="utf-8")
    (data / "settings.toml").write_text(
        'bind = "127.0.0.1"\nlanguage = "de"\npalette = "light"\n', encoding="utf-8"
    )
    command = [sys.executable, "-m", "receptionist", "import", str(file), "--data", str(data)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=120)
