"""What every verb works with: the desk, the board, and the panels."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from receptionist.desk.desk import Desk
from receptionist.errors import ReceptionistError
from receptionist.model.call import CallState
from ui.dialogs.opener import Opener
from ui.models.board import Board
from ui.models.stage import Seen
from ui.panels.whole import Whole

Verbs = dict[str, Callable[[], object]]
"""The id of a row of the table of keys, and what it does."""


class Hand:
    """Handed to every verb; none of them knows another. Main thread."""

    def __init__(self, desk: Desk, board: Board, panels: Whole, opener: Opener) -> None:
        self.desk, self.board, self.panels, self.opener = desk, board, panels, opener

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

    def show_call(self, call_id: UUID) -> None:
        """Show a call because a person wants it."""
        self.board.look_up(None)
        self.board.stage.show(call_id)
        self.turn()

    def put_away(self) -> None:
        """Leave the sheet, or a call that is over; nobody types any more."""
        self.panels.calls.resting_place.setFocus()
        self.panels.top.search.close_list()
        self.board.look_up(None)
        self.board.stage.put_away()
        self.turn()

    def turn(self) -> None:
        """Another call is shown now."""
        self.board.forget_failure()
        self.board.follow()
        self.panels.show_board()
