"""Saves the page that explains to an owner how his calendar steers the desk, to be sent to him."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from receptionist.errors import BadInput
from receptionist.files import file_name, write
from receptionist.i18n import _
from receptionist.model.client import Client
from ui.models.ownerpage import for_owner
from ui.printing.letter import as_html, as_pdf
from ui.widgets.card import Card, row
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine

_HTML = (".html", ".htm")


class OwnerPage(Card):
    """Main thread; blocks nothing. `ask` tells the client as he stands in the form, and whether
    his owner has a list of tasks."""

    def __init__(self, ask: Callable[[], tuple[Client, bool]]) -> None:
        super().__init__()
        self._ask = ask
        self.button = KeyButton(_("Save the page for the owner …"))
        self.button.clicked.connect(self._choose)
        self.state = StateLine()
        words = _("It explains to him how his calendar steers us, with his words: PDF or HTML.")
        line = row()
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(words, "label", wrap=True), 1)
        self.column.addLayout(line)
        self.column.addWidget(self.state)

    def save(self, path: Path) -> None:
        """Write the page; the ending of the name says how."""
        client, tasks = self._ask()
        text = for_owner(client, tasks=tasks)
        title = text.partition("\n")[0].lstrip("# ")
        html = path.suffix.lower() in _HTML
        try:
            write(path, as_html(text) if html else as_pdf(text, title))
        except BadInput as error:
            self.state.tell(str(error), "danger")
        else:
            self.state.tell(_("Saved: {path}").format(path=path), "quiet")

    def _choose(self) -> None:
        client, _tasks = self._ask()
        dialog = QFileDialog(self, _("Save the page for the owner …"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_("PDF (*.pdf)"), _("Web page (*.html)")])
        dialog.setDefaultSuffix("pdf")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("html" if "html" in chosen else "pdf")
        )
        dialog.selectFile(file_name(client.name, _("for the owner"), ending=".pdf"))
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()
