"""`serve` and who comes beside it: handover, a second owner, kill -9, clean ends."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from receptionist import bootstrap
from tests.doubles.sip.baresip import Baresip
from tests.doubles.sip.sipp import Sipp
from tests.e2e.cli.conftest import (
    CEILING_S,
    NUMBER,
    PASSWORDS,
    Program,
    Ran,
    Running,
    Server,
    environment,
    objects,
)
from tests.e2e.cli.test_booking import free

BOOK = ("book", "--client=maler", "--kind=besichtigung", "--name=Erika Muster", "--json")
SLOTS = ("slots", "--client=maler", "--kind=besichtigung", "--json")


def test_commands_are_handed_over_while_a_desk_is_open(
    open_office: Program, radicale: Server
) -> None:
    desk = open_office.serve()
    start = open_office(*SLOTS).json["slots"][0]["start"]
    ran = open_office(*BOOK, f"--start={start}")
    assert (ran.code, ran.json["state"]) == (0, "confirmed")
    told = desk.until(lambda event: event["event"] == "appointment-confirmed")
    assert told["appointment"]["uid"] == ran.json["uid"]
    assert len(objects(radicale)) == 1
    again = open_office(*BOOK, f"--start={start}")
    assert (again.code, again.json["reason"]) == (4, "slot-taken")
    wrong = open_office(*BOOK, "--start=nie")
    assert (wrong.code, wrong.json["key"]) == (2, "start")
    assert "keine Zeit" in open_office(*BOOK, "--start=nie", "--lang=de").json["error"]
    assert open_office("journal", "--json").json["calls"] == []
    assert open_office("sync", "--json").json["waiting"] == 0
    exported = open_office("export")
    assert open_office("import", "-", "--json", stdin=exported.out).json["clients"] == ["maler"]
    second = open_office("serve", "--for=1", "--json")
    assert second.code == 6
    assert str(desk.process.pid) in second.json["error"]
    assert desk.end() == 0


def test_the_doctor_looks_at_the_desk_that_is_open(open_office: Program, radicale: Server) -> None:
    desk = open_office.serve()
    checks = {check["what"]: check for check in open_office("doctor", "--json").json["checks"]}
    assert checks["phone"]["ok"]
    assert checks["line"]["ok"]
    assert checks["calendar"]["ok"], checks["calendar"]
    assert not checks["audio"]["ok"]
    assert checks["audio"]["advice"]
    assert desk.end(signal.SIGINT) == 0


def test_the_doctor_comes_alone_too(open_office: Program, radicale: Server) -> None:
    radicale.stop()
    ran = open_office("doctor", "--json", "--passwords-stdin", stdin=PASSWORDS)
    assert ran.code == 1
    checks = {check["what"]: check for check in ran.json["checks"]}
    assert checks["phone"]["ok"]
    assert not checks["calendar"]["ok"]
    assert checks["calendar"]["advice"]


def test_killed_between_booking_and_push_it_is_pushed_once(
    open_office: Program, radicale: Server
) -> None:
    """The server takes the connection and says nothing, so the push hangs; then kill -9."""
    desk = open_office.serve()
    start = open_office(*SLOTS).json["slots"][0]["start"]
    radicale.freeze()
    ran = open_office(*BOOK, f"--start={start}", "--no-wait")
    assert (ran.code, ran.json["state"]) == (0, "booked")
    desk.process.kill()
    desk.process.wait(CEILING_S)
    radicale.resume()
    assert objects(radicale) == []
    second = open_office.serve()
    told = second.until(lambda event: event["event"] == "appointment-confirmed")
    assert told["appointment"]["uid"] == ran.json["uid"]
    assert second.end() == 0
    third = open_office("sync", "--json", "--passwords-stdin", stdin=PASSWORDS)
    assert (third.code, third.json["appointments"]) == (0, [])
    assert len(objects(radicale)) == 1


def test_killed_at_any_moment_the_booking_is_there_once(
    open_office: Program, radicale: Server
) -> None:
    """kill -9 a little later each time, while a booking command runs; then sync and count."""
    (start,) = free(open_office, "--count=1")
    hours = [start.replace("T08:", f"T{hour:02}:") for hour in range(8, 12)]
    for delay, hour in enumerate(hours):
        command = open_office.command(*BOOK, f"--start={hour}", "--passwords-stdin")
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
        )
        assert process.stdin is not None
        process.stdin.write(PASSWORDS.encode())
        process.stdin.close()
        process.stdin = None
        _when_written(open_office.data, delay)
        process.kill()
        process.communicate()
    done = open_office("sync", "--json", "--passwords-stdin", stdin=PASSWORDS)
    assert (done.code, done.json["waiting"]) == (0, 0)
    listed = open_office("appointments", "--client=maler", "--json").json["appointments"]
    assert {one["state"] for one in listed} <= {"confirmed"}
    assert sorted(one["uid"] for one in listed) == sorted(
        Path(name).stem for name in objects(radicale)
    )


def _when_written(data: Path, delay: int) -> None:
    """Wait until the database's log grows, then a few hundredths of a second more."""
    log = data / "receptionist.db-wal"
    deadline = time.monotonic() + CEILING_S / 4
    while time.monotonic() < deadline and not (log.exists() and log.stat().st_size):
        time.sleep(0.005)
    time.sleep(0.02 * delay)


def test_calls_are_answered_told_and_journalled(
    open_office: Program, free_udp_port: Callable[[], int], tmp_path: Path
) -> None:
    """One for a client, one that belongs to nobody, one forwarded by a client's own number."""
    port = free_udp_port()
    desk = open_office.serve("--auto-answer", f"--sip-port={port}")
    desk.until(lambda event: event["event"] == "line-changed" and event["state"] == "ready")
    with Baresip(tmp_path / "baresip") as caller:
        for number, dialled in enumerate((NUMBER, "+493023125999"), start=1):
            caller.dial(f"sip:{dialled}@127.0.0.1:{port}")
            _answered(desk, calls=number)
            caller.hang_up()
            caller.wait("CALL_CLOSED", count=number)
    forwarded = Sipp(
        "call",
        tmp_path,
        target=f"127.0.0.1:{port}",
        port=free_udp_port(),
        uri=f"sip:+493023125777@127.0.0.1:{port}",
        to="<sip:+493023125777@127.0.0.1>",
        more=f"Diversion: <sip:{NUMBER}@example.org>;reason=unconditional",
        **{"from": '"Otto Beispiel" <sip:+492214710134@127.0.0.1>'},
    )
    with forwarded:
        _answered(desk, calls=3)
        told = [event for event in desk.events if event["event"] == "call-incoming"]
        clients = [event["client"]["key"] if event["client"] else "" for event in told]
        assert clients == ["maler", "", "maler"]
        greetings = [event["greeting"].partition(",")[0] for event in told]
        assert greetings == ["Malerbetrieb Muster", "Büro am Park", "Malerbetrieb Muster"]
        assert told[1]["call"]["dialled"] == "+493023125999"
        assert told[2]["call"]["dialled"] == NUMBER
        assert told[2]["call"]["caller"]["number"] == "+492214710134"
        calls = open_office("journal", "--json").json["calls"]
        assert [call["client"] for call in calls] == ["maler", "", "maler"]
        assert all(call["answered"] for call in calls)
        of_one = open_office("journal", "--client=maler", "--json").json["calls"]
        assert [call["dialled"] for call in of_one] == [NUMBER, NUMBER]
        assert desk.end() == 0
        forwarded.finish()


def _answered(desk: Running, *, calls: int) -> None:
    """Wait until so many calls were taken."""
    taken: set[str] = set()

    def enough(event: dict[str, Any]) -> bool:
        if event["event"] == "call-changed":
            states = [segment["state"] for segment in event["call"]["segments"]]
            taken.update([event["call"]["id"]] if "active" in states else [])
        return len(taken) >= calls

    desk.until(enough)


def test_it_ends_by_itself_after_the_time_given(open_office: Program) -> None:
    ran = open_office("serve", "--for=0.5", "--json", "--audio=null", "--bind=127.0.0.1")
    assert ran.code == 0
    assert '"event": "started"' in ran.out
    assert '"event": "ended"' in ran.out.splitlines()[-1]


def test_a_reader_who_goes_away_ends_nothing_badly(open_office: Program) -> None:
    process = subprocess.Popen(
        open_office.command("export"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read()
    assert (process.wait(CEILING_S), err) == (141, b"")


def test_ctrl_c_is_no_accident(open_office: Program, radicale: Server) -> None:
    radicale.freeze()
    process = subprocess.Popen(
        open_office.command("sync", "--passwords-stdin"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdin is not None
    process.stdin.write(PASSWORDS.encode())
    process.stdin.close()
    process.stdin = None
    _when_held(open_office.data)
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=CEILING_S)
    assert process.returncode == 130
    assert b"Traceback" not in err


def _when_held(data: Path) -> None:
    """Wait until a command owns the directory and has had a moment to get on with its work."""
    deadline = time.monotonic() + CEILING_S
    while bootstrap.holder(data) is None and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.5)


def test_two_commands_at_once_wait_for_each_other(open_office: Program) -> None:
    ran: list[Ran] = []
    threads = [
        threading.Thread(target=lambda: ran.append(open_office("clients", "--json")))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(CEILING_S)
    assert [one.code for one in ran] == [0, 0, 0]


@pytest.mark.skipif(os.name != "posix", reason="argument lists are read from /proc")
def test_no_secret_is_in_arguments_environment_or_files(
    open_office: Program, radicale: Server
) -> None:
    password = PASSWORDS.split(maxsplit=1)[1].strip()
    desk = open_office.serve()
    open_office("sync", "--json")
    family = [desk.process.pid, *_children(desk.process.pid)]
    assert len(family) > 1
    for process in family:
        for name in ("cmdline", "environ"):
            assert password.encode() not in Path(f"/proc/{process}/{name}").read_bytes()
    for path in open_office.data.rglob("*"):
        assert path.is_dir() or password.encode() not in path.read_bytes(), path
    assert desk.end() == 0


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task")
    return [
        int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()
    ]
