"""Who gets the arguments: the window, or the face without Qt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from receptionist import i18n
from tests.unit.ui.conftest import Desk
from ui.__main__ import explain, for_core, speak, surprised

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
        (["--lang", "de", "clients", "--help"], 0),
        (["--data=x", "--lang", "en", "demo", "--auto", "--help"], 0),
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


@pytest.mark.parametrize(
    ("words", "core"),
    [
        ([], None),
        (["--data", "clients"], None),
        (["--lang=de", "--palette", "dark", "--hidden"], None),
        (["demo", "--lang", "de"], None),
        (["--lang", "de", "demo"], None),
        (["tel:+493023125120"], None),
        (["--data", "x", "SIP:erika@example.org"], None),
        (["clients", "--json"], ["clients", "--json"]),
        (["--lang", "de", "clients"], ["clients", "--lang", "de"]),
        (["--data", "x", "import", "-"], ["import", "--data", "x", "-"]),
        (["demo", "--auto"], ["demo", "--auto"]),
        (["engine", "somewhere"], ["engine", "somewhere"]),
    ],
)
def test_options_may_stand_before_the_word(words: list[str], core: list[str] | None) -> None:
    assert for_core(words) == core


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


def test_an_unexpected_error_is_told_in_the_window_and_the_log_keeps_the_rest(
    desk: Desk, errors_expected: None, caplog: pytest.LogCaptureFixture
) -> None:
    desk.talks()
    desk.type("Erika Muster")
    try:
        raise ZeroDivisionError("inside")
    except ZeroDivisionError as error:
        surprised(desk.window.note, type(error), error, error.__traceback__)
    notice = desk.window.panels.notice
    assert "the calls go on" in notice.words
    assert "inside" not in notice.words
    assert "ZeroDivisionError: inside" in caplog.text
    desk.type("schmidt")
    assert desk.texts[0] == "Erika Musterschmidt"
    assert [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)] == []
    notice.close_button.click()
    assert notice.words == ""


def test_before_there_is_a_window_an_error_has_one_of_its_own(
    dressed: QApplication, errors_expected: None
) -> None:
    try:
        raise ZeroDivisionError("inside")
    except ZeroDivisionError as error:
        surprised(explain, type(error), error, error.__traceback__)
    (box,) = [w for w in dressed.topLevelWidgets() if isinstance(w, QMessageBox)]
    assert "the calls go on" in box.text()
    box.close()


def test_qt_speaks_the_same_language(dressed: QApplication) -> None:
    speak(dressed, "de")
    assert i18n.language() == "de"
    assert QCoreApplication.translate("QShortcut", "Ctrl") == "Strg"
    speak(dressed, "en")
    assert QCoreApplication.translate("QShortcut", "Ctrl") == "Ctrl"
