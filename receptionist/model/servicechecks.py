"""What is wrong with an agreed list of services, in sentences. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from receptionist.i18n import _
from receptionist.model.checks import NAME_LIMIT, brief, text_fault
from receptionist.model.service import Service, ServiceKind


def service_faults(services: Sequence[Service]) -> Iterator[str]:
    """What is wrong with an agreed list, each in a sentence; nothing when it may be saved."""
    known: list[Service] = []
    for one in services:
        yield from filter(None, (service_fault(one, known),))
        known.append(one)


def service_fault(service: Service, others: Iterable[Service] = ()) -> str:
    """What is wrong with one service beside those before it; "" when nothing is."""
    own = service.kind is ServiceKind.OWN
    wrong = text_fault(service.title, NAME_LIMIT, required=own or bool(service.title))
    if wrong:
        return f"{service.name}: {wrong}" if service.title.strip() else wrong
    if any(one.is_same(service.kind, service.title) for one in others):
        message = _("“{name}” stands here twice. Take one of them out.")
        return message.format(name=brief(service.name))
    return ""
