"""What the log hides, escapes and keeps."""

from __future__ import annotations

import io
import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from receptionist import log
from receptionist.log import cleaned, set_up


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    """The root logger, put back afterwards together with what `set_up` touches besides."""
    root = logging.getLogger()
    before = list(root.handlers), root.level, logging.raiseExceptions
    root.handlers.clear()
    yield root
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    logging.raiseExceptions = before[2]
    logging.captureWarnings(False)


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("Authorization: Basic ZXJpa2E6Z2VoZWlt", "ZXJpa2E6Z2VoZWlt"),
        ("{'Authorization': 'Basic ZXJpa2E6Z2VoZWlt', 'Accept': '*/*'}", "ZXJpa2E6Z2VoZWlt"),
        ('Proxy-Authorization: Digest username="desk", response="7587245234"', "7587245234"),
        ("login with password=geheim failed", "geheim"),
        ('{"password": "ge heim", "user": "erika"}', "ge heim"),
        ("Passwort: geheim", "geheim"),
        ("client_secret='geheim'", "geheim"),
        ("GET https://erika:geheim@calendar.example.org/dav/", "geheim"),
        ("INVITE sip:erika:geheim@sip.example.org", "geheim"),
        ("Set-Cookie: session=geheim; HttpOnly", "geheim"),
    ],
)
def test_secrets_are_removed(line: str, secret: str) -> None:
    assert secret not in cleaned(line)
    assert "***" in cleaned(line)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("call from +493023125101", "call from +49302312…"),
        ("call from +49 30 23125-101.", "call from +49 30 2312…."),
        (
            "From: <sip:+493023125101@sip.example.org:5060>",
            "From: <sip:+49302312…@sip.example.org:5060>",
        ),
        ("tel:01713920001", "tel:0171392…"),
        ("caller=(0221) 4710134", "caller=(0221) 471…"),
    ],
)
def test_numbers_are_shortened(line: str, shown: str) -> None:
    assert cleaned(line) == shown


@pytest.mark.parametrize(
    "line",
    [
        "slot 2027-03-28 08:30:00+00:00 is free",
        "call 01234567-1234-4abc-8def-012345678901 ended",
        "bound to 127.0.0.1:54321, pid 123456",
        "took 0.123456789 s",
        "engine ready, password asked for",
    ],
)
def test_what_tells_nothing_about_people_stays(line: str) -> None:
    assert cleaned(line) == line


def test_control_characters_are_escaped() -> None:
    assert cleaned("a\x1b[31mred\r\u202eb\t") == r"a\x1b[31mred\r\u202eb\t"


def test_a_message_cannot_forge_a_line(root_logger: logging.Logger) -> None:
    console = io.StringIO()
    set_up(console=console)
    root_logger.warning("from %s", "Erika\n2027-01-01T00:00:00.000Z ERROR forged")
    assert len(console.getvalue().splitlines()) == 1


def test_a_traceback_is_cleaned_and_indented(root_logger: logging.Logger) -> None:
    console = io.StringIO()
    set_up(console=console)
    try:
        raise ValueError("password=geheim for +493023125101")
    except ValueError:
        root_logger.exception("failed")
    first, *others = console.getvalue().splitlines()
    assert "geheim" not in console.getvalue()
    assert "5101" not in console.getvalue()
    assert first.endswith("root: failed")
    assert others
    assert all(line.startswith("    ") for line in others)


def test_the_file_lies_in_the_data_directory_for_its_owner_alone(
    root_logger: logging.Logger, data_directory: Path
) -> None:
    console = io.StringIO()
    set_up(data_directory, console=console)
    root_logger.info("für die Datei")
    text = (data_directory / "logs" / "receptionist.log").read_text("utf-8")
    assert text.endswith("root: für die Datei\n")
    assert console.getvalue() == ""
    if os.name == "posix":
        assert stat.S_IMODE((data_directory / "logs").stat().st_mode) == 0o700


def test_the_file_turns_over(
    root_logger: logging.Logger, data_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "FILE_BYTES", 2000)
    set_up(data_directory, console=io.StringIO())
    for number in range(400):
        root_logger.info("line %d", number)
    files = sorted((data_directory / "logs").iterdir())
    assert len(files) == log.FILES_KEPT + 1
    assert all(file.stat().st_size <= 2000 for file in files)


def test_a_second_set_up_replaces_the_first(root_logger: logging.Logger) -> None:
    first, second = io.StringIO(), io.StringIO()
    set_up(console=first)
    set_up(console=second)
    root_logger.warning("once")
    assert first.getvalue() == ""
    assert second.getvalue().count("once") == 1
