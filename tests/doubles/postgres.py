"""A private PostgreSQL of Debian's package on a Unix socket, in a folder that goes away with it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self
from uuid import uuid4

import psycopg

INSTALLED = Path("/usr/lib/postgresql")
START_S = 60.0
OWNER = "office"
"""A plain role: no superuser, but the owner of its databases."""


def _programs() -> Path:
    """Where the newest release that is installed has its programs."""
    releases = [path for path in INSTALLED.iterdir() if (path / "bin" / "postgres").exists()]
    return max(releases, key=lambda path: int(path.name)) / "bin"


class Postgres:
    """The server; use it in a `with` statement. It refuses root, so root lends it another user."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="receptionist-postgres-"))
        self._as: dict[str, int | list[int]] = {}
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self._folder, user.pw_uid, user.pw_gid)
            self._as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        data = self._folder / "data"
        initdb = [_programs() / "initdb", "-D", data, "-U", "admin", "-A", "trust", "--no-sync"]
        made = subprocess.run(
            [*initdb, "-E", "UTF8", "--locale=C.UTF-8"],
            cwd=self._folder,
            capture_output=True,
            timeout=START_S,
            **self._as,
        )
        assert made.returncode == 0, made.stderr.decode()
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [_programs() / "postgres", "-D", data, "-k", self._folder, "-F", "-h", ""],
                cwd=self._folder,
                stdout=log,
                stderr=log,
                **self._as,
            )
        self._wait()
        self._run(f"CREATE ROLE {OWNER} LOGIN")
        return self

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            # At once, without a last checkpoint: nobody needs what it holds.
            self._process.send_signal(signal.SIGQUIT)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def database(self, template: str = "template1") -> str:
        """The name of a new database that belongs to the plain role."""
        name = f"db_{uuid4().hex}"
        self._run(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}")
        return name

    def url(self, database: str) -> str:
        """Where the plain role finds a database."""
        return f"postgresql://{OWNER}@/{database}?host={self._folder}"

    def _run(self, sql: str) -> None:
        address = f"postgresql://admin@/postgres?host={self._folder}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.encode())

    def _wait(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + START_S
        while True:
            try:
                self._run("SELECT 1")
                return
            except psycopg.OperationalError:
                log = (self._folder / "log").read_text(errors="replace")
                assert self._process.poll() is None, log
                assert time.monotonic() < deadline, log
                time.sleep(0.05)
