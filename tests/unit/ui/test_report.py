"""The report in the window: chosen by client and days, read, saved; nothing of another client."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from receptionist.model.client import Client
from receptionist.model.handled import HandledKind
from receptionist.model.report import drawn_up
from receptionist.model.service import ServiceKind
from receptionist.model.span import Span
from receptionist.reportpage import page
from tests.doubles.desk import HEATING
from tests.unit.test_reportpage import CLIENT, HEAD, MARCH, handled, missed
from tests.unit.ui.conftest import CTRL, SHIFT, Desk
from ui.dialogs.report import ReportDialog
from ui.printing.report import as_pdf, show
from ui.theme.palette import DARK, LIGHT


def opened(desk: Desk) -> ReportDialog:
    """The window of reports, by its key, with the keyboard."""
    desk.key(Qt.Key.Key_R, CTRL | SHIFT)
    (dialog,) = desk.window.findChildren(ReportDialog)
    dialog.activateWindow()
    desk.until(lambda: QApplication.activeWindow() is dialog)
    return dialog


def read(desk: Desk, dialog: ReportDialog) -> str:
    """The words of the report, once it is there."""
    desk.until(dialog.save_pdf.isEnabled)
    return dialog.text.toPlainText()


def worked(desk: Desk) -> Client:
    """A task of a minute for the heating engineers."""
    client = desk.reception.client("haustechnik")
    errands = desk.reception.desk.errands
    errand = errands.begin(client.id, ServiceKind.RESEARCH)
    desk.reception.clock.move(60)
    errands.finish(errand, "Fertig")
    return client


def test_it_is_of_the_client_at_hand_and_of_the_last_month_at_first(desk: Desk) -> None:
    client = worked(desk)
    desk.window._board.look_up(client)
    dialog = opened(desk)
    assert dialog.client_id == client.id
    assert dialog.days.text() == "1 Oct 2026 – 31 Oct 2026"
    assert "Nothing was handled in this time." in read(desk, dialog)
    dialog.span.setCurrentIndex(1)
    said = read(desk, dialog)
    assert dialog.days.text().startswith("1 Nov 2026 – ")
    assert "What we did for Muster Heizung & Sanitär" in said
    assert "Research" in said
    dialog.client.setCurrentIndex(dialog.client.currentIndex() - 1)
    other = read(desk, dialog)
    assert dialog.client_id != client.id
    assert "Heizung" not in other
    assert "Research" not in other.partition("What is agreed")[0]


def test_without_a_client_at_hand_one_is_chosen_there(desk: Desk) -> None:
    dialog = opened(desk)
    assert dialog.client_id is not None
    names = [dialog.client.itemText(number) for number in range(dialog.client.count())]
    assert names == sorted(names, key=str.casefold)
    assert len(names) == len(desk.reception.desk.directory.clients)


def test_days_are_typed_and_what_is_none_is_said(desk: Desk) -> None:
    dialog = opened(desk)
    read(desk, dialog)
    dialog.span.setCurrentIndex(4)
    assert dialog.days.hasFocus()
    desk.type("31.11.")
    desk.key(Qt.Key.Key_Return)
    assert "does not exist" in dialog.state.words
    assert dialog.text.toPlainText() == ""
    assert not dialog.save_pdf.isEnabled()
    dialog.client.setCurrentIndex(1)
    assert "does not exist" in dialog.state.words, "of another client neither"
    dialog.days.setFocus()
    dialog.days.selectAll()
    desk.type("1.10. - 31.10.")
    desk.key(Qt.Key.Key_Return)
    assert "1 October 2026" in read(desk, dialog)
    assert dialog.span.value is Span.LAST_MONTH
    assert dialog.isVisible(), "Enter closes nothing"


def test_it_is_saved_as_pdf_and_as_a_web_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kind: str, then: Any) -> None:
        asked.append(name)
        then(tmp_path / name)

    monkeypatch.setattr("ui.dialogs.report.choose_file", choose)
    desk.window._board.look_up(worked(desk))
    dialog = opened(desk)
    read(desk, dialog)
    dialog.save_pdf.click()
    dialog.save_html.click()
    pdf, html = (tmp_path / name for name in asked)
    assert (pdf.suffix, html.suffix) == (".pdf", ".html")
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "Muster Heizung &amp; Sanitär" in html.read_text("utf-8")
    assert "Saved" in dialog.state.words
    dialog.save(tmp_path / "nowhere" / "a.pdf")
    assert "cannot be written" in dialog.state.words


def test_a_late_answer_of_another_client_is_not_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, waiting = desk.reception.desk.services, list[Callable[[], object]]()
    report = services.report

    def late(client_id: UUID, first: date, last: date, then: Any, failed: Any) -> None:
        report(client_id, first, last, lambda one: waiting.append(lambda: then(one)), failed)

    monkeypatch.setattr(services, "report", late)
    dialog = opened(desk)
    dialog.client.setCurrentIndex(1)
    desk.until(lambda: len(waiting) == 2)
    before, now = waiting
    before()
    assert not dialog.save_pdf.isEnabled()
    now()
    assert dialog.client.currentText() in dialog.text.toPlainText()


def test_what_is_copied_of_it_is_its_clients(desk: Desk) -> None:
    dialog = opened(desk)
    assert desk.window._opener.edited == dialog.client_id


def test_it_makes_room_for_a_call(desk: Desk) -> None:
    dialog = opened(desk)
    desk.talks(HEATING)
    desk.until(lambda: not dialog.isVisible())


# ---- the page itself


def _page(lost: int = 60, names: int = 1) -> str:
    days = range(0, 12 * 24, 24)
    calls = [handled(HandledKind.CALL, title="Rezept", hours=n, talk_s=60.0) for n in days]
    calls += [handled(HandledKind.CALL, title=f"Anliegen {n}") for n in range(names)]
    gone = [missed(number="+4917139200144", name=f"Max {n}") for n in range(lost)]
    return page(drawn_up(CLIENT, MARCH, "Europe/Berlin", calls, gone), HEAD)


def _on_paper(text: str) -> list[str]:
    """The words of each page."""
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(QByteArray(as_pdf(text, "Bericht")))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return [document.getAllText(n).text() for n in range(document.pageCount())]


def test_on_paper_every_word_is_there(dressed: QApplication) -> None:
    pages = _on_paper(_page())
    assert len(pages) > 1
    whole = "".join(pages)
    for words in ("Max 59", "+49 171 39200144", "09:30", "Praxis <Muster>"):
        assert words in whole


@pytest.mark.parametrize("names", range(2, 26, 4))
def test_on_paper_no_grid_is_torn(dressed: QApplication, names: int) -> None:
    """Wherever on a page it would begin."""
    for one in _on_paper(_page(1, names)):
        first, last = (len(re.findall(rf"(?m)^{day}(?!,)", one)) for day in ("Monday", "Friday"))
        assert first == last


def test_on_the_screen_it_wears_the_palette(dressed: QApplication) -> None:
    for palette in (LIGHT, DARK):
        document = QTextDocument()
        show(_page(), document, palette)
        html = document.toHtml().upper()
        assert palette.accent.upper() in html
        assert palette.danger_tint.upper() in html
        assert "MOST OFTEN: REZEPT, 12 TIMES." in document.toPlainText().upper()
