"""A folded part of a client's form: a heading and in one line what is set; more on demand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.model.client import Client
from ui.theme.sheet import GRID
from ui.widgets.card import Card, row
from ui.widgets.field import Field
from ui.widgets.keybutton import KeyButton, literal
from ui.widgets.label import Label

_FOLDED, _OPEN = "▸", "▾"


class Section(Card):
    """Main thread. Its fields are made when it is unfolded first; until then `old` holds.

    `changed` is told when something is typed or chosen, `unfolded` when fields come or go. `names`
    are the fields that stand in it.
    """

    changed = Signal()
    unfolded = Signal()
    names: tuple[str, ...] = ()

    def __init__(self, heading: str, old: Client) -> None:
        super().__init__()
        self.old, self.text = old, heading
        self.fields: dict[str, Field] = {}
        self._before: object = None
        self.button = KeyButton("", kind="quiet")
        self.button.clicked.connect(self._toggle)
        self._summary = Label(role="label", wrap=True)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, GRID, 0, 0)
        self._column.setSpacing(2 * GRID)
        self._inside.hide()
        head = row()
        head.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._summary, 1)
        self.column.addLayout(head)
        self.column.addWidget(self._inside)
        self.setAccessibleName(heading)
        self.wear_letter("")
        self.summarise(old)

    # ---- what each section says of itself

    def make(self) -> Sequence[Field]:
        """The fields."""
        raise NotImplementedError

    def put_into(self, client: Client) -> Client:
        """The client with what stands in the fields."""
        raise NotImplementedError

    def summary(self, client: Client) -> str:
        """What is set, in one line."""
        raise NotImplementedError

    def raw(self) -> object:
        """What stands in the fields beyond what can be read from them."""
        return None

    def faults(self) -> Mapping[str, str]:
        """What cannot be read, field to sentence."""
        return {}

    def go_into(self, field: str) -> bool:
        """Put the keyboard into a field that has a way of its own; False when it has none."""
        return False

    # ---- what all sections do

    @property
    def is_open(self) -> bool:
        """Whether the fields are to be seen."""
        return not self._inside.isHidden()

    def applied(self, client: Client) -> Client:
        """The client with what was chosen here."""
        return self.put_into(client) if self.fields else client

    def typed(self) -> object:
        """What stands here and is not as it was, to tell whether something was changed."""
        now = self.raw() if self.fields else self._before
        return None if now == self._before else now

    def wrong(self) -> Mapping[str, str]:
        """The faults of what was typed here."""
        return self.faults() if self.fields else {}

    def unfold(self) -> None:
        """Show the fields."""
        if not self.fields:
            made = self.make()
            self.fields = {field.name: field for field in made}
            self._before = self.raw()
            for field in made:
                self._column.addWidget(field)
        if not self.is_open:
            self._inside.show()
            self.wear_letter(self._letter)
            self.unfolded.emit()

    def fold(self) -> None:
        """Hide the fields; what stands in them stays."""
        self._inside.hide()
        self.wear_letter(self._letter)
        self.unfolded.emit()

    def summarise(self, client: Client) -> None:
        """Say in one line what is set."""
        self._summary.tell(self.summary(client))
        self.button.setAccessibleDescription(self._summary.text())

    def wear_letter(self, letter: str) -> None:
        """Let Alt and a letter of the heading fold and unfold it."""
        self._letter = letter
        at = self.text.lower().find(letter) if letter else -1
        words = literal(self.text)
        if at >= 0:
            words = f"{literal(self.text[:at])}&{literal(self.text[at:])}"
        self.button.setText(f"{_OPEN if self.is_open else _FOLDED}  {words}")
        self.button.setAccessibleName(self.text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click anywhere on a folded section unfolds it."""
        if not self.is_open and self.rect().contains(event.position().toPoint()):
            self._toggle()

    def _toggle(self) -> None:
        if self.is_open:
            self.fold()
            return
        self.unfold()
        next(iter(self.fields.values())).go()
