"""Why a key of scripts can do nothing just now."""

from __future__ import annotations

from collections.abc import Callable

from receptionist.i18n import _
from ui.actions import hint
from ui.models.bookings import Doing
from ui.models.course import booked_by, kind_number
from ui.verbs.hand import Hand


class ScriptHindrances:
    """What stands in the way of going through a script. Main thread."""

    def __init__(self, hand: Hand, client: Callable[[], str]) -> None:
        """`client` says why there is nobody for whom one works."""
        self._hand, self._client = hand, client

    def table(self) -> dict[str, Callable[[], str]]:
        """Why not, by key."""
        return {"act": self._act, "verify": self._verify, "speak": self._speak}

    def numbered(self) -> dict[str, Callable[[int], str]]:
        """Why not, by key and index from 0."""
        return {"reason": self._reason}

    def _reason(self, index: int) -> str:
        board = self._hand.board
        course, client = board.course.shown(board.shown, board.now), board.at_hand
        if client is None:
            return self._client()
        if board.shown is None:
            return self._without_call(index)
        if course is None:
            words = _("The call reason belongs to the caller for whom you ask. {key} shows him.")
            return words.format(key=hint("next_call"))
        if index >= len(course.reasons):
            return self._too_few(index)
        key, title = course.reasons[index]
        books = kind_number(client, course.action) if course.action is not None else None
        wish = board.planner.wish
        chosen = books is None or (wish is not None and wish.kind == client.kinds[books])
        if key == course.reason and chosen and not self._out_of_sight():
            return _("“{reason}” is chosen already.").format(reason=title)
        return ""

    def _without_call(self, index: int) -> str:
        """Of a client that was looked up the times can be looked at."""
        board = self._hand.board
        client, wish = board.looked_up, board.planner.wish
        if client is None or wish is None:
            return self._client()
        reasons = self._hand.desk.scripts.of(client).reasons
        if index >= len(reasons):
            return self._too_few(index)
        number = kind_number(client, booked_by(reasons[index].actions))
        if number is None:
            return _("A call reason is chosen in a call. Nobody is on the phone.")
        if client.kinds[number] == wish.kind and not self._out_of_sight():
            return _("“{kind}” is chosen already.").format(kind=client.kinds[number].name)
        return ""

    def _too_few(self, index: int) -> str:
        client = self._hand.board.at_hand
        words = _("{client} has no call reason number {number}.")
        return words.format(client=client.name if client else "", number=index + 1)

    def _out_of_sight(self) -> bool:
        """Whether an open appointment stands in the place of the free times."""
        opened = self._hand.board.handling.opened
        return opened is not None and opened.doing is not Doing.MOVING

    def _chosen(self) -> str:
        board = self._hand.board
        course = board.course.shown(board.shown, board.now)
        if board.shown is None:
            return _("A call reason is chosen in a call. Nobody is on the phone.")
        if board.at_hand is None:
            return self._client()
        if course is None or course.action is None:
            words = _("First choose a call reason, with {key}.")
            return words.format(key=hint("reason", 1))
        return ""

    def _act(self) -> str:
        board = self._hand.board
        course = board.course.shown(board.shown, board.now)
        over = course is not None and course.action is not None and course.lead is None
        return self._chosen() or (_("This call is over.") if over else "")

    def _verify(self) -> str:
        board = self._hand.board
        course = board.course.shown(board.shown, board.now)
        key = self._hand.panels.middle.current
        current = course.prompt(key) if course is not None else None
        if current is None:
            words = _("First put the keyboard into the answer that was read back.")
            return self._chosen() or words
        nothing = _("There is nothing yet that could be read back.")
        return "" if current.value else nothing

    def _speak(self) -> str:
        board = self._hand.board
        client, course = board.at_hand, board.course.shown(board.shown, board.now)
        if board.shown is None:
            return _("A language is chosen in a call. Nobody is on the phone.")
        if client is None:
            return self._client()
        if course is None or not course.scripted or not course.other_tongue:
            words = _("The script of {client} has one language only.")
            return words.format(client=client.name)
        return _("This call is over.") if course.over else ""
