"""Passwords that a command was given on standard input, and what they belong to."""

from __future__ import annotations

import contextlib
import getpass
import sys
from collections.abc import Mapping
from uuid import UUID

from receptionist.cli.counter import Counter
from receptionist.desk.directory import DirectoryBook
from receptionist.errors import BadInput, NotFound
from receptionist.i18n import _
from receptionist.model.client import CalendarAccount
from receptionist.model.letter import MAIL_SECRET
from receptionist.model.office import Line
from receptionist.model.secret import RELAY_SECRET, Secret

_SERVERS = {"mail": MAIL_SECRET, "turn": RELAY_SECRET}
"""Of these there is one, and the settings name it."""


def read_passwords() -> dict[str, str]:
    """Lines `KEY PASSWORD` from standard input until its end; the password may hold spaces."""
    passwords: dict[str, str] = {}
    for number, line in enumerate(sys.stdin, start=1):
        text = line.rstrip("\r\n")
        if not text.strip():
            continue
        key, space, password = text.partition(" ")
        if not space or not password:
            raise BadInput(
                _("Line {number} of standard input is not “KEY PASSWORD”.").format(number=number),
                line=number,
            )
        passwords[key] = password
    return passwords


def read_secret(prompt: str) -> str:
    """One secret from standard input, without echo where somebody types it."""
    secret = ""
    if sys.stdin is not None and sys.stdin.isatty():
        with contextlib.suppress(EOFError):
            secret = getpass.getpass(prompt)
    elif sys.stdin is not None:
        secret = sys.stdin.readline().rstrip("\r\n")
    if not secret:
        raise BadInput(_("There was no password on standard input. Nothing was changed."))
    return secret


def owner_of(directory: DirectoryBook, key: str) -> UUID:
    """Whose password goes by this key (or id): a line's, an account's; or `NotFound`.

    The mail server goes by `mail` and the TURN server by `turn` unless a line or account has that
    key.
    """
    places: tuple[Line | CalendarAccount, ...] = (*directory.lines, *directory.accounts)
    for place in places:
        if key in (place.key, str(place.id)):
            return place.id
    if key in _SERVERS:
        return _SERVERS[key]
    known = ", ".join([*(place.key for place in places), *_SERVERS])
    raise NotFound(
        _("There is no line or calendar account “{key}”. There are: {known}").format(
            key=key, known=known
        )
    )


def keep_all(counter: Counter, passwords: Mapping[str, str]) -> None:
    """Give every password to the desk. Raises `NotFound` before any is kept."""
    directory = counter.desk.directory
    owners = {owner_of(directory, key): Secret(text) for key, text in passwords.items()}
    for secret_id, secret in owners.items():
        keep(counter, secret_id, secret)


def keep(counter: Counter, secret_id: UUID, secret: Secret) -> None:
    """Give one password to the desk and wait until it is kept; raises `CredentialsError`."""
    counter.complete(
        lambda then, failed: counter.desk.passwords.keep(secret_id, secret, then, failed)
    )
