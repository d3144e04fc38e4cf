"""The right side of the office window: the form of what is chosen, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.errors import BadInput, CredentialsError, StaleRow
from receptionist.i18n import _
from ui.dialogs.office.bars import Foot, UnsavedBar
from ui.dialogs.office.client import ClientForm
from ui.dialogs.office.drafts import Drafts
from ui.dialogs.office.form import Form
from ui.dialogs.office.removal import RemovalBar
from ui.models.office import Group
from ui.post import while_there
from ui.theme.sheet import BETWEEN
from ui.widgets.label import Label
from ui.widgets.scroll import Scroll


class Editor(QWidget):
    """Main thread. `listed` says that other rows are to be shown, `named` that one has changed,
    `script` and `report` that a client's script or report is to be opened."""

    listed = Signal()
    named = Signal()
    script = Signal(object)
    report = Signal(object)

    def __init__(self, desk: Desk, clock: Clock, save_key: str) -> None:
        super().__init__()
        self.drafts = Drafts(desk, clock, self._made)
        self.form: Form | None = None
        self._saving = False
        self.removal, self.unsaved, self.foot = RemovalBar(), UnsavedBar(), Foot(save_key)
        self._title = Label(role="client", wrap=True)
        self._scroll = Scroll(_("Form"), spacing=BETWEEN)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        column.addWidget(self._title)
        column.addWidget(self._scroll, 1)
        for bar in (self.removal, self.unsaved, self.foot):
            column.addWidget(bar)
        self.foot.delete.clicked.connect(self.ask_removal)
        self.foot.discard.clicked.connect(self.discard)
        self.foot.save.clicked.connect(lambda: self.save())
        self.removal.confirmed.connect(self._remove)
        self.removal.stayed.connect(self.enter)

    # ---- what is shown

    def choose(self, part_id: UUID) -> None:
        """Show the form of a part."""
        form = self.drafts.open(part_id)
        if form is not None:
            self._show(form)
            self.listed.emit()

    def new(self, group: Group) -> None:
        """The form of a new part of a group, with the keyboard in it."""
        scope = self.form.scope if self.form is not None else None
        self._show(self.drafts.new(group, scope))
        self.listed.emit()
        self.enter()

    def enter(self) -> None:
        """Put the keyboard into the form."""
        if self.form is not None:
            self.form.go()

    def show_directory(self) -> None:
        """Office, clients, lines or accounts are others now; what is being changed stays."""
        for form in self.drafts.all:
            if not form.dirty and self.drafts.stale(form) and not self._saving:
                self._again(form, form.id)
            else:
                form.refresh()
        self.listed.emit()

    def left(self, widget: QWidget) -> None:
        """The keyboard left a widget."""
        if self.form is not None and self.form.isAncestorOf(widget):
            self.form.leave(widget)

    def came(self, widget: QWidget) -> None:
        """The keyboard came to a widget: let it be seen."""
        if self.form is not None and self.form.isAncestorOf(widget):
            self._scroll.ensureWidgetVisible(widget, 0, 48)

    def _show(self, form: Form) -> None:
        before = self.form
        if before is form:
            return
        self.foot.state.tell("")
        self.removal.hide()
        self.form = form
        if before is not None:
            before.hide()
            if not before.dirty:
                self.drafts.drop(before)
        form.show()
        self._scroll.verticalScrollBar().setValue(0)
        self._follow()

    def _made(self, form: Form) -> None:
        form.hide()
        form.changed.connect(self._follow)
        form.wants.connect(self.new)
        if isinstance(form, ClientForm):
            form.script.wanted.connect(self.script)
            form.reports.connect(self.report)
        form.goes.connect(self.choose)
        self._scroll.column.addWidget(form)

    def _follow(self) -> None:
        """Name, marks and buttons of what is being edited."""
        form = self.form
        if form is None:
            return
        dirty = form.dirty
        self._title.setText(form.title)
        self.foot.delete.setVisible(form.removing is not None)
        self.foot.save.relabel(form.verb or _("Save"))
        self.foot.save.setVisible(form.saves)
        self.foot.discard.setVisible(dirty or form.is_new)
        self.foot.save.setEnabled(dirty and not self._saving)
        if dirty and not self._saving:
            self.foot.state.tell("")
        self.named.emit()

    def _again(self, form: Form, part_id: UUID, place: str = "") -> None:
        """Show what is stored now in place of a form."""
        shown, scrolled = form is self.form, self._scroll.verticalScrollBar().value()
        place = place or self._place(form)
        self.drafts.drop(form)
        fresh = self.drafts.open(part_id)
        if not shown:
            return
        self.form = None
        if fresh is None:
            self.choose(self.drafts.home(form))
            return
        fresh.unfold_like(form)
        self._show(fresh)
        if place:
            fresh.go(place)
        self._scroll.verticalScrollBar().setValue(scrolled)

    def _place(self, form: Form) -> str:
        focus = QApplication.focusWidget()
        return form.place_of(focus) if focus is not None else ""

    # ---- saving

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Write the shown form; `then` once it is written."""
        form = self.form
        if form is None or self._saving or not form.dirty or not form.check():
            return
        place, done = self._place(form) or next(iter(form.fields)), form.done
        self._saving = True
        form.setEnabled(False)
        self.foot.save.setEnabled(False)
        self.foot.state.tell(_("Saving …"))

        def saved(part_id: UUID) -> None:
            self._saving = False
            self._again(form, part_id, place)
            self.listed.emit()
            self.foot.state.tell(done, "quiet")
            if then is not None:
                then()

        def failed(error: Exception) -> None:
            self._failed(form, error, place)

        form.save(while_there(self, saved), while_there(self, failed))

    def save_all(self, then: Callable[[], object]) -> None:
        """Write everything that was changed, one after the other; `then` once all is written."""
        waiting = self.drafts.unsaved
        if not waiting:
            then()
            return
        self._show(waiting[0])
        self.listed.emit()
        self.save(lambda: self.save_all(then))

    def discard(self) -> None:
        """Show what is stored in place of what was typed."""
        if self.form is not None:
            self.form.setEnabled(True)
            self._again(self.form, self.form.id, next(iter(self.form.fields)))
            self.listed.emit()

    def discard_all(self) -> None:
        """Let go of everything that was typed."""
        for form in self.drafts.unsaved:
            self._again(form, form.id)
        self.listed.emit()

    def _failed(self, form: Form, error: Exception, place: str) -> None:
        self._saving = False
        form.setEnabled(True)
        self._follow()
        if isinstance(error, CredentialsError):
            self._again(form, form.id, place)
            self.listed.emit()
            words = _("Saved, but without the password. {why}").format(why=error)
            self.foot.state.tell(words, "danger")
        elif form is not self.form:
            words = _("“{name}” is not saved: {why}").format(name=form.title, why=error)
            self.foot.state.tell(words, "danger")
        elif isinstance(error, BadInput) and form.refuse(error.key, str(error)):
            self.foot.state.tell(_("Not saved: one field is wrong."), "danger")
        else:
            form.go(place)
            self._tell(error)

    def _tell(self, error: Exception) -> None:
        if isinstance(error, StaleRow):
            cure = _("Show the newest")
            self.foot.state.tell(str(error), "attention", cure=cure, do=self.discard)
        else:
            self.foot.state.tell(str(error), "danger")

    # ---- deleting

    def ask_removal(self) -> None:
        """Say what depends on the shown part, and ask whether to delete it."""
        form = self.form
        removing = form.removing if form is not None else None
        if form is None or removing is None:
            return
        self.removal.wait(form.title)

        def known(sentence: str, may_go: bool) -> None:
            if form is self.form and self.removal.isVisible():
                self.removal.ask(sentence, may_go)

        stays = while_there(self, partial(self._stays, form))
        removing.ask(form.title, while_there(self, known), stays)

    def _remove(self) -> None:
        form = self.form
        removing = form.removing if form is not None else None
        if form is None or removing is None:
            return
        name = form.title

        def removed() -> None:
            self.drafts.drop(form)
            if form is self.form:
                self.removal.hide()
                self.form = None
                self.choose(self.drafts.home(form))
            else:
                self.listed.emit()
            self.foot.state.tell(_("“{name}” was deleted.").format(name=name), "quiet")

        stays = while_there(self, partial(self._stays, form))
        removing.remove(while_there(self, removed), stays)

    def _stays(self, form: Form, error: Exception) -> None:
        """Said where it was asked, unless another form is shown by now."""
        if form is self.form:
            self.removal.refuse(str(error))
        else:
            self.foot.state.tell(f"{form.title}: {error}", "danger")
