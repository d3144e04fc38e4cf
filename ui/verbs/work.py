"""The work list: saying what came of an item, opening what it is about, looking up what left."""

from __future__ import annotations

from datetime import datetime

from receptionist.model.appointment import Appointment
from receptionist.model.number import normalised
from receptionist.model.worklist import Disposition, WorkItem, WorkKind
from ui.models.settled import LATELY, item_of, settled_rows
from ui.post import while_there
from ui.verbs.hand import Hand, Verbs


class WorkVerbs:
    """Main thread. What is asked of the desk; only its events change the list."""

    def __init__(self, hand: Hand) -> None:
        self._hand, panels = hand, hand.panels
        panels.journal.settled.connect(self._settle)
        panels.journal.looked.connect(self._look)
        panels.journal.past.connect(self._look_back)
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
        """About the shown call, else about the chosen row, else about what is due first."""
        journal, item = self._hand.panels.journal, self.item
        if item is not None:
            self._hand.panels.show_settled(False)
            journal.show_item(item.id)
            journal.ask()

    @property
    def item(self) -> WorkItem | None:
        """What would be settled now."""
        return item_at_hand(self._hand)

    def _settle(
        self, item: WorkItem, disposition: Disposition, result: str, due: datetime | None
    ) -> None:
        journal = self._hand.panels.journal
        self._hand.desk.work.dispose(
            item.id,
            disposition,
            result,
            due,
            then=while_there(journal, lambda _item: journal.was_settled()),
            failed=while_there(journal, lambda error: journal.box.refuse(str(error))),
        )

    def _look_back(self) -> None:
        """What was settled lately, in the place of the list; the same key leads back."""
        if self._hand.panels.settled.isVisible():
            self._go()
            return
        since = self._hand.board.now - LATELY
        shown = while_there(self._hand.panels, self._show_settled)
        self._hand.desk.work.closed(since, shown)

    def _show_settled(self, items: tuple[WorkItem, ...]) -> None:
        board, directory = self._hand.board, self._hand.desk.directory
        rows = settled_rows(items, directory.remembered, board.zone, board.now)
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
            opened = while_there(self._hand.panels, self._show_appointment)
            self._hand.desk.booking.appointment(item.appointment_id, opened)
        elif item.client_id is not None:
            self._hand.opener.office_at(item.client_id, item.about_id)

    def _show_appointment(self, appointment: Appointment | None) -> None:
        if appointment is None:
            return
        client = self._hand.desk.directory.client(appointment.client_id)
        shown = self._hand.shown
        if shown is None or shown.client is None or shown.client.id != appointment.client_id:
            self._hand.board.look_up(client)
        self._hand.turn()
        self._hand.board.handling.open(appointment)
        self._hand.panels.show_board()


def item_at_hand(hand: Hand) -> WorkItem | None:
    """The open item of the shown call, else the chosen one, else what is due first."""
    items, shown, journal = hand.desk.work.items, hand.shown, hand.panels.journal
    chosen = journal.item
    if shown is not None and not journal.has_keyboard:
        number = normalised(shown.call.number, hand.desk.directory.office.region)
        of_call = item_of(shown.call.id, number, shown.call.client_id, items)
        if of_call is not None:
            return of_call
    return chosen or next(iter(items), None)
