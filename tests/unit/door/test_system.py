"""What is missing on the system, and who may install it."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from door import system
from door.words import SetUpFailed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="apt is Linux's")


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A list whose one package is missing until apt has run."""
    (tmp_path / "apt-run.txt").write_text(f"# comment\n\nlibmuster0 {tmp_path}/installed\n")
    return tmp_path


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on the path, with an apt that installs what the list wants."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(system, "APT_LISTS", tmp_path / "lists")
    write(folder / "env", 'shift; exec "$@"')
    write(folder / "apt-get", f'echo "$@" >> {tmp_path}/apt.log; : > {tmp_path}/installed')
    return folder


def write(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def be(monkeypatch: pytest.MonkeyPatch, user: int) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)


class Terminal(io.StringIO):
    """Somebody sits there and has typed an answer."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("probe", "expected"),
    [
        ("libc.so.6", True),
        ("libnobodyhasthis.so.9", False),
        ("sh", True),
        ("nobody-has-this", False),
        ("/bin/s[h]", True),
        ("/nowhere/*", False),
    ],
)
def test_probes(probe: str, expected: bool) -> None:
    assert system.present(probe) is expected


def test_the_lists_that_ship_can_be_read() -> None:
    folder = Path(__file__).resolve().parents[3] / "packaging" / "linux"
    for name in ("run", "window", "test"):
        assert system._needs(folder / f"apt-{name}.txt")


def test_root_installs_without_asking(
    lists: Path, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    be(monkeypatch, 0)
    monkeypatch.setattr(sys, "stdin", None)
    system.require(lists, ["run"])
    calls = (lists / "apt.log").read_text().splitlines()
    assert "update" in calls[0]
    assert "install -y --no-install-recommends libmuster0" in calls[1]
    system.require(lists, ["run"])
    assert (lists / "apt.log").read_text().splitlines() == calls


def test_who_may_not_is_given_the_line_to_type(
    lists: Path, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    be(monkeypatch, 1000)
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(SetUpFailed) as failure:
        system.require(lists, ["run"])
    assert "sudo apt-get install -y --no-install-recommends libmuster0" in str(failure.value)
    assert not (lists / "apt.log").exists()


@pytest.mark.parametrize(("answer", "installs"), [("\n", True), ("j\n", True), ("n\n", False)])
def test_at_a_terminal_sudo_is_asked_for(
    lists: Path, programs: Path, monkeypatch: pytest.MonkeyPatch, answer: str, installs: bool
) -> None:
    write(programs / "sudo", 'exec "$@"')
    be(monkeypatch, 1000)
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    if installs:
        system.require(lists, ["run"])
    else:
        with pytest.raises(SetUpFailed):
            system.require(lists, ["run"])
    assert (lists / "apt.log").exists() is installs


@pytest.mark.parametrize("stdin", [None, io.StringIO("y\n")])
def test_without_a_terminal_nothing_is_asked(
    lists: Path,
    programs: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    stdin: io.StringIO | None,
) -> None:
    write(programs / "sudo", "exit 1")
    be(monkeypatch, 1000)
    monkeypatch.setattr(sys, "stdin", stdin)
    with pytest.raises(SetUpFailed):
        system.require(lists, ["run"])
    assert "?" not in capsys.readouterr().err
    assert stdin is None or stdin.tell() == 0


def test_an_apt_that_fails_is_explained(
    lists: Path, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(programs / "apt-get", "exit 100")
    be(monkeypatch, 0)
    with pytest.raises(SetUpFailed, match="apt could not install"):
        system.require(lists, ["run"])


def test_a_system_without_apt_is_told_what_is_missing(
    lists: Path, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (programs / "apt-get").unlink()
    be(monkeypatch, 0)
    with pytest.raises(SetUpFailed, match="libmuster0"):
        system.require(lists, ["run"])
