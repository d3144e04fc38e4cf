"""Who gets the arguments: the window, or the face without Qt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from receptionist import i18n
from ui.__main__ import speak, surprised

ROOT = Path(__file__).resolve().parents[3]
_ASK = """
import sys
from ui.__main__ import main
try:
    code = main(sys.argv[1:])
except SystemExit as end:
    code = end.code
print("code", code, "qt", any(name.startswith("PySide6") for name in sys.modules))
"""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["clients", "--help"], 0),
        (["demo", "--auto", "--help"], 0),
        (["no-such-command"], 2),
    ],
)
def test_a_command_is_carried_out_without_qt(arguments: list[str], code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ASK, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == f"code {code} qt False", done.stdout + done.stderr


def test_the_engine_starts_without_qt() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ui", "engine", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "receptionist.phone.engine" in done.stderr
    assert "PySide6" not in done.stderr


def test_the_window_knows_its_options() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    assert "--palette" in done.stdout


def test_an_unexpected_error_becomes_a_sentence_and_the_log_keeps_the_rest(
    dressed: QApplication, errors_expected: None, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        raise ZeroDivisionError("inside")
    except ZeroDivisionError as error:
        surprised(type(error), error, error.__traceback__)
    (box,) = [w for w in dressed.topLevelWidgets() if isinstance(w, QMessageBox)]
    assert "the calls go on" in box.text()
    assert "inside" not in box.text()
    assert "ZeroDivisionError: inside" in caplog.text
    box.close()


def test_qt_speaks_the_same_language(dressed: QApplication) -> None:
    speak(dressed, "de")
    assert i18n.language() == "de"
    assert QCoreApplication.translate("QShortcut", "Ctrl") == "Strg"
    speak(dressed, "en")
    assert QCoreApplication.translate("QShortcut", "Ctrl") == "Ctrl"
