"""`passwd` with a real keyring: kept once, used by every command after, never anywhere else."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.doubles.calendar_server import PASSWORD
from tests.doubles.keyring_daemon import running_keyring
from tests.e2e.cli.conftest import CEILING_S, Program, Server, environment, objects

BOOK = (
    "book",
    "--client=maler",
    "--kind=besichtigung",
    "--start=2027-01-12T09:00",
    "--name=Erika Muster",
    "--json",
)


def test_a_password_is_kept_and_used(
    open_office: Program, radicale: Server, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with running_keyring(home) as around:

        def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                open_office.command(*arguments),
                input=stdin,
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=CEILING_S,
                env={**environment(), **around},
            )

        kept = run("passwd", "maler", "--json", stdin=f"{PASSWORD}\n")
        assert (kept.returncode, json.loads(kept.stdout)["kept"]) == (0, True), kept.stderr
        booked = run(*BOOK)
        assert (booked.returncode, json.loads(booked.stdout)["state"]) == (0, "confirmed")
    assert len(objects(radicale)) == 1
    assert PASSWORD not in kept.stdout + kept.stderr
    for path in open_office.data.rglob("*"):
        assert path.is_dir() or PASSWORD.encode() not in path.read_bytes(), path
