"""The start with the desktop's session: a file that desktops understand, and nothing else."""

from __future__ import annotations

import configparser
import sys
from pathlib import Path

import pytest

from ui.outside import autostart
from ui.outside.autostart import DesktopEntry, command, quoted


@pytest.fixture
def entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DesktopEntry:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return DesktopEntry()


def test_it_is_switched_on_and_off(entry: DesktopEntry, tmp_path: Path) -> None:
    assert not entry.on
    entry.switch(False)
    entry.switch(True)
    assert entry.on
    file = tmp_path / "config" / "autostart" / "receptionist.desktop"
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(file, "utf-8")
    row = parser["Desktop Entry"]
    assert (row["Type"], row["Exec"]) == ("Application", quoted(command()))
    assert row["Name"]
    entry.switch(True)
    entry.switch(False)
    assert not entry.on
    assert not file.exists()


@pytest.mark.parametrize("row", ["Hidden=true", "Hidden = True", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktop_switched_off_is_off(entry: DesktopEntry, row: str) -> None:
    entry.switch(True)
    with entry.path.open("a") as file:
        file.write(f"{row}\n")
    assert not entry.on


@pytest.mark.parametrize("home", ["", "relative/path"])
def test_without_a_folder_of_configuration_it_is_the_usual_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home: str
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", home)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert DesktopEntry().path == tmp_path / ".config" / "autostart" / "receptionist.desktop"


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("/opt/my desk/run.py", '"/opt/my desk/run.py"'),
        ("100%", '"100%%"'),
        ('a"b', r'"a\\"b"'),
        ("$HOME", r'"\\$HOME"'),
        ("a\\b", r'"a\\\\b"'),
        ("`id`", r'"\\`id\\`"'),
    ],
)
def test_a_command_is_quoted_as_the_specification_asks(word: str, text: str) -> None:
    assert quoted([word]) == text


def test_the_command_starts_this_program_without_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    assert command() == [sys.executable, str(Path(__file__).parents[3] / "run.py"), "--hidden"]
    monkeypatch.setattr(autostart.sys, "frozen", True, raising=False)
    assert command() == [sys.executable, "--hidden"]


def test_a_folder_that_cannot_be_written_raises(entry: DesktopEntry) -> None:
    entry.path.parent.parent.mkdir(parents=True)
    entry.path.parent.write_text("no folder")
    with pytest.raises(OSError):
        entry.switch(True)
    assert not entry.on
