"""What every verb works with: the desk, the board, and the panels."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QTimer

from receptionist.desk.desk import Desk
from receptionist.errors import ReceptionistError
from receptionist.model.call import UP, CallState
from ui.dialogs.opener import Opener
from ui.models.board import Board
from ui.models.stage import Seen
from ui.panels.askbar import Bar
from ui.panels.disposing import DisposeBox
from ui.panels.whole import Whole

SAID_MS = 12_000
"""How long it is said why a key could do nothing, unless another one is pressed."""

Verbs = dict[str, Callable[[], object]]
"""The id of a row of the table of keys, and what it does."""


class Hand:
    """Handed to every verb; none of them knows another. Main thread."""

    def __init__(self, desk: Desk, board: Board, panels: Whole, opener: Opener) -> None:
        self.desk, self.board, self.panels, self.opener = desk, board, panels, opener
        self._said = QTimer(panels, singleShot=True, interval=SAID_MS)
        self._said.timeout.connect(lambda: self.tell(""))

    @property
    def shown(self) -> Seen | None:
        """The call in the middle."""
        return self.board.shown

    def ask(self, verb: Callable[[UUID], object], *states: CallState) -> None:
        """Ask something of the shown call if it is in one of `states`; say why it did not work."""
        shown = self.shown
        self.board.forget_failure()
        if shown is not None and shown.call.state in states:
            try:
                verb(shown.call.id)
            except ReceptionistError as error:
                self.board.fail(shown.call.id, str(error))
        self.panels.show_board()

    def tell(self, sentence: str) -> None:
        """Say in the status line why a key could do nothing, or ("") say it no longer."""
        self.board.remark = sentence
        self._said.start()
        self.panels.show_remark()

    @property
    def boxes(self) -> tuple[Bar | DisposeBox, ...]:
        """What one types in beside calls; Esc leaves each."""
        return (self.panels.errands, self.panels.asking, self.panels.journal.box)

    @property
    def has_open(self) -> bool:
        """Whether anything is open that is left before the call itself."""
        panels = self.panels
        asking = panels.verbs.parking.isVisible() or panels.verbs.consent.isVisible()
        opened = self.board.handling.opened is not None
        bars = (panels.leaving, panels.pasting, panels.aside, *self.boxes)
        return asking or opened or any(bar.isVisible() for bar in bars)

    def show_call(self, call_id: UUID) -> None:
        """Show a call because a person wants it."""
        self.board.look_up(None)
        self.board.stage.show(call_id)
        self.turn()

    def put_away(self) -> None:
        """Leave the sheet, or a call that is over; nobody types any more."""
        self.panels.calls.resting_place.setFocus()
        self.panels.top.search.close_list()
        before = self.shown
        self.board.look_up(None)
        self.board.stage.put_away()
        self.turn()
        if before is None or self.shown is None or self.shown.call.id != before.call.id:
            self.take_up()

    def take_up(self) -> None:
        """Somebody is there in the call that was turned to: what is typed next is his, not lost."""
        shown, panels = self.shown, self.panels
        if shown is not None and shown.call.state in UP and panels.calls.resting_place.hasFocus():
            panels.caller.go()

    def turn(self) -> None:
        """Another call is shown now."""
        self.board.forget_failure()
        self.board.follow()
        self.panels.show_board()
