"""The help: the same pages in both languages, every key it names is one, and it can be read."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from receptionist import i18n
from receptionist.paths import resources
from tests.unit.ui.conftest import SHIFT, Desk
from ui.actions import KEYS
from ui.dialogs.help import HelpDialog
from ui.models.help import pages
from ui.models.ownerpage import PLACEHOLDERS

FILES = [sorted(resources("help", tag).glob("*.md")) for tag in i18n.LANGUAGES]


def test_both_languages_have_the_same_pages() -> None:
    german, english = ([path.name for path in files] for files in FILES)
    assert german == english
    assert german


@pytest.mark.parametrize("number", range(len(FILES[0])))
def test_a_page_names_the_same_keys_in_both_languages(number: int) -> None:
    german, english = (set(re.findall(r"\{(\w+)\}", f[number].read_text("utf-8"))) for f in FILES)
    assert german == english
    assert german <= {row.id for row in KEYS} | set(PLACEHOLDERS)


@pytest.mark.parametrize("tag", i18n.LANGUAGES)
def test_keys_are_named_as_they_are_printed(tag: str) -> None:
    i18n.choose(tag)
    texts = "".join(page.text for page in pages())
    assert "{" not in texts
    assert all(page.title for page in pages())


def test_the_help_opens_by_key_and_turns_its_pages(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F1, SHIFT)
    (dialog,) = desk.window.findChildren(HelpDialog)
    assert dialog.isVisible()
    assert "F2" in dialog.text.toPlainText()
    QApplication.processEvents()
    dialog.list.setCurrentRow(1)
    assert dialog.text.toPlainText().startswith(dialog.pages[1].title)
