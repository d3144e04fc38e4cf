"""A real SabreDAV of Debian's package as a child process on loopback, under PHP's own web server.

What it serves is in `sabredav.php` beside this file; it keeps everything in one SQLite file.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.doubles.calendar_server import ADMINISTRATOR, PASSWORD, USER, CalendarServer
from tests.doubles.php import web_server

_TABLES = """
CREATE TABLE users (id integer PRIMARY KEY, username text UNIQUE, digesta1 text);
CREATE TABLE principals (
    id integer PRIMARY KEY, uri text UNIQUE, email text, displayname text, vcardurl text
);
CREATE TABLE groupmembers (
    id integer PRIMARY KEY, principal_id integer, member_id integer,
    UNIQUE (principal_id, member_id)
);
CREATE TABLE calendars (
    id integer PRIMARY KEY, principaluri text, displayname text, uri text, ctag integer,
    description text, calendarorder integer, calendarcolor text, timezone text, components text,
    transparent bool
);
CREATE TABLE calendarobjects (
    id integer PRIMARY KEY, calendardata blob, uri text, calendarid integer, lastmodified integer,
    etag text, size integer, componenttype text, firstoccurence integer, lastoccurence integer
);
"""
"""The tables of SabreDAV 1.8. The package has them as an example, which many images leave out."""


class SabreDAV(CalendarServer):
    """SabreDAV with one user, whose home is empty at the start."""

    NAME = "SabreDAV"

    @property
    def principal(self) -> str:
        return f"{self.url}principals/{USER}/"

    @property
    def home(self) -> str:
        return f"{self.url}calendars/{USER}/"

    def prepare(self, port: int) -> list[str]:
        storage = self.folder / "storage.sqlite"
        if not storage.exists():
            _make(storage)
        return web_server(port, self.folder, Path(__file__).with_suffix(".php"))


def _make(storage: Path) -> None:
    people = (USER, ADMINISTRATOR)
    digests = [
        (name, hashlib.md5(f"{name}:SabreDAV:{PASSWORD}".encode()).hexdigest()) for name in people
    ]
    with closing(sqlite3.connect(storage)) as database, database:
        database.executescript(_TABLES)
        database.executemany("INSERT INTO users (username, digesta1) VALUES (?, ?)", digests)
        named = [(f"principals/{name}", name) for name in people]
        database.executemany("INSERT INTO principals (uri, displayname) VALUES (?, ?)", named)
