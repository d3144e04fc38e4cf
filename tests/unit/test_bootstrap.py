"""One process owns a data directory, others learn who, and composing starts nothing."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from receptionist import bootstrap
from receptionist.errors import DataDirectoryHeld, StoreError
from receptionist.threads import MainLoop

HOLD = """
import sys, time
from pathlib import Path
from receptionist import bootstrap
claim = bootstrap.claim(Path(sys.argv[1]), "console")
claim.publish("somewhere")
print("held", flush=True)
time.sleep(600)
"""


def test_a_second_claim_learns_who_holds_the_directory(data_directory: Path) -> None:
    with (
        bootstrap.claim(data_directory, "serve"),
        pytest.raises(DataDirectoryHeld) as caught,
    ):
        bootstrap.claim(data_directory, "book")
    assert "serve" in str(caught.value)
    assert str(os.getpid()) in str(caught.value)


def test_a_full_disk_does_not_keep_anybody_out(
    data_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: int, text: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with (
        bootstrap.claim(data_directory, "book"),
        pytest.raises(DataDirectoryHeld),
    ):
        bootstrap.claim(data_directory, "serve")


def test_a_released_directory_can_be_claimed_again(data_directory: Path) -> None:
    bootstrap.claim(data_directory, "serve").release()
    with bootstrap.claim(data_directory, "book"):
        holder = bootstrap.holder(data_directory)
    assert holder == bootstrap.Holder("book", os.getpid(), "")


def test_a_killed_process_lets_go(data_directory: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(data_directory)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "held\n"
        holder = bootstrap.holder(data_directory)
        with pytest.raises(DataDirectoryHeld):
            bootstrap.claim(data_directory, "book")
        os.kill(owner.pid, signal.SIGKILL)
        owner.wait(10)
    assert holder == bootstrap.Holder("console", owner.pid, "somewhere")
    bootstrap.claim(data_directory, "book").release()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"name": "x"}', b"\xff\xfe", b'"text"'])
def test_a_lock_file_that_says_nothing_names_nobody(data_directory: Path, content: bytes) -> None:
    (data_directory / bootstrap.LOCK).write_bytes(content)
    assert bootstrap.holder(data_directory) is None


def test_a_directory_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="--data"):
        bootstrap.claim(tmp_path / "file" / "data", "serve")


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_the_directory_is_its_owners_alone(tmp_path: Path) -> None:
    data = tmp_path / "new"
    with bootstrap.claim(data, "serve"):
        assert data.stat().st_mode & 0o777 == 0o700
        assert (data / bootstrap.LOCK).stat().st_mode & 0o777 == 0o600


def test_composing_starts_no_process_and_makes_no_file(data_directory: Path) -> None:
    loop = MainLoop()
    desk = bootstrap.compose(data_directory, post=loop.post, later=loop.later)
    assert list(data_directory.iterdir()) == []
    assert "phone" not in {thread.name for thread in threading.enumerate()}
    desk.stop()


def test_the_settings_reach_the_engine(data_directory: Path) -> None:
    text = 'bind = "127.0.0.1"\nsip_port = 5070\nheadset = "Headset 3"\n'
    (data_directory / "settings.toml").write_text(text, encoding="utf-8")
    engine = bootstrap.phone_settings(data_directory)
    assert (engine.bind, engine.sip_port, engine.headset) == ("127.0.0.1", 5070, "Headset 3")
    assert engine.log_directory == str(data_directory)
    assert (engine.stun, engine.turn, engine.ice) == ("", "", False)
    text = 'stun = "stun.example.org"\nturn = "192.0.2.7:3479"\nturn_user = "office"\nice = true\n'
    (data_directory / "settings.toml").write_text(text, encoding="utf-8")
    engine = bootstrap.phone_settings(data_directory)
    assert (engine.stun, engine.turn, engine.ice) == ("stun.example.org", "192.0.2.7:3479", True)
    assert engine.turn_user == "office"


def test_composing_imports_nothing_heavy() -> None:
    code = (
        "import sys, pathlib, receptionist.bootstrap as b\n"
        "from receptionist.threads import MainLoop\n"
        "loop = MainLoop()\n"
        "b.compose(pathlib.Path(sys.argv[1]), post=loop.post, later=loop.later)\n"
        "heavy = {'sqlalchemy', 'caldav', 'icalendar', 'keyring', 'pjsua2', 'PySide6'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "/nowhere"], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
