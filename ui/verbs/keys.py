"""What every key goes through: it does something, or the status line says why it cannot."""

from __future__ import annotations

from collections.abc import Callable

from ui.verbs.hand import Hand
from ui.verbs.hindrances import Hindrances


class Keys:
    """Main thread."""

    def __init__(self, hand: Hand) -> None:
        self._hand, self._hindrances = hand, Hindrances(hand)

    def press(self, key_id: str, do: Callable[..., object], *index: int) -> None:
        """Do what a key does, or say why not; `index` is that of a numbered one, from 0."""
        why = self._hindrances.of(key_id, *index)
        self._hand.tell(why)
        if not why:
            do(*index)
