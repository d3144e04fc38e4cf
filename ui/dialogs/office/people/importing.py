"""Contacts from a file: what would become of each, what is left out, and taking the rest over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.errors import BadInput
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.contactpreview import Preview, ReadContact
from ui.dialogs.office.form import Failed, Form, Saved
from ui.dialogs.office.people.previewlist import PreviewList
from ui.models.contactrows import summary, taken_over
from ui.models.office import Group
from ui.models.people import overview_id
from ui.post import while_there
from ui.widgets.field import Field
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine


class ImportForm(Form):
    """Main thread; the file is read beside it. Nothing is written before it is saved."""

    group = Group.OVERVIEW
    listed = False

    def __init__(self, desk: Desk, clock: Clock, part_id: UUID, client: Client) -> None:
        super().__init__(desk, clock, part_id, is_new=False)
        self.scope, self.verb = client.id, _("Take over")
        self._read: tuple[ReadContact, ...] = ()
        self._fault = ""
        self.path: Path | None = None
        self._file = Label(_("No file chosen yet."), wrap=True)
        self.button = KeyButton(_("Choose a file …"))
        self.button.clicked.connect(self._choose)
        self.state, self._summary = StateLine(), Label(role="strong", wrap=True)
        self.rows = PreviewList()
        self.rows.changed.connect(self._ticked)
        self.card(
            _("Contacts from a file"),
            Field(
                "file",
                _("File"),
                self.button,
                _("vCard (.vcf) or table (.csv), whose first line has the headings."),
                self._beside(),
            ),
        )
        card = self.card(_("What would be done"))
        for widget in (self.state, self._summary, self.rows):
            card.column.addWidget(widget)
        self._card = card
        card.hide()
        self.finish()

    @property
    def title(self) -> str:
        return _("Take contacts from a file")

    @property
    def preview(self) -> Preview:
        """What would be done with the rows that are ticked."""
        without = self.rows.left_out
        kept = [one for one in self._read if one.line not in without]
        return self.desk.people.contacts.preview(self._client_id, kept)

    def raw(self) -> object:
        return [one.line for one in self._read if one.line not in self.rows.left_out]

    def faults(self) -> Mapping[str, str]:
        if self._fault:
            return {"file": self._fault}
        if not self.preview.changes:
            return {"file": _("There is nothing to take over.")}
        return {}

    def save(self, then: Saved, failed: Failed) -> None:
        shown = overview_id(self._client_id)
        self.desk.people.contacts.take_over(self.preview, lambda _done: then(shown), failed)

    @property
    def done(self) -> str:
        return taken_over(self.preview, len(self.rows.left_out))

    def refresh(self) -> None:
        """The contacts there are may be others now."""
        if self._read:
            self._look()

    def read(self, path: Path) -> None:
        """Read a file, and show what would become of it."""
        self.path, self._fault = path, ""
        self._file.tell(path.name)
        self.button.setEnabled(False)
        self.state.tell(_("Reading …"))
        self._card.show()

        def found(read: Sequence[ReadContact]) -> None:
            self._read = tuple(read)
            self.rows.start()
            self._done()

        def failed(error: Exception) -> None:
            line = error.line if isinstance(error, BadInput) else None
            words = _("Line {number}: {sentence}").format(number=line, sentence=error)
            self._read, self._fault = (), words if line else str(error)
            self._done()

        self.desk.people.files.read(path, while_there(self, found), while_there(self, failed))

    def _done(self) -> None:
        self.button.setEnabled(True)
        self.state.tell("")
        self._card.setVisible(bool(self._read))
        self.fields["file"].tell_fault(self._fault)
        self._look()
        self.rows.go() if self._read else self.button.setFocus()
        self.changed.emit()

    def _look(self) -> None:
        preview = self.preview
        self._summary.tell(summary(preview))
        self.rows.show_entries(preview.entries, self._read)

    def _ticked(self) -> None:
        self._look()
        self.touched()

    def _beside(self) -> QWidget:
        place = QWidget()
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.button)
        line.addWidget(self._file, 1)
        return place

    @property
    def _client_id(self) -> UUID:
        assert self.scope is not None
        return self.scope

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Take contacts from a file …"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Contacts (*.vcf *.csv *.txt)"), _("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.read(Path(name)))
        dialog.open()
