"""`demo --auto`: the whole way on real parts, and what is said when a part dies on the way."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
CEILING_S = 110.0
PROMISED = (
    "call_id",
    "dialled",
    "client",
    "greeting",
    "invite_at",
    "answered_at",
    "booked_at",
    "confirmed_at",
    "uid",
    "url",
    "summary",
    "start",
)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "receptionist", "demo", "--auto", "--json", *arguments]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """No screen, no sound, no session bus, and temporary files of our own."""
    (tmp_path / "tmp").mkdir()
    ours = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "tmp")}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "PULSE_SERVER", "DBUS_SESSION_BUS_ADDRESS"):
        ours.pop(name, None)
    return ours


def run(environment: dict[str, str], *arguments: str) -> tuple[int, Any, str]:
    """Exit code, the one JSON object, and what was said beside it."""
    ran = subprocess.run(
        command(*arguments), capture_output=True, text=True, timeout=CEILING_S, env=environment
    )
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.returncode, json.loads(ran.stdout), ran.stderr


def test_from_the_invite_to_the_appointment_read_back(environment: dict[str, str]) -> None:
    code, told, err = run(environment)
    assert code == 0, err
    assert [name for name in PROMISED if not told.get(name)] == []
    assert told["dialled"] == "+493023125101"
    assert (told["client"], told["caller_name"]) == ("zahnarzt", "Erika Muster")
    assert told["greeting"].startswith("Zahnarztpraxis Doktor Mustermann, ")
    moments = [
        datetime.fromisoformat(told[name])
        for name in ("invite_at", "answered_at", "booked_at", "confirmed_at")
    ]
    assert moments == sorted(moments)
    assert told["read_back"]["same"]
    assert told["read_back"]["summary"] == told["summary"] == "Kontrolle: Erika Muster"
    assert told["heard_s"] > 0.3
    assert list(Path(environment["TMPDIR"]).glob("receptionist-demo-*")) == []


def test_a_calendar_killed_on_the_way_and_the_next_run_makes_good(
    environment: dict[str, str], tmp_path: Path
) -> None:
    data = tmp_path / "demo"
    code, told, err = run(environment, "--kill-calendar", f"--data={data}")
    assert (code, told["state"], told["reason"]) == (3, "delayed", "nothing-listens")
    assert (told["waiting"], told["data"]) == (1, str(data))
    assert "confirmed_at" not in told
    assert str(data) in err
    assert told["uid"] in _waiting(environment, data)
    code, second, err = run(environment, f"--data={data}")
    assert code == 0, err
    assert second["uid"] != told["uid"]
    states = {one["uid"]: one["state"] for one in _appointments(environment, data)}
    assert states == {told["uid"]: "confirmed", second["uid"]: "confirmed"}
    stored = [path.stem for path in (data / "calendars").rglob("zahnarzt/termine/*.ics")]
    assert stored.count(told["uid"]) == 1


def test_a_calendar_killed_from_outside(environment: dict[str, str]) -> None:
    """Somebody else kills the server while the caller speaks; nothing in the program knows."""
    with subprocess.Popen(
        command("--pause-before-booking=2"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as demo:
        os.kill(_calendar_of(demo), signal.SIGKILL)
        out, err = demo.communicate(timeout=CEILING_S)
    told = json.loads(out)
    assert demo.returncode == 3
    assert (told["state"], told["waiting"]) == ("delayed", 1)
    assert Path(told["data"]).is_dir()
    assert "Traceback" not in err


def test_a_calendar_that_hangs_and_somebody_who_loses_patience(
    environment: dict[str, str],
) -> None:
    """The server takes the request and never answers; Ctrl+C loses nothing."""
    with subprocess.Popen(
        command("--pause-before-booking=1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as demo:
        server = _calendar_of(demo)
        os.kill(server, signal.SIGSTOP)
        tmp = Path(environment["TMPDIR"])
        _until(lambda: _booked_in(tmp))
        demo.send_signal(signal.SIGINT)
        out, err = demo.communicate(timeout=CEILING_S)
    told = json.loads(out)
    assert demo.returncode == 3
    assert told["state"] in ("booked", "delayed")
    assert told["uid"] in {one["uid"] for one in _appointments(environment, Path(told["data"]))}
    assert "Traceback" not in err


def _booked_in(tmp: Path) -> bool:
    """Whether the demonstration's database holds an appointment."""
    found = list(tmp.glob("receptionist-demo-*/receptionist.db"))
    if not found:
        return False
    with contextlib.closing(sqlite3.connect(f"file:{found[0]}?mode=ro", uri=True)) as database:
        (count,) = database.execute("select count(*) from appointment").fetchone()
    return bool(count)


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + CEILING_S / 2
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def test_killed_itself_it_leaves_no_process_behind(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        command("--pause-before-booking=60"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as demo:
        _calendar_of(demo)
        family = _family(demo.pid)
        assert len(family) >= 3
        demo.kill()
        demo.wait(CEILING_S)
        deadline = time.monotonic() + 20
        while any(_alive(one) for one in family) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert [one for one in family if _alive(one)] == []


def test_a_directory_in_use_is_left_alone(environment: dict[str, str], tmp_path: Path) -> None:
    from receptionist import bootstrap

    with bootstrap.claim(tmp_path / "demo", "console"):
        code, told, _err = run(environment, f"--data={tmp_path / 'demo'}")
    assert code == 6
    assert "console" in told["error"]


def _appointments(environment: dict[str, str], data: Path) -> list[dict[str, Any]]:
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "receptionist",
            "appointments",
            "--client=zahnarzt",
            "--json",
            f"--data={data}",
        ],
        capture_output=True,
        text=True,
        timeout=CEILING_S,
        env=environment,
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(ran.stdout)["appointments"]
    return found


def _waiting(environment: dict[str, str], data: Path) -> set[str]:
    return {one["uid"] for one in _appointments(environment, data) if one["state"] == "delayed"}


def _family(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task")
    children: list[int] = []
    for task in tasks.iterdir():
        children += [int(child) for child in (task / "children").read_text().split()]
    return children


def _calendar_of(demo: subprocess.Popen[str]) -> int:
    """The calendar server of a demonstration that pauses: it says so when the caller waits."""
    assert demo.stderr is not None
    said = []
    for line in demo.stderr:
        said.append(line)
        found = re.search(r"The calendar server is process (\d+)", line)
        if found:
            return int(found[1])
    raise AssertionError(f"the demonstration did not get on: {said}")


def _alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_the_server_of_the_demonstration_asks_for_a_password(tmp_path: Path) -> None:
    from receptionist.demo.server import CalendarServer

    server = CalendarServer(tmp_path / "calendars", ["erika", "otto"])
    server.start()
    try:
        assert server.request("erika", "PROPFIND", "/erika/") == 207
        assert server.request("erika", "PROPFIND", "/otto/") == 403
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("PROPFIND", "/erika/")
        assert connection.getresponse().status == 401
        connection.close()
        written = (tmp_path / "calendars" / "users").read_text()
        assert server.passwords["erika"] not in written
    finally:
        server.stop()
    assert server.process_id is None
