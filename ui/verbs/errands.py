"""Work beside calls: begun for a client, paused, and finished with its result."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from receptionist import events
from receptionist.errors import ReceptionistError
from receptionist.model.errand import Errand, ErrandState
from receptionist.model.service import Service
from ui.models.errandwords import at_work
from ui.verbs.hand import Hand, Verbs


class ErrandVerbs:
    """Main thread. What is asked of the desk; only its events change what is shown."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._bar = hand, hand.panels.errands
        self._cut_off: dict[UUID, str] = {}
        self._bar.begun.connect(self._begun)
        self._bar.resumed.connect(self._resume)
        self._bar.finished.connect(self._finished)
        self._bar.confirmed.connect(self._confirmed)
        self._bar.left.connect(hand.panels.calls.resting_place.setFocus)
        hand.board.listeners.errand = self._told
        hand.panels.top.errand.clicked.connect(lambda: self._pause())

    def table(self) -> Verbs:
        """What each key does."""
        return {
            "errand": self._begin,
            "errand_pause": self._pause,
            "errand_finish": self._finish,
        }

    def _told(self, event: events.ErrandChanged | events.ErrandWaits) -> None:
        """What happened by itself; what needs an answer stays until it is put away."""
        notice, errand = self._hand.panels.notice, event.errand
        if errand.state is not ErrandState.INTERRUPTED:
            notice.drop(self._cut_off.pop(errand.id, ""))
            if event.message:
                self._hand.tell(event.message)
        elif event.message:
            self._cut_off[errand.id] = event.message
            notice.tell(event.message, errand.client_id)

    @property
    def _at_work(self) -> Errand | None:
        return at_work(self._hand.board.errands)

    def _begin(self) -> None:
        directory = self._hand.desk.directory
        waiting = [one for one in self._hand.board.errands if one.state is not ErrandState.RUNNING]
        self._bar.begin(self._hand.board.at_hand, directory.clients, waiting)

    def _pause(self) -> None:
        """Let the timer stand still, or go on."""
        errand = self._at_work
        if errand is None:
            return
        if errand.state is ErrandState.RUNNING:
            self._ask(self._hand.desk.errands.pause)
        else:
            self._resume(errand)

    def _resume(self, errand: Errand) -> None:
        if errand.state is ErrandState.INTERRUPTED:
            self._bar.confirm(errand, self._hand.desk.directory.remembered(errand.client_id))
            return
        if not self._bar.is_aside:
            self._bar.close_down()
        self._ask(lambda: self._hand.desk.errands.resume(errand.id))

    def _finish(self) -> None:
        errand = self._at_work
        if errand is None:
            return
        client = self._hand.desk.directory.remembered(errand.client_id)
        if errand.state is ErrandState.INTERRUPTED:
            self._bar.confirm(errand, client)
        else:
            self._bar.finish(errand, client)

    def _begun(self, client_id: UUID, service: Service, text: str) -> None:
        """Out of the shown call, if it is of the same client and does not just ring."""
        shown = self._hand.shown
        of_call = shown is not None and shown.call.answered and shown.call.client_id == client_id
        self._in_bar(
            lambda: self._hand.desk.errands.begin(
                client_id,
                service.kind,
                service.title,
                text=text,
                call_id=shown.call.id if shown is not None and of_call else None,
            )
        )

    def _finished(self, errand: Errand, result: str) -> None:
        self._in_bar(lambda: self._hand.desk.errands.finish(errand.id, result))

    def _confirmed(self, errand: Errand, minutes: int) -> None:
        self._in_bar(lambda: self._hand.desk.errands.confirm(errand.id, minutes * 60))

    def _in_bar(self, verb: Callable[[], object]) -> None:
        """Ask, and close the bar; why it is not taken is said there."""
        try:
            verb()
        except ReceptionistError as error:
            self._bar.refuse(str(error))
        else:
            self._bar.close_down()
            self._hand.panels.show_board()

    def _ask(self, verb: Callable[[], object]) -> None:
        try:
            verb()
        except ReceptionistError as error:
            self._hand.tell(str(error))
        self._hand.panels.show_board()
