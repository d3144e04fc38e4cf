"""The work list: saying what came of an item, opening what it is about, looking up what left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QApplication, QWidget

from receptionist.i18n import _
from receptionist.model.appointment import Appointment
from receptionist.model.number import normalised
from receptionist.model.worklist import AttemptOutcome, WorkItem, WorkKind
from ui.actions import hint
from ui.models.dispositions import Said, done_words
from ui.models.knowing import Whose, whose
from ui.models.settled import LATELY, item_of, settled_rows
from ui.models.words import one_line
from ui.post import while_there
from ui.verbs.hand import Hand, Verbs


class WorkVerbs:
    """Main thread. What is asked of the desk; only its events change the list."""

    def __init__(self, hand: Hand) -> None:
        self._hand, panels = hand, hand.panels
        panels.journal.settled.connect(self._settle)
        panels.journal.looked.connect(self._look)
        panels.journal.past.connect(self._look_back)
        panels.journal.idle.connect(hand.tell)
        panels.journal.lost.connect(self._say_lost)
        panels.settled.reopened.connect(self._reopen)
        panels.settled.left.connect(self._go)
        panels.bottom.work.connect(self._go)

    def table(self) -> Verbs:
        """What each key does."""
        return {"journal": self._go, "settle": self._ask, "settled": self._look_back}

    def _go(self) -> None:
        self._hand.panels.show_settled(False)
        self._hand.panels.journal.go()

    def _ask(self) -> None:
        """About what is asked already, else about the shown call, else about the chosen row, else
        about what is due first."""
        journal, item = self._hand.panels.journal, self.item
        if item is not None:
            self._hand.panels.show_settled(False)
            journal.ask_about(item)

    @property
    def item(self) -> WorkItem | None:
        """What would be settled now."""
        return item_at_hand(self._hand)

    def _settle(self, said: Said) -> None:
        """Of the chosen item last: what the same call settles beside it is on its way by then."""
        journal = self._hand.panels.journal
        for item in said.items[1:]:
            self._write(item, said, lambda _item: None)
        first = said.items[0]
        self._write(first, said, while_there(journal, partial(self._settled, said)))

    def _write(self, item: WorkItem, said: Said, then: Callable[[WorkItem], object]) -> None:
        work, what = self._hand.desk.work, said.choice.said
        failed = while_there(self._hand.panels.journal, partial(self._refuse, item))
        if isinstance(what, AttemptOutcome):
            work.attempt(item.id, what, said.text, said.due, then, failed)
        else:
            work.dispose(item.id, what, said.text, said.due, then, failed)

    def _settled(self, said: Said, item: WorkItem) -> None:
        """The keyboard goes on, and it is said what has become of the item, unless somebody of
        another client is spoken to by now."""
        self._hand.panels.journal.was_settled(item.id)
        board = self._hand.board
        if not board.journal.is_apart(said.items[0]):
            self._hand.tell(done_words(said, board.zone, board.now, hint("settled")))

    def _refuse(self, item: WorkItem, error: Exception) -> None:
        """Said where it is asked, unless it is asked about another item by now."""
        panels = self._hand.panels
        panels.journal.box.refuse(item.id, str(error))
        if panels.journal.box.about != item.id:
            panels.notice.tell(str(error), item.client_id)

    def _say_lost(self, text: str, client_id: UUID | None) -> None:
        words = _("This has left the work list meanwhile. Not kept: “{text}”")
        self._hand.panels.notice.tell(words.format(text=one_line(text, 200)), client_id)

    def _look_back(self) -> None:
        """What was settled lately, in the place of the list; the same key leads back."""
        if self._hand.panels.settled.isVisible():
            self._go()
            return
        since = self._hand.board.now - LATELY
        where = QApplication.focusWidget()
        shown = while_there(self._hand.panels, partial(self._show_settled, where))
        self._hand.desk.work.closed(since, shown)

    def _show_settled(self, where: QWidget | None, items: tuple[WorkItem, ...]) -> None:
        """Unless the keyboard was taken elsewhere meanwhile: there it stays."""
        if QApplication.focusWidget() is not where:
            return
        board, directory = self._hand.board, self._hand.desk.directory
        items = tuple(one for one in items if not board.journal.is_apart(one))
        rows = settled_rows(
            items, directory.remembered, self._hand.panels.who, board.zone, board.now
        )
        self._hand.panels.show_settled(True)
        self._hand.panels.settled.show_rows(rows)

    def _reopen(self, item: WorkItem) -> None:
        opened = while_there(self._hand.panels, self._reopened)
        self._hand.desk.work.reopen(item.id, then=opened)

    def _reopened(self, item: WorkItem) -> None:
        self._go()
        self._hand.panels.show_board()
        self._hand.panels.journal.show_item(item.id)

    def _look(self, item: WorkItem) -> None:
        """The appointment an item is about, else the script or the form in the office window."""
        client = self._hand.desk.directory.client(item.client_id)
        if item.kind is WorkKind.EXPIRING and client is not None:
            self._hand.opener.script(client)
        elif item.appointment_id is not None:
            view = whose(self._hand.board.in_view)
            opened = while_there(self._hand.panels, partial(self._show_appointment, view))
            self._hand.desk.booking.appointment(item.appointment_id, opened)
        elif item.client_id is not None:
            self._hand.opener.office_at(item.client_id, item.about_id)

    def _show_appointment(self, view: Whose, appointment: Appointment | None) -> None:
        """Unless something else is shown by now: nothing takes its place by itself."""
        if whose(self._hand.board.in_view) != view:
            return
        if appointment is None:
            self._hand.tell(_("This appointment is not in the book any more."))
            return
        client = self._hand.desk.directory.client(appointment.client_id)
        shown = self._hand.shown
        if shown is None or shown.client is None or shown.client.id != appointment.client_id:
            self._hand.board.look_up(client)
        self._hand.turn()
        self._hand.board.handling.open(appointment)
        self._hand.panels.show_board()


def item_at_hand(hand: Hand) -> WorkItem | None:
    """What is asked about already, else the open item of the shown call, else the chosen one, else
    what is due first."""
    shown, journal = hand.shown, hand.panels.journal
    items = [one for one in hand.desk.work.items if not journal.model.is_apart(one)]
    asked = journal.box.item
    if journal.box.has_keyboard:
        return asked
    chosen = asked if journal.box.isVisible() else journal.item
    if shown is not None and not journal.has_keyboard:
        number = normalised(shown.call.number, hand.desk.directory.office.region)
        of_call = item_of(shown.call.id, number, shown.call.client_id, items)
        if of_call is not None:
            return of_call
    return chosen or next(iter(items), None)
