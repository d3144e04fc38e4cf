"""What the window of reports offers: the clients, and the days in words."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from receptionist.i18n import _
from receptionist.model.client import Client
from receptionist.model.span import Span
from ui.models.words import one_line


def client_choices(clients: Iterable[Client]) -> list[tuple[UUID, str]]:
    """Every client by name."""
    named = [(one.id, one_line(one.name)) for one in clients]
    return sorted(named, key=lambda one: one[1].casefold())


def span_choices() -> list[tuple[Span | None, str]]:
    """The usual spans, and days that are typed."""
    return [
        (Span.LAST_MONTH, _("Last month")),
        (Span.THIS_MONTH, _("This month")),
        (Span.LAST_WEEK, _("Last week")),
        (Span.THIS_WEEK, _("This week")),
        (None, _("From … to …")),
    ]
