"""A real DAViCal of Debian's package as a child process on loopback, under PHP's own web server.

It is reached as Debian's Apache has it; what that does is in `davical.php` beside this file. It
keeps everything in a database of its own on a private PostgreSQL.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.doubles.calendar_server import (
    ADMINISTRATOR,
    PASSWORD,
    READ_ONLY,
    USER,
    CalendarServer,
)
from tests.doubles.php import web_server
from tests.doubles.postgres import OWNER, Postgres

_AWL, _DAVICAL = Path("/usr/share/awl/dba"), Path("/usr/share/davical/dba")
SCHEMA = (
    _AWL / "awl-tables.sql",
    _AWL / "schema-management.sql",
    _DAVICAL / "davical.sql",
    _DAVICAL / "supported_locales.sql",
    _DAVICAL / "views" / "dav_principal.sql",
    _DAVICAL / "caldav_functions.sql",
    _DAVICAL / "rrule_functions.sql",
    _DAVICAL / "base-data.sql",
)
"""What the package's `create-database.sh` runs, in its order."""

_CONFIG = """<?php
$_SERVER['SERVER_NAME'] = $c->domain_name = '127.0.0.1';
$c->pg_connect[] = 'host={folder};dbname={database} user={owner}';
$c->admin_email = 'verwaltung@example.org';
"""

_PERSON = """
WITH person AS (
    INSERT INTO usr (active, email_ok, updated, username, password, fullname, email)
    VALUES (true, current_date, current_date, %(name)s, %(password)s, %(name)s, %(email)s)
    RETURNING user_no
)
INSERT INTO principal (type_id, user_no, displayname, default_privileges)
SELECT 1, user_no, %(name)s, 0::bit(24) FROM person
"""
_LENDING = """
WITH lent AS (
    SELECT collection_id, dav_displayname AS name FROM collection WHERE dav_name = %(path)s
), friend AS (
    SELECT principal_id FROM dav_principal WHERE username = %(user)s
), granted AS (
    INSERT INTO grants (by_collection, to_principal, privileges)
    SELECT collection_id, principal_id, privilege_to_bits(ARRAY[
        'DAV::read', 'DAV::read-current-user-privilege-set', 'caldav:read-free-busy'
    ]) FROM lent, friend
)
INSERT INTO dav_binding
    (bound_source_id, dav_owner_id, parent_container, dav_name, dav_displayname)
SELECT collection_id, principal_id, %(home)s, %(seen)s, name FROM lent, friend
"""


class DAViCal(CalendarServer):
    """DAViCal with one user, whose home is empty at the start, in a database of `postgres`."""

    NAME = "DAViCal"

    def __init__(self, folder: Path, postgres: Postgres) -> None:
        super().__init__(folder)
        self._postgres = postgres
        self._database = ""

    @property
    def root(self) -> str:
        """Where all paths of DAViCal begin."""
        return f"{self.url}davical/caldav.php/"

    @property
    def principal(self) -> str:
        return f"{self.root}{USER}/"

    @property
    def home(self) -> str:
        return self.principal

    def prepare(self, port: int) -> list[str]:
        if not self._database:
            self._database = self._postgres.database()
            self._fill()
        folder = urlsplit(self._postgres.url(self._database)).query.removeprefix("host=")
        config = _CONFIG.format(folder=folder, database=self._database, owner=OWNER)
        (self.folder / "davical-conf.php").write_text(config, encoding="utf-8")
        return web_server(port, self.folder, Path(__file__).with_suffix(".php"))

    def make_read_only(self, name: str) -> None:
        path = f"/{ADMINISTRATOR}/{READ_ONLY}/"
        self.administrator.make_calendar(f"{self.root.rstrip('/')}{path}", name)
        home = f"/{USER}/"
        seen = {"path": path, "user": USER, "home": home, "seen": f"{home}{READ_ONLY}/"}
        with self._open() as database:
            database.execute(_LENDING, seen)

    def _fill(self) -> None:
        with self._open() as database:
            for path in SCHEMA:
                database.execute(path.read_bytes())
            for name in (USER, ADMINISTRATOR):
                secret = f"**{PASSWORD}"
                person = {"name": name, "password": secret, "email": f"{name}@example.org"}
                database.execute(_PERSON, person)

    def _open(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self._postgres.url(self._database), autocommit=True)
