"""The form of something that is known of a client: the question, the answer, other words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.knowledge import Knowledge, KnowledgeKind
from ui.dialogs.office.form import Failed, Form, Saved
from ui.dialogs.office.removing import Removing, of_person
from ui.models.office import Group, new_words, tongues
from ui.models.people import knowledge_kinds
from ui.post import while_there
from ui.widgets.card import row
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Line, Lines
from ui.widgets.keybutton import KeyButton
from ui.widgets.stateline import StateLine

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class KnowledgeForm(Form):
    """Main thread. Alt and an arrow move the entry among the others; that is done at once."""

    group = Group.KNOWLEDGE

    def __init__(self, desk: Desk, clock: Clock, entry: Knowledge, *, is_new: bool) -> None:
        super().__init__(desk, clock, entry.id, is_new=is_new)
        self.scope = entry.client_id
        self._old = entry
        self._kind = Choice(knowledge_kinds(), entry.kind)
        example = _("for example {name}").format(name=_("Is there parking?"))
        self._title = Line(entry.title, example=example)
        self._text = Lines(entry.text, rows=8)
        self._words = Line(entry.words, example=_("for example car, garage"))
        usual: tuple[object, str] = ("", _("as the client's greeting"))
        self._language = Choice([usual, *tongues()], entry.language)
        self._pinned = QCheckBox(_("Pinned: stands before the others"))
        self._pinned.setChecked(entry.pinned)
        card = self.card(
            _("What is known"),
            Field("title", _("Question"), self._title),
            Field(
                "text",
                _("What to answer"),
                self._text,
                _("It can be read aloud as it stands here."),
            ),
            Field(
                "words",
                _("Also found by"),
                self._words,
                _("Other words that callers use for it."),
            ),
            Field("kind", _("Kind"), self._kind),
            Field("language", _("Language"), self._language),
            Field("pinned", "", self._pinned),
        )
        self.state = StateLine()
        if not is_new:
            card.column.addLayout(self._order())
            card.column.addWidget(self.state)
        self._listen()
        self.finish()

    def _listen(self) -> None:
        for one in (self._title, self._text, self._words):
            one.textChanged.connect(self.touched)
        for choice in (self._kind, self._language):
            choice.currentIndexChanged.connect(self.touched)
        self._pinned.toggled.connect(self.touched)

    @property
    def title(self) -> str:
        return self._title.text().strip() or new_words(self.group)

    @property
    def removing(self) -> Removing | None:
        books, old = self.desk.people.notebooks, self._old
        return None if self.is_new else of_person(lambda t, failed: books.remove(old, t, failed))

    def raw(self) -> object:
        return self._entry()

    def faults(self) -> Mapping[str, str]:
        return self.desk.people.notebooks.faults(self._entry())

    def save(self, then: Saved, failed: Failed) -> None:
        self.desk.people.notebooks.save(
            None if self.is_new else self._old,
            self._entry(),
            lambda entry: then(entry.id),
            failed,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        step = _STEPS.get(Qt.Key(event.key()))
        if step and not self.is_new and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.move_entry(step)
        else:
            super().keyPressEvent(event)

    def move_entry(self, step: int) -> None:
        """One up (-1) or down (1) among the others of this client."""
        failed = while_there(self, lambda error: self.state.tell(str(error), "danger"))
        books = self.desk.people.notebooks
        books.move(self._old, step, lambda: None, failed)

    def _order(self) -> QHBoxLayout:
        line = row()
        for words, sign, step in ((_("Move up"), "Alt+↑", -1), (_("Move down"), "Alt+↓", 1)):
            button = KeyButton(words, sign, "quiet")
            button.clicked.connect(partial(self._pressed, step))
            line.addWidget(button)
        line.addStretch(1)
        return line

    def _pressed(self, step: int, _checked: bool = False) -> None:
        self.move_entry(step)

    def _entry(self) -> Knowledge:
        return replace(
            self._old,
            kind=KnowledgeKind(str(self._kind.value)),
            title=self._title.text().strip(),
            text=self._text.text,
            words=self._words.text().strip(),
            language=str(self._language.value or ""),
            pinned=self._pinned.isChecked(),
        )
