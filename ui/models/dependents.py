"""What depends on a part of the office, in words, before it is deleted."""

from __future__ import annotations

from collections.abc import Iterator

from receptionist.i18n import _, ngettext
from receptionist.model.editing import Dependents, Part
from receptionist.model.number import shown
from ui.models.words import one_line

_NAMED = 3


def may_go(part: Part, dependents: Dependents) -> bool:
    """Whether a part may be deleted now."""
    return not dependents.waiting and not (part is Part.ACCOUNT and dependents.clients)


def telling(part: Part, name: str, dependents: Dependents) -> str:
    """The question with what will become of everything, or why the part has to stay."""
    if dependents.waiting:
        return _waiting(name, dependents.waiting)
    if part is Part.ACCOUNT and dependents.clients:
        message = _(
            "“{name}” cannot be deleted yet: it is used by {clients}."
            " Give them another calendar first."
        )
        return message.format(name=name, clients=_few(dependents.clients))
    question = _("Delete “{name}”?").format(name=name)
    return " ".join([question, *_consequences(part, dependents)])


def _waiting(name: str, count: int) -> str:
    message = ngettext(
        "“{name}” cannot be deleted yet: {count} appointment is not in the owner's calendar.",
        "“{name}” cannot be deleted yet: {count} appointments are not in the owner's calendar.",
        count,
    )
    return message.format(name=name, count=count)


def _consequences(part: Part, dependents: Dependents) -> Iterator[str]:
    if dependents.numbers:
        numbers = _few([shown(number) for number in dependents.numbers])
        yield ngettext(
            "The number {numbers} becomes free.",
            "The numbers {numbers} become free.",
            len(dependents.numbers),
        ).format(numbers=numbers)
    if dependents.to_come:
        yield ngettext(
            "{count} appointment to come stays in the owner's calendar.",
            "{count} appointments to come stay in the owner's calendar.",
            dependents.to_come,
        ).format(count=dependents.to_come)
    if dependents.call_backs:
        yield ngettext(
            "{count} call-back stays on the list.",
            "{count} call-backs stay on the list.",
            dependents.call_backs,
        ).format(count=dependents.call_backs)
    if dependents.calls:
        yield ngettext(
            "{count} call stays in the journal.",
            "{count} calls stay in the journal.",
            dependents.calls,
        ).format(count=dependents.calls)
    if part is Part.LINE:
        yield _("No call arrives over it any more, and its password is forgotten.")
    if part is Part.ACCOUNT:
        yield _("Its password is forgotten.")


def _few(names: tuple[str, ...] | list[str]) -> str:
    few = ", ".join(one_line(name, 60) for name in names[:_NAMED])
    more = len(names) - _NAMED
    return _("{names} and {count} more").format(names=few, count=more) if more > 0 else few
