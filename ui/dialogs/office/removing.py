"""How what a form shows is taken out of the office: what is asked before, and what is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.editing import Dependents, Part
from ui.models.dependents import may_go, telling

Asked = Callable[[str, bool], object]
"""Gets the question, or why it has to stay; and whether it may go."""
Failed = Callable[[Exception], object]


@dataclass(frozen=True, slots=True)
class Removing:
    """Asks what depends on something, and takes it out; answers come later, or at once."""

    ask: Callable[[str, Asked, Failed], object]
    """By the name it has now."""
    remove: Callable[[Callable[[], object], Failed], object]


def of_part(desk: Desk, part: Part, part_id: UUID) -> Removing:
    """A part of the directory on which calls and appointments may depend."""

    def ask(name: str, then: Asked, failed: Failed) -> None:
        def known(found: Dependents) -> None:
            then(telling(part, name, found), may_go(part, found))

        desk.editing.dependents(part, part_id, known, failed)

    def remove(then: Callable[[], object], failed: Failed) -> None:
        desk.editing.remove(part, part_id, then, failed)

    return Removing(ask, remove)


def of_person(
    remove: Callable[[Callable[[], object], Failed], object],
    uses: Callable[[], Sequence[str]] = tuple,
) -> Removing:
    """Somebody or something of a client that may go unless it is used."""

    def ask(name: str, then: Asked, _failed: Failed) -> None:
        if used := uses():
            message = _("“{name}” is needed by {uses}. Change that first.")
            then(message.format(name=name, uses=", ".join(used)), False)
        else:
            then(_("Delete “{name}”?").format(name=name), True)

    return Removing(ask, remove)
