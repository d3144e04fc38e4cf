"""A client's people at a glance: how each is reached now, who is on call, when nobody is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from receptionist.clock import Clock
from receptionist.desk.contacts import Reached
from receptionist.desk.desk import Desk
from receptionist.files import file_name
from receptionist.i18n import _, ngettext
from receptionist.model.client import Client
from receptionist.model.number import shown
from receptionist.model.rota import OnCallRota
from ui.dialogs.office.form import Failed, Form, Saved
from ui.models.chain import Names
from ui.models.dutyplan import gap_words, now_words
from ui.models.office import Group
from ui.models.people import import_id
from ui.models.reached import reach_tone, reached_words
from ui.models.words import one_line
from ui.post import while_there
from ui.theme.sheet import GRID
from ui.widgets.card import Card, row
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine

_NAMED = 4
_SHOWN = 30
"""Of so many contacts somebody can see how each is reached; the list has them all."""


class OverviewForm(Form):
    """Main thread; nothing is typed here. It leads to the import of contacts, and exports them."""

    group = Group.OVERVIEW
    saves = False

    def __init__(self, desk: Desk, clock: Clock, overview: UUID, client: Client) -> None:
        super().__init__(desk, clock, overview, is_new=False)
        self.scope, self._client = client.id, client
        self._people, self._rotas = Card(_("How everybody is reached now")), Card(_("On call"))
        self.import_button = KeyButton(_("Take contacts from a file …"))
        self.export_button = KeyButton(_("Save contacts to a file …"))
        self.state = StateLine()
        self._inside: list[QWidget] = []
        self._more = Label(role="label")
        self._people.column.addWidget(self._more)
        self.column.addWidget(self._people)
        self.column.addWidget(self._rotas)
        self.column.addWidget(self._files())
        self.import_button.clicked.connect(lambda: self.goes.emit(import_id(client.id)))
        self.export_button.clicked.connect(self._choose)
        self.finish()
        self.refresh()

    @property
    def title(self) -> str:
        return self._client.name

    def raw(self) -> object:
        return None

    def faults(self) -> Mapping[str, str]:
        return {}

    def save(self, then: Saved, failed: Failed) -> None:
        then(self.id)

    def go(self, field: str = "") -> None:
        self.import_button.setFocus()

    def refresh(self) -> None:
        """Show how everybody is reached now."""
        client = self.desk.directory.client(self._client.id)
        if client is None:
            return
        for widget in self._inside:
            widget.hide()
            widget.deleteLater()
        people = self.desk.people
        contacts = people.contacts.of(client.id)
        rotas = people.rotas.of(client.id)
        self._inside = [
            _reached(map(people.contacts.reached, contacts[:_SHOWN]), client, self.clock),
            _on_call(rotas, client, Names(contacts), self.clock),
        ]
        more = len(contacts) - _SHOWN
        words = ngettext("{count} more contact", "{count} more contacts", more)
        self._more.tell(words.format(count=more) if more > 0 else "")
        self._people.column.insertWidget(1, self._inside[0])
        self._rotas.column.addWidget(self._inside[1])
        self.export_button.setEnabled(bool(contacts))

    def export(self, path: Path) -> None:
        """Write all contacts; the ending of the name says how."""

        def written(count: int) -> None:
            words = ngettext(
                "{count} contact is in {file}.", "{count} contacts are in {file}.", count
            )
            self.state.tell(words.format(count=count, file=path), "quiet")

        def failed(error: Exception) -> None:
            self.state.tell(str(error), "danger")

        self.desk.people.files.write(
            self._client.id, path, while_there(self, written), while_there(self, failed)
        )

    def _files(self) -> Card:
        card = Card(_("Contacts in files"))
        words = _("vCard (.vcf) or table (.csv). Nothing is written before you have seen it.")
        card.column.addWidget(Label(words, "label", wrap=True))
        line = row()
        line.addWidget(self.import_button)
        line.addWidget(self.export_button)
        line.addStretch(1)
        card.column.addLayout(line)
        card.column.addWidget(self.state)
        return card

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Save contacts to a file …"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_("vCard (*.vcf)"), _("Table (*.csv)")])
        dialog.setDefaultSuffix("vcf")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("csv" if "csv" in chosen else "vcf")
        )
        dialog.selectFile(file_name(self._client.name, _("contacts"), ending=".vcf"))
        dialog.fileSelected.connect(lambda name: self.export(Path(name)))
        dialog.open()


def _reached(everybody: Iterable[Reached], client: Client, clock: Clock) -> QWidget:
    """A line for each contact: name, role, number, and the sentence how he is reached."""
    place = QWidget()
    grid = QGridLayout(place)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(3 * GRID)
    grid.setVerticalSpacing(2 * GRID)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    number = 0
    for number, one in enumerate(everybody, start=1):
        who, words = Label(one_line(one.contact.name), "strong", wrap=True), StateLine()
        more = [one_line(one.contact.role, 60), shown(one.contact.number)]
        about = Label(" · ".join(filter(None, more)), "label", wrap=True)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(who)
        beside.addWidget(about)
        grid.addLayout(beside, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, number, 1, Qt.AlignmentFlag.AlignTop)
        about.setVisible(bool(about.text()))
        words.tell(reached_words(one, client.zone, clock.now()), reach_tone(one.reach))
    if not number:
        grid.addWidget(Label(_("There are no contacts."), "quiet"), 0, 0)
    return place


def _on_call(rotas: Iterable[OnCallRota], client: Client, names: Names, clock: Clock) -> QWidget:
    """Of each rota who is on call, and when nobody is."""
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID)
    now = clock.now()
    for one in rotas:
        column.addWidget(Label(one_line(one.name), "strong"))
        column.addWidget(Label(now_words(one, client.zone, now, names), wrap=True))
        gaps, state = gap_words(one, client.zone, now), StateLine()
        column.addWidget(state)
        more = ["…"] if len(gaps) > _NAMED else []
        if gaps:
            state.tell("\n".join([*gaps[:_NAMED], *more]), "danger")
        else:
            state.tell(_("Somebody is on call whenever it is needed."), "good")
    if not column.count():
        column.addWidget(Label(_("There is no on-call rota."), "quiet"))
    return place
