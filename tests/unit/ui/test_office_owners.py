"""Providers of calendars are known by mail address or choice; owners get a page that explains."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from receptionist.model.busy import CalendarFound, Capabilities
from receptionist.model.client import Cancellation, OwnerRule, OwnerWord
from receptionist.model.greeting import Greeting
from receptionist.model.steering import USUAL_WORDS
from tests.unit.ui.conftest import Desk
from tests.unit.ui.office import Office
from ui.dialogs.office.client import ClientForm
from ui.models.office import Group, abilities
from ui.models.ownerpage import for_everyone, for_owner


@pytest.fixture
def office(desk: Desk) -> Office:
    """The office window of a desk with the sample office."""
    return Office(desk)


# ---- accounts


def test_a_mail_address_fills_the_address_and_says_which_password(office: Office) -> None:
    office.dialog.list.buttons[Group.ACCOUNTS].click()
    office.write("user", "erika@fastmail.com")
    assert office.form.fields["url"].editor.text() == "https://caldav.fastmail.com/"
    assert office.form.fields["provider"].editor.currentText() == "Fastmail"
    assert "an app password" in office.form._advice.words


def test_a_provider_without_passwords_says_so(office: Office) -> None:
    office.dialog.list.buttons[Group.ACCOUNTS].click()
    office.write("user", "erika@gmail.com")
    assert office.form._advice.words.startswith("Google lets no program in with a password.")


def test_a_provider_is_chosen_by_keyboard(office: Office) -> None:
    office.dialog.list.buttons[Group.ACCOUNTS].click()
    office.go("provider")
    office.desk.type("i")
    assert office.form.fields["url"].editor.text() == "https://caldav.icloud.com/"
    office.go("provider")
    office.desk.key(Qt.Key.Key_Down)
    assert office.form.fields["url"].editor.text() == "https://caldav.fastmail.com/"


@pytest.mark.parametrize(
    ("ability", "said"),
    [
        (Capabilities(sync_collection=True, ctag=True), "are seen quickly"),
        (Capabilities(ctag=True), "that takes longer"),
        (Capabilities(), "reads its whole list"),
    ],
)
def test_what_a_server_can_do_is_said_in_plain_words(ability: Capabilities, said: str) -> None:
    plain = (CalendarFound(href="/a", name="A"),)
    tasks = (*plain, CalendarFound(href="/b", name="B", events=False, tasks=True))
    assert said in abilities(plain, ability)
    assert "no list of tasks" in abilities(plain, ability)
    assert "no list of tasks" not in abilities(tasks, ability)
    assert abilities(plain, None) == ""


# ---- the page for the owner


def test_the_page_says_what_was_agreed_in_the_language_of_the_client(office: Office) -> None:
    client = replace(
        office.desk.reception.client("kanzlei"),
        greeting=Greeting("Hallo", "de"),
        words=(OwnerWord(word="*fort*", rule=OwnerRule.AWAY),),
        cancellation=Cancellation.MARK,
        bookable_only=False,
    )
    page = for_owner(client, tasks=False)
    assert page.startswith("# Für den Inhaber")
    assert "| \\*fort\\* | Wir buchen nichts" in page
    assert "Wir verbinden niemanden. |\n" not in page
    assert "als abgesagt gekennzeichnet" in page
    assert "Aufgabenliste" not in page
    assert "{" not in page
    assert "[" not in page.replace("\\[", "")
    english = for_owner(replace(client, greeting=Greeting("Hello", "en")), tasks=True)
    assert english.startswith("# For the owner")
    assert "list of tasks" in english


def test_the_help_shows_it_with_the_usual_words() -> None:
    lines = [f"{{{rule.value.replace('-', '_')}}}" for rule in OwnerRule]
    shown = for_everyone("\n".join(lines))
    assert all(one.word in shown for one in USUAL_WORDS)


@pytest.mark.parametrize(("name", "begin"), [("a.pdf", b"%PDF"), ("a.html", b"<!DOCTYPE")])
def test_the_page_is_saved_with_unsaved_words(
    office: Office, tmp_path: Path, name: str, begin: bytes
) -> None:
    form: Any = office.open(Group.CLIENTS, "Rechtsanwälte")
    office.go("words")
    editor = next(one for one in form.sections if "words" in one.names)._words
    editor.whose.setCurrentIndex(1)
    editor.lines[OwnerRule.AWAY].setText("verreist")
    form.page.save(tmp_path / name)
    written = (tmp_path / name).read_bytes()
    assert written.startswith(begin)
    assert name.endswith("pdf") or b"verreist" in written
    assert form.page.state.words == f"Saved: {tmp_path / name}"


def test_a_folder_that_is_not_there_is_told(office: Office, tmp_path: Path) -> None:
    form = office.open(Group.CLIENTS, "Rechtsanwälte")
    assert isinstance(form, ClientForm)
    form.page.save(tmp_path / "nowhere" / "a.pdf")
    assert "cannot be written" in form.page.state.words
