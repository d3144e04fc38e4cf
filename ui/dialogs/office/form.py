"""What every form of the office window has: fields, their faults, and what was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.editing import Part
from ui.dialogs.office.removing import Removing, of_part
from ui.dialogs.office.section import Section
from ui.models.office import Group
from ui.theme.sheet import BETWEEN
from ui.widgets.card import Card
from ui.widgets.field import Field, Lettered, give_letters
from ui.widgets.label import Label

Saved = Callable[[UUID], object]
Failed = Callable[[Exception], object]


class Form(QWidget):
    """One part of the office being edited. Main thread. Nothing is written before `save`.

    `changed` is told when something is typed or chosen; `wants` asks for a new part of a group,
    `goes` for the form of another part. `scope` is the client whose people it belongs to.
    """

    changed = Signal()
    wants = Signal(object)
    goes = Signal(object)
    group: Group
    scope: UUID | None = None
    verb = ""
    """What saving is called here; "" for what it is called elsewhere."""
    saves = True
    """Whether there is anything to save here."""
    listed = True
    """Whether a new one has a row in the list."""
    part: Part | None = None

    def __init__(self, desk: Desk, clock: Clock, part_id: UUID, *, is_new: bool) -> None:
        super().__init__()
        self.desk, self.clock, self.id, self.is_new = desk, clock, part_id, is_new
        self.fields: dict[str, Field] = {}
        self.sections: list[Section] = []
        self.ways: list[Lettered] = []
        """What leads elsewhere, each by a letter of its own."""
        self._left: set[str] = set()
        self._before: object = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(BETWEEN)

    # ---- what each form says of itself

    @property
    def title(self) -> str:
        """What is being edited, as it is called now."""
        raise NotImplementedError

    def raw(self) -> object:
        """Everything that stands in the form, to tell whether something was changed."""
        raise NotImplementedError

    def faults(self) -> Mapping[str, str]:
        """What is wrong, field to sentence."""
        raise NotImplementedError

    def save(self, then: Saved, failed: Failed) -> None:
        """Ask the desk to write it; `then` gets the id it is stored under."""
        raise NotImplementedError

    @property
    def done(self) -> str:
        """What is said when it is written."""
        return _("Saved.")

    def forget_secrets(self) -> None:
        """Let go of a password that was typed."""

    def refresh(self) -> None:
        """States of lines and calendars changed."""

    def close_down(self) -> None:
        """The form is not shown again: stop what is under way."""

    # ---- what all forms do

    @property
    def removing(self) -> Removing | None:
        """How it is deleted; None for what is not stored, or stays for ever."""
        if self.part is None or self.is_new:
            return None
        return of_part(self.desk, self.part, self.id)

    def finish(self) -> None:
        """Everything is placed: give letters, and remember what is there now."""
        self._give_letters()
        self.column.addStretch(1)
        self._before = self.raw()

    @property
    def dirty(self) -> bool:
        """Whether something differs from what is stored."""
        return self.raw() != self._before

    def card(self, heading: str, *fields: Field, hint: str = "") -> Card:
        """A card with fields below each other."""
        card = Card(heading)
        if hint:
            card.column.addWidget(Label(hint, "label", wrap=True))
        for field in fields:
            self.fields[field.name] = field
            card.column.addWidget(field)
        self.column.addWidget(card)
        return card

    def fold_in(self, section: Section) -> None:
        """A folded section at the end of the form."""
        self.sections.append(section)
        section.unfolded.connect(self._show_fields)
        self.column.addWidget(section)

    def touched(self) -> None:
        """Something was typed or chosen: what was found wrong may be right now."""
        if any(field.fault for field in self.fields.values()):
            self._show(self.faults())
        self.changed.emit()

    def leave(self, widget: QWidget) -> None:
        """The keyboard left `widget`: from now on its field says what is wrong with it."""
        for field in self.fields.values():
            if field is widget or field.isAncestorOf(widget):
                self._left.add(field.name)
                self._show(self.faults())

    def check(self) -> bool:
        """Say everything that is wrong and go to the first of it; whether all is well."""
        faults = self.faults()
        self._unfold(faults)
        self._left.update(self.fields)
        self._show(faults)
        for field in self.fields.values():
            if field.name in faults:
                self.go(field.name)
                return False
        return not faults

    def refuse(self, field: str, sentence: str) -> bool:
        """Say what the desk found wrong with a field, and go there; False if there is none."""
        self._unfold([field])
        if field not in self.fields:
            return False
        self.fields[field].tell_fault(sentence)
        self.go(field)
        return True

    def go(self, field: str = "") -> None:
        """Put the keyboard into a field, the first by default."""
        self._unfold([field])
        if any(field in section.names and section.go_into(field) for section in self.sections):
            return
        wanted = self.fields.get(field) or next(iter(self.fields.values()))
        wanted.go()

    def unfold_like(self, other: Form) -> None:
        """Let the sections be open that are open in the form that stood here before."""
        for section, before in zip(self.sections, other.sections, strict=False):
            if before.is_open:
                section.unfold()

    def place_of(self, widget: QWidget) -> str:
        """The name of the field in which a widget stands, or ""."""
        inside = (f.name for f in self.fields.values() if f is widget or f.isAncestorOf(widget))
        return next(inside, "")

    def _unfold(self, names: Iterable[str]) -> None:
        """Let fields be seen that stand in a folded section."""
        for section in self.sections:
            if not section.is_open and not set(names).isdisjoint(section.names):
                section.unfold()

    def _show_fields(self) -> None:
        """A section was folded or unfolded."""
        for section in self.sections:
            self.fields |= section.fields
        self._give_letters()

    def _give_letters(self) -> None:
        """First to what is always to be seen, so that its letters stay; then to what is open."""
        folded = {name for section in self.sections for name in section.fields}
        lasting = (field for name, field in self.fields.items() if name not in folded)
        opened = (f for one in self.sections if one.is_open for f in one.fields.values())
        give_letters([*lasting, *self.sections, *self.ways, *opened])

    def _show(self, faults: Mapping[str, str]) -> None:
        for field in self.fields.values():
            said = field.name in self._left or bool(field.fault)
            field.tell_fault(faults.get(field.name, "") if said else "")


def required(text: str) -> str:
    """What is wrong with a field that may not be empty."""
    return "" if text.strip() else _("This may not be empty.")
