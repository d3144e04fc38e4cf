"""Where the keyboard stands in each call: it comes back there when its call does."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import QApplication

from receptionist.model.script import CallField
from ui.verbs.hand import Hand


@dataclass(frozen=True, slots=True)
class _Place:
    """A field of the call itself, else the prompt with this key, and where in its text."""

    field: CallField
    prompt: str
    at: int


class Places:
    """Keeps where somebody typed in a call while another one is shown. Main thread.

    Nobody who types elsewhere meanwhile is taken away from there.
    """

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._places: dict[UUID, _Place] = {}
        hand.panels.middle.leaves.connect(self._leave)
        hand.panels.middle.comes.connect(self._come)

    def _leave(self, call_id: UUID) -> None:
        """The fields are about to be another call's."""
        caller, prompts = self._hand.panels.caller, self._hand.panels.middle.prompts
        self._places.pop(call_id, None)
        if prompts.current:
            self._places[call_id] = _Place(CallField.NONE, prompts.current, prompts.caret)
        elif caller.typing:
            self._places[call_id] = _Place(caller.current, "", caller.caret)
        gone = [one for one in self._places if self._hand.board.stage.get(one) is None]
        for one in gone:
            del self._places[one]

    def _come(self, call_id: UUID) -> None:
        place = self._places.pop(call_id, None)
        panels = self._hand.panels
        if place is None or not self._is_free():
            return
        if place.prompt:
            panels.middle.prompts.put_cursor(place.prompt, place.at)
        else:
            panels.caller.put_cursor(place.field, place.at)

    def _is_free(self) -> bool:
        """Whether the keyboard is at the call already, or nowhere in particular."""
        focus, panels = QApplication.focusWidget(), self._hand.panels
        if focus is None or focus is panels.calls.resting_place:
            return True
        return panels.middle.isAncestorOf(focus)
