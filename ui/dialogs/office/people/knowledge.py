"""The form of something that is known of a client: the question, the answer, other words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.knowledge import Knowledge, KnowledgeKind
from ui.dialogs.office.form import Failed, Form, Saved
from ui.dialogs.office.removing import Removing, of_person
from ui.models.office import Group, new_words, tongues
from ui.models.people import knowledge_kinds
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Line, Lines


class KnowledgeForm(Form):
    """Main thread."""

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
        self.card(
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
        )
        for one in (self._title, self._text, self._words):
            one.textChanged.connect(self.touched)
        for choice in (self._kind, self._language):
            choice.currentIndexChanged.connect(self.touched)
        self.finish()

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

    def _entry(self) -> Knowledge:
        return replace(
            self._old,
            kind=KnowledgeKind(str(self._kind.value)),
            title=self._title.text().strip(),
            text=self._text.text,
            words=self._words.text().strip(),
            language=str(self._language.value or ""),
        )
