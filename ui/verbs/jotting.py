"""What is typed into forms beside calls and not saved yet: it outlives the end of the program.

What is typed into calls is kept by the desk itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject

from receptionist import events
from receptionist.desk.jotter import Jotting
from receptionist.i18n import _
from receptionist.model.worklist import WorkItem
from ui.models.words import one_line
from ui.post import while_there
from ui.verbs.hand import Hand, Verbs
from ui.widgets.jotted import Field, JottedFields

_WORK, _CALLER, _ERRAND, _APPOINTMENT = "work/", "caller/", "errand/", "appointment/"
_FORMS = (_CALLER, _ERRAND, _APPOINTMENT, "script/")


class JottingVerbs(QObject):
    """Main thread. What was typed stays jotted down until it is kept, or the form is left."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.panels)
        self._hand, panels, jotter = hand, hand.panels, hand.desk.jotter
        box, card, bar = panels.journal.box, panels.caller_card, panels.errands
        fields = panels.appointment.fields
        self._interrupted = False
        self._box = JottedFields(
            jotter, box, {"result": box.result, "until": box.until}, self._item, self._of_item
        )
        texts: dict[str, Field] = {"name": card.name, "note": card.note, "message": card.message}
        self._card = JottedFields(jotter, card, texts, self._caller, self._of_caller)
        text = {"text": bar.text}
        self._bar = JottedFields(jotter, bar, text, self._errand, self._of_errand, one_only=True)
        bar.turned.connect(self._bar.turn)
        self._fields = JottedFields(
            jotter, fields, fields.all, self._appointment, self._of_appointment
        )
        panels.aside.interrupted.connect(self._give_way)
        panels.aside.closed.connect(self._closed)
        bar.installEventFilter(self)
        fields.installEventFilter(self)
        unsubscribe = hand.desk.subscribe(self._heard)
        self.destroyed.connect(lambda: unsubscribe())
        self._say_left()

    def table(self) -> Verbs:
        """No key does anything here."""
        return {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Whoever leaves a bar or the texts of an appointment has kept them or given them up; what
        stands aside comes back."""
        bar = self._hand.panels.errands
        if event.type() is QEvent.Type.HideToParent and not (watched is bar and bar.is_aside):
            (self._bar if watched is bar else self._fields).strike()
        return False

    def _say_left(self) -> None:
        """What stands ready where it was typed, for whoever does not know any more."""
        desk = self._hand.desk
        for form in _FORMS:
            for jotting in desk.jotter.left(form).values():
                self._say(jotting)
        if desk.jotter.left(_WORK):
            desk.work.read(while_there(self, self._say_open))

    def _say(self, jotting: Jotting) -> None:
        words = _("Typed when the program ended, and not saved: {what}. It stands there again.")
        told = words.format(what=one_line(str(jotting.texts.get("title", "")), 120))
        self._hand.panels.notice.tell(told, _client_of(jotting))

    # ---- what was typed about items of the work list, which somebody else may have settled

    def _say_open(self, items: Sequence[WorkItem]) -> None:
        desk = self._hand.desk
        left = desk.jotter.left(_WORK)
        there = left.keys() & set(map(_named, items))
        for name in there:
            self._say(left[name])
        gone = left.keys() - there
        if gone:
            since = min(left[name].at for name in gone)
            desk.work.closed(since, while_there(self, partial(self._say_lost, gone)))

    def _say_lost(self, gone: Iterable[str], closed: Sequence[WorkItem]) -> None:
        """What nobody has taken up; unless the program ended just after it was kept."""
        desk, by_name = self._hand.desk, {_named(one): one for one in closed}
        for name in gone:
            jotting, item = desk.jotter.take_up(name), by_name.get(name)
            if jotting is None:
                continue
            desk.jotter.strike(name, jotting)
            texts = (str(jotting.texts.get(key, "")).strip() for key in ("result", "until"))
            text = ", ".join(filter(None, texts))
            if text and not (item and _is_kept(jotting, item)):
                self._hand.panels.journal.lost.emit(text, _client_of(jotting))

    # ---- what the forms are about

    def _item(self) -> str:
        item = self._hand.panels.journal.box.item
        return _named(item) if item is not None else ""

    def _of_item(self) -> Mapping[str, Any]:
        box = self._hand.panels.journal.box
        return _beside(box.accessibleName(), box.item.client_id if box.item else None)

    def _caller(self) -> str:
        about = self._hand.panels.caller_card.about
        return f"{_CALLER}{about}" if about else ""

    def _of_caller(self) -> Mapping[str, Any]:
        card = self._hand.panels.caller_card
        return _beside(card.title, card.client_id)

    def _errand(self) -> str:
        about = self._hand.panels.errands.about
        return f"{_ERRAND}{about}" if about else ""

    def _of_errand(self) -> Mapping[str, Any]:
        bar = self._hand.panels.errands
        return _beside(bar.accessibleName(), bar.client_id)

    def _appointment(self) -> str:
        opened = self._hand.board.handling.opened
        return f"{_APPOINTMENT}{opened.appointment.id}" if opened is not None else ""

    def _of_appointment(self) -> Mapping[str, Any]:
        opened = self._hand.board.handling.opened
        if opened is None:
            return {}
        one = opened.appointment
        return _beside(f"{one.kind_name}, {one.caller_name}", one.client_id)

    # ---- when it is kept or given up

    def _give_way(self, page: object) -> None:
        """Something else is in the place of the card: what was typed waits for it."""
        self._interrupted = page is self._hand.panels.caller_card

    def _closed(self, page: object) -> None:
        if page is self._hand.panels.caller_card and not self._interrupted:
            self._card.strike()
        self._interrupted = False

    def _heard(self, event: events.DeskEvent) -> None:
        if isinstance(event, events.WorkDone):
            self._say_lost((_named(event.item),), (event.item,))
            self._hand.desk.jotter.strike(_named(event.item))
        elif isinstance(event, events.WorkChanged):
            self._put_off(event.item)

    def _put_off(self, item: WorkItem) -> None:
        """With what was typed; an attempt of a call keeps nothing."""
        jotted = self._hand.desk.jotter.newest(_named(item))
        if jotted is not None and _is_kept(jotted, item):
            self._hand.desk.jotter.strike(_named(item))


def _named(item: WorkItem) -> str:
    return f"{_WORK}{item.id}"


def _is_kept(jotting: Jotting, item: WorkItem) -> bool:
    """Whether what was typed stands in an item, as its result or of an attempt."""
    kept = {item.result, *(one.text for one in item.attempts)}
    return str(jotting.texts.get("result", "")).strip() in kept


def _client_of(jotting: Jotting) -> UUID | None:
    client = jotting.texts.get("client")
    return UUID(client) if client else None


def _beside(title: str, client_id: UUID | None) -> Mapping[str, Any]:
    return {"title": title, "client": str(client_id) if client_id else ""}
