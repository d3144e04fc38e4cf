"""What is typed into a script and not saved yet: it outlives the end of the program."""

from __future__ import annotations

from receptionist.desk.jotter import Jotter
from receptionist.model.client import Client


class UnsavedText:
    """The text of one script that is kept nowhere, as it is jotted down. Main thread.

    With it stands the newest version that its writer knew: nobody writes over another one unseen.
    """

    def __init__(self, jotter: Jotter, client: Client, title: str) -> None:
        self._jotter, self._name = jotter, f"script/{client.id}"
        self._beside = {"title": title, "client": str(client.id)}

    def jot(self, text: str, newest: int) -> None:
        """This is typed now."""
        self._jotter.jot(self._name, {**self._beside, "text": text, "newest": newest})

    def strike(self) -> None:
        """It is kept, or given up."""
        self._jotter.strike(self._name)

    def take_up(self, known: int) -> tuple[str, int] | None:
        """What another run left, once; where it does not say of which version, of the `known`."""
        left = self._jotter.take_up(self._name)
        if left is None:
            return None
        return str(left.texts["text"]), int(left.texts.get("newest", known))
