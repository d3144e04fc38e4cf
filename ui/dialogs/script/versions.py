"""All versions of a script: looked at, compared, restored, sent, approved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QWidget

from receptionist import scriptfile
from receptionist.desk.desk import Desk
from receptionist.errors import BadInput, WrongFile
from receptionist.files import file_name, write
from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.script import Script, ScriptVersion, differences
from ui.dialogs.paper import choose_file
from ui.dialogs.script.approval import ApprovalBar
from ui.models.scriptstate import version_words
from ui.post import while_there
from ui.printing import agreement
from ui.theme.sheet import BETWEEN, worn
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.inputs import Choice
from ui.widgets.keybutton import KeyButton
from ui.widgets.rowlist import Row, RowList

_LIST_PX, _VIEW_PX = 340, 220
_HTML = (".html", ".htm")


class Versions(QWidget):
    """Main thread. `told` carries what became of something and its tone; `taken` a text that is to
    be edited; `left` says that somebody wants to go back to writing."""

    told = Signal(str, str)
    taken = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, client: Client) -> None:
        super().__init__()
        self._desk, self._client = desk, client
        self.versions: tuple[ScriptVersion, ...] = ()
        self._approving: UUID | None = None
        self.list = RowList(_("Versions"))
        self.view = Choice(_views(), "page")
        self.view.setAccessibleName(_("What to show"))
        self.page = QTextBrowser()
        self.page.setAccessibleName(_("Version"))
        self.approval = ApprovalBar()
        self.restore = KeyButton(_("Let it count again"))
        self.count = KeyButton(_("Let it count now"), kind="primary")
        self.edit = KeyButton(_("Take into the editor"))
        self.save_page = KeyButton(_("Save the page …"))
        self.sent = KeyButton(_("It was sent"))
        self.approve = KeyButton(_("It was approved …"))
        self.back = KeyButton(_("Back to writing"), "Esc")
        self._place()
        self._connect()

    def _place(self) -> None:
        left, right = Card(_("Versions")), Card(_("The chosen one"))
        left.setFixedWidth(_LIST_PX)
        self.view.setMinimumWidth(_VIEW_PX)
        left.column.addWidget(self.list, 1)
        right.heading_row.addWidget(self.view)
        right.column.addWidget(self.page, 1)
        verbs, flow = QWidget(), Flow(8)
        verbs.setLayout(flow)
        for button in (
            *(self.count, self.restore, self.edit, self.save_page),
            *(self.sent, self.approve, self.back),
        ):
            flow.addWidget(button)
        right.column.addWidget(verbs)
        right.column.addWidget(self.approval)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(BETWEEN)
        columns.addWidget(left)
        columns.addWidget(right, 1)

    def _connect(self) -> None:
        self.list.came.connect(lambda _number: self._show())
        self.list.wanted.connect(lambda _number: self.view.setFocus())
        self.view.currentIndexChanged.connect(self._show)
        self.restore.clicked.connect(self._restore)
        self.count.clicked.connect(self._count)
        self.edit.clicked.connect(self._edit)
        self.save_page.clicked.connect(self._choose_file)
        self.sent.clicked.connect(self._mark_sent)
        self.approve.clicked.connect(self._ask_approval)
        self.approval.given.connect(self._approve)
        self.back.clicked.connect(self.left)

    # ---- what is shown

    @property
    def chosen(self) -> ScriptVersion | None:
        """The version that is looked at."""
        number = self.list.currentRow()
        return self.versions[number] if 0 <= number < len(self.versions) else None

    def show_versions(self, versions: Sequence[ScriptVersion]) -> None:
        """Show these, the newest first; what was chosen stays so."""
        before = self.chosen
        known = [one.id for one in versions]
        self.versions = tuple(versions)
        rows = [Row(version_words(one, self._desk, self._client)) for one in versions]
        kept = known.index(before.id) if before is not None and before.id in known else 0
        self.list.show_rows(rows, kept if rows else -1)
        self._show()

    def go(self) -> None:
        """Take the keyboard."""
        self.list.setFocus()

    def _show(self) -> None:
        chosen = self.chosen
        if chosen is None or chosen.id != self._approving:
            self.approval.hide()
        for button in (self.edit, self.save_page, self.sent, self.approve):
            button.setEnabled(chosen is not None)
        counting = self._desk.scripts.counting(self._client.id)
        counts = chosen is not None and counting is not None and counting.version_id == chosen.id
        draft = chosen is not None and chosen.counts_from is None
        self.restore.setVisible(chosen is not None and not draft and not counts)
        self.count.setVisible(draft)
        if chosen is None:
            self._say(_("Nothing was kept yet."))
        elif self.view.value == "text":
            self._say(chosen.text, "pre")
        elif self.view.value == "difference":
            self._say(self._difference(chosen))
        else:
            self._show_page(chosen)

    def _say(self, words: str, tag: str = "p") -> None:
        blocks = [words] if tag == "pre" else words.split("\n\n")
        text = "".join(f"<{tag}>{escape(one)}</{tag}>" for one in blocks)
        agreement.show(text, self.page.document(), worn())
        self.page.moveCursor(QTextCursor.MoveOperation.Start)

    def _show_page(self, version: ScriptVersion) -> None:
        try:
            page = self._desk.scripts.page(self._client, version)
        except WrongFile as error:
            self._say(str(error))
        else:
            agreement.show(page, self.page.document(), worn())
            self.page.moveCursor(QTextCursor.MoveOperation.Start)

    def _difference(self, version: ScriptVersion) -> str:
        """What the chosen one changes, in sentences; the one that counts is compared with the one
        before it."""
        counting = self._desk.scripts.counting(self._client.id)
        other = next(
            (one for one in self.versions if counting and one.id == counting.version_id), None
        )
        if other is None or other.id == version.id:
            at = self.versions.index(version)
            other = next(iter(self.versions[at + 1 :]), None)
        if other is None:
            return _("There is no other version to compare it with.")
        old, new = _read(other), _read(version)
        if old is None or new is None:
            return _("One of the two cannot be read.")
        heading = _("Version {number}, compared with version {other}:")
        told = differences(old, new, self._desk.scripts.names(self._client))
        rows = [f"• {one}" for one in told] or [_("Nothing is different.")]
        return "\n\n".join([heading.format(number=version.number, other=other.number), *rows])

    # ---- what is done

    def _restore(self) -> None:
        if self.chosen is not None:
            then = self._done(_("It counts again, as a new version."))
            self._desk.script_versions.restore(self.chosen, "", then, self._failed)

    def _count(self) -> None:
        if self.chosen is not None:
            self._desk.script_versions.count(
                self.chosen.id, self._done(_("It counts now.")), self._failed
            )

    def _edit(self) -> None:
        if self.chosen is not None:
            self.taken.emit(self.chosen.text)

    def _mark_sent(self) -> None:
        if self.chosen is not None:
            then = self._done(_("Noted: it was sent to the client."))
            self._desk.script_versions.sent(self.chosen.id, then, self._failed)

    def _ask_approval(self) -> None:
        if self.chosen is not None:
            self.approval.ask(anew=self.chosen.id != self._approving)
            self._approving = self.chosen.id

    def _approve(self, by: str, how: str) -> None:
        if self.chosen is not None:
            then = while_there(self, self._approved)
            self._desk.script_versions.approve(self.chosen.id, by, how, then, self._failed)

    def _approved(self, version: ScriptVersion) -> None:
        if version.id == self._approving:
            self.approval.hide()
            self._approving = None
        self.told.emit(_("Noted: the client has approved it."), "quiet")

    def _done(self, words: str) -> Callable[..., object]:
        return while_there(self, lambda _version: self.told.emit(words, "quiet"))

    @property
    def _failed(self) -> Callable[..., object]:
        return while_there(self, lambda error: self.told.emit(str(error), "danger"))

    # ---- the page

    def save(self, path: Path) -> None:
        """Write the page of the chosen version; the ending of the name says how."""
        version = self.chosen
        if version is None:
            return
        try:
            page = self._desk.scripts.page(self._client, version)
            html = path.suffix.lower() in _HTML
            title = f"{self._client.name}, {version.number}"
            write(path, page.encode() if html else agreement.as_pdf(page, title))
        except BadInput as error:
            self.told.emit(str(error), "danger")
        else:
            self.told.emit(_("Saved: {path}").format(path=path), "quiet")

    def _choose_file(self) -> None:
        version = self.chosen
        if version is not None:
            number = _("script {number}").format(number=version.number)
            name = file_name(self._client.name, number, ending=".pdf")
            kinds = ";;".join((_("PDF (*.pdf)"), _("Web page (*.html)")))
            dialog = choose_file(self, _("Save the page …"), name, kinds, self.save)
            dialog.filterSelected.connect(
                lambda chosen: dialog.setDefaultSuffix("html" if "html" in chosen else "pdf")
            )


def _read(version: ScriptVersion) -> Script | None:
    try:
        return scriptfile.parse(version.text)
    except WrongFile:
        return None


def _views() -> list[tuple[object, str]]:
    return [
        ("page", _("As the client reads it")),
        ("difference", _("What is different")),
        ("text", _("The text")),
    ]
