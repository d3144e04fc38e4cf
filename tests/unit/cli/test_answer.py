"""Errors as sentences and as JSON, and nothing else."""

from __future__ import annotations

import io
import json
import sys

import pytest

from receptionist.cli.answer import failure, tell
from receptionist.cli.passwords import read_passwords, read_secret
from receptionist.errors import (
    BadInput,
    DataDirectoryHeld,
    NotFound,
    SlotTaken,
    StoreError,
    WrongFile,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BadInput("x", key="start"), 2),
        (NotFound("x"), 2),
        (SlotTaken("x"), 4),
        (DataDirectoryHeld("x"), 6),
        (StoreError("x"), 1),
    ],
)
def test_each_kind_of_error_has_its_exit_code(error: Exception, code: int) -> None:
    assert failure(error)["code"] == code


def test_every_fault_of_a_file_is_in_the_json() -> None:
    faults = [BadInput("eins", key="a.b", line=3), BadInput("zwei", key="c", line=9)]
    error = failure(WrongFile(faults))["error"]
    assert (error["key"], error["line"]) == ("a.b", 3)
    assert [(one["key"], one["line"]) for one in error["faults"]] == [("a.b", 3), ("c", 9)]


@pytest.mark.usefixtures("errors_expected")
def test_what_nobody_expected_is_logged_and_told_without_its_text(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    answer = failure(ZeroDivisionError("secret detail"))
    assert tell(answer, (), as_json=False) == 1
    err = capsys.readouterr().err
    assert "secret detail" not in err
    assert "Traceback" not in err
    assert "secret detail" in caplog.text


def test_with_json_an_error_is_an_object_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell(failure(BadInput("Falsch.", key="start")), (), as_json=True) == 2
    out, err = capsys.readouterr()
    assert json.loads(out) == {"error": "Falsch.", "key": "start", "line": None}
    assert err == "Falsch.\n"


def test_passwords_come_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("amt geheim & 5 €\n\nanna  x \n"))
    assert read_passwords() == {"amt": "geheim & 5 €", "anna": " x "}


@pytest.mark.parametrize("text", ["amt\n", "amt \n", " \nx\n"])
def test_a_line_without_a_password_names_itself_and_not_its_content(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    with pytest.raises(BadInput) as caught:
        read_passwords()
    assert caught.value.line is not None
    assert "amt" not in str(caught.value)


def test_no_secret_is_no_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    with pytest.raises(BadInput):
        read_secret("Password: ")


def test_who_ends_the_input_gives_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", ended)
    with pytest.raises(BadInput, match="no password"):
        read_secret("Password: ")
