"""The report of a client: chosen by client and days, read here, saved as PDF or for a browser."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.errors import BadInput, ReceptionistError
from receptionist.files import file_name, write
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.report import Report
from receptionist.model.span import Span, days_of, span_of
from receptionist.reportpage import letterhead, page, title_words
from ui.dialogs.paper import choose_file
from ui.models.days import days, shown
from ui.models.reporting import client_choices, span_choices
from ui.post import while_there
from ui.printing.report import as_pdf, show
from ui.theme.sheet import BETWEEN, worn
from ui.widgets.card import row
from ui.widgets.inputs import Choice, Line
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine

_WIDTH, _HEIGHT, _CLIENT_PX, _SPAN_PX, _LONGEST = 900, 720, 300, 150, 60
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ReportDialog(QDialog):
    """Main thread; blocks nothing. What is shown is always of the client and the days above it."""

    def __init__(self, desk: Desk, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._clock = desk, clock
        self._ticket = 0
        self._asked = ""
        """The days as they were typed when they were read last."""
        self._of: Client | None = None
        self._page = ""
        self.setWindowTitle(_("Report"))
        room = self.screen().availableSize()
        self.resize(min(_WIDTH, room.width() - 40), min(_HEIGHT, room.height() - 40))
        self.client, self.span = Choice(), Choice(span_choices(), Span.LAST_MONTH)
        self.days = Line("", _LONGEST)
        self.text, self.state = QTextBrowser(), StateLine()
        self.save_pdf = KeyButton(_("Save as PDF …"), kind="primary")
        self.save_html = KeyButton(_("Save as a web page …"))
        self.close_button = KeyButton(_("Close"), "Esc")
        self._name()
        self._place()
        self._connect()

    def _name(self) -> None:
        self.client.setAccessibleName(_("Client"))
        self.client.setFixedWidth(_CLIENT_PX)
        self.span.setAccessibleName(_("Period"))
        self.span.setFixedWidth(_SPAN_PX)
        self.days.setAccessibleName(_("From when until when"))
        self.text.setAccessibleName(_("Report"))
        self.text.setOpenLinks(False)

    def _place(self) -> None:
        asked, verbs = row(), row()
        for label, field in ((_("Client"), self.client), (_("Period"), self.span)):
            asked.addWidget(Label(label, "label"))
            asked.addWidget(field)
        asked.addWidget(self.days, 1)
        verbs.addWidget(self.save_pdf)
        verbs.addWidget(self.save_html)
        verbs.addWidget(self.state, 1)
        verbs.addStretch()
        verbs.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(BETWEEN)
        column.addLayout(asked)
        column.addWidget(self.text, 1)
        column.addLayout(verbs)

    def _connect(self) -> None:
        self.client.currentIndexChanged.connect(self._read)
        self.span.currentIndexChanged.connect(self._choose_span)
        self.days.editingFinished.connect(self._take_days)
        self.save_pdf.clicked.connect(lambda: self._ask_where(".pdf", _("PDF (*.pdf)")))
        self.save_html.clicked.connect(lambda: self._ask_where(".html", _("Web page (*.html)")))
        self.close_button.clicked.connect(self.accept)

    @property
    def client_id(self) -> UUID | None:
        """Whose report is shown."""
        chosen = self.client.value
        return chosen if isinstance(chosen, UUID) else None

    def come(self, client: Client | None) -> None:
        """It is about to be shown: for a client, else for the one that was chosen last."""
        wanted = client.id if client is not None else self.client_id
        self.client.put(client_choices(self._desk.directory.clients), wanted)
        self._choose_span()
        self.span.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter reads what was typed and closes nothing."""
        if event.key() in _ENTER:
            event.accept()
        else:
            super().keyPressEvent(event)

    # ---- what is chosen

    @property
    def _chosen(self) -> Client | None:
        return self._desk.directory.client(self.client_id)

    @property
    def _today(self) -> date:
        client = self._chosen
        zone = client.zone if client is not None else self._desk.directory.office.zone
        return self._clock.now().astimezone(ZoneInfo(zone)).date()

    def _choose_span(self) -> None:
        span = self.span.value
        if isinstance(span, Span):
            self.days.setText(shown(*days_of(span, self._today)))
            self._read()
        else:
            self.days.setFocus()
            self.days.selectAll()

    def _take_days(self) -> None:
        """What was typed counts when the field is left, or with Enter."""
        if self.days.text() != self._asked:
            read = days(self.days.text(), self._today)
            span = None if isinstance(read, str) else span_of(read, self._today)
            self.span.put(span_choices(), span)
            self._read()

    def _empty(self) -> None:
        """Nothing of what was shown before may be taken for what is chosen now."""
        self._ticket += 1
        self._page, self._of = "", None
        self.text.clear()
        self.state.tell("")
        for button in (self.save_pdf, self.save_html):
            button.setEnabled(False)

    # ---- what is shown

    def _read(self) -> None:
        self._empty()
        self._asked = self.days.text()
        client, asked = self._chosen, days(self._asked, self._today)
        if client is None:
            self.state.tell(_("There is no client yet."), "attention")
            return
        if isinstance(asked, str):
            self.state.tell(asked, "danger")
            return
        ticket = self._ticket

        def found(report: Report) -> None:
            if ticket == self._ticket:
                self._show(client, report)

        def failed(error: Exception) -> None:
            if ticket == self._ticket:
                self.state.tell(str(error), "danger")

        then, missed = while_there(self, found), while_there(self, failed)
        try:
            self._desk.services.report(client.id, *asked, then, missed)
        except ReceptionistError as error:
            failed(error)

    def _show(self, client: Client, report: Report) -> None:
        head = letterhead(client, self._desk.directory.office, self._clock.now())
        self._page, self._of = page(report, head), client
        show(self._page, self.text.document(), worn())
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        for button in (self.save_pdf, self.save_html):
            button.setEnabled(True)

    # ---- where it goes

    def save(self, path: Path) -> None:
        """Write the page that is shown; the ending of the name says how."""
        client = self._of
        if client is None:
            return
        paper = path.suffix.lower() == ".pdf"
        text = as_pdf(self._page, title_words(client.name)) if paper else self._page.encode()
        try:
            write(path, text)
        except BadInput as error:
            self.state.tell(str(error), "danger")
        else:
            self.state.tell(_("Saved: {path}").format(path=path), "quiet")

    def _ask_where(self, ending: str, kind: str) -> None:
        if self._of is not None:
            name = file_name(self._of.name, _("report"), self._asked, ending=ending)
            choose_file(self, _("Save the report"), name, kind, self.save)
