"""The mail server in the settings: its password goes to the keyring, and it can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from receptionist import settings
from receptionist.model.letter import MAIL_SECRET
from receptionist.reasons import Reason, sentence
from tests.doubles.desk import Reception, let_go
from tests.doubles.mail import PASSWORD
from ui.dialogs.office.secret import SecretLine
from ui.dialogs.settings import SettingsDialog
from ui.models.keeping import Keeping
from ui.widgets.inputs import Line


@pytest.fixture
def dialog(reception: Reception, tmp_path: Path) -> Iterator[SettingsDialog]:
    keeping = Keeping(tmp_path, settings.load(tmp_path)[0], lambda then: None, None)
    parent = QWidget()
    dialog = SettingsDialog(keeping, print, parent, reception.desk)
    dialog.show()
    for key, text in (
        ("mail_host", "mail.example.com"),
        ("mail_user", "buero"),
        ("mail_from", "buero@example.com"),
    ):
        line = dialog.fields[key].editor
        assert isinstance(line, Line)
        line.setText(text)
    yield dialog
    let_go(parent)


def attempt(dialog: SettingsDialog, reception: Reception, password: str = "") -> str:
    """What is said after the key was pressed."""
    assert dialog.mailing is not None
    mailing = dialog.mailing
    editor = mailing.password.editor
    assert isinstance(editor, SecretLine)
    editor.setText(password)
    mailing.again.click()
    reception.spin(lambda: "asked" not in mailing.state.words)
    return mailing.state.words


def test_the_server_is_asked_with_what_is_typed(
    dialog: SettingsDialog, reception: Reception
) -> None:
    assert attempt(dialog, reception) == sentence(Reason.MAIL_PASSWORD_MISSING)
    assert attempt(dialog, reception, "falsch") == sentence(Reason.MAIL_PASSWORD_REFUSED)
    assert "takes letters" in attempt(dialog, reception, PASSWORD)
    assert reception.credentials.secret(MAIL_SECRET).reveal() == PASSWORD
    assert dialog.mailing is not None
    assert dialog.mailing.password.editor.property("text") == ""


def test_without_a_server_nobody_is_asked(dialog: SettingsDialog, reception: Reception) -> None:
    line = dialog.fields["mail_from"].editor
    assert isinstance(line, Line)
    line.setText("")
    assert "First enter" in attempt(dialog, reception)


def test_saving_keeps_password_and_server_apart(
    dialog: SettingsDialog, reception: Reception, tmp_path: Path
) -> None:
    assert dialog.mailing is not None
    editor = dialog.mailing.password.editor
    assert isinstance(editor, SecretLine)
    editor.setText(PASSWORD)
    dialog.accept()
    assert not dialog.isVisible()
    assert PASSWORD not in (tmp_path / settings.FILE).read_text("utf-8")
    server = settings.load(tmp_path)[0].mail_server
    assert server is not None
    assert (server.host, server.sender) == ("mail.example.com", "buero@example.com")
    found: list[str] = []
    reception.desk.passwords.look_up(
        [MAIL_SECRET], lambda _id, secret: found.append(secret.reveal() if secret else "")
    )
    reception.spin(lambda: found)
    assert found == [PASSWORD]
